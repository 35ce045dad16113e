"""Many texts in a form in which their near-duplicates can be found."""

from __future__ import annotations

import mmap
import tempfile
import weakref
from collections.abc import Iterable, Sequence
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from aligner.duplicates.join import SetJoin
from aligner.duplicates.shingles import Kind, Shingles, shingles_of

__all__ = ["LIKENESS", "Texts", "text_shingles"]

LIKENESS = 0.8
_KINDS: tuple[Kind, ...] = ("words", "characters")
_TEXTS_A_STEP = 8_192


def text_shingles(texts: Sequence[str]) -> list[Shingles]:
    """What `Texts` keeps of them, which another process may have found."""
    return shingles_of(texts, _KINDS)


class Texts:
    """Texts added one after the other. Two of them are near-duplicates when their skeletons are equal, or when the
    sets of their words, or of their runs of five characters, have a Jaccard likeness of `likeness` or more.

    The sets lie in temporary files, so that a text takes a few hundred bytes of memory. The search is exact.
    """

    def __init__(self, likeness: float = LIKENESS) -> None:
        self._likeness = likeness
        self._files: list[BinaryIO] = [tempfile.TemporaryFile() for _ in _KINDS]  # noqa: SIM115 - open as long as this is
        weakref.finalize(self, _close, self._files)
        self._sizes: list[list[NDArray[np.int32]]] = [[] for _ in _KINDS]
        self._keys: list[NDArray[np.uint64]] = []

    def __len__(self) -> int:
        return sum(map(len, self._keys))

    def add(self, texts: Sequence[str]) -> None:
        """Append texts; they are numbered in the order in which they come, from 0."""
        for start in range(0, len(texts), _TEXTS_A_STEP):
            self.add_shingles(text_shingles(texts[start : start + _TEXTS_A_STEP]))

    def add_shingles(self, found: Sequence[Shingles]) -> None:
        """Append texts of which the `text_shingles` are known."""
        for file, sizes, each in zip(self._files, self._sizes, found, strict=True):
            file.write(each.hashes.tobytes())
            sizes.append(each.sizes)
        self._keys.append(found[0].keys)

    def clusters(self) -> NDArray[np.int64]:
        """A number for each text, the same for texts that a chain of near-duplicates joins."""
        _, first, place = np.unique(self._all_keys(), return_index=True, return_inverse=True)
        rows = labels = first[place]
        for number in range(len(_KINDS)):
            labels = _merged(labels, self._join(number, first).clusters()[rows])
        return labels

    def near(self, is_known: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Of each text that is not known, whether it is a near-duplicate of a known one."""
        keys = self._all_keys()
        found = np.isin(keys, keys[is_known])
        # A text that is both is compared as the known one that it is.
        by_novelty = np.argsort(~is_known, kind="stable")
        first = by_novelty[np.unique(keys[by_novelty], return_index=True)[1]]
        _, place = np.unique(keys, return_inverse=True)
        for number in range(len(_KINDS)):
            found |= self._join(number, first).near(is_known)[first][place]
        return found & ~is_known

    def _all_keys(self) -> NDArray[np.uint64]:
        return np.concatenate(self._keys) if self._keys else np.zeros(0, dtype=np.uint64)

    def _join(self, number: int, rows: NDArray[np.int64]) -> SetJoin:
        file = self._files[number]
        file.flush()
        sizes = np.concatenate(self._sizes[number]) if self._sizes[number] else np.zeros(0, dtype=np.int32)
        if not sizes.sum():
            return SetJoin(np.zeros(0, dtype=np.uint32), sizes, rows, self._likeness)
        mapping = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

        def let_go() -> None:
            if hasattr(mmap, "MADV_DONTNEED"):
                mapping.madvise(mmap.MADV_DONTNEED)

        return SetJoin(np.frombuffer(mapping, np.uint32), sizes, rows, self._likeness, let_go)


def _close(files: Iterable[BinaryIO]) -> None:
    for file in files:
        file.close()


def _merged(left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int64]:
    """Labels that are equal wherever either of the two labellings is, through any chain."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    if not len(left):
        return left
    _, left = np.unique(left, return_inverse=True)
    _, right = np.unique(right, return_inverse=True)
    count = len(left)
    edges = (np.ones(count, dtype=np.int8), (left, right + count))
    _, merged = connected_components(coo_array(edges, shape=(2 * count, 2 * count)), directed=False)
    result: NDArray[np.int64] = merged[left].astype(np.int64)
    return result
