"""Two rows of segments and their vectors → beads."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from aligner.align.anchors import anchored_band
from aligner.align.comparison import Comparison, Window
from aligner.align.moved import find_moved
from aligner.align.path import Band, Step, best_path
from aligner.align.second_look import Skipping, doubtful_stretches, sought_again
from aligner.align.similarity import Block
from aligner.align.weights import Weights
from aligner.records import Bead

__all__ = ["FULL_UP_TO", "align_comparison", "align_segments"]

Floats = NDArray[np.float32]
Encode: TypeAlias = Callable[[Sequence[str]], Floats]
LookAgain: TypeAlias = Callable[[Collection[Window], Collection[Window]], Comparison]

FULL_UP_TO = 1_000_000
"""Texts whose lengths multiply to more cells are aligned in a band around their anchors."""

_SURE_ABOVE_DOUBT = 0.1
_SCORE_MIDDLE, _SCORE_STEEPNESS = 0.25, 10.0
# A rough likelihood, by which beads are compared; aligner/judge gives the calibrated probability.


def align_segments(
    kk: Sequence[str],
    ru: Sequence[str],
    kk_vectors: Floats,
    ru_vectors: Floats,
    usual_means: tuple[Floats, Floats] | None = None,
    weights: Weights | None = None,
    scale: float = 1.0,
    encode: Encode | None = None,
) -> list[Bead]:
    """The beads of the best monotone alignment, every segment in exactly one of them.

    `kk_vectors`, `ru_vectors`: float32 `[n, d]` of unit length, one a segment. `usual_means`: what the encoder
    gives for Kazakh and for Russian on average, `[d]` each; a text alone is too short to know it well. `scale`: how
    much larger translations' cosines are with the encoder that the weights were fitted for. `encode`: texts → unit
    vectors, for a second look at doubtful beads, with the vectors of joined segments instead of sums.
    """
    kk_said = [place for place, text in enumerate(kk) if text.strip()]
    ru_said = [place for place, text in enumerate(ru) if text.strip()]
    if len(kk_said) < len(kk) or len(ru_said) < len(ru):
        beads = align_segments(
            [kk[place] for place in kk_said],
            [ru[place] for place in ru_said],
            kk_vectors[kk_said],
            ru_vectors[ru_said],
            usual_means,
            weights,
            scale,
            encode,
        )
        return _with_blanks(beads, kk_said, ru_said, len(kk), len(ru))
    if not kk or not ru:
        return [Bead((i,), (), 0.0) for i in range(len(kk))] + [Bead((), (j,), 0.0) for j in range(len(ru))]
    comparison = Comparison.of(kk, ru, kk_vectors, ru_vectors, usual_means, scale)

    def look_again(kk_windows: Collection[Window], ru_windows: Collection[Window]) -> Comparison:
        assert encode is not None
        return comparison.with_encoded(encode, kk, ru, kk_windows, ru_windows)

    return align_comparison(comparison, weights, look_again if encode else None)


def align_comparison(
    comparison: Comparison, weights: Weights | None = None, look_again: LookAgain | None = None
) -> list[Bead]:
    """The beads of two texts that are compared already; neither may be empty or hold blank segments.

    `look_again`: the Kazakh and the Russian windows that are in doubt → the comparison with their own vectors.
    """
    band = anchored_band(comparison.kk_neighbours, comparison.ru_neighbours, FULL_UP_TO)
    chosen = weights or Weights()
    steps = _path(comparison, band, chosen)
    share = _sure_share(comparison, steps, chosen)
    if share < chosen.usual_share:
        chosen = chosen.for_share(share)
        steps = _path(comparison, band, chosen)
    if look_again:
        skipping = _skipping_of(comparison, chosen)
        stretches = doubtful_stretches(comparison, steps, skipping, chosen)
        if stretches:
            kk, ru = ({window for each in stretches for window in getattr(each, side)} for side in ("kk", "ru"))
            comparison = look_again(kk, ru)
            steps = sought_again(comparison, steps, stretches, skipping, chosen)
    alone_kk = [step.left[0] for step in steps if step.right[0] == step.right[1]]
    alone_ru = [step.right[0] for step in steps if step.left[0] == step.left[1]]
    moved = find_moved(comparison, alone_kk, alone_ru, chosen)
    return _beads(comparison, steps, moved, chosen)


def _path(comparison: Comparison, band: Band, weights: Weights) -> list[Step]:
    def values(first_row: int, end_row: int, first_column: int, end_column: int) -> Floats:
        return comparison.values(Block(first_row, end_row, first_column, end_column), weights)

    return best_path(values, *_skipping_of(comparison, weights), band)


def _skipping_of(comparison: Comparison, weights: Weights) -> Skipping:
    return _skipping(comparison.kk_goes_on, weights), _skipping(comparison.ru_goes_on, weights)


def _skipping(goes_on: Floats, weights: Weights) -> Floats:
    """What leaving each segment alone adds; less where that parts a sentence."""
    parted = goes_on.copy()
    parted[1:] += goes_on[:-1]
    return (weights.skipped - weights.cut / 2 * parted).astype(np.float32)


def _sure_share(comparison: Comparison, steps: Sequence[Step], weights: Weights) -> float:
    """The share of both texts' segments that stand in beads of which there is little doubt."""
    pairs = [step for step in steps if step.is_pair]
    likeness, _ = comparison.likeness(pairs, weights)
    sure = [step for step, own in zip(pairs, likeness, strict=True) if own > weights.doubtful_below + _SURE_ABOVE_DOUBT]
    segments = sum(step.left[1] - step.left[0] + step.right[1] - step.right[0] for step in sure)
    return segments / (len(comparison.kk.vectors) + len(comparison.ru.vectors))


