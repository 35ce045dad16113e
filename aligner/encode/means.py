"""What an encoder gives for Kazakh and for Russian on average.

Multilingual encoders keep a trace of the language in every vector. Without the mean of its language, a vector
says meaning alone; a single text is too short to know that mean from itself.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

import numpy as np

from aligner.encode.embedded import EMBEDDED_NAME, embedded_model_path
from aligner.encode.protocol import Encoder, Vectors

__all__ = ["mean_likeness", "reference_vectors", "usual_means", "usual_scale"]

SHIPPED_LIKENESS = 0.862
"""The mean centred cosine of the translations of `reference.tsv` with the embedded encoder, for which prices in units
of cosine were fitted. `training/encoder/means.py` prints it."""

_MEASURED: dict[str, tuple[Vectors, Vectors]] = {}
_REFERENCE: dict[str, tuple[Vectors, Vectors]] = {}


def usual_means(encoder: Encoder) -> tuple[Vectors, Vectors]:
    """The means for Kazakh and for Russian, float32 `[dimension]` each.

    The embedded encoder's are shipped with it, from several thousand sentences; those of any other are taken
    from the few hundred sentences of `reference.tsv`.
    """
    if encoder.name.startswith(f"{EMBEDDED_NAME}@"):
        kk, ru = _shipped()
        return kk, ru
    if encoder.name not in _MEASURED:
        kk, ru = reference_vectors(encoder)
        _MEASURED[encoder.name] = kk.mean(axis=0), ru.mean(axis=0)
    return _MEASURED[encoder.name]


def usual_scale(encoder: Encoder) -> float:
    """By how much the centred cosines of this encoder are multiplied to be like the embedded encoder's, 1 for itself.

    Encoders spread their cosines differently; the translations of `reference.tsv` show how.
    """
    if encoder.name.startswith(f"{EMBEDDED_NAME}@"):
        return 1.0
    return SHIPPED_LIKENESS / mean_likeness(encoder)


def mean_likeness(encoder: Encoder) -> float:
    """The mean cosine of the translations of `reference.tsv` once each language's usual mean is taken out."""
    sides = []
    for vectors, mean in zip(reference_vectors(encoder), usual_means(encoder), strict=True):
        centred = vectors - mean
        sides.append(centred / np.linalg.norm(centred, axis=1, keepdims=True))
    return float((sides[0] * sides[1]).sum(axis=1).mean())


def reference_vectors(encoder: Encoder) -> tuple[Vectors, Vectors]:
    """The vectors of the Kazakh and of the Russian sentences of `reference.tsv`, float32 `[sentences, dimension]`
    each; row by row they are translations of each other. Encoded once."""
    if encoder.name not in _REFERENCE:
        text = files("aligner.encode").joinpath("reference.tsv").read_text(encoding="utf-8")
        pairs = [line.split("\t") for line in text.splitlines()]
        both = encoder.encode([pair[side] for side in (0, 1) for pair in pairs])
        _REFERENCE[encoder.name] = both[: len(pairs)], both[len(pairs) :]
    return _REFERENCE[encoder.name]


@lru_cache(maxsize=1)
def _shipped() -> Vectors:
    means: Vectors = np.load(embedded_model_path() / "usual_means.npy")
    return means
