"""How like each other the windows of two texts are, from what is known of each segment.

A window of joined segments has the weighted sum of its segments' vectors as its own, so that each segment is
encoded once. Its similarity to another window then follows from the segments' own by adding them up:
no vector of a window is ever compared. What windows have in common in figures and names is added up likewise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from aligner.align.path import MAX_BEAD, SHAPES

__all__ = ["Block", "Side", "shape_sums", "window_similarities", "window_sums"]

Floats = NDArray[np.float32]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Block:
    """The windows that end in these rows and columns."""

    first_row: int
    end_row: int
    first_column: int
    end_column: int

    @property
    def above(self) -> int:
        """How many rows before the first one its windows reach back to."""
        return min(self.first_row, MAX_BEAD - 2)

    @property
    def before(self) -> int:
        """How many columns before the first one its windows reach back to."""
        return min(self.first_column, MAX_BEAD - 2)

    @property
    def rows(self) -> slice:
        """The rows with those before."""
        return slice(self.first_row - self.above, self.end_row)

    @property
    def columns(self) -> slice:
        """The columns with those before."""
        return slice(self.first_column - self.before, self.end_column)


@dataclass(frozen=True, slots=True)
class Side:
    """One text: `vectors` float32 `[n, d]` already scaled by their weights, and `norms` `[MAX_BEAD - 1, n]`, the
    length of the sum of the `h + 1` vectors that end at each segment (0 where there are fewer).

    `encoded`: for some windows, by the number of their segments, the places that they end at in ascending order and
    the unit vectors `[windows, d]` of their texts, which are compared instead of the sums."""

    vectors: Floats
    norms: Floats
    encoded: Mapping[int, tuple[Places, Floats]] = field(default_factory=dict)

    @classmethod
    def of(cls, vectors: Floats, weights: Floats) -> Side:
        """`vectors` `[n, d]`, `weights` `[n]`."""
        scaled = np.ascontiguousarray(vectors * weights[:, None], dtype=np.float32)
        norms = np.zeros((MAX_BEAD - 1, len(scaled)), np.float32)
        summed = np.zeros_like(scaled)
        for height in range(1, min(MAX_BEAD, len(scaled) + 1)):
            summed[height - 1 :] += scaled[: len(scaled) - height + 1]
            norms[height - 1, height - 1 :] = np.linalg.norm(summed[height - 1 :], axis=1)
        return cls(scaled, norms)

    def windows(self, size: int, ends: Places) -> Floats:
        """The unit vectors `[len(ends), d]` of the windows of `size` segments that end at these places."""
        summed = np.sum([self.vectors[np.maximum(ends - back, 0)] for back in range(size)], axis=0)
        found: Floats = summed / np.maximum(self.norms[size - 1, ends], 1e-9)[:, None]
        if size in self.encoded:
            places, vectors = self.encoded[size]
            at = np.minimum(np.searchsorted(places, ends), len(places) - 1)
            is_encoded = places[at] == ends
            found[is_encoded] = vectors[at[is_encoded]]
        return found

    def encoded_ends(self, size: int, first: int, end: int) -> Places:
        """Where the windows of `size` segments end that are encoded as one, of those that end in `first:end`."""
        places = self.encoded[size][0] if size in self.encoded else np.empty(0, np.int64)
        return places[(places >= first) & (places < end)]


def window_sums(values: Floats) -> Floats:
    """For each place of the 1-d `values` the sums of the 1 … MAX_BEAD - 1 values that end there (fewer at the start).

    Shape `[MAX_BEAD - 1, len(values)]`.
    """
    total = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
    ends = np.arange(1, len(values) + 1)
    return np.stack(
        [(total[ends] - total[np.maximum(0, ends - height)]).astype(np.float32) for height in range(1, MAX_BEAD)]
    )


def shape_sums(base: Floats, block: Block) -> Iterator[Floats]:
    """For each shape of `SHAPES` the sums of `base` over its windows, `[rows, columns]`.

    `base` holds a value for each pair of segments of `block.rows` × `block.columns`. Windows that would begin
    before the text have the sum of what there is of them; the path never takes them.
    """
    rows, columns = block.end_row - block.first_row, block.end_column - block.first_column
    tall = np.zeros_like(base)
    for height in range(1, MAX_BEAD):
        if height - 1 < len(base):
            tall[height - 1 :] += base[: len(base) - height + 1]
        own = tall[block.above :]
        summed = np.zeros((rows, columns), np.float32)
        for width in range(1, MAX_BEAD - height + 1):
            shift = block.before - width + 1
            if shift >= 0:
                summed += own[:, shift : shift + columns]
            elif -shift < columns:
                summed[:, -shift:] += own[:, : columns + shift]
            yield summed


def window_similarities(left: Side, right: Side, block: Block) -> Floats:
    """Cosine of every window pair: float32 `[len(SHAPES), rows, columns]`, windows named by their last segments."""
    base = left.vectors[block.rows] @ right.vectors[block.columns].T
    sums = shape_sums(base, block)
    result = []
    for height in range(1, MAX_BEAD):
        for width in range(1, MAX_BEAD - height + 1):
            scale = np.outer(
                left.norms[height - 1, block.first_row : block.end_row],
                right.norms[width - 1, block.first_column : block.end_column],
            )
            result.append(next(sums) / np.maximum(scale, 1e-9))
    found = np.stack(result).astype(np.float32, copy=False)
    if left.encoded or right.encoded:
        _compare_encoded(found, left, right, block)
    return found


def _compare_encoded(similarities: Floats, left: Side, right: Side, block: Block) -> None:
    """Put the cosines of the windows that are encoded as one in place of their sums'."""
    rows, columns = np.arange(block.first_row, block.end_row), np.arange(block.first_column, block.end_column)
    for shape, (height, width) in enumerate(SHAPES):
        ends = left.encoded_ends(height, block.first_row, block.end_row)
        if len(ends):
            own = left.windows(height, ends) @ right.windows(width, columns).T
            similarities[shape, ends - block.first_row] = own
        ends = right.encoded_ends(width, block.first_column, block.end_column)
        if len(ends):
            own = left.windows(height, rows) @ right.windows(width, ends).T
            similarities[shape][:, ends - block.first_column] = own
