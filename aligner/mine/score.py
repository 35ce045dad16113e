"""How probable it is that a candidate is a translation, from its margin, its rivals and what the texts say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.evidence import compare_figures
from aligner.mine.margin import PLAUSIBLE_FROM, Candidates

__all__ = ["Features", "Weights", "features_of", "log_odds", "number_mismatch"]

Floats = NDArray[np.float32]
Progress = Callable[[str, int, int], None]

_TOLD_EVERY = 1_000
_LENGTH_SLACK = 20
"""Characters added to both lengths: a short text varies in length for reasons of grammar alone."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature adds to the log-odds. Fitted by `benchmarks/mining_weights.py` on X-WMT among other text."""

    bias: float = -5.39
    margin: float = 3.5
    gap: float = 7.3
    figures: float = -2.6
    length: float = -5.0


@dataclass(frozen=True, slots=True)
class Features:
    """What speaks for and against each candidate, float32 `[c]` each.

    `figures`: 1 where the texts' figures contradict each other, else 0. `length`: the absolute log ratio of the
    lengths in characters.
    """

    margin: Floats
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
    return Features(candidates.margins, figures, length)


def number_mismatch(kk: str, ru: str) -> str | None:
    """The reason `number_mismatch: … ≠ …`, or None where the figures agree."""
    compared = compare_figures(kk, ru)
    if not compared.only_kk and not compared.only_ru:
        return None
    only_kk, only_ru = (", ".join(sorted(only)) or "∅" for only in (compared.only_kk, compared.only_ru))
    return f"number_mismatch: {only_kk} ≠ {only_ru}"


def log_odds(candidates: Candidates, features: Features, weights: Weights | None = None) -> Floats:
    """The log-odds `[c]` that each candidate is a translation.

    The gap is how far it stands above the best other candidate of either of its sentences, each first lowered by
    what its texts say: of two sentences that differ in a figure alone, the figure decides.
    """
    weights = weights or Weights()
    spoken = weights.figures * features.figures + weights.length * features.length
    lowered = (features.margin + spoken / (weights.margin + weights.gap)).astype(np.float32)
    rival = np.maximum(_rivals(candidates.left, lowered), _rivals(candidates.right, lowered))
    gap = np.clip(lowered - rival, -1, 1)
    odds: Floats = (weights.bias + weights.margin * features.margin + weights.gap * gap + spoken).astype(np.float32)
    return odds


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
