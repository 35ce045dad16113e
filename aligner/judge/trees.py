"""Gradient-boosted trees as numbers: what training wrote, evaluated for many rows at once.

Lucchese et al. 2015, “QuickScorer: a fast algorithm to rank documents with additive ensembles of regression trees”: no
tree is walked. Each node that sends a row to the right rules out the leaves on its left, and of the leaves that no node
rules out the leftmost is the row's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Trees"]

Floats = NDArray[np.float32]
Leaves = NDArray[np.uint16]
"""Sets of a tree's leaves: the lowest bit stands for the leftmost one."""

_ROWS_AT_ONCE = 512
_MOST_LEAVES = 16
_ALL = (1 << _MOST_LEAVES) - 1
_LEFTMOST = np.frexp(np.arange(_ALL + 1) & -np.arange(_ALL + 1))[1] - 1
"""The place of the lowest bit."""


@dataclass(frozen=True, slots=True)
class _Column:
    """What the nodes that look at one feature rule out.

    `thresholds`: `[t]`, rising. `left`: `[t + 2, trees]`, the leaves that are left for a value that is above none of
    the thresholds, above the first one … above all, and for a value that is missing.
    """

    feature: int
    thresholds: Floats
    left: Leaves

    def leaves(self, values: Floats) -> Leaves:
        """`[n, trees]` for `[n]` values."""
        places = np.searchsorted(self.thresholds, values)
        places[np.isnan(values)] = len(self.thresholds) + 1
        found: Leaves = self.left[places]
        return found


@dataclass(frozen=True, slots=True)
class Trees:
    """All trees, by the features that their nodes look at.

    `base`: what all rows have in common. `values`: of the leaves from left to right, `[trees, 16]`.
    """

    base: float
    columns: tuple[_Column, ...]
    values: Floats

    @classmethod
    def from_numbers(cls, numbers: Mapping[str, Any]) -> Trees:
        """From what `training/judge` wrote: `base`, and for each of `trees` rows of `[feature, threshold,
        missing_left, left, right, value]`, children counted from the tree's own first node.

        A row goes left where its feature is at most the threshold, or is missing and `missing_left`; a leaf has the
        feature -1. ValueError where a tree has more than 16 leaves.
        """
        trees = numbers["trees"]
        values = np.zeros((len(trees), _MOST_LEAVES), np.float32)
        nodes: dict[int, list[_Node]] = {}
        for place, tree in enumerate(trees):
            leaves: list[float] = []
            for feature, node in _nodes(tree, place, 0, leaves):
                nodes.setdefault(feature, []).append(node)
            if len(leaves) > _MOST_LEAVES:
                raise ValueError(f"tree {place} has {len(leaves)} leaves, more than {_MOST_LEAVES}")
            values[place, : len(leaves)] = leaves
        columns = tuple(_column(feature, nodes[feature], len(trees)) for feature in sorted(nodes))
        return cls(float(numbers["base"]), columns, values)

    def log_odds(self, rows: Floats) -> Floats:
        """`[n]` for rows `[n, features]`; NaN is a missing value."""
        parts = [self._log_odds(rows[start : start + _ROWS_AT_ONCE]) for start in range(0, len(rows), _ROWS_AT_ONCE)]
        return np.concatenate(parts) if parts else np.zeros(0, np.float32)

    def _log_odds(self, rows: Floats) -> Floats:
        left = np.full((len(rows), len(self.values)), _ALL, np.uint16)
        for column in self.columns:
            left &= column.leaves(rows[:, column.feature])
        reached = self.values[np.arange(len(self.values)), _LEFTMOST[left]]
        odds: Floats = (self.base + reached.sum(axis=1, dtype=np.float64)).astype(np.float32)
        return odds


@dataclass(frozen=True, slots=True)
class _Node:
    """A node of one tree: what it rules out, as bits, where a row goes right."""

    tree: int
    threshold: float
    missing_left: bool
    ruled_out: int


def _nodes(tree: Sequence[Sequence[float]], tree_place: int, at: int, leaves: list[float]) -> list[tuple[int, _Node]]:
    """The nodes at and under row `at` of the tree, each with its feature; `leaves` gets their values, left to right."""
    feature, threshold, missing_left, left, right, value = tree[at]
    if feature < 0:
        leaves.append(value)
        return []
    first = len(leaves)
    on_left = _nodes(tree, tree_place, int(left), leaves)
    ruled_out = (1 << len(leaves)) - (1 << first)
    own = int(feature), _Node(tree_place, threshold, bool(missing_left), ruled_out)
    return [own, *on_left, *_nodes(tree, tree_place, int(right), leaves)]


def _column(feature: int, nodes: Sequence[_Node], trees: int) -> _Column:
    thresholds = np.unique(np.array([node.threshold for node in nodes], np.float32))
    left = np.full((len(thresholds) + 2, trees), _ALL, np.uint16)
    for node in nodes:
        kept = np.uint16(_ALL & ~node.ruled_out)
        above = int(np.searchsorted(thresholds, np.float32(node.threshold))) + 1
        left[above:-1, node.tree] &= kept
        if not node.missing_left:
            left[-1, node.tree] &= kept
    return _Column(feature, thresholds, left)
