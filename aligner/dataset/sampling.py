"""Fewer pairs than there are, the same ones each time."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

__all__ = ["Take", "seeded_ranks", "take_pairs"]

Take = Literal["random", "best"]


def seeded_ranks(keys: NDArray[np.uint64], seed: int) -> NDArray[np.uint64]:
    """A number for each key that looks random and depends on the key and the seed alone, not on the order.

    The mixing steps are those of splitmix64 (Steele, Lea and Flood 2014).
    """
    values = keys + np.uint64((seed * 0x9E37_79B9_7F4A_7C15 + 0x9E37_79B9_7F4A_7C15) % 2**64)
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58_476D_1CE4_E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D0_49BB_1331_11EB)
    return values ^ (values >> np.uint64(31))


def take_pairs(
    keys: NDArray[np.uint64], scores: NDArray[np.float32], count: int, take: Take, seed: int
) -> NDArray[np.bool_]:
    """Which `count` of the pairs to take: any, as the seed has it, or those with the best scores."""
    ranks = seeded_ranks(keys, seed)
    order = np.argsort(ranks, kind="stable") if take == "random" else np.lexsort((ranks, -scores))
    taken = np.zeros(len(keys), dtype=bool)
    taken[order[:count]] = True
    return taken
