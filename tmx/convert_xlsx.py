"""Excel: a column per language, and a first row that names them."""

from __future__ import annotations

import importlib
import io
import os
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from tmx.atomic import AtomicFile
from tmx.errors import ConversionError, LimitError, MissingExtraError, MissingFileError, WriteError
from tmx.limits import DEFAULT_LIMITS, Limits
from tmx.records import Header, Skipped, TranslationUnit
from tmx.rows import Columns
from tmx.xmltext import ILLEGAL

__all__ = ["XlsxReader", "XlsxWriter"]

# Excel's own limits.
_MAX_ROWS = 1_048_576
_MAX_CELL_CHARS = 32_767


class XlsxReader:
    """Units from the rows of the first sheet. Raises MissingExtraError without openpyxl."""

    def __init__(
        self,
        source: str | os.PathLike[str],
        languages: Sequence[str] = (),
        *,
        lenient: bool = False,
        limits: Limits = DEFAULT_LIMITS,
    ) -> None:
        openpyxl = _openpyxl()
        self._name = os.fspath(source)
        self.skipped: list[Skipped] = []
        _refuse_bomb(self._name, limits)
        try:
            self._book = openpyxl.load_workbook(source, read_only=True, data_only=True)
            self._rows = self._cells(self._book.worksheets[0])
            first = next(self._rows, [])
        except (zipfile.BadZipFile, KeyError, ValueError, IndexError, TypeError, SyntaxError) as error:
            raise ConversionError(self._name, f"is no Excel file that can be read: {error}") from error
        self._columns, self._is_headed = Columns.of(self._name, first, languages)
        self._first = first
        self.header = Header(srclang=self._columns.languages[0])

    def __iter__(self) -> Iterator[TranslationUnit]:
        if self._first and not self._is_headed:
            yield self._columns.unit(self._first)
        try:
            for row in self._rows:
                if any(row):
                    yield self._columns.unit(row)
        except (zipfile.BadZipFile, ValueError, SyntaxError, KeyError, IndexError, TypeError) as error:
            raise ConversionError(self._name, f"is no Excel file that can be read: {error}") from error

    def __enter__(self) -> XlsxReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._book.close()

    def _cells(self, sheet: Any) -> Iterator[list[str]]:
        for row in sheet.iter_rows(values_only=True):
            yield ["" if cell is None else str(cell) for cell in row]


class XlsxWriter:
    """Writes plain texts. Every cell is text, so that nothing that begins with `=` becomes a formula.

    Raises WriteError for more rows, or more characters in a cell, than Excel holds.
    """

    def __init__(self, path: str | os.PathLike[str], languages: Sequence[str]) -> None:
        openpyxl = _openpyxl()
        self._cell = importlib.import_module("openpyxl.cell").WriteOnlyCell
        self._path, self._languages, self._rows = Path(path), tuple(languages), 0
        self._file = AtomicFile(path, compress=False)
        self._book = openpyxl.Workbook(write_only=True)
        self._sheet = self._book.create_sheet("TMX")
        self._row(self._languages)

    def write(self, unit: TranslationUnit) -> None:
        """Append one unit; a language it lacks is an empty cell."""
        self._row([unit.text(code) or "" for code in self._languages])

    def _row(self, texts: Sequence[str]) -> None:
        self._rows += 1
        if self._rows > _MAX_ROWS:
            raise WriteError(f"{self._path}: Excel holds {_MAX_ROWS:,} rows only; split the memory first")
        cells = []
        for text in texts:
            if len(text) > _MAX_CELL_CHARS:
                raise WriteError(f"{self._path}, row {self._rows}: Excel holds {_MAX_CELL_CHARS:,} characters a cell")
            cell = self._cell(self._sheet, value=None)
            if text:
                cell.value = ILLEGAL.sub("", text)
                cell.data_type = "s"
            cells.append(cell)
        self._sheet.append(cells)

    def __enter__(self) -> XlsxWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # openpyxl has begun a temporary file, which only saving takes away.
        buffer = io.BytesIO()
        self._book.save(buffer)
        if kind is None:
            self._file.write(buffer.getvalue())
        self._file.__exit__(kind, error, trace)


def _openpyxl() -> Any:
    try:
        return importlib.import_module("openpyxl")
    except ImportError as error:
        raise MissingExtraError('Excel files need openpyxl: pip install "qostil[xlsx]"') from error


def _refuse_bomb(name: str, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(name) as archive:
            members = archive.infolist()
    except OSError as error:
        raise MissingFileError(name, f"can't be opened: {error.strerror}") from error
    except zipfile.BadZipFile as error:
        raise ConversionError(name, "is no Excel file (.xlsx)") from error
    size = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if size > limits.gzip_grace_bytes and size > packed * limits.max_gzip_ratio:
        raise LimitError(name, f"unpacks to more than {limits.max_gzip_ratio:g} times its size, as a zip bomb does")
