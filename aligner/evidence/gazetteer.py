"""The table of names that no rule of letters can match."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from aligner.evidence.stems import fold, stem

__all__ = ["Gazetteer", "Phrase", "load_gazetteer"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """An entry of several words: its key, and how many words it takes up."""

    key: str
    width: int


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """names.tsv, ready to be asked.

    `acronyms`: form → key. `words`: stem → key, for capitalised words; `common_words`: the same for any case.
    `phrases`: the stem of the first word → the stems of all words and the key, the longest first.
    """

    acronyms: dict[str, str]
    words: dict[str, str]
    common_words: dict[str, str]
    phrases: dict[str, list[tuple[tuple[str, ...], str]]]

    def find_word(self, word: str) -> str | None:
        """The key of `word`, in any of its forms, or None."""
        if word.isupper() and word in self.acronyms:
            return self.acronyms[word]
        for candidate in _stems(word):
            key = self.common_words.get(candidate)
            if key is None and word[0].isupper():
                key = self.words.get(candidate)
            if key is not None:
                return key
        return None

    def find_phrase(self, words: Sequence[str], position: int) -> Phrase | None:
        """The longest phrase that stands at `position` of `words`, or None."""
        for stems, key in self.phrases.get(_short_stem(words[position]), ()):
            end = position + len(stems)
            if end <= len(words) and tuple(map(_short_stem, words[position:end])) == stems:
                return Phrase(key, len(stems))
        return None


_ENDINGS_OF_NUMBER_AND_OWNER = re.compile("(?<=.{4})(?:[лдт][ае]р(?:[ыи]|[ыи]м[ыи]з)?|с[ыи]|[ыи]м[ыи]з|м[ыи]з)$")
_PHRASE_STEM_LETTERS = 6


@lru_cache(maxsize=65_536)
def _stems(word: str) -> tuple[str, ...]:
    """The stem of `word`, and where it may be a Kazakh plural or possessive that of the bare word."""
    folded = fold(word)
    found = stem(folded)
    bare = stem(_ENDINGS_OF_NUMBER_AND_OWNER.sub("", folded))
    barest = stem(_ENDINGS_OF_NUMBER_AND_OWNER.sub("", found))
    return tuple(dict.fromkeys((found, bare, barest)))


@lru_cache(maxsize=65_536)
def _short_stem(word: str) -> str:
    return _stems(word)[0][:_PHRASE_STEM_LETTERS]


@cache
def load_gazetteer() -> Gazetteer:
    """The table that ships with this package."""
    acronyms: dict[str, str] = {}
    words: dict[str, str] = {}
    common_words: dict[str, str] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    table = resources.files(__package__).joinpath("names.tsv").read_text(encoding="utf-8")
    for line in table.splitlines():
        if line.startswith("#"):
            continue
        name, *columns = line.split("\t")
        key = f"@{name}"
        for form in "|".join(columns).split("|"):
            parts = re.split("[ -]", form)
            if len(parts) > 1:
                stems = tuple(map(_short_stem, parts))
                phrases.setdefault(stems[0], []).append((stems, key))
            elif form.isupper():
                acronyms[form] = key
            else:
                (common_words if form.islower() else words)[stem(fold(form))] = key
    for candidates in phrases.values():
        candidates.sort(key=lambda candidate: -len(candidate[0]))
    return Gazetteer(acronyms, words, common_words, phrases)
