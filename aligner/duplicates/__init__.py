"""Which texts are the same, or nearly: exact search for near-duplicates among millions, in little memory."""

from aligner.duplicates.clusters import LIKENESS, Texts
from aligner.duplicates.shingles import text_keys
from aligner.duplicates.skeleton import skeleton

__all__ = ["LIKENESS", "Texts", "skeleton", "text_keys"]
