"""The bytes of a file that a user named, or a clear refusal."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from aligner.errors import EmptyInputError, FormatError, InputError, MissingInputError
from aligner.ingest.limits import MAX_FILE_BYTES

__all__ = ["read_bytes"]


def read_bytes(path: Path, max_bytes: int = MAX_FILE_BYTES) -> bytes:
    """The content of the regular file `path`, at least one byte of it.

    Raises MissingInputError, EmptyInputError, FormatError for a file of more than `max_bytes`, and
    InputError for a folder, a device and a file that may not be opened.
    """
    name = str(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputError(name, "is a folder, not a file", "name the files in it, or use `qostil batch`")
        if not stat.S_ISREG(status.st_mode):
            raise InputError(name, "is a device or a pipe, not a file", "save its content to a file first")
        if status.st_size > max_bytes:
            raise FormatError(
                name,
                f"has {_megabytes(status.st_size)}, more than the {_megabytes(max_bytes)} that are read at once",
                "split it into smaller files",
            )
        with path.open("rb") as file:
            # The file may grow after its size was asked for.
            data = file.read(max_bytes + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise MissingInputError(name, "no such file", "check the path") from None
    except PermissionError:
        raise InputError(name, "may not be opened", "check its permissions") from None
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise InputError(name, f"can't be read: {reason}") from error
    except ValueError as error:
        raise MissingInputError(name, f"is no possible path: {error}") from error
    if not data:
        raise EmptyInputError(name, "is empty", "give a file with text in it")
    if len(data) > max_bytes:
        raise FormatError(name, f"grows beyond {_megabytes(max_bytes)} while it is read")
    return data


def _megabytes(size: int) -> str:
    return f"{size / 2**20:,.0f} MB"
