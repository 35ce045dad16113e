"""Which files Qostil itself has written, so that a second run may replace them and nobody's input is lost."""

from __future__ import annotations

import json
from pathlib import Path

from aligner.errors import InputError, MissingExtraError
from aligner.ingest.bilingual import OWN_COLUMNS
from aligner.ingest.catalogues import is_own_tmx
from aligner.ingest.limits import MAX_LINE_CHARACTERS
from aligner.ingest.tables import first_xlsx_row, is_own_result

__all__ = ["is_replaceable"]


def is_replaceable(path: Path) -> bool:
    """Whether there is no file, an empty one, or one that Qostil has written (TMX, TSV, CSV, XLSX, JSON Lines).

    Only the beginning of it is read, however large it is: a header, a line or a row.
    """
    if not path.exists() or not path.stat().st_size:
        return True
    name = path.name.lower()
    if name.endswith((".tmx", ".tmx.gz")):
        return is_own_tmx(path)
    if name.endswith(".xlsx"):
        return _is_own_sheet(path)
    line = _first_line(path)
    if name.endswith(".jsonl"):
        return _is_own_record(line)
    if name.endswith(".csv"):
        return is_own_result(line.split(","))
    return name.endswith(".tsv") and is_own_result(line.split("\t"))


def _first_line(path: Path) -> str:
    """The first line in UTF-8, as we write; nothing where it is none of ours."""
    try:
        with path.open("rb") as file:
            return file.readline(MAX_LINE_CHARACTERS).decode("utf-8-sig").rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        return ""


def _is_own_record(line: str) -> bool:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(record, dict) and set(OWN_COLUMNS) <= record.keys()


def _is_own_sheet(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return is_own_result(first_xlsx_row(file, str(path)))
    except (OSError, InputError, MissingExtraError):
        return False
