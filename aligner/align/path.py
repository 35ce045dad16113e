"""The best monotone path of beads through two rows of segments, by dynamic programming.

The recurrence is that of Gale & Church (1993) and vecalign (Thompson & Koehn 2019), over every bead shape
up to `MAX_BEAD` segments, with a price for each skipped segment. A band of columns for every row keeps
memory and time linear in the length of the text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["MAX_BEAD", "SHAPES", "Band", "Step", "best_path", "full_band"]

MAX_BEAD = 6
SHAPES: tuple[tuple[int, int], ...] = tuple(
    (left, right) for left in range(1, MAX_BEAD) for right in range(1, MAX_BEAD) if left + right <= MAX_BEAD
)
_SKIP_LEFT = len(SHAPES)
_SKIP_RIGHT = len(SHAPES) + 1
_ROWS_PER_BLOCK = 64

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
ShapeScores = Callable[[int, int, int, int], Floats]
"""`(first_row, end_row, first_column, end_column)` → float32 `[len(SHAPES), rows, columns]`: the score of the
bead of each shape whose last left segment is the row and whose last right segment is the column."""


@dataclass(frozen=True, slots=True)
class Band:
    """For each of the `left + 1` path rows the columns `first[i] ≤ j < end[i]` that the path may visit."""

    first: Ints
    end: Ints


@dataclass(frozen=True, slots=True)
class Step:
    """One bead of the path: left segments `left[0]:left[1]` and right segments `right[0]:right[1]`."""

    left: tuple[int, int]
    right: tuple[int, int]

    @property
    def is_pair(self) -> bool:
        """Whether both sides hold segments."""
        return self.left[0] < self.left[1] and self.right[0] < self.right[1]


def full_band(left: int, right: int) -> Band:
    """The band that lets every path of `left` × `right` segments through."""
    return Band(np.zeros(left + 1, np.int64), np.full(left + 1, right + 1, np.int64))


def best_path(scores: ShapeScores, skip_left: Floats, skip_right: Floats, band: Band) -> list[Step]:
    """The path of the highest total score.

    `skip_left` and `skip_right` hold what leaving each segment alone adds to the total. Every segment is in
    exactly one step. Memory: one byte for each cell of the band, and `MAX_BEAD` rows of scores.
    """
    left, right = len(skip_left), len(skip_right)
    skipped_right = np.concatenate(([0.0], np.cumsum(skip_right, dtype=np.float64)))
    rows: dict[int, NDArray[np.float64]] = {}
    moves: list[NDArray[np.uint8]] = []
    block, block_first, block_column, block_end = np.empty((0, 0, 0), np.float32), 0, 0, 0
    for i in range(left + 1):
        first, end = int(band.first[i]), int(band.end[i])
        candidates = np.full((len(SHAPES) + 1, end - first), -np.inf)
        if i == 0:
            candidates[_SKIP_LEFT, 0] = 0.0
        else:
            if i - 1 >= block_end:
                block_first, block_end = i - 1, min(left, i - 1 + _ROWS_PER_BLOCK)
                block_column = max(0, int(band.first[block_first + 1 : block_end + 1].min()) - 1)
                last_column = max(block_column, int(band.end[block_first + 1 : block_end + 1].max()) - 1)
                block = scores(block_first, block_end, block_column, last_column)
            own = block[:, i - 1 - block_first]
            for shape, (height, width) in enumerate(SHAPES):
                start = max(first, width)
                if height <= i and start < end:
                    candidates[shape, start - first :] = (
                        rows[i - height][start - width : end - width]
                        + own[shape, start - 1 - block_column : end - 1 - block_column]
                    )
            candidates[_SKIP_LEFT] = rows[i - 1][first:end] + skip_left[i - 1]
        move = candidates.argmax(axis=0).astype(np.uint8)
        reached = candidates.max(axis=0) - skipped_right[first:end]
        best = np.maximum.accumulate(reached)
        move[1:][best[1:] > reached[1:]] = _SKIP_RIGHT
        row = np.full(right + 1, -np.inf)
        row[first:end] = best + skipped_right[first:end]
        rows[i] = row
        rows.pop(i - MAX_BEAD + 1, None)
        moves.append(move)
    if not np.isfinite(rows[left][right]):
        raise ValueError("the band lets no path through")
    return _walked_back(moves, band, left, right)


def _walked_back(moves: list[NDArray[np.uint8]], band: Band, left: int, right: int) -> list[Step]:
    steps: list[Step] = []
    i, j = left, right
    while i or j:
        move = moves[i][j - band.first[i]]
        if move == _SKIP_RIGHT:
            height, width = 0, 1
        elif move == _SKIP_LEFT:
            height, width = 1, 0
        else:
            height, width = SHAPES[move]
        steps.append(Step((i - height, i), (j - width, j)))
        i, j = i - height, j - width
    return steps[::-1]
