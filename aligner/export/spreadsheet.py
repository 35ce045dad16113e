"""Units as XLSX, for people: a header that stays, columns wide enough to read, and no formulas."""

from __future__ import annotations

import datetime as dt
import importlib
import shutil
import tempfile
import zipfile
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from aligner.errors import MissingExtraError, OutputError
from aligner.export.lines import COLUMNS, cells_of
from aligner.records import Unit
from tmx.atomic import AtomicFile
from tmx.xmltext import ILLEGAL

__all__ = ["XlsxSink"]

# Excel's own limits.
_MAX_ROWS = 1_048_576
_MAX_CELL_CHARS = 32_767
_WIDTHS = (70, 70, 8, 30, 24, 24, 12)
_SCORE = COLUMNS.index("score")
# Any moment, so that the same units give the same bytes; before 1980 a zip knows no time.
_EPOCH = dt.datetime(2000, 1, 1)


class XlsxSink:
    """One sheet. Rows are streamed to disk; every text is a text to Excel, whatever it begins with.

    Raises `OutputError` for more rows, or more characters in a cell, than Excel holds.
    """

    def __init__(self, path: Path) -> None:
        openpyxl, cells, styles = (_openpyxl(name) for name in ("openpyxl", "openpyxl.cell", "openpyxl.styles"))
        self._path, self._rows = path, 0
        self._cell, self._wrapped = cells.WriteOnlyCell, styles.Alignment(wrap_text=True, vertical="top")
        self._bold = styles.Font(bold=True)
        self._file = AtomicFile(path, compress=False)
        self._book = openpyxl.Workbook(write_only=True)
        self._book.properties.creator = "qostil"
        self._book.properties.created = self._book.properties.modified = _EPOCH
        self._sheet: Any = self._book.create_sheet("units")
        self._sheet.freeze_panes = "A2"
        for letter, width in zip("ABCDEFG", _WIDTHS, strict=True):
            self._sheet.column_dimensions[letter].width = width
        self._append([self._text(name, self._bold) for name in COLUMNS])

    def write(self, unit: Unit) -> None:
        row = [self._text(text) for text in cells_of(unit)]
        row[_SCORE] = self._cell(self._sheet, value=round(unit.score, 4))
        self._append(row)

    def _append(self, row: list[Any]) -> None:
        self._rows += 1
        if self._rows > _MAX_ROWS:
            raise OutputError(f"{self._path}: Excel holds {_MAX_ROWS:,} rows only; take fewer with --max-pairs")
        self._sheet.append(row)

    def _text(self, text: str, font: Any = None) -> Any:
        if len(text) > _MAX_CELL_CHARS:
            raise OutputError(f"{self._path}, row {self._rows + 1}: Excel holds {_MAX_CELL_CHARS:,} characters a cell")
        cell = self._cell(self._sheet, value=None)
        if text:
            cell.value = ILLEGAL.sub("", text)
            cell.data_type = "s"
            cell.alignment = self._wrapped
        if font is not None:
            cell.font = font
        return cell

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # openpyxl has begun a temporary file, which only saving takes away.
        with tempfile.TemporaryFile() as saved:
            self._book.save(saved)
            if kind is None:
                with tempfile.TemporaryFile() as packed:
                    _pack_without_times(saved, packed)
                    packed.seek(0)
                    shutil.copyfileobj(packed, self._file, 1 << 20)
        self._file.__exit__(kind, error, trace)


def _pack_without_times(source: IO[bytes], target: IO[bytes]) -> None:
    """The zip again, its members dated alike: openpyxl dates them by the clock."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            dated = zipfile.ZipInfo(member.filename, _EPOCH.timetuple()[:6])
            dated.compress_type = zipfile.ZIP_DEFLATED
            with old.open(member) as reading, new.open(dated, "w", force_zip64=True) as writing:
                shutil.copyfileobj(reading, writing, 1 << 20)


def _openpyxl(module: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise MissingExtraError("Excel files need openpyxl: pip install 'qostil[xlsx]'") from error
