"""How like each other the sentences of two documents are, small enough to be drawn."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from aligner.centring import language_mean, unit

__all__ = ["MOST_CELLS", "shades_of"]

Floats = NDArray[np.float32]

MOST_CELLS = 96
"""A side with more sentences is drawn in so many cells, each as dark as the darkest of its sentences."""

_MEAN_PRIOR = 20.0
_ROWS_AT_ONCE = 1_024


def shades_of(kk: Floats, ru: Floats, usual_means: tuple[Floats, Floats]) -> NDArray[np.uint8]:
    """Centred cosines as 0 to 255, `[min(n, MOST_CELLS), min(m, MOST_CELLS)]`, of unit vectors `[n, d]` and `[m, d]`.

    `usual_means`: what the encoder gives for Kazakh and for Russian on average, `[d]` each.
    """
    left, right = (
        unit(side - language_mean(side.sum(axis=0), len(side), mean, _MEAN_PRIOR))
        for side, mean in zip((kk, ru), usual_means, strict=True)
    )
    columns = _starts(len(right))
    rows = _starts(len(left))
    result = np.zeros((len(rows), len(columns)), np.uint8)
    if not len(rows) or not len(columns):
        return result
    # A block ends where a cell does, so that the whole matrix need never be held.
    cells_at_once = max(1, _ROWS_AT_ONCE * len(rows) // len(left))
    for first in range(0, len(rows), cells_at_once):
        own = rows[first : first + cells_at_once]
        end = rows[first + cells_at_once] if first + cells_at_once < len(rows) else len(left)
        cosines = left[own[0] : end] @ right.T
        pooled = np.maximum.reduceat(np.maximum.reduceat(cosines, own - own[0], axis=0), columns, axis=1)
        result[first : first + len(own)] = np.rint(255 * np.clip(pooled, 0, 1))
    return result


def _starts(sentences: int) -> NDArray[np.int64]:
    cells = min(sentences, MOST_CELLS)
    return np.array([math.ceil(cell * sentences / cells) for cell in range(cells)], np.int64)
