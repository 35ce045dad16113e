"""aligner.align.neighbours: the nearest are found, exactly in short texts and nearly always in long ones."""

import numpy as np
import pytest

from aligner.align import neighbours
from aligner.align.neighbours import NEIGHBOURS, nearest


def texts(count: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(2)
    left = random.normal(size=(count, 32)).astype(np.float32)
    right = left + random.normal(scale=0.3, size=left.shape).astype(np.float32)
    return tuple(vectors / np.linalg.norm(vectors, axis=1, keepdims=True) for vectors in (left, right))


def test_exact_neighbours() -> None:
    left, right = texts(50)
    found = nearest(left, right)
    cosines = left @ right.T
    assert found.places.shape == (50, NEIGHBOURS)
    assert (found.places[:, 0] == cosines.argmax(axis=1)).all()
    assert found.cosines == pytest.approx(-np.sort(-cosines, axis=1)[:, :NEIGHBOURS], abs=1e-6)
    assert found.crowd == pytest.approx(found.cosines.mean(axis=1), abs=1e-6)


def test_a_text_shorter_than_the_number_of_neighbours() -> None:
    left, right = texts(3)
    assert nearest(left, right[:2]).places.shape == (3, 2)


def test_the_inverted_file_misses_few(monkeypatch: pytest.MonkeyPatch) -> None:
    left, right = texts(3000)
    exact = nearest(left, right).places[:, 0]
    monkeypatch.setattr(neighbours, "_EXACT_UP_TO", 0)
    assert (nearest(left, right).places[:, 0] == exact).mean() > 0.9
