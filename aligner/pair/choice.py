"""Weighed candidates → who is whose counterpart, and why the others have none."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from aligner.pair.evidence import Weighed
from aligner.pair.profile import Profiles

__all__ = ["ACCEPTED_FROM", "Alone", "Matching", "choose"]

ACCEPTED_FROM = 0.5
"""The probability from which two documents are taken for versions of each other."""

_CONTAINED_FROM, _CONTAINED_MARGIN = 0.7, 0.25


@dataclass(frozen=True, slots=True)
class Alone:
    """A document without a counterpart: its `place` among those of its language, why, and the nearest candidate's
    place in the other language with its probability."""

    language: Literal["kk", "ru"]
    place: int
    reason: str
    nearest: int | None = None
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Matching:
    """New pairs as `(kk place, ru place, probability)`, in the order of the Kazakh documents, and who stands alone."""

    pairs: tuple[tuple[int, int, float], ...]
    alone: tuple[Alone, ...]


def choose(
    kk: Profiles,
    ru: Profiles,
    weighed: Weighed,
    settled: Mapping[int, int] | None = None,
) -> Matching:
    """The one-to-one choice with the highest total of log-odds.

    `settled`: pairs (kk place → ru place) that stand and are not given up, whoever comes.
    """
    standing = dict(settled or {})
    fixed_ru = set(standing.values())
    # Of many documents most candidates are none: they are passed over before anything is made of them.
    is_likely = weighed.scores >= ACCEPTED_FROM
    accepted = {
        (i, j): score
        for (i, j), score in zip(
            weighed.candidates[is_likely].tolist(), weighed.scores[is_likely].tolist(), strict=True
        )
        if i not in standing and j not in fixed_ru
    }
    chosen = {pair: accepted[pair] for pair in _assignment(accepted)}
    partner_of_kk = standing | dict(chosen.keys())
    partner_of_ru = {j: i for i, j in partner_of_kk.items()}
    alone = [
        *_alone("kk", kk, ru, weighed, partner_of_kk, partner_of_ru, fixed_ru),
        *_alone("ru", ru, kk, _turned(weighed), partner_of_ru, partner_of_kk, set(standing)),
    ]
    return Matching(tuple((i, j, score) for (i, j), score in sorted(chosen.items())), tuple(alone))


def _assignment(scores: dict[tuple[int, int], float]) -> list[tuple[int, int]]:
    """The best choice, each group of connected documents by itself."""
    from scipy.optimize import linear_sum_assignment

    chosen: list[tuple[int, int]] = []
    for group in _groups(scores):
        rows, columns = sorted({i for i, _ in group}), sorted({j for _, j in group})
        row_of, column_of = {i: n for n, i in enumerate(rows)}, {j: n for n, j in enumerate(columns)}
        gain = np.zeros((len(rows), len(columns)))
        for i, j in group:
            score = min(scores[i, j], 1 - 1e-9)
            gain[row_of[i], column_of[j]] = math.log(score / (1 - score)) + 1e-6
        for row, column in zip(*linear_sum_assignment(gain, maximize=True), strict=True):
            if gain[row, column] > 0:
                chosen.append((rows[row], columns[column]))
    return chosen


def _groups(pairs: dict[tuple[int, int], float]) -> list[list[tuple[int, int]]]:
    """The pairs, grouped by connection: documents of different groups are nobody's rivals."""
    by_row: dict[int, list[int]] = {}
    by_column: dict[int, list[int]] = {}
    for i, j in pairs:
        by_row.setdefault(i, []).append(j)
        by_column.setdefault(j, []).append(i)
    groups, seen = [], set[int]()
    for start in by_row:
        if start in seen:
            continue
        seen.add(start)
        waiting, group = [start], []
        while waiting:
            row = waiting.pop()
            for column in by_row[row]:
                group.append((row, column))
                fresh = [other for other in by_column[column] if other not in seen]
                seen.update(fresh)
                waiting.extend(fresh)
        groups.append(group)
    return groups


def _turned(weighed: Weighed) -> Weighed:
    order = np.lexsort((weighed.candidates[:, 0], weighed.candidates[:, 1]))
    return Weighed(weighed.candidates[order][:, ::-1], weighed.scores[order], weighed.shares[order][:, ::-1])


def _alone(
    language: Literal["kk", "ru"],
    own: Profiles,
    others: Profiles,
    weighed: Weighed,
    partner: Mapping[int, int],
    taken_by: Mapping[int, int],
    settled: set[int],
) -> list[Alone]:
    rows_of = _rows_of(weighed.candidates[:, 0])
    result = []
    for place in range(len(own)):
        if place in partner:
            continue
        if not len(others):
            result.append(Alone(language, place, "there is no document in the other language"))
            continue
        rows = rows_of.get(place)
        if rows is None:
            is_empty = not own[place].segments or not any(each.segments for each in others)
            reason = "there is no text in it to compare" if is_empty else "no document is near enough"
            result.append(Alone(language, place, reason))
            continue
        best = rows.start + int(weighed.scores[rows].argmax())
        holder = rows.start + int(weighed.shares[rows, 0].argmax())
        mine, theirs = weighed.shares[holder].tolist()
        if mine >= _CONTAINED_FROM and theirs <= mine - _CONTAINED_MARGIN:
            other = int(weighed.candidates[holder, 1])
            reason = f"it seems to be a part of {others[other].name}"
            if other in taken_by:
                reason += f", which is paired with {own[taken_by[other]].name}"
            result.append(Alone(language, place, reason, other, float(weighed.scores[holder])))
            continue
        other, score = int(weighed.candidates[best, 1]), float(weighed.scores[best])
        reason = "no document is near enough"
        if score >= ACCEPTED_FROM and other in taken_by:
            rival = own[taken_by[other]].name
            reason = f"its counterpart is closer to {rival}"
            if other in settled:
                reason = f"its counterpart was paired with {rival} by an earlier batch"
        result.append(Alone(language, place, reason, other, score))
    return result


def _rows_of(places: NDArray[np.int64]) -> dict[int, slice]:
    """Where the candidates of each document stand; they are sorted."""
    if not len(places):
        return {}
    edges = [0, *(np.flatnonzero(places[1:] != places[:-1]) + 1).tolist(), len(places)]
    return {int(places[start]): slice(start, end) for start, end in pairwise(edges)}
