"""Text that stands elsewhere in the other version, found again among what the monotone path left alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from aligner.align.comparison import Comparison
from aligner.align.path import SHAPES, Step, best_path, full_band
from aligner.align.similarity import Block
from aligner.align.weights import Weights

__all__ = ["find_moved"]

Run: TypeAlias = tuple[int, int]

_SURE_FROM = 0.45
_STEP_TOLL = 0.2
_BLOCK_TOLL = 0.45
_RANKS = 2


@dataclass(frozen=True, slots=True)
class _Block:
    """Steps that together stand elsewhere, and how much more they are worth than they would be by chance."""

    steps: tuple[Step, ...]
    gain: float


def find_moved(
    comparison: Comparison, alone_kk: Sequence[int], alone_ru: Sequence[int], weights: Weights
) -> list[Step]:
    """Beads of segments that the path left alone on both sides, the most certain blocks first.

    Order speaks for nothing here, so a bead must be surer than on the path, and a block needs more than one
    fairly sure bead or one very sure one.
    """
    strict = replace(weights, doubtful_below=max(weights.doubtful_below, _SURE_FROM), skipped=0.0, joined=0.0)
    kk, ru = set(alone_kk), set(alone_ru)
    sure = [(i, j) for i, j in _sure_pairs(comparison) if i in kk and j in ru]
    known: dict[tuple[Run, Run], _Block] = {}
    found: list[Step] = []
    while True:
        kk_run_of, ru_run_of = _runs(kk), _runs(ru)
        meetings = sorted({(kk_run_of[i], ru_run_of[j]) for i, j in sure if i in kk and j in ru})
        for kk_run, ru_run in meetings:
            if (kk_run, ru_run) not in known:
                known[kk_run, ru_run] = _best_block(comparison, kk_run, ru_run, strict)
        best = max((known[meeting] for meeting in meetings), key=lambda block: block.gain, default=None)
        if best is None or best.gain < _BLOCK_TOLL:
            return found
        found.extend(best.steps)
        for step in best.steps:
            kk.difference_update(range(*step.left))
            ru.difference_update(range(*step.right))


def _sure_pairs(comparison: Comparison) -> list[tuple[int, int]]:
    """Segments so alike that each is the other's nearest in the whole text, or the one after that."""
    kk, ru = comparison.kk_neighbours, comparison.ru_neighbours
    pairs = []
    for i, j in zip(*np.nonzero(kk.cosines[:, :_RANKS] > _SURE_FROM), strict=True):
        place = int(kk.places[i, j])
        if i in ru.places[place, :_RANKS]:
            pairs.append((int(i), place))
    return pairs


def _best_block(comparison: Comparison, kk_run: Run, ru_run: Run, weights: Weights) -> _Block:
    """The best block in the meeting of a run of lone Kazakh and a run of lone Russian segments."""
    (top, bottom), (start, end) = kk_run, ru_run
    values = comparison.values(Block(top, bottom, start, end), weights)
    values = np.where(_stays_inside(bottom - top, end - start), values, -np.inf)
    nothing = [np.zeros(size, np.float32) for size in (bottom - top, end - start)]
    steps, gain = [], 0.0
    for step in best_path(
        lambda a, b, c, d: values[:, a:b, c:d], nothing[0], nothing[1], full_band(bottom - top, end - start)
    ):
        if step.is_pair:
            shape = SHAPES.index((step.left[1] - step.left[0], step.right[1] - step.right[0]))
            gain += float(values[shape, step.left[1] - 1, step.right[1] - 1]) - _STEP_TOLL
            steps.append(Step((top + step.left[0], top + step.left[1]), (start + step.right[0], start + step.right[1])))
    return _Block(tuple(steps), gain)


def _runs(places: Iterable[int]) -> dict[int, Run]:
    """Neighbouring places as half-open ranges: for each place the run that it is in."""
    run_of: dict[int, Run] = {}
    ordered = sorted(places)
    start = 0
    for number, place in enumerate(ordered):
        if number + 1 == len(ordered) or ordered[number + 1] != place + 1:
            run = (ordered[start], place + 1)
            run_of.update(dict.fromkeys(ordered[start : number + 1], run))
            start = number + 1
    return run_of


def _stays_inside(rows: int, columns: int) -> NDArray[np.bool_]:
    """Which windows begin inside the runs that they end in, `[len(SHAPES), rows, columns]`."""
    return np.stack(
        [(np.arange(rows) >= height - 1)[:, None] & (np.arange(columns) >= width - 1)[None] for height, width in SHAPES]
    )
