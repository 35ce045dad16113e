"""Parallel sentences in comparable text: FAISS neighbours, two-way ratio margin, one-to-one choice."""

from aligner.mine.miner import TAKEN_FROM, MinedPair, Mining, mine_pairs
from aligner.mine.neighbours import Recall
from aligner.mine.sift import Sifted, sift

__all__ = ["TAKEN_FROM", "MinedPair", "Mining", "Recall", "Sifted", "mine_pairs", "sift"]
