"""What every memory can do, whatever engine keeps it."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Self

from aligner.memory.engine import Engine
from aligner.memory.records import (
    EXPORTED,
    Addition,
    Alignment,
    BeadEdit,
    Change,
    Context,
    NewBead,
    PairSummary,
    Problem,
    Side,
    Statistics,
    Status,
    StoredDocument,
    StoredPair,
    StoredSegment,
    StoredUnit,
    Totals,
    UnitSource,
)
from aligner.records import Document, DocumentPair, Segment, Unit

__all__ = ["DEFAULT_TIMEOUT_S", "Memory", "Progress"]

Progress = Callable[[str, int, int], None]
DEFAULT_TIMEOUT_S = 30.0


class Memory(ABC):
    """Documents, their pairs, the beads of these, and the units that they say.

    A unit is kept once, whatever the number of places it occurs in. Every write is one transaction and one entry of
    the history (an import: one entry, and a transaction for each few thousand units); it takes `who` did it and `now`,
    aware of its time zone. A write that is based on an older state than the memory's raises `ConflictError`; an id
    that is not there raises `MissingRecordError`; anything wrong with the database, another `StoreError`.

    A memory may be used from several threads at once.
    """

    engine: Engine
    """The database below: for the indexes of the lookup, which live beside the units."""

    @staticmethod
    def open(place: Path | str, timeout_s: float = DEFAULT_TIMEOUT_S, create: bool = True) -> Memory:
        """Open the memory in a SQLite file, or behind `postgresql://…`; make it where there is none.

        Without `create`, that there is none is a `StoreError`. `timeout_s` is how long a write waits for another one.
        Raises `StoreError` where the place holds no memory, or a newer one, and `MissingExtraError` where the driver
        of PostgreSQL is not installed.
        """
        from aligner.memory.store import open_memory

        return open_memory(place, timeout_s, create)

    @abstractmethod
    def close(self) -> None:
        """Give back what the memory holds; it can't be used any more."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ---- units ----

    @abstractmethod
    def units(self, min_score: float = 0.0, statuses: Sequence[Status] = EXPORTED) -> Iterator[Unit]:
        """Each distinct unit once, by its most certain occurrence, in the order of their documents; then what was
        imported, in the order in which it came in. It is what the memory held when the iteration began.

        `min_score` is not asked of what a person has accepted."""

    @abstractmethod
    def unit(self, number: int) -> StoredUnit:
        """One unit by its id."""

    @abstractmethod
    def stored_units(self, numbers: Sequence[int]) -> list[StoredUnit]:
        """The units with these ids, in this order; those that are not there are left out."""

    @abstractmethod
    def find(self, kk: str, ru: str) -> StoredUnit | None:
        """The unit with exactly these texts."""

    @abstractmethod
    def sources_of(self, unit: int) -> list[UnitSource]:
        """Every place the unit occurs in, the most certain first."""

    @abstractmethod
    def sources_of_units(self, units: Sequence[int]) -> dict[int, list[UnitSource]]:
        """The same for many units, given by id, at once; an empty list for those that are not there."""

    @abstractmethod
    def contexts_of(self, units: Sequence[int]) -> dict[int, list[Context]]:
        """What stands around each occurrence of these units (by id)."""

    @abstractmethod
    def add_units(
        self, units: Iterable[Unit], source: str, who: str, now: dt.datetime, progress: Progress | None = None
    ) -> Addition:
        """Add units that come from no document pair, under the name of their source: a file, a server, a person.

        Adding the same again changes nothing. It is stored in parts of a few thousand, so that other writers get
        their turn; when it is cut off, what is stored stays, the history shows it, and it can go on or be undone.
        `progress` is called as `("importing", done, 0)`.
        """

    @abstractmethod
    def change_unit(
        self,
        number: int,
        revision: int,
        who: str,
        now: dt.datetime,
        *,
        status: Status | None = None,
        note: str | None = None,
        kk: str | None = None,
        ru: str | None = None,
    ) -> StoredUnit:
        """Judge, annotate or rewrite a unit, wherever it occurs. `revision` is the one that the caller has seen.

        An empty `note` takes it away. A new text makes another unit of it, which is given back.
        """

    @abstractmethod
    def dedupe(self, who: str, now: dt.datetime, progress: Progress | None = None) -> int:
        """Merge the units that differ in nothing but white space, quotation marks, dashes and the like. The reviewed,
        then the more certain, then the older one stays, with the sources of all. Returns how many went."""

    # ---- what an index needs to follow ----

    @abstractmethod
    def seq(self) -> int:
        """The number of the last write that touched a unit. It only grows, and writes become visible in its order."""

    @abstractmethod
    def changed_units(self, since: int) -> Iterator[StoredUnit]:
        """The units that were added or changed by writes later than `since`, in the order of `seq`, then id."""

    @abstractmethod
    def removed_units(self, since: int) -> Iterator[int]:
        """The ids of the units that were taken away by writes later than `since` and have not come back."""

    # ---- documents, pairs and beads ----

    @abstractmethod
    def has_pair(self, pair: DocumentPair, recipe: str) -> bool:
        """Whether this very text pair was already aligned by `recipe` (encoder and aligner, with versions)."""

    @abstractmethod
    def add(
        self,
        pair: DocumentPair,
        units: Sequence[Unit],
        recipe: str,
        now: dt.datetime,
        alignment: Alignment | None = None,
        who: str = "qostil",
    ) -> Addition:
        """Store the pair and its units. The units are those of the beads of `alignment` that have both sides.

        A pair that is added again replaces what it said before, a document has one counterpart, and what a person
        said of a bead whose texts have not changed stays. Without an alignment the pair can be looked up, but not
        reviewed.
        """

    @abstractmethod
    def add_document(self, document: Document, segments: Sequence[Segment], now: dt.datetime) -> int:
        """Store a document that has no counterpart, so that it can be paired by hand. Returns its id."""

    @abstractmethod
    def documents(self, only_unpaired: bool = False) -> list[StoredDocument]:
        """The documents, by their location."""

    @abstractmethod
    def segments(self, document: int) -> list[StoredSegment]:
        """The segments of a document as it is now; none where it was stored without them."""

    @abstractmethod
    def pairs(self) -> list[PairSummary]:
        """All pairs, by the location of their Kazakh document."""

    @abstractmethod
    def pair(self, number: int) -> StoredPair:
        """One pair with its segments and beads."""

    @abstractmethod
    def pair_revision(self, number: int) -> int:
        """How often the pair was changed, without loading it."""

    @abstractmethod
    def add_pair(
        self, kk: int, ru: int, score: float, recipe: str, beads: Sequence[NewBead], who: str, now: dt.datetime
    ) -> int:
        """Pair two documents of the memory, given by id, and take them from whatever they were paired with.

        The beads hold each segment of both documents exactly once, or it is a ValueError. Returns the id of the pair.
        """

    @abstractmethod
    def remove_pair(self, number: int, revision: int, who: str, now: dt.datetime) -> None:
        """Undo a wrong pairing. The documents stay."""

    @abstractmethod
    def edit_beads(
        self,
        pair: int,
        revision: int,
        edits: Mapping[int, BeadEdit],
        who: str,
        now: dt.datetime,
        what: str = "mark",
    ) -> int:
        """Judge, annotate or rewrite beads, given by id. Returns the new revision of the pair."""

    @abstractmethod
    def replace_beads(
        self,
        pair: int,
        revision: int,
        old: Sequence[int],
        new: Sequence[NewBead],
        who: str,
        now: dt.datetime,
        what: str = "align",
    ) -> int:
        """Put new beads in the place of old ones (ids): to merge, split, shift, link, or align again.

        They stand where the first of the old ones stood, in their order, and hold the same segments, each once, or
        it is a ValueError. Returns the new revision of the pair.
        """

    @abstractmethod
    def split_segment(
        self, pair: int, revision: int, side: Side, place: int, offset: int, who: str, now: dt.datetime
    ) -> int:
        """Split a segment before its character `offset`. Both parts stay in their bead, white space between them is
        dropped. Returns the new revision of the pair. A ValueError where a part would be empty."""

    # ---- history ----

    @abstractmethod
    def history(
        self, *, pair: int | None = None, unit: int | None = None, before: int | None = None, limit: int = 50
    ) -> list[Change]:
        """The newest changes first; those of one pair or unit, or those older than the change `before`."""

    @abstractmethod
    def undo(
        self,
        who: str,
        now: dt.datetime,
        change: int | None = None,
        pair: int | None = None,
        progress: Progress | None = None,
    ) -> Change | None:
        """Take back a change: this one, or the newest (of this pair) that still holds. Returns what was undone.

        None where nothing is left to undo. Raises `ConflictError` where a later change has touched the same rows.
        """

    @abstractmethod
    def redo(
        self, who: str, now: dt.datetime, pair: int | None = None, progress: Progress | None = None
    ) -> Change | None:
        """Take back the newest undo, unless something else was changed since. None where there is none.

        Returns what was done again. Raises `StoreError` for an import that had been cut off: there is no whole of it.
        """

    # ---- the memory as a whole ----

    @abstractmethod
    def totals(self) -> Totals:
        """The number of documents, pairs and distinct units."""

    @abstractmethod
    def statistics(self) -> Statistics:
        """What the memory is made of."""

    @abstractmethod
    def last_change(self) -> dt.datetime | None:
        """When it was last changed, or None for an empty memory."""

    @abstractmethod
    def check(self) -> list[Problem]:
        """Look for damage: of the database, between its tables, and in what the units say of themselves."""

    @abstractmethod
    def vacuum(self) -> tuple[int, int]:
        """Forget undone imports that can't be redone any more, and give free space back to the disk.

        Returns the size in bytes before and after."""

    @abstractmethod
    def backup(self, target: Path) -> None:
        """Copy the memory to a new SQLite file, while others go on reading and writing."""
