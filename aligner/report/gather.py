"""One pass over aligned pairs → a report. What is kept of each is a line; the whole text is kept of the worst alone."""

from __future__ import annotations

import datetime as dt
import heapq
import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from aligner.report.records import (
    CELLS_PER_DECADE,
    Confidence,
    DocumentLine,
    Lengths,
    Origin,
    Outcome,
    PairDetail,
    PairLine,
    Report,
    Row,
    SetAside,
    Shades,
    SkippedInput,
    Unmatched,
    WorstRow,
)

__all__ = ["Gathering", "reason_kind"]

_SCORE_CLASSES = 10
_EXAMPLES = 5
_LONGEST_EXAMPLE = 160
_KIND = re.compile(r"[a-z]\w*")


class Gathering:
    """Takes document pairs, units and what was lost, in any order, and gives the report."""

    def __init__(self, origin: Origin, most_details: int, most_worst: int) -> None:
        self._origin = origin
        self._most_details, self._most_worst = most_details, most_worst
        self._documents: Counter[tuple[str, str]] = Counter()
        self._sentences: Counter[tuple[str, Confidence]] = Counter()
        self._units = 0
        self._by_confidence: Counter[Confidence] = Counter()
        self._scores = [0] * _SCORE_CLASSES
        self._shapes: Counter[str] = Counter()
        self._reasons: Counter[str] = Counter()
        self._lengths = Lengths(Counter(), Counter())
        self._dates: Counter[tuple[str, Outcome, dt.date]] = Counter()
        self._days_apart: Counter[int | None] = Counter()
        self._pairs: list[PairLine] = []
        self._details: list[tuple[float, int, PairDetail]] = []
        self._worst: list[tuple[float, int, WorstRow]] = []
        self._unmatched: list[Unmatched] = []
        self._skipped: list[SkippedInput] = []
        self._set_aside: dict[str, SetAside] = {}

    def add_pair(
        self,
        kk: DocumentLine,
        ru: DocumentLine,
        score: float,
        rows: Sequence[Row],
        shades: Callable[[], Shades | None],
    ) -> int:
        """Add a document pair; `shades` is called where the pair is among the worst so far. Returns a key for it, by
        which `add_unit` knows it."""
        key = len(self._pairs)
        beads: Counter[Confidence] = Counter()
        for row in rows:
            beads[row.confidence] += 1
            self._shapes[f"{len(row.kk)}-{len(row.ru)}"] += 1
            self._sentences["kk", row.confidence] += len(row.kk)
            self._sentences["ru", row.confidence] += len(row.ru)
        for document in (kk, ru):
            self._documents[document.language, "read"] += 1
            self._documents[document.language, "paired"] += 1
            if document.date:
                self._dates[document.language, "paired", document.date] += 1
        self._days_apart[abs((kk.date - ru.date).days) if kk.date and ru.date else None] += 1
        line = PairLine(key, kk, ru, score, beads, _trusted(rows), _sketch(rows))
        self._pairs.append(line)
        entry = (-line.trusted, -key)
        if len(self._details) < self._most_details or (self._details and entry > self._details[0][:2]):
            heapq.heappush(self._details, (*entry, PairDetail(line, tuple(rows), shades())))
            if len(self._details) > self._most_details:
                heapq.heappop(self._details)
        return key

    def add_unit(self, row: Row, kk_source: str | None, ru_source: str | None, pair: int | None = None) -> None:
        """Add a sentence pair; `pair` is the key of the document pair that it stands in."""
        self._units += 1
        self._by_confidence[row.confidence] += 1
        self._scores[min(_SCORE_CLASSES - 1, int(row.score * _SCORE_CLASSES))] += 1
        self._reasons.update({reason_kind(reason) for reason in row.reasons})
        cell = _cell(row.kk_text), _cell(row.ru_text)
        self._lengths.all[cell] += 1
        if row.confidence == "sure" and not row.reasons:
            return
        if row.confidence != "sure":
            self._lengths.doubtful[cell] += 1
        if row.status == "automatic":
            entry = (-row.score, -self._units, WorstRow(row, kk_source, ru_source, pair))
            heapq.heappush(self._worst, entry)
            if len(self._worst) > self._most_worst:
                heapq.heappop(self._worst)

    def add_unmatched(self, unmatched: Unmatched) -> None:
        line = unmatched.document
        self._documents[line.language, "read"] += 1
        self._documents[line.language, "unmatched"] += 1
        if line.date:
            self._dates[line.language, "unmatched", line.date] += 1
        self._unmatched.append(unmatched)

    def add_skipped(self, name: str, reason: str, language: str | None) -> None:
        """Add a document that takes no part, or, without a language, a file that could not be read."""
        if language:
            self._documents[language, "read"] += 1
            self._documents[language, "skipped"] += 1
        self._skipped.append(SkippedInput(name, reason))

    def add_set_aside(self, document: str, text: str, reason: str) -> None:
        """Add a text that was read and set aside."""
        seen = self._set_aside.get(reason, SetAside(reason, 0, 0, ()))
        examples = seen.examples
        if len(examples) < _EXAMPLES and all(text[:_LONGEST_EXAMPLE] != known.rstrip("…") for _, known in examples):
            shown = text if len(text) <= _LONGEST_EXAMPLE else f"{text[:_LONGEST_EXAMPLE]}…"
            examples = (*examples, (document, shown))
        self._set_aside[reason] = SetAside(reason, seen.count + 1, seen.characters + len(text), examples)

    def report(self) -> Report:
        """What was gathered, the worst first."""
        ordered = sorted(self._pairs, key=lambda line: (line.trusted, line.number))
        number_of = {line.number: number for number, line in enumerate(ordered, 1)}

        def numbered(line: PairLine) -> PairLine:
            return replace(line, number=number_of[line.number])

        details = [detail for _, _, detail in sorted(self._details, key=lambda entry: (-entry[0], -entry[1]))]
        worst = [each for _, _, each in sorted(self._worst, key=lambda entry: (-entry[0], -entry[1]))]
        return Report(
            origin=self._origin,
            documents=self._documents,
            sentences=self._sentences,
            units=self._units,
            by_confidence=self._by_confidence,
            scores=tuple(self._scores),
            shapes=self._shapes,
            reasons=self._reasons,
            lengths=self._lengths,
            dates=self._dates,
            days_apart=self._days_apart,
            pairs=tuple(map(numbered, ordered)),
            details=tuple(replace(detail, line=numbered(detail.line)) for detail in details),
            worst=tuple(each if each.pair is None else replace(each, pair=number_of[each.pair]) for each in worst),
            unmatched=tuple(sorted(self._unmatched, key=lambda each: (-each.score, each.document.name))),
            skipped=tuple(self._skipped),
            set_aside=tuple(sorted(self._set_aside.values(), key=lambda each: (-each.count, each.reason))),
        )


