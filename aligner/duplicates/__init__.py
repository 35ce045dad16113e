"""Which texts are the same, or nearly: exact search for near-duplicates among millions, in little memory."""

from aligner.duplicates.clusters import LIKENESS, Texts, text_shingles
from aligner.duplicates.shingles import Shingles, text_keys
from aligner.duplicates.skeleton import skeleton

__all__ = ["LIKENESS", "Shingles", "Texts", "skeleton", "text_keys", "text_shingles"]
