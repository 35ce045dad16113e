"""How probable it is that a candidate is a translation, from its cosine, its margin over rivals, and the texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.evidence import compare_figures
from aligner.mine.margin import PLAUSIBLE_FROM, Candidates

__all__ = ["Features", "Weights", "features_of", "gaps", "log_odds", "number_mismatch"]

Floats = NDArray[np.float32]
Progress = Callable[[str, int, int], None]

_TOLD_EVERY = 1_000
_LENGTH_SLACK = 20
"""Characters added to both lengths: a short text varies in length for reasons of grammar alone."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature adds to the log-odds, fitted by `benchmarks/mining_weights.py` on X-WMT among other text.

    The margin itself adds nothing to the cosine and the gap: it falls as a set grows, and they hardly do.
    """

    bias: float = -6.92
    cosine: float = 11.64
    gap: float = 7.97
    figures: float = -0.64
    length: float = -4.64


@dataclass(frozen=True, slots=True)
class Features:
    """What speaks for and against each candidate, float32 `[c]` each.

    `cosine`: of the centred vectors. `figures`: 1 where the texts' figures contradict each other, else 0. `length`:
    the absolute log ratio of the lengths in characters.
    """

    cosine: Floats
    figures: Floats
    length: Floats


def features_of(
    candidates: Candidates, kk: Sequence[str], ru: Sequence[str], progress: Progress | None = None
) -> Features:
    """Look at the texts of each candidate."""
    figures = np.zeros(len(candidates.left), np.float32)
    length = np.zeros(len(candidates.left), np.float32)
    for number, (i, j) in enumerate(zip(candidates.left.tolist(), candidates.right.tolist(), strict=True)):
        if progress and number % _TOLD_EVERY == 0:
            progress("comparing", number, len(figures))
        figures[number] = number_mismatch(kk[i], ru[j]) is not None
        length[number] = abs(np.log((len(kk[i]) + _LENGTH_SLACK) / (len(ru[j]) + _LENGTH_SLACK)))
    if progress:
        progress("comparing", len(figures), len(figures))
    return Features(candidates.cosines, figures, length)


def number_mismatch(kk: str, ru: str) -> str | None:
    """The reason `number_mismatch: … ≠ …`, or None where the figures agree."""
    compared = compare_figures(kk, ru)
    if not compared.only_kk and not compared.only_ru:
        return None
    only_kk, only_ru = (", ".join(sorted(only)) or "∅" for only in (compared.only_kk, compared.only_ru))
    return f"number_mismatch: {only_kk} ≠ {only_ru}"


def log_odds(candidates: Candidates, features: Features, weights: Weights | None = None) -> Floats:
    """The log-odds `[c]` that each candidate is a translation."""
    weights = weights or Weights()
    odds: Floats = (
        weights.bias
        + weights.cosine * features.cosine
        + weights.gap * gaps(candidates, features, weights)
        + _spoken(features, weights)
    ).astype(np.float32)
    return odds


def gaps(candidates: Candidates, features: Features, weights: Weights) -> Floats:
    """How far the margin of each candidate stands above the best other one of either of its sentences, -1..1, `[c]`.

    Each margin is first lowered by what its texts say: of two sentences that differ in a figure alone, the figure
    decides.
    """
    lowered = (candidates.margins + _spoken(features, weights) / weights.gap).astype(np.float32)
    rival = np.maximum(_rivals(candidates.left, lowered), _rivals(candidates.right, lowered))
    gap: Floats = np.clip(lowered - rival, -1, 1)
    return gap


def _spoken(features: Features, weights: Weights) -> Floats:
    spoken: Floats = weights.figures * features.figures + weights.length * features.length
    return spoken


def _rivals(places: NDArray[np.int64], values: Floats) -> Floats:
    """For each candidate the best value of another one at the same place; where there is none, what is plausible."""
    size = int(places.max()) + 1 if len(places) else 0
    order = np.lexsort((-values, places))
    first = np.append(True, np.diff(places[order]) > 0)[: len(order)]
    second = np.append(False, first[:-1])[: len(order)] & ~first
    best, runner_up = np.full(size, -1, np.int64), np.full(size, PLAUSIBLE_FROM, np.float32)
    best[places[order[first]]] = order[first]
    runner_up[places[order[second]]] = values[order[second]]
    is_best = best[places] == np.arange(len(places))
    rivals: Floats = np.maximum(np.where(is_best, runner_up[places], values[best[places]]), PLAUSIBLE_FROM)
    return rivals
