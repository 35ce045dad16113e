"""Whether an encoder puts paraphrases and mixed-language sentences nearer than near-misses, and composes vectors.

`paraphrases.tsv` (language, sentence, paraphrase, near-miss) and `mixed_sentences.tsv` (Kazakh with Russian words, its
Russian translation, another sentence) were written for this.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

__all__ = ["composition", "mixed_scores", "paraphrase_scores"]

_HERE = Path(__file__).parent


def paraphrase_scores(encoder: Any) -> dict[str, dict[str, float]]:
    """For each language: mean cosine of paraphrases and of near-misses, and how often the paraphrase is nearer."""
    rows = _rows("paraphrases.tsv")
    found = {}
    for language in ("kk", "ru"):
        texts = [row[1:] for row in rows if row[0] == language]
        first, same, other = (encoder.encode([row[place] for row in texts]) for place in range(3))
        right, wrong = (first * same).sum(axis=1), (first * other).sum(axis=1)
        among = first @ np.concatenate([same, other]).T
        found[language] = {
            "pairs": len(texts),
            "paraphrase": float(right.mean()),
            "near_miss": float(wrong.mean()),
            "paraphrase_nearer": float((right > wrong).mean()),
            "nearest_of_all": float((among.argmax(axis=1) == np.arange(len(texts))).mean()),
        }
    return found


def mixed_scores(encoder: Any) -> dict[str, float]:
    """Sentences that mix both languages: cosine with their translation, with another sentence, and which is nearer."""
    mixed, same, other = (encoder.encode(list(column)) for column in zip(*_rows("mixed_sentences.tsv"), strict=True))
    right, wrong = (mixed * same).sum(axis=1), (mixed * other).sum(axis=1)
    return {
        "sentences": len(mixed),
        "translation": float(right.mean()),
        "other": float(wrong.mean()),
        "translation_nearer": float((right > wrong).mean()),
        "nearest_of_all": float(
            ((mixed @ np.concatenate([same, other]).T).argmax(axis=1) == np.arange(len(mixed))).mean()
        ),
    }


def composition(encoder: Any, texts: Sequence[str], sizes: Sequence[int] = (2, 3)) -> dict[str, float]:
    """Mean cosine of the length-weighted sum of neighbours' vectors with the vector of the text they make."""
    vectors = encoder.encode(list(texts))
    lengths = np.array([len(text) for text in texts], np.float32)[:, None]
    found = {}
    for size in sizes:
        starts = range(0, len(texts) - size + 1, size)
        joined = encoder.encode([" ".join(texts[start : start + size]) for start in starts])
        sums = np.stack([(vectors * lengths)[start : start + size].sum(axis=0) for start in starts])
        sums /= np.linalg.norm(sums, axis=1, keepdims=True)
        found[str(size)] = float((sums * joined).sum(axis=1).mean())
    return found


def _rows(name: str) -> list[list[str]]:
    return [line.split("\t") for line in (_HERE / name).read_text(encoding="utf-8").splitlines()]
