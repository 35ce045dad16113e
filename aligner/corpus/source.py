"""Where units come from: a memory, or a file that holds pairs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from aligner.errors import MissingInputError
from aligner.ingest import UNIT_SUFFIXES, read_units
from aligner.memory import Memory
from aligner.records import Unit

__all__ = ["UnitSource", "open_source"]


class UnitSource(Protocol):
    """Units that can be gone through more than once, in the same order each time."""

    @property
    def name(self) -> str: ...

    @property
    def stamp(self) -> dt.datetime | None:
        """When it was last changed, where it says so itself."""
        ...

    def units(self, statuses: Sequence[str]) -> Iterator[Unit]: ...


@dataclass(frozen=True, slots=True)
class _File:
    path: Path

    @property
    def name(self) -> str:
        return str(self.path)

    @property
    def stamp(self) -> dt.datetime | None:
        return None

    def units(self, statuses: Sequence[str]) -> Iterator[Unit]:
        return (unit for unit in read_units(self.path) if unit.status in statuses)


@dataclass(frozen=True, slots=True)
class _MemoryUnits:
    place: str

    @property
    def name(self) -> str:
        return _without_password(self.place)

    @property
    def stamp(self) -> dt.datetime | None:
        with _opened(self.place) as memory:
            return memory.last_change()

    def units(self, statuses: Sequence[str]) -> Iterator[Unit]:
        wanted: Any = tuple(statuses)
        with _opened(self.place) as memory:
            yield from memory.units(statuses=wanted)


def open_source(place: str) -> UnitSource:
    """A memory behind `postgresql://…`, a file of pairs by its suffix, or else the memory in this file.

    Raises `MissingInputError` where there is no such file.
    """
    if place.startswith(("postgresql://", "postgres://")):
        return _MemoryUnits(place)
    path = Path(place)
    needed = [path.with_suffix(".kk"), path.with_suffix(".ru")] if path.suffix == ".moses" else [path]
    if missing := [each for each in needed if not each.exists()]:
        raise MissingInputError(str(missing[0]), "no such file", "check the path")
    return _File(path) if path.name.lower().endswith(UNIT_SUFFIXES) else _MemoryUnits(place)


def _opened(place: str) -> Memory:
    return Memory.open(place if "://" in place else Path(place))


def _without_password(place: str) -> str:
    scheme, separator, rest = place.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}" if separator else place
