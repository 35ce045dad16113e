"""What the memory asks of a database. SQLite and PostgreSQL answer alike, so that one set of queries serves both."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Literal

from aligner.memory.records import Problem

__all__ = ["Engine", "Row", "Session"]

Row = tuple[Any, ...]


class Session(ABC):
    """One transaction. Queries are written with `?` for each parameter, and hold no other `?` or `%`."""

    among: str
    """What follows a column that shall be one of many: `WHERE id {among}`, its parameter being `listed(values)`."""

    by_bytes: str
    """What follows a column of text that shall be sorted by its bytes, whatever the language of the database."""

    @abstractmethod
    def listed(self, values: Iterable[int] | Iterable[str]) -> object:
        """The parameter that `among` takes."""

    @abstractmethod
    def execute(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """Run one statement; the rows that it gives, or none."""

    @abstractmethod
    def stream(self, sql: str, parameters: Sequence[object] = ()) -> Iterator[Row]:
        """The rows of a query, a few at a time."""

    @abstractmethod
    def run_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for each row of parameters."""

    @abstractmethod
    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Insert many new rows, the quickest way there is."""

    def learn(self, tables: Sequence[str]) -> None:  # noqa: B027 (there is nothing to do where plans need no counts)
        """Count anew what the tables hold, so that the next queries are planned for it."""

    def one(self, sql: str, parameters: Sequence[object] = ()) -> Row | None:
        """The first row of a query, or None."""
        return next(iter(self.execute(sql, parameters)), None)


class Engine(ABC):
    """A database and the connections to it. Its errors come as `StoreError`s that say what to do."""

    kind: Literal["sqlite", "postgresql"]
    name: str
    """What messages call it: the path, or the address without its password."""

    @abstractmethod
    def reading(self) -> AbstractContextManager[Session]:
        """A transaction that sees the database as it is at its first query, whatever others write."""

    @abstractmethod
    def writing(self) -> AbstractContextManager[Session]:
        """A transaction that may write: one at a time, all or nothing."""

    @abstractmethod
    def held_alone(self, holder: str) -> AbstractContextManager[None]:
        """Held by one batch at a time, whatever else reads and writes; `holder` is what a second one is told of it.

        Raises `StoreLockedError` where another one holds it. It ends with the process, if not before.
        """

    @abstractmethod
    def migrate(self) -> None:
        """Bring the database to the newest schema. Raises `StoreError` where it is a newer or a foreign one."""

    @abstractmethod
    def close(self) -> None:
        """Close every connection."""

    @abstractmethod
    def size_bytes(self) -> int:
        """How much room it takes on its disk."""

    @abstractmethod
    def check(self) -> list[Problem]:
        """What the database itself finds wrong."""

    @abstractmethod
    def vacuum(self) -> None:
        """Give free space back."""

    @abstractmethod
    def backup(self, target: Path) -> None:
        """Copy it to `target`, a new SQLite file."""
