"""How like each other the sides of each pair are in meaning, beside what else stood to choose.

All numbers are on the scale of the encoder: 0 is what unrelated sentences have, 1 what translations have on average.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from aligner.centring import language_mean, unit
from aligner.records import Bead

__all__ = ["Background", "Likeness", "Rivals", "Scale", "bead_likeness", "compare_sides", "pair_likeness"]

Floats = NDArray[np.float32]
Places = NDArray[np.int64]

_MEAN_PRIOR = 20.0
_NEAREST = 4
_MOST_RIVALS = 4_096
_ROWS_AT_ONCE = 1_024
_SAME = 0.9
"""Segments nearer to each other than this say the same: they are no rivals."""
_COMPANY = 3
_PAIRS_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class Scale:
    """The mean centred cosine of unrelated sentences and of translations, by which cosines are made comparable."""

    unrelated: float
    translations: float

    def __call__(self, cosines: Floats) -> Floats:
        scaled: Floats = ((cosines - self.unrelated) / (self.translations - self.unrelated)).astype(np.float32)
        return scaled


@dataclass(frozen=True)
class Background:
    """Translations that the encoder is known by: unit vectors `[r, d]`, row by row, and the languages' usual means.

    They say what cosines mean with this encoder, and are rivals where a text is too short to have its own.
    """

    kk: Floats
    ru: Floats
    means: tuple[Floats, Floats]

    @cached_property
    def scale(self) -> Scale:
        kk, ru = (unit(side - mean) for side, mean in zip((self.kk, self.ru), self.means, strict=True))
        cosines = kk @ ru.T
        count = len(cosines)
        translations = float(np.trace(cosines)) / count
        unrelated = (float(cosines.sum()) - float(np.trace(cosines))) / max(1, count * (count - 1))
        # An encoder that can't tell the two apart says nothing, and must not say it loudly.
        return Scale(unrelated, max(translations, unrelated + 0.05))


@dataclass(frozen=True, slots=True)
class Likeness:
    """What the vectors say of each pair, float32 `[n]` each; NaN where it does not apply.

    `cosine`: of the two sides. `crowd`: the mean of both sides' nearest rivals. `rival`: the best rival of either
    side. `lesser`: the best there is when a segment at an end of a bead is left out, `wider`: when one beside it
    that was left alone is taken in. `company`: the mean cosine of the beads around.
    """

    cosine: Floats
    crowd: Floats
    rival: Floats
    lesser: Floats
    wider: Floats
    company: Floats

    def __len__(self) -> int:
        return len(self.cosine)


@dataclass(frozen=True, slots=True)
class Rivals:
    """Centred unit vectors `[m, d]` of what a side could have been paired with, and for each pair the range of
    `places` (where they stood in their text) that is its own: `first`, `end`, `[n]` each."""

    vectors: Floats
    places: Places
    first: Places
    end: Places

    @classmethod
    def of(cls, segments: Floats, background: Floats, first: Places, end: Places) -> Rivals:
        """Of a text's segments, evenly thinned where there are too many, and the background's."""
        step = -(-len(segments) // _MOST_RIVALS) or 1
        places = np.arange(0, len(segments), step)
        return cls(
            np.concatenate((segments[places], background)),
            np.concatenate((places, np.full(len(background), -1))),
            first,
            end,
        )

    def nearest(self, sides: Floats, counterparts: Floats) -> tuple[Floats, Floats]:
        """The mean of each side's nearest rivals and the nearest one, `[n]` each."""
        crowd, best = np.zeros(len(sides), np.float32), np.zeros(len(sides), np.float32)
        for start in range(0, len(sides), _ROWS_AT_ONCE):
            part = slice(start, start + _ROWS_AT_ONCE)
            cosines = sides[part] @ self.vectors.T
            own = (self.places >= self.first[part, None]) & (self.places < self.end[part, None])
            own |= counterparts[part] @ self.vectors.T > _SAME
            cosines[own] = -1
            count = min(_NEAREST, cosines.shape[1])
            nearest = np.partition(cosines, -count, axis=1)[:, -count:]
            best[part] = nearest.max(axis=1)
            crowd[part] = np.maximum(nearest, 0).mean(axis=1)
        return crowd, best


