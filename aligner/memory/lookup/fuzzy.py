"""The units of a segment that are most like a query, found without looking at most of them.

A unit can only reach a similarity if it is about as long as the query and shares enough stems with it; so it shares
one of the rarest few of the query's stems (the prefix filter of S. Chaudhuri, V. Ganti, R. Kaushik: A primitive
operator for similarity joins in data cleaning, ICDE 2006). Their postings, within the range of lengths, are counted;
those who may still reach it are scored by rapidfuzz, the most promising first, until none of the rest can come among
the best. Nothing that reaches the similarity is lost.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.memory.lookup.segment import ANY_NUMBER, Segment, hash_of, ragged
from aligner.memory.lookup.similarity import FORMS_WEIGHT, STEMS_WEIGHT, TOKENS_WEIGHT
from aligner.memory.lookup.words import MARK, NUMBER, Words

__all__ = ["Scorer", "most_similar"]

_SCORED_AT_ONCE = 384
_FEW = 1_500
_SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class _Level:
    """One way of reading the query: its terms as letters, and the letter of each term of the segment (0: none)."""

    letters: str
    letter_of: NDArray[np.uint16]


class Scorer:
    """`similarity_of_words` of a query and many units of one segment, at once."""

    def __init__(self, segment: Segment, query: Words) -> None:
        self._segment = segment
        self._stems = _level(query.stems, segment.stem_hashes)
        self._forms = _level(query.forms, segment.form_hashes)
        self._any_number = ord(self._forms.letters[query.forms.index(ANY_NUMBER)]) if query.numbers else 0
        self._tokens = _level(query.tokens, segment.token_hashes)

    def scores(self, ranks: NDArray[np.int64], at_least: float = 0.0) -> NDArray[np.float64]:
        """The similarity of each unit; 0 for those that can't reach `at_least`."""
        segment = self._segment
        sizes = segment.starts[ranks + 1] - segment.starts[ranks]
        tokens = segment.tokens[ragged(segment.starts[ranks], sizes)]
        is_counted = segment.token_kinds[tokens] != MARK
        words = tokens[is_counted]
        counts = segment.word_counts[ranks].astype(np.int64)
        stems = _alike(self._stems.letters, self._stems.letter_of[segment.token_stems[words]], counts)
        scores = np.zeros(len(ranks))
        near = np.flatnonzero((1 - TOKENS_WEIGHT) * stems + TOKENS_WEIGHT >= at_least - _SLACK)
        if len(near):
            runs = ragged((np.cumsum(counts) - counts)[near], counts[near])
            forms = _alike(self._forms.letters, self._form_letters(words[runs]), counts[near])
            runs = ragged((np.cumsum(sizes) - sizes)[near], sizes[near])
            whole = _alike(self._tokens.letters, self._tokens.letter_of[tokens[runs]], sizes[near])
            scores[near] = STEMS_WEIGHT * stems[near] + FORMS_WEIGHT * forms + TOKENS_WEIGHT * whole
        return scores

    def _form_letters(self, words: NDArray[np.uint32]) -> NDArray[np.uint16]:
        """A number has many forms, but in a comparison they are all the same."""
        letters = self._forms.letter_of[self._segment.token_forms[words]]
        letters[self._segment.token_kinds[words] == NUMBER] = self._any_number
        return letters


