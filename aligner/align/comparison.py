"""Two texts, ready to be compared window by window."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from aligner.align.figure_lines import with_figure_vectors
from aligner.align.keys import KeyAgreement, with_days
from aligner.align.neighbours import Neighbours, nearest
from aligner.align.path import SHAPES, Step
from aligner.align.similarity import Block, Side, window_similarities, window_sums
from aligner.align.weights import BeadFeatures, Weights, bead_likeness, bead_values, length_differences
from aligner.centring import language_mean, unit
from aligner.evidence import figures, names

__all__ = ["Comparison", "Window", "going_on"]

Floats = NDArray[np.float32]
Places = NDArray[np.int64]
Window: TypeAlias = tuple[int, int]

_UNFINISHED = re.compile(r"[,–—-]\s*$")
_CONTINUATION = re.compile(r"\s*[«\"(]?[a-zа-яёәғқңөұүһі]")
_MEAN_PRIOR = 20.0
"""The usual mean of a language counts as much as so many of the text's own segments."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The segments of a Kazakh and a Russian text: vectors, lengths, figures, names and neighbours."""

    kk: Side
    ru: Side
    kk_mean: Floats
    ru_mean: Floats
    kk_lengths: Floats
    ru_lengths: Floats
    figures: KeyAgreement
    names: KeyAgreement
    kk_neighbours: Neighbours
    ru_neighbours: Neighbours
    kk_crowd: Floats
    ru_crowd: Floats
    kk_goes_on: Floats
    ru_goes_on: Floats
    scale: float = 1.0

    @classmethod
    def of(
        cls,
        kk: Sequence[str],
        ru: Sequence[str],
        kk_vectors: Floats,
        ru_vectors: Floats,
        usual_means: tuple[Floats, Floats] | None,
        scale: float = 1.0,
    ) -> Comparison:
        """From the segments' texts and unit vectors `[n, d]`, and the means that their encoder usually gives.

        `scale`: how much larger the centred cosines of translations are with the encoder that the weights were fitted
        for (`aligner.encode.means.usual_scale`).
        """
        means = usual_means or (None, None)
        kk_mean, ru_mean = (
            language_mean(vectors.sum(axis=0), len(vectors), mean, _MEAN_PRIOR)
            for vectors, mean in zip((kk_vectors, ru_vectors), means, strict=True)
        )
        kk_centred, ru_centred = (kk_vectors - kk_mean).astype(np.float32), (ru_vectors - ru_mean).astype(np.float32)
        kk_figures = [with_days(figures(text, "kk")) for text in kk]
        ru_figures = [with_days(figures(text, "ru")) for text in ru]
        kk_centred = with_figure_vectors(kk_centred, kk, kk_figures)
        ru_centred = with_figure_vectors(ru_centred, ru, ru_figures)
        kk_lengths, ru_lengths = (np.array([len(text) for text in side], np.float32) for side in (kk, ru))
        kk_unit, ru_unit = unit(kk_centred), unit(ru_centred)
        kk_neighbours, ru_neighbours = nearest(kk_unit, ru_unit), nearest(ru_unit, kk_unit)
        return cls(
            Side.of(kk_centred, kk_lengths),
            Side.of(ru_centred, ru_lengths),
            kk_mean,
            ru_mean,
            window_sums(kk_lengths),
            window_sums(ru_lengths),
            KeyAgreement.of(kk_figures, ru_figures),
            KeyAgreement.of([names(text) for text in kk], [names(text) for text in ru]),
            kk_neighbours,
            ru_neighbours,
            scale * kk_neighbours.crowd,
            scale * ru_neighbours.crowd,
            going_on(kk),
            going_on(ru),
            scale,
        )

    def with_encoded(
        self,
        encode: Callable[[Sequence[str]], Floats],
        kk: Sequence[str],
        ru: Sequence[str],
        kk_windows: Collection[Window],
        ru_windows: Collection[Window],
    ) -> Comparison:
        """The same texts, these windows of them compared by the vectors of their joined text and not by sums."""
        texts = [" ".join(kk[slice(*window)]) for window in kk_windows]
        texts += [" ".join(ru[slice(*window)]) for window in ru_windows]
        vectors = encode(texts)
        return replace(
            self,
            kk=_with_encoded(self.kk, kk_windows, vectors[: len(kk_windows)] - self.kk_mean),
            ru=_with_encoded(self.ru, ru_windows, vectors[len(kk_windows) :] - self.ru_mean),
        )

    def features(self, block: Block, weights: Weights) -> BeadFeatures:
        """What is known of the beads that end in the block."""
        rows, columns = slice(block.first_row, block.end_row), slice(block.first_column, block.end_column)
        return BeadFeatures(
            self.scale * window_similarities(self.kk, self.ru, block),
            length_differences(self.kk_lengths[:, rows], self.ru_lengths[:, columns]),
            self.figures.among(block, weights.usual_figures),
            self.names.among(block, weights.usual_names),
            ((self.kk_crowd[rows][:, None] + self.ru_crowd[columns][None]) / 2).astype(np.float32),
            _cuts(
                self.kk_goes_on,
                self.ru_goes_on,
                np.arange(block.first_row, block.end_row),
                np.arange(block.first_column, block.end_column),
            ),
        )

    def values(self, block: Block, weights: Weights) -> Floats:
        """What each bead that ends in the block adds to the total of a path, `[len(SHAPES), rows, columns]`."""
        above, before = min(block.first_row, 1), min(block.first_column, 1)
        wider = Block(block.first_row - above, block.end_row, block.first_column - before, block.end_column)
        return bead_values(self.features(wider, weights), weights)[:, above:, before:]

    def likeness(self, steps: Sequence[Step], weights: Weights) -> tuple[Floats, Floats]:
        """How like a translation each of these beads looks, and |ln| of its lengths' ratio: `[len(steps)]` each."""
        likeness, lengths = np.zeros(len(steps), np.float32), np.zeros(len(steps), np.float32)
        shapes = np.array([SHAPES.index((s.left[1] - s.left[0], s.right[1] - s.right[0])) for s in steps], np.int64)
        for shape in np.unique(shapes):
            chosen = np.flatnonzero(shapes == shape)
            rows = np.array([steps[number].left[1] - 1 for number in chosen.tolist()])
            columns = np.array([steps[number].right[1] - 1 for number in chosen.tolist()])
            features = self._features_of(int(shape), rows, columns, weights)
            likeness[chosen], lengths[chosen] = bead_likeness(features, weights), features.lengths
        return likeness, lengths

    def _features_of(self, shape: int, rows: Places, columns: Places, weights: Weights) -> BeadFeatures:
        height, width = SHAPES[shape]
        cosines = (self.kk.windows(height, rows) * self.ru.windows(width, columns)).sum(axis=1)
        return BeadFeatures(
            (self.scale * cosines).astype(np.float32),
            np.abs(np.log(self.kk_lengths[height - 1, rows] / self.ru_lengths[width - 1, columns])),
            self.figures.of_beads(shape, rows, columns, weights.usual_figures),
            self.names.of_beads(shape, rows, columns, weights.usual_names),
            ((self.kk_crowd[rows] + self.ru_crowd[columns]) / 2).astype(np.float32),
            np.zeros(len(rows), np.float32),
        )


