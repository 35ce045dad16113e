"""What a report shows: counts, curves and the texts worth reading, free of files, vectors and databases."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "CELLS_PER_DECADE",
    "POOR_BELOW",
    "SURE_FROM",
    "Confidence",
    "DocumentLine",
    "Lengths",
    "Origin",
    "Outcome",
    "PairDetail",
    "PairLine",
    "Report",
    "Row",
    "SetAside",
    "SkippedInput",
    "Unmatched",
    "WorstRow",
    "confidence_of",
]

Confidence = Literal["sure", "doubtful", "poor", "alone"]
"""How far a bead can be trusted; `alone` is one with an empty side."""

Outcome = Literal["paired", "unmatched"]

Shades = NDArray[np.uint8]

SURE_FROM = 0.8
POOR_BELOW = 0.5
CELLS_PER_DECADE = 12


def confidence_of(score: float) -> Confidence:
    """The class of a bead with two sides."""
    if score >= SURE_FROM:
        return "sure"
    return "poor" if score < POOR_BELOW else "doubtful"


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document without its text. `sentences` are those that take part in the alignment."""

    name: str
    language: str
    title: str | None
    date: dt.date | None
    sentences: int


@dataclass(frozen=True, slots=True)
class SkippedInput:
    """A file or document that takes no part, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """Texts that were read and set aside for one reason; `examples` are (document, text)."""

    reason: str
    count: int
    characters: int
    examples: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A bead as it is read: its sentences by place (from 0), its texts, and what is thought of it."""

    kk: tuple[int, ...]
    ru: tuple[int, ...]
    kk_text: str
    ru_text: str
    score: float
    reasons: tuple[str, ...] = ()
    moved: bool = False
    status: str = "automatic"

    @property
    def confidence(self) -> Confidence:
        if not (self.kk_text and self.ru_text):
            return "alone"
        return "sure" if self.status == "reviewed" else confidence_of(self.score)


@dataclass(frozen=True, slots=True)
class PairLine:
    """A document pair in one line. `number` counts from 1, the worst first.

    `beads` counts them by confidence. `trusted`: the share of both documents' sentences that stand in sure beads, 0..1.
    `sketch`: its beads for the small picture, as (kk sentences, ru sentences, confidence), in order.
    """

    number: int
    kk: DocumentLine
    ru: DocumentLine
    score: float
    beads: Counter[Confidence]
    trusted: float
    sketch: tuple[tuple[int, int, Confidence], ...]


@dataclass(frozen=True, slots=True)
class PairDetail:
    """A document pair with its text. `shades`: how like each other its sentences are, 0 to 255, `[≤96, ≤96]` by place
    in either document; None where no vectors are at hand."""

    line: PairLine
    rows: tuple[Row, ...]
    shades: Shades | None


@dataclass(frozen=True, slots=True)
class WorstRow:
    """A sentence pair and the names of the documents it stands in; `pair` is the number of the pair, if it has one."""

    row: Row
    kk_source: str | None
    ru_source: str | None
    pair: int | None = None


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A document without a counterpart, why, and the nearest candidate with its probability."""

    document: DocumentLine
    reason: str | None
    nearest: DocumentLine | None = None
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Lengths:
    """How many sentence pairs there are by the lengths of their sides: all, and the doubtful and poor ones of them.

    A length of `n` characters is in the cell `int(CELLS_PER_DECADE * log10(n))`; keys are (kk cell, ru cell).
    """

    all: Counter[tuple[int, int]]
    doubtful: Counter[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Origin:
    """What the report is of: the paths or the memory as the user named them, and what it was made with."""

    kind: Literal["batch", "memory"]
    names: tuple[str, ...]
    recipe: str
    made: dt.datetime


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a report shows.

    `documents` counts by (language, `read`, `paired`, `unmatched` or `skipped`). `sentences` counts by (language,
    confidence of their bead), for the sentences of paired documents. `scores`: ten classes, `[0, .1)` … `[.9, 1]`.
    `shapes` counts beads by `kk-ru`. `reasons` counts units by kind of reason. `dates` counts documents by language,
    outcome and date, `days_apart` pairs by the distance of their dates (None: unknown). `pairs` is sorted, the least
    trusted first, and so are `details` and `worst`.
    """

    origin: Origin
    documents: Counter[tuple[str, str]]
    sentences: Counter[tuple[str, Confidence]]
    units: int
    by_confidence: Counter[Confidence]
    scores: tuple[int, ...]
    shapes: Counter[str]
    reasons: Counter[str]
    lengths: Lengths
    dates: Counter[tuple[str, Outcome, dt.date]]
    days_apart: Counter[int | None]
    pairs: tuple[PairLine, ...]
    details: tuple[PairDetail, ...]
    worst: tuple[WorstRow, ...]
    unmatched: tuple[Unmatched, ...]
    skipped: tuple[SkippedInput, ...]
    set_aside: tuple[SetAside, ...]
