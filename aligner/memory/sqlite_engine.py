"""A memory in one SQLite file (https://www.sqlite.org/wal.html)."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Literal

from aligner.errors import StoreError, StoreFullError, StoreLockedError
from aligner.memory.engine import Engine, Row, Session
from aligner.memory.locks import held_file, lock_beside
from aligner.memory.migrations import MIGRATIONS, later_than
from aligner.memory.records import Problem

__all__ = ["SqliteEngine"]

_IDLE_CONNECTIONS = 8
_FOUND_PROBLEMS = 20
# SQLite on Linux and macOS opens paths of 512 bytes; `-journal` behind the name is one of them.
_MAX_PATH_BYTES = 504
_SETTINGS = (
    "foreign_keys = ON",
    # What a person has just decided shall survive a power cut, too.
    "synchronous = FULL",
    "cache_size = -4096",
    "wal_autocheckpoint = 4000",
    "journal_size_limit = 67108864",
)


class SqliteSession(Session):
    """A transaction on one connection."""

    among = "IN (SELECT value FROM json_each(?))"
    by_bytes = "COLLATE BINARY"

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def listed(self, values: Iterable[int] | Iterable[str]) -> object:
        return json.dumps(list(values))

    def execute(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        return self._connection.execute(sql, parameters).fetchall()

    def stream(self, sql: str, parameters: Sequence[object] = ()) -> Iterator[Row]:
        # `yield from` closes the cursor, and complains of one that was left in the middle and outlives its connection.
        for row in self._connection.execute(sql, parameters):  # noqa: UP028
            yield row

    def run_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        self._connection.executemany(sql, rows)

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        marks = ", ".join("?" * len(columns))
        self.run_many(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)


class SqliteEngine(Engine):
    """Connections are lent to one transaction at a time and kept for the next, so that threads don't meet on one."""

    kind: Literal["sqlite", "postgresql"] = "sqlite"

    def __init__(self, path: Path, timeout_s: float, create: bool = True) -> None:
        """Raises `StoreError` where there can be no file at `path`, or without `create` is none."""
        if path.is_dir():
            raise StoreError(f"{path}: is a folder; name a file for the memory, such as {path / 'memory.db'}")
        if len(os.fsencode(path.absolute())) > _MAX_PATH_BYTES and os.name != "nt":
            raise StoreError(
                f"{path}: its path has more than the {_MAX_PATH_BYTES} bytes that SQLite opens; name a place nearer to "
                "the root with --memory"
            )
        if not create and not path.exists():
            raise StoreError(f"{path}: there is no memory; check the name, or make one with `qostil memory import`")
        self.path, self.name = path, str(path)
        self._timeout_s = timeout_s
        self._idle: list[sqlite3.Connection] = []
        self._pool_lock = threading.Lock()
        # Within one process the writers queue here: SQLite's own waiting is a lottery among sleepers.
        self._write_lock = threading.Lock()
        self._is_closed = False
        self._idle.append(self._connect())

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with self._borrowed() as connection, self._translated("read"):
            connection.execute("BEGIN")
            try:
                yield SqliteSession(connection)
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[Session]:
        if not self._write_lock.acquire(timeout=self._timeout_s):
            raise self._locked("another thread is writing")
        try:
            with self._borrowed() as connection, self._translated("written"):
                connection.execute("BEGIN IMMEDIATE")
                try:
                    yield SqliteSession(connection)
                    connection.execute("COMMIT")
                finally:
                    # A full disk ends the transaction by itself; whatever else failed, nothing of it may stay.
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
        finally:
            self._write_lock.release()

    def held_alone(self, holder: str) -> AbstractContextManager[None]:
        return held_file(lock_beside(self.path), self.name, holder)

    def migrate(self) -> None:
        try:
            with self._borrowed() as connection:
                # One query, for another process may be making the memory at this moment.
                is_foreign = connection.execute(
                    "SELECT count(*) > 0 AND coalesce(sum(name = 'migrations'), 0) = 0 FROM sqlite_master"
                ).fetchone()[0]
                if is_foreign:
                    raise StoreError(f"{self.name}: a SQLite file, but not a qostil memory; name another file")
                applied = self._applied(connection)
                unknown = set(applied) - {step.name for step in MIGRATIONS}
                if unknown:
                    raise StoreError(
                        f"{self.name}: made by a newer qostil ({', '.join(sorted(unknown))}); update qostil to open it"
                    )
                connection.execute("PRAGMA journal_mode = WAL")
                for step in later_than(applied):
                    self._take(connection, step.name, step.sqlite)
        except sqlite3.Error as error:
            if _code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise self._locked(str(error)) from error
            if _code(error) == sqlite3.SQLITE_FULL:
                raise self._full(str(error)) from error
            if _code(error) == sqlite3.SQLITE_IOERR:
                # The file itself may be in order: there is no room even for what SQLite puts beside it.
                raise StoreError(
                    f"{self.name}: the memory can't be opened ({error}); "
                    "check the folder, its permissions and free space"
                ) from error
            raise self._unusable(error) from error

    def close(self) -> None:
        with self._pool_lock:
            self._is_closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def size_bytes(self) -> int:
        parts = (self.path, self.path.with_name(self.path.name + "-wal"))
        return sum(part.stat().st_size for part in parts if part.exists())

    def check(self) -> list[Problem]:
        problems: list[Problem] = []
        with self._borrowed() as connection:
            try:
                found = connection.execute(f"PRAGMA integrity_check({_FOUND_PROBLEMS})").fetchall()
                loose = connection.execute("PRAGMA foreign_key_check").fetchall()
            except sqlite3.Error as error:
                found, loose = [(str(error),)], []
        problems += [
            Problem(f"the file is damaged: {text}", "restore a backup; until then, don't write to it")
            for (text,) in found
            if text != "ok"
        ]
        problems += [
            Problem(f"row {row} of {table} names a row of {parent} that is not there", "restore a backup")
            for table, row, parent, _ in loose[:_FOUND_PROBLEMS]
        ]
        return problems

    def vacuum(self) -> None:
        if not self._write_lock.acquire(timeout=self._timeout_s):
            raise self._locked("another thread is writing")
        try:
            with self._borrowed() as connection, self._translated("written"):
                connection.execute("VACUUM")
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            self._write_lock.release()

    def backup(self, target: Path) -> None:
        try:
            copy = sqlite3.connect(target)
        except sqlite3.Error as error:
            raise StoreError(f"{target}: the backup can't be written ({error}); check the folder") from error
        try:
            with self._borrowed() as connection:
                connection.backup(copy, pages=4096, sleep=0.01)
            copy.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.Error as error:
            raise StoreError(
                f"{target}: the backup can't be written ({error}); check the space on its disk, and "
                f"`qostil memory check --memory {self.name}`"
            ) from error
        finally:
            copy.close()

    def _connect(self) -> sqlite3.Connection:
        try:
            connection = sqlite3.connect(
                self.path, timeout=self._timeout_s, isolation_level=None, check_same_thread=False
            )
        except sqlite3.Error as error:
            raise StoreError(
                f"{self.name}: the memory can't be opened ({error}); check the folder and its permissions"
            ) from error
        try:
            for setting in _SETTINGS:
                connection.execute(f"PRAGMA {setting}")
        except sqlite3.Error as error:
            connection.close()
            if _code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise self._locked(str(error)) from error
            raise self._unusable(error) from error
        return connection

    @contextmanager
    def _borrowed(self) -> Iterator[sqlite3.Connection]:
        with self._pool_lock:
            if self._is_closed:
                raise StoreError(f"{self.name}: the memory is closed already")
            connection = self._idle.pop() if self._idle else None
        if connection is None:
            connection = self._connect()
        try:
            yield connection
        finally:
            with self._pool_lock:
                is_kept = not self._is_closed and len(self._idle) < _IDLE_CONNECTIONS
                if is_kept:
                    self._idle.append(connection)
            if not is_kept:
                connection.close()

    @staticmethod
    def _applied(connection: sqlite3.Connection) -> list[str]:
        has_table = connection.execute(
            "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'migrations'"
        ).fetchone()[0]
        if not has_table:
            return []
        return [name for (name,) in connection.execute("SELECT name FROM migrations ORDER BY id")]

    def _take(self, connection: sqlite3.Connection, name: str, script: str) -> None:
        connection.execute("BEGIN IMMEDIATE")
        try:
            connection.execute("CREATE TABLE IF NOT EXISTS migrations (id INTEGER PRIMARY KEY, name TEXT UNIQUE)")
            # Another process may have taken this step while we waited for the lock.
            if name not in self._applied(connection):
                for statement in _statements(script):
                    connection.execute(statement)
                connection.execute("INSERT INTO migrations (name) VALUES (?)", (name,))
            connection.execute("COMMIT")
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")

    @contextmanager
    def _translated(self, done: Literal["read", "written"]) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            code = _code(error)
            if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise self._locked(str(error)) from error
            if code == sqlite3.SQLITE_FULL:
                raise self._full(str(error)) from error
            if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
                raise StoreError(f"{self.name}: the memory is damaged ({error}); restore a backup") from error
            if done == "read":
                raise StoreError(f"{self.name}: the memory can't be read ({error}); restore a backup") from error
            raise StoreError(
                f"{self.name}: the memory can't be written ({error}); nothing of this change was stored; "
                "check free space, permissions, and that no other program holds it"
            ) from error

    def _unusable(self, error: sqlite3.Error) -> StoreError:
        return StoreError(f"{self.name}: not a usable memory ({error}); name another file or restore a backup")

    def _locked(self, why: str) -> StoreLockedError:
        return StoreLockedError(
            f"{self.name}: another program holds the memory ({why}); nothing was changed; "
            "try again when it is done, or close it"
        )

    def _full(self, why: str) -> StoreFullError:
        return StoreFullError(
            f"{self.name}: no room to write ({why}); nothing of this change was stored; free some space and try again"
        )


def _code(error: sqlite3.Error) -> int:
    """The primary result code, 0 where SQLite gave none (https://www.sqlite.org/rescode.html)."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _statements(script: str) -> Iterator[str]:
    """The statements of a script; a trigger holds semicolons of its own."""
    statement = ""
    for part in script.split(";"):
        statement += part + ";"
        if sqlite3.complete_statement(statement):
            if statement.strip(" \n;"):
                yield statement
            statement = ""
