"""aligner.memory: what goes wrong with disks, locks and servers is told apart, and costs nothing that was stored."""

import datetime as dt
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from aligner.errors import MissingExtraError, StoreError, StoreFullError, StoreLockedError
from aligner.memory import Memory
from aligner.memory.sqlite_engine import SqliteEngine
from aligner.records import Unit

ROOT = Path(__file__).resolve().parents[1]
NOW = dt.datetime(2026, 11, 22, 10, 0, tzinfo=dt.UTC)
KILLS = int(os.environ.get("QOSTIL_KILLS", "3"))
IMPORTER = """
import datetime as dt, sys
from aligner.memory import Memory, bulk
from aligner.records import Unit
bulk.UNITS_PER_WRITE = 200
now = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
units = (Unit(f"Сөйлем {n}.", f"Предложение {n}.", 0.9) for n in range(20_000))
with Memory.open(sys.argv[1]) as memory:
    print("ready", flush=True)
    memory.add_units(units, "big.tmx", "Айгүл", now)
print("done", flush=True)
"""


def units(count: int, salt: str = "") -> list[Unit]:
    return [Unit(f"Сөйлем {salt}{number}.", f"Предложение {salt}{number}.", 0.9) for number in range(count)]


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "m.db"
    with Memory.open(path) as memory:
        memory.add_units(units(10), "good.tmx", "Айгүл", NOW)
        assert isinstance(memory.engine, SqliteEngine)
        with memory.engine._borrowed() as connection:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages + 5}")
        with pytest.raises(StoreFullError, match="free some space"):
            memory.add_units(units(4000, "жаңа "), "big.tmx", "Айгүл", NOW)
        assert [unit.kk for unit in memory.units()] == [unit.kk for unit in units(10)]
    with Memory.open(path) as memory:
        assert not memory.check()
        assert memory.add_units(units(4000, "жаңа "), "big.tmx", "Айгүл", NOW).units_added == 4000


def test_a_disk_that_ends_in_the_middle_of_a_file(tmp_path: Path) -> None:
    """The same with a limit of the operating system, which SQLite does not know of beforehand."""
    with Memory.open(tmp_path / "m.db") as memory:
        memory.add_units(units(10), "good.tmx", "Айгүл", NOW)
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000));"
        "from aligner.errors import StoreError\n"
        f"try:\n exec({IMPORTER!r})\nexcept StoreError as error:\n print(error)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "m.db")], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert "done" not in result.stdout
    assert "nothing of this change was stored" in result.stdout, result.stderr
    with Memory.open(tmp_path / "m.db") as memory:
        assert memory.find("Сөйлем 0.", "Предложение 0.")
        assert all("cut off" in problem.problem for problem in memory.check())


def test_a_memory_that_is_held_says_so(tmp_path: Path) -> None:
    path = tmp_path / "m.db"
    with Memory.open(path, timeout_s=0.1) as memory:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreLockedError, match="try again when it is done"):
            memory.add_units(units(1), "a.tmx", "Айгүл", NOW)
        assert memory.totals().units == 0, "reading goes on"
        other.execute("ROLLBACK")
        other.close()
        assert memory.add_units(units(1), "a.tmx", "Айгүл", NOW).units_added == 1


def test_a_damaged_file_is_told_from_an_empty_one(tmp_path: Path) -> None:
    path = tmp_path / "m.db"
    with Memory.open(path) as memory:
        memory.add_units(units(3000), "a.tmx", "Айгүл", NOW)
        memory.vacuum()
    data = bytearray(path.read_bytes())
    chance = random.Random(3)
    for place in range(100 * 4096, len(data) - 4096, 4096):
        data[place : place + 64] = chance.randbytes(64)
    path.write_bytes(data)
    with Memory.open(path) as memory:
        problems = memory.check()
        assert problems
        assert all("backup" in problem.remedy for problem in problems)
        with pytest.raises(StoreError, match=r"damaged|can't be read"):
            list(memory.units())


