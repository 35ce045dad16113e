"""Vectors without the mean of their language, at unit length: what every comparison across languages is made on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["language_mean", "unit"]

Floats = NDArray[np.float32]


def language_mean(total: Floats, count: int, usual_mean: Floats | None, prior: float) -> Floats:
    """The mean of a language, `[d]`, from the sum of `count` vectors and what the encoder gives on average.

    The usual mean counts as much as `prior` vectors. Where it is not known, the mean is drawn towards nothing at
    all, as if by one vector more.
    """
    mean = total / (count + 1.0) if usual_mean is None else (total + prior * usual_mean) / (count + prior)
    result: Floats = mean.astype(np.float32)
    return result


def unit(vectors: Floats) -> Floats:
    """The vectors at unit length; a vector of nothing stays one."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    result: Floats = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
    return result
