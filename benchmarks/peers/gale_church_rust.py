"""Gale & Church (1993) by length alone, in the Rust package `galechurch`."""

from __future__ import annotations

from benchmarks.alignment_case import AlignmentCase, Beads

__all__ = ["NEEDS", "READS", "TITLE", "align"]

TITLE = "Gale–Church (galechurch)"
NEEDS = "galechurch"
READS = "lengths"


def align(case: AlignmentCase) -> Beads:
    """At its defaults, which are those of the original program."""
    import galechurch

    found = galechurch.align(list(case.kk.segments), list(case.ru.segments)).beads
    return [
        (tuple(range(bead.source_start, bead.source_end)), tuple(range(bead.target_start, bead.target_end)))
        for bead in found
        if bead.source_end > bead.source_start and bead.target_end > bead.target_start
    ]
