"""vecalign's dynamic programming (Thompson & Koehn 2019), as `sentweave` packages it.

vecalign itself is not on PyPI; `sentweave` (Apache-2.0) carries its compiled core and is what a user installs.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.alignment_case import MOST_JOINED, AlignmentCase, Beads

__all__ = ["NEEDS", "READS", "TITLE", "align"]

TITLE = "vecalign's DP (sentweave)"
NEEDS = "sentweave"
READS = "windows"


def align(case: AlignmentCase, del_percentile_frac: float = 0.2, alignment_max_size: int = MOST_JOINED) -> Beads:
    """`sentweave.align` at its defaults, with our windows handed over where it asks its encoder for them.

    `alignment_max_size` is the largest n + m; vecalign's own program has 4 for its default where sentweave has 8.
    """
    from sentweave import align as align_with  # type: ignore[import-untyped, unused-ignore]

    # It asks for every window height of the first text, then for every one of the second.
    heights = slice(alignment_max_size)
    layers: Iterator[NDArray[np.float32]] = iter([*case.kk.windows[heights], *case.ru.windows[heights]])

    def next_layer(texts: Sequence[str]) -> NDArray[np.float32]:
        layer = next(layers)
        if len(layer) != len(texts):
            raise RuntimeError("this version of sentweave asks for its windows in another order")
        return layer

    with warnings.catch_warnings():
        # Its compiled core turns an array that it has not filled yet into integers, and numpy minds.
        warnings.filterwarnings("ignore", "invalid value encountered in cast", RuntimeWarning)
        result = align_with(
            case.kk.segments,
            case.ru.segments,
            next_layer,
            alignment_max_size=alignment_max_size,
            del_percentile_frac=del_percentile_frac,
        )
    beads = [(tuple(found.src_indices), tuple(found.tgt_indices)) for found in result.alignments]
    return [bead for bead in beads if bead[0] and bead[1]]
