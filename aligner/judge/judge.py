"""Pairs → verdicts."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.judge.calibration import Calibration, calibration_for
from aligner.judge.likeness import Background, Likeness, bead_likeness, pair_likeness
from aligner.judge.reasons import reasons_against
from aligner.judge.texts import TEXT_FEATURES, NameRates, TextEvidence, look_at
from aligner.judge.trees import Trees
from aligner.records import Bead, Verdict

__all__ = ["FEATURES", "LIKENESS_FEATURES", "Judge", "Model", "feature_rows", "load_model", "text_reasons"]

Floats = NDArray[np.float32]

LIKENESS_FEATURES = ("cosine", "margin", "gap", "lesser", "wider", "company")
FEATURES = (*LIKENESS_FEATURES, *TEXT_FEATURES)
_WORDLESS = 0.1


@dataclass(frozen=True, slots=True)
class Model:
    """What `training/judge` wrote: trees, how often names are answered, a calibration for each known encoder.

    `columns`: the places in `FEATURES` of what the trees look at.
    """

    trees: Trees
    columns: list[int]
    rates: NameRates
    calibrations: dict[str, dict[str, float]]

    @classmethod
    def from_numbers(cls, numbers: dict[str, Any]) -> Model:
        names = numbers["names"]
        common = {language: frozenset(keys.split()) for language, keys in names["common"].items()}
        rates = NameRates(names["kinds"], names["keys"], common)
        columns = [FEATURES.index(name) for name in numbers["features"]]
        return cls(Trees.from_numbers(numbers), columns, rates, numbers["calibrations"])

    def log_odds(self, rows: Floats) -> Floats:
        """`[n]`, not yet calibrated, for rows `[n, len(FEATURES)]`."""
        return self.trees.log_odds(rows[:, self.columns])


@cache
def load_model() -> Model:
    """The model that comes with Qostil."""
    return Model.from_numbers(json.loads(files("aligner.judge").joinpath("model.json").read_text(encoding="utf-8")))


class Judge:
    """Gives each pair the probability that its sides translate each other, and what speaks against it.

    `background`: the vectors that its encoder gives for sentences whose translations are known. `encoder_name` chooses
    among the stored calibrations; one that is not known gets the embedded encoder's.
    """

    def __init__(
        self,
        background: Background,
        encoder_name: str,
        model: Model | None = None,
        calibration: Calibration | None = None,
    ) -> None:
        self.background = background
        self._model = model or load_model()
        self.calibration = calibration or calibration_for(self._model.calibrations, encoder_name)

    def judge_pairs(
        self, kk: Sequence[str], ru: Sequence[str], kk_vectors: Floats, ru_vectors: Floats
    ) -> list[Verdict]:
        """The verdicts on pairs that stand in no document: texts, and their unit vectors `[n, d]`, row by row."""
        return self.judge(kk, ru, pair_likeness(kk_vectors, ru_vectors, self.background))

    def judge_beads(
        self,
        beads: Sequence[Bead],
        kk: Sequence[str],
        ru: Sequence[str],
        kk_vectors: Floats,
        ru_vectors: Floats,
        kk_lengths: Floats,
        ru_lengths: Floats,
    ) -> list[Verdict]:
        """The verdicts on those of a document pair's beads that have two sides; `kk`, `ru`: the texts of these.

        Vectors and lengths are those of `bead_likeness`, one for each segment of the document.
        """
        likeness = bead_likeness(beads, kk_vectors, ru_vectors, kk_lengths, ru_lengths, self.background)
        return self.judge(kk, ru, likeness)

    def judge(self, kk: Sequence[str], ru: Sequence[str], likeness: Likeness) -> list[Verdict]:
        """The verdicts on pairs of texts of which it is known how like they are in meaning."""
        evidence = [look_at(left, right, self._model.rates) for left, right in zip(kk, ru, strict=True)]
        rows = feature_rows(likeness, evidence)
        probabilities = self.calibration.probabilities(self._model.log_odds(rows))
        # The trees have learnt from sentences alone, and vectors find all scraps of markup alike.
        probabilities = np.where([each.is_wordless for each in evidence], probabilities * _WORDLESS, probabilities)
        return [
            Verdict(probability, tuple(reasons_against(seen, row[0], row[2], row[3], row[4])))
            for seen, row, probability in zip(evidence, rows.tolist(), probabilities.tolist(), strict=True)
        ]


def feature_rows(likeness: Likeness, evidence: Sequence[TextEvidence]) -> Floats:
    """`[n, len(FEATURES)]`: what the trees look at."""
    if not evidence:
        return np.zeros((0, len(FEATURES)), np.float32)
    meant = np.stack(
        [
            likeness.cosine,
            likeness.cosine - likeness.crowd,
            likeness.cosine - likeness.rival,
            likeness.cosine - likeness.lesser,
            likeness.cosine - likeness.wider,
            likeness.company,
        ],
        axis=1,
    )
    rows: Floats = np.concatenate((meant, np.array([each.row for each in evidence])), axis=1).astype(np.float32)
    return rows


def text_reasons(kk: str, ru: str) -> tuple[str, ...]:
    """What the texts alone say against the pair."""
    return tuple(reasons_against(look_at(kk, ru, load_model().rates), math.nan, math.nan, math.nan, math.nan))
