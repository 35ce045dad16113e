"""One batch at a time: a lock of the operating system on a file beside the memory.

The lock is gone with the process that holds it, however that ends, so that no stale one can stand in the way. The file
only says who it is (`flock(2)`; `LockFile` on Windows).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aligner.errors import StoreError, StoreLockedError

__all__ = ["held_file", "lock_beside", "refusal"]

# Far behind what is written, for a locked stretch can't be read on Windows.
_LOCKED_BYTE = 1 << 20


def lock_beside(memory: Path) -> Path:
    """Where the lock of a memory lies."""
    real = memory.resolve()
    return real.with_name(f".{real.name}.lock")


def refusal(memory: str, holder: str) -> StoreLockedError:
    """What the second of two batches is told."""
    return StoreLockedError(
        f"{memory}: another batch is at work on it ({holder or 'it has not said which'}); nothing was changed; "
        "run this one when it is done"
    )


@contextmanager
def held_file(path: Path, memory: str, holder: str) -> Iterator[None]:
    """Hold the lock `path` until the block ends; `holder` is what others are told. Raises `StoreLockedError`."""
    descriptor = _taken(path, memory)
    try:
        os.ftruncate(descriptor, 0)
        os.write(descriptor, holder.encode())
        yield
    finally:
        # While it is still held: whoever waits for this very file sees that it is no longer the one with the name.
        if sys.platform != "win32":
            path.unlink(missing_ok=True)
        os.close(descriptor)


def _taken(path: Path, memory: str) -> int:
    while True:
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise StoreError(f"{path}: the lock can't be made ({error.strerror}); check the folder") from error
        if not _try_lock(descriptor):
            holder = os.read(descriptor, 1_000).decode("utf-8", "replace")
            os.close(descriptor)
            raise refusal(memory, holder)
        try:
            is_named = os.path.samestat(os.fstat(descriptor), path.stat())
        except FileNotFoundError:
            is_named = False
        if is_named:
            return descriptor
        # The one before us has taken the file away after we opened it.
        os.close(descriptor)


if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
