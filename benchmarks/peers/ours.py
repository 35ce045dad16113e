"""Our own aligner, in the clothes of the others."""

from __future__ import annotations

from aligner.align import align_segments
from benchmarks.alignment_case import AlignmentCase, Beads

__all__ = ["NEEDS", "READS", "TITLE", "align"]

TITLE = "Qostil"
NEEDS = ""
READS = "vectors"


def align(case: AlignmentCase) -> Beads:
    """As the pipeline calls it, nothing set by hand."""
    found = align_segments(case.kk.segments, case.ru.segments, case.kk.vectors, case.ru.vectors, case.usual_means)
    return [(bead.kk, bead.ru) for bead in found if bead.kk and bead.ru]
