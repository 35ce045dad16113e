"""Tables (.csv, .tsv, .xlsx) with a Kazakh column beside a Russian one → the pairs in them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

from aligner.delimiters import SAMPLE_LINES, delimiter_of, stated_delimiter
from aligner.errors import EmptyInputError, FormatError
from aligner.ingest.bilingual import OWN_COLUMNS, draft_from_rows
from aligner.ingest.decode import decode_text
from aligner.ingest.draft import AlignedDraft
from aligner.ingest.extras import load_extra
from aligner.ingest.limits import MAX_CELLS, MAX_LINE_CHARACTERS
from aligner.ingest.package import BROKEN_ZIP, open_package

__all__ = ["OWN_RESULT", "first_xlsx_row", "is_own_result", "iter_csv", "iter_tsv", "iter_xlsx"]

OWN_RESULT = "is what Qostil itself has written, not a source"
_IMPORT = "add it with `qostil memory import`"
Rows = list[list[str]]


def iter_csv(data: bytes, source: str) -> Iterator[AlignedDraft]:
    """The pairs in a CSV with any of the usual delimiters. Raises FormatError where its columns are no pairs."""
    text = decode_text(data, source)
    stated = stated_delimiter(text)
    delimiter = stated[1] if stated else delimiter_of(text.split("\n", SAMPLE_LINES))
    rows = _parsed(text[stated.end() :] if stated else text, delimiter, source)
    yield from _from_tables([_bounded(rows, source)], source)


def iter_tsv(data: bytes, source: str) -> Iterator[AlignedDraft]:
    """The pairs in a TSV: quotation marks have no meaning in it. Raises FormatError where its columns are no pairs."""
    lines = decode_text(data, source).replace("\r\n", "\n").split("\n")
    yield from _from_tables([_bounded((line.split("\t") for line in lines if line), source)], source)


def iter_xlsx(data: bytes, source: str) -> Iterator[AlignedDraft]:
    """The pairs in the sheets of an Excel file, one draft a sheet; sheets without pairs are passed over.

    Raises FormatError for what is broken, encrypted, a bomb, or without such a sheet.
    """
    with _workbook(io.BytesIO(data), source) as book:
        blanks = _Blanks(source)
        tables = [_bounded(_rows_of(sheet, blanks), source) for sheet in book.worksheets]
    yield from _from_tables(tables, source)


def first_xlsx_row(file: IO[bytes], source: str) -> list[str]:
    """The first row of the first sheet of an Excel file, however many follow. Raises as `iter_xlsx` does."""
    with _workbook(file, source) as book:
        blanks = _Blanks(source)
        return next((row for sheet in book.worksheets for row in _rows_of(sheet, blanks)), [])


def is_own_result(row: Sequence[str]) -> bool:
    """Whether a table that begins with `row` opens as those that Qostil writes."""
    return tuple(row[: len(OWN_COLUMNS)]) == OWN_COLUMNS or _is_own_row(row)


def _is_own_row(row: Sequence[str]) -> bool:
    """Whether it is a row of our TSV, which has no headings."""
    if len(row) != len(OWN_COLUMNS) or not (row[0] and row[1]):
        return False
    try:
        return 0 <= float(row[2]) <= 1 and "." in row[2]
    except ValueError:
        return False


def _from_tables(tables: Iterable[Rows], source: str) -> Iterator[AlignedDraft]:
    is_empty, found = True, False
    for rows in tables:
        if not rows:
            continue
        is_empty = False
        if is_own_result(rows[0]):
            raise FormatError(source, OWN_RESULT, _IMPORT)
        draft = draft_from_rows(rows)
        if draft is not None:
            found = True
            yield draft
    if is_empty:
        raise EmptyInputError(source, "holds no rows", "give a table with texts in it")
    if not found:
        raise FormatError(
            source,
            "has no Kazakh column beside a Russian one",
            "name the columns kk and ru in the first row, or save the text as .txt or .docx",
        )


@contextmanager
def _workbook(file: IO[bytes], source: str) -> Iterator[Any]:
    """The book, read row by row; what openpyxl raises while it is open becomes a FormatError."""
    with open_package(file, source, "Excel file"):
        file.seek(0)
    openpyxl = load_extra("openpyxl", "Excel files")
    defused = load_extra("defusedxml", "Excel files")
    from xml.etree.ElementTree import ParseError

    from lxml.etree import LxmlError

    # openpyxl trusts the file: what is missing in it or of the wrong kind surfaces as one of these.
    careless = (KeyError, AttributeError, IndexError, TypeError, AssertionError, ParseError, LxmlError)
    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        try:
            for sheet in book.worksheets:
                # What a sheet says of its own size may be wrong.
                sheet.reset_dimensions()
            yield book
        finally:
            book.close()
    except (
        *BROKEN_ZIP,
        *careless,
        defused.DefusedXmlException,
        openpyxl.utils.exceptions.InvalidFileException,
    ) as error:
        raise FormatError(source, "is a damaged Excel file", "open it in Excel and save it again") from error


def _parsed(text: str, delimiter: str, source: str) -> Iterator[list[str]]:
    """The rows of a CSV. Where its quotation marks are not those of CSV, they are taken for signs of the text, if the
    table is sound so: an opened one would swallow whatever follows up to the next."""
    unsound = _unsound_line(text, delimiter)
    if unsound is not None and _is_plain_table(text, delimiter):
        yield from (line.split(delimiter) for line in _filled_lines(text, delimiter))
        return
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    width = 0
    try:
        for row in reader:
            if not any(row):
                continue
            width = width or len(row)
            if unsound is not None and len(row) != width and any("\n" in cell for cell in row):
                raise FormatError(
                    source,
                    "has a quotation mark that opens a cell and does not close it",
                    "double the marks inside a cell, or save it as .xlsx",
                    f"line {unsound}",
                )
            yield row
    except csv.Error as error:
        problem = f"is no CSV that can be read: {error}"
        raise FormatError(source, problem, "save it as .xlsx", f"line {reader.line_num}") from error


def _unsound_line(text: str, delimiter: str) -> int | None:
    """The first line whose quotation marks break the rules of CSV (RFC 4180), None where there is none."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for _ in reader:
            line = reader.line_num + 1
    except csv.Error:
        return line
    return None


