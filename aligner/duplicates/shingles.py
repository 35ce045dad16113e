"""Texts as sets of hashed pieces: their words, and all runs of five characters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from aligner.duplicates.skeleton import SPACE, fold_codes

__all__ = ["Kind", "Shingles", "shingles_of", "text_keys"]

Kind = Literal["words", "characters"]
_RUN = 5
# An odd multiplier has an inverse modulo 2**64, so that a hash can be moved to the start of its text.
_BASE = 0x9E37_79B9_7F4A_7C15
_INVERSE = pow(_BASE, -1, 2**64)


@dataclass(frozen=True, slots=True)
class Shingles:
    """The sets of `len(sizes)` texts, one after the other: distinct hashes, in no promised order.

    `keys` is a hash of each whole text: equal for texts of equal skeletons.
    """

    hashes: NDArray[np.uint32]
    sizes: NDArray[np.int32]
    keys: NDArray[np.uint64]


def shingles_of(texts: Sequence[str], kinds: Sequence[Kind]) -> list[Shingles]:
    """The shingles of the skeletons of the texts, one result for each kind."""
    codes, rows = _skeleton_codes(texts)
    sums, powers = _prefix_sums(codes)
    keys = _keys(len(texts), rows, sums, powers[1])
    results = []
    for kind in kinds:
        if kind == "words":
            begins, ends = _word_spans(codes)
        else:
            begins = np.flatnonzero(rows[: 1 - _RUN] == rows[_RUN - 1 :])
            ends = begins + _RUN
        hashes = _mixed((sums[ends] - sums[begins]) * powers[1][begins]) >> np.uint64(32)
        own = _distinct(rows[begins].astype(np.uint64) << np.uint64(32) | hashes)
        sizes = np.bincount((own >> np.uint64(32)).astype(np.int64), minlength=len(texts)).astype(np.int32)
        results.append(Shingles(own.astype(np.uint32), sizes, keys))
    return results


def text_keys(texts: Sequence[str]) -> NDArray[np.uint64]:
    """The `keys` of the texts alone."""
    codes, rows = _skeleton_codes(texts)
    sums, powers = _prefix_sums(codes)
    return _keys(len(texts), rows, sums, powers[1])


def _keys(
    count: int, rows: NDArray[np.int64], sums: NDArray[np.uint64], inverses: NDArray[np.uint64]
) -> NDArray[np.uint64]:
    starts = np.searchsorted(rows, np.arange(count + 1))
    return _mixed((sums[starts[1:]] - sums[starts[:-1]]) * inverses[starts[:-1]])


def _skeleton_codes(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """The folded characters of all texts, each text between two spaces, and the place of its text for each."""
    whole = "\n".join(text.replace("\n", " ") for text in texts)
    codes = fold_codes(np.frombuffer(f" {whole} ".encode("utf-32-le", "replace"), dtype=np.uint32))
    is_break = codes == ord("\n")
    rows = np.cumsum(is_break)
    # A line break becomes two spaces, the end of one text and the beginning of the next.
    codes = np.where(is_break, np.uint32(SPACE), codes)
    repeats = 1 + is_break.astype(np.int8)
    codes, is_first = np.repeat(codes, repeats), np.ones(len(codes) + int(is_break.sum()), dtype=bool)
    rows = np.repeat(rows, repeats)
    breaks = np.flatnonzero(is_break) + np.arange(int(is_break.sum()))
    rows[breaks] -= 1
    is_space = codes == SPACE
    is_first[1:] = ~(is_space[1:] & is_space[:-1] & (rows[1:] == rows[:-1]))
    return codes[is_first], rows[is_first]


def _prefix_sums(codes: NDArray[np.uint32]) -> tuple[NDArray[np.uint64], tuple[NDArray[np.uint64], NDArray[np.uint64]]]:
    """Sums of code times power of the base, modulo 2**64, and the powers with their inverses."""
    # As many as the next power of two: one size serves the steps of a long run.
    powers, inverses = (each[: len(codes) + 1] for each in _powers(1 << len(codes).bit_length()))
    sums = np.zeros(len(codes) + 1, dtype=np.uint64)
    np.cumsum(_spread_codes()[codes] * powers[:-1], out=sums[1:])
    return sums, (powers, inverses)


@lru_cache(maxsize=1)
def _powers(count: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    powers, inverses = (np.full(count + 1, base, dtype=np.uint64) for base in (_BASE, _INVERSE))
    powers[0] = inverses[0] = 1
    return np.multiply.accumulate(powers), np.multiply.accumulate(inverses)


@cache
def _spread_codes() -> NDArray[np.uint64]:
    """Of each code point of the first plane a number: a polynomial of small ones would meet itself again too often."""
    return _mixed(np.arange(0x1_0000, dtype=np.uint64))


def _word_spans(codes: NDArray[np.uint32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    is_letter = np.concatenate(([False], codes != SPACE, [False]))
    edges = np.flatnonzero(is_letter[1:] != is_letter[:-1])
    return edges[::2], edges[1::2]


def _distinct(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Sorted, each once; several times as quick as np.unique on millions of nearly sorted numbers."""
    values = np.sort(values)
    return values[np.concatenate(([True], values[1:] != values[:-1]))] if len(values) else values


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The finishing steps of splitmix64 (Steele, Lea and Flood 2014): every bit depends on every other."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58_476D_1CE4_E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D0_49BB_1331_11EB)
    return values ^ (values >> np.uint64(31))
