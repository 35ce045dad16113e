"""Bertalign's two passes (Liu & Zhu 2022, doi:10.1093/llc/fqac089), written anew from their description.

The first pass finds 1-1 anchors among each sentence's `TOP` nearest; the second runs over beads up to n + m = 5
near those anchors, on a cosine less its neighbours' mean, times a penalty for unlike lengths. The package itself
needs Python 3.12 (`bertalign_package.py`); given the same windows, version 2.0.1 returned the same beads as this
for each of the 98 documents of alignment_dev.json. Its numba kernels run faster than this once compiled, so the
seconds shown here are not Bertalign's.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from benchmarks.alignment_case import AlignmentCase, Beads, Text

__all__ = ["NEEDS", "READS", "TITLE", "align"]

TITLE = "Bertalign's two passes (rewritten)"
NEEDS = ""
READS = "windows"

TOP = 3
LARGEST = 5
NEAR = 5
_NARROWEST_FIRST, _FIRST_SHARE = 250, 0.06

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


def align(case: AlignmentCase, skip: float = -0.1) -> Beads:
    """Both passes at the published settings; `skip` is the score of a segment left alone."""
    anchors = _anchors(case.kk.vectors, case.ru.vectors)
    return _second_pass(case, skip, *_near(anchors, len(case.kk.segments), len(case.ru.segments)))


def _anchors(kk: Floats, ru: Floats) -> list[tuple[int, int]]:
    """Pairs of path corners `(i, j)` behind which segment i - 1 meets segment j - 1."""
    cosines = kk @ ru.T
    top = min(TOP, len(ru))
    nearest = np.argpartition(-cosines, top - 1, axis=1)[:, :top]
    likeness = np.zeros_like(cosines)
    np.put_along_axis(likeness, nearest, np.take_along_axis(cosines, nearest, axis=1), axis=1)
    half = max(_NARROWEST_FIRST, int(_FIRST_SHARE * max(len(kk), len(ru))))
    best = np.full((len(kk) + 1, len(ru) + 1), -np.inf)
    moves = np.zeros(best.shape, np.int8)
    for i in range(len(kk) + 1):
        centre = int(i * len(ru) / len(kk))
        first, end = max(0, centre - half), min(len(ru), centre + half) + 1
        left_alone = np.full(end - first, -np.inf)
        together = np.full(end - first, -np.inf)
        if i == 0:
            left_alone[: 1 if first == 0 else 0] = 0.0
        else:
            left_alone = best[i - 1, first:end]
            skip_first = 1 if first == 0 else 0
            places = np.arange(first + skip_first, end)
            together[skip_first:] = best[i - 1, places - 1] + likeness[i - 1, places - 1]
        reached = np.maximum(left_alone, together)
        run = np.maximum.accumulate(reached)
        move = np.where(together > left_alone, 2, 1)
        move[1:][run[:-1] >= reached[1:]] = 0
        best[i, first:end], moves[i, first:end] = run, move
    anchors = []
    i, j = len(kk), len(ru)
    while i and j:
        if moves[i, j] == 2:
            anchors.append((i, j))
            i, j = i - 1, j - 1
        elif moves[i, j] == 1:
            i -= 1
        else:
            j -= 1
    return anchors[::-1]


def _near(anchors: list[tuple[int, int]], kk_count: int, ru_count: int) -> tuple[Ints, Ints]:
    """For every path row the columns `first ≤ j ≤ last` within `NEAR` of the anchors before and after it."""
    # An anchor on the last row or in the last column would shut the path out of the corner.
    anchors = [(i, j) for i, j in anchors if i < kk_count and j < ru_count] + [(kk_count, ru_count)]
    first, last = np.zeros(kk_count + 1, np.int64), np.zeros(kk_count + 1, np.int64)
    above, before = 0, 0
    for i, j in anchors:
        first[above + 1 : i + 1] = max(0, before - NEAR)
        last[above + 1 : i + 1] = min(ru_count, j + NEAR)
        above, before = i, j
    first[0], last[0] = first[1], last[1]
    return first, last


def _second_pass(case: AlignmentCase, skip: float, first: Ints, last: Ints) -> Beads:
    kk, ru = case.kk, case.ru
    kk_lengths, ru_lengths = _byte_lengths(kk), _byte_lengths(ru)
    ratio = float(kk_lengths[0].sum() / ru_lengths[0].sum())
    shapes = [(a, b) for a in range(1, LARGEST) for b in range(1, LARGEST) if a + b <= LARGEST]
    rows: list[NDArray[np.float64]] = []
    moves: list[NDArray[np.int8]] = []
    for i in range(len(kk.segments) + 1):
        low, high = int(first[i]), int(last[i])
        places = np.arange(low, high + 1)
        candidates = np.full((len(shapes) + 1, len(places)), -np.inf)
        if i == 0:
            candidates[-1, places == 0] = 0.0
        else:
            candidates[-1] = _at(rows[i - 1], int(first[i - 1]), places) + skip
            for number, (height, width) in enumerate(shapes):
                if i < height:
                    continue
                columns = places[places >= width]
                if not len(columns):
                    continue
                cosines = ru.windows[width - 1, columns - 1] @ kk.windows[height - 1, i - 1]
                cosines = cosines - _neighbours(kk, ru, i, columns, height, width)
                lengths = ru_lengths[width - 1, columns - 1] * ratio, kk_lengths[height - 1, i - 1]
                penalty = np.log2(1 + np.minimum(*lengths) / np.maximum(*lengths))
                before = _at(rows[i - height], int(first[i - height]), columns - width)
                candidates[number, len(places) - len(columns) :] = before + cosines * penalty
        move = candidates.argmax(axis=0).astype(np.int8)
        row = candidates.max(axis=0)
        for place in range(1, len(row)):
            if row[place - 1] + skip > row[place]:
                row[place], move[place] = row[place - 1] + skip, -1
        rows.append(row)
        moves.append(move)
    beads: Beads = []
    i, j = len(kk.segments), len(ru.segments)
    while i or j:
        move = moves[i][j - first[i]]
        if move == -1:
            j -= 1
        elif move == len(shapes):
            i -= 1
        else:
            height, width = shapes[move]
            i, j = i - height, j - width
            beads.append((tuple(range(i, i + height)), tuple(range(j, j + width))))
    return beads[::-1]


def _at(row: NDArray[np.float64], first: int, places: Ints) -> NDArray[np.float64]:
    inside = (places >= first) & (places < first + len(row))
    return np.where(inside, row[np.clip(places - first, 0, len(row) - 1)], -np.inf)


def _neighbours(kk: Text, ru: Text, i: int, columns: Ints, height: int, width: int) -> NDArray[np.float64]:
    """The mean likeness of each window to the single sentences beside the other: half from either side."""
    own = kk.windows[height - 1, i - 1]
    # Only the segments beside the columns that are looked at: the whole text for every row would be quadratic.
    low, end = max(0, int(columns[0]) - width - 1), min(len(ru.vectors), int(columns[-1]) + 1)
    of_ru = _mean_of_two(ru.vectors[low:end] @ own, columns - width - 1 - low, columns - low)
    others = ru.windows[width - 1, columns - 1]
    sides = [place for place in (i - height - 1, i) if 0 <= place < len(kk.vectors)]
    of_kk = (others @ kk.vectors[sides].T).mean(axis=1) if sides else np.zeros(len(columns))
    result: NDArray[np.float64] = (of_ru + of_kk) / 2
    return result


def _mean_of_two(values: Floats, left: Ints, right: Ints) -> NDArray[np.float64]:
    has_left, has_right = left >= 0, right < len(values)
    total = np.where(has_left, values[np.maximum(left, 0)], 0.0)
    total = total + np.where(has_right, values[np.minimum(right, len(values) - 1)], 0.0)
    result: NDArray[np.float64] = total / np.maximum(1, has_left.astype(int) + has_right)
    return result


def _byte_lengths(text: Text) -> NDArray[np.float64]:
    """UTF-8 bytes of the joined segments that end at each place, `[LARGEST - 1, n]`; 1 where there are fewer."""
    ends = np.cumsum([0, *(max(1, len(segment.encode())) for segment in text.segments)])
    lengths = np.ones((LARGEST - 1, len(text.segments)))
    for height in range(1, min(LARGEST - 1, len(text.segments)) + 1):
        lengths[height - 1, height - 1 :] = ends[height:] - ends[:-height] + (height - 1)
    return lengths
