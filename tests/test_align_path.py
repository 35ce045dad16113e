"""aligner.align.path: the path is the best one, and every segment is in exactly one step."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.align.path import SHAPES, Band, best_path, full_band


def best_total(values: np.ndarray, skip_left: np.ndarray, skip_right: np.ndarray) -> float:
    """The same optimum, by trying everything."""

    @cache
    def upto(i: int, j: int) -> float:
        if i == j == 0:
            return 0.0
        options = []
        if i:
            options.append(upto(i - 1, j) + float(skip_left[i - 1]))
        if j:
            options.append(upto(i, j - 1) + float(skip_right[j - 1]))
        for shape, (height, width) in enumerate(SHAPES):
            if height <= i and width <= j:
                options.append(upto(i - height, j - width) + float(values[shape, i - 1, j - 1]))
        return max(options)

    return upto(len(skip_left), len(skip_right))


@given(st.integers(0, 8), st.integers(0, 8), st.integers(0, 2**32 - 1))
def test_best_path_is_the_best(left: int, right: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    values = random.normal(size=(len(SHAPES), left, right)).astype(np.float32)
    skip_left, skip_right = (random.normal(scale=0.3, size=n).astype(np.float32) for n in (left, right))
    steps = best_path(
        lambda top, bottom, start, end: values[:, top:bottom, start:end], skip_left, skip_right, full_band(left, right)
    )
    assert [i for step in steps for i in range(*step.left)] == list(range(left))
    assert [j for step in steps for j in range(*step.right)] == list(range(right))
    total = 0.0
    for step in steps:
        height, width = step.left[1] - step.left[0], step.right[1] - step.right[0]
        if height and width:
            total += float(values[SHAPES.index((height, width)), step.left[1] - 1, step.right[1] - 1])
        else:
            total += float(skip_right[step.right[0]] if width else skip_left[step.left[0]])
    assert total == pytest.approx(best_total(values, skip_left, skip_right), abs=1e-4)


def test_a_band_that_lets_nothing_through_is_an_error() -> None:
    values = np.zeros((len(SHAPES), 2, 2), np.float32)
    band = Band(np.array([0, 0, 0]), np.array([3, 3, 2]))
    with pytest.raises(ValueError, match="no path"):
        best_path(
            lambda *at: values[:, at[0] : at[1], at[2] : at[3]], np.zeros(2, np.float32), np.zeros(2, np.float32), band
        )
