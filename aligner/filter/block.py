"""Many pairs as arrays of characters, in which it is seen at once what most of them have not.

A filter that is asked pair by pair goes through each text with regular expressions. What it looks for is rare, and a
look into a table for each character and a number for each word tell for most pairs that it is not there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "CAPITAL",
    "DIGIT",
    "LETTER",
    "ODD",
    "SMALL",
    "WORD",
    "PairBlock",
    "TextBlock",
    "Words",
    "is_first",
    "packed",
    "rows_of",
    "sign",
]

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]

_PLANE = 0x1_0000
_PACKED_LETTERS = 3
# A hash is shortened by so many bits, in which the number of its text stands.
_ROW_BITS = 20
_PATTERNS: dict[tuple[str, bool], int] = {}
CAPITAL, SMALL, ODD = 1 << 29, 1 << 30, 1 << 31
"""A capital, a small letter, and what must not be judged by itself: a character whose small letter is longer, depends
on its neighbours or is of another class, or one beyond the first plane."""


def sign(pattern: str, *, of_small: bool = False) -> int:
    """The bit that every character has which this regular expression matches, or, `of_small`, whose small letter it
    matches. There can be 29."""
    return _PATTERNS.setdefault((pattern, of_small), 1 << len(_PATTERNS))


LETTER, DIGIT, WORD = sign(r"[^\W\d_]"), sign(r"\d"), sign(r"\w")


@dataclass(frozen=True, slots=True)
class _Table:
    """Of each code point its signs, its small letter, and a random number for that."""

    signs: NDArray[np.uint32]
    small: NDArray[np.uint16]
    numbers: Hashes


def _table() -> _Table:
    return _table_of(len(_PATTERNS))


@cache
def _table_of(patterns: int) -> _Table:
    letters = "".join(map(chr, range(_PLANE)))
    small = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in letters)
    signs = np.zeros(_PLANE, dtype=np.uint32)
    for (pattern, of_small), bit in list(_PATTERNS.items())[:patterns]:
        for match in re.finditer(f"(?:{pattern})+", small if of_small else letters):
            signs[match.start() : match.end()] |= np.uint32(bit)
    codes = np.array([ord(letter) for letter in small], dtype=np.uint16)
    classes = np.uint32(LETTER | DIGIT | WORD)
    is_odd = (signs & classes) != (signs[codes] & classes)
    is_odd |= np.array([len(letter.lower()) != 1 or letter == "Σ" for letter in letters])
    # The last one stands for all that lie beyond.
    is_odd[-1] = True
    signs[is_odd] |= np.uint32(ODD)
    signs[[letter.isupper() or letter.istitle() for letter in letters]] |= np.uint32(CAPITAL)
    signs[[letter.islower() for letter in letters]] |= np.uint32(SMALL)
    numbers = np.random.default_rng(0).integers(0, 2**64, _PLANE, dtype=np.uint64)[codes]
    return _Table(signs, codes, numbers)


def packed(word: str) -> int:
    """At most four characters as one number."""
    return sum(ord(letter) << 16 * place for place, letter in enumerate(word))


@dataclass(frozen=True, slots=True)
class Words:
    """The runs of characters with a sign, in order: the text that each stands in, where it begins and ends, and a hash
    of its small letters, which takes no account of their order."""

    rows: NDArray[np.int64]
    starts: Ints
    ends: Ints
    hashes: Hashes

    def sums(self, count: int) -> Hashes:
        """For each of the `count` texts a number, the same for texts of the same words."""
        sums = np.zeros(count, dtype=np.uint64)
        if len(self.rows):
            begins = np.flatnonzero(np.concatenate(([True], self.rows[1:] != self.rows[:-1])))
            sums[self.rows[begins]] = np.add.reduceat(self.hashes, begins)
        return sums

    def keys(self, chosen: Bools | None = None) -> Hashes:
        """A number for text and word, in ascending order."""
        rows, hashes = (self.rows, self.hashes) if chosen is None else (self.rows[chosen], self.hashes[chosen])
        keys: Hashes = rows.astype(np.uint64) << np.uint64(64 - _ROW_BITS) | hashes >> np.uint64(_ROW_BITS)
        keys.sort()
        return keys


def is_first(keys: Hashes) -> Bools:
    """Of keys in ascending order, which ones differ from the one before."""
    return np.concatenate(([True], keys[1:] != keys[:-1])) if len(keys) else np.zeros(0, dtype=bool)


def rows_of(keys: Hashes) -> Ints:
    """The texts that `Words.keys` are of."""
    return (keys >> np.uint64(64 - _ROW_BITS)).astype(np.int64)


class TextBlock:
    """Texts one after the other, fewer than a million. Every array that is given out has an item for each text."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.lengths: Ints = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
        # A line break before and after each text, so that none is empty and no word is joined to the next.
        whole = "\n".join(("", *texts, ""))
        codes = np.frombuffer(whole.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        self._codes = np.minimum(codes, _PLANE - 1).astype(np.uint16)
        self._starts = 1 + np.concatenate(([0], np.cumsum(self.lengths + 1)))[: len(texts)]
        self._signs = _table().signs[self._codes]

    def __len__(self) -> int:
        return len(self.lengths)

    @cached_property
    def _found(self) -> NDArray[np.uint32]:
        if not len(self):
            return np.zeros(0, dtype=np.uint32)
        return np.bitwise_or.reduceat(self._signs, self._starts)

    def has(self, signs: int) -> Bools:
        """Whether there is a character with one of these signs."""
        found: Bools = (self._found & np.uint32(signs)) != 0
        return found

    def has_beside(self, first: int, second: int) -> Bools:
        """Whether a character with a sign of `first` stands right before one with a sign of `second`."""
        places = np.flatnonzero(self._signs & np.uint32(second))
        places = places[(self._signs[places - 1] & np.uint32(first)) != 0]
        found = np.zeros(len(self), dtype=bool)
        found[self._rows(places)] = True
        return found

    def count(self, signs: int) -> Ints:
        """How many characters have one of these signs."""
        return self._summed((self._signs & np.uint32(signs)) != 0)

    def words(self, signs: int) -> Words:
        """The runs of characters that each have one of these signs."""
        if not len(self):
            none = np.zeros(0, dtype=np.int64)
            return Words(none, none, none, none.astype(np.uint64))
        is_inside = (self._signs & np.uint32(signs)) != 0
        edges = np.flatnonzero(is_inside[1:] != is_inside[:-1]) + 1
        hashes = np.zeros(0, dtype=np.uint64)
        if len(edges):
            hashes = np.add.reduceat(_table().numbers[self._codes], edges)[::2]
        return Words(self._rows(edges[::2]), edges[::2], edges[1::2], hashes)

    def signs_of(self, words: Words) -> NDArray[np.uint32]:
        """Of each word the signs that any of its characters has."""
        edges = np.stack((words.starts, words.ends), axis=1).ravel()
        return np.bitwise_or.reduceat(self._signs, edges)[::2] if len(edges) else np.zeros(0, dtype=np.uint32)

    def has_word(self, words: Words, wanted: Sequence[int]) -> Bools:
        """Whether one of `words` is among those `packed` as `wanted`, but for capitals."""
        found = np.zeros(len(self), dtype=bool)
        sizes = words.ends - words.starts
        for size in range(1, _PACKED_LETTERS + 1):
            chosen = np.flatnonzero(sizes == size)
            numbers = self._packed(words.starts[chosen], size)
            found[words.rows[chosen[np.isin(numbers, np.array(wanted, dtype=np.uint64))]]] = True
        return found

    def count_endings(self, words: Words, endings: Mapping[int, Sequence[int]], fewest_before: int) -> Ints:
        """How many of `words` end, but for capitals, in one of the `packed` endings, which are given by their length,
        after `fewest_before` characters or more."""
        has_ending = np.zeros(len(words.rows), dtype=bool)
        sizes = words.ends - words.starts
        for size, wanted in endings.items():
            chosen = np.flatnonzero(sizes >= size + fewest_before)
            numbers = self._packed(words.ends[chosen] - size, size)
            has_ending[chosen[np.isin(numbers, np.array(wanted, dtype=np.uint64))]] = True
        return np.bincount(words.rows[has_ending], minlength=len(self))

    def _packed(self, places: Ints, size: int) -> Hashes:
        """The `size` small letters from each of these places, `packed`."""
        small = _table().small
        numbers = np.zeros(len(places), dtype=np.uint64)
        for place in range(size):
            numbers |= small[self._codes[places + place]].astype(np.uint64) << np.uint64(16 * place)
        return numbers

    def runs_equal(self, other: TextBlock, signs: int) -> Bools:
        """Whether the runs of characters with these signs are the same, and in the same order, in both texts."""
        (rows, own), (other_rows, others) = self._written_runs(signs), other._written_runs(signs)
        counts, other_counts = (np.bincount(each, minlength=len(self)) for each in (rows, other_rows))
        is_equal: Bools = counts == other_counts
        differs = own[is_equal[rows]] != others[is_equal[other_rows]]
        is_equal[rows[is_equal[rows]][differs]] = False
        return is_equal

    def _written_runs(self, signs: int) -> tuple[Ints, NDArray[np.uint32]]:
        """The characters of the runs, those that begin one marked, with the text that each stands in."""
        places = np.flatnonzero(self._signs & np.uint32(signs))
        begins = (self._signs[places - 1] & np.uint32(signs)) == 0
        return self._rows(places), self._codes[places].astype(np.uint32) | begins.astype(np.uint32) << np.uint32(16)

    def _rows(self, places: Ints) -> Ints:
        """The texts that these places, in ascending order, stand in."""
        return np.searchsorted(self._starts, places, side="right").astype(np.int64) - 1

    def _summed(self, values: Bools) -> Ints:
        if not len(self):
            return np.zeros(0, dtype=np.int64)
        sums: Ints = np.add.reduceat(values, self._starts, dtype=np.int64)
        return sums


class PairBlock:
    """The two sides of pairs, and what more than one filter asks of them."""

    def __init__(self, kk: Sequence[str], ru: Sequence[str]) -> None:
        self.kk, self.ru = TextBlock(kk), TextBlock(ru)

    def __len__(self) -> int:
        return len(self.kk)

    @property
    def sides(self) -> tuple[TextBlock, TextBlock]:
        return self.kk, self.ru

    @cached_property
    def is_odd(self) -> Bools:
        """Whether a side has a character that must not be judged by itself."""
        return self.has(ODD)

    @cached_property
    def words(self) -> tuple[Words, Words]:
        """The runs of `\\w` on each side."""
        return self.kk.words(WORD), self.ru.words(WORD)

    @cached_property
    def letter_words(self) -> tuple[Words, Words]:
        """The runs of letters on each side."""
        return self.kk.words(LETTER), self.ru.words(LETTER)

    def has(self, signs: int) -> Bools:
        """Whether either side has a character with one of these signs."""
        return self.kk.has(signs) | self.ru.has(signs)
