"""Text that says the same twice: in both languages, or again and again in one."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.filter.block import CAPITAL, SMALL, PairBlock, TextBlock, Words, is_first, rows_of
from aligner.records import Unit

__all__ = ["Repetition", "Untranslated"]

_WORD = re.compile(r"[^\W\d_]+")
_WORD_OR_FIGURE = re.compile(r"\w+")
# Fewer telling words may well be loanwords: «президент», «министр».
_FEWEST_TELLING_WORDS = 3
_FEWEST_LETTERS = 4
_FEWEST_REPEATABLE = 8
_VARIED_SHARE = 0.85


@dataclass(frozen=True, slots=True)
class Untranslated:
    """Score: the share of the words of the shorter side that stand on the other side too, letter for letter.

    Only words in small letters count, since names are often alike; but two sides that are the same text score 1.
    """

    threshold: float = 0.6
    name: str = "untranslated"

    def score(self, pair: Unit) -> float:
        if pair.kk == pair.ru or _have_same_words(pair.kk.lower(), pair.ru.lower()):
            return 1.0
        kk, ru = (_telling_words(text) for text in (pair.kk, pair.ru))
        fewest = min(len(kk), len(ru))
        return len(kk & ru) / fewest if fewest >= _FEWEST_TELLING_WORDS else 0.0

    def accept(self, score: float) -> bool:
        return score < self.threshold

    def clears(self, block: PairBlock) -> NDArray[np.bool_]:
        words = block.letter_words
        has_same_words = words[0].sums(len(block)) == words[1].sums(len(block))
        kk, ru = (_telling_keys(*each) for each in zip(block.sides, words, strict=True))
        cleared: NDArray[np.bool_] = ~has_same_words & ~block.is_odd
        cleared &= _most_shared(kk, ru, len(block)) < self.threshold
        return cleared

    def reason(self, pair: Unit, score: float) -> str:
        return f"untranslated {score:.2f}: the same words on both sides"


def _have_same_words(kk: str, ru: str) -> bool:
    first = _WORD.search(kk), _WORD.search(ru)
    # Two sentences that begin alike are rare, and all their words need not be found where they don't.
    if not (first[0] and first[1]) or first[0][0] != first[1][0]:
        return False
    return _WORD.findall(kk) == _WORD.findall(ru)


def _telling_words(text: str) -> set[str]:
    return {word for word in _WORD.findall(text) if len(word) >= _FEWEST_LETTERS and word.islower()}


def _telling_keys(texts: TextBlock, words: Words) -> NDArray[np.uint64]:
    signs = texts.signs_of(words)
    is_small = (signs & np.uint32(SMALL) != 0) & (signs & np.uint32(CAPITAL) == 0)
    return words.keys(is_small & (words.ends - words.starts >= _FEWEST_LETTERS))


def _most_shared(kk: NDArray[np.uint64], ru: NDArray[np.uint64], count: int) -> NDArray[np.float64]:
    """For each pair a share of telling words that the true one does not exceed, whichever hashes are the same."""
    kk_rows, ru_rows = (rows_of(each[is_first(each)]) for each in (kk, ru))
    fewest = np.minimum(np.bincount(kk_rows, minlength=count), np.bincount(ru_rows, minlength=count))
    shared = np.bincount(rows_of(kk[np.isin(kk, ru)]), minlength=count)
    # Words whose hashes are the same by chance may count as one.
    return np.where((fewest < _FEWEST_TELLING_WORDS) & (shared == 0), 0.0, shared / np.maximum(fewest, 1))


@dataclass(frozen=True, slots=True)
class Repetition:
    """Score: the share of the words of a side that only repeat three words in a row seen before, on the worse side."""

    threshold: float = 0.35
    name: str = "repetition"

    def score(self, pair: Unit) -> float:
        return max(_repeated_share(pair.kk), _repeated_share(pair.ru))

    def accept(self, score: float) -> bool:
        return score <= self.threshold

    def clears(self, block: PairBlock) -> NDArray[np.bool_]:
        is_varied = [_is_varied(each, len(block)) for each in block.words]
        return is_varied[0] & is_varied[1] & ~block.is_odd & self.accept(0.0)

    def reason(self, pair: Unit, score: float) -> str:
        return f"repetition {score:.2f}: the same words again and again"


def _repeated_share(text: str) -> float:
    words = _WORD_OR_FIGURE.findall(text.lower())
    if len(words) < _FEWEST_REPEATABLE or len(set(words)) > _VARIED_SHARE * len(words):
        return 0.0
    triples = Counter(zip(words, words[1:], words[2:], strict=False))
    return sum(count - 1 for count in triples.values()) / (len(words) - 2)


def _is_varied(words: Words, count: int) -> NDArray[np.bool_]:
    """Whether the share of different words is so large that nothing need be counted."""
    keys = words.keys()
    different = np.bincount(rows_of(keys[is_first(keys)]), minlength=count)
    total = np.bincount(words.rows, minlength=count)
    varied: NDArray[np.bool_] = (total < _FEWEST_REPEATABLE) | (different > _VARIED_SHARE * total)
    return varied
