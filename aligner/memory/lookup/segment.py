"""A part of the index that never changes: one language's side of some units, as arrays.

Units stand in the order of their number of words, so that all of about one length are a range, in every posting list
as well. Words, stems and texts are known by 64-bit hashes in ascending order: finding one is a binary search, merging
two segments a merge of numbers, and no string is kept but the forms that a concordance looks through.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.memory.lookup.words import MARK, NUMBER, fold, form_of, kind_of, normalised, stem_of, tokens_of

__all__ = ["ANY_NUMBER", "Segment", "SegmentBuilder", "hash_of", "merge_segments", "ragged"]

Ints = NDArray[np.int64]

ANY_NUMBER = "#"
_NO_16_BITS = re.compile("[\ud800-\udfff\U00010000-\U0010ffff]")
_LOW_32 = np.uint64(0xFFFFFFFF)


def hash_of(text: str) -> int:
    """64 bits of BLAKE2b: the same on every machine and in every run."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """N units with T tokens of V kinds, F forms (words in small letters, numbers as written) and S stems.

    A unit is known by its rank, 0 … N−1. `starts` are where its tokens begin. `id_ranks` are the ranks in the order of
    `sorted_ids`, `text_ranks` in that of `text_hashes`. A form's or stem's postings are ranks in ascending order.
    `form_letters` are the folded forms as UTF-16, a line each; a character that needs more than 16 bits is `\\ufffd`.
    """

    unit_ids: NDArray[np.int64]  # [N]
    sorted_ids: NDArray[np.int64]  # [N], ascending
    id_ranks: NDArray[np.uint32]  # [N]
    word_counts: NDArray[np.uint32]  # [N], ascending
    starts: NDArray[np.int64]  # [N + 1]
    tokens: NDArray[np.uint32]  # [T], places among the V
    text_hashes: NDArray[np.uint64]  # [N], ascending
    text_ranks: NDArray[np.uint32]  # [N]
    token_hashes: NDArray[np.uint64]  # [V], ascending
    token_kinds: NDArray[np.uint8]  # [V]
    token_forms: NDArray[np.uint32]  # [V], places among the F; of marks 0
    token_stems: NDArray[np.uint32]  # [V], places among the S; of marks 0
    form_hashes: NDArray[np.uint64]  # [F], ascending
    form_starts: NDArray[np.int64]  # [F + 1], places in form_letters
    form_letters: NDArray[np.uint16]
    form_posting_starts: NDArray[np.int64]  # [F + 1]
    form_postings: NDArray[np.uint32]
    stem_hashes: NDArray[np.uint64]  # [S], ascending
    stem_posting_starts: NDArray[np.int64]  # [S + 1]
    stem_postings: NDArray[np.uint32]

    def __len__(self) -> int:
        return len(self.unit_ids)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Everything, by name: `Segment(**arrays)` is the segment again."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    def ranks_of_units(self, unit_ids: NDArray[np.int64]) -> NDArray[np.uint32]:
        """The ranks of those of the units that are here."""
        if not len(self):
            return self.id_ranks
        places = np.minimum(np.searchsorted(self.sorted_ids, unit_ids), len(self) - 1)
        found: NDArray[np.uint32] = self.id_ranks[places[self.sorted_ids[places] == unit_ids]]
        return found

    def ranks_of_text(self, text: str) -> NDArray[np.uint32]:
        """The ranks of the units with this text, white space aside (and, once in 10¹³ times, of another one)."""
        key = np.uint64(hash_of(normalised(text)))
        first, last = np.searchsorted(self.text_hashes, key), np.searchsorted(self.text_hashes, key, "right")
        return self.text_ranks[first:last]


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """Tokens by their numbers: hashes of themselves, their forms and stems; and the letters of forms by hash."""

    hashes: NDArray[np.uint64]
    kinds: NDArray[np.uint8]
    forms: NDArray[np.uint64]
    stems: NDArray[np.uint64]
    form_hashes: NDArray[np.uint64]
    form_sizes: NDArray[np.int64]
    form_letters: NDArray[np.uint16]


class _Numbers(dict[str, int]):
    """Numbers each new token by the order of its first coming."""

    def __missing__(self, token: str) -> int:
        number = self[token] = len(self)
        return number


class SegmentBuilder:
    """Takes units one by one, and makes a segment of them."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._numbers = _Numbers()
        self._unit_ids, self._sizes = array("q"), array("q")
        self._text_hashes, self._tokens = array("Q"), array("I")

    def __len__(self) -> int:
        return len(self._unit_ids)

    def add(self, unit_id: int, text: str) -> None:
        """Take in a unit. An id is given once."""
        clean = normalised(text)
        tokens = tokens_of(clean)
        self._unit_ids.append(unit_id)
        self._sizes.append(len(tokens))
        self._text_hashes.append(hash_of(clean))
        self._tokens.extend(map(self._numbers.__getitem__, tokens))

    def segment(self) -> Segment:
        """What has been taken in."""
        return _assembled(
            np.array(self._unit_ids, np.int64),
            np.array(self._sizes, np.int64),
            np.array(self._text_hashes, np.uint64),
            np.array(self._tokens, np.uint32),
            _vocabulary(self._numbers, self._language),
        )


