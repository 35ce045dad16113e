"""What a bead is worth: likeness of meaning, length, figures and names, and whether each segment earns its place."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from aligner.align.path import SHAPES

__all__ = ["BeadFeatures", "Weights", "bead_likeness", "bead_values", "length_differences", "without_one"]

Floats = NDArray[np.float32]
_PLACE = {shape: place for place, shape in enumerate(SHAPES)}
_JOINED = np.array([left + right - 2 for left, right in SHAPES], np.float32)[:, None, None]


@dataclass(frozen=True, slots=True)
class Weights:
    """Prices in units of centred cosine.

    `figures`, `names`: for full agreement of the keys, where it is more than what is usual in translations.
    `crowd`: for the mean cosine of a segment's nearest neighbours, so that what resembles everything counts less.
    `length`: for each unit of |ln(length ratio)|, and `far_length` more for each beyond `far_from`. `joined`: gained
    for every segment of a bead over two.
    `cut`: lost wherever a bead, or half of it where a segment left alone, parts a sentence that goes on in the next
    segment. `crossing`: lost by two pairs that stand in opposite order and make one bead of four.
    `skipped`: gained for a segment left alone. A bead less likely than `doubtful_below` (more, by `doubtful_length`,
    the more its lengths differ) loses `doubt` times what it lacks; a bead of several segments that is not better by
    `worthwhile` than it would be with one of them left out loses `burden` times the difference.

    A text with fewer sure beads than is usual for translations (`usual_share` of its segments) is one in which
    neighbours need not correspond: for what its share lacks, skipping gains `sparse_skipped` more and joining
    `sparse_joined` less.

    What is or might be joined is looked at again where the path without it would lose less than `second_look`.
    """

    figures: float = 0.25
    usual_figures: float = 1.0
    names: float = 0.03
    usual_names: float = 0.25
    crowd: float = 0.125
    length: float = 0.388
    far_length: float = 0.195
    far_from: float = 0.45
    joined: float = 0.045
    skipped: float = 0.025
    cut: float = 0.19
    crossing: float = 0.19
    doubtful_below: float = 0.31
    doubtful_length: float = 0.15
    doubt: float = 1.5
    worthwhile: float = 0.015
    burden: float = 1.0
    usual_share: float = 0.9
    sparse_skipped: float = 0.4
    sparse_joined: float = 0.05
    second_look: float = 0.08

    def for_share(self, share: float) -> Weights:
        """The weights for a text in which sure beads hold this share of the segments."""
        lack = max(0.0, self.usual_share - share)
        return replace(
            self,
            skipped=self.skipped + self.sparse_skipped * lack,
            joined=self.joined - self.sparse_joined * lack,
        )


@dataclass(frozen=True, slots=True)
class BeadFeatures:
    """What is known of each bead, `[len(SHAPES), rows, columns]` each; `crowd` is `[rows, columns]`.

    `cuts` counts the sentences that the bead parts at its ends.
    """

    similarity: Floats
    lengths: Floats
    figures: Floats
    names: Floats
    crowd: Floats
    cuts: Floats


def bead_likeness(features: BeadFeatures, weights: Weights) -> Floats:
    """How like a translation each bead looks, whatever its lengths."""
    keys = weights.figures * features.figures + weights.names * features.names
    likeness: Floats = (features.similarity + keys - weights.crowd * features.crowd).astype(np.float32)
    return likeness


def bead_values(features: BeadFeatures, weights: Weights) -> Floats:
    """What each bead adds to the total of a path.

    The features must reach back one row and one column, so far as the text does: a window is compared with the
    one that ends a segment earlier.
    """
    likeness = bead_likeness(features, weights)
    lacking = weights.doubtful_below + weights.doubtful_length * features.lengths - likeness
    gained = features.similarity - without_one(features.similarity)
    values = likeness - weights.length * features.lengths + weights.joined * _JOINED
    values -= weights.far_length * np.maximum(0, features.lengths - weights.far_from)
    values -= weights.doubt * np.maximum(0, lacking)
    values -= weights.burden * np.maximum(0, weights.worthwhile - gained)
    values -= weights.cut * features.cuts
    pairs = values[_PLACE[1, 1]]
    crossed = pairs[:-1, 1:] + pairs[1:, :-1] - weights.crossing
    swapped = values[_PLACE[2, 2]]
    np.maximum(swapped[1:, 1:], crossed, out=swapped[1:, 1:])
    result: Floats = values.astype(np.float32)
    return result


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
