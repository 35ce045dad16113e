"""Pairs of texts → verdicts: how probable it is that two texts translate each other, and what speaks against it."""

from aligner.judge.judge import Judge, text_reasons
from aligner.judge.likeness import Background, Likeness, bead_likeness, pair_likeness
from aligner.judge.reasons import REASON_KINDS

__all__ = [
    "REASON_KINDS",
    "Background",
    "Judge",
    "Likeness",
    "bead_likeness",
    "pair_likeness",
    "text_reasons",
]
