"""Lines that hold nothing but figures: a date, a time, a number in a table, the mark of a list.

An encoder finds all of them alike. Such a line means its figures, so it gets a vector made from them.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["is_figure_line", "with_figure_vectors"]

Floats = NDArray[np.float32]

_MOST_LETTERS = 2


def is_figure_line(text: str) -> bool:
    """Whether there are digits and next to no letters (those of «2014 ж.» and “2014 г.”) in it."""
    letters = sum(character.isalpha() for character in text)
    return letters <= _MOST_LETTERS and any(character.isdigit() for character in text)


def with_figure_vectors(vectors: Floats, texts: Sequence[str], figures: Sequence[Counter[str]]) -> Floats:
    """`vectors` `[n, d]` with those of lines of figures replaced, at the length that is usual among the rest.

    Lines of the same figures have the same vector; lines without a figure in common have nearly orthogonal ones.
    """
    places = [place for place, text in enumerate(texts) if figures[place] and is_figure_line(text)]
    if not places:
        return vectors
    replaced = vectors.copy()
    length = float(np.median(np.linalg.norm(vectors, axis=1)))
    for place in places:
        vector = np.sum([times * _direction(key, vectors.shape[1]) for key, times in figures[place].items()], axis=0)
        replaced[place] = length * vector / np.linalg.norm(vector)
    return replaced


def _direction(key: str, dimension: int) -> Floats:
    """A direction of its own for each key, the same on every machine."""
    seed = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big")
    return np.random.default_rng(seed).standard_normal(dimension).astype(np.float32)
