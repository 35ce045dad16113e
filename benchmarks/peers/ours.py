"""Our own aligner, in the clothes of the others."""

from __future__ import annotations

from aligner.align.aligner import align_comparison
from aligner.align.comparison import Comparison
from benchmarks.alignment_case import AlignmentCase, Beads

__all__ = ["NEEDS", "READS", "TITLE", "align"]

TITLE = "Qostil"
NEEDS = ""
READS = "vectors"


def align(case: AlignmentCase, second_look: bool = True) -> Beads:
    """As the pipeline calls it, nothing set by hand; `second_look` alone can be left out.

    Where joined segments can't be encoded, as those of turned vectors, it looks at their sums a second time.
    """
    kk, ru = case.kk.segments, case.ru.segments
    comparison = Comparison.of(kk, ru, case.kk.vectors, case.ru.vectors, case.usual_means)

    def look_again(*windows: set[tuple[int, int]]) -> Comparison:
        return comparison.with_encoded(case.encode, kk, ru, *windows) if case.encode else comparison

    found = align_comparison(comparison, look_again=look_again if second_look else None)
    return [(bead.kk, bead.ru) for bead in found if bead.kk and bead.ru]
