"""For each document the few in the other language that may be its counterpart (FAISS, https://faiss.ai)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from aligner.centring import unit
from aligner.pair.evidence import LanguageMeans
from aligner.pair.profile import Profiles

__all__ = [
    "NEIGHBOURS",
    "Halves",
    "Nearest",
    "document_vectors",
    "find_candidates",
    "merged_nearest",
    "nearest_documents",
    "nearest_in",
    "search_shards",
]

Floats = NDArray[np.float32]
Halves = NDArray[np.float16]
"""Vectors of documents, in half precision as those of their profiles are: of many, they are what takes most memory."""

Nearest = Callable[[Halves, Halves, int], NDArray[np.int64]]
"""Searches as `nearest_documents` does."""

NEIGHBOURS = 16

_QUERIES_AT_ONCE, _BASE_AT_ONCE = 1_024, 65_536
"""A search is cut into shards of this size, wherever it is done: the last digit of a product of matrices may depend on
their sizes. A shard is what is held in single precision."""


def find_candidates(
    kk: Profiles,
    ru: Profiles,
    means: LanguageMeans,
    asked: tuple[NDArray[np.int64], NDArray[np.int64]] | None = None,
    nearest_of: Nearest | None = None,
) -> NDArray[np.int64]:
    """For each document with text its nearest neighbours in the other language: places in kk and ru, `[n, 2]`, sorted,
    each pair once. `asked`: the places in kk and in ru of those that look for neighbours, if not all do.
    `nearest_of`: who searches, if not `nearest_documents`."""
    search = nearest_documents if nearest_of is None else nearest_of
    places = [np.array([n for n, each in enumerate(side) if each.segments], np.int64) for side in (kk, ru)]
    if not len(places[0]) or not len(places[1]):
        return np.zeros((0, 2), np.int64)
    vectors = [document_vectors(side, own, mean) for side, own, mean in zip((kk, ru), places, means, strict=True)]
    found = []
    for queries, base in ((0, 1), (1, 0)):
        asking = np.arange(len(places[queries]))
        if asked is not None:
            asking = np.flatnonzero(np.isin(places[queries], asked[queries]))
        if not len(asking):
            continue
        asked_vectors = vectors[queries] if len(asking) == len(vectors[queries]) else vectors[queries][asking]
        nearest = search(asked_vectors, vectors[base], min(NEIGHBOURS, len(vectors[base])))
        pairs = np.stack([np.repeat(places[queries][asking], nearest.shape[1]), places[base][nearest.ravel()]], axis=1)
        found.append(pairs if queries == 0 else pairs[:, ::-1])
    return np.unique(np.concatenate(found), axis=0) if found else np.zeros((0, 2), np.int64)


def nearest_documents(queries: Halves, base: Halves, count: int) -> NDArray[np.int64]:
    """The places in `base` `[m, d]` of the `count` nearest of each of the `queries` `[n, d]`, nearest first,
    `[n, count]`."""
    found = [
        merged_nearest([(start, *nearest_in(queries[rows], base[start:end], count)) for start, end in shards], count)
        for rows, shards in search_shards(len(queries), len(base))
    ]
    return np.concatenate(found) if found else np.zeros((0, count), np.int64)


def search_shards(queries: int, base: int) -> Iterator[tuple[slice, list[tuple[int, int]]]]:
    """The shards of a search of `base` documents: the queries, part by part, with the parts of the base."""
    parts = [(start, min(start + _BASE_AT_ONCE, base)) for start in range(0, base, _BASE_AT_ONCE)]
    for start in range(0, queries, _QUERIES_AT_ONCE):
        yield slice(start, min(start + _QUERIES_AT_ONCE, queries)), parts


def nearest_in(queries: Halves, base: Halves, count: int) -> tuple[Floats, NDArray[np.int64]]:
    """The cosines and the places of the nearest in one shard, `[n, count]` each, or fewer where it holds fewer.

    On one thread: the last digit of a cosine depends on how many there are.
    """
    import faiss

    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        return faiss.knn(
            queries.astype(np.float32),
            base.astype(np.float32),
            min(count, len(base)),
            metric=faiss.METRIC_INNER_PRODUCT,
        )
    finally:
        faiss.omp_set_num_threads(threads)


def merged_nearest(parts: Iterable[tuple[int, Floats, NDArray[np.int64]]], count: int) -> NDArray[np.int64]:
    """The nearest of all shards, of each of which is given where it starts, and what was found in it."""
    found = list(parts)
    cosines = np.concatenate([cosines for _, cosines, _ in found], axis=1)
    places = np.concatenate([start + own for start, _, own in found], axis=1)
    best = np.argsort(-cosines, axis=1, kind="stable")[:, :count]
    return np.take_along_axis(places, best, axis=1)


def document_vectors(profiles: Profiles, places: NDArray[np.int64], mean: Floats) -> Halves:
    """A unit vector for each of these documents, `[n, d]`: what it is about, without its language and what all have in
    common."""
    vectors = np.empty((len(places), len(mean)), np.float16)
    total = np.zeros(len(mean))
    for start in range(0, len(places), _QUERIES_AT_ONCE):
        means = [profiles[place].mean for place in places[start : start + _QUERIES_AT_ONCE].tolist()]
        part = unit(np.stack(means).astype(np.float32) - mean)
        total += part.sum(axis=0, dtype=np.float64)
        vectors[start : start + len(part)] = part
    if len(vectors) > NEIGHBOURS:
        # What all documents of a batch have in common tells none of them apart.
        common = (total / len(vectors)).astype(np.float32)
        for start in range(0, len(vectors), _QUERIES_AT_ONCE):
            rows = slice(start, start + _QUERIES_AT_ONCE)
            vectors[rows] = unit(vectors[rows].astype(np.float32) - common)
    return vectors
