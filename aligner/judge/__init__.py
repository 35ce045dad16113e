"""Beads → verdicts: how probable it is that two texts translate each other, and what speaks against it."""

from aligner.judge.verdict import judge

__all__ = ["judge"]
