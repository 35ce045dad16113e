"""How alike two texts are, as a percentage that a translator would agree with.

    similarity = 0.7 · stems + 0.2 · forms + 0.1 · tokens

Each of the three is 1 − (edits / the longer length), in words: how many must be replaced, left out or put in
(Levenshtein). So one other word among ten costs 10 %, one inflected word 3 %, a capital or a comma 1 %. A number is a
placeable: it costs nothing where the memory's can be replaced by the query's, and as much as an inflected word where
it can't. What is not the same text is never more than 99 %.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from aligner.memory.lookup.words import Words, words_of

__all__ = ["FORMS_WEIGHT", "STEMS_WEIGHT", "TOKENS_WEIGHT", "percent_of", "similarity", "similarity_of_words"]

STEMS_WEIGHT, FORMS_WEIGHT, TOKENS_WEIGHT = 0.7, 0.2, 0.1


def similarity(left: str, right: str, language: str) -> float:
    """How alike two texts in the same language are, 0 to 1, with all numbers alike but for the tokens' tenth."""
    return similarity_of_words(words_of(left, language), words_of(right, language))


def similarity_of_words(left: Words, right: Words) -> float:
    """`similarity` of texts that have been taken apart."""
    return (
        STEMS_WEIGHT * _alike(left.stems, right.stems)
        + FORMS_WEIGHT * _alike(left.forms, right.forms)
        + TOKENS_WEIGHT * _alike(left.tokens, right.tokens)
    )


def percent_of(query: Words, source: Words, fixed_numbers: Sequence[tuple[str, str]] | None) -> int:
    """The percentage of a match that is not exact, 0 to 99.

    `fixed_numbers` are the numbers of the source and what takes their place; None where that is not clear.
    """
    changes = dict(fixed_numbers or ())
    adapted = Words(
        tuple(changes.get(token, token) for token in source.tokens), source.forms, source.stems, source.numbers
    )
    alike = similarity_of_words(query, adapted)
    if fixed_numbers is None and query.numbers != source.numbers:
        longer = max(len(query.forms), len(source.forms))
        alike -= FORMS_WEIGHT * _edits(query.numbers, source.numbers) / longer
    return max(0, min(99, math.floor(100 * alike + 1e-6)))


def _alike(left: Sequence[str], right: Sequence[str]) -> float:
    longer = max(len(left), len(right))
    return 1 - _edits(left, right) / longer if longer else 1.0


def _edits(left: Sequence[str], right: Sequence[str]) -> int:
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance(left, right)