def _vocabulary(tokens: Iterable[str], language: str) -> _Vocabulary:
    listed = list(tokens)
    hashes, forms, stems = (np.zeros(len(listed), np.uint64) for _ in range(3))
    kinds = np.zeros(len(listed), np.uint8)
    letters: dict[int, str] = {}
    for place, token in enumerate(listed):
        hashes[place] = hash_of(token)
        kinds[place] = kind = kind_of(token)
        if kind != MARK:
            form = form_of(token)
            forms[place] = key = hash_of(form)
            stems[place] = hash_of(ANY_NUMBER if kind == NUMBER else stem_of(form, language))
            letters[key] = _NO_16_BITS.sub("\ufffd", fold(form))
    return _Vocabulary(
        hashes,
        kinds,
        forms,
        stems,
        np.fromiter(letters, np.uint64, len(letters)),
        np.fromiter(map(len, letters.values()), np.int64, len(letters)),
        np.frombuffer("".join(letters.values()).encode("utf-16-le"), np.uint16),
    )


def merge_segments(segments: Sequence[Segment], kept: Sequence[NDArray[np.bool_]]) -> Segment:
    """One segment of those units of several that are `kept` (by rank, a mask for each segment)."""
    unit_ids, sizes, text_hashes, tokens = [], [], [], []
    offset = 0
    for segment, mask in zip(segments, kept, strict=True):
        ranks = np.flatnonzero(mask)
        own_sizes = np.diff(segment.starts)[ranks]
        own_hashes = np.zeros(len(segment), np.uint64)
        own_hashes[segment.text_ranks] = segment.text_hashes
        unit_ids.append(segment.unit_ids[ranks])
        sizes.append(own_sizes)
        text_hashes.append(own_hashes[ranks])
        tokens.append(segment.tokens[ragged(segment.starts[ranks], own_sizes)] + np.uint32(offset))
        offset += len(segment.token_hashes)
    form_sizes = [np.diff(segment.form_starts) - 1 for segment in segments]
    vocabulary = _Vocabulary(
        np.concatenate([segment.token_hashes for segment in segments]),
        np.concatenate([segment.token_kinds for segment in segments]),
        np.concatenate([_at(segment.form_hashes, segment.token_forms) for segment in segments]),
        np.concatenate([_at(segment.stem_hashes, segment.token_stems) for segment in segments]),
        np.concatenate([segment.form_hashes for segment in segments]),
        np.concatenate(form_sizes),
        np.concatenate(
            [
                segment.form_letters[ragged(segment.form_starts[:-1], own)]
                for segment, own in zip(segments, form_sizes, strict=True)
            ]
        ),
    )
    return _assembled(
        np.concatenate(unit_ids),
        np.concatenate(sizes),
        np.concatenate(text_hashes),
        np.concatenate(tokens),
        vocabulary,
    )


def _at(values: NDArray[np.uint64], places: NDArray[np.uint32]) -> NDArray[np.uint64]:
    return values[places] if len(values) else np.zeros(len(places), np.uint64)


