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

__all__ = ["reference_vectors", "usual_means"]

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
