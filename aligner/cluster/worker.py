"""What runs in a worker's process: the steps of a batch over one shard, with one encoder for all of them."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.batching.intake import FileContents, read_file
from aligner.batching.work import PairToAlign, PairWithUnits, Ready, align_one, make_ready, on_one_thread
from aligner.encode import Encoder
from aligner.pair import Halves, nearest_in
from aligner.pipeline import recipe
from aligner.records import Document

__all__ = ["Worker"]

Floats = NDArray[np.float32]


class Worker:
    """An actor. `load` gives the encoder; it is called once, here."""

    def __init__(self, load: Callable[[], Encoder]) -> None:
        self._limit = ExitStack()
        self._limit.enter_context(on_one_thread())
        self._encoder = load()

    def introduce(self) -> tuple[str, str]:
        """What this worker aligns by, and the name of its machine."""
        return recipe(self._encoder), socket.gethostname()

    def read(self, paths: Sequence[Path]) -> list[FileContents]:
        return [read_file(path) for path in paths]

    def make_ready(self, documents: Sequence[Document]) -> list[Ready]:
        return make_ready(documents, self._encoder)

    def align(self, pairs: Sequence[PairToAlign]) -> list[PairWithUnits]:
        return [align_one(pair, self._encoder) for pair in pairs]

    def nearest(self, searches: Sequence[tuple[Halves, Any, int]]) -> list[tuple[Floats, NDArray[np.int64]]]:
        """Each search is of queries in a part of the base, which lies in Ray's store."""
        import ray

        return [nearest_in(queries, ray.get(base), count) for queries, base, count in searches]