def most_similar(
    segment: Segment, is_dead: NDArray[np.bool_], query: Words, at_least: float, limit: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The ranks and similarities of the `limit` units that are most like the query, the best first."""
    size = len(query.stems)
    # Forms are alike in no more words than stems, and tokens may be the same wherever those differ.
    stems_at_least = max(_SLACK, (at_least - TOKENS_WEIGHT) / (1 - TOKENS_WEIGHT) - _SLACK)
    shortest = math.ceil(stems_at_least * size)
    longest = math.floor(size / stems_at_least)
    low, high = np.searchsorted(segment.word_counts, (max(1, shortest), longest + 1))
    nothing = np.zeros(0, np.int64), np.zeros(0)
    if not size or low >= high:
        return nothing
    shared = _shared_stems(segment, query, size - max(1, shortest) + 1, int(low), int(high))
    candidates = np.flatnonzero(shared)
    candidates = candidates[~is_dead[low + candidates]]
    lengths = segment.word_counts[low + candidates].astype(np.int64)
    longer = np.maximum(lengths, size)
    bounds = np.minimum(shared[candidates], np.minimum(lengths, size)) / longer
    is_possible = bounds >= stems_at_least - _SLACK
    candidates, bounds = candidates[is_possible], bounds[is_possible]
    order = np.argsort(-bounds, kind="stable")
    ranks, bounds = low + candidates[order], (1 - TOKENS_WEIGHT) * bounds[order] + TOKENS_WEIGHT
    scorer = Scorer(segment, query)
    best_ranks, best_scores = nothing
    for start in range(0, len(ranks), _SCORED_AT_ONCE):
        enough = best_scores[-1] if len(best_scores) == limit else at_least
        if bounds[start] < enough - _SLACK:
            break
        chunk = ranks[start : start + _SCORED_AT_ONCE]
        scores = scorer.scores(chunk, enough)
        near = scores >= at_least - _SLACK
        best_ranks, best_scores = np.concatenate((best_ranks, chunk[near])), np.concatenate((best_scores, scores[near]))
        best = np.argsort(-best_scores, kind="stable")[:limit]
        best_ranks, best_scores = best_ranks[best], best_scores[best]
    return best_ranks, best_scores


def _shared_stems(segment: Segment, query: Words, needed: int, low: int, high: int) -> NDArray[np.uint16]:
    """At most how many of its words the query shares with each unit of a range of ranks; 0 where too few.

    `needed` is how many of the query's words are looked for in any case, the rarest first.
    """
    counts = Counter(query.stems)
    hashes = np.array([hash_of(stem) for stem in counts], np.uint64)
    places = np.searchsorted(segment.stem_hashes, hashes)
    postings: list[tuple[int, NDArray[np.uint32]]] = []
    for count, place, key in zip(counts.values(), places, hashes, strict=True):
        if place < len(segment.stem_hashes) and segment.stem_hashes[place] == key:
            first, last = segment.stem_posting_starts[place : place + 2]
            run = segment.stem_postings[first:last]
            first, last = np.searchsorted(run, np.array((low, high), run.dtype))
            postings.append((count, run[first:last]))
        else:
            needed -= count
    postings.sort(key=lambda each: len(each[1]))
    shared = np.zeros(high - low, np.uint16)
    done = 0
    for count, run in postings:
        if needed <= 0:
            break
        shared[run - np.uint32(low)] += count
        needed -= count
        done += 1
    rest = postings[done:]
    if rest:
        is_candidate = shared > 0
        if np.count_nonzero(is_candidate) > _FEW:
            for count, run in rest:
                shared[run - np.uint32(low)] += count
            shared[~is_candidate] = 0
        else:
            shared[is_candidate] += sum(count for count, _ in rest)
    return shared


def _level(terms: Sequence[str], hashes: NDArray[np.uint64]) -> _Level:
    """A letter for each different term, from 1 on, past the surrogates that would be no letters."""
    letters = {term: number + 1 for number, term in enumerate(dict.fromkeys(terms))}
    letter_of = np.zeros(len(hashes), np.uint16)
    if letters and len(hashes):
        keys = np.array([hash_of(term) for term in letters], np.uint64)
        places = np.minimum(np.searchsorted(hashes, keys), len(hashes) - 1)
        known = hashes[places] == keys
        letter_of[places[known]] = np.array(list(letters.values()), np.uint16)[known]
    return _Level("".join(chr(letters[term]) for term in terms), letter_of)


def _alike(query: str, letters: NDArray[np.uint16], sizes: NDArray[np.int64]) -> NDArray[np.float64]:
    """1 − edits / the longer length, of the query and each of the texts that stand one after another in `letters`."""
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import cdist

    joined = letters.tobytes().decode("utf-16-le")
    ends = np.cumsum(sizes)
    texts = [joined[start:end] for start, end in zip((ends - sizes).tolist(), ends.tolist(), strict=True)]
    edits = cdist([query], texts, scorer=Levenshtein.distance, dtype=np.int32)[0]
    longer = np.maximum(sizes, len(query))
    alike: NDArray[np.float64] = 1 - edits / np.maximum(longer, 1)
    return alike
