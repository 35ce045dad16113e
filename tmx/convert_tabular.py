"""TSV and CSV: a column per language, and a first row that names them."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Generator, Iterator, Sequence
from types import TracebackType
from typing import Literal

from tmx.atomic import AtomicFile
from tmx.errors import ConversionError, EncodingError
from tmx.limits import DEFAULT_LIMITS, Limits
from tmx.lines import iter_lines
from tmx.records import Header, Skipped, TranslationUnit
from tmx.rows import Columns
from tmx.source import Source

__all__ = ["TabularReader", "TabularWriter"]


class TabularReader:
    """Units from the rows. CSV is comma-separated and quoted as in RFC 4180; TSV knows no quotes."""

    def __init__(
        self,
        source: Source,
        form: Literal["tsv", "csv"],
        languages: Sequence[str] = (),
        *,
        lenient: bool = False,
        limits: Limits = DEFAULT_LIMITS,
    ) -> None:
        self._name = os.fspath(source) if isinstance(source, str | os.PathLike) else str(source)
        self._lenient = lenient
        self.skipped: list[Skipped] = []
        self._line = 0
        self._lines = iter_lines(source, limits)
        self._rows = self._tsv() if form == "tsv" else self._csv(limits.max_segment_chars)
        first = next(self._rows, [])
        self._columns, self._is_headed = Columns.of(self._name, first, languages)
        self._first = first
        self.header = Header(srclang=self._columns.languages[0])

    def __iter__(self) -> Iterator[TranslationUnit]:
        number = 0
        if self._first and not self._is_headed:
            number += 1
            yield self._columns.unit(self._first)
        for row in self._rows:
            if not any(row):
                continue
            number += 1
            if len(row) < 2:
                problem = "the row has one column only"
                if not self._lenient:
                    raise ConversionError(self._name, problem, self._line, number)
                self.skipped.append(Skipped(self._name, number, self._line, problem))
                continue
            yield self._columns.unit(row)

    def __enter__(self) -> TabularReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._rows.close()

    def _text(self) -> Iterator[str]:
        for line in self._lines:
            self._line += 1
            try:
                yield line.decode("utf-8")
            except UnicodeDecodeError as error:
                if self._lenient:
                    yield line.decode("utf-8", "replace")
                else:
                    raise EncodingError(self._name, "is not in UTF-8", self._line) from error

    def _tsv(self) -> Generator[list[str], None, None]:
        for line in self._text():
            yield line.rstrip("\r\n").split("\t")

    def _csv(self, max_chars: int) -> Generator[list[str], None, None]:
        before = csv.field_size_limit(max_chars)
        try:
            rows = csv.reader(self._text(), strict=True)
            while True:
                # The limit is the module's, so it is set only while a row is being read.
                csv.field_size_limit(max_chars)
                try:
                    row = next(rows)
                except StopIteration:
                    return
                except csv.Error as error:
                    raise ConversionError(self._name, f"no CSV: {error}", self._line) from error
                finally:
                    csv.field_size_limit(before)
                yield row
        finally:
            csv.field_size_limit(before)


class TabularWriter:
    """Writes plain texts in UTF-8, the codes of the languages in the first row.

    In TSV, which can't hold them, tabs and line breaks become spaces.
    """

    def __init__(self, path: str | os.PathLike[str], form: Literal["tsv", "csv"], languages: Sequence[str]) -> None:
        self._languages, self._is_tsv = tuple(languages), form == "tsv"
        self._file = AtomicFile(path)
        self._row(self._languages)

    def write(self, unit: TranslationUnit) -> None:
        """Append one unit; a language it lacks is an empty cell."""
        self._row([unit.text(code) or "" for code in self._languages])

    def _row(self, cells: Sequence[str]) -> None:
        if self._is_tsv:
            line = "\t".join(" ".join(cell.split()) if _breaks(cell) else cell for cell in cells) + "\n"
        else:
            buffer = io.StringIO()
            csv.writer(buffer, lineterminator="\n").writerow(cells)
            line = buffer.getvalue()
        self._file.write(line.encode("utf-8", "replace"))

    def __enter__(self) -> TabularWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.__exit__(kind, error, trace)


def _breaks(cell: str) -> bool:
    return "\t" in cell or "\n" in cell or "\r" in cell
