"""The heavy steps of a batch, each of them a function of records: done in this process, or by workers elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from aligner.batching.alignment import align_as_given, align_planned
from aligner.batching.intake import FileContents, read_file
from aligner.batching.profiles import packed_profile
from aligner.encode import Encoder
from aligner.pair import Vectors, nearest_documents
from aligner.pipeline import Aligned, Prepared, prepare
from aligner.records import Document, Unit

__all__ = [
    "Failed",
    "OneProcess",
    "PairToAlign",
    "PairWithUnits",
    "Ready",
    "Workers",
    "align_one",
    "make_ready",
    "on_one_thread",
]


@dataclass(frozen=True, slots=True)
class Ready:
    """A prepared document, and what pairing needs of it, packed."""

    prepared: Prepared
    profile: bytes


@dataclass(frozen=True, slots=True)
class PairToAlign:
    """A planned pair, paired with this probability. A side that is not prepared yet is so where it is aligned.

    `is_given`: its paragraphs are each other's translations, as their file says.
    """

    kk: Prepared | Document
    ru: Prepared | Document
    score: float
    is_given: bool


@dataclass(frozen=True, slots=True)
class PairWithUnits:
    """A pair of documents, and its beads as units."""

    aligned: Aligned
    units: list[Unit]


@dataclass(frozen=True, slots=True)
class Failed:
    """What stands for a result that could not be had, however often it was tried."""

    reason: str


class Workers(Protocol):
    """Who does the heavy steps. Results come in the order of what is asked for, which may be read ahead.

    A result owes nothing to where it was made, and to what else was made with it.
    """

    def read(self, paths: Iterable[Path]) -> Iterator[FileContents]:
        """What is in each of the files."""
        ...

    def make_ready(self, chunks: Iterable[Sequence[Document]]) -> Iterator[list[Ready | Failed]]:
        """The documents of each chunk, prepared."""
        ...

    def align(self, pairs: Iterable[PairToAlign]) -> Iterator[PairWithUnits | Failed]:
        """Each of the pairs, aligned and judged."""
        ...

    def nearest(self, queries: Vectors, base: Vectors, count: int) -> NDArray[np.int64]:
        """As `aligner.pair.nearest_documents`."""
        ...


@contextmanager
def on_one_thread() -> Iterator[None]:
    """Products of matrices on one thread: their last digit, and with it a score, depends on how many there are, and the
    matrices of two releases are too small to gain by more. The encoder's threads are its own."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1, user_api="blas"):
        yield


def make_ready(documents: Sequence[Document], encoder: Encoder) -> list[Ready]:
    """Segment and encode documents, all in one go."""
    return [Ready(each, packed_profile(each)) for each in prepare(documents, encoder, None)]


def align_one(pair: PairToAlign, encoder: Encoder) -> PairWithUnits:
    """Align a planned pair and judge its beads, or judge it as it was given."""
    kk, ru = pair.kk, pair.ru
    if pair.is_given:
        assert isinstance(kk, Document)
        assert isinstance(ru, Document)
        return PairWithUnits(*align_as_given(kk, ru, encoder))
    sides = [prepare([each], encoder, None)[0] if isinstance(each, Document) else each for each in (kk, ru)]
    return PairWithUnits(*align_planned(sides[0], sides[1], pair.score, encoder))


class OneProcess:
    """Everything is done here, one thing after the other, and a failure ends the batch."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def read(self, paths: Iterable[Path]) -> Iterator[FileContents]:
        return map(read_file, paths)

    def make_ready(self, chunks: Iterable[Sequence[Document]]) -> Iterator[list[Ready | Failed]]:
        for documents in chunks:
            yield [*make_ready(documents, self._encoder)]

    def align(self, pairs: Iterable[PairToAlign]) -> Iterator[PairWithUnits | Failed]:
        for pair in pairs:
            yield align_one(pair, self._encoder)

    def nearest(self, queries: Vectors, base: Vectors, count: int) -> NDArray[np.int64]:
        return nearest_documents(queries, base, count)
