"""Parallel sentences in two heaps of sentences that are in no common order."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.mine.margin import NEIGHBOURS, Candidates, find_candidates
from aligner.mine.neighbours import EXACT_UP_TO, CentredVectors, Recall, find_neighbours
from aligner.mine.score import features_of, log_odds, number_mismatch

__all__ = ["TAKEN_FROM", "MinedPair", "Mining", "mine_pairs", "one_to_one", "without_identical"]

Floats = NDArray[np.float32]
Progress = Callable[[str, int, int], None]

TAKEN_FROM = 0.5
"""The probability from which a pair is taken for a translation, unless the caller wants another."""


@dataclass(frozen=True, slots=True)
class MinedPair:
    """A Kazakh and a Russian sentence held to translate each other.

    `kk_place`, `ru_place`: their places in what was searched. `margin`: their ratio margin, above 1 where they are
    nearer to each other than to their neighbours. `score`: the probability that they are translations.
    """

    kk: str
    ru: str
    kk_place: int
    ru_place: int
    margin: float
    cosine: float
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mining:
    """The pairs, in the order of the Kazakh sentences, and how they were found.

    `identical`: how many candidates were the same text on both sides. `recall`: what the approximate search found
    for the Kazakh and for the Russian sentences; None for each that was exact.
    """

    pairs: tuple[MinedPair, ...]
    identical: int
    recall: tuple[Recall | None, Recall | None]


def mine_pairs(
    kk: Sequence[str],
    ru: Sequence[str],
    kk_vectors: NDArray[Any],
    ru_vectors: NDArray[Any],
    usual_means: tuple[Floats, Floats] | None = None,
    least_score: float = TAKEN_FROM,
    exact_up_to: int = EXACT_UP_TO,
    progress: Progress | None = None,
) -> Mining:
    """Find the translations among distinct sentences; each sentence is in one pair at most.

    `kk_vectors` `[len(kk), d]` and `ru_vectors` `[len(ru), d]` are unit vectors of any float type, memory maps too.
    `usual_means`: what the encoder gives for Kazakh and for Russian on average, `[d]` each. Up to `exact_up_to`
    comparisons of two sentences the search is exact.
    """
    left = CentredVectors(kk_vectors, usual_means[0] if usual_means else None)
    right = CentredVectors(ru_vectors, usual_means[1] if usual_means else None)
    forward = find_neighbours(left, right, NEIGHBOURS, exact_up_to, progress)
    backward = find_neighbours(right, left, NEIGHBOURS, exact_up_to, progress)
    found = find_candidates(left, right, forward, backward)
    candidates, identical = without_identical(found, kk, ru)
    odds = log_odds(candidates, features_of(candidates, kk, ru, progress))
    pairs = []
    for number in one_to_one(candidates, odds, _log_odds_of(least_score)):
        i, j = int(candidates.left[number]), int(candidates.right[number])
        reason = number_mismatch(kk[i], ru[j])
        pairs.append(
            MinedPair(
                kk[i],
                ru[j],
                i,
                j,
                float(candidates.margins[number]),
                float(candidates.cosines[number]),
                1 / (1 + math.exp(-float(odds[number]))),
                (reason,) if reason else (),
            )
        )
    return Mining(tuple(pairs), identical, (forward.recall, backward.recall))


def without_identical(found: Candidates, kk: Sequence[str], ru: Sequence[str]) -> tuple[Candidates, int]:
    """The candidates whose texts differ by more than signs and capitals, and how many others there were."""
    differs = np.array(
        [_letters(kk[i]) != _letters(ru[j]) for i, j in zip(found.left.tolist(), found.right.tolist(), strict=True)],
        bool,
    )
    kept = Candidates(found.left[differs], found.right[differs], found.cosines[differs], found.margins[differs])
    return kept, len(differs) - len(kept.left)


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text)).casefold()


def one_to_one(candidates: Candidates, scores: Floats, least: float) -> list[int]:
    """The places of the candidates that are taken, in order: always the best that is free, down to `least`."""
    left, right = candidates.left, candidates.right
    # Of equals the same ones are taken whichever language is on the left.
    order = np.lexsort((np.abs(left - right), left + right, -scores))
    free_left, free_right = set(left.tolist()), set(right.tolist())
    taken = []
    for number in order[scores[order] >= least].tolist():
        i, j = int(left[number]), int(right[number])
        if i in free_left and j in free_right:
            free_left.remove(i)
            free_right.remove(j)
            taken.append(number)
    return sorted(taken)


def _log_odds_of(probability: float) -> float:
    if probability <= 0:
        return -math.inf
    return math.inf if probability >= 1 else math.log(probability / (1 - probability))
