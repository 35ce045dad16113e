"""The records that travel from stage to stage: frozen, typed, and importing nothing of ours."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

__all__ = [
    "AlignedText",
    "Bead",
    "Document",
    "DocumentPair",
    "Dropped",
    "Paragraph",
    "Segment",
    "Unit",
    "Unpaired",
    "Verdict",
]


@dataclass(frozen=True, slots=True)
class Dropped:
    """A stretch of text that was read but set aside, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: NFC text without line breaks or outer white space, and its BCP 47 language.

    A paragraph has its document's language unless it is clearly written in another one.
    """

    text: str
    language: str
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """One publication in one language.

    `source` is the path as the user gave it, `part` the 1-based place inside a dump, or None.
    `language` is a BCP 47 code, `und` where it could not be told.
    `skipped` is None, or the reason for which the document takes no part in the work.
    """

    source: str
    language: str
    paragraphs: tuple[Paragraph, ...]
    part: int | None = None
    title: str | None = None
    date: dt.date | None = None
    skipped: str | None = None
    dropped: tuple[Dropped, ...] = ()

    @property
    def name(self) -> str:
        """`path`, or `path#N` for a document inside a dump."""
        return self.source if self.part is None else f"{self.source}#{self.part}"

    @property
    def blocks(self) -> tuple[Paragraph, ...]:
        """The title as a heading, where there is one, then the paragraphs."""
        if self.title is None:
            return self.paragraphs
        return (Paragraph(self.title, self.language, is_heading=True), *self.paragraphs)

    @property
    def text(self) -> str:
        """The blocks, one a line. Segment offsets count code points in this text."""
        return "\n".join(block.text for block in self.blocks)


@dataclass(frozen=True, slots=True)
class AlignedText:
    """Two versions that their file gives pair by pair: a bilingual table, a catalogue, a memory.

    The n-th paragraph of `kk` is the n-th of `ru`; both have equally many, each is one segment, and neither has a
    title.
    """

    kk: Document
    ru: Document


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence, headline or list item: `text == whole[start:end]`, in code points.

    `block` is the 0-based index of the document block (or the line, in bare text) that it stands in.
    """

    text: str
    start: int
    end: int
    block: int


@dataclass(frozen=True, slots=True)
class DocumentPair:
    """Two documents held to be versions of each other, with the probability that they are."""

    kk: Document
    ru: Document
    score: float


@dataclass(frozen=True, slots=True)
class Unpaired:
    """A document without a counterpart, the nearest candidate, and why it was not taken."""

    document: Document
    reason: str
    nearest: Document | None = None
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Bead:
    """Kazakh segments and the Russian segments that translate them, by index in document order.

    A segment without a counterpart stands in a bead whose other side is empty and whose score is 0.
    `moved` marks a bead that breaks the order of the others.
    """

    kk: tuple[int, ...]
    ru: tuple[int, ...]
    score: float
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """The probability that two texts translate each other, and the reasons that speak against it."""

    probability: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """One translation unit of the memory, with where it comes from and what stands around it.

    `status` is `automatic`, `reviewed` (by `reviewer`) or `rejected`. The times are aware of their zone.
    """

    kk: str
    ru: str
    score: float
    kk_source: str | None = None
    ru_source: str | None = None
    date: dt.date | None = None
    reasons: tuple[str, ...] = ()
    previous_kk: str | None = None
    next_kk: str | None = None
    previous_ru: str | None = None
    next_ru: str | None = None
    status: Literal["automatic", "reviewed", "rejected"] = "automatic"
    reviewer: str | None = None
    note: str | None = None
    creator: str | None = None
    created: dt.datetime | None = None
    changed: dt.datetime | None = None
