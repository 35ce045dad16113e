"""Concordance: where words or parts of words stand in the memory, in either language, whatever their endings.

A search runs over the words of the index, not over the text: the forms that hold what is searched are found first
(there are some hundred thousand of them for a million units), then the units they stand in, the shorter first. Marks
between words play no part.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.memory.lookup.index import Index, Part
from aligner.memory.lookup.lookup import PATIENCE_S, Lookup
from aligner.memory.lookup.matches import Hit, Language, Mode
from aligner.memory.lookup.segment import Segment, hash_of, ragged
from aligner.memory.lookup.words import (
    MARK,
    NUMBER,
    fold,
    form_of,
    kind_of,
    normalised,
    stem_of,
    tokens_of,
    words_with_places,
)
from aligner.memory.records import StoredUnit

__all__ = ["concordance"]

# Beyond this a form is so frequent that going through the texts, the shorter first, finds enough of them sooner.
_MANY_POSTINGS = 60_000
_RANKS_AT_ONCE = 20_000
# How many times `limit` units are compared before the best are given: a literal hit may stand behind others.
_LOOKED_AT = 3


def concordance(lookup: Lookup, text: str, language: Language, mode: Mode = "substring", limit: int = 50) -> list[Hit]:
    """The units whose side in `language` holds `text`, at most `limit`: literal ones first, then the shorter.

    `substring`: the words stand one after another; the first may end as `text` begins and the last begin as it ends.
    `forms`: the same words with any endings, one after another; where there is no such place, anywhere in the unit.
    In both, case does not matter, and Kazakh letters may be typed as Russian ones («казак» finds «қазақ»).
    Rejected units are never found. A ValueError where `text` holds no word or number.
    """
    words = [token for token in tokens_of(normalised(text)) if kind_of(token) != MARK]
    if not words:
        raise ValueError("there is no word to search for")
    if limit < 1:
        raise ValueError("limit is 1 or more")
    lookup.index.catch_up(patience_s=PATIENCE_S)
    search = _substring_search(words) if mode == "substring" else _form_search(words, language)
    hits: list[Hit] = []
    for ids in _found(lookup.index, language, search, limit * _LOOKED_AT):
        hits += [
            hit for unit in lookup.memory.stored_units(ids) if (hit := _hit(unit, language, text, search)) is not None
        ]
    hits.sort(key=lambda hit: (not hit.is_literal, len(hit.spans) == 0, len(hit.source), hit.unit))
    return hits[:limit]


@dataclass(frozen=True, slots=True)
class _Search:
    """`terms`: for a segment, one set of forms (a mask over them) for each word. `matches`: whether a word of a text
    is the one at a place of the search; `span` which part of it. `is_loose`: the words may stand apart."""

    size: int
    terms: Callable[[Part], list[NDArray[np.bool_]]]
    span: Callable[[str, int], tuple[int, int] | None]
    is_loose: bool


def _substring_search(words: Sequence[str]) -> _Search:
    folded = [fold(form_of(word)) for word in words]
    last = len(folded) - 1
    # A single letter stands in nearly every word; it is only searched as a word.
    is_open = [(place == 0 and len(word) > 1, place == last and len(word) > 1) for place, word in enumerate(folded)]

    def terms(part: Part) -> list[NDArray[np.bool_]]:
        masks = []
        for word, (before, after) in zip(folded, is_open, strict=True):
            line = ("" if before else "\n") + word + ("" if after else "\n")
            places = _places(part.lines, line)
            mask = np.zeros(len(part.segment.form_hashes), np.bool_)
            # A line begins one letter later in the lines than in the segment.
            mask[np.searchsorted(part.segment.form_starts, places - before, "right") - 1] = True
            masks.append(mask)
        return masks

    def span(word: str, place: int) -> tuple[int, int] | None:
        sought, small = folded[place], fold(word)
        before, after = is_open[place]
        start = small.find(sought) if after else len(small) - len(sought)
        if start < 0 or not small.startswith(sought, start) or (start > 0 and not before):
            return None
        return start, start + len(sought)

    return _Search(len(folded), terms, span, is_loose=False)


def _places(text: str, sought: str) -> NDArray[np.int64]:
    """Where `sought` begins in `text`."""
    places = array("q")
    place = text.find(sought)
    while place >= 0:
        places.append(place)
        place = text.find(sought, place + 1)
    return np.array(places, np.int64)


def _form_search(words: Sequence[str], language: Language) -> _Search:
    keys = [_key(word, language) for word in words]
    hashes = [hash_of(key) for key in keys]

    def terms(part: Part) -> list[NDArray[np.bool_]]:
        segment, masks = part.segment, []
        for word, key in zip(words, hashes, strict=True):
            mask = np.zeros(len(segment.form_hashes), np.bool_)
            if kind_of(word) == NUMBER:
                mask[segment.form_hashes == np.uint64(hash_of(form_of(word)))] = True
            else:
                is_word = (segment.stem_hashes == np.uint64(key))[segment.token_stems] if len(mask) else mask
                mask[segment.token_forms[is_word & (segment.token_kinds != MARK)]] = True
            masks.append(mask)
        return masks

    def span(word: str, place: int) -> tuple[int, int] | None:
        return (0, len(word)) if _key(word, language) == keys[place] else None

    return _Search(len(keys), terms, span, is_loose=True)


def _key(word: str, language: Language) -> str:
    form = form_of(word)
    return form if kind_of(word) == NUMBER else stem_of(form, language)


def _found(index: Index, language: Language, search: _Search, limit: int) -> Iterator[list[int]]:
    """The ids of units that hold the words, at most `limit` of each part, the shorter first."""
    for part in index.parts(language):
        masks = search.terms(part)
        if all(mask.any() for mask in masks):
            yield part.segment.unit_ids[_ranks(part, masks, limit, search.is_loose)].tolist()


def _ranks(part: Part, masks: list[NDArray[np.bool_]], limit: int, is_loose: bool) -> NDArray[np.int64]:
    """Ranks of units where the words stand one after another; if loose, then those where they stand anywhere."""
    together: list[NDArray[np.int64]] = []
    apart: list[NDArray[np.int64]] = []
    found = 0
    for ranks in _promising(part, masks):
        has_together, has_all = _holding(part.segment, ranks, masks)
        together.append(ranks[has_together])
        apart.append(ranks[has_all & ~has_together])
        found += len(together[-1])
        if found >= limit:
            break
    if is_loose:
        together += apart
    return np.concatenate(together)[:limit]


def _promising(part: Part, masks: list[NDArray[np.bool_]]) -> Iterator[NDArray[np.int64]]:
    """Ascending ranks, some at a time, among which all are that hold a form of each mask."""
    segment = part.segment
    sizes = np.diff(segment.form_posting_starts)
    rarest = min(masks, key=lambda mask: int(sizes[mask].sum()))
    if sizes[rarest].sum() > _MANY_POSTINGS:
        ranks = np.arange(len(segment))
    else:
        forms = np.flatnonzero(rarest)
        postings = segment.form_postings[ragged(segment.form_posting_starts[forms], sizes[forms])]
        is_held = np.zeros(len(segment), np.bool_)
        is_held[postings] = True
        ranks = np.flatnonzero(is_held)
    for start in range(0, len(ranks), _RANKS_AT_ONCE):
        yield part.alive(ranks[start : start + _RANKS_AT_ONCE])


def _holding(
    segment: Segment, ranks: NDArray[np.int64], masks: list[NDArray[np.bool_]]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which of the ranks hold a form of each mask in a row, and which hold them anywhere."""
    sizes = segment.starts[ranks + 1] - segment.starts[ranks]
    tokens = segment.tokens[ragged(segment.starts[ranks], sizes)]
    is_word = segment.token_kinds[tokens] != MARK
    owners = np.repeat(np.arange(len(ranks)), sizes)[is_word]
    forms = segment.token_forms[tokens[is_word]]
    has_all = np.ones(len(ranks), np.bool_)
    in_a_row = np.ones(max(0, len(forms) - len(masks) + 1), np.bool_)
    for place, mask in enumerate(masks):
        is_here = mask[forms]
        has = np.zeros(len(ranks), np.bool_)
        has[owners[is_here]] = True
        has_all &= has
        in_a_row &= is_here[place : place + len(in_a_row)]
        in_a_row &= owners[place : place + len(in_a_row)] == owners[: len(in_a_row)]
    has_together = np.zeros(len(ranks), np.bool_)
    has_together[owners[: len(in_a_row)][in_a_row]] = True
    return has_together, has_all


def _hit(unit: StoredUnit, language: Language, text: str, search: _Search) -> Hit | None:
    """What is found in a unit; None where the words are there but not as they are searched, or it is rejected."""
    if unit.status == "rejected":
        return None
    source, target = (unit.kk, unit.ru) if language == "kk" else (unit.ru, unit.kk)
    words = list(words_with_places(source))
    # For each word of the search, where it is found in each word of the text.
    inner = [[search.span(word, place) for _, word in words] for place in range(search.size)]
    spans: list[tuple[int, int]] = []
    for first in range(len(words) - search.size + 1):
        found = [inner[place][first + place] for place in range(search.size)]
        begin, end = found[0], found[-1]
        if begin and end and all(found):
            spans.append((words[first][0] + begin[0], words[first + search.size - 1][0] + end[1]))
    if not spans and search.is_loose:
        spans = [
            (start, start + len(word))
            for (start, word), found in zip(words, zip(*inner, strict=True), strict=True)
            if any(found)
        ]
    elif not spans:
        return None
    wanted = form_of(normalised(text))
    return Hit(
        source=source,
        target=target,
        spans=tuple(spans),
        is_literal=wanted in form_of(normalised(source)),
        unit=unit.id,
        status=unit.status,
        score=unit.score,
    )
