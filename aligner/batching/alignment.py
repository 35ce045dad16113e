"""A planned pair → its beads, verdicts and units."""

from __future__ import annotations

from aligner.encode import Encoder
from aligner.pipeline import Aligned, Prepared, align_given, align_prepared, units_of
from aligner.records import AlignedText, Document, DocumentPair, Unit

__all__ = ["align_as_given", "align_planned"]


def align_planned(kk: Prepared, ru: Prepared, score: float, encoder: Encoder) -> tuple[Aligned, list[Unit]]:
    """Align two prepared documents that were paired with this probability."""
    aligned = align_prepared(DocumentPair(kk.document, ru.document, score), kk, ru, encoder)
    return aligned, units_of(aligned)


def align_as_given(kk: Document, ru: Document, encoder: Encoder) -> tuple[Aligned, list[Unit]]:
    """Judge two documents whose paragraphs are each other's translations, as their file says."""
    aligned = align_given(AlignedText(kk, ru), encoder)
    return aligned, units_of(aligned)
