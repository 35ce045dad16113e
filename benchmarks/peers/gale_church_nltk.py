"""Gale & Church (1993) by length alone, in NLTK."""

from __future__ import annotations

from benchmarks.alignment_case import AlignmentCase, Beads

__all__ = ["NEEDS", "READS", "TITLE", "align"]

TITLE = "Gale–Church (NLTK)"
NEEDS = "nltk"
READS = "lengths"


def align(case: AlignmentCase) -> Beads:
    """NLTK answers with single links; those that share a segment are one bead."""
    from nltk.translate.gale_church import align_blocks

    links = align_blocks([len(text) for text in case.kk.segments], [len(text) for text in case.ru.segments])
    beads: list[tuple[set[int], set[int]]] = []
    for kk, ru in sorted(links):
        if beads and (kk in beads[-1][0] or ru in beads[-1][1]):
            beads[-1][0].add(kk)
            beads[-1][1].add(ru)
        else:
            beads.append(({kk}, {ru}))
    return [(tuple(sorted(kk)), tuple(sorted(ru))) for kk, ru in beads]
