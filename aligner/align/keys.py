"""How far the figures and names of two windows agree.

A text that speaks of other days, sums or people than the one beside it is no translation of it, however alike
the two are in everything else; vectors are nearly blind to that.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.align.path import MAX_BEAD, SHAPES
from aligner.align.similarity import Block, shape_sums, window_sums

__all__ = ["KeyAgreement", "with_days"]

Floats = NDArray[np.float32]
Places = NDArray[np.int64]

_FULL_DATE = re.compile(r"\d{4}-(\d\d-\d\d)")
_LEAST_RARITY = 0.3
_ENOUGH = 2.0
"""From this much rarity on, keys speak with their full weight."""


@dataclass(frozen=True, slots=True)
class KeyAgreement:
    """The keys of two texts: sparse matrices `[n, keys]` whose products are the rarity of what segments share,
    and the rarity in all windows, `[MAX_BEAD - 1, n]`."""

    left: Any
    right: Any
    left_totals: Floats
    right_totals: Floats

    @classmethod
    def of(cls, left: Sequence[Counter[str]], right: Sequence[Counter[str]]) -> KeyAgreement:
        """From the keys of each segment. A key is the rarer the fewer segments of either text have it."""
        spread = Counter(key for keys in (*left, *right) for key in keys)
        count = max(3, len(left) + len(right))
        rarity = {
            key: min(1.0, _LEAST_RARITY + math.log(count / spread[key]) / math.log(count)) for key in sorted(spread)
        }
        place = {key: number for number, key in enumerate(rarity)}
        totals = [np.array([sum(rarity[key] for key in keys) for keys in side], np.float32) for side in (left, right)]
        matrices = [_matrix(side, rarity, place) for side in (left, right)]
        return cls(matrices[0], matrices[1], window_sums(totals[0]), window_sums(totals[1]))

    def among(self, block: Block, usual: float) -> Floats:
        """Agreement less `usual`, `[len(SHAPES), rows, columns]`: from 1 - `usual`, where all keys are shared, to
        -`usual`, where none is; nearer 0 the fewer keys there are, and 0 where there is none."""
        base = (self.left[block.rows] @ self.right[block.columns].T).toarray().astype(np.float32)
        sums = shape_sums(base, block)
        result = []
        for height in range(1, MAX_BEAD):
            for width in range(1, MAX_BEAD - height + 1):
                tall = self.left_totals[height - 1, block.first_row : block.end_row][:, None]
                wide = self.right_totals[width - 1, block.first_column : block.end_column][None]
                result.append(_agreement(next(sums), tall, wide, usual))
        return np.stack(result)

    def of_beads(self, shape: int, rows: Places, columns: Places, usual: float) -> Floats:
        """The same for beads of one shape that end in these rows and columns, `[len(rows)]`."""
        height, width = SHAPES[shape]
        left = sum((self.left[rows - back] for back in range(1, height)), self.left[rows])
        right = sum((self.right[columns - back] for back in range(1, width)), self.right[columns])
        shared = np.asarray((left * right).sum(axis=1), np.float32)
        return _agreement(shared, self.left_totals[height - 1, rows], self.right_totals[width - 1, columns], usual)


def _agreement(shared: Floats, left: Floats, right: Floats, usual: float) -> Floats:
    total = left + right
    agreement = 2 * np.minimum(shared, np.minimum(left, right)) / np.maximum(total, 1e-6) - usual
    result: Floats = (agreement * np.minimum(1, total / _ENOUGH)).astype(np.float32)
    return result


def with_days(figures: Counter[str]) -> Counter[str]:
    """The figures, where a full date also counts as its day without the year, which the other text may leave out."""
    days = [f"--{match[1]}" for match in map(_FULL_DATE.fullmatch, figures) if match]
    return figures | Counter(days) if days else figures


def _matrix(side: Sequence[Counter[str]], rarity: dict[str, float], place: dict[str, int]) -> Any:
    from scipy.sparse import csr_array

    columns = [sorted(place[key] for key in keys) for keys in side]
    roots = np.sqrt(np.array(list(rarity.values()), np.float32))
    indices = np.array([column for own in columns for column in own], np.int32)
    starts = np.concatenate(([0], np.cumsum([len(own) for own in columns]))).astype(np.int32)
    return csr_array((roots[indices], indices, starts), shape=(len(side), len(place)))
