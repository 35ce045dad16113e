"""Where the path must pass: pairs of segments that are each other's best, in one rising chain.

With them a long text needs only a band of the full matrix, and time and memory grow with its length alone.
"""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from aligner.align.neighbours import Neighbours
from aligner.align.path import Band, full_band

__all__ = ["anchored_band", "mutual_best", "rising_chain"]

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_SURE_FROM = 0.5
_MARGIN_FROM = 1.15
_PADDING = 24
_WIDEST_BOX = 1500


def mutual_best(left: Neighbours, right: Neighbours) -> tuple[Ints, Ints, Floats]:
    """Pairs (i, j) of segments that are each other's nearest, clearly before the next: places and cosines."""

    def is_clear(cosines: Floats) -> NDArray[np.bool_]:
        if cosines.shape[1] < 2:
            return np.ones(len(cosines), np.bool_)
        clear: NDArray[np.bool_] = cosines[:, 0] > _MARGIN_FROM * np.maximum(cosines[:, 1:].mean(axis=1), 0)
        return clear

    places = np.arange(len(left.places))
    partner = left.places[:, 0]
    chosen = (
        (right.places[partner, 0] == places)
        & (left.cosines[:, 0] >= _SURE_FROM)
        & is_clear(left.cosines)
        & is_clear(right.cosines)[partner]
    )
    return places[chosen], partner[chosen], left.cosines[chosen, 0]


def rising_chain(rows: Ints, columns: Ints, weights: Floats) -> list[tuple[int, int]]:
    """The heaviest chain of pairs in which both places rise strictly; `rows` must be sorted.

    A Fenwick tree over the columns holds the best chain that ends at or before each of them: O(n log n).
    """
    if not len(rows):
        return []
    size = int(columns.max()) + 1
    best_weight = np.zeros(size + 1)
    best_pair = np.full(size + 1, -1, np.int64)
    previous = np.full(len(rows), -1, np.int64)
    ends = []
    for number in range(len(rows)):
        place, weight, chain = int(columns[number]), 0.0, -1
        while place > 0:
            if best_weight[place] > weight:
                weight, chain = best_weight[place], int(best_pair[place])
            place -= place & -place
        previous[number] = chain
        weight += float(weights[number])
        ends.append((weight, number))
        place = int(columns[number]) + 1
        while place <= size:
            if best_weight[place] < weight:
                best_weight[place], best_pair[place] = weight, number
            place += place & -place
    number = max(ends)[1]
    chain_pairs = []
    while number >= 0:
        chain_pairs.append((int(rows[number]), int(columns[number])))
        number = int(previous[number])
    return chain_pairs[::-1]


def anchored_band(left: Neighbours, right: Neighbours, full_up_to: int) -> Band:
    """The band for two texts of which each other's neighbours are known; all where that is `full_up_to` cells or less.

    Between neighbouring anchors the band is their box and a margin. A box with a side of more than
    `_WIDEST_BOX` segments (a long stretch without one sure pair) keeps to its diagonal.
    """
    rows, columns = len(left.places), len(right.places)
    if rows * columns <= full_up_to:
        return full_band(rows, columns)
    corners = [(0, 0), *rising_chain(*mutual_best(left, right)), (rows, columns)]
    first = np.full(rows + 1, columns + 1, np.int64)
    end = np.zeros(rows + 1, np.int64)
    for (top, start), (bottom, stop) in itertools.pairwise(corners):
        height, width = bottom - top, stop - start
        from_row, to_row = max(0, top - _PADDING), min(rows, bottom + _PADDING)
        places = np.arange(from_row, to_row + 1)
        if max(height, width) <= _WIDEST_BOX:
            low, high = np.full(len(places), start), np.full(len(places), stop)
        else:
            middle = start + (np.clip(places, top, bottom) - top) * width // max(1, height)
            low = np.maximum(start, middle - _WIDEST_BOX // 2)
            high = np.minimum(stop, middle + _WIDEST_BOX // 2)
        first[from_row : to_row + 1] = np.minimum(first[from_row : to_row + 1], np.maximum(0, low - _PADDING))
        end[from_row : to_row + 1] = np.maximum(end[from_row : to_row + 1], np.minimum(columns, high + _PADDING) + 1)
    # A path only moves right and down, so neither edge of its band may turn back.
    return Band(np.minimum.accumulate(first[::-1])[::-1], np.maximum.accumulate(end))