def compare_sides(kk: Floats, ru: Floats, kk_rivals: Rivals, ru_rivals: Rivals) -> tuple[Floats, Floats, Floats]:
    """The cosine, crowd and rival of each pair, not yet scaled; `kk`, `ru`: centred unit vectors `[n, d]`."""
    cosine = np.einsum("ij,ij->i", kk, ru)
    kk_crowd, kk_best = ru_rivals.nearest(kk, ru)
    ru_crowd, ru_best = kk_rivals.nearest(ru, kk)
    crowd: Floats = ((kk_crowd + ru_crowd) / 2).astype(np.float32)
    best: Floats = np.maximum(kk_best, ru_best)
    return cosine.astype(np.float32), crowd, best


def pair_likeness(kk_vectors: Floats, ru_vectors: Floats, background: Background) -> Likeness:
    """Of pairs that stand in no document: unit vectors `[n, d]`, row by row.

    Pairs that are given together are each other's rivals, some hundreds at a time.
    """
    parts = [
        _pair_likeness(
            kk_vectors[start : start + _PAIRS_AT_ONCE], ru_vectors[start : start + _PAIRS_AT_ONCE], background
        )
        for start in range(0, len(kk_vectors), _PAIRS_AT_ONCE)
    ]
    if not parts:
        return Likeness(*[np.zeros(0, np.float32)] * 6)
    return Likeness(*(np.concatenate([getattr(part, name) for part in parts]) for name in Likeness.__slots__))


def _pair_likeness(kk_vectors: Floats, ru_vectors: Floats, background: Background) -> Likeness:
    kk, ru, kk_background, ru_background = _centred(kk_vectors, ru_vectors, background)
    kk, ru = unit(kk), unit(ru)
    own = np.arange(len(kk))
    cosine, crowd, rival = compare_sides(
        kk,
        ru,
        Rivals.of(kk, kk_background, own, own + 1),
        Rivals.of(ru, ru_background, own, own + 1),
    )
    scale, unknown = background.scale, np.full(len(kk), np.nan, np.float32)
    return Likeness(scale(cosine), scale(crowd), scale(rival), unknown, unknown, unknown)


def bead_likeness(
    beads: Sequence[Bead],
    kk_vectors: Floats,
    ru_vectors: Floats,
    kk_lengths: Floats,
    ru_lengths: Floats,
    background: Background,
) -> Likeness:
    """Of the beads of a document pair that have two sides, in their order.

    `kk_vectors`, `ru_vectors`: unit vectors `[segments, d]`; `kk_lengths`, `ru_lengths`: characters, `[segments]`. The
    vector of joined segments is the sum of theirs, each as heavy as it is long.
    """
    two_sided = [bead for bead in beads if bead.kk and bead.ru]
    if not two_sided:
        return Likeness(*[np.zeros(0, np.float32)] * 6)
    kk, ru, kk_background, ru_background = _centred(kk_vectors, ru_vectors, background)
    summed = _Summed(kk * kk_lengths[:, None]), _Summed(ru * ru_lengths[:, None])
    kk_range = _ranges([bead.kk for bead in two_sided])
    ru_range = _ranges([bead.ru for bead in two_sided])
    cosine, crowd, rival = compare_sides(
        unit(summed[0].between(*kk_range)),
        unit(summed[1].between(*ru_range)),
        Rivals.of(unit(kk), kk_background, *kk_range),
        Rivals.of(unit(ru), ru_background, *ru_range),
    )
    alone = _alone(beads, len(kk), len(ru))
    scale = background.scale
    scaled = scale(cosine)
    return Likeness(
        scaled,
        scale(crowd),
        scale(rival),
        scale(_lesser(summed, kk_range, ru_range)),
        scale(_wider(summed, kk_range, ru_range, alone)),
        company(scaled),
    )


