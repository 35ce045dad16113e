"""Files that hold pairs already → `Unit`s: TMX, TSV, CSV, JSON Lines, XLIFF, Parquet, and the two files of Moses."""

from __future__ import annotations

import csv
import datetime as dt
import importlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from aligner.delimiters import opened_csv
from aligner.errors import EmptyInputError, FormatError, InputError, MissingExtraError, MissingInputError
from aligner.records import Unit
from tmx.context import context_of
from tmx.errors import MissingFileError, ReadError, TmxError
from tmx.limits import DEFAULT_LIMITS
from tmx.lines import iter_lines
from tmx.reader import Reader
from tmx.records import TranslationUnit

__all__ = ["UNIT_SUFFIXES", "read_units"]

UNIT_SUFFIXES = (".tmx", ".tmx.gz", ".tsv", ".csv", ".jsonl", ".xlf", ".xliff", ".parquet", ".moses")
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_COLUMNS = ("kk", "ru", "score", "reasons", "kk_source", "ru_source", "date")
_ROWS_A_STEP = 8_192


def read_units(path: Path) -> Iterator[Unit]:
    """The units of a file whose suffix is one of `UNIT_SUFFIXES`, in their order, as a stream.

    TSV, CSV, JSON Lines and Parquet have the columns that Qostil writes; TSV and CSV may have the first two only, and
    a first row that names them. Of `NAME.moses` the files `NAME.kk` and `NAME.ru` are read. A unit without a score has
    1; what lacks one of the two languages is left out. Raises `InputError` and its kinds, `MissingExtraError`.
    """
    name = path.name.lower()
    if path.is_file() and not path.stat().st_size:
        raise EmptyInputError(str(path), "is empty", "give a file with pairs in it")
    try:
        if name.endswith((".tmx", ".tmx.gz")):
            with Reader(path) as reader:
                yield from _translated(reader)
        elif name.endswith((".xlf", ".xliff")):
            from tmx.convert_xliff import XliffReader

            with XliffReader(path) as xliff:
                yield from _translated(xliff)
        elif name.endswith((".tsv", ".csv")):
            yield from _tabular(path, is_csv=name.endswith(".csv"))
        elif name.endswith(".jsonl"):
            yield from _jsonl(path)
        elif name.endswith(".moses"):
            yield from _moses(path)
        elif name.endswith(".parquet"):
            yield from _parquet(path)
        else:
            raise InputError(str(path), "has no suffix of a file of pairs", f"there are {', '.join(UNIT_SUFFIXES)}")
    except MissingFileError as error:
        raise MissingInputError(str(path), "no such file", "check the path") from error
    except ReadError as error:
        place = f"line {error.line}" if error.line else ""
        raise FormatError(str(path), error.problem, "`qostil tmx validate` says more of a TMX", place) from error
    except TmxError as error:
        raise FormatError(str(path), str(error)) from error


def _translated(units: Iterator[TranslationUnit] | Any) -> Iterator[Unit]:
    for unit in units:
        kk, ru = unit.text("kk"), unit.text("ru")
        if kk and ru:
            context = context_of(unit)
            yield Unit(
                kk=kk,
                ru=ru,
                score=_score(unit.prop("x-score")),
                kk_source=unit.prop("x-kk-source"),
                ru_source=unit.prop("x-ru-source"),
                date=_date(unit.prop("x-date")),
                reasons=_reasons(unit.prop("x-reasons")),
                **_judgement(unit.prop("x-status"), unit.prop("x-reviewer")),
                previous_kk=context.previous if context else None,
                next_kk=context.following if context else None,
            )


def _tabular(path: Path, *, is_csv: bool) -> Iterator[Unit]:
    rows = _csv_rows(path) if is_csv else (line.rstrip("\r\n").split("\t") for line in _text_lines(path))
    columns: Mapping[str, int] = dict(zip(_COLUMNS, range(len(_COLUMNS)), strict=True))
    for number, row in enumerate(rows, start=1):
        if number == 1:
            names = [cell.strip().lower() for cell in row]
            if {"kk", "ru"} <= set(names):
                columns = {name: place for place, name in enumerate(names)}
                continue
        if not any(row):
            continue
        if len(row) <= max(columns["kk"], columns["ru"]):
            raise FormatError(str(path), "the row has no two columns", "each row is kk, then ru", f"row {number}")
        if is_csv:
            row = list(map(_without_apostrophe, row))
        yield from _from_record({name: row[place] for name, place in columns.items() if place < len(row)})


