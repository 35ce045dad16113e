"""The government texts (../shared/parallel/apertium-gov), aligned by Qostil itself, as pairs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from aligner.align import align_segments
from aligner.encode import Encoder
from aligner.encode.means import usual_means

__all__ = ["GovernmentPair", "aligned_file", "file_names"]

LEAST_SCORE = 0.6
_SHORTEST, _LONGEST = 12, 700
_MOST_SEGMENTS = 3


@dataclass(frozen=True, slots=True)
class GovernmentPair:
    """One bead: its texts, its probability, and its place among the file's Kazakh lines."""

    kk: str
    ru: str
    score: float
    file: str
    first: int
    last: int
    ru_first: int
    ru_last: int


def file_names(shared: Path) -> list[str]:
    return sorted(path.name.split(".")[0] for path in (shared / "parallel/apertium-gov").glob("*.kk.txt"))


def aligned_file(shared: Path, name: str, encoder: Encoder, least_score: float = LEAST_SCORE) -> list[GovernmentPair]:
    """The beads of one file of which the aligner is at least `least_score` sure."""
    folder = shared / "parallel/apertium-gov"
    kk, ru = (
        [line.strip() for line in (folder / f"{name}.{language}.txt").read_text(encoding="utf-8").splitlines()]
        for language in ("kk", "ru")
    )
    means = usual_means(encoder)
    beads = align_segments(kk, ru, _vectors(kk, encoder), _vectors(ru, encoder), means)
    pairs = []
    for bead in beads:
        if not bead.kk or not bead.ru or bead.score < least_score or max(len(bead.kk), len(bead.ru)) > _MOST_SEGMENTS:
            continue
        texts = (" ".join(kk[place] for place in bead.kk), " ".join(ru[place] for place in bead.ru))
        if all(_SHORTEST <= len(text) <= _LONGEST for text in texts):
            places = bead.kk[0], bead.kk[-1], bead.ru[0], bead.ru[-1]
            pairs.append(GovernmentPair(*texts, bead.score, name, *places))
    return pairs


def _vectors(texts: list[str], encoder: Encoder) -> np.ndarray:
    return encoder.encode([text or " " for text in texts])
