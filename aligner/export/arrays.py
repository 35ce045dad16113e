"""Vectors and beads as files."""

from __future__ import annotations

import errno
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from aligner.errors import OutputError
from aligner.records import Bead
from tmx.atomic import AtomicFile
from tmx.errors import WriteError

__all__ = ["check_writable", "write_beads", "write_bytes", "write_vectors"]


def check_writable(path: Path) -> None:
    """Raise `OutputError` before the work begins where its result could not be written in the end."""
    folder = path.parent
    if path.is_dir():
        raise OutputError(f"{path}: is a folder; name a file in it, such as {path / 'memory.tmx'}")
    if not folder.is_dir():
        raise OutputError(f"{path}: there is no folder {folder}; make it first")
    try:
        AtomicFile(path, compress=False).discard()
    except WriteError as error:
        if isinstance(error.__cause__, OSError) and error.__cause__.errno == errno.ENAMETOOLONG:
            raise OutputError(f"{path}: the name is too long for this disk; give -o a shorter one") from error
        raise OutputError(f"{error}; check the permissions of {folder}") from error


def write_vectors(vectors: NDArray[np.float32], path: Path) -> None:
    """The array as an .npy file."""
    buffer = io.BytesIO()
    np.save(buffer, vectors)
    write_bytes(buffer.getvalue(), path)


def write_bytes(data: bytes, path: Path) -> None:
    """A file that appears complete, or not at all. Raises `OutputError`."""
    try:
        with AtomicFile(path, compress=False) as file:
            file.write(data)
    except (OSError, WriteError) as error:
        raise OutputError(f"{path}: can't be written ({error})") from error


def write_beads(beads: Iterable[Bead], target: Path | BinaryIO) -> None:
    """One JSON object a line: `{"kk": [0, 1], "ru": [0], "score": 0.93}`, and `"moved": true` where it is so."""
    lines = []
    for bead in beads:
        record: dict[str, object] = {"kk": list(bead.kk), "ru": list(bead.ru), "score": round(bead.score, 4)}
        lines.append(json.dumps(record | {"moved": True} if bead.moved else record) + "\n")
    data = "".join(lines).encode()
    if not isinstance(target, Path):
        target.write(data)
        target.flush()
        return
    write_bytes(data, target)
