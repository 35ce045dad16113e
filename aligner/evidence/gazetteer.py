"""The table of names that no rule of letters can match."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from aligner.evidence.stems import fold, level, stem, stems

__all__ = ["Phrase", "find_phrase", "find_word", "opens_phrase"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """An entry of several words: its key, and how many words it takes up."""

    key: str
    width: int


def find_word(word: str) -> str | None:
    """The key of `word`, in any of its forms, or None."""
    table = _load_table()
    if word.isupper() and word in table.acronyms:
        return table.acronyms[word]
    if not _has_head(word, table.heads):
        return None
    known_in_case = (table.words, table.common_words) if word[0].isupper() else (table.common_words,)
    return next((known[form] for form in _telling_stems(word) for known in known_in_case if form in known), None)


def opens_phrase(word: str) -> bool:
    """Whether a phrase may begin with this word."""
    return bool(_phrases_from(word))


def find_phrase(words: Sequence[str], position: int) -> Phrase | None:
    """The longest phrase that stands at `position` of `words`, or None."""
    for phrase, key in _phrases_from(words[position]):
        following = words[position + 1 : position + len(phrase)]
        if len(following) == len(phrase) - 1 and all(map(_begins_with, following, phrase[1:])):
            return Phrase(key, len(phrase))
    return None


@lru_cache(maxsize=65_536)
def _phrases_from(word: str) -> Sequence[tuple[tuple[str, ...], str]]:
    """The phrases that may begin with this word."""
    table = _load_table()
    if not _has_head(word, table.phrase_heads):
        return ()
    return table.phrases.get(_short_stem(word), ())


def _has_head(word: str, heads: set[str]) -> bool:
    """Whether something known begins as the word does. Its stems all do, so that most words need no stemming."""
    beginning = _leveled(word)[:_HEAD_LETTERS]
    return beginning in heads or beginning[:2] in heads or beginning[:1] in heads


_HEAD_LETTERS = 3
_PHRASE_STEM_LETTERS = 6
# «Үнді» and «онда», «Алла» and «Ал» have one stem: so short a stem tells nothing, only the word as it stands does.
_FEWEST_STEM_LETTERS = 4


@lru_cache(maxsize=65_536)
def _short_stem(word: str) -> str:
    return stem(fold(word))[:_PHRASE_STEM_LETTERS]


@lru_cache(maxsize=65_536)
def _leveled(word: str) -> str:
    return level(fold(word))


def _begins_with(word: str, part: str) -> bool:
    # Under three letters it is a «и» or «по», which has no endings.
    return _leveled(word).startswith(part) if len(part) > 2 else _leveled(word) == part


def _telling_stems(word: str) -> list[str]:
    as_it_stands, *others = stems(fold(word))
    return [as_it_stands, *(form for form in others if len(form) >= _FEWEST_STEM_LETTERS)]


@dataclass(frozen=True, slots=True)
class _Table:
    """names.tsv, ready to be asked.

    `acronyms`: form → key. `words`: folded word or stem → key, for capitalised words; `common_words`: the same for
    any case.
    `phrases`: the stem of the first word → the stems of all words and the key, the longest first.
    `heads`, `phrase_heads`: the first letters of what is in `words` and `common_words`, and in `phrases`.
    """

    acronyms: dict[str, str]
    words: dict[str, str]
    common_words: dict[str, str]
    phrases: dict[str, list[tuple[tuple[str, ...], str]]]
    heads: set[str]
    phrase_heads: set[str]


@cache
def _load_table() -> _Table:
    table = _Table({}, {}, {}, {}, set(), set())
    shortened: list[tuple[dict[str, str], str, str]] = []
    lines = resources.files(__package__).joinpath("names.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line.startswith("#"):
            continue
        name, *columns = line.split("\t")
        key = f"@{name}"
        for form in "|".join(columns).split("|"):
            parts = re.split("[ -]", form)
            if len(parts) > 1:
                phrase = tuple(map(_short_stem, parts))
                table.phrases.setdefault(phrase[0], []).append((phrase, key))
            elif form.isupper():
                table.acronyms[form] = key
            else:
                known = table.common_words if form.islower() else table.words
                # «Түрікмен» is no «түрік» with an ending: what stands in the table goes before what may be meant.
                as_it_stands, *others = _telling_stems(form)
                known[as_it_stands] = key
                shortened.extend((known, other, key) for other in others)
    for known, other, key in shortened:
        known.setdefault(other, key)
    for candidates in table.phrases.values():
        candidates.sort(key=lambda candidate: -len(candidate[0]))
    table.heads.update(form[:_HEAD_LETTERS] for known in (table.words, table.common_words) for form in known)
    table.phrase_heads.update(form[:_HEAD_LETTERS] for form in table.phrases)
    return table
