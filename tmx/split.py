"""One memory to several files that are small enough for a tool."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tmx.errors import WriteError
from tmx.limits import DEFAULT_LIMITS, Limits
from tmx.reader import Reader
from tmx.records import Header, Skipped, TranslationUnit
from tmx.writer import ForeignPolicy, TuidPolicy, Writer

__all__ = ["SplitReport", "part_path", "split", "write_parts"]


@dataclass(frozen=True, slots=True)
class SplitReport:
    """The files in their order, and the units in all of them."""

    paths: tuple[Path, ...]
    units: int
    skipped: tuple[Skipped, ...] = ()


def split(
    source: str | os.PathLike[str],
    target: str | os.PathLike[str],
    *,
    max_units: int | None = None,
    max_bytes: int | None = None,
    lenient: bool = False,
    limits: Limits = DEFAULT_LIMITS,
) -> SplitReport:
    """Write the units of `source` to `target-001.tmx`, `target-002.tmx` …; see `write_parts`."""
    with Reader(source, lenient=lenient, limits=limits) as reader:
        report = write_parts(target, reader, reader.header, max_units=max_units, max_bytes=max_bytes)
        return SplitReport(report.paths, report.units, tuple(reader.skipped))


def write_parts(
    target: str | os.PathLike[str],
    units: Iterable[TranslationUnit],
    header: Header | None = None,
    *,
    max_units: int | None = None,
    max_bytes: int | None = None,
    languages: str | Mapping[str, str] = "as-is",
    tuid: TuidPolicy = "keep",
    foreign: ForeignPolicy = "keep",
) -> SplitReport:
    """Write the units to files of at most `max_units` units and `max_bytes` bytes, unpacked.

    Where one file is enough it is `target` itself, otherwise the parts carry numbers. No file appears
    before all are complete. Trados and Phrase take 1 GB a file. Raises WriteError for a unit that is
    larger than a part, ValueError where neither bound is given or one is not positive.
    """
    if (max_units is None and max_bytes is None) or (max_units or 1) < 1 or (max_bytes or 1) < 1:
        raise ValueError("splitting needs max_units or max_bytes, and a positive one")
    path = Path(target)
    writers: list[Writer] = []
    total = 0

    def opened() -> Writer:
        writer = Writer(part_path(path, len(writers) + 1), header, languages=languages, tuid=tuid, foreign=foreign)
        writers.append(writer)
        return writer

    try:
        writer = opened()
        for unit in units:
            if max_units is not None and writer.report.units >= max_units:
                writer.seal()
                writer = opened()
            if not writer.write_within(unit, max_bytes):
                if not writer.report.units:
                    raise WriteError(f"unit {total + 1} alone is larger than a part of {max_bytes:,} bytes")
                writer.seal()
                writer = opened()
                if not writer.write_within(unit, max_bytes):
                    raise WriteError(f"unit {total + 1} alone is larger than a part of {max_bytes:,} bytes")
            total += 1
        writer.seal()
        if len(writers) == 1:
            writers[0].rename(path)
        for writer in writers:
            writer.close()
    except BaseException:
        for writer in writers:
            writer.discard()
        raise
    return SplitReport(tuple(writer.path for writer in writers if writer.path), total)


def part_path(path: Path, number: int) -> Path:
    """`memory.tmx.gz` and 2 give `memory-002.tmx.gz`."""
    suffix = "".join(path.suffixes[-2:]) if path.suffix == ".gz" else path.suffix
    stem = path.name[: len(path.name) - len(suffix)]
    return path.with_name(f"{stem}-{number:03}{suffix}")