def going_on(texts: Sequence[str]) -> Floats:
    """1 for each segment whose sentence goes on in the next one, as where a line was broken; else 0."""
    flags = np.zeros(len(texts), np.float32)
    for place, (text, following) in enumerate(pairwise(texts)):
        flags[place] = _UNFINISHED.search(text) is not None and _CONTINUATION.match(following) is not None
    return flags


def _with_encoded(side: Side, windows: Collection[Window], centred: Floats) -> Side:
    encoded: dict[int, tuple[Places, Floats]] = {}
    spans = np.array(list(windows), np.int64).reshape(-1, 2)
    vectors = unit(centred.astype(np.float32))
    for size in np.unique(spans[:, 1] - spans[:, 0]):
        own = np.flatnonzero(spans[:, 1] - spans[:, 0] == size)
        own = own[np.argsort(spans[own, 1])]
        encoded[int(size)] = spans[own, 1] - 1, vectors[own]
    return replace(side, encoded=encoded)


def _cuts(kk: Floats, ru: Floats, rows: Places, columns: Places) -> Floats:
    """How many sentences each bead parts at its beginnings and ends."""

    def ends(flags: Floats, places: Places, size: int) -> Floats:
        before = places - size
        return flags[places] + np.where(before >= 0, flags[np.maximum(before, 0)], 0)

    return np.stack(
        [ends(kk, rows, height)[:, None] + ends(ru, columns, width)[None] for height, width in SHAPES]
    ).astype(np.float32)
