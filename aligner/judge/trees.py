"""Gradient-boosted trees as numbers: what training wrote, evaluated for many rows at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Trees"]

Floats = NDArray[np.float32]
_ROWS_AT_ONCE = 2_048


@dataclass(frozen=True, slots=True)
class Trees:
    """The nodes of all trees one behind the other.

    A row goes left where its `feature` is at most `threshold`, or is missing and `missing_left`; a leaf has `feature`
    -1 and itself on both sides. `roots`: where each tree begins. `base`: what all rows have in common.
    """

    base: float
    depth: int
    roots: NDArray[np.int32]
    feature: NDArray[np.int32]
    threshold: Floats
    missing_left: NDArray[np.bool_]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: Floats

    @classmethod
    def from_numbers(cls, numbers: Mapping[str, Any]) -> Trees:
        """From what `training/judge` wrote: `base`, and for each of `trees` rows of `[feature, threshold,
        missing_left, left, right, value]`, children counted from the tree's own first node."""
        roots: list[int] = []
        nodes: list[Sequence[float]] = []
        for tree in numbers["trees"]:
            start = len(nodes)
            roots.append(start)
            for place, (feature, threshold, missing_left, left, right, value) in enumerate(tree):
                is_leaf = feature < 0
                left, right = (start + place, start + place) if is_leaf else (start + left, start + right)
                nodes.append((feature, threshold, missing_left, left, right, value))
        columns = list(zip(*nodes, strict=True))
        return cls(
            float(numbers["base"]),
            int(numbers["depth"]),
            np.array(roots, np.int32),
            np.array(columns[0], np.int32),
            np.array(columns[1], np.float32),
            np.array(columns[2], bool),
            np.array(columns[3], np.int32),
            np.array(columns[4], np.int32),
            np.array(columns[5], np.float32),
        )

    def log_odds(self, rows: Floats) -> Floats:
        """`[n]` for rows `[n, features]`; NaN is a missing value."""
        parts = [self._log_odds(rows[start : start + _ROWS_AT_ONCE]) for start in range(0, len(rows), _ROWS_AT_ONCE)]
        return np.concatenate(parts) if parts else np.zeros(0, np.float32)

    def _log_odds(self, rows: Floats) -> Floats:
        at = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        own = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            found = rows[own, self.feature[at]]
            goes_left = np.where(np.isnan(found), self.missing_left[at], found <= self.threshold[at])
            at = np.where(goes_left, self.left[at], self.right[at])
        odds: Floats = (self.base + self.value[at].sum(axis=1, dtype=np.float64)).astype(np.float32)
        return odds
