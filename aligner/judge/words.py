"""How much of what either text says the other one says too, word by word.

A table learnt from translations (`training/judge/words.py`, IBM model 1: Brown et al. 1993, “The mathematics of
statistical machine translation”) says which beginnings of Kazakh and Russian words answer each other, and how telling
it is that a word is answered or is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from itertools import chain
from operator import itemgetter
from sys import intern

from aligner.evidence.stems import fold, level
from aligner.evidence.words import Findings

__all__ = ["WORD_FEATURES", "WORD_LETTERS", "Said", "WordTable", "compare_words", "load_word_table", "word_beginning"]

WORD_FEATURES = ("words_kk", "words_ru", "run_kk", "run_ru")
"""What `WordTable.compare` gives: for each side how well its words are answered on average, and the heaviest stretch
of words that are not."""

WORD_LETTERS = 5
"""So much of a word is looked at: endings are many in both languages. Measured on files kept out of the table, no worse
than stemming them away, and faster."""
_FEWEST_COMMON_LETTERS = 4
_WORDS_OF_DOUBT = 3
_UNKNOWN_MISSING, _UNKNOWN_PRESENT = 0.05, 1.0

_Entry = tuple[tuple[str, ...], tuple[str, ...], float, float]
"""What the word may stand for in the other text's eyes, what answers it, and its weights."""
_KEYS = itemgetter(0)


@dataclass(frozen=True, slots=True)
class Said:
    """What the words of one text say: an entry for each, and the keys by which they answer the other text's."""

    entries: list[_Entry]
    keys: frozenset[str]


class WordTable:
    """Which words answer each other.

    `partners`: of Kazakh beginnings, the Russian ones. `weights`: of the beginnings of either language `(missing,
    present)`: the logs of how much likelier they are to be unanswered in texts that do not correspond, and to be
    answered in texts that do.
    """

    def __init__(
        self,
        partners: Mapping[str, Sequence[str]],
        weights: tuple[Mapping[str, tuple[float, float]], Mapping[str, tuple[float, float]]],
    ) -> None:
        backwards: dict[str, list[str]] = {}
        for kk, answers in partners.items():
            for ru in answers:
                backwards.setdefault(ru, []).append(intern(kk))
        self._partners = partners, backwards
        self._weights = weights
        self._of_beginnings = tuple(Findings(partial(self._look_up, side)) for side in (0, 1))
        self._entries = tuple(Findings(partial(self._entry, side)) for side in (0, 1))

    @classmethod
    def from_lines(cls, lines: Iterable[str]) -> WordTable:
        """From lines of language, beginning, both weights in hundredths, and a Kazakh beginning's Russian partners."""
        partners: dict[str, Sequence[str]] = {}
        weights: tuple[dict[str, tuple[float, float]], ...] = ({}, {})
        for line in lines:
            if line.startswith("#"):
                continue
            language, beginning, missing, present, *answers = line.rstrip("\n").split(" ")
            if missing:
                weights[language == "ru"][beginning] = int(missing) / 100, int(present) / 100
            if answers:
                partners[beginning] = tuple(map(intern, answers))
        return cls(partners, (weights[0], weights[1]))

    def read(self, words: Iterable[str], side: int) -> Said:
        """What the `text_words` of a Kazakh (0) or Russian (1) text say."""
        entries = list(map(self._entries[side].__getitem__, words))
        return Said(entries, frozenset(chain.from_iterable(map(_KEYS, entries))))

    def knows(self, beginning: str, side: int) -> bool:
        """Whether anything answers a Kazakh (0) or Russian (1) beginning."""
        return beginning in self._partners[side]

    def answers(self, word: str, side: int, other: Said) -> bool:
        """Whether something in the `other` text answers a word of the Kazakh (0) or Russian (1) one."""
        return not other.keys.isdisjoint(self._entries[side][word][1])

    def is_answered(self, kk: Sequence[str], ru: Sequence[str]) -> tuple[list[bool], list[bool]]:
        """For each word of either text whether the other text answers it."""
        kk_said, ru_said = self.read(kk, 0), self.read(ru, 1)
        return [self.answers(word, 0, ru_said) for word in kk], [self.answers(word, 1, kk_said) for word in ru]

    def _entry(self, side: int, word: str) -> _Entry:
        return self._of_beginnings[side][word_beginning(word)]

    def _look_up(self, side: int, beginning: str) -> _Entry:
        own, answers = [beginning], list(self._partners[side].get(beginning, ()))
        common = level(fold(beginning))
        if len(common) >= _FEWEST_COMMON_LETTERS:
            # What both languages have borrowed is spelled alike. The sign keeps it apart from real beginnings.
            alike = intern(f"={common}")
            own.append(alike)
            answers.append(alike)
        missing, present = self._weights[side].get(beginning, (_UNKNOWN_MISSING, _UNKNOWN_PRESENT))
        return tuple(own), tuple(answers), missing, present


def compare_words(kk: Said, ru: Said) -> tuple[float, float, float, float]:
    """`WORD_FEATURES` of two texts."""
    kk_mean, kk_run = _answered(kk.entries, ru.keys)
    ru_mean, ru_run = _answered(ru.entries, kk.keys)
    return kk_mean, ru_mean, kk_run, ru_run


def _answered(entries: Sequence[_Entry], there: frozenset[str]) -> tuple[float, float]:
    total = run = heaviest = 0.0
    are_strange = there.isdisjoint
    for _, answers, missing, present in entries:
        if are_strange(answers):
            total -= missing
            run += missing
            if run > heaviest:
                heaviest = run
        else:
            total += present
            run = run - present if run > present else 0.0
    return total / (len(entries) + _WORDS_OF_DOUBT), heaviest


def word_beginning(word: str) -> str:
    """What the table knows a word by."""
    return intern(word.lower().replace("ё", "е")[:WORD_LETTERS])


@cache
def load_word_table() -> WordTable:
    """The table that comes with Qostil."""
    with files("aligner.judge").joinpath("words.txt").open(encoding="utf-8") as lines:
        return WordTable.from_lines(lines)
