"""The ratio margin: how much nearer two sentences are to each other than to what else is near them.

Artetxe & Schwenk 2019, “Margin-based parallel corpus mining with multilingual sentence embeddings”,
https://aclanthology.org/P19-1309/: the cosine over the mean cosine of both sentences' nearest neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.mine.neighbours import CentredVectors, Neighbours

__all__ = ["NEIGHBOURS", "PLAUSIBLE_FROM", "Candidates", "find_candidates"]

Floats = NDArray[np.float32]
Places = NDArray[np.int64]

NEIGHBOURS = 16
"""How many neighbours of a sentence the margin looks at."""

PLAUSIBLE_FROM = 1.2
"""The margin below which hardly any translation lies."""

_USUAL_COSINE = 0.25
"""What an unrelated near neighbour has at least where sentences are many. In a small set the neighbours are far
away and would make a translation of anything."""
_PER_SENTENCE = 4
_ROWS_AT_A_TIME = 65_536


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs that may be translations, each once, ordered by place: `left`, `right` int64 `[c]`, `cosines` and
    `margins` float32 `[c]`."""

    left: Places
    right: Places
    cosines: Floats
    margins: Floats


def find_candidates(
    left: CentredVectors, right: CentredVectors, forward: Neighbours, backward: Neighbours
) -> Candidates:
    """The best few pairs of each sentence of both sides, those with a plausible margin."""
    crowds = _crowding(forward), _crowding(backward)
    ahead = _best(forward, *crowds)
    behind = _best(backward, *reversed(crowds))
    keys = np.unique(np.concatenate([ahead[0] * len(right) + ahead[1], behind[1] * len(right) + behind[0]]))
    rows, columns = keys // max(1, len(right)), keys % max(1, len(right))
    cosines = np.empty(len(keys), np.float32)
    for start in range(0, len(keys), _ROWS_AT_A_TIME):
        part = slice(start, start + _ROWS_AT_A_TIME)
        cosines[part] = np.einsum("ij,ij->i", left.rows(rows[part]), right.rows(columns[part]))
    margins = (2 * cosines / (crowds[0][rows] + crowds[1][columns])).astype(np.float32)
    kept = margins >= PLAUSIBLE_FROM
    return Candidates(rows[kept], columns[kept], cosines[kept], margins[kept])


def _crowding(neighbours: Neighbours) -> Floats:
    """The mean cosine of each sentence's neighbours, `[n]`; those it lacks count as usual ones."""
    above = np.maximum(neighbours.cosines - _USUAL_COSINE, 0).sum(axis=1)
    mean: Floats = _USUAL_COSINE + above / NEIGHBOURS
    return mean


def _best(neighbours: Neighbours, own: Floats, others: Floats) -> tuple[Places, Places]:
    """Each sentence with the few of its neighbours that have the best margins: two arrays of places."""
    rows: list[NDArray[Any]] = []
    columns: list[NDArray[Any]] = []
    for start in range(0, len(own), _ROWS_AT_A_TIME):
        part = slice(start, start + _ROWS_AT_A_TIME)
        places = neighbours.places[part]
        margins = 2 * neighbours.cosines[part] / (own[part, None] + others[places])
        # A little leave, since the cosines of an approximate search are not the exact ones.
        margins[places < 0] = -1
        best = np.argsort(-margins, axis=1, kind="stable")[:, :_PER_SENTENCE]
        row, column = np.nonzero(np.take_along_axis(margins, best, axis=1) >= 0.95 * PLAUSIBLE_FROM)
        rows.append(start + row)
        columns.append(places[row, best[row, column]])
    return tuple(  # type: ignore[return-value]
        np.concatenate(parts).astype(np.int64) if parts else np.zeros(0, np.int64) for parts in (rows, columns)
    )
