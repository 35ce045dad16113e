"""The records that a memory takes and gives: frozen, typed, free of any engine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from aligner.records import Bead, Segment

__all__ = [
    "EXPORTED",
    "Addition",
    "Alignment",
    "BeadEdit",
    "Change",
    "Context",
    "NewBead",
    "PairSummary",
    "Problem",
    "Side",
    "Statistics",
    "Status",
    "StoredBead",
    "StoredDocument",
    "StoredPair",
    "StoredSegment",
    "StoredUnit",
    "Totals",
    "UnitSource",
]

Status = Literal["automatic", "reviewed", "rejected"]
"""`automatic`: nobody has looked at it. `reviewed`: a person holds it for right. `rejected`: for wrong."""

Side = Literal["kk", "ru"]

EXPORTED: tuple[Status, ...] = ("automatic", "reviewed")
"""What leaves a memory unless asked otherwise."""


@dataclass(frozen=True, slots=True)
class Addition:
    """What adding a document pair or importing a file changed."""

    units_added: int
    units_known: int
    units_removed: int = 0


@dataclass(frozen=True, slots=True)
class Totals:
    """How much a memory holds."""

    documents: int
    pairs: int
    units: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """More of it. `scores` counts the units below 0.1, 0.2 … 1.0 (ten numbers, each unit in one).

    `kk_repeated` and `ru_repeated` count the texts that stand in more than one unit: other translations of the same.
    """

    totals: Totals
    statuses: dict[Status, int]
    scores: tuple[int, ...]
    sources: dict[str, int]
    kk_characters: int
    ru_characters: int
    kk_repeated: int
    ru_repeated: int
    changes: int
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a document pair was aligned; bead numbers are places in `kk` and `ru`."""

    kk: Sequence[Segment]
    ru: Sequence[Segment]
    beads: Sequence[Bead]


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document the memory knows. `digest` names its text, `text` the stored version of it (None: not kept)."""

    id: int
    location: str
    name: str
    language: str
    title: str | None
    date: dt.date | None
    digest: str
    text: int | None


@dataclass(frozen=True, slots=True)
class StoredSegment:
    """A segment at `place` (from 0) of its document. `block` counts its paragraphs from 0, the title among them."""

    place: int
    text: str
    start: int
    end: int
    block: int
    is_heading: bool


@dataclass(frozen=True, slots=True)
class StoredBead:
    """A bead of a pair. `kk_text` and `ru_text` are what it says now: as edited, or else the joined segments.

    `unit` is the unit that it is an occurrence of, or None where a side is empty.
    """

    id: int
    kk: tuple[int, ...]
    ru: tuple[int, ...]
    score: float
    reasons: tuple[str, ...]
    moved: bool
    status: Status
    reviewer: str | None
    note: str | None
    unit: int | None
    kk_text: str
    ru_text: str
    is_edited: bool


@dataclass(frozen=True, slots=True)
class NewBead:
    """A bead to be stored. The texts are joined from the segments unless an edited one is given."""

    kk: tuple[int, ...]
    ru: tuple[int, ...]
    score: float
    reasons: tuple[str, ...] = ()
    moved: bool = False
    status: Status = "automatic"
    note: str | None = None
    kk_text: str | None = None
    ru_text: str | None = None


@dataclass(frozen=True, slots=True)
class BeadEdit:
    """What to change of one bead; None leaves it as it is, and an empty `note` takes the note away."""

    status: Status | None = None
    note: str | None = None
    kk_text: str | None = None
    ru_text: str | None = None


@dataclass(frozen=True, slots=True)
class PairSummary:
    """A pair without its text. `doubtful` counts the beads nobody has looked at that score below 0.8,
    `unaligned` those of them with an empty side (which are not counted as doubtful)."""

    id: int
    kk: StoredDocument
    ru: StoredDocument
    score: float
    recipe: str
    added: dt.datetime
    revision: int
    beads: int
    reviewed: int
    rejected: int
    doubtful: int
    unaligned: int


@dataclass(frozen=True, slots=True)
class StoredPair:
    """A pair with all its text. The segments are empty where the pair was added without its alignment."""

    id: int
    kk: StoredDocument
    ru: StoredDocument
    score: float
    recipe: str
    added: dt.datetime
    revision: int
    kk_segments: tuple[StoredSegment, ...]
    ru_segments: tuple[StoredSegment, ...]
    beads: tuple[StoredBead, ...]


@dataclass(frozen=True, slots=True)
class StoredUnit:
    """A unit of the memory. Its `id` is never given to another one, and its texts never change: an edited text is
    another unit.

    `status`, `score` and `reasons` follow from where it occurs, unless a person has said a status of the unit itself.
    `seq` is the number of the last write that touched it.
    """

    id: int
    kk: str
    ru: str
    status: Status
    score: float
    reasons: tuple[str, ...]
    note: str | None
    creator: str | None
    created: dt.datetime | None
    reviewer: str | None
    changed: dt.datetime | None
    revision: int
    seq: int


@dataclass(frozen=True, slots=True)
class UnitSource:
    """One occurrence of a unit: in a pair (its documents), or in what was imported (`source`)."""

    kk_source: str | None
    ru_source: str | None
    date: dt.date | None
    score: float
    status: Status
    pair: int | None = None
    bead: int | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around an occurrence of a unit; None at the ends of a document, or where it is unknown."""

    previous_kk: str | None = None
    next_kk: str | None = None
    previous_ru: str | None = None
    next_ru: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the history, which is never taken away or rewritten.

    `what` is a word: add, import, dedupe, mark, edit, merge, split …, undo, redo. `before` and `after` hold the rows
    as they were and as they became, by table and id; None for a row that is not there. `undoes` is the change that
    this one took back, `undone_by` the one that took back this.
    """

    id: int
    at: dt.datetime
    who: str
    what: str
    pair: int | None = None
    unit: int | None = None
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    undoes: int | None = None
    undone_by: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a memory, and what to do about it."""

    problem: str
    remedy: str
