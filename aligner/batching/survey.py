"""Which files there are, and which of them are new or changed since a batch has read them."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from aligner.errors import EmptyInputError, MissingInputError
from aligner.ingest import SkippedFile, iter_input_files, path_text, real_path
from aligner.memory.ledger import SeenFile

__all__ = ["FoundFile", "Sorted", "Survey", "file_digest", "look_again", "survey_files", "trusted"]

_FRESH_FOR_NS = 2_000_000_000
"""A file that was changed so shortly before it was read may change again without another time of change."""

_READ_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file as it looks from outside: `given` is its path as the user gave it, `location` its real path, `modified` in
    ns."""

    given: str
    location: str
    size: int
    modified: int
    inode: str

    @property
    def path(self) -> Path:
        # A `Path` takes more memory than all the rest, and a survey is held for as long as its batch runs.
        return Path(self.given)

    @property
    def name(self) -> str:
        return path_text(self.path)


@dataclass(frozen=True, slots=True)
class Survey:
    """The files under some paths in the order in which they are read, and what is passed over."""

    files: tuple[FoundFile, ...]
    skipped: tuple[SkippedFile, ...]

    @property
    def digest(self) -> str:
        """A name for exactly these files, as they look."""
        lines = (f"{each.location}\0{each.size}\0{each.modified}\0{each.inode}" for each in self.files)
        return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Sorted:
    """Files: those to be read, with their digests where they can be had; those that only look different; those known
    as they are."""

    to_read: tuple[tuple[FoundFile, str], ...]
    touched: tuple[SeenFile, ...]
    unchanged: tuple[FoundFile, ...]


def survey_files(paths: Sequence[Path], own_files: Sequence[Path] = ()) -> Survey:
    """Look for the files under `paths`.

    `own_files`, which an earlier run left in a folder, are nobody's input: they are passed over without a word.
    Raises `MissingInputError` where the user named a file that is not there, `EmptyInputError` where there is none.
    """
    own = {real_path(path) for path in own_files}
    named = set(paths)
    files: list[FoundFile] = []
    skipped: list[SkippedFile] = []
    for found in iter_input_files(paths):
        path = found.path if isinstance(found, SkippedFile) else found
        if own and path not in named and real_path(path) in own:
            continue
        if isinstance(found, SkippedFile):
            skipped.append(found)
            continue
        try:
            status = found.stat()
        except (FileNotFoundError, NotADirectoryError):
            if found in named:
                raise MissingInputError(str(found), "no such file", "check the path") from None
            skipped.append(SkippedFile(found, "it has just gone"))
            continue
        except (OSError, ValueError):
            # Reading it says what is wrong.
            files.append(_found(found, -1, 0, ""))
            continue
        files.append(_found(found, status.st_size, status.st_mtime_ns, str(status.st_ino)))
    if not files and not skipped:
        names = ", ".join(str(path) for path in paths)
        raise EmptyInputError(names, "holds no file", "put texts in it, or name another folder")
    return Survey(tuple(files), tuple(skipped))


def _found(path: Path, size: int, modified: int, inode: str) -> FoundFile:
    given, location = str(path), path_text(real_path(path))
    return FoundFile(given, given if given == location else location, size, modified, inode)


def look_again(files: Sequence[FoundFile], known: Mapping[str, SeenFile], reader: str) -> Sorted:
    """Sort the files by what is known of them. The look is a hint, the bytes are the truth: only a file that looks
    exactly as it did is not opened."""
    to_read: list[tuple[FoundFile, str]] = []
    touched: list[SeenFile] = []
    unchanged: list[FoundFile] = []
    for file in files:
        seen = known.get(file.location)
        if seen is not None and seen.reader == reader:
            if seen.modified and (seen.size, seen.modified, seen.inode) == (file.size, file.modified, file.inode):
                unchanged.append(file)
                continue
            if file.size == seen.size and file_digest(file.path) == seen.digest:
                touched.append(replace(seen, modified=trusted(file), inode=file.inode))
                unchanged.append(file)
                continue
        to_read.append((file, file_digest(file.path)))
    return Sorted(tuple(to_read), tuple(touched), tuple(unchanged))


def trusted(file: FoundFile) -> int:
    """The time of change by which the file can be recognised, 0 for one that was changed a moment ago."""
    return file.modified if file.modified < time.time_ns() - _FRESH_FOR_NS else 0


def file_digest(path: Path) -> str:
    """32 hexadecimal digits of the SHA-256 of a file's bytes; empty where it can't be read."""
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as file:
            digest = hashlib.sha256()
            while part := os.read(file.fileno(), _READ_BYTES):
                digest.update(part)
    except (OSError, ValueError):
        return ""
    return digest.hexdigest()[:32]
