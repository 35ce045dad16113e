"""One publication in both languages (one after the other, side by side, paragraph by paragraph) → its two versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from aligner.ingest.draft import Block, Draft
from aligner.language import identify_language

__all__ = ["split_versions"]

_KAZAKH_LETTERS = frozenset("әғқңөұүһіӘҒҚҢӨҰҮҺІ")
# Shorter texts («5,1 %», «Астана») are of the language of what stands before them.
_FEWEST_LETTERS = 12
_MIN_VERSION_LETTERS = 150
# Of the shorter to the longer version. Translations between the two differ by a tenth or two.
_MIN_RATIO = 0.5
# Of the letters, in stretches that have an equally long stretch in the other language beside them.
_MIN_MATCHED_SHARE = 0.8


def split_versions(draft: Draft) -> list[Draft]:
    """The Kazakh and the Russian version in the order in which they begin, with `part` 1 and 2; or the draft alone.

    It is split where stretches in one language are each followed by an equally long one in the other. A Russian
    text that quotes a Kazakh one is left whole.
    """
    blocks = list(draft.blocks)
    if draft.title is not None:
        blocks.insert(0, Block(draft.title, is_heading=True))
    if not _may_be_both(blocks):
        return [draft]
    languages = _languages(blocks)
    letters = [_letters(block.text) for block in blocks]
    sizes = {language: _sum(letters, languages, language) for language in ("kk", "ru")}
    smaller, larger = sorted(sizes.values())
    if smaller < _MIN_VERSION_LETTERS or smaller < _MIN_RATIO * larger:
        return [draft]
    if _matched(letters, languages) < _MIN_MATCHED_SHARE * sum(letters):
        return [draft]
    versions = []
    for part, language in enumerate(dict.fromkeys(languages), start=1):
        own = [block for block, spoken in zip(blocks, languages, strict=True) if spoken == language]
        title = own.pop(0).text if len(own) > 1 and own[0].is_heading else None
        dropped = draft.dropped if part == 1 else ()
        versions.append(replace(draft, blocks=tuple(own), title=title, part=part, language=language, dropped=dropped))
    return versions


def _may_be_both(blocks: Sequence[Block]) -> bool:
    """A quick look: a good part of the letters in paragraphs with Kazakh letters, and in some without any."""
    kazakh = russian = 0
    for block in blocks:
        size = _letters(block.text)
        if size >= _FEWEST_LETTERS:
            special = sum(character in _KAZAKH_LETTERS for character in block.text)
            if special == 0 and any("\u0400" <= character <= "\u04ff" for character in block.text):
                russian += size
            else:
                kazakh += size
    return min(kazakh, russian) >= _MIN_RATIO / 2 * max(kazakh, russian) and min(kazakh, russian) > 0


def _languages(blocks: Sequence[Block]) -> list[str]:
    """`kk` or `ru` for each block; one whose own language can't be told goes with the one before it."""
    told: list[str | None] = []
    for block in blocks:
        language = identify_language(block.text) if _letters(block.text) >= _FEWEST_LETTERS else None
        told.append(language if language in ("kk", "ru") else None)
    current = next((language for language in told if language is not None), "ru")
    languages = []
    for language in told:
        current = language or current
        languages.append(current)
    return languages


def _matched(letters: Sequence[int], languages: Sequence[str]) -> int:
    """The letters in stretches that stand beside an equally long one in the other language, pair by pair."""
    runs = [
        sum(letters[place] for place, _ in group)
        for _, group in groupby(enumerate(languages), key=lambda numbered: numbered[1])
    ]
    best_at_two, best_at_one = 0, 0
    for place, size in enumerate(runs):
        best = best_at_one
        if place:
            before = runs[place - 1]
            smaller, larger = sorted((before, size))
            if smaller >= _MIN_RATIO * larger:
                best = max(best, best_at_two + before + size)
        best_at_two, best_at_one = best_at_one, best
    return best_at_one


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _sum(letters: Sequence[int], languages: Sequence[str], language: str) -> int:
    return sum(size for size, spoken in zip(letters, languages, strict=True) if spoken == language)
