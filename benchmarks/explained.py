"""What pairing, aligning and judging make of the sample corpus: the numbers behind the pictures of the docs.

usage: python -m benchmarks.explained      (make figures runs it, too)

Written, where anything is new: benchmarks/results/explained.json; `benchmarks.readme_figures` draws from it. It needs
nothing but corpora/.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from aligner.api import score_pairs
from aligner.centring import language_mean, unit
from aligner.encode import Encoder, load_encoder
from aligner.encode.means import usual_means
from aligner.pair import choose, language_means, profile_of, rarity_of, view, weigh
from aligner.pipeline import Prepared, align_prepared, prepare, read_inputs
from aligner.records import DocumentPair
from benchmarks.results_file import RESULTS, corpus_hashes, installed_versions, write_results

__all__ = ["SAMPLE", "explained", "sample_files"]

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "corpora" / "sample"
_MOST_SEGMENTS = 30

_SENTENCE = "Жиынға Алматыдан 25 ғалым қатысып, екі жаңа зертхананың жобасын таныстырды."
_TRANSLATION = "В собрании участвовали 25 учёных из Алматы, которые представили проект двух новых лабораторий."
_JUDGED = {
    "a translation": _TRANSLATION,
    "a wrong number": _TRANSLATION.replace("25", "52"),
    "a wrong name": _TRANSLATION.replace("Алматы", "Павлодара"),
    "half of it": "В собрании участвовали 25 учёных из Алматы.",
    "not translated": _SENTENCE,
    "the next sentence": "По его словам, строительство начнётся будущей весной.",
}


def sample_files() -> list[Path]:
    """The releases of the sample corpus."""
    return sorted(path for side in ("kk", "ru") for path in (SAMPLE / side).iterdir())


def explained(encoder: Encoder) -> dict[str, Any]:
    """The numbers behind the three pictures."""
    inputs = read_inputs([SAMPLE / "kk", SAMPLE / "ru"])
    prepared = prepare(inputs.usable, encoder, None)
    sides = [[each for each in prepared if each.document.language == language] for language in ("kk", "ru")]
    pairing = _pairing(sides, encoder)
    return {
        "encoder": encoder.name,
        "pairing": pairing,
        "aligning": _most_varied(_aligning(sides[0][kk], sides[1][ru], encoder) for kk, ru in pairing["pairs"]),
        "judging": [{"kk": _SENTENCE, "cases": [_case(fault, ru, encoder) for fault, ru in _JUDGED.items()]}],
    }


def _pairing(sides: Sequence[Sequence[Prepared]], encoder: Encoder) -> dict[str, Any]:
    """All Kazakh documents with all Russian ones: which share of both texts finds a counterpart, and the choice."""
    views = [[view(each.document, each.texts, each.vectors) for each in side] for side in sides]
    profiles = [
        [profile_of(each, f"{side} {place}") for place, each in enumerate(own)] for side, own in enumerate(views)
    ]
    opened = {
        profile.key: (each.vectors, each.weights)
        for own, seen in zip(profiles, views, strict=True)
        for profile, each in zip(own, seen, strict=True)
    }
    kk, ru = profiles
    everyone = np.array([(i, j) for i in range(len(kk)) for j in range(len(ru))], np.int64)
    means = language_means(kk, ru, usual_means(encoder))
    weighed = weigh(kk, ru, everyone, lambda one: opened[one.key], means, rarity_of(kk, ru))
    matching = choose(kk, ru, weighed)
    shape = (len(kk), len(ru))
    return {
        "kk": [Path(each.name).name for each in kk],
        "ru": [Path(each.name).name for each in ru],
        "coverage": _rounded(weighed.shares.mean(axis=1).reshape(shape)),
        "probability": _rounded(weighed.scores.reshape(shape)),
        "pairs": [[i, j] for i, j, _ in matching.pairs],
        "alone": [
            {"language": each.language, "place": each.place, "nearest": each.nearest, "score": round(each.score, 2)}
            for each in matching.alone
        ],
    }


def _aligning(kk: Prepared, ru: Prepared, encoder: Encoder) -> dict[str, Any]:
    """One pair: how alike all its sentences are, and the beads that were found, with the judge's scores."""
    means = usual_means(encoder)
    centred = [
        unit(side.vectors - language_mean(side.vectors.sum(axis=0), len(side.vectors), mean, 20.0))
        for side, mean in zip((kk, ru), means, strict=True)
    ]
    found = align_prepared(DocumentPair(kk.document, ru.document, 1.0), kk, ru, encoder)
    scores = iter(found.verdicts)
    return {
        "kk": [segment.text for segment in kk.segments],
        "ru": [segment.text for segment in ru.segments],
        "names": [Path(side.document.name).name for side in (kk, ru)],
        "cosine": _rounded(centred[0] @ centred[1].T),
        "beads": [
            {
                "kk": list(bead.kk),
                "ru": list(bead.ru),
                "score": round(next(scores).probability, 2) if bead.kk and bead.ru else None,
            }
            for bead in found.beads
        ],
    }


def _most_varied(found: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The pair of some size with the most kinds of beads, the shortest of them."""

    def rank(each: dict[str, Any]) -> tuple[int, int]:
        kinds = {(len(bead["kk"]), len(bead["ru"])) for bead in each["beads"]}
        size = max(len(each["kk"]), len(each["ru"]))
        return (len(kinds) if size <= _MOST_SEGMENTS else 0, -size)

    return max(found, key=rank)


def _case(fault: str, ru: str, encoder: Encoder) -> dict[str, Any]:
    (verdict,) = score_pairs([(_SENTENCE, ru)], encoder=encoder)
    return {"fault": fault, "ru": ru, "score": round(verdict.probability, 2), "reasons": list(verdict.reasons)}


def _rounded(values: Any) -> list[list[float]]:
    return [[round(float(value), 2) for value in row] for row in values]


def main() -> None:
    results = explained(load_encoder())
    path = RESULTS / "explained.json"
    hashes = corpus_hashes(sample_files(), ROOT)
    if path.exists():
        known = json.loads(path.read_text(encoding="utf-8"))
        if (known["results"], known["corpora_sha256"]) == (results, hashes):
            return
    write_results("explained", results, installed_versions("qostil", "numpy", "onnxruntime"), hashes)
    print(f"written: {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
