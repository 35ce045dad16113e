"""Where the path might as well have gone otherwise: the joined segments whose own vectors would decide it.

A joined segment's vector is the sum of its parts' until it is encoded itself. That is worth its time only where
another way through the neighbourhood is nearly as good.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from aligner.align.comparison import Comparison, Window
from aligner.align.path import SHAPES, Step, best_path, full_band
from aligner.align.similarity import Block
from aligner.align.weights import Weights

__all__ = ["doubtful_windows"]

Floats = NDArray[np.float32]

_REACH = 2
"""How many steps before and after a step its neighbourhood holds."""
_ROWS_AT_ONCE = 64
"""The values of so many segments are computed together: most of the cost of a few is that of any number."""


def doubtful_windows(
    comparison: Comparison, steps: Sequence[Step], skipping: tuple[Floats, Floats], weights: Weights
) -> tuple[set[Window], set[Window]]:
    """The joined Kazakh and Russian windows of pairs that are hardly better than what could stand instead of them.

    `skipping`: what leaving each segment alone adds, `[n]` for either text.
    """
    kk: set[Window] = set()
    ru: set[Window] = set()
    for places in _together(steps, [place for place in range(len(steps)) if _could_join_otherwise(steps, place)]):
        last = min(len(steps) - 1, places[-1] + _REACH)
        whole = _block(steps[max(0, places[0] - _REACH)], steps[last])
        values = comparison.values(whole, weights)
        for place in places:
            near = steps[max(0, place - _REACH) : place + _REACH + 1]
            own = _block(near[0], near[-1])
            rows = slice(own.first_row - whole.first_row, own.end_row - whole.first_row)
            columns = slice(own.first_column - whole.first_column, own.end_column - whole.first_column)
            rival = _rival(own, values[:, rows, columns].copy(), near, steps[place], skipping, weights)
            for each in (*near, *rival) if rival else ():
                if each.is_pair:
                    kk.add(each.left)
                    ru.add(each.right)
    return _joined(kk), _joined(ru)


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
    skipping: tuple[Floats, Floats],
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
    found = best_path(lambda a, b, c, d: values[:, a:b, c:d], *skipped, full_band(len(skipped[0]), len(skipped[1])))
    rival = [
        Step((each.left[0] + top, each.left[1] + top), (each.right[0] + start, each.right[1] + start)) for each in found
    ]
    return rival if own - worth(rival) < weights.second_look else None


def _block(first: Step, last: Step) -> Block:
    return Block(first.left[0], last.left[1], first.right[0], last.right[1])


def _could_join_otherwise(steps: Sequence[Step], place: int) -> bool:
    """Whether a step pairs joined segments, or stands beside one left alone that it might be joined with."""
    step = steps[place]
    is_joined = step.left[1] - step.left[0] + step.right[1] - step.right[0] > 2
    return step.is_pair and (is_joined or any(not each.is_pair for each in steps[max(0, place - 1) : place + 2]))


def _shape(step: Step) -> int:
    return SHAPES.index((step.left[1] - step.left[0], step.right[1] - step.right[0]))


def _joined(windows: Iterable[Window]) -> set[Window]:
    return {(first, end) for first, end in windows if end - first > 1}
