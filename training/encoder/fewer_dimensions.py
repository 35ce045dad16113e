"""An encoder's vectors in fewer dimensions: along the directions in which the training text differs most."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from aligner.encode import Encoder
from training.encoder.pairs import read_pairs

__all__ = ["FewerDimensions"]

_SAMPLE = 1_500


class FewerDimensions:
    """`encoder` with its vectors turned to `dimension` principal directions of `work`'s training pairs, unit length."""

    def __init__(self, encoder: Encoder, dimension: int, work: Path) -> None:
        self._encoder, self.dimension = encoder, dimension
        pairs = read_pairs(work / "train.jsonl")
        pairs = pairs[:: max(1, len(pairs) // _SAMPLE)]
        vectors = encoder.encode([pair.kk for pair in pairs] + [pair.ru for pair in pairs])
        # The two languages' means differ; that difference is no direction worth keeping.
        centred = np.concatenate([side - side.mean(axis=0) for side in np.split(vectors, 2)])
        _, _, directions = np.linalg.svd(centred, full_matrices=False)
        self._directions = directions[:dimension].T.astype(np.float32)

    @property
    def name(self) -> str:
        return f"{self._encoder.name}/{self.dimension}"

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        vectors = self._encoder.encode(texts) @ self._directions
        return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
