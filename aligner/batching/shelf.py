"""Prepared documents on the disk while a batch needs them: vectors of ten thousand don't fit in memory."""

from __future__ import annotations

import pickle  # nosec B403
import tempfile
from array import array
from typing import IO, Self

import numpy as np
from numpy.typing import NDArray

from aligner.pair import weights_of
from aligner.pipeline import Prepared

__all__ = ["Shelf"]

Floats = NDArray[np.float32]


class Shelf:
    """A nameless file that goes with the process, however that ends. Only this process has written what it unpickles.

    The place is that of `tempfile`: `TMPDIR` names another one. A document of twenty sentences takes 40 kB.
    """

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile(prefix="qostil-")  # noqa: SIM115
        # Of each document where it begins and its size in bytes, and those of its vectors `[n, d]`.
        self._numbers = array("Q")
        self._places: dict[str, int] = {}
        self._end = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __contains__(self, location: str) -> bool:
        return location in self._places

    def put(self, location: str, prepared: Prepared) -> None:
        """Lay a document by, in place of what was there."""
        vectors = np.ascontiguousarray(prepared.vectors, np.float32)
        weights = weights_of(prepared.texts)
        rest = pickle.dumps((prepared.document, prepared.segments, prepared.dropped), pickle.HIGHEST_PROTOCOL)
        data = vectors.tobytes() + weights.tobytes() + rest
        self._file.seek(self._end)
        self._file.write(data)
        self._places[location] = len(self._numbers)
        self._numbers.extend((self._end, len(data), len(vectors), vectors.shape[1]))
        self._end += len(data)

    def vectors(self, location: str) -> tuple[Floats, Floats]:
        """The vectors `[n, d]` of a document's segments and their weights `[n]`."""
        start, _, count, dimension = self._numbers_of(location)
        numbers = np.frombuffer(self._read(start, 4 * count * (dimension + 1)), np.float32)
        return numbers[: count * dimension].reshape(count, dimension), numbers[count * dimension :]

    def prepared(self, location: str) -> Prepared:
        """All of a document."""
        start, size, count, dimension = self._numbers_of(location)
        data = self._read(start, size)
        vectors = np.frombuffer(data, np.float32, count * dimension).reshape(count, dimension)
        document, segments, dropped = pickle.loads(data[4 * count * (dimension + 1) :])  # nosec B301
        return Prepared(document, segments, dropped, vectors)

    def _numbers_of(self, location: str) -> tuple[int, ...]:
        place = self._places[location]
        return tuple(self._numbers[place : place + 4])

    def _read(self, start: int, size: int) -> bytes:
        self._file.seek(start)
        return self._file.read(size)
