"""Two rows of segments and their vectors → beads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from aligner.align.anchors import anchored_band
from aligner.align.path import MAX_BEAD, SHAPES, Step, best_path
from aligner.align.similarity import Side, window_similarities, window_sums
from aligner.align.weights import Weights, bead_values, length_differences
from aligner.records import Bead

__all__ = ["FULL_UP_TO", "align_segments"]

Floats = NDArray[np.float32]

FULL_UP_TO = 1_000_000
"""Texts whose lengths multiply to more cells are aligned in a band around their anchors."""

_MEAN_PRIOR = 20.0
"""The usual mean of a language counts as much as so many of the text's own segments."""
_SCORE_MIDDLE, _SCORE_STEEPNESS = 0.36, 14.0


def align_segments(
    kk: Sequence[str],
    ru: Sequence[str],
    kk_vectors: Floats,
    ru_vectors: Floats,
    usual_means: tuple[Floats, Floats] | None = None,
    weights: Weights | None = None,
) -> list[Bead]:
    """The beads of the best monotone alignment, every segment in exactly one of them.

    `kk_vectors`, `ru_vectors`: float32 `[n, d]` of unit length, one a segment. `usual_means`: what the encoder
    gives for Kazakh and for Russian on average, `[d]` each; a text alone is too short to know it well.
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
        )
        return _with_blanks(beads, kk_said, ru_said, len(kk), len(ru))
    if not kk or not ru:
        return [Bead((i,), (), 0.0) for i in range(len(kk))] + [Bead((), (j,), 0.0) for j in range(len(ru))]
    chosen = weights or Weights()
    means = usual_means or (None, None)
    kk_centred, ru_centred = _centred(kk_vectors, means[0]), _centred(ru_vectors, means[1])
    kk_lengths, ru_lengths = _lengths(kk), _lengths(ru)
    kk_side, ru_side = Side.of(kk_centred, kk_lengths), Side.of(ru_centred, ru_lengths)
    kk_windows, ru_windows = _windows(kk_lengths), _windows(ru_lengths)

    def compared(first_row: int, end_row: int, first_column: int, end_column: int) -> tuple[Floats, Floats]:
        return (
            window_similarities(kk_side, ru_side, first_row, end_row, first_column, end_column),
            length_differences(kk_windows[:, first_row:end_row], ru_windows[:, first_column:end_column]),
        )

    def values(first_row: int, end_row: int, first_column: int, end_column: int) -> Floats:
        above, before = min(first_row, 1), min(first_column, 1)
        similarities, lengths = compared(first_row - above, end_row, first_column - before, end_column)
        return bead_values(similarities, lengths, chosen)[:, above:, before:]

    band = anchored_band(_unit(kk_centred), _unit(ru_centred), FULL_UP_TO)
    skipped = [np.full(len(side), chosen.skipped, np.float32) for side in (kk, ru)]
    steps = best_path(values, skipped[0], skipped[1], band)

    def score(step: Step) -> float:
        (top, bottom), (start, end) = step.left, step.right
        if top == bottom or start == end:
            return 0.0
        similarities, lengths = compared(bottom - 1, bottom, end - 1, end)
        shape = SHAPES.index((bottom - top, end - start))
        likeness = float(similarities[shape, 0, 0] - chosen.length * lengths[shape, 0, 0])
        return float(1 / (1 + np.exp(-_SCORE_STEEPNESS * (likeness - _SCORE_MIDDLE))))

    return [Bead(tuple(range(*step.left)), tuple(range(*step.right)), score(step)) for step in steps]


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


def _centred(vectors: Floats, usual_mean: Floats | None) -> Floats:
    total = vectors.sum(axis=0)
    if usual_mean is None:
        # With no other knowledge, the mean of a short text is drawn towards nothing at all.
        mean = total / (len(vectors) + 1.0)
    else:
        mean = (total + _MEAN_PRIOR * usual_mean) / (len(vectors) + _MEAN_PRIOR)
    centred: Floats = (vectors - mean).astype(np.float32)
    return centred


def _unit(vectors: Floats) -> Floats:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Floats = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
    return unit


def _lengths(texts: Sequence[str]) -> Floats:
    return np.array([max(1, len(text)) for text in texts], np.float32)


def _windows(lengths: Floats) -> Floats:
    return np.stack([window_sums(lengths, height) for height in range(1, MAX_BEAD)])
