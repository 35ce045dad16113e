"""How like each other the windows of two texts are, from one vector a segment.

A window of joined segments has the weighted sum of its segments' vectors as its own, so that each segment is
encoded once. Its similarity to another window then follows from the segments' own by adding them up:
no vector of a window is ever compared.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.align.path import MAX_BEAD, SHAPES

__all__ = ["Side", "window_similarities", "window_sums"]

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Side:
    """One text: `vectors` float32 `[n, d]` already scaled by their weights, and `norms` `[MAX_BEAD - 1, n]`, the
    length of the sum of the `h + 1` vectors that end at each segment (0 where there are fewer)."""

    vectors: Floats
    norms: Floats

    @classmethod
    def of(cls, vectors: Floats, weights: Floats) -> Side:
        """`vectors` `[n, d]`, `weights` `[n]`."""
        scaled = np.ascontiguousarray(vectors * weights[:, None], dtype=np.float32)
        norms = np.zeros((MAX_BEAD - 1, len(scaled)), np.float32)
        summed = np.zeros_like(scaled)
        for height in range(1, MAX_BEAD):
            if height > len(scaled):
                break
            summed[height - 1 :] += scaled[: len(scaled) - height + 1]
            norms[height - 1, height - 1 :] = np.linalg.norm(summed[height - 1 :], axis=1)
        return cls(scaled, norms)


def window_sums(values: NDArray[np.float32], height: int) -> NDArray[np.float32]:
    """For each place of the 1-d `values` the sum of the `height` values that end there (fewer at the start)."""
    total = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
    ends = np.arange(1, len(values) + 1)
    return (total[ends] - total[np.maximum(0, ends - height)]).astype(np.float32)


def window_similarities(
    left: Side, right: Side, first_row: int, end_row: int, first_column: int, end_column: int
) -> Floats:
    """Cosine of every window pair: float32 `[len(SHAPES), rows, columns]`, windows named by their last segments.

    Windows that would begin before the text have the cosine of what there is of them; the path never
    takes them.
    """
    above, before = min(first_row, MAX_BEAD - 2), min(first_column, MAX_BEAD - 2)
    base = left.vectors[first_row - above : end_row] @ right.vectors[first_column - before : end_column].T
    rows, columns = end_row - first_row, end_column - first_column
    result = np.empty((len(SHAPES), rows, columns), np.float32)
    shape = 0
    tall = np.zeros_like(base)
    for height in range(1, MAX_BEAD):
        if height - 1 < len(base):
            tall[height - 1 :] += base[: len(base) - height + 1]
        own = tall[above:]
        summed = np.zeros((rows, columns), np.float32)
        for width in range(1, MAX_BEAD - height + 1):
            shift = before - width + 1
            if shift >= 0:
                summed += own[:, shift : shift + columns]
            elif -shift < columns:
                summed[:, -shift:] += own[:, : columns + shift]
            scale = np.outer(left.norms[height - 1, first_row:end_row], right.norms[width - 1, first_column:end_column])
            np.divide(summed, scale, out=result[shape], where=scale > 1e-9)
            result[shape][scale <= 1e-9] = 0.0
            shape += 1
    return result
