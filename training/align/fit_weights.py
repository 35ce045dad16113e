"""Search the weights of `aligner/align/weights.py` for the encoder that ships, on the development sets.

    python -m training.align.fit_weights [--model FOLDER] [--extra GOLD.json …] [--rounds N]

Each weight in turn is tried a step up and a step down; what helps stays, and steps that no longer help are halved.
`--extra` names more gold of the form of ../shared/gold/alignment_dev.json, made with other seeds by
../shared/tools/make_alignment_gold.py, so that the weights do not fit one draw of noise. Nothing is written: the
weights are printed, to be looked at and copied.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

from aligner.align.aligner import LookAgain, align_comparison
from aligner.align.comparison import Comparison
from aligner.align.weights import Weights
from aligner.encode import CachedEncoder, EmbeddedEncoder, Encoder
from aligner.encode.embedded import embedded_model_path
from benchmarks.align import GOLD
from benchmarks.bead_scores import BeadScores, score_beads
from benchmarks.shared_data import read_documents

__all__ = ["fit", "main", "objective"]

_FIRST_STEP, _LAST_STEP = 0.25, 0.06
"""Relative; a weight of 0 moves by its step times .1."""
_NATURAL = "natural/"
_IMPROVEMENT = 2e-5

Sets = Mapping[str, tuple[Sequence[Mapping[str, Any]], Sequence[tuple[Comparison, LookAgain]]]]


def _prepared(encoder: Encoder, means: tuple[np.ndarray, np.ndarray], extra: Sequence[Path]) -> Sets:
    documents = {name: read_documents(path) for name, path in GOLD.items()}
    documents |= {path.stem: json.loads(path.read_text(encoding="utf-8"))["docs"] for path in extra}
    return {
        name: (
            found,
            [_compared(each["kk"], each["ru"], encoder, means) for each in found],
        )
        for name, found in documents.items()
    }


def _compared(
    kk: Sequence[str], ru: Sequence[str], encoder: Encoder, means: tuple[np.ndarray, np.ndarray]
) -> tuple[Comparison, LookAgain]:
    comparison = Comparison.of(kk, ru, encoder.encode(kk), encoder.encode(ru), means)
    kept: dict[str, np.ndarray] = {}

    def encode(texts: Sequence[str]) -> np.ndarray:
        new = [text for text in texts if text not in kept]
        if new:
            kept.update(zip(new, encoder.encode(new), strict=True))
        return np.stack([kept[text] for text in texts])

    return comparison, lambda *windows: comparison.with_encoded(encode, kk, ru, *windows)


def _scores(sets: Sets, weights: Weights) -> dict[str, BeadScores]:
    found = {}
    for name, (documents, comparisons) in sets.items():
        beads = {
            document["id"]: [(bead.kk, bead.ru) for bead in align_comparison(comparison, weights, look_again)]
            for document, (comparison, look_again) in zip(documents, comparisons, strict=True)
        }
        found[name] = score_beads(documents, beads)
    return found


def objective(scores: Mapping[str, BeadScores]) -> float:
    """News and natural text count alike, whatever the number of their sets; strict F1 most, lax and unaligned some."""
    kinds: dict[bool, list[float]] = {True: [], False: []}
    for name, score in scores.items():
        kinds[name.startswith(_NATURAL)].append(0.6 * score.strict_f1 + 0.2 * score.lax_f1 + 0.2 * score.unaligned_f1)
    return sum(sum(found) / len(found) for found in kinds.values() if found) / 2


def fit(sets: Sets, weights: Weights, rounds: int) -> Weights:
    best = objective(_scores(sets, weights))
    print(f"{best:.5f} {_told(_scores(sets, weights))}", flush=True)
    steps = dict.fromkeys(asdict(weights), _FIRST_STEP)
    for number in range(rounds):
        for name in steps:
            if steps[name] < _LAST_STEP:
                continue
            for direction in (1, -1):
                now = getattr(weights, name)
                moved = now + direction * steps[name] * (abs(now) or 0.1)
                tried = replace(weights, **{name: moved})
                scores = _scores(sets, tried)
                value = objective(scores)
                if value > best + _IMPROVEMENT:
                    best, weights = value, tried
                    print(f"{best:.5f} {name} {now:.4f} → {moved:.4f} {_told(scores)}", flush=True)
                    break
            else:
                steps[name] /= 2
        print(f"round {number + 1}: {weights}", flush=True)
        if all(step < _LAST_STEP for step in steps.values()):
            break
    return weights


def _told(scores: Mapping[str, BeadScores]) -> str:
    return " · ".join(f"{name} {s.strict_f1:.4f}/{s.lax_f1:.4f}/{s.unaligned_f1:.4f}" for name, s in scores.items())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--model", type=Path, default=embedded_model_path(), help="folder of the encoder")
    parser.add_argument("--extra", type=Path, nargs="*", default=[], help="more gold to fit on")
    parser.add_argument("--rounds", type=int, default=4)
    arguments = parser.parse_args()
    plain = EmbeddedEncoder(arguments.model)
    kk, ru = np.load(plain.path / "usual_means.npy")
    sets = _prepared(CachedEncoder(plain), (kk, ru), arguments.extra)
    print(fit(sets, Weights(), arguments.rounds))


if __name__ == "__main__":
    main()
