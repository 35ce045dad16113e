"""The nearest neighbours of every sentence in the other language: exact where that is quick, else by an index.

The approximate search is FAISS's inverted file (https://arxiv.org/abs/2401.08281) over 4-bit product codes, whose
best hits are ranked anew by half-precision vectors. How many cells it looks into is decided by what a sample
needs, and a second sample, searched exactly as well, says how much it finds.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["EXACT_UP_TO", "CentredVectors", "Neighbours", "Recall", "find_neighbours"]

Floats = NDArray[np.float32]
Progress = Callable[[str, int, int], None]

EXACT_UP_TO = 20_000_000_000
"""How many comparisons (sentences times sentences) the exact search is taken for: some minutes on two cores, where
encoding as many sentences takes an hour."""

_SHARD = 16_384
_MEAN_PRIOR = 50.0
_SAMPLE = 1_000
_NEAREST_WANTED = 0.99
_FEWEST_PROBES = 8
_HITS_RANKED_ANEW = 4
"""How many hits of the codes are ranked anew for each neighbour that is asked for."""
_TRAINED_ON_PER_CELL = 40
_SEED = 5


class CentredVectors:
    """Unit vectors of one language, `[n, d]` of any float type (a memory map too), less their mean.

    They are read a shard at a time, and never stand in memory in full precision. The mean is their own, drawn
    towards `usual_mean` `[d]`, what the encoder gives on average, as far as they are few.
    """

    def __init__(self, vectors: NDArray[Any], usual_mean: Floats | None = None) -> None:
        self._vectors = vectors
        total = np.zeros(vectors.shape[1])
        for start in range(0, len(vectors), _SHARD):
            total += vectors[start : start + _SHARD].sum(axis=0, dtype=np.float64)
        # Without a usual mean, nothing, a handful of vectors says little of their language's.
        prior = total * 0 if usual_mean is None else usual_mean
        self._mean = ((total + _MEAN_PRIOR * prior) / (len(vectors) + _MEAN_PRIOR)).astype(np.float32)

    def __len__(self) -> int:
        return len(self._vectors)

    @property
    def dimension(self) -> int:
        return int(self._vectors.shape[1])

    def rows(self, places: slice | NDArray[np.integer[Any]]) -> Floats:
        """The centred vectors at `places`, float32 of unit length."""
        shard = self._vectors[places].astype(np.float32) - self._mean
        shard /= np.maximum(np.linalg.norm(shard, axis=1, keepdims=True), 1e-9)
        return shard

    def shards(self) -> Iterator[Floats]:
        """All of them, in order."""
        for start in range(0, len(self), _SHARD):
            yield self.rows(slice(start, start + _SHARD))


@dataclass(frozen=True, slots=True)
class Recall:
    """What share of the true nearest, and of the true `k` nearest, an approximate search found, and how many of
    its `cells` it looked into for each sentence."""

    at_1: float
    at_k: float
    probes: int
    cells: int


@dataclass(frozen=True, slots=True)
class Neighbours:
    """For each sentence the places of its nearest, int32 `[n, k]`, and their cosines, float32 `[n, k]`, best first.

    A place is -1, and its cosine -1, where an approximate search found fewer. `recall` is None after an exact one.
    """

    places: NDArray[np.int32]
    cosines: Floats
    recall: Recall | None = None


def find_neighbours(
    queries: CentredVectors,
    base: CentredVectors,
    count: int,
    exact_up_to: int = EXACT_UP_TO,
    progress: Progress | None = None,
) -> Neighbours:
    """The `count` nearest of `base` (or all, where it holds fewer) for each of `queries`."""
    import faiss

    count = min(count, len(base))
    if not count or not len(queries):
        return Neighbours(np.zeros((len(queries), count), np.int32), np.zeros((len(queries), count), np.float32))
    recall = None
    if len(queries) * len(base) <= exact_up_to:
        index: Any = faiss.IndexFlatIP(base.dimension)
        for shard in base.shards():
            index.add(shard)
    else:
        index, recall = _approximate(queries, base, count, progress)
    places = np.empty((len(queries), count), np.int32)
    cosines = np.empty((len(queries), count), np.float32)
    for number, shard in enumerate(queries.shards()):
        start = number * _SHARD
        if progress:
            progress("searching", start, len(queries))
        found, hits = index.search(shard, count)
        cosines[start : start + len(shard)] = np.where(hits < 0, -1, found)
        places[start : start + len(shard)] = hits
    if progress:
        progress("searching", len(queries), len(queries))
    return Neighbours(places, cosines, recall)


def _approximate(
    queries: CentredVectors, base: CentredVectors, count: int, progress: Progress | None
) -> tuple[Any, Recall]:
    """An index of `base`, set to find enough, and what it finds of the nearest of `queries`."""
    import faiss

    cells = max(1, min(round(2 * math.sqrt(len(base))), len(base) // _TRAINED_ON_PER_CELL))
    index: Any = faiss.index_factory(
        base.dimension, f"IVF{cells},PQ{base.dimension // 2}x4fs,Refine(SQfp16)", faiss.METRIC_INNER_PRODUCT
    )
    index.k_factor = _HITS_RANKED_ANEW
    index.train(base.rows(_sample(len(base), cells * _TRAINED_ON_PER_CELL)))
    for number, shard in enumerate(base.shards()):
        if progress:
            progress("indexing", number * _SHARD, len(base))
        index.add(shard)
    if progress:
        progress("indexing", len(base), len(base))
    chosen = _sample(len(queries), 2 * _SAMPLE)
    sample = queries.rows(chosen)
    nearest = _exact_nearest(sample, base, count)
    halves = slice(0, None, 2), slice(1, None, 2)
    inverted = faiss.extract_index_ivf(index)
    inverted.nprobe = min(_FEWEST_PROBES, cells)
    # One half of the sample chooses, the other half measures what was chosen.
    while True:
        _, found = index.search(sample[halves[0]], count)
        if inverted.nprobe == cells or _share_found(found, nearest[halves[0], :1]) >= _NEAREST_WANTED:
            break
        inverted.nprobe = min(2 * inverted.nprobe, cells)
    _, found = index.search(sample[halves[1]], count)
    true = nearest[halves[1]]
    return index, Recall(_share_found(found, true[:, :1]), _share_found(found, true), inverted.nprobe, cells)


def _exact_nearest(sample: Floats, base: CentredVectors, count: int) -> NDArray[np.int64]:
    """The places of the `count` nearest of `base`, `[len(sample), count]`, with one shard in memory at a time."""
    import faiss

    heap = faiss.ResultHeap(len(sample), count, keep_max=True)
    start = 0
    for shard in base.shards():
        cosines, places = faiss.knn(sample, shard, min(count, len(shard)), metric=faiss.METRIC_INNER_PRODUCT)
        heap.add_result(cosines, places + start)
        start += len(shard)
    heap.finalize()
    nearest: NDArray[np.int64] = heap.I
    return nearest


def _share_found(found: NDArray[np.int64], nearest: NDArray[np.int64]) -> float:
    hits = sum(len(np.intersect1d(row, true)) for row, true in zip(found, nearest, strict=True))
    return hits / nearest.size


def _sample(size: int, wanted: int) -> NDArray[np.int64]:
    """`wanted` places out of `size`, or all, always the same ones, in order."""
    if wanted >= size:
        return np.arange(size)
    places: NDArray[np.int64] = np.sort(np.random.default_rng(_SEED).choice(size, wanted, replace=False))
    return places
