"""Texts → unit vectors: the embedded Kazakh–Russian encoder, or any sentence-transformers model.

Importing this loads no model and no runtime; the embedded encoder never imports torch.
"""

from __future__ import annotations

from pathlib import Path

from aligner.encode.cache import CachedEncoder, default_cache_dir
from aligner.encode.catalogue import EncoderInfo, available_encoders, prompt_of
from aligner.encode.embedded import EMBEDDED_NAME, EmbeddedEncoder, embedded_model_path
from aligner.encode.protocol import Encoder, Vectors

__all__ = [
    "CachedEncoder",
    "EmbeddedEncoder",
    "Encoder",
    "EncoderInfo",
    "Vectors",
    "available_encoders",
    "default_cache_dir",
    "load_encoder",
]


def load_encoder(name_or_path: str | None = None, threads: int | None = None) -> Encoder:
    """The embedded encoder for None, its name or its folder; else the sentence-transformers model of that name.

    A folder that exists is taken before a name on the hub. `threads`: of the embedded encoder, by default one for each
    core; torch asks `OMP_NUM_THREADS`. Raises EncoderError where it can't be loaded.
    """
    if name_or_path is None or name_or_path == EMBEDDED_NAME:
        return EmbeddedEncoder(threads=threads)
    if Path(name_or_path).resolve() == embedded_model_path().resolve():
        return EmbeddedEncoder(threads=threads)
    from aligner.encode.transformer import TransformerEncoder

    return TransformerEncoder(name_or_path, prompt_of(name_or_path))
