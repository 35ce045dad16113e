"""Paths that a user names → the files to read, and the files passed over with the reason for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["READABLE_SUFFIXES", "SkippedFile", "iter_input_files"]

READABLE_SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".docx"})


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file or folder that is not read, and why."""

    path: Path
    reason: str


def iter_input_files(paths: Sequence[Path]) -> Iterator[Path | SkippedFile]:
    """The files to read, each once: those named, and those in named folders, in sorted order.

    Files that are named are yielded whatever they are, even where there is none: reading them says what is
    wrong. In folders, hidden entries, other suffixes and links that lead in a circle are skipped.
    """
    seen: set[Path] = set()
    for path in paths:
        if path.is_dir():
            yield from _walk(path, seen, ())
        else:
            yield _once(path, seen)


def _walk(folder: Path, seen: set[Path], parents: tuple[Path, ...]) -> Iterator[Path | SkippedFile]:
    real = _real_path(folder)
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
        if entry.name.startswith((".", "~$")):
            yield SkippedFile(entry, "hidden")
        elif entry.is_dir():
            yield from _walk(entry, seen, (*parents, real))
        elif not entry.exists():
            yield SkippedFile(entry, "a link that leads nowhere")
        elif entry.suffix.lower() not in READABLE_SUFFIXES:
            yield SkippedFile(entry, _unreadable(entry.suffix))
        else:
            yield _once(entry, seen)


def _once(path: Path, seen: set[Path]) -> Path | SkippedFile:
    real = _real_path(path)
    if real in seen:
        return SkippedFile(path, "the same file was read already")
    seen.add(real)
    return path


def _real_path(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        # A circle of links has no real path; the name has to do.
        return path.absolute()


def _unreadable(suffix: str) -> str:
    return (
        f"files of the type {suffix} are not read"
        if suffix
        else "a file without a suffix is read only where it is named"
    )