def test_a_mistyped_name_makes_no_memory(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no memory"):
        Memory.open(tmp_path / "m.db", create=False)
    assert not list(tmp_path.iterdir())
    with pytest.raises(StoreError, match="no such kind of database"):
        Memory.open("mysql://localhost/memory")


def test_a_file_without_rights(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write anything")
    Memory.open(tmp_path / "m.db").close()
    (tmp_path / "m.db").chmod(0o444)
    with pytest.raises(StoreError), Memory.open(tmp_path / "m.db") as memory:
        memory.add_units(units(1), "a.tmx", "Айгүл", NOW)


def test_an_import_that_is_killed_again_and_again_goes_on(tmp_path: Path) -> None:
    """`QOSTIL_KILLS=100` does it a hundred times."""
    path, chance = tmp_path / "m.db", random.Random(11)
    Memory.open(path).close()
    stored = 0
    for _ in range(KILLS):
        process = subprocess.Popen(
            [sys.executable, "-c", IMPORTER, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.0, 0.4))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        with Memory.open(path) as memory:
            assert all("cut off" in problem.problem for problem in memory.check())
            assert memory.totals().units >= stored
            stored = memory.totals().units
    subprocess.run([sys.executable, "-c", IMPORTER, str(path)], cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    with Memory.open(path) as memory:
        assert memory.totals().units == 20_000
        assert not memory.check()
        while memory.undo("Айгүл", NOW):
            pass
        assert memory.totals().units == 0
        assert not memory.check()


def test_wrong_addresses_of_servers(postgres_dsn: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StoreError, match="holds no memory"):
        Memory.open(postgres_dsn, create=False)
    with pytest.raises(StoreError, match="check host, port, user, password"):
        Memory.open(postgres_dsn.replace("?host", "_none?host"))
    with pytest.raises(StoreError, match="no connection") as caught:
        Memory.open("postgresql://user:secret@127.0.0.1:1/memory")
    assert "secret" not in str(caught.value)
    with pytest.raises(StoreError, match="not the address of a database"):
        Memory.open("postgresql://user@host:port:more/memory?what=ever")
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(MissingExtraError, match="qostil\\[postgres\\]"):
        Memory.open(postgres_dsn)


def test_a_database_of_others_and_a_newer_one(postgres_dsn: str) -> None:
    import psycopg

    with psycopg.connect(postgres_dsn, autocommit=True) as connection:
        connection.execute("CREATE TABLE units (name TEXT)")
        with pytest.raises(StoreError, match="is no qostil memory"):
            Memory.open(postgres_dsn)
        connection.execute("DROP TABLE units")
        Memory.open(postgres_dsn).close()
        connection.execute("INSERT INTO migrations (name) VALUES ('9999_from_the_future')")
        with pytest.raises(StoreError, match="newer qostil"):
            Memory.open(postgres_dsn)


def test_a_server_that_is_busy_or_goes_away(postgres_dsn: str) -> None:
    import psycopg

    with Memory.open(postgres_dsn, timeout_s=0.2) as memory, psycopg.connect(postgres_dsn) as other:
        other.execute("SELECT pg_advisory_xact_lock(7105117769108)")
        with pytest.raises(StoreLockedError, match="nothing was changed"):
            memory.add_units(units(1), "a.tmx", "Айгүл", NOW)
        other.rollback()
        memory.add_units(units(1), "a.tmx", "Айгүл", NOW)
        other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
        other.commit()
        assert memory.totals().units == 1, "what went away between two questions is found again"

        def cut_off() -> None:
            with memory.engine.writing() as session:
                session.execute("UPDATE units SET note = 'жоғалады'")
                other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
                other.commit()
                session.execute("SELECT 1")

        with pytest.raises(StoreError, match="terminating connection"):
            cut_off()
        assert memory.find("Сөйлем 0.", "Предложение 0.").note is None
