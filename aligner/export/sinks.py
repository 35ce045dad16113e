"""Files that units are written to one by one, and that appear when they are complete."""

from __future__ import annotations

import datetime as dt
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Protocol, Self

import tmx
from aligner.export.lines import LINES, ByteSink, one_line
from aligner.export.translation_memory import tmx_header, translation_unit
from aligner.records import Unit
from tmx.atomic import AtomicFile
from tmx.convert_xliff import XliffWriter

__all__ = ["UnitSink", "open_sink", "paths_of"]

Target = Path | BinaryIO


class UnitSink(Protocol):
    """Takes units. As a context manager it shows its files when all is written, and leaves nothing of a failure."""

    def write(self, unit: Unit) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def paths_of(path: Path, kind: str) -> tuple[Path, ...]:
    """The files that appear for this name: two for Moses, `NAME.kk` and `NAME.ru`."""
    if kind != "moses":
        return (path,)
    stem = path.with_suffix("") if path.suffix == ".moses" else path
    return tuple(stem.with_name(f"{stem.name}.{language}") for language in ("kk", "ru"))


def open_sink(target: Target, kind: str, stamp: dt.datetime | None = None, languages: str = "as-is") -> UnitSink:
    """A sink for this format; `stamp` and `languages` are for a TMX. Raises what opening the file raises, and
    `MissingExtraError` for Parquet without pyarrow and for XLSX without openpyxl."""
    if kind == "tmx":
        return _TmxSink(
            tmx.Writer(target, tmx_header(stamp, languages), languages=languages, tuid="all", foreign="drop")
        )
    if kind in LINES:
        return _LineSink(target, kind)
    if not isinstance(target, Path):
        raise ValueError(f"{kind} goes to a file only")
    if kind == "moses":
        return _MosesSink(target)
    if kind in ("xliff", "xliff2"):
        return _XliffSink(XliffWriter(target, ("kk", "ru"), "1.2" if kind == "xliff" else "2.1"))
    if kind == "xlsx":
        from aligner.export.spreadsheet import XlsxSink

        return XlsxSink(target)
    from aligner.export.columns import ParquetSink

    return ParquetSink(target)


class _Sink:
    """What the sinks share: everything that must be closed stands on one stack."""

    def __init__(self) -> None:
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)


class _TmxSink(_Sink):
    def __init__(self, writer: tmx.Writer) -> None:
        super().__init__()
        self._writer = self._stack.enter_context(writer)

    def write(self, unit: Unit) -> None:
        self._writer.write(translation_unit(unit))


class _XliffSink(_Sink):
    def __init__(self, writer: XliffWriter) -> None:
        super().__init__()
        self._writer = self._stack.enter_context(writer)

    def write(self, unit: Unit) -> None:
        self._writer.write(translation_unit(unit))


class _LineSink(_Sink):
    def __init__(self, target: Target, kind: str) -> None:
        super().__init__()
        self._file: ByteSink = target if not isinstance(target, Path) else self._stack.enter_context(_file(target))
        self._format = LINES[kind]()
        self._file.write(self._format.head)

    def write(self, unit: Unit) -> None:
        self._file.write(self._format.line(unit))


class _MosesSink(_Sink):
    """Two files of equally many lines, and nothing but the texts."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._kk, self._ru = (self._stack.enter_context(_file(each)) for each in paths_of(path, "moses"))

    def write(self, unit: Unit) -> None:
        self._kk.write((one_line(unit.kk) + "\n").encode())
        self._ru.write((one_line(unit.ru) + "\n").encode())


def _file(path: Path) -> AtomicFile:
    return AtomicFile(path, compress=False)
