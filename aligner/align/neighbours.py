"""Each segment's nearest neighbours in the other text, whatever their places."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["NEIGHBOURS", "Neighbours", "nearest"]

Floats = NDArray[np.float32]
Places = NDArray[np.int64]

NEIGHBOURS = 4
_EXACT_UP_TO = 16_000_000
_ROWS_AT_ONCE = 1024
_PROBED = 12


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The `NEIGHBOURS` nearest (fewer in a shorter text), nearest first: `cosines` and `places`, `[n, k]` each."""

    cosines: Floats
    places: Places

    @property
    def crowd(self) -> Floats:
        """How near the neighbours are on average, `[n]`: what resembles everything has a high one."""
        mean: Floats = self.cosines.mean(axis=1, dtype=np.float32)
        return mean


def nearest(own: Floats, other: Floats) -> Neighbours:
    """The neighbours in `other` of each row of `own`, both of unit vectors.

    Exact up to some millions of comparisons. Beyond that by an inverted file (FAISS `IndexIVFFlat`), whose time
    grows with the power 1.5 of the length at most, and which misses a neighbour now and then; it serves anchors
    and averages only.
    """
    count = min(NEIGHBOURS, len(other))
    if len(own) * len(other) > _EXACT_UP_TO:
        return _nearest_by_cells(own, other, count)
    cosines, places = [], []
    for start in range(0, len(own), _ROWS_AT_ONCE):
        found = own[start : start + _ROWS_AT_ONCE] @ other.T
        best = np.argpartition(-found, count - 1, axis=1)[:, :count]
        values = np.take_along_axis(found, best, axis=1)
        order = np.argsort(-values, axis=1, kind="stable")
        cosines.append(np.take_along_axis(values, order, axis=1))
        places.append(np.take_along_axis(best, order, axis=1))
    return Neighbours(np.concatenate(cosines), np.concatenate(places))


def _nearest_by_cells(own: Floats, other: Floats, count: int) -> Neighbours:
    import faiss

    dimension = other.shape[1]
    cells = int(math.sqrt(len(other)))
    index = faiss.IndexIVFFlat(faiss.IndexFlatIP(dimension), dimension, cells, faiss.METRIC_INNER_PRODUCT)
    # k-means on some of the vectors is as good for this, and its time would otherwise be most of the search's.
    index.train(other[:: max(1, len(other) // (64 * cells))])
    index.add(other)
    index.nprobe = _PROBED
    cosines, places = index.search(own, count)
    return Neighbours(np.maximum(cosines, -1.0), np.maximum(places, 0))
