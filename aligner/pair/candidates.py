"""For each document the few in the other language that may be its counterpart (FAISS, https://faiss.ai)."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from typing import IO, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from aligner.centring import unit
from aligner.pair.evidence import LanguageMeans
from aligner.pair.profile import Profiles

__all__ = [
    "NEIGHBOURS",
    "DocumentVectors",
    "Halves",
    "Nearest",
    "Vectors",
    "document_vectors",
    "find_candidates",
    "merged_nearest",
    "nearest_documents",
    "nearest_in",
    "search_shards",
]

Floats = NDArray[np.float32]
Halves = NDArray[np.float16]


class Vectors(Protocol):
    """Vectors of documents `[n, d]`, in half precision as those of their profiles are, of which parts are taken."""

    def __len__(self) -> int: ...

    def __getitem__(self, rows: slice, /) -> Halves: ...


Nearest = Callable[[Vectors, Vectors, int], NDArray[np.int64]]
"""Searches as `nearest_documents` does."""

NEIGHBOURS = 16

_QUERIES_AT_ONCE, _BASE_AT_ONCE = 1_024, 8_192
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
    found: list[NDArray[np.int64]] = []
    places = [np.array([n for n, each in enumerate(side) if each.segments], np.int64) for side in (kk, ru)]
    if not len(places[0]) or not len(places[1]):
        return np.zeros((0, 2), np.int64)
    with ExitStack() as files:
        vectors = [
            files.enter_context(document_vectors(side, own, mean))
            for side, own, mean in zip((kk, ru), places, means, strict=True)
        ]
        for queries, base in ((0, 1), (1, 0)):
            asking = np.arange(len(places[queries]))
            if asked is not None:
                asking = np.flatnonzero(np.isin(places[queries], asked[queries]))
            if not len(asking):
                continue
            own_vectors = vectors[queries]
            if len(asking) < len(own_vectors):
                own_vectors = files.enter_context(own_vectors.at(asking))
            nearest = search(own_vectors, vectors[base], min(NEIGHBOURS, len(vectors[base])))
            sides = np.repeat(places[queries][asking], nearest.shape[1]), places[base][nearest.ravel()]
            own, other = sides if queries == 0 else sides[::-1]
            # One number for each pair: sorting pairs takes several times the memory.
            found.append(own * len(ru) + other)
    pairs = np.unique(np.concatenate(found)) if found else np.zeros(0, np.int64)
    return np.stack(np.divmod(pairs, len(ru)), axis=1)


def nearest_documents(queries: Vectors, base: Vectors, count: int) -> NDArray[np.int64]:
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


class DocumentVectors:
    """Unit vectors of documents, `[n, d]`, in a nameless file: of many documents they are more than all else."""

    def __init__(self, dimension: int) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile(prefix="qostil-")  # noqa: SIM115
        self._dimension, self._count = dimension, 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, rows: slice) -> Halves:
        start, end, _ = rows.indices(self._count)
        self._file.seek(2 * start * self._dimension)
        data = self._file.read(2 * max(0, end - start) * self._dimension)
        return np.frombuffer(data, np.float16).reshape(-1, self._dimension)

    def append(self, vectors: Floats) -> None:
        """Put vectors `[n, d]` behind the others."""
        self._file.seek(0, 2)
        self._file.write(vectors.astype(np.float16).tobytes())
        self._count += len(vectors)

    def at(self, places: NDArray[np.int64]) -> DocumentVectors:
        """Those of these documents, in a file of their own."""
        chosen = DocumentVectors(self._dimension)
        for place in places.tolist():
            chosen.append(self[place : place + 1].astype(np.float32))
        return chosen


def document_vectors(profiles: Profiles, places: NDArray[np.int64], mean: Floats) -> DocumentVectors:
    """A unit vector for each of these documents: what it is about, without its language and what all have in common."""

    def parts() -> Iterator[Floats]:
        for start in range(0, len(places), _QUERIES_AT_ONCE):
            means = [profiles[place].mean for place in places[start : start + _QUERIES_AT_ONCE].tolist()]
            yield unit(np.stack(means).astype(np.float32) - mean)

    common = np.zeros(len(mean), np.float32)
    if len(places) > NEIGHBOURS:
        # What all documents of a batch have in common tells none of them apart.
        total = sum(part.sum(axis=0, dtype=np.float64) for part in parts())
        common = (total / len(places)).astype(np.float32)
    vectors = DocumentVectors(len(mean))
    for part in parts():
        vectors.append(unit(part - common))
    return vectors
