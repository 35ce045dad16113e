"""What a bead is worth: likeness of meaning and length, and whether each of its segments earns its place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.align.path import SHAPES

__all__ = ["Weights", "bead_values", "length_differences", "without_one"]

Floats = NDArray[np.float32]
_PLACE = {shape: place for place, shape in enumerate(SHAPES)}


@dataclass(frozen=True, slots=True)
class Weights:
    """Prices in units of centred cosine.

    `length`: for each unit of |ln(length ratio)|. `joined`: gained for every segment of a bead over two.
    `skipped`: gained for a segment left alone. A bead below `doubtful_below` loses `doubt` times what it
    lacks; a bead of several segments that is not better by `worthwhile` than it would be with one of them
    left out loses `burden` times the difference.
    """

    length: float = 0.2
    joined: float = 0.05
    skipped: float = 0.025
    doubtful_below: float = 0.35
    doubt: float = 5.0
    worthwhile: float = 0.03
    burden: float = 1.0


def bead_values(similarities: Floats, lengths: Floats, weights: Weights) -> Floats:
    """The value of each bead, `[len(SHAPES), rows, columns]`, from the windows' cosines and length differences.

    `similarities` must have `MAX_BEAD - 2` rows and columns before those that are wanted, so far as the text
    has them: a window is compared with the one that ends a segment earlier.
    """
    values = similarities - weights.length * lengths
    values += np.array([weights.joined * (left + right - 2) for left, right in SHAPES], np.float32)[:, None, None]
    values -= weights.doubt * np.maximum(0, weights.doubtful_below - similarities)
    values -= weights.burden * np.maximum(0, weights.worthwhile - (similarities - without_one(similarities)))
    return values.astype(np.float32)


def length_differences(left: Floats, right: Floats) -> Floats:
    """|ln(left / right)| of the windows' lengths, from `[MAX_BEAD - 1, rows]` and `[MAX_BEAD - 1, columns]`."""
    logs = np.log(left), np.log(right)
    return np.stack([np.abs(logs[0][height - 1][:, None] - logs[1][width - 1][None]) for height, width in SHAPES])


def without_one(similarities: Floats) -> Floats:
    """For each bead the best cosine of what is left of it without its first or last segment on either side."""
    result = np.full_like(similarities, -np.inf)
    for place, (height, width) in enumerate(SHAPES):
        best = result[place]
        if height > 1:
            fewer = similarities[_PLACE[height - 1, width]]
            np.maximum(best, fewer, out=best)
            np.maximum(best[1:], fewer[:-1], out=best[1:])
        if width > 1:
            fewer = similarities[_PLACE[height, width - 1]]
            np.maximum(best, fewer, out=best)
            np.maximum(best[:, 1:], fewer[:, :-1], out=best[:, 1:])
    return result
