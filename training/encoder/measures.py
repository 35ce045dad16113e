"""What an encoder is worth: retrieval on development and held-out text, and vectors of joined texts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks.encoder import margins, read_set, retrieval_errors
from training.encoder.gold_guard import plain
from training.encoder.government import HELD_OUT
from training.encoder.pairs import WORK, read_pairs

__all__ = ["composition", "development_errors", "government_errors", "held_out_government"]

Floats = NDArray[np.float32]
_BATCH = 16


def held_out_government(work: Path, shared: Path) -> tuple[list[str], list[str], int]:
    """Kazakh and Russian texts of the held-out files: the first so many translate each other, the rest distract."""
    pairs = read_pairs(work / "heldout.jsonl")
    sides = []
    for language in ("kk", "ru"):
        texts = [getattr(pair, language) for pair in pairs]
        seen = {plain(text) for text in texts}
        parts = "\n".join(plain(text) for text in texts)
        for name in HELD_OUT:
            path = shared / f"parallel/apertium-gov/{name}.{language}.txt"
            for line in path.read_text(encoding="utf-8").splitlines():
                letters = plain(line)
                if len(letters) >= 12 and letters not in seen and letters not in parts:
                    seen.add(letters)
                    texts.append(line.strip())
        sides.append(texts)
    return sides[0], sides[1], len(pairs)


def government_errors(encoder: Any, work: Path, shared: Path) -> dict[str, Any]:
    """Per cent of the held-out pairs that another line of those files beats, by cosine and margin."""
    kk, ru, pairs = held_out_government(work, shared)
    similarity = encoder.encode(kk) @ encoder.encode(ru).T
    truth = np.arange(pairs)
    errors: dict[str, Any] = {"pairs": pairs, "lines": [len(kk), len(ru)]}
    for kind, scores in (("cosine", similarity), ("margin", margins(similarity))):
        errors[kind] = {
            "kk→ru": 100 * float((scores.argmax(axis=1)[:pairs] != truth).mean()),
            "ru→kk": 100 * float((scores.argmax(axis=0)[:pairs] != truth).mean()),
        }
    return errors


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


def development_errors(model: Any, shared: Path, work: Path = WORK) -> dict[str, Any]:
    """Margin errors on X-WMT and on the held-out government text, quickly: bfloat16, as training has it."""

    class Quick:
        def encode(self, texts: Sequence[str]) -> Floats:
            with torch.autocast("cpu", torch.bfloat16):
                vectors: Floats = model.encode(
                    list(texts), batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False
                )
            return vectors.astype(np.float32)

    quick = Quick()
    kk, ru = read_set(["xwmt"])
    found = retrieval_errors(quick.encode(kk), quick.encode(ru))
    return {
        "xwmt": {kind: [round(value, 2) for value in each.values()] for kind, each in found.items()},
        "government": {
            kind: [round(value, 2) for value in each.values()]
            for kind, each in government_errors(quick, work, shared).items()
            if kind in ("cosine", "margin")
        },
    }
