"""Named arrays in one file, mapped into memory and not read: opening costs the same whatever the size."""

from __future__ import annotations

import json
import os
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.errors import StoreError

__all__ = ["BrokenArraysError", "read_arrays", "write_arrays"]

_MAGIC = b"QOSTILA1"
_HEAD = struct.Struct("<8sQI")
_ALIGNMENT = 64


class BrokenArraysError(StoreError):
    """The file is cut off, altered, or none of ours."""


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write the arrays beside `path` and rename them into place."""
    layout: dict[str, tuple[str, int, int, int]] = {}
    offset = 0
    for name, array in arrays.items():
        data = np.ascontiguousarray(array)
        layout[name] = (data.dtype.str, len(data), offset, zlib.crc32(data.view(np.uint8).data))
        offset += -(-data.nbytes // _ALIGNMENT) * _ALIGNMENT
    listing = json.dumps(layout).encode()
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with draft.open("wb") as file:
            head = _HEAD.pack(_MAGIC, len(listing), zlib.crc32(listing)) + listing
            file.write(head + b"\0" * (-len(head) % _ALIGNMENT))
            for array in arrays.values():
                data = np.ascontiguousarray(array)
                file.write(data.view(np.uint8).data)
                file.write(b"\0" * (-data.nbytes % _ALIGNMENT))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def read_arrays(path: Path, is_checked: bool) -> dict[str, NDArray[Any]]:
    """The arrays of a file, read-only. With `is_checked` every byte is compared with its checksum (about 1 GB/s).

    Raises BrokenArraysError where something is wrong with the file, and OSError where it is not there.
    """
    size = path.stat().st_size
    if size < _HEAD.size:
        raise BrokenArraysError(f"{path}: cut off")
    mapped = np.memmap(path, np.uint8, mode="r")
    magic, listing_size, checksum = _HEAD.unpack(mapped[: _HEAD.size].tobytes())
    listing = mapped[_HEAD.size : _HEAD.size + listing_size].tobytes()
    if magic != _MAGIC or zlib.crc32(listing) != checksum:
        raise BrokenArraysError(f"{path}: not a file of arrays")
    begin = -(-(_HEAD.size + listing_size) // _ALIGNMENT) * _ALIGNMENT
    arrays: dict[str, NDArray[Any]] = {}
    for name, (kind, length, offset, checksum) in json.loads(listing).items():
        dtype = np.dtype(kind)
        start = begin + offset
        data = mapped[start : start + length * dtype.itemsize]
        if len(data) != length * dtype.itemsize or (is_checked and zlib.crc32(data.data) != checksum):
            raise BrokenArraysError(f"{path}: {name} is damaged")
        # A plain array over the mapping: np.memmap would cost each slice ten times as much.
        arrays[name] = np.asarray(data).view(np.ndarray).view(dtype)
    return arrays
