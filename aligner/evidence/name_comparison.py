"""Which names of two texts answer each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Indel, Prefix

from aligner.evidence.names import NameMention, iter_names, text_words
from aligner.evidence.stems import fold, stem

__all__ = ["NAME_KINDS", "Name", "NameComparison", "compare_names", "compare_names_in", "names_of"]

NAME_KINDS = ("opening", "word", "acronym", "known", "latin", "person")
"""What a name can be: a capitalised word that opens the text, one inside it, an acronym, an entry of names.tsv, a
word in Latin letters, or what looks like somebody's surname or stands behind an initial."""

_ANSWERS_FROM = 0.72
_SHORT_ANSWERS_FROM = 0.85
_SHORT = 4
_VOWEL = re.compile("[аеиоуыэюя]")
_FEWEST_SMALL, _SMALL_SHARE = 5, 0.8
"""So many letters, and so much of a bare name, open a word written small that answers it: an adjective."""
_FEWEST_ALIKE, _ALIKE_SHARE = 4, 0.7
"""So many letters, and so much of the shorter of two bare words, open both where they differ in their endings alone."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text: its key, how it is written there, and which of `NAME_KINDS` it is."""

    key: str
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class NameComparison:
    """How many names both texts have, and those that only one of them has."""

    shared: int
    only_kk: tuple[Name, ...]
    only_ru: tuple[Name, ...]


def compare_names(kk: str, ru: str) -> NameComparison:
    """Which names of a Kazakh and a Russian text answer each other; see `compare_names_in`."""
    return compare_names_in(text_words(kk), text_words(ru))


def compare_names_in(kk: list[str], ru: list[str]) -> NameComparison:
    """Which names among the `text_words` of a Kazakh and a Russian text answer each other.

    A name is answered by the same key; by a capitalised word, not yet taken by a name of its own, that is spelled
    nearly alike when both are folded, for transliterators differ («Уэйнс», «Вайнс»); and by any word that begins as
    it does, for a name in one language may be an adjective in the other («Қобда», «Кобдинский», «алматинский»). Vowels
    are what transliterators agree on least («Елек», «Илек»; «Өрел», «Урыль»).
    """
    words = kk, ru
    mentions = [list(iter_names(own)) for own in words]
    right = [mention.key for mention in mentions[1]]
    shared = 0
    for mention in mentions[0]:
        if mention.key in right:
            right.remove(mention.key)
            shared += 1
    only_kk = _unanswered(mentions[0], words[0], mentions[1], words[1])
    only_ru = _unanswered(mentions[1], words[1], mentions[0], words[0])
    answered = len(mentions[0]) - len(only_kk), len(mentions[1]) - len(only_ru)
    return NameComparison(max(shared, min(answered)), only_kk, only_ru)


def names_of(text: str) -> tuple[Name, ...]:
    """The names in a text, in order, each where it stands first."""
    words = text_words(text)
    first = {mention.key: mention for mention in reversed(list(iter_names(words)))}
    return tuple(_name(mention, words) for mention in sorted(first.values(), key=lambda mention: mention.start))


def _name(mention: NameMention, words: list[str]) -> Name:
    return Name(mention.key, " ".join(words[mention.start : mention.end]), _kind(mention, words))


def _unanswered(
    mentions: list[NameMention], words: list[str], others: list[NameMention], other_words: list[str]
) -> tuple[Name, ...]:
    there = {mention.key for mention in others}
    # A name that one text repeats may be a pronoun in the other.
    missing = {mention.key: mention for mention in reversed(mentions) if mention.key not in there}
    if not missing:
        return ()
    here = {mention.key for mention in mentions}
    taken = {place for mention in others if mention.key in here for place in range(mention.start, mention.end)}
    choices = _Choices(other_words, taken)
    return tuple(
        _name(mention, words)
        for mention in sorted(missing.values(), key=lambda mention: mention.start)
        if not _is_answered(mention, words, choices)
    )


class _Choices:
    """The bare words that may answer a name: capitalised ones at places that no other name has `taken`, and all
    others."""

    def __init__(self, words: list[str], taken: set[int]) -> None:
        self._words = words
        self.capitalised = [
            _bare(word) for place, word in enumerate(words) if place not in taken and not word.islower()
        ]

    @cached_property
    def others(self) -> str:
        """Each behind a space."""
        return " ".join(["", *map(_bare, filter(str.islower, self._words))])


def _is_answered(mention: NameMention, words: list[str], choices: _Choices) -> bool:
    if mention.end - mention.start > 1:
        return False
    own = _bare(words[mention.start])
    if not own:
        return True
    if any(Prefix.similarity(own, choice) >= _least_alike(own, choice) for choice in choices.capitalised):
        return True
    consonants = _consonants(own)
    if len(consonants) > 1 and any(_consonants(choice) == consonants for choice in choices.capitalised):
        return True
    least = _ANSWERS_FROM if len(own) > _SHORT else _SHORT_ANSWERS_FROM
    if process.extractOne(own, choices.capitalised, scorer=Indel.normalized_similarity, score_cutoff=least):
        return True
    beginning = own[: max(_FEWEST_SMALL, round(_SMALL_SHARE * len(own)))]
    return len(beginning) >= _FEWEST_SMALL and f" {beginning}" in choices.others


@lru_cache(maxsize=65_536)
def _consonants(bare: str) -> str:
    return _VOWEL.sub("", bare)


def _least_alike(one: str, other: str) -> int:
    return max(_FEWEST_ALIKE, round(_ALIKE_SHARE * min(len(one), len(other))))


@lru_cache(maxsize=65_536)
def _bare(word: str) -> str:
    return stem(fold(word)) if len(word) > 1 else ""


_SURNAME = re.compile(r"(?:[оеё]в|[иы]н|ск[иао]|баи|бек|ул[иы]|кизы|вич|вн)[а-я]{0,4}$")
_FEWEST_SURNAME_LETTERS = 5


def _kind(mention: NameMention, words: list[str]) -> str:
    word = words[mention.start]
    if mention.key.startswith("@"):
        return "known"
    if word.isascii():
        return "latin"
    if word.isupper():
        return "acronym"
    before = words[mention.start - 1] if mention.start else ""
    if len(before) == 1 and before.isupper():
        return "person"
    if mention.start and len(word) >= _FEWEST_SURNAME_LETTERS and _SURNAME.search(fold(word)):
        return "person"
    return "word" if mention.start else "opening"
