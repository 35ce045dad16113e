"""What speaks for two documents being versions of each other, and how much."""

from __future__ import annotations

import datetime as dt
import math
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from aligner.centring import language_mean, unit
from aligner.pair.profile import Profiles, VectorsOf

__all__ = ["LanguageMeans", "PairEvidence", "Rarity", "Weighed", "language_means", "probability", "rarity_of", "weigh"]

Floats = NDArray[np.float32]
Keys = NDArray[np.uint64]
LanguageMeans = tuple[Floats, Floats]


class KeyRarity:
    """What a key tells: ln of the number of documents over the number of those that have it, and 1.

    `every` key that a document has, once for each, is sorted in place. Most keys are those of one document; only the
    others are held, for there may be millions of keys.
    """

    def __init__(self, every: Keys, documents: int) -> None:
        every.sort()
        edges = np.flatnonzero(np.concatenate(([True], every[1:] != every[:-1], [True])))
        counts = np.diff(edges)
        is_shared = counts > 1
        self._shared: Keys = every[edges[:-1][is_shared]]
        self._worth = 1.0 + np.log(documents / counts[is_shared])
        self._single = 1.0 + math.log(max(1, documents))

    def of(self, keys: Keys) -> NDArray[np.float64]:
        """What each of these keys tells, `[n]`."""
        if not len(self._shared):
            return np.full(len(keys), self._single)
        place = np.minimum(np.searchsorted(self._shared, keys), len(self._shared) - 1)
        return np.where(self._shared[place] == keys, self._worth[place], self._single)


Rarity = tuple[KeyRarity, KeyRarity]
"""What each figure and each name tells, by its digest."""

_MEAN_PRIOR = 3000.0
"""The usual mean of a language counts as much as so many segments: where one side holds a thousand releases of one
office that the other lacks, its own mean would say more of that office than of the language."""

_ALIKE_FROM, _ALIKE_STEEPNESS = 0.38, 14.0
_USUAL_FIGURES, _USUAL_NAMES = 0.5, 0.35
_DOUBT_OF_FEW = 3.0
"""How much rarity must speak before what two documents share outweighs what is usual."""

_BLOCK = 128
"""So many documents of either language are held open at once while candidates are weighed."""


@dataclass(frozen=True, slots=True)
class PairEvidence:
    """What speaks for two documents being versions of each other.

    `coverage`: the share of both texts that finds a counterpart in the other, 0..1. `figures`, `names`: the share,
    weighted by rarity, that they have in common, 0..1, or None where either has none. `days_apart`: the distance
    of their dates, or None where either has none.
    """

    coverage: float
    figures: float | None = None
    names: float | None = None
    days_apart: int | None = None


@dataclass(frozen=True, slots=True)
class Weighed:
    """Candidates `[n, 2]` (places in kk and in ru, sorted), the probability of each `[n]`, and the shares `[n, 2]` of
    the Kazakh and of the Russian text that find a counterpart in the other."""

    candidates: NDArray[np.int64]
    scores: NDArray[np.float64]
    shares: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Told:
    """Sorted keys of a document, and what each of them tells."""

    keys: Keys
    worth: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Open:
    date: dt.date | None
    vectors: Floats
    weights: Floats
    figures: _Told
    names: _Told


def probability(evidence: PairEvidence) -> float:
    """How probable it is that the two are versions of each other.

    Coverage decides; the rest moves the odds by what it is worth: two releases on the same event share most
    of their names, two versions of one release nearly all of them.
    """
    odds = 18.0 * (evidence.coverage - 0.60)
    if evidence.names is not None:
        odds += 3.0 * (evidence.names - _USUAL_NAMES)
    if evidence.figures is not None:
        odds += 5.0 * (evidence.figures - _USUAL_FIGURES)
    if evidence.days_apart is not None:
        odds += 1.0 if evidence.days_apart <= 1 else -min(4.0, 0.5 * math.log2(evidence.days_apart))
    return 1 / (1 + math.exp(-odds))


def language_means(kk: Profiles, ru: Profiles, usual_means: tuple[Floats, Floats] | None) -> LanguageMeans:
    """The mean of all segments of each language, `[d]`, drawn towards what the encoder gives on average."""
    return _mean(kk, usual_means[0] if usual_means else None), _mean(ru, usual_means[1] if usual_means else None)


