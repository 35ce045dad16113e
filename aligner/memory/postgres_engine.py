"""A memory in a PostgreSQL database, for teams (psycopg 3: https://www.psycopg.org/psycopg3/docs/)."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from aligner.errors import MissingExtraError, StoreError, StoreFullError, StoreLockedError
from aligner.memory.engine import Engine, Row, Session
from aligner.memory.locks import refusal
from aligner.memory.migrations import MIGRATIONS, later_than
from aligner.memory.records import Problem

if TYPE_CHECKING:
    import psycopg

__all__ = ["PostgresEngine"]

_IDLE_CONNECTIONS = 8
_CONNECT_TIMEOUT_S = 10
_ROWS_PER_FETCH = 2_000
_WRITE_LOCK = 7_105_117_769_108
"""The advisory lock of whoever writes: `changed_seq` may grow only in the order in which writes become visible."""

_BATCH_LOCK = 7_105_117_769_109
"""The advisory lock of a batch, which its own session holds from beginning to end."""
_LONGEST_NAME = 63

_LOCKED = ("55P03", "40001", "40P01")
_FULL = ("53100", "53200")
_COPIED = (
    "documents",
    "texts",
    "segments",
    "pairs",
    "sources",
    "units",
    "changes",
    "beads",
    "removed_units",
    "removed_beads",
    "counters",
    "batches",
    "files",
    "releases",
    "outputs",
)


class PostgresSession(Session):
    """A transaction on one connection."""

    among = "= ANY(?)"
    by_bytes = 'COLLATE "C"'

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def listed(self, values: Iterable[int] | Iterable[str]) -> object:
        from psycopg.types.numeric import Int8

        # Python's small numbers travel as `smallint`, which PostgreSQL can't look up in a hash table of `bigint`.
        return [Int8(value) if isinstance(value, int) else value for value in values]

    def learn(self, tables: Sequence[str]) -> None:
        self._connection.execute(f"ANALYZE (SKIP_LOCKED) {', '.join(tables)}".encode())

    def execute(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        cursor = self._connection.execute(_dialect(sql), parameters or None)
        return cursor.fetchall() if cursor.description else []

    def stream(self, sql: str, parameters: Sequence[object] = ()) -> Iterator[Row]:
        with self._connection.cursor("qostil_stream") as cursor:
            cursor.itersize = _ROWS_PER_FETCH
            cursor.execute(_dialect(sql), parameters or None)
            yield from cursor

    def run_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        with self._connection.cursor() as cursor:
            cursor.executemany(_dialect(sql), rows)

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN".encode()
        with self._connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)


class PostgresEngine(Engine):
    """Connections are lent to one transaction at a time and kept for the next."""

    kind: Literal["sqlite", "postgresql"] = "postgresql"

    def __init__(self, dsn: str, timeout_s: float, create: bool = True) -> None:
        """Raises `StoreError` where no database answers at `dsn`, and `MissingExtraError` without psycopg."""
        try:
            import psycopg
        except ImportError as error:
            raise MissingExtraError(
                "PostgreSQL needs a driver that is not installed; pip install 'qostil[postgres]'"
            ) from error
        self._psycopg = psycopg
        self._dsn, self._timeout_s = dsn, timeout_s
        self.name = self._without_password(dsn)
        self._idle: list[psycopg.Connection[Any]] = []
        self._pool_lock = threading.Lock()
        self._is_closed, self._create = False, create
        self._idle.append(self._connect())

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with self._translated("read"), self._borrowed("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY") as connection:
            try:
                yield PostgresSession(connection)
            finally:
                _roll_back(connection)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        with self._translated("written"), self._borrowed("BEGIN") as connection:
            try:
                connection.execute(f"SELECT pg_advisory_xact_lock({_WRITE_LOCK})")
                yield PostgresSession(connection)
                connection.execute("COMMIT")
            finally:
                _roll_back(connection)

    @contextmanager
    def held_alone(self, holder: str) -> Iterator[None]:
        connection = self._connect()
        try:
            with self._translated("read"):
                # The name of a session is how others learn who it is.
                connection.execute("SELECT set_config('application_name', %s, false)", (holder[:_LONGEST_NAME],))
                (is_ours,) = connection.execute(f"SELECT pg_try_advisory_lock({_BATCH_LOCK})").fetchone() or (False,)
                if not is_ours:
                    row = connection.execute(
                        "SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid) "
                        "WHERE locktype = 'advisory' AND granted AND (classid::bigint << 32) + objid::bigint = "
                        f"{_BATCH_LOCK} AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
                    ).fetchone()
                    raise refusal(self.name, row[0] if row else "")
            yield
        finally:
            connection.close()

    def migrate(self) -> None:
        with self.writing() as session:
            (known,) = session.execute("SELECT to_regclass('migrations')::text, to_regclass('units')::text")
            if known == (None, "units"):
                raise StoreError(f"{self.name}: has a table `units` that is no qostil memory; name another database")
            if known == (None, None) and not self._create:
                raise StoreError(
                    f"{self.name}: the database holds no memory; check its name, "
                    "or make one with `qostil memory import`"
                )
            session.execute(
                "CREATE TABLE IF NOT EXISTS migrations "
                "(id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name TEXT UNIQUE)"
            )
            applied = [name for (name,) in session.execute("SELECT name FROM migrations ORDER BY id")]
            unknown = set(applied) - {step.name for step in MIGRATIONS}
            if unknown:
                raise StoreError(
                    f"{self.name}: made by a newer qostil ({', '.join(sorted(unknown))}); update qostil to open it"
                )
            for step in later_than(applied):
                if step.postgresql.strip():
                    session.execute(step.postgresql)
                session.execute("INSERT INTO migrations (name) VALUES (?)", (step.name,))

    def close(self) -> None:
        with self._pool_lock:
            self._is_closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def size_bytes(self) -> int:
        with self.reading() as session:
            (row,) = session.execute(
                "SELECT coalesce(sum(pg_total_relation_size(oid)), 0) FROM pg_class "
                "WHERE relkind = 'r' AND relnamespace = (SELECT relnamespace FROM pg_class "
                "WHERE oid = to_regclass('units'))"
            )
        return int(row[0])

    def check(self) -> list[Problem]:
        problems = []
        for table in _COPIED:
            try:
                with self.reading() as session:
                    session.execute(f"SELECT count(*), max(t.*::text) FROM {table} AS t")
            except StoreError as error:
                problems.append(Problem(f"table {table} can't be read whole: {error}", "restore a backup"))
        return problems

    def vacuum(self) -> None:
        with self._translated("written"), self._borrowed("SELECT 1") as connection:
            for table in _COPIED:
                connection.execute(f"VACUUM (FULL, ANALYZE) {table}".encode())

    def backup(self, target: Path) -> None:
        from aligner.memory.sqlite_engine import SqliteEngine

        copy = SqliteEngine(target, self._timeout_s)
        try:
            copy.migrate()
            with self.reading() as own, copy.writing() as other:
                other.execute("PRAGMA defer_foreign_keys = ON")
                other.execute("DELETE FROM counters")
                for table in _COPIED:
                    columns = [
                        name
                        for (name,) in own.execute(
                            "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(?) AND attnum > 0 "
                            "AND NOT attisdropped ORDER BY attnum",
                            (table,),
                        )
                    ]
                    other.insert(table, columns, own.stream(f"SELECT {', '.join(columns)} FROM {table}"))
        finally:
            copy.close()
        # The copy shall be one file, as a backup of SQLite is.
        connection = sqlite3.connect(target)
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.close()

    def _connect(self) -> psycopg.Connection[Any]:
        try:
            connection = self._psycopg.connect(self._dsn, autocommit=True, connect_timeout=_CONNECT_TIMEOUT_S)
            connection.execute(f"SET lock_timeout = {int(self._timeout_s * 1000)}".encode())
            connection.execute("SET client_encoding = 'UTF8'")
        except self._psycopg.Error as error:
            raise StoreError(
                f"{self.name}: no connection ({_in_one_line(error)}); check host, port, user, password and the name "
                "of the database"
            ) from error
        return connection

    @contextmanager
    def _borrowed(self, first: str) -> Iterator[psycopg.Connection[Any]]:
        """A connection on which the statement `first`, which changes nothing, has been run."""
        connection = self._answering(first.encode())
        try:
            yield connection
        finally:
            with self._pool_lock:
                is_kept = not (self._is_closed or connection.closed) and len(self._idle) < _IDLE_CONNECTIONS
                if is_kept:
                    self._idle.append(connection)
            if not is_kept:
                connection.close()

    def _answering(self, first: bytes) -> psycopg.Connection[Any]:
        while True:
            with self._pool_lock:
                if self._is_closed:
                    raise StoreError(f"{self.name}: the memory is closed already")
                known = self._idle.pop() if self._idle else None
            connection = self._connect() if known is None else known
            try:
                connection.execute(first)
            except self._psycopg.OperationalError:
                connection.close()
                # The server may have been started anew since this one was last used.
                if known is None:
                    raise
            else:
                return connection

    @contextmanager
    def _translated(self, done: Literal["read", "written"]) -> Iterator[None]:
        try:
            yield
        except self._psycopg.Error as error:
            why = _in_one_line(error)
            if error.sqlstate in _LOCKED:
                raise StoreLockedError(
                    f"{self.name}: another program holds the memory ({why}); nothing was changed; try again"
                ) from error
            if error.sqlstate in _FULL:
                raise StoreFullError(
                    f"{self.name}: the server has no room to write ({why}); nothing of this change was stored"
                ) from error
            raise StoreError(
                f"{self.name}: the memory can't be {done} ({why}); nothing was changed; "
                "check that the server runs and that you have the rights, and try again"
            ) from error

    def _without_password(self, dsn: str) -> str:
        try:
            parts = self._psycopg.conninfo.conninfo_to_dict(dsn)
        except self._psycopg.Error as error:
            raise StoreError(
                f"not the address of a database ({_in_one_line(error)}); "
                "it has the form postgresql://USER:PASSWORD@HOST:PORT/DATABASE"
            ) from error
        user = f"{parts['user']}@" if parts.get("user") else ""
        port = f":{parts['port']}" if parts.get("port") else ""
        return f"postgresql://{user}{parts.get('host', '')}{port}/{parts.get('dbname', '')}"


@lru_cache(maxsize=1024)
def _dialect(sql: str) -> bytes:
    return sql.replace("?", "%s").encode()


def _roll_back(connection: psycopg.Connection[Any]) -> None:
    from psycopg.pq import TransactionStatus

    if not connection.closed and connection.info.transaction_status != TransactionStatus.IDLE:
        connection.execute("ROLLBACK")


def _in_one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
