"""Traces of the program that a text comes from."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.filter.block import PairBlock, sign
from aligner.records import Unit

__all__ = ["Markup"]

_MARKUP = re.compile(r"</?[a-zA-Z][^<>\n]{0,200}>|&(?:[a-z]{2,8}|#\d{1,5});|\{\{[^{}]{0,80}\}\}|\[\[[^\[\]]{0,80}\]\]")

_OPENS = sign(r"[<&{\[]")


@dataclass(frozen=True, slots=True)
class Markup:
    """Score: tags, entities and templates on both sides together. None of the default filters: a program's texts
    have them rightly."""

    threshold: float = 0
    name: str = "markup"

    def score(self, pair: Unit) -> float:
        return len(_MARKUP.findall(pair.kk)) + len(_MARKUP.findall(pair.ru))

    def accept(self, score: float) -> bool:
        return score <= self.threshold

    def clears(self, block: PairBlock) -> NDArray[np.bool_]:
        return ~block.has(_OPENS) & self.accept(0)

    def reason(self, pair: Unit, score: float) -> str:
        first = _MARKUP.search(pair.kk) or _MARKUP.search(pair.ru)
        return f"markup {score:.0f}: {first[0] if first else ''}"
