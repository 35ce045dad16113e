"""Which formats units can leave in, and which one a file name asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from aligner.errors import OutputError
from aligner.export.lines import ByteSink
from aligner.export.sinks import UnitSink, open_sink
from aligner.records import Unit
from tmx.atomic import AtomicFile
from tmx.errors import TmxError

__all__ = ["FORMATS", "export_units", "format_of", "writing", "writing_bytes"]

FORMATS: dict[str, tuple[str, ...]] = {
    "tmx": (".tmx", ".tmx.gz"),
    "tsv": (".tsv",),
    "csv": (".csv",),
    "jsonl": (".jsonl",),
    "moses": (".moses",),
    "parquet": (".parquet",),
    "xlsx": (".xlsx",),
    "xliff": (".xlf", ".xliff"),
    "xliff2": (".xliff2",),
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
    count = 0
    with writing(target, kind, stamp, languages) as sink:
        for unit in units:
            sink.write(unit)
            count += 1
    return count


@contextmanager
def writing(
    target: Path | BinaryIO, kind: str, stamp: dt.datetime | None = None, languages: str = "as-is"
) -> Iterator[UnitSink]:
    """A sink for units, open until the block ends. Raises `OutputError` where the file can't be written."""
    try:
        with open_sink(target, kind, stamp, languages) as sink:
            yield sink
    except (OSError, TmxError) as error:
        name = target if isinstance(target, Path) else "the output"
        raise OutputError(f"{name}: can't be written ({_why(error)}); nothing was left half-written") from error


@contextmanager
def writing_bytes(path: Path) -> Iterator[ByteSink]:
    """A file that bytes are written to and that appears when the block ends. Raises `OutputError`."""
    try:
        with AtomicFile(path, compress=False) as file:
            yield file
    except TmxError as error:
        raise OutputError(f"{path}: can't be written ({_why(error)}); nothing was left half-written") from error


def _why(error: OSError | TmxError) -> str:
    """What the system says; the sentence around it names the file."""
    cause = error.__cause__ if isinstance(error, TmxError) else error
    return (isinstance(cause, OSError) and cause.strerror) or str(error)
