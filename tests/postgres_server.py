"""A PostgreSQL server of our own for the tests: in a temporary folder, reached by a socket, gone afterwards."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

PROGRAMS = [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True), Path("/usr/local/bin"), Path("/usr/bin")]


def why_not() -> str | None:
    """Why no server can be started here, or None."""
    try:
        import psycopg  # noqa: F401
    except ImportError:
        return "psycopg is not installed (pip install 'qostil[postgres]')"
    if _program("initdb") is None or _program("pg_ctl") is None:
        return "PostgreSQL's initdb and pg_ctl are not here (apt-get install postgresql)"
    if os.geteuid() == 0 and _unprivileged() is None:
        return "PostgreSQL refuses to run as root, and there is no user postgres"
    return None


FOR_TESTS = "-c fsync=off -c shared_buffers=32MB"


@contextlib.contextmanager
def running(settings: str = FOR_TESTS) -> Iterator[str]:
    """Start a server. Gives the address of its databases, to which `/NAME?host=…` is to be added by `address`."""
    user = _unprivileged() if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="qostil-pg-"))
    if user:
        shutil.chown(folder, user)
    data = folder / "data"

    def run(name: str, *arguments: str) -> None:
        program = _program(name)
        subprocess.run(
            [str(program), *arguments],
            check=True,
            user=user,
            cwd=folder,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
            stdout=subprocess.DEVNULL,
        )

    here = "-c listen_addresses='' -c max_connections=120"
    try:
        run("initdb", "-D", str(data), "-A", "trust", "-U", "qostil", "--no-sync", "-E", "UTF8", "--locale", "C.UTF-8")
        run("pg_ctl", "-D", str(data), "-l", str(folder / "log"), "-o", f"-k {folder} {here} {settings}", "-w", "start")
        try:
            yield str(folder)
        finally:
            run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def address(folder: str, database: str) -> str:
    return f"postgresql://qostil@/{database}?host={folder}"


def create_database(folder: str, name: str) -> str:
    """A new, empty database; its address."""
    import psycopg

    with psycopg.connect(address(folder, "postgres"), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return address(folder, name)


def _program(name: str) -> Path | None:
    return next((folder / name for folder in PROGRAMS if (folder / name).exists()), None)


def _unprivileged() -> str | None:
    import pwd

    with contextlib.suppress(KeyError):
        return pwd.getpwnam("postgres").pw_name
    return None
