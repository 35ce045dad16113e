"""From the trees' log-odds to probabilities that are right about themselves, encoder by encoder.

Platt 1999, “Probabilistic outputs for support vector machines”: a slope and an offset, fitted by likelihood.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Calibration", "calibration_for", "fit_calibration"]

Floats = NDArray[np.float32]

_ROUNDS = 100
_RIDGE = 1e-3


@dataclass(frozen=True, slots=True)
class Calibration:
    """The probability is the logistic of `slope` · log-odds + `offset`."""

    slope: float = 1.0
    offset: float = 0.0

    def probabilities(self, log_odds: Floats) -> Floats:
        """`[n]` from `[n]`."""
        spread = np.clip(self.slope * log_odds.astype(np.float64) + self.offset, -30, 30)
        found: Floats = (1 / (1 + np.exp(-spread))).astype(np.float32)
        return found


def calibration_for(known: Mapping[str, Any], encoder_name: str) -> Calibration:
    """The calibration that is stored for the encoder, else `default`, that of the embedded one.

    The default is fair to encoders that are unknown, since cosines reach the judge on the encoder's own scale
    (`Background.scale`); `python -m training.judge.train --encoder NAME` fits and stores one.
    """
    numbers = known.get(encoder_name, known["default"])
    return Calibration(float(numbers["slope"]), float(numbers["offset"]))


def fit_calibration(log_odds: Floats, is_translation: NDArray[np.bool_], weights: Floats | None = None) -> Calibration:
    """The calibration under which these `[n]` judged pairs are likeliest, by Newton's method.

    Platt's targets keep it finite where the two kinds are told apart without a fault.
    """
    importance = np.ones(len(log_odds)) if weights is None else weights.astype(np.float64)
    positive, negative = importance[is_translation].sum(), importance[~is_translation].sum()
    targets = np.where(is_translation, (positive + 1) / (positive + 2), 1 / (negative + 2))
    design = np.stack([log_odds.astype(np.float64), np.ones(len(log_odds))], axis=1)
    fitted = np.array([1.0, 0.0])
    for _ in range(_ROUNDS):
        expected = 1 / (1 + np.exp(-np.clip(design @ fitted, -30, 30)))
        gradient = design.T @ (importance * (targets - expected)) - _RIDGE * (fitted - [1.0, 0.0])
        curvature = (design * (importance * expected * (1 - expected))[:, None]).T @ design + _RIDGE * np.eye(2)
        step = np.linalg.solve(curvature, gradient)
        fitted += np.clip(step, -0.5, 0.5)
        if np.abs(step).max() < 1e-8:
            break
    return Calibration(float(fitted[0]), float(fitted[1]))