def company(cosines: Floats) -> Floats:
    """For each of a document's beads the mean of the few before and after it, `[n]`; NaN where there is none."""
    total = np.concatenate(([0.0], np.cumsum(np.clip(cosines, 0, 1.5), dtype=np.float64)))
    places = np.arange(len(cosines))
    first, end = np.maximum(0, places - _COMPANY), np.minimum(len(cosines), places + _COMPANY + 1)
    count = end - first - 1
    others = total[end] - total[first] - np.clip(cosines, 0, 1.5)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean: Floats = np.where(count > 0, others / count, np.nan).astype(np.float32)
    return mean


class _Summed:
    """Sums of neighbouring rows."""

    def __init__(self, rows: Floats) -> None:
        self._totals = np.concatenate((np.zeros((1, rows.shape[1])), np.cumsum(rows, axis=0, dtype=np.float64)))

    def between(self, first: Places, end: Places) -> Floats:
        sums: Floats = (self._totals[end] - self._totals[first]).astype(np.float32)
        return sums


def _centred(kk: Floats, ru: Floats, background: Background) -> tuple[Floats, Floats, Floats, Floats]:
    """The vectors without their language's mean, and the background's likewise and at unit length."""
    kk_mean, ru_mean = (
        language_mean(side.sum(axis=0), len(side), usual, _MEAN_PRIOR)
        for side, usual in zip((kk, ru), background.means, strict=True)
    )
    return kk - kk_mean, ru - ru_mean, unit(background.kk - kk_mean), unit(background.ru - ru_mean)


def _ranges(sides: Sequence[Sequence[int]]) -> tuple[Places, Places]:
    return np.array([side[0] for side in sides], np.int64), np.array([side[-1] + 1 for side in sides], np.int64)


def _alone(beads: Sequence[Bead], kk_count: int, ru_count: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which segments no bead pairs, with one more at the end that stands for what is outside the text."""
    alone = np.ones(kk_count + 1, bool), np.ones(ru_count + 1, bool)
    for flags in alone:
        flags[-1] = False
    for bead in beads:
        if bead.kk and bead.ru:
            alone[0][list(bead.kk)] = False
            alone[1][list(bead.ru)] = False
    return alone


def _lesser(
    summed: tuple[_Summed, _Summed], kk_range: tuple[Places, Places], ru_range: tuple[Places, Places]
) -> Floats:
    best = np.full(len(kk_range[0]), np.nan, np.float32)
    for side in (0, 1):
        first, end = (kk_range, ru_range)[side]
        chosen = np.flatnonzero(end - first > 1)
        for at_start, at_end in ((1, 0), (0, 1)):
            changed = first[chosen] + at_start, end[chosen] - at_end
            ranges = [(kk_range[0][chosen], kk_range[1][chosen]), (ru_range[0][chosen], ru_range[1][chosen])]
            ranges[side] = changed
            best[chosen] = np.fmax(best[chosen], _cosines(summed, ranges[0], ranges[1]))
    return best


def _wider(
    summed: tuple[_Summed, _Summed],
    kk_range: tuple[Places, Places],
    ru_range: tuple[Places, Places],
    alone: tuple[NDArray[np.bool_], NDArray[np.bool_]],
) -> Floats:
    best = np.full(len(kk_range[0]), np.nan, np.float32)
    for side in (0, 1):
        first, end = (kk_range, ru_range)[side]
        for before, after in ((1, 0), (0, 1)):
            # Index -1, before the text, falls on the place that stands for what is outside it.
            chosen = np.flatnonzero(alone[side][first - 1] if before else alone[side][end])
            changed = first[chosen] - before, end[chosen] + after
            ranges = [(kk_range[0][chosen], kk_range[1][chosen]), (ru_range[0][chosen], ru_range[1][chosen])]
            ranges[side] = changed
            best[chosen] = np.fmax(best[chosen], _cosines(summed, ranges[0], ranges[1]))
    return best


def _cosines(
    summed: tuple[_Summed, _Summed], kk_range: tuple[Places, Places], ru_range: tuple[Places, Places]
) -> Floats:
    kk, ru = unit(summed[0].between(*kk_range)), unit(summed[1].between(*ru_range))
    cosines: Floats = np.einsum("ij,ij->i", kk, ru).astype(np.float32)
    return cosines
