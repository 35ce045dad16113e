"""Text that stands elsewhere in the other version, found again among what the monotone path left alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from aligner.align.comparison import Comparison
from aligner.align.path import SHAPES, Step, best_path, full_band
from aligner.align.similarity import Block
from aligner.align.weights import Weights

__all__ = ["find_moved"]

Ints = NDArray[np.int64]

_SURE_FROM = 0.45
_STEP_TOLL = 0.2
_BLOCK_TOLL = 0.45


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
    found: list[Step] = []
    kk, ru = list(alone_kk), list(alone_ru)
    while kk and ru:
        best = max(_blocks(comparison, kk, ru, strict), key=lambda block: block.gain, default=None)
        if best is None or best.gain < _BLOCK_TOLL:
            break
        found.extend(best.steps)
        kk_taken = {place for step in best.steps for place in range(*step.left)}
        ru_taken = {place for step in best.steps for place in range(*step.right)}
        kk = [place for place in kk if place not in kk_taken]
        ru = [place for place in ru if place not in ru_taken]
    return found


def _blocks(comparison: Comparison, kk: Sequence[int], ru: Sequence[int], weights: Weights) -> Iterator[_Block]:
    """The best block in each meeting of a run of lone Kazakh and a run of lone Russian segments."""
    kk_runs, ru_runs = _runs(kk), _runs(ru)
    for kk_run, ru_run in sorted(_meetings(comparison, kk, ru, kk_runs, ru_runs)):
        (top, bottom), (start, end) = kk_run, ru_run
        values = comparison.values(Block(top, bottom, start, end), weights)
        values = np.where(_stays_inside(bottom - top, end - start), values, -np.inf)
        nothing = [np.zeros(size, np.float32) for size in (bottom - top, end - start)]

        def inside(a: int, b: int, c: int, d: int, values: NDArray[np.float32] = values) -> NDArray[np.float32]:
            return values[:, a:b, c:d]

        steps, gain = [], 0.0
        for step in best_path(inside, nothing[0], nothing[1], full_band(bottom - top, end - start)):
            height, width = step.left[1] - step.left[0], step.right[1] - step.right[0]
            if height and width:
                gain += float(values[SHAPES.index((height, width)), step.left[1] - 1, step.right[1] - 1]) - _STEP_TOLL
                steps.append(
                    Step((top + step.left[0], top + step.left[1]), (start + step.right[0], start + step.right[1]))
                )
        if steps:
            yield _Block(tuple(steps), gain)


def _meetings(
    comparison: Comparison,
    kk: Sequence[int],
    ru: Sequence[int],
    kk_runs: Sequence[tuple[int, int]],
    ru_runs: Sequence[tuple[int, int]],
) -> set[tuple[tuple[int, int], tuple[int, int]]]:
    """The runs that hold a pair of segments so alike that each has none, or hardly one, nearer in the whole text."""
    likeness = comparison.kk_unit[list(kk)] @ comparison.ru_unit[list(ru)].T
    in_run_kk = {place: run for run in kk_runs for place in range(*run)}
    in_run_ru = {place: run for run in ru_runs for place in range(*run)}
    found = set()
    for row, column in zip(*np.nonzero(likeness > _SURE_FROM), strict=True):
        i, j, own = kk[int(row)], ru[int(column)], float(likeness[row, column])
        if (
            _rivals(comparison.ru_unit @ comparison.kk_unit[i], own) <= 1
            and _rivals(comparison.kk_unit @ comparison.ru_unit[j], own) <= 1
        ):
            found.add((in_run_kk[i], in_run_ru[j]))
    return found


def _rivals(cosines: NDArray[np.float32], own: float) -> int:
    return int((cosines > own + 1e-6).sum())


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """Neighbouring places as half-open ranges."""
    runs: list[tuple[int, int]] = []
    for place in sorted(places):
        if runs and runs[-1][1] == place:
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
    return runs


def _stays_inside(rows: int, columns: int) -> NDArray[np.bool_]:
    """Which windows begin inside the runs that they end in, `[len(SHAPES), rows, columns]`."""
    return np.stack(
        [(np.arange(rows) >= height - 1)[:, None] & (np.arange(columns) >= width - 1)[None] for height, width in SHAPES]
    )