def _mean(profiles: Profiles, usual_mean: Floats | None) -> Floats:
    count, total = 0, np.zeros(1)
    for each in profiles:
        count += each.segments
        total = total + each.segments * each.mean.astype(np.float64)
    if not count:
        return np.zeros(1, np.float32)
    return language_mean(total.astype(np.float32), count, usual_mean, _MEAN_PRIOR)


def rarity_of(kk: Profiles, ru: Profiles) -> Rarity:
    """What each figure and each name of these documents tells."""
    documents = len(kk) + len(ru)
    figures = KeyRarity(_every(each.figures for each in chain(kk, ru)), documents)
    return figures, KeyRarity(_every(each.names for each in chain(kk, ru)), documents)


def _every(keys: Iterable[Keys]) -> Keys:
    # Grown in place: there may be millions, and few of them are held in the end.
    result = array("Q")
    for own in keys:
        result.frombytes(own.tobytes())
    return np.frombuffer(result, np.uint64)


def weigh(
    kk: Profiles,
    ru: Profiles,
    candidates: NDArray[np.int64],
    vectors_of: VectorsOf,
    means: LanguageMeans,
    rarity: Rarity,
) -> Weighed:
    """How probable each of the candidates `[n, 2]` is. Each part of them can be weighed apart from the others."""
    order = np.lexsort((candidates[:, 1], candidates[:, 0]))
    candidates = candidates[order]
    scores = np.zeros(len(candidates))
    shares = np.zeros((len(candidates), 2))
    opened: tuple[dict[int, _Open], dict[int, _Open]] = ({}, {})
    for rows in _blocks(candidates):
        for side, profiles in enumerate((kk, ru)):
            wanted = {int(candidates[row, side]) for row in rows}
            _open(opened[side], wanted, profiles, vectors_of, means[side], rarity)
        for row in rows:
            left, right = (int(place) for place in candidates[row])
            first, second = opened[0][left], opened[1][right]
            dates = first.date, second.date
            shares[row] = _covered(first, second)
            evidence = PairEvidence(
                float(shares[row].sum()) / 2,
                _in_common(first.figures, second.figures, _USUAL_FIGURES),
                _in_common(first.names, second.names, _USUAL_NAMES),
                abs((dates[0] - dates[1]).days) if dates[0] and dates[1] else None,
            )
            scores[row] = probability(evidence)
    return Weighed(candidates, scores, shares)


def _blocks(candidates: NDArray[np.int64]) -> Iterator[list[int]]:
    """The rows of the candidates, those together that need the same documents."""
    if not len(candidates):
        return
    cells = candidates // _BLOCK
    order = np.lexsort((np.arange(len(cells)), cells[:, 1], cells[:, 0]))
    edges = np.flatnonzero((cells[order][1:] != cells[order][:-1]).any(axis=1)) + 1
    for part in np.split(order, edges):
        yield part.tolist()


def _open(
    opened: dict[int, _Open],
    wanted: set[int],
    profiles: Profiles,
    vectors_of: VectorsOf,
    mean: Floats,
    rarity: Rarity,
) -> None:
    for place in opened.keys() - wanted:
        del opened[place]
    for place in sorted(wanted - opened.keys()):
        profile = profiles[place]
        vectors, weights = vectors_of(profile)
        told = (_Told(keys, each.of(keys)) for keys, each in zip((profile.figures, profile.names), rarity, strict=True))
        opened[place] = _Open(profile.date, unit(vectors - mean), weights, *told)


def _covered(left: _Open, right: _Open) -> tuple[float, float]:
    """The weighted share of the segments of each text whose best counterpart looks like a translation."""
    likeness = left.vectors @ right.vectors.T

    def share(best: Floats, weights: Floats) -> float:
        found = 1 / (1 + np.exp(-_ALIKE_STEEPNESS * (best - _ALIKE_FROM)))
        return float(found @ weights / weights.sum())

    return share(likeness.max(axis=1), left.weights), share(likeness.max(axis=0), right.weights)


def _in_common(left: _Told, right: _Told, usual: float) -> float | None:
    if not len(left.keys) or not len(right.keys):
        return None
    place = np.minimum(np.searchsorted(right.keys, left.keys), len(right.keys) - 1)
    shared = float(left.worth[right.keys[place] == left.keys].sum())
    # Versions differ in what they leave out, so the shorter list decides.
    possible = min(float(left.worth.sum()), float(right.worth.sum()))
    return (shared + _DOUBT_OF_FEW * usual) / (possible + _DOUBT_OF_FEW)
