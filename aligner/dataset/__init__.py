"""Which pairs make which part of a dataset, and the papers that go with it."""

from aligner.dataset.card import CardFacts, dataset_card
from aligner.dataset.manifest import file_digest, write_manifest
from aligner.dataset.sampling import seeded_ranks, take_pairs
from aligner.dataset.split import PARTS, split_pairs

__all__ = [
    "PARTS",
    "CardFacts",
    "dataset_card",
    "file_digest",
    "seeded_ranks",
    "split_pairs",
    "take_pairs",
    "write_manifest",
]
