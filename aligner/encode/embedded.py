"""The encoder that ships with Qostil, on ONNX Runtime and tokenizers; torch is never imported."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from aligner.encode.protocol import Vectors
from aligner.errors import EncoderError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

__all__ = ["EMBEDDED_NAME", "EmbeddedEncoder", "embedded_model_path"]

EMBEDDED_NAME = "kkru-e5-small"
_MAX_TOKENS = 512
# Small batches stay in the processor's cache; larger ones are slower, and their vectors are the same.
_TOKENS_PER_THREAD = 128
# Enters the name, so that vectors kept by an older way of windowing or pooling are never taken for ours.
_ENCODING_VERSION = 2
# A line of a megabyte is no sentence; every so many windows of it say what it is about.
_MOST_WINDOWS = 16
_VECTOR_FILES = ("model.onnx", "model.safetensors", "tokenizer.json")


def embedded_model_path() -> Path:
    """The folder of the embedded model; it is also a sentence-transformers model folder."""
    return Path(__file__).parent / "models" / EMBEDDED_NAME


@dataclass(frozen=True)
class _Window:
    """A stretch of a text's tokens that fits the model, with its `<s>` and `</s>`."""

    text: int
    ids: list[int]


class EmbeddedEncoder:
    """Encode with the folder `path`, which holds `model.onnx`, `model.safetensors` and `tokenizer.json`.

    A text of more than 512 tokens is cut into windows of equal size, and its vector is the mean of theirs, each
    weighted by its tokens; of more than 16 windows, every so many are taken. An empty text gets the vector of the two
    tokens that frame every text.

    Activations are quantised row by row, and only texts of the same number of tokens go through the model together, so
    that a vector owes nothing to the texts that are encoded with it, nor to `threads`: on one kind of processor it is
    the same, bit for bit. With padding the order of additions would change, and with it the last digit.
    """

    def __init__(self, path: Path | None = None, threads: int | None = None) -> None:
        self.path = embedded_model_path() if path is None else path
        self.threads = threads or os.cpu_count() or 1
        missing = [name for name in _VECTOR_FILES if not (self.path / name).is_file()]
        if missing:
            raise EncoderError(f"{self.path}: the encoder lacks {', '.join(missing)}; reinstall qostil")

    @cached_property
    def name(self) -> str:
        """The folder's name and a digest of everything that shapes the vectors."""
        digest = hashlib.sha256(str(_ENCODING_VERSION).encode())
        for file_name in _VECTOR_FILES:
            with (self.path / file_name).open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        return f"{self.path.name}@{digest.hexdigest()[:16]}"

    @cached_property
    def dimension(self) -> int:
        return int(self._session.get_outputs()[0].shape[1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        sums = np.zeros((len(texts), self.dimension), np.float32)
        windows = sorted(self._windows(texts), key=lambda window: len(window.ids))
        for batch in _batches(windows, self.threads * _TOKENS_PER_THREAD):
            for window, vector in zip(batch, self._run(batch), strict=True):
                sums[window.text] += len(window.ids) * vector
        vectors: Vectors = sums / np.linalg.norm(sums, axis=1, keepdims=True)
        return vectors

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text costs, with the two that frame each of its windows."""
        counts = [0] * len(texts)
        for window in self._windows(texts):
            counts[window.text] += len(window.ids)
        return counts

    def _windows(self, texts: Sequence[str]) -> Iterator[_Window]:
        # A lone surrogate is no text: it would be refused by the tokenizer, and stands for nothing anyway.
        clean = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        begin, end = self._frame
        for index, encoding in enumerate(self._tokenizer.encode_batch_fast(clean, add_special_tokens=False)):
            ids = encoding.ids
            count = max(1, -(-len(ids) // (_MAX_TOKENS - 2)))
            edges = [len(ids) * part // count for part in range(count + 1)]
            step = -(-count // _MOST_WINDOWS)
            for start, stop in list(pairwise(edges))[::step]:
                yield _Window(index, [begin, *ids[start:stop], end])

    def _run(self, batch: list[_Window]) -> Vectors:
        ids = np.array([window.ids for window in batch], np.int64)
        lengths = np.full(len(batch), ids.shape[1], np.int32)
        vectors: Vectors = self._session.run(["vectors"], {"input_ids": ids, "lengths": lengths})[0]
        return vectors

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self.path / "tokenizer.json"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def _frame(self) -> tuple[int, int]:
        begin, end = (self._tokenizer.token_to_id(token) for token in ("<s>", "</s>"))
        if begin is None or end is None:
            raise EncoderError(f"{self.path}: the tokenizer has no <s> or </s>; reinstall qostil")
        return begin, end

    @cached_property
    def _session(self) -> Any:
        import onnxruntime
        from onnxruntime.capi import onnxruntime_pybind11_state as failures

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self.threads
        options.log_severity_level = 3
        # The further levels would fuse additions and layer normalisations into an operator that is far slower.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        # ONNX Runtime's exceptions have no root of their own below Exception.
        broken = (
            failures.Fail,
            failures.InvalidArgument,
            failures.InvalidGraph,
            failures.InvalidProtobuf,
            failures.NoSuchFile,
            failures.NotImplemented,
            failures.RuntimeException,
        )
        try:
            return onnxruntime.InferenceSession(
                str(self.path / "model.onnx"), options, providers=["CPUExecutionProvider"]
            )
        except broken as error:
            raise EncoderError(f"{self.path}: the encoder is broken ({error}); reinstall qostil") from error


def _batches(windows: Sequence[_Window], budget: int) -> Iterator[list[_Window]]:
    """Neighbours in the order of length that have the same length, as many as fit `budget` tokens."""
    batch: list[_Window] = []
    for window in windows:
        length = len(window.ids)
        if batch and (length != len(batch[0].ids) or (len(batch) + 1) * length > budget):
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch
