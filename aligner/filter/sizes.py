"""How long the two sides are, by themselves and beside each other."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.filter.block import LETTER, PairBlock
from aligner.records import Unit

__all__ = ["EmptySide", "LengthRatio", "TextLength"]

_LETTER = re.compile(r"[^\W\d_]")
# A short text varies in length for reasons of grammar alone.
_SLACK = 15


@dataclass(frozen=True, slots=True)
class EmptySide:
    """Score: on how many sides there is a letter, 0 to 2. Both must have one."""

    threshold: float = 2
    name: str = "empty_side"

    def score(self, pair: Unit) -> float:
        return sum(_LETTER.search(text) is not None for text in (pair.kk, pair.ru))

    def accept(self, score: float) -> bool:
        return score >= self.threshold

    def clears(self, block: PairBlock) -> NDArray[np.bool_]:
        return block.kk.has(LETTER) & block.ru.has(LETTER) & self.accept(2)

    def reason(self, pair: Unit, score: float) -> str:
        sides = [side for side, text in (("kk", pair.kk), ("ru", pair.ru)) if not _LETTER.search(text)]
        return f"empty_side: no letter on the {' and the '.join(sides)} side"


@dataclass(frozen=True, slots=True)
class LengthRatio:
    """Score: how many times longer one side is than the other, in characters, 15 added to each."""

    threshold: float = 2.8
    name: str = "length_ratio"

    def score(self, pair: Unit) -> float:
        ratio = (len(pair.kk) + _SLACK) / (len(pair.ru) + _SLACK)
        return max(ratio, 1 / ratio)

    def accept(self, score: float) -> bool:
        return score <= self.threshold

    def clears(self, block: PairBlock) -> NDArray[np.bool_]:
        ratios = (block.kk.lengths + _SLACK) / (block.ru.lengths + _SLACK)
        accepted: NDArray[np.bool_] = np.maximum(ratios, 1 / ratios) <= self.threshold
        return accepted

    def reason(self, pair: Unit, score: float) -> str:
        longer = "kk" if len(pair.kk) > len(pair.ru) else "ru"
        return f"length_ratio {score:.1f}: the {longer} side is longer"


@dataclass(frozen=True, slots=True)
class TextLength:
    """Score: the characters of the longer side."""

    threshold: float = 2_000
    name: str = "text_length"

    def score(self, pair: Unit) -> float:
        return max(len(pair.kk), len(pair.ru))

    def accept(self, score: float) -> bool:
        return score <= self.threshold

    def clears(self, block: PairBlock) -> NDArray[np.bool_]:
        accepted: NDArray[np.bool_] = np.maximum(block.kk.lengths, block.ru.lengths) <= self.threshold
        return accepted

    def reason(self, pair: Unit, score: float) -> str:
        return f"text_length {score:.0f}: too long for a sentence"