def reason_kind(reason: str) -> str:
    """The name that a reason opens with: `number_mismatch` of `number_mismatch: 25 ≠ 52`."""
    found = _KIND.match(reason)
    return found[0] if found else reason


def _trusted(rows: Sequence[Row]) -> float:
    total = sum(len(row.kk) + len(row.ru) for row in rows)
    sure = sum(len(row.kk) + len(row.ru) for row in rows if row.confidence == "sure" and row.status != "rejected")
    return sure / total if total else 0.0


def _cell(text: str) -> int:
    return int(CELLS_PER_DECADE * math.log10(max(1, len(text))))


def _sketch(rows: Sequence[Row]) -> tuple[tuple[int, int, Confidence], ...]:
    """The beads in order, neighbours of one confidence and direction joined; moved ones are left out."""
    joined: list[tuple[int, int, Confidence]] = []
    direction = (0, 0)
    for row in rows:
        if row.moved:
            continue
        size, own = (len(row.kk), len(row.ru)), row.confidence
        common = math.gcd(*size) or 1
        heading = size[0] // common, size[1] // common
        if joined and joined[-1][2] == own and heading == direction:
            last = joined[-1]
            joined[-1] = last[0] + size[0], last[1] + size[1], own
        else:
            joined.append((*size, own))
        direction = heading
    return tuple(joined)
