"""Where the path might as well have gone otherwise: the joined segments whose own vectors would decide it.

A joined segment's vector is the sum of its parts' until it is encoded itself. That is worth its time only where
another way through the neighbourhood is nearly as good.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from aligner.align.comparison import Comparison, Window
from aligner.align.path import SHAPES, Step, best_path, full_band
from aligner.align.similarity import Block
from aligner.align.weights import Weights

__all__ = ["Skipping", "Stretch", "doubtful_stretches", "sought_again"]

Floats = NDArray[np.float32]
Skipping: TypeAlias = tuple[Floats, Floats]

_REACH = 2
"""How many steps before and after a step its neighbourhood holds."""
_ROWS_AT_ONCE = 64
"""The values of so many segments are computed together: most of the cost of a few is that of any number."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The steps `first:end` of a path, and the joined Kazakh and Russian windows whose vectors would tell more."""

    first: int
    end: int
    kk: frozenset[Window]
    ru: frozenset[Window]


def doubtful_stretches(
    comparison: Comparison, steps: Sequence[Step], skipping: Skipping, weights: Weights
) -> list[Stretch]:
    """Where pairs are hardly better than what could stand instead of them, with the windows that would tell.

    `skipping`: what leaving each segment alone adds, `[n]` for either text.
    """
    found: list[Stretch] = []
    for places in _together(steps, [place for place in range(len(steps)) if _could_join_otherwise(steps, place)]):
        whole = _block(steps[max(0, places[0] - _REACH)], steps[min(len(steps) - 1, places[-1] + _REACH)])
        values = comparison.values(whole, weights)
        for place in places:
            first, end = max(0, place - _REACH), min(len(steps), place + _REACH + 1)
            near = steps[first:end]
            own = _block(near[0], near[-1])
            rows = slice(own.first_row - whole.first_row, own.end_row - whole.first_row)
            columns = slice(own.first_column - whole.first_column, own.end_column - whole.first_column)
            rival = _rival(own, values[:, rows, columns].copy(), near, steps[place], skipping, weights)
            pairs = [each for each in (*near, *(rival or ())) if each.is_pair]
            kk, ru = _joined(each.left for each in pairs), _joined(each.right for each in pairs)
            if rival is not None and (kk or ru):
                found.append(Stretch(first, end, kk, ru))
    return _merged(found)


def sought_again(
    comparison: Comparison, steps: Sequence[Step], stretches: Sequence[Stretch], skipping: Skipping, weights: Weights
) -> list[Step]:
    """The steps with those of each stretch replaced by the best way through it, as it looks in this comparison."""
    result: list[Step] = []
    done = 0
    for stretch in stretches:
        block = _block(steps[stretch.first], steps[stretch.end - 1])
        values = comparison.values(block, weights)
        result += [*steps[done : stretch.first], *_best_through(block, values, skipping)]
        done = stretch.end
    return [*result, *steps[done:]]


def _merged(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Those that overlap as one; they must come in their order."""
    result: list[Stretch] = []
    for each in stretches:
        if result and each.first < result[-1].end:
            last = result.pop()
            each = Stretch(last.first, each.end, last.kk | each.kk, last.ru | each.ru)
        result.append(each)
    return result


def _together(steps: Sequence[Step], places: Sequence[int]) -> Iterator[list[int]]:
    """Places of steps so near each other that their values are computed together."""
    group: list[int] = []
    for place in places:
        if group and steps[place].left[1] - steps[group[0]].left[0] > _ROWS_AT_ONCE:
            yield group
            group = []
        group.append(place)
    if group:
        yield group


def _rival(
    block: Block,
    values: Floats,
    near: Sequence[Step],
    step: Step,
    skipping: Skipping,
    weights: Weights,
) -> list[Step] | None:
    """The best way through this neighbourhood without this step, if it is nearly as good as the one with it."""
    top, start = block.first_row, block.first_column
    skipped = skipping[0][top : block.end_row], skipping[1][start : block.end_column]

    def worth(path: Iterable[Step]) -> float:
        total = 0.0
        for each in path:
            if each.is_pair:
                total += float(values[_shape(each), each.left[1] - 1 - top, each.right[1] - 1 - start])
            else:
                total += float(skipped[0][each.left[0] - top : each.left[1] - top].sum())
                total += float(skipped[1][each.right[0] - start : each.right[1] - start].sum())
        return total

    own = worth(near)
    values[_shape(step), step.left[1] - 1 - top, step.right[1] - 1 - start] = -np.inf
    rival = _best_through(block, values, skipping)
    return rival if own - worth(rival) < weights.second_look else None


def _best_through(block: Block, values: Floats, skipping: Skipping) -> list[Step]:
    top, start = block.first_row, block.first_column
    skipped = skipping[0][top : block.end_row], skipping[1][start : block.end_column]
    band = full_band(len(skipped[0]), len(skipped[1]))
    return [
        Step((step.left[0] + top, step.left[1] + top), (step.right[0] + start, step.right[1] + start))
        for step in best_path(lambda a, b, c, d: values[:, a:b, c:d], *skipped, band)
    ]


def _block(first: Step, last: Step) -> Block:
    return Block(first.left[0], last.left[1], first.right[0], last.right[1])


def _could_join_otherwise(steps: Sequence[Step], place: int) -> bool:
    """Whether a step pairs joined segments, or stands beside one left alone that it might be joined with."""
    step = steps[place]
    is_joined = step.left[1] - step.left[0] + step.right[1] - step.right[0] > 2
    return step.is_pair and (is_joined or any(not each.is_pair for each in steps[max(0, place - 1) : place + 2]))


def _shape(step: Step) -> int:
    return SHAPES.index((step.left[1] - step.left[0], step.right[1] - step.right[0]))


def _joined(windows: Iterable[Window]) -> frozenset[Window]:
    return frozenset((first, end) for first, end in windows if end - first > 1)
