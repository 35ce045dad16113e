"""What is asked of a memory and what it answers: frozen records, importing nothing of the memory."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

__all__ = ["Hit", "Kind", "Language", "Match", "Mode", "Query"]

Kind = Literal["context", "exact", "fuzzy", "semantic"]
Language = Literal["kk", "ru"]
Mode = Literal["substring", "forms"]


@dataclass(frozen=True, slots=True)
class Query:
    """A text to look up. `previous` and `next` are the texts around it, None where they are not known."""

    text: str
    previous: str | None = None
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A unit whose source answers a query.

    `kind`: `context` (the same text between the same neighbours, 101 %, or 102 % where both are the same), `exact`
    (the same text but for white space, 100 %), `fuzzy` (similar words, at most 99 %), `semantic` (similar meaning,
    at most 99 %).
    `target` is ready for use: where numbers differ and it is clear which is which, it has the query's.
    `replaced` lists those, `(the memory's, the query's)`; `stored_target` is what the memory holds.
    `status` is `automatic` or `reviewed`; `score` the probability that the unit is a translation.
    """

    kind: Kind
    percent: int
    source: str
    target: str
    stored_target: str
    unit: int
    status: str
    score: float
    reasons: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    date: dt.date | None = None
    changed: dt.datetime | None = None
    creator: str | None = None
    replaced: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A unit in whose `source` a concordance search found something.

    `spans` are the places, as `(start, end)` in code points of `source`, in order. `is_literal` says that the words
    stand there letter for letter, case aside; others were found by their forms or with other letters (қ as к).
    """

    source: str
    target: str
    spans: tuple[tuple[int, int], ...]
    is_literal: bool
    unit: int
    status: str
    score: float
    sources: tuple[str, ...] = ()
    date: dt.date | None = None
