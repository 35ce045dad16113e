"""Text that says the same twice: in both languages, or again and again in one."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from aligner.records import Unit

__all__ = ["Repetition", "Untranslated"]

_WORD = re.compile(r"[^\W\d_]+")
_WORD_OR_FIGURE = re.compile(r"\w+")
# Fewer telling words may well be loanwords: «президент», «министр».
_FEWEST_TELLING_WORDS = 3
_FEWEST_LETTERS = 4
_FEWEST_REPEATABLE = 8


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


@dataclass(frozen=True, slots=True)
class Repetition:
    """Score: the share of the words of a side that only repeat three words in a row seen before, on the worse side."""

    threshold: float = 0.35
    name: str = "repetition"

    def score(self, pair: Unit) -> float:
        return max(_repeated_share(pair.kk), _repeated_share(pair.ru))

    def accept(self, score: float) -> bool:
        return score <= self.threshold

    def reason(self, pair: Unit, score: float) -> str:
        return f"repetition {score:.2f}: the same words again and again"


def _repeated_share(text: str) -> float:
    words = _WORD_OR_FIGURE.findall(text.lower())
    if len(words) < _FEWEST_REPEATABLE or len(set(words)) > 0.85 * len(words):
        return 0.0
    triples = Counter(zip(words, words[1:], words[2:], strict=False))
    return sum(count - 1 for count in triples.values()) / (len(words) - 2)
