"""Gold lines whose two sides do not translate each other: no encoder can be right about them.

For `gold_faults.tsv` (set, line from 0, why) every line was read that any of three encoders missed by margin in either
direction: ours, and e5-small without a prefix and with “query: ”. What none of them missed counts as right for all.
Loose translations are kept; a line is a fault only where its two sides say different things.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

__all__ = ["OF_TRUE", "faults_told", "true_lines"]

OF_TRUE = "margin, true lines"
"""What the errors by margin are called where the faults are left out."""

_LIST = Path(__file__).with_name("gold_faults.tsv")


def true_lines(name: str, lines: int) -> NDArray[np.bool_]:
    """For each line of a set of ../shared/gold, or pair of `benchmarks/government.py`, whether it is no known fault."""
    is_true = np.ones(lines, bool)
    is_true[[line for set_name, line in _faults() if set_name == name]] = False
    return is_true


def faults_told() -> str:
    """How many there are in each set, in words."""
    counts = Counter(name for name, _ in _faults())
    return ", ".join(f"{count} of {name}" for name, count in counts.items())


def _faults() -> Sequence[tuple[str, int]]:
    with _LIST.open(encoding="utf-8", newline="") as rows:
        return [(row["set"], int(row["line"])) for row in csv.DictReader(rows, delimiter="\t")]
