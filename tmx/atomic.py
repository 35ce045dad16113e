"""A file that appears under its name only when it is complete."""

from __future__ import annotations

import contextlib
import os
import secrets
import zlib
from pathlib import Path
from types import TracebackType

from tmx.errors import WriteError

__all__ = ["AtomicFile"]

# 255 bytes are the longest name that Linux and macOS have, and 255 UTF-16 units on Windows; `.`, 8 digits and `.part`
# are added to it.
_MAX_NAME_BYTES = 255 - 15


class AtomicFile:
    """Writes beside `path` and renames into place on `commit`; `discard` leaves nothing behind.

    `compress` None packs where the name ends in `.gz`. Packed bytes hold neither name nor time, so that
    the same content gives the same file. As a context manager it commits unless an exception passes.
    Raises WriteError where the folder is missing or may not be written.
    """

    def __init__(self, path: str | os.PathLike[str], compress: bool | None = None) -> None:
        self.path = Path(path)
        target = self._target()
        self._part = target.with_name(f".{_shortened(target.name)}.{secrets.token_hex(4)}.part")
        try:
            if target.is_dir():
                raise IsADirectoryError(21, "it is a folder")
            self._raw = self._part.open("xb", buffering=1 << 18)
        except OSError as error:
            raise WriteError(f"{self.path}: can't be written: {error.strerror}") from error
        packs = self.path.suffix == ".gz" if compress is None else compress
        # Window bits above 15 ask zlib for a gzip frame, whose header then holds neither name nor time.
        self._packer = zlib.compressobj(6, zlib.DEFLATED, 31) if packs else None
        self._open = True

    def _target(self) -> Path:
        # Renaming onto a link would replace the link by a file.
        return self.path.resolve() if self.path.is_symlink() else self.path

    def write(self, data: bytes) -> None:
        """Append bytes (unpacked). Raises WriteError, for instance on a full disk."""
        try:
            self._raw.write(self._packer.compress(data) if self._packer else data)
        except OSError as error:
            self.discard()
            raise WriteError(f"{self.path}: can't be written: {error.strerror}") from error

    def close(self) -> None:
        """Finish the bytes without showing the file yet."""
        if not self._open:
            return
        try:
            if self._packer:
                self._raw.write(self._packer.flush())
            self._raw.flush()
            os.fsync(self._raw.fileno())
            self._raw.close()
        except OSError as error:
            self.discard()
            raise WriteError(f"{self.path}: can't be written: {error.strerror}") from error
        self._open = False

    def commit(self) -> None:
        """Finish, and let the file appear under its name."""
        self.close()
        try:
            self._part.replace(self._target())
        except OSError as error:
            self.discard()
            raise WriteError(f"{self.path}: can't be written: {error.strerror}") from error

    def discard(self) -> None:
        """Forget everything that was written. Whatever stood under the name stays."""
        if self._open:
            self._open = False
            # A full disk fails again when the last buffer is flushed; the file goes away all the same.
            with contextlib.suppress(OSError):
                self._raw.close()
        self._part.unlink(missing_ok=True)

    def __enter__(self) -> AtomicFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.commit()
        else:
            self.discard()


def _shortened(name: str) -> str:
    """The name, cut where what stands around it in a draft would make it too long for a disk."""
    while len(os.fsencode(name)) > _MAX_NAME_BYTES:
        name = name[:-1]
    return name
