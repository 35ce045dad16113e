"""The steps of a batch, cut into shards for the workers of a cluster."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.batching.intake import FileContents, read_file
from aligner.batching.work import Failed, PairToAlign, PairWithUnits, Ready
from aligner.cluster.connection import LOCAL, joined
from aligner.cluster.pool import Pool
from aligner.encode import Encoder
from aligner.errors import InputError, MissingInputError
from aligner.pair import Halves, Vectors, merged_nearest, nearest_documents, nearest_in, search_shards
from aligner.pipeline import Prepared
from aligner.records import Document

__all__ = ["ClusterWorkers", "cluster_workers"]

Floats = NDArray[np.float32]

_FILES_PER_SHARD = 8
_SEGMENTS_PER_SHARD = 400
_URGENT = 0
"""Without texts to prepare, all workers would soon stand idle."""


@contextmanager
def cluster_workers(
    address: str, load: Callable[[], Encoder], made_by: str, count: int | None = None
) -> Iterator[ClusterWorkers]:
    """Workers for `aligner.batching.run_batch` on the Ray cluster at `address`, or on a `LOCAL` one.

    `load` gives a worker its encoder (`worker_encoder`); it is pickled. `made_by` is the recipe of the encoder here,
    which theirs must share. `count`: how many workers, by default one for each core. Raises `MissingExtraError` where
    Ray is not installed, `ClusterError` where no cluster is, or no worker can be had.
    """
    cores = count or os.cpu_count() or 1
    with joined(address, cores) as ray:
        if address != LOCAL and count is None:
            cores = max(1, int(ray.cluster_resources().get("CPU", 1)))
        with Pool(ray, load, made_by, cores) as pool:
            yield ClusterWorkers(pool, ray.put)


class ClusterWorkers:
    """`aligner.batching.work.Workers` whose steps are done by a pool; `put` lays an array where all workers find it."""

    def __init__(self, pool: Pool, put: Callable[[Halves], Any]) -> None:
        self._pool, self._put = pool, put

    def gather(self, timeout_s: float = 60.0) -> bool:
        """Wait until all workers are there, and say whether they are. Work begins with the first one otherwise."""
        return self._pool.gather(timeout_s)

    def read(self, paths: Iterable[Path]) -> Iterator[FileContents]:
        """As `Workers.read`. A file that a worker's machine does not have is read here."""
        asked = list(paths)
        shards = (asked[start : start + _FILES_PER_SHARD] for start in range(0, len(asked), _FILES_PER_SHARD))
        results = (result for part in self._pool.results("read", shards, _URGENT) for result in part)
        for path, result in zip(asked, results, strict=True):
            if isinstance(result, Failed):
                error = InputError(str(path), result.reason)
                yield FileContents(skipped=((str(path), result.reason),), error=error)
            elif isinstance(result.error, MissingInputError):
                yield read_file(path)
            else:
                yield result

    def make_ready(self, chunks: Iterable[Sequence[Document]]) -> Iterator[list[Ready | Failed]]:
        return self._pool.results("make_ready", chunks)

    def align(self, pairs: Iterable[PairToAlign]) -> Iterator[PairWithUnits | Failed]:
        for part in self._pool.results("align", _by_size(pairs)):
            yield from part

    def nearest(self, queries: Vectors, base: Vectors, count: int) -> NDArray[np.int64]:
        """As `aligner.pair.nearest_documents`, in the same shards."""
        plan = list(search_shards(len(queries), len(base)))
        if sum(len(parts) for _, parts in plan) < 2:
            return nearest_documents(queries, base, count)
        stored = {edges: self._put(base[slice(*edges)]) for edges in plan[0][1]}
        places = [(rows, edges) for rows, parts in plan for edges in parts]
        searches = ([(queries[rows], stored[edges], count)] for rows, edges in places)
        found: list[NDArray[np.int64]] = []
        parts: list[tuple[int, Floats, NDArray[np.int64]]] = []
        for (rows, edges), (result,) in zip(places, self._pool.results("nearest", searches), strict=True):
            if isinstance(result, Failed):
                result = nearest_in(queries[rows], base[slice(*edges)], count)
            parts.append((edges[0], *result))
            if edges[1] == len(base):
                found.append(merged_nearest(parts, count))
                parts = []
        return np.concatenate(found)


def _by_size(pairs: Iterable[PairToAlign]) -> Iterator[list[PairToAlign]]:
    shard: list[PairToAlign] = []
    segments = 0
    for pair in pairs:
        shard.append(pair)
        segments += _segments(pair.kk) + _segments(pair.ru)
        if segments >= _SEGMENTS_PER_SHARD:
            yield shard
            shard, segments = [], 0
    if shard:
        yield shard


def _segments(side: Prepared | Document) -> int:
    return len(side.segments if isinstance(side, Prepared) else side.paragraphs)