def _filled_lines(text: str, delimiter: str) -> Iterator[str]:
    return (line for line in re.split(r"\r\n?|\n", text) if line.strip(delimiter))


def _is_plain_table(text: str, delimiter: str) -> bool:
    """Whether every line has as many cells as the others, more than one, if quotation marks mean nothing."""
    widths = {line.count(delimiter) for line in _filled_lines(text, delimiter)}
    return len(widths) == 1 and widths != {0}


@dataclass(slots=True)
class _Blanks:
    """How many empty cells a book may still have. A row of the number 99,999,999 makes all before it, empty."""

    source: str
    left: int = MAX_CELLS

    def take(self, cells: int) -> None:
        # Work on a row, too, has its price.
        self.left -= cells + 20
        if self.left < 0:
            raise FormatError(self.source, "consists of empty rows", "copy what is filled into a new sheet")


def _rows_of(sheet: Any, blanks: _Blanks) -> Iterator[list[str]]:
    for row in sheet.iter_rows(values_only=True):
        cells = ["" if cell is None else str(cell) for cell in row]
        if any(cells):
            yield cells
        else:
            blanks.take(len(cells))


def _bounded(rows: Iterable[list[str]], source: str) -> Rows:
    kept: Rows = []
    cells = 0
    for row in rows:
        cells += len(row)
        if cells > MAX_CELLS:
            raise FormatError(source, f"has more than {MAX_CELLS:,} cells", "split it")
        for cell in row:
            if len(cell) > MAX_LINE_CHARACTERS:
                raise FormatError(source, f"has a cell of {len(cell):,} characters", "split it")
        kept.append(row)
    return kept
