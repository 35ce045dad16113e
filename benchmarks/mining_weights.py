"""Fit the weights of `aligner/mine/score.py` on X-WMT alone, and print them.

usage: python -m benchmarks.mining_weights [--distractors N]

Logistic regression over the candidates that involve a gold sentence, in sets of several sizes, where half of the gold
sentences have no counterpart. The gap depends on the weights, so they are fitted until they stand still.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.encode import CachedEncoder, Encoder, load_encoder
from aligner.encode.means import usual_means
from aligner.mine.margin import NEIGHBOURS, Candidates, find_candidates
from aligner.mine.neighbours import CentredVectors, find_neighbours
from aligner.mine.score import Features, Weights, features_of, gaps
from benchmarks.mining_corpus import HiddenPairs, hide, needed_files, read_distractors, read_gold
from benchmarks.shared_data import missing_files

__all__ = ["Case", "case_of", "fit", "main"]

ROUNDS = 20
GOLD_SIZES = (40, 150, 696)
"""How many gold pairs are hidden; small sets are as common in use as large ones."""
LONELY_SHARE = 0.5
"""Of how many gold pairs one side is taken away: nobody knows beforehand how many sentences have a counterpart."""


@dataclass(frozen=True, slots=True)
class Case:
    """The candidates of a set, their features, which of them involve a gold sentence, and which are known pairs."""

    candidates: Candidates
    features: Features
    counted: NDArray[np.bool_]
    known: NDArray[np.bool_]


def case_of(hidden: HiddenPairs, gold: list[tuple[str, str]], encoder: Encoder) -> Case:
    """Search `hidden` for candidates."""
    means = usual_means(encoder)
    left = CentredVectors(encoder.encode(hidden.kk), means[0])
    right = CentredVectors(encoder.encode(hidden.ru), means[1])
    candidates = find_candidates(
        left, right, find_neighbours(left, right, NEIGHBOURS), find_neighbours(right, left, NEIGHBOURS)
    )
    texts = {text for pair in gold for text in pair}
    pairs = [(hidden.kk[i], hidden.ru[j]) for i, j in zip(candidates.left, candidates.right, strict=True)]
    return Case(
        candidates,
        features_of(candidates, hidden.kk, hidden.ru),
        np.array([kk in texts or ru in texts for kk, ru in pairs], bool),
        np.array([pair in hidden.known for pair in pairs], bool),
    )


def fit(cases: list[Case]) -> Weights:
    """The weights for these cases, each of which counts as much as any other."""
    from sklearn.linear_model import LogisticRegression

    weights = Weights()
    truth = np.concatenate([case.known[case.counted] for case in cases])
    importance = np.concatenate([np.full(case.counted.sum(), 1_000 / case.counted.sum()) for case in cases])
    for _ in range(ROUNDS):
        columns = np.concatenate(
            [
                np.stack(
                    [
                        case.features.cosine,
                        gaps(case.candidates, case.features, weights),
                        case.features.figures,
                        case.features.length,
                    ],
                    axis=1,
                )[case.counted]
                for case in cases
            ]
        )
        model = LogisticRegression(C=100, max_iter=10_000).fit(columns, truth, importance)
        fitted = (*model.intercept_, *model.coef_[0])
        # Half the way, since each fit overshoots what the gaps of the one before were made for.
        weights = Weights(*((old + float(new)) / 2 for old, new in zip(astuple(weights), fitted, strict=True)))
    return Weights(*(round(value, 2) for value in astuple(weights)))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--distractors", type=int, default=6_000, help="of the largest set, a side")
    arguments = parser.parse_args()
    if missing := missing_files(*needed_files()):
        print(f"skipped: {', '.join(missing)} not here")
        return 0
    encoder = CachedEncoder(load_encoder())
    distractors = {language: read_distractors(language) for language in ("kk", "ru")}
    gold = read_gold("xwmt")
    cases = [
        case_of(hide(gold[:size], distractors, others, LONELY_SHARE), gold, encoder)
        for size, others in [(size, 0) for size in GOLD_SIZES]
        + [(GOLD_SIZES[-1], arguments.distractors // 10), (GOLD_SIZES[-1], arguments.distractors)]
    ]
    print(fit(cases))
    return 0


if __name__ == "__main__":
    sys.exit(main())
