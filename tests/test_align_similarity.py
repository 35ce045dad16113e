"""aligner.align.similarity: what is added up equals what comparing the joined vectors gives."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.align.path import SHAPES
from aligner.align.similarity import Block, Side, window_similarities, window_sums


@given(st.integers(1, 9), st.integers(1, 9), st.data())
def test_windows_equal_joined_vectors(left: int, right: int, data: st.DataObject) -> None:
    random = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))
    vectors = [random.normal(size=(n, 5)).astype(np.float32) for n in (left, right)]
    weights = [random.random(n).astype(np.float32) + 0.1 for n in (left, right)]
    sides = [Side.of(v, w) for v, w in zip(vectors, weights, strict=True)]
    top, start = data.draw(st.integers(0, left - 1)), data.draw(st.integers(0, right - 1))
    found = window_similarities(*sides, Block(top, left, start, right))
    for shape, (height, width) in enumerate(SHAPES):
        for i in range(max(top, height - 1), left):
            for j in range(max(start, width - 1), right):
                joined = [
                    (v * w[:, None])[end - size + 1 : end + 1].sum(axis=0)
                    for v, w, end, size in zip(vectors, weights, (i, j), (height, width), strict=True)
                ]
                cosine = joined[0] @ joined[1] / np.linalg.norm(joined[0]) / np.linalg.norm(joined[1])
                assert found[shape, i - top, j - start] == pytest.approx(cosine, abs=1e-3)


def test_window_sums() -> None:
    assert window_sums(np.array([1, 2, 3, 4], np.float32))[:2].tolist() == [[1, 2, 3, 4], [1, 3, 5, 7]]
