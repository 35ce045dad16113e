"""Whether the figures of the two sides contradict each other."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.evidence import FigureComparison, compare_figures
from aligner.filter.block import DIGIT, PairBlock
from aligner.records import Unit

__all__ = ["Numerals"]

_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Numerals:
    """Score: of the figures that could answer each other, the share that says something else on either side.

    A figure that only one side has is no contradiction: it may be spelled out or left out. Neither are clocks that
    are twelve hours apart, nor values that differ by a power of ten, as where «мың» or «тыс.» is left to be understood.
    """

    threshold: float = 0.5
    name: str = "numerals"

    def score(self, pair: Unit) -> float:
        kk, ru = _DIGITS.findall(pair.kk), _DIGITS.findall(pair.ru)
        if not (kk and ru) or kk == ru or sorted(kk) == sorted(ru):
            return 0.0
        compared = compare_figures(pair.kk, pair.ru)
        only_kk, only_ru = _without_excused(compared)
        contradictions = min(only_kk.total(), only_ru.total())
        return contradictions / (contradictions + compared.shared.total()) if contradictions else 0.0

    def accept(self, score: float) -> bool:
        return score <= self.threshold

    def clears(self, block: PairBlock) -> NDArray[np.bool_]:
        has_digits = block.kk.has(DIGIT) & block.ru.has(DIGIT)
        return (~has_digits | block.kk.runs_equal(block.ru, DIGIT)) & ~block.is_odd & self.accept(0.0)

    def reason(self, pair: Unit, score: float) -> str:
        kk, ru = (", ".join(sorted(only)) for only in _without_excused(compare_figures(pair.kk, pair.ru)))
        return f"numerals {score:.2f}: {kk} ≠ {ru}"


def _without_excused(compared: FigureComparison) -> tuple[Counter[str], Counter[str]]:
    only_kk, only_ru = Counter(compared.only_kk), Counter(compared.only_ru)
    for kk in compared.only_kk:
        for ru in compared.only_ru:
            if only_kk[kk] and only_ru[ru] and _may_be_the_same(kk, ru):
                taken = min(only_kk[kk], only_ru[ru])
                only_kk[kk] -= taken
                only_ru[ru] -= taken
    return +only_kk, +only_ru


def _may_be_the_same(left: str, right: str) -> bool:
    if _significant_digits(left) == _significant_digits(right) != "":
        return True
    (left_hour, _, left_minutes), (right_hour, _, right_minutes) = left.partition(":"), right.partition(":")
    if not (left_hour.isdigit() and right_hour.isdigit()) or left_minutes != right_minutes:
        return False
    return abs(int(left_hour) - int(right_hour)) == 12 and max(int(left_hour), int(right_hour)) < 24


def _significant_digits(figure: str) -> str:
    """«50», «50000» and «5.0» all have the digit 5."""
    return re.sub(r"\D", "", figure).strip("0")