def _beads(comparison: Comparison, steps: Sequence[Step], moved: Sequence[Step], weights: Weights) -> list[Bead]:
    """The steps as beads with their probabilities; a moved one stands where its Kazakh side does."""
    pairs = [step for step in (*steps, *moved) if step.is_pair]
    likeness, lengths = comparison.likeness(pairs, weights)
    scores = 1 / (1 + np.exp(-_SCORE_STEEPNESS * (likeness - weights.length * lengths - _SCORE_MIDDLE)))
    score_of = dict(zip(pairs, scores.tolist(), strict=True))

    def bead(step: Step, is_moved: bool) -> Bead:
        return Bead(tuple(range(*step.left)), tuple(range(*step.right)), score_of[step], is_moved)

    by_start = {step.left[0]: step for step in moved}
    kk_taken = {place for step in moved for place in range(*step.left)}
    ru_taken = {place for step in moved for place in range(*step.right)}
    beads = []
    for step in steps:
        is_kk = step.left[0] < step.left[1]
        if step.is_pair:
            beads.append(bead(step, False))
        elif is_kk and step.left[0] in by_start:
            beads.append(bead(by_start[step.left[0]], True))
        elif is_kk and step.left[0] not in kk_taken:
            beads.append(Bead((step.left[0],), (), 0.0))
        elif not is_kk and step.right[0] not in ru_taken:
            beads.append(Bead((), (step.right[0],), 0.0))
    return beads


def _with_blanks(
    beads: Sequence[Bead], kk_said: Sequence[int], ru_said: Sequence[int], kk_count: int, ru_count: int
) -> list[Bead]:
    """The beads under the numbers of the whole texts, with the blank segments, which nothing translates, in place."""
    kk_blank = sorted(set(range(kk_count)) - set(kk_said), reverse=True)
    ru_blank = sorted(set(range(ru_count)) - set(ru_said), reverse=True)
    result: list[Bead] = []

    def blanks_before(kk_place: int, ru_place: int) -> None:
        while kk_blank and kk_blank[-1] < kk_place:
            result.append(Bead((kk_blank.pop(),), (), 0.0))
        while ru_blank and ru_blank[-1] < ru_place:
            result.append(Bead((), (ru_blank.pop(),), 0.0))

    for bead in beads:
        kk, ru = tuple(kk_said[place] for place in bead.kk), tuple(ru_said[place] for place in bead.ru)
        blanks_before(kk[0] if kk else 0, ru[0] if ru else 0)
        result.append(replace(bead, kk=kk, ru=ru))
    blanks_before(kk_count, ru_count)
    return result
