"""Which formats units can leave in, and which one a file name asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

from aligner.errors import OutputError
from aligner.export.lines import ByteSink, write_csv, write_jsonl, write_tsv
from aligner.export.translation_memory import write_tmx
from aligner.records import Unit
from tmx.atomic import AtomicFile
from tmx.errors import WriteError

__all__ = ["FORMATS", "export_units", "format_of"]

FORMATS: dict[str, tuple[str, ...]] = {
    "tmx": (".tmx", ".tmx.gz"),
    "tsv": (".tsv",),
    "csv": (".csv",),
    "jsonl": (".jsonl",),
}
"""The formats, each with the suffixes that ask for it."""


def format_of(path: Path, wanted: str | None = None) -> str:
    """`wanted`, or else the format that the suffix of `path` asks for. Raises `OutputError`."""
    name = path.name.lower()
    if wanted is None:
        wanted = next((key for key, suffixes in FORMATS.items() if name.endswith(suffixes)), None)
        if wanted is None:
            known = ", ".join(suffix for suffixes in FORMATS.values() for suffix in suffixes)
            raise OutputError(f"{path}: no format has this suffix; use one of {known}, or say --format")
    return wanted


def export_units(
    units: Iterable[Unit],
    target: Path | BinaryIO,
    kind: str,
    stamp: dt.datetime | None = None,
    languages: str = "as-is",
) -> int:
    """Write the units; the file appears complete, or not at all. Returns their number.

    `stamp` is the creation time a TMX states, `languages` its profile of language codes (`tmx.languages`).
    """
    if kind == "tmx":
        return _guarded(target, lambda: write_tmx(units, target, stamp, languages))
    writers: dict[str, Callable[[Iterable[Unit], ByteSink], int]] = {
        "tsv": write_tsv,
        "csv": write_csv,
        "jsonl": write_jsonl,
    }
    write = writers[kind]
    if not isinstance(target, Path):
        return write(units, target)

    def whole() -> int:
        with AtomicFile(target, compress=False) as file:
            return write(units, file)

    return _guarded(target, whole)


def _guarded(target: Path | BinaryIO, work: Callable[[], int]) -> int:
    try:
        return work()
    except (OSError, WriteError) as error:
        name = target if isinstance(target, Path) else "the output"
        raise OutputError(f"{name}: can't be written ({error}); nothing was left half-written") from error
