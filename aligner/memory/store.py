"""A memory in one SQLite file (https://www.sqlite.org/wal.html)."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from aligner.errors import StoreError
from aligner.memory.migrations import MIGRATIONS, applied, apply_missing
from aligner.records import Document, DocumentPair, Unit

__all__ = ["Addition", "Memory", "Totals"]

_LOCK_TIMEOUT_S = 30.0


@dataclass(frozen=True, slots=True)
class Addition:
    """What adding a document pair changed."""

    units_added: int
    units_known: int
    units_removed: int


@dataclass(frozen=True, slots=True)
class Totals:
    """How much a memory holds."""

    documents: int
    pairs: int
    units: int


class Memory:
    """Documents, their pairs, and the units aligned from them.

    A unit is kept once, whatever the number of places it occurs in. A pair that is added again replaces what
    it said before, and a document whose text has changed takes its old units with it.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    @classmethod
    def open(cls, path: Path) -> Memory:
        """Open the memory at `path`, or make it. Raises `StoreError` where it is none, or a newer one."""
        if path.is_dir():
            raise StoreError(f"{path}: is a folder; name a file for the memory, such as {path / 'memory.db'}")
        try:
            connection = sqlite3.connect(path, timeout=_LOCK_TIMEOUT_S, isolation_level=None)
        except sqlite3.Error as error:
            raise StoreError(
                f"{path}: the memory can't be opened ({error}); check the folder and its permissions"
            ) from error
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            unknown = set(applied(connection)) - {name for name, _ in MIGRATIONS}
            if unknown:
                raise StoreError(
                    f"{path}: made by a newer qostil ({', '.join(sorted(unknown))}); update qostil to open it"
                )
            foreign = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] and not applied(connection)
            if foreign:
                raise StoreError(f"{path}: a SQLite file, but not a qostil memory; name another file")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            apply_missing(connection)
        except sqlite3.Error as error:
            connection.close()
            raise StoreError(f"{path}: not a usable memory ({error}); name another file or restore a backup") from error
        except StoreError:
            connection.close()
            raise
        return cls(connection, path)

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def has_pair(self, pair: DocumentPair, recipe: str) -> bool:
        """Whether this very text pair was already aligned by `recipe` (encoder and aligner, with versions)."""
        with self._reading():
            row = self._connection.execute(
                "SELECT 1 FROM pairs JOIN documents AS kk ON kk.id = pairs.kk JOIN documents AS ru ON ru.id = pairs.ru "
                "WHERE kk.location = ? AND kk.digest = ? AND ru.location = ? AND ru.digest = ? AND recipe = ?",
                (_location(pair.kk), digest(pair.kk.text), _location(pair.ru), digest(pair.ru.text), recipe),
            ).fetchone()
        return row is not None

    def add(self, pair: DocumentPair, units: Sequence[Unit], recipe: str, now: dt.datetime) -> Addition:
        """Store the pair and its units, in one transaction. `now` is aware of its time zone."""
        with self._writing():
            kk, ru = self._document(pair.kk), self._document(pair.ru)
            # A document has one counterpart: what it was paired with before is replaced.
            replaced = self._connection.execute(
                "SELECT DISTINCT unit FROM occurrences JOIN pairs ON pairs.id = pair WHERE kk = ? OR ru = ?", (kk, ru)
            ).fetchall()
            self._connection.execute("DELETE FROM pairs WHERE kk = ? OR ru = ?", (kk, ru))
            number = self._connection.execute(
                "INSERT INTO pairs (kk, ru, score, recipe, added) VALUES (?, ?, ?, ?, ?)",
                (kk, ru, pair.score, recipe, now.astimezone(dt.UTC).isoformat(timespec="seconds")),
            ).lastrowid
            added = 0
            for position, unit in enumerate(units):
                key = digest(unit.kk, unit.ru)
                cursor = self._connection.execute(
                    "INSERT INTO units (digest, kk, ru) VALUES (?, ?, ?) ON CONFLICT (digest) DO NOTHING",
                    (key, unit.kk, unit.ru),
                )
                added += cursor.rowcount
                self._connection.execute(
                    "INSERT INTO occurrences VALUES (?, ?, (SELECT id FROM units WHERE digest = ?), ?, ?, ?, ?, ?, ?)",
                    (
                        number,
                        position,
                        key,
                        unit.score,
                        json.dumps(unit.reasons, ensure_ascii=False),
                        unit.previous_kk,
                        unit.next_kk,
                        unit.previous_ru,
                        unit.next_ru,
                    ),
                )
            removed = self._connection.executemany(
                "DELETE FROM units WHERE id = ? AND NOT EXISTS (SELECT 1 FROM occurrences WHERE unit = units.id)",
                replaced,
            ).rowcount
        return Addition(added, len(units) - added, removed)

    def units(self, min_score: float = 0.0) -> Iterator[Unit]:
        """Each distinct unit once, by its most certain occurrence, in the order in which they came in."""
        with self._reading():
            rows = self._connection.execute(
                """
                SELECT units.kk, units.ru, occurrences.score, occurrences.reasons, kk.name, ru.name,
                       coalesce(kk.date, ru.date), previous_kk, next_kk, previous_ru, next_ru, max(occurrences.score)
                FROM units
                JOIN occurrences ON occurrences.unit = units.id
                JOIN pairs ON pairs.id = occurrences.pair
                JOIN documents AS kk ON kk.id = pairs.kk
                JOIN documents AS ru ON ru.id = pairs.ru
                GROUP BY units.id HAVING max(occurrences.score) >= ?
                ORDER BY kk.location, ru.location, occurrences.position
                """,
                (min_score,),
            )
            for row in rows:
                yield Unit(
                    kk=row[0],
                    ru=row[1],
                    score=row[2],
                    kk_source=row[4],
                    ru_source=row[5],
                    date=dt.date.fromisoformat(row[6]) if row[6] else None,
                    reasons=tuple(json.loads(row[3])),
                    previous_kk=row[7],
                    next_kk=row[8],
                    previous_ru=row[9],
                    next_ru=row[10],
                )

    def last_change(self) -> dt.datetime | None:
        """When a pair was last added, or None for an empty memory."""
        with self._reading():
            newest = self._connection.execute("SELECT max(added) FROM pairs").fetchone()[0]
        return dt.datetime.fromisoformat(newest) if newest else None

    def totals(self) -> Totals:
        """The number of documents, pairs and distinct units."""
        with self._reading():
            return Totals(self._count("documents"), self._count("pairs"), self._count("units"))

    def _count(self, table: str) -> int:
        count: int = self._connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        return count

    def _document(self, document: Document) -> int:
        location, key = _location(document), digest(document.text)
        number: int = self._connection.execute(
            "INSERT INTO documents (location, name, language, digest, title, date) VALUES (?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (location) DO UPDATE SET name = excluded.name, language = excluded.language, "
            "digest = excluded.digest, title = excluded.title, date = excluded.date RETURNING id",
            (
                location,
                document.name,
                document.language,
                key,
                document.title,
                document.date.isoformat() if document.date else None,
            ),
        ).fetchone()[0]
        return number

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise StoreError(f"{self.path}: the memory can't be read ({error}); restore a backup") from error

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            raise StoreError(
                f"{self.path}: the memory can't be written ({error}); nothing of this pair was stored; "
                "check free space, permissions, and that no other program holds it"
            ) from error
        except sqlite3.Error as error:
            raise StoreError(f"{self.path}: the memory is damaged ({error}); restore a backup") from error


def digest(*texts: str) -> str:
    """A stable name for a text or a pair of texts: 32 hexadecimal digits of SHA-256."""
    return hashlib.sha256("\x00".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _location(document: Document) -> str:
    path = str(Path(document.source).resolve())
    return path if document.part is None else f"{path}#{document.part}"
