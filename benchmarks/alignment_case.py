"""What an aligner is given: two texts, a vector for each of their segments and for each run of joined ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "ABSENT",
    "MOST_JOINED",
    "AlignmentCase",
    "Beads",
    "Text",
    "as_given",
    "centred",
    "encoded_windows",
    "without_windows",
]

Floats = NDArray[np.float32]
Beads = list[tuple[tuple[int, ...], tuple[int, ...]]]
"""Aligned beads, Kazakh and Russian places from 0. Segments without a counterpart may be left out."""

MOST_JOINED = 8
"""vecalign's default looks at runs of up to eight sentences; no other aligner here looks at more."""

ABSENT = "PAD"
"""What vecalign and Bertalign encode where a run of sentences would begin before the text."""

_MEAN_PRIOR = 20.0


@dataclass(frozen=True, slots=True)
class Text:
    """Segments, their unit vectors `[n, d]`, and `windows` `[MOST_JOINED, n, d]`: the unit vector of the
    `h + 1` segments that end at each place, and that of `ABSENT` where they would begin before the text."""

    segments: tuple[str, ...]
    vectors: Floats
    windows: Floats


@dataclass(frozen=True, slots=True)
class AlignmentCase:
    """Two texts to align, and what the encoder gives for Kazakh and for Russian on average, `[d]` each.

    `encode`: texts → unit vectors, for an aligner that asks for more of them while it works.
    """

    kk: Text
    ru: Text
    usual_means: tuple[Floats, Floats]
    encode: Callable[[Sequence[str]], Floats] | None = None


def as_given(segments: Sequence[str], vectors: Floats, absent: Floats) -> Text:
    """The text with its vectors as the encoder gives them; joined segments get their length-weighted sum.

    `absent` `[d]` is the vector of `ABSENT`.
    """
    return Text(tuple(segments), vectors, _composed(segments, vectors, absent))


def without_windows(segments: Sequence[str], vectors: Floats) -> Text:
    """The text for an aligner that does not ask for windows; at 20,000 segments they would take 250 MB."""
    return Text(tuple(segments), vectors, np.empty((0, *vectors.shape), np.float32))


def centred(text: Text, usual_mean: Floats, is_encoded: bool = False) -> Text:
    """The text with its language's mean removed, by the rule that our aligner follows.

    The mean is that of the text itself drawn towards the language's usual one. Windows that were composed are
    composed again; those that were encoded (`is_encoded`) lose the same mean.
    """
    mean = (text.vectors.sum(axis=0) + _MEAN_PRIOR * usual_mean) / (len(text.vectors) + _MEAN_PRIOR)
    moved = (text.vectors - mean).astype(np.float32)
    if not is_encoded:
        # The tallest window that ends at the first segment begins before the text, whatever the text.
        absent = _unit((text.windows[-1, 0] - mean).astype(np.float32))
        return Text(text.segments, _unit(moved), _composed(text.segments, moved, absent))
    return Text(text.segments, _unit(moved), _unit((text.windows - mean).astype(np.float32)))


def encoded_windows(text: Text, encode: Callable[[Sequence[str]], Floats]) -> Text:
    """The text with the true vectors of its joined segments: each run is encoded as one string."""
    windows = text.windows.copy()
    windows[0] = text.vectors
    for height in range(2, min(MOST_JOINED, len(text.segments)) + 1):
        ends = range(height, len(text.segments) + 1)
        windows[height - 1, height - 1 :] = encode([" ".join(text.segments[end - height : end]) for end in ends])
    return Text(text.segments, text.vectors, windows)


def _composed(segments: Sequence[str], vectors: Floats, absent: Floats) -> Floats:
    lengths = np.array([max(1, len(segment)) for segment in segments], np.float32)
    scaled = vectors * lengths[:, None]
    windows = np.empty((MOST_JOINED, *vectors.shape), np.float32)
    windows[:] = absent
    total = np.zeros_like(scaled)
    for height in range(1, min(MOST_JOINED, len(segments)) + 1):
        total[height - 1 :] += scaled[: len(scaled) - height + 1]
        windows[height - 1, height - 1 :] = _unit(total[height - 1 :])
    return windows


def _unit(vectors: Floats) -> Floats:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    unit: Floats = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
    return unit