def _csv_rows(path: Path) -> Iterator[list[str]]:
    delimiter, lines = opened_csv(_text_lines(path))
    # Strict, for a quotation mark that is never closed swallows every row behind it.
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        yield from rows
    except csv.Error as error:
        problem = f"is no CSV that can be read: {error}"
        remedy = "a cell in quotation marks doubles those inside it and is closed; save the table again"
        raise FormatError(str(path), problem, remedy, f"line {rows.line_num}") from error


def _jsonl(path: Path) -> Iterator[Unit]:
    for number, line in enumerate(_text_lines(path), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            if not isinstance(record, dict):
                raise KeyError("kk")
            yield from _from_record(record)
        except (ValueError, KeyError, RecursionError) as error:
            raise FormatError(str(path), "is no JSON object with the keys kk and ru", place=f"line {number}") from error


def _moses(path: Path) -> Iterator[Unit]:
    kk, ru = (_text_lines(path.with_suffix(f".{language}")) for language in ("kk", "ru"))
    try:
        for left, right in zip(kk, ru, strict=True):
            if left.strip() and right.strip():
                yield Unit(left.strip(), right.strip(), 1.0)
    except ValueError as error:
        raise FormatError(str(path), "the files .kk and .ru have different numbers of lines") from error


def _parquet(path: Path) -> Iterator[Unit]:
    try:
        pq = importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        raise MissingExtraError("Parquet needs pyarrow: pip install 'qostil[parquet]'") from error
    try:
        with pq.ParquetFile(path) as file:
            if not {"kk", "ru"} <= set(file.schema_arrow.names):
                raise FormatError(str(path), "has no columns kk and ru")
            for batch in file.iter_batches(_ROWS_A_STEP):
                for record in batch.to_pylist():
                    yield from _from_record(record)
    except FileNotFoundError as error:
        raise MissingInputError(str(path), "no such file", "check the path") from error
    # A day that is in no calendar is too large for a date.
    except (OSError, ValueError, OverflowError, importlib.import_module("pyarrow").ArrowException) as error:
        raise FormatError(str(path), f"is no Parquet file that can be read: {error}") from error


def _text_lines(path: Path) -> Iterator[str]:
    """The lines of a UTF-8 text with their ends, however many there are."""
    for line in iter_lines(path, DEFAULT_LIMITS):
        try:
            yield line.decode("utf-8").removeprefix("\ufeff")
        except UnicodeDecodeError as error:
            raise FormatError(str(path), "is not in UTF-8", "save it as UTF-8") from error


def _from_record(record: Mapping[str, Any]) -> Iterator[Unit]:
    """The unit of a record. Raises ValueError where its texts are none."""
    kk, ru = record["kk"], record["ru"]
    if kk and ru:
        if not isinstance(kk, str) or not isinstance(ru, str):
            raise ValueError("kk and ru are texts")
        get = record.get
        yield Unit(
            kk,
            ru,
            _score(get("score")),
            _text(get("kk_source")),
            _text(get("ru_source")),
            _date(get("date")),
            _reasons(get("reasons")),
            **_judgement(get("status"), get("reviewer")),
        )


def _judgement(status: object, reviewer: object) -> dict[str, Any]:
    """What a person has said of the unit, if anybody has."""
    if status is None or status not in ("reviewed", "rejected"):
        return {}
    return {"status": status, "reviewer": str(reviewer) if reviewer else None}


def _score(value: object) -> float:
    """A probability; whatever else stands in this place says nothing about it."""
    try:
        score = float(value if isinstance(value, str | float) else str(value))
    except ValueError:
        return 1.0
    return score if 0 <= score <= 1 else 1.0


def _date(value: object) -> dt.date | None:
    if isinstance(value, dt.date):
        return value.date() if isinstance(value, dt.datetime) else value
    if not value:
        return None
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        return None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _reasons(value: object) -> tuple[str, ...]:
    if not value:
        return ()
    parts = value.split("; ") if isinstance(value, str) else value if isinstance(value, list | tuple) else ()
    return tuple(part for part in parts if isinstance(part, str) and part)


def _without_apostrophe(cell: str) -> str:
    """A cell as it was before an apostrophe kept spreadsheets from taking it for a formula."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA_SIGNS) else cell
