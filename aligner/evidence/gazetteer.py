"""The table of names that no rule of letters can match."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from aligner.evidence.stems import fold, stem

__all__ = ["Phrase", "find_phrase", "find_word"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """An entry of several words: its key, and how many words it takes up."""

    key: str
    width: int


@lru_cache(maxsize=65_536)
def find_word(word: str) -> str | None:
    """The key of `word`, in any of its forms, or None."""
    table = _load_table()
    if word.isupper() and word in table.acronyms:
        return table.acronyms[word]
    stems_of_case = (table.common_words, table.words) if word[0].isupper() else (table.common_words,)
    return next((stems[form] for form in _stems(word) for stems in stems_of_case if form in stems), None)


def find_phrase(words: Sequence[str], position: int) -> Phrase | None:
    """The longest phrase that stands at `position` of `words`, or None."""
    for stems, key in _load_table().phrases.get(_short_stem(words[position]), ()):
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


@dataclass(frozen=True, slots=True)
class _Table:
    """names.tsv, ready to be asked.

    `acronyms`: form → key. `words`: stem → key, for capitalised words; `common_words`: the same for any case.
    `phrases`: the stem of the first word → the stems of all words and the key, the longest first.
    """

    acronyms: dict[str, str]
    words: dict[str, str]
    common_words: dict[str, str]
    phrases: dict[str, list[tuple[tuple[str, ...], str]]]


@cache
def _load_table() -> _Table:
    table = _Table({}, {}, {}, {})
    lines = resources.files(__package__).joinpath("names.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line.startswith("#"):
            continue
        name, *columns = line.split("\t")
        key = f"@{name}"
        for form in "|".join(columns).split("|"):
            parts = re.split("[ -]", form)
            if len(parts) > 1:
                stems = tuple(map(_short_stem, parts))
                table.phrases.setdefault(stems[0], []).append((stems, key))
            elif form.isupper():
                table.acronyms[form] = key
            else:
                (table.common_words if form.islower() else table.words)[stem(fold(form))] = key
    for candidates in table.phrases.values():
        candidates.sort(key=lambda candidate: -len(candidate[0]))
    return table
