"""Which names of two texts answer each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import Indel, Prefix

from aligner.evidence.names import NameMention, iter_names
from aligner.evidence.stems import fold
from aligner.evidence.words import Findings, Reading, Word, read_text

__all__ = ["NAME_KINDS", "Name", "NameComparison", "compare_names", "compare_names_in", "names_of"]

NAME_KINDS = ("opening", "word", "acronym", "known", "latin", "person")
"""What a name can be: a capitalised word that opens the text, one inside it, an acronym, an entry of names.tsv, a
word in Latin letters, or what looks like somebody's surname or stands behind an initial."""

_ANSWERS_FROM = 0.72
_SHORT_ANSWERS_FROM = 0.85
_SHORT = 4
_VOWEL = re.compile("[аеиоуыэюя]")
_OPENINGS = str.maketrans("еиоуыэюявгхджчзцпф", "аааааааааккшшшссбб")
"""With which letters the spellings of one name may open: «Уэйнс», «Вайнс»; «Жүсіп», «Джусуп»; «Әлем», «Элем»."""
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
    return compare_names_in(read_text(kk), read_text(ru))


def compare_names_in(kk: Reading, ru: Reading) -> NameComparison:
    """Which names of a Kazakh and a Russian text that were read answer each other.

    A name is answered by the same key; by a capitalised word, not yet taken by a name of its own, that is spelled
    nearly alike when both are folded, for transliterators differ («Уэйнс», «Вайнс»); and by any word that begins as
    it does, for a name in one language may be an adjective in the other («Қобда», «Кобдинский», «алматинский»). Vowels
    are what transliterators agree on least («Елек», «Илек»; «Өрел», «Урыль»).
    """
    kk_mentions, ru_mentions = list(iter_names(kk)), list(iter_names(ru))
    right = [mention.key for mention in ru_mentions]
    shared = 0
    for mention in kk_mentions:
        if mention.key in right:
            right.remove(mention.key)
            shared += 1
    only_kk = _unanswered(kk_mentions, kk, ru_mentions, ru)
    only_ru = _unanswered(ru_mentions, ru, kk_mentions, kk)
    answered = len(kk_mentions) - len(only_kk), len(ru_mentions) - len(only_ru)
    return NameComparison(max(shared, min(answered)), only_kk, only_ru)


def names_of(text: str) -> tuple[Name, ...]:
    """The names in a text, in order, each where it stands first."""
    reading = read_text(text)
    first = {mention.key: mention for mention in reversed(list(iter_names(reading)))}
    return tuple(_name(mention, reading.words) for mention in sorted(first.values(), key=lambda mention: mention.start))


def _name(mention: NameMention, words: list[str]) -> Name:
    return Name(mention.key, " ".join(words[mention.start : mention.end]), _kind(mention, words))


def _unanswered(
    mentions: list[NameMention], own: Reading, others: list[NameMention], other: Reading
) -> tuple[Name, ...]:
    there = {mention.key for mention in others}
    # A name that one text repeats may be a pronoun in the other.
    missing = {mention.key: mention for mention in reversed(mentions) if mention.key not in there}
    if not missing:
        return ()
    here = {mention.key for mention in mentions}
    taken = {place for mention in others if mention.key in here for place in range(mention.start, mention.end)}
    choices = _Choices(other.known, taken)
    return tuple(
        _name(mention, own.words)
        for mention in sorted(missing.values(), key=lambda mention: mention.start)
        if not _is_answered(mention, own.known, choices)
    )


class _Choices:
    """The bare words that may answer a name: capitalised ones at places that no other name has `taken`, and all
    others."""

    def __init__(self, words: list[Word], taken: set[int]) -> None:
        self._words = words
        self.capitalised = [word.bare for place, word in enumerate(words) if not word.is_lower and place not in taken]

    @cached_property
    def consonants(self) -> set[str]:
        """Those of the capitalised ones."""
        return set(map(_CONSONANTS.__getitem__, self.capitalised))

    @cached_property
    def others(self) -> str:
        """Each behind a space."""
        return " ".join(["", *[word.bare for word in self._words if word.is_lower]])


def _is_answered(mention: NameMention, words: list[Word], choices: _Choices) -> bool:
    if mention.end - mention.start > 1:
        return False
    own = words[mention.start].bare
    if not own:
        return True
    if choices.capitalised:
        beginning = own[:_FEWEST_ALIKE]
        alike = [choice for choice in choices.capitalised if choice.startswith(beginning)]
        if any(Prefix.similarity(own, choice) >= _least_alike(own, choice) for choice in alike):
            return True
        consonants = _CONSONANTS[own]
        if len(consonants) > 1 and consonants in choices.consonants:
            return True
        least = _ANSWERS_FROM if len(own) > _SHORT else _SHORT_ANSWERS_FROM
        nearest = process.extract(own, choices.capitalised, scorer=Indel.normalized_similarity, score_cutoff=least)
        if any(likeness >= _SHORT_ANSWERS_FROM or _open_alike(own, choice) for choice, likeness, _ in nearest):
            return True
        if (father := _FATHERS[own]) and process.extractOne(
            father,
            [_FATHERS[choice] for choice in choices.capitalised],
            scorer=Indel.normalized_similarity,
            score_cutoff=_ANSWERS_FROM,
        ):
            return True
    beginning = own[: max(_FEWEST_SMALL, round(_SMALL_SHARE * len(own)))]
    return len(beginning) >= _FEWEST_SMALL and f" {beginning}" in choices.others


_PATRONYMIC = re.compile(r"(?<=.{3})(?:(?:киз|ол)(?:и|ин)?|овн|евн|ович|евич)$")


def _fathers(bare: str) -> str:
    """The name that a patronymic is made of, nothing of other words: «Дүйсенқызы», «Дюсеновна»."""
    match = _PATRONYMIC.search(bare)
    return bare[: match.start()] if match else ""


_FATHERS = Findings(_fathers)


def _open_alike(own: str, other: str) -> bool:
    return own[0].translate(_OPENINGS) == other[0].translate(_OPENINGS)


def _consonants(bare: str) -> str:
    return _VOWEL.sub("", bare)


_CONSONANTS = Findings(_consonants)


def _least_alike(one: str, other: str) -> int:
    return max(_FEWEST_ALIKE, round(_ALIKE_SHARE * min(len(one), len(other))))


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
