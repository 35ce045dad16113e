"""Encoders that a cluster's workers can import: one that fails, and one that is another."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from batches import FigureEncoder

__all__ = ["BAD_WORD", "FailingEncoder", "OtherEncoder"]

BAD_WORD = "Сынақ"


class FailingEncoder(FigureEncoder):
    """Fails at texts with a word, `times` times in all, and keeps count of that in a file."""

    def __init__(self, log: Path, times: int) -> None:
        super().__init__()
        self.log, self.times = log, times

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        if any(BAD_WORD in text for text in texts):
            before = self.log.read_text(encoding="utf-8").count("\n") if self.log.exists() else 0
            if before < self.times:
                with self.log.open("a", encoding="utf-8") as log:
                    log.write("failed\n")
                raise ValueError("no such word")
        return super().encode(texts)


class OtherEncoder(FigureEncoder):
    """Makes the same vectors under another name."""

    def __init__(self) -> None:
        super().__init__("others")
