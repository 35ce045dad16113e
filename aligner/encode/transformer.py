"""Any sentence-transformers model, from a folder or by its name on the Hugging Face hub."""

from __future__ import annotations

import hashlib
import os
import re
import socket
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

import numpy as np

from aligner.encode.protocol import Vectors
from aligner.errors import EncoderError

__all__ = ["TransformerEncoder"]

_HUB_NAME = re.compile(r"[\w.-]+(/[\w.-]+)?")


class TransformerEncoder:
    """Encode with the model `name_or_path`; `prompt` None leaves prompts to the model's own configuration.

    Texts longer than the model takes are truncated by it. Raises EncoderError where the model can't be loaded.
    """

    def __init__(self, name_or_path: str, prompt: str | None = None) -> None:
        self.name_or_path = name_or_path
        self.prompt = prompt
        self._model = _load(name_or_path)

    @cached_property
    def name(self) -> str:
        """The model's name and a digest of its weights, modules, tokenizer and prompt."""
        digest = hashlib.sha256(repr((self.prompt, self._model, self._model.default_prompt_name)).encode())
        digest.update(repr(sorted(self._model.prompts.items())).encode())
        for key, tensor in sorted(self._model.state_dict().items()):
            digest.update(key.encode())
            digest.update(_bytes_of(tensor))
        digest.update(_tokenizer_text(self._model.tokenizer).encode())
        return f"{self.name_or_path}@{digest.hexdigest()[:16]}"

    @cached_property
    def dimension(self) -> int:
        # Renamed in sentence-transformers 5.4; the old name warns since.
        measure = getattr(self._model, "get_embedding_dimension", None)
        found = measure() if measure else self._model.get_sentence_embedding_dimension()
        return int(found) if found else int(self._model.encode([""]).shape[1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        vectors = self._model.encode(
            list(texts), prompt=self.prompt, convert_to_numpy=True, show_progress_bar=False
        ).astype(np.float32)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        # A model of word vectors gives nothing at all for a text of unknown words.
        vectors[lengths[:, 0] == 0] = 1
        lengths[lengths == 0] = np.sqrt(vectors.shape[1])
        unit: Vectors = vectors / lengths
        return unit


def _load(name_or_path: str) -> Any:
    try:
        from safetensors import SafetensorError
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise EncoderError(
            f"{name_or_path}: sentence-transformers can't be imported ({error}); pip install sentence-transformers"
        ) from error
    # What was downloaded before is found without a connection, and without asking anybody for it.
    failures = (OSError, RuntimeError, ValueError, KeyError, SafetensorError)
    try:
        return SentenceTransformer(name_or_path, local_files_only=True)
    except failures as error:
        if Path(name_or_path).exists() or not _is_hub_reachable():
            raise _refusal(name_or_path, error) from error
    try:
        return SentenceTransformer(name_or_path)
    except failures as error:
        raise _refusal(name_or_path, error) from error


def _refusal(name_or_path: str, error: Exception) -> EncoderError:
    if Path(name_or_path).exists():
        reason = str(error).strip().split("\n")[0].rstrip(".")
        return EncoderError(f"{name_or_path}: no sentence-transformers model can be loaded from it ({reason})")
    if os.sep in name_or_path and not _HUB_NAME.fullmatch(name_or_path):
        return EncoderError(f"{name_or_path}: there is no such folder")
    return EncoderError(
        f"{name_or_path}: the encoder is neither a folder, nor downloaded already, nor to be had from "
        f"{_hub_host()}; check the name and the connection, or use the encoder that comes with Qostil, which "
        "needs no network"
    )


def _hub_host() -> str:
    return urlsplit(os.environ.get("HF_ENDPOINT", "https://huggingface.co")).hostname or "huggingface.co"


def _is_hub_reachable() -> bool:
    """Whether to ask the hub at all: its client tries for more than a minute where there is no network."""
    if os.environ.get("HF_HUB_OFFLINE", "0").upper() in ("1", "ON", "YES", "TRUE"):
        return False
    if getproxies().get("https"):
        return True
    try:
        socket.getaddrinfo(_hub_host(), 443)
    except OSError:
        return False
    return True


def _bytes_of(tensor: Any) -> bytes:
    import torch

    flat = tensor.detach().cpu().contiguous().reshape(-1)
    return bytes(memoryview(flat.view(torch.uint8).numpy()))


def _tokenizer_text(tokenizer: Any) -> str:
    backend = getattr(tokenizer, "backend_tokenizer", tokenizer)
    return str(backend.to_str()) if hasattr(backend, "to_str") else repr(tokenizer)
