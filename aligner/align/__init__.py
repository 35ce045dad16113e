"""The alignment of two versions of a text, sentence by sentence."""

from aligner.align.aligner import align_segments
from aligner.align.weights import Weights

__all__ = ["Weights", "align_segments"]