def _assembled(
    unit_ids: Ints, sizes: Ints, text_hashes: NDArray[np.uint64], tokens: NDArray[np.uint32], known: _Vocabulary
) -> Segment:
    """Units in any order, with tokens of a vocabulary that may hold a token twice, or one that nothing uses."""
    used = np.zeros(len(known.hashes), np.bool_)
    used[tokens] = True
    token_hashes, first = np.unique(known.hashes[used], return_index=True)
    first = np.flatnonzero(used)[first]
    kinds = known.kinds[first]
    tokens = np.searchsorted(token_hashes, known.hashes).astype(np.uint32)[tokens]

    is_counted = kinds[tokens] != MARK
    ends = np.cumsum(sizes)
    counted_before = np.concatenate(([0], np.cumsum(is_counted)))
    word_counts = counted_before[ends] - counted_before[ends - sizes]
    order = np.argsort(word_counts, kind="stable")
    tokens = tokens[ragged((ends - sizes)[order], sizes[order])]
    starts = np.concatenate(([0], np.cumsum(sizes[order])))

    words = kinds != MARK
    form_hashes, stem_hashes = _distinct(known.forms[first][words]), _distinct(known.stems[first][words])
    token_forms = np.where(words, np.searchsorted(form_hashes, known.forms[first]), 0).astype(np.uint32)
    token_stems = np.where(words, np.searchsorted(stem_hashes, known.stems[first]), 0).astype(np.uint32)
    ranks = np.repeat(np.arange(len(order), dtype=np.uint64), sizes[order])
    is_counted = words[tokens]
    tokens_counted, ranks = tokens[is_counted], ranks[is_counted]
    form_posting_starts, form_postings = _postings(token_forms[tokens_counted], ranks, len(form_hashes))
    stem_posting_starts, stem_postings = _postings(token_stems[tokens_counted], ranks, len(stem_hashes))

    letters_of, letter_ends = np.unique(known.form_hashes, return_index=True)[1], np.cumsum(known.form_sizes)
    letters_of = letters_of[np.isin(known.form_hashes[letters_of], form_hashes)]
    letter_sizes = known.form_sizes[letters_of]
    form_starts = np.concatenate(([0], np.cumsum(letter_sizes + 1)))
    form_letters = np.full(form_starts[-1], ord("\n"), np.uint16)
    form_letters[ragged(form_starts[:-1], letter_sizes)] = known.form_letters[
        ragged((letter_ends - known.form_sizes)[letters_of], letter_sizes)
    ]
    id_ranks = np.argsort(unit_ids[order], kind="stable").astype(np.uint32)
    text_ranks = np.argsort(text_hashes[order], kind="stable").astype(np.uint32)
    return Segment(
        unit_ids=unit_ids[order],
        sorted_ids=unit_ids[order][id_ranks],
        id_ranks=id_ranks,
        word_counts=word_counts[order].astype(np.uint32),
        starts=starts,
        tokens=tokens,
        text_hashes=text_hashes[order][text_ranks],
        text_ranks=text_ranks,
        token_hashes=token_hashes,
        token_kinds=kinds,
        token_forms=token_forms,
        token_stems=token_stems,
        form_hashes=form_hashes,
        form_starts=form_starts,
        form_letters=form_letters,
        form_posting_starts=form_posting_starts,
        form_postings=form_postings,
        stem_hashes=stem_hashes,
        stem_posting_starts=stem_posting_starts,
        stem_postings=stem_postings,
    )


def _postings(
    terms: NDArray[np.uint32], ranks: NDArray[np.uint64], count: int
) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """For each of `count` terms the ranks it stands at, each once, ascending; and where its ranks begin."""
    keys = _distinct((terms.astype(np.uint64) << np.uint64(32)) | ranks)
    sizes = np.bincount((keys >> np.uint64(32)).astype(np.int64), minlength=count)
    return np.concatenate(([0], np.cumsum(sizes))), (keys & _LOW_32).astype(np.uint32)


def _distinct(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Ascending, each once. `np.unique` goes through a hash table since NumPy 2.3, many times slower for millions."""
    ordered = np.sort(keys)
    is_first = np.ones(len(ordered), np.bool_)
    is_first[1:] = ordered[1:] != ordered[:-1]
    return ordered[is_first]


def ragged(starts: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """The places of many runs, one after another: `starts[0] … starts[0] + sizes[0] − 1`, and so on."""
    ends = np.cumsum(sizes)
    total = int(ends[-1]) if len(ends) else 0
    places: NDArray[np.int64] = np.arange(total) + np.repeat(starts - (ends - sizes), sizes)
    return places
