"""Paths that a user names → the files to read, and the files passed over with the reason for it."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["READABLE_SUFFIXES", "SkippedFile", "iter_input_files", "path_text", "real_path", "suffix_of"]

READABLE_SUFFIXES = frozenset(
    (
        *(".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml"),
        *(".docx", ".doc", ".odt", ".rtf", ".pdf", ".epub", ".srt", ".vtt"),
        *(".csv", ".tsv", ".xlsx", ".jsonl", ".tmx", ".tmx.gz", ".xlf", ".xliff", ".po"),
        *(".sdlxliff", ".mqxliff", ".mxliff"),
        *(".zip", ".warc", ".warc.gz"),
    )
)
# Word leaves `~$name.docx` beside a document that is open.
_HIDDEN_PREFIXES = (".", "~$")
_TRICKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_SYSTEM_FILES = ("Thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file or folder that is not read, and why."""

    path: Path
    reason: str

    @property
    def name(self) -> str:
        return path_text(self.path)


def iter_input_files(paths: Sequence[Path]) -> Iterator[Path | SkippedFile]:
    """The files to read, each once: those named, and those in named folders, in sorted order.

    A file that is named is yielded whatever it is, even where there is none: reading it says what is wrong.
    In folders, other suffixes and links that lead nowhere or in a circle are skipped; what is hidden, and what
    desktops leave behind, is nobody's input and not mentioned.
    """
    seen: set[Path] = set()
    for path in paths:
        if _is_folder(path):
            yield from _walk(path, seen, ())
        else:
            yield _once(path, seen)


def suffix_of(name: str) -> str:
    """The suffix of a file name in small letters; of a packed one with that before `.gz`, where we know both."""
    suffixes = [suffix.lower() for suffix in Path(name).suffixes[-2:]]
    both = "".join(suffixes)
    return both if both in READABLE_SUFFIXES else "".join(suffixes[-1:])


def _walk(folder: Path, seen: set[Path], parents: tuple[Path, ...]) -> Iterator[Path | SkippedFile]:
    real = real_path(folder)
    if real in parents:
        yield SkippedFile(folder, "a link back to a folder that contains it")
        return
    if real in seen:
        yield SkippedFile(folder, "the same folder was read already")
        return
    seen.add(real)
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield SkippedFile(folder, f"the folder can't be opened: {error.strerror or error}")
        return
    for entry in entries:
        if entry.name.startswith(_HIDDEN_PREFIXES) or entry.name in _SYSTEM_FILES:
            continue
        try:
            mode = entry.stat().st_mode
        except (OSError, RuntimeError) as error:
            reason = "a link that leads nowhere" if entry.is_symlink() else f"can't be opened: {error}"
            yield SkippedFile(entry, reason)
            continue
        if stat.S_ISDIR(mode):
            yield from _walk(entry, seen, (*parents, real))
        elif suffix_of(entry.name) in READABLE_SUFFIXES:
            yield _once(entry, seen)
        elif entry.suffix:
            yield SkippedFile(entry, f"files of the type {suffix_of(entry.name)} are not read")
        else:
            yield SkippedFile(entry, "a file without a suffix is read only where it is named itself")


def _once(path: Path, seen: set[Path]) -> Path | SkippedFile:
    real = real_path(path)
    if real in seen:
        return SkippedFile(path, "the same file was read already")
    seen.add(real)
    return path


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def path_text(path: Path) -> str:
    """The path as text that can be printed and stored.

    Bytes that are no text of the locale (names from an old archive or disk) are read as UTF-8, or else stand there by
    their number, as `\\xcd`; so do line ends and what else would play tricks with a terminal or a list.
    """
    try:
        text = str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:
        # On Windows, half a pair of UTF-16.
        text = str(path).encode("utf-8", "backslashreplace").decode()
    return _TRICKS.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


def real_path(path: Path) -> Path:
    """Where a path leads; a circle of links leads to itself."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):
        # A circle of links has no real path; the name has to do.
        return path.absolute()
