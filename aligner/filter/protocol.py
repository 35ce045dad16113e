"""What a filter is, and what it says of a pair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from aligner.filter.block import PairBlock
from aligner.records import Unit

__all__ = ["Filter", "Finding"]


class Filter(Protocol):
    """One question about a pair. `score` measures and `accept` decides, so that a threshold can be changed without
    measuring again. What a score means and which way it points is said by each filter."""

    @property
    def name(self) -> str: ...

    @property
    def threshold(self) -> float: ...

    def score(self, pair: Unit) -> float: ...

    def accept(self, score: float) -> bool: ...

    def clears(self, block: PairBlock) -> NDArray[np.bool_]:
        """Which of many pairs it accepts without a doubt. Of the others nothing is said: `score` must be asked."""
        ...

    def reason(self, pair: Unit, score: float) -> str:
        """Why a pair with this score is dropped: the filter's name, then what was found."""
        ...


@dataclass(frozen=True, slots=True)
class Finding:
    """What one filter says of one pair; `reason` is empty where the pair is accepted."""

    filter: str
    score: float
    threshold: float
    accepted: bool
    reason: str = ""
