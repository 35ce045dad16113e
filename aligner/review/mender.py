"""Aligning the surroundings of what a person has fixed, and scoring what was made by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from aligner.align import align_segments
from aligner.encode import Encoder
from aligner.encode.means import reference_vectors, usual_means, usual_scale
from aligner.judge import Background, Judge
from aligner.memory.records import StoredSegment
from aligner.memory.rows import joined
from aligner.records import Bead
from aligner.review.rows import Row

__all__ = ["Mender"]

Floats = NDArray[np.float32]
Sides = tuple[Sequence[StoredSegment], Sequence[StoredSegment]]

_FARTHEST = 12
"""So many rows on each side of a change are looked at, at most."""
_SURE_ROWS, _SURE_FROM = 3, 0.9
"""So many sure rows one after another are an anchor too."""
_LEAST_GAIN = 0.2
"""By so much, in segments that are surely right, another alignment must be better to be taken."""
_MOST_VECTORS = 20_000


class Mender:
    """Aligns stretches between fixed rows again. It keeps the vectors it has seen."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._vectors: dict[str, Floats] = {}
        self._judge: Judge | None = None

    def mend(self, rows: Sequence[Row], at: int, segments: Sides) -> list[Row]:
        """The rows with those around `at` aligned again, and with a score for each that was made by hand."""
        first, end = _neighbourhood(rows, at)
        return [*rows[:first], *self._mended(rows[first:end], segments), *rows[end:]]

    def align(self, rows: Sequence[Row], segments: Sides) -> list[Row]:
        """All rows aligned again, but for the fixed ones, which the others are aligned around."""
        return self._mended(rows, segments, least_gain=None)

    def _mended(self, rows: Sequence[Row], segments: Sides, least_gain: float | None = _LEAST_GAIN) -> list[Row]:
        result: list[Row] = []
        for stretch in _stretches(rows):
            free = [row for row in stretch if _is_free(row)]
            kk = sorted(place for row in free for place in row.kk)
            ru = sorted(place for row in free for place in row.ru)
            if not kk or not ru:
                result.extend(stretch)
                continue
            found = [
                Row(
                    tuple(kk[place] for place in bead.kk),
                    tuple(ru[place] for place in bead.ru),
                    score=bead.score,
                    moved=bead.moved,
                )
                for bead in self._aligned(_texts(segments[0], kk), _texts(segments[1], ru))
            ]
            if least_gain is not None:
                scored, before = self._scored(found, segments), self._scored(free, segments)
                if _value(scored) <= _value(before) + least_gain:
                    result.extend(stretch)
                    continue
                found = scored
            known = {(row.kk, row.ru, row.moved): row for row in free if row.id is not None}
            result.extend(known.get((row.kk, row.ru, row.moved), row) for row in found)
            result.extend(row for row in stretch if not _is_free(row))
        new = [row for row in result if row.id is None]
        scores = {(row.kk, row.ru): row for row in self._scored(new, segments)}
        return [scores[row.kk, row.ru] if row.id is None else row for row in result]

    def _aligned(self, kk: Sequence[str], ru: Sequence[str]) -> list[Bead]:
        means, scale = usual_means(self._encoder), usual_scale(self._encoder)
        return align_segments(
            kk, ru, self._encoded(kk), self._encoded(ru), means, scale=scale, encode=self._encoder.encode
        )

    def _scored(self, rows: Sequence[Row], segments: Sides) -> list[Row]:
        """The rows with the judge's probabilities and reasons; a loose one scores 0."""
        kk = sorted({place for row in rows for place in row.kk})
        ru = sorted({place for row in rows for place in row.ru})
        if not kk or not ru:
            return [replace(row, score=0.0, reasons=()) for row in rows]
        kk_local = {place: local for local, place in enumerate(kk)}
        ru_local = {place: local for local, place in enumerate(ru)}
        beads = [
            Bead(tuple(kk_local[place] for place in row.kk), tuple(ru_local[place] for place in row.ru), row.score)
            for row in rows
        ]
        both = [row for row in rows if row.has_both]
        kk_texts, ru_texts = _texts(segments[0], kk), _texts(segments[1], ru)
        verdicts = iter(
            self._judging().judge_beads(
                beads,
                [joined(segments[0], row.kk) for row in both],
                [joined(segments[1], row.ru) for row in both],
                self._encoded(kk_texts),
                self._encoded(ru_texts),
                _lengths(kk_texts),
                _lengths(ru_texts),
            )
        )
        scored = []
        for row in rows:
            if row.has_both:
                verdict = next(verdicts)
                scored.append(replace(row, score=verdict.probability, reasons=verdict.reasons))
            else:
                scored.append(replace(row, score=0.0, reasons=()))
        return scored

    def _judging(self) -> Judge:
        if self._judge is None:
            kk, ru = reference_vectors(self._encoder)
            self._judge = Judge(Background(kk, ru, usual_means(self._encoder)), self._encoder.name)
        return self._judge

    def _encoded(self, texts: Sequence[str]) -> Floats:
        missing = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if missing:
            if len(self._vectors) + len(missing) > _MOST_VECTORS:
                self._vectors = {text: self._vectors[text] for text in texts if text in self._vectors}
            self._vectors.update(zip(missing, self._encoder.encode(missing), strict=True))
        vectors: Floats = np.stack([self._vectors[text] for text in texts])
        return vectors


def _is_free(row: Row) -> bool:
    return not row.is_fixed and not row.moved


def _neighbourhood(rows: Sequence[Row], at: int) -> tuple[int, int]:
    """The rows around `at` that may be aligned again: up to a fixed one, or to a few sure ones on end."""

    def reach(places: range) -> int:
        sure = count = 0
        for place in places:
            row = rows[place]
            if row.is_fixed and not row.moved:
                break
            sure = sure + 1 if row.has_both and row.score >= _SURE_FROM else 0
            count += 1
            if sure == _SURE_ROWS:
                break
        return count

    # What the change made may be two rows (a split) or more (an unlinking): fixed ones next to it belong to it.
    first, end = at, at + 1
    while end < len(rows) and end - at < _FARTHEST and rows[end].id is None and rows[end].is_fixed:
        end += 1
    while first > 0 and at - first < _FARTHEST and rows[first - 1].id is None and rows[first - 1].is_fixed:
        first -= 1
    before = reach(range(first - 1, max(-1, first - 1 - _FARTHEST), -1))
    after = reach(range(end, min(len(rows), end + _FARTHEST)))
    return first - before, end + after


def _stretches(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Runs of rows between those that are fixed in their order, which stand alone."""
    run: list[Row] = []
    for row in rows:
        if row.is_fixed and not row.moved:
            if run:
                yield run
            yield [row]
            run = []
        else:
            run.append(row)
    if run:
        yield run


def _value(rows: Sequence[Row]) -> float:
    """How many segments are surely right; each bead counts one more, since two small ones say more than one large."""
    return sum(row.score * (len(row.kk) + len(row.ru) + 1) for row in rows if row.has_both)


def _texts(segments: Sequence[StoredSegment], places: Sequence[int]) -> list[str]:
    return [segments[place].text for place in places]


def _lengths(texts: Sequence[str]) -> Floats:
    return np.array([len(text) for text in texts], np.float32)
