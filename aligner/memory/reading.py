"""Files of translation units → units to import: TMX, XLIFF, TSV, CSV, JSON Lines and other memories, one at a time."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import Any, cast, get_args

import tmx
from aligner.delimiters import opened_csv
from aligner.errors import FormatError, InputError, LanguageError, MissingInputError, StoreError
from aligner.language import identify_language
from aligner.memory.interface import Memory
from aligner.memory.records import Status
from aligner.records import Unit
from tmx.convert_xliff import XliffReader
from tmx.dates import parse_date
from tmx.errors import LanguageError as TmxLanguageError
from tmx.errors import MissingFileError, ReadError, TmxError
from tmx.languages import primary
from tmx.limits import DEFAULT_LIMITS
from tmx.lines import iter_lines

__all__ = ["IMPORTED", "UnitFile", "import_format"]

IMPORTED: dict[str, tuple[str, ...]] = {
    "tmx": (".tmx", ".tmx.gz"),
    "xliff": (".xlf", ".xliff", ".xliff2", ".sdlxliff", ".mqxliff", ".mxliff", ".txlf"),
    "tsv": (".tsv", ".tab", ".tsv.gz"),
    "csv": (".csv", ".csv.gz"),
    "jsonl": (".jsonl", ".jsonl.gz"),
    "memory": (".db", ".sqlite", ".sqlite3"),
}
"""The formats, each with the suffixes that it is told by."""

_COLUMNS = ("kk", "ru", "score", "reasons", "kk_source", "ru_source", "date")
# The text before and the text after, as Phrase and XTM keep them (`tmx.context`).
_CONTEXT_NAMES = (
    ("context_prev", "previous_source_text"),
    ("context_next", "next_source_text"),
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z]{2,4}){0,2}\Z")
_LOOKED_AT = 50
_STATUSES = get_args(Status)
_FORMULA = "=+-@\t\r"


def import_format(path: Path, wanted: str | None = None) -> str:
    """`wanted`, or else the format that the suffix of `path` tells. Raises `InputError`."""
    if wanted is not None:
        return wanted
    name = path.name.lower()
    kind = next((kind for kind, suffixes in IMPORTED.items() if name.endswith(suffixes)), None)
    if kind is None:
        known = ", ".join(suffix for suffixes in IMPORTED.values() for suffix in suffixes)
        raise InputError(
            str(path), "no format of translation units has this suffix", f"use one of {known}, or --format"
        )
    return kind


class UnitFile:
    """The units of a file that have a Kazakh and a Russian text, whatever the region in its language codes.

    Inline elements are left out of the texts, which become NFC without outer white space. `score` and `status` are for
    units that do not say their own. `left_out` counts by reason what was passed over, once it has been read.
    A broken unit is an `InputError` with its place, unless `is_lenient`. Of a memory, also the
    rejected units come.
    """

    def __init__(
        self,
        path: Path,
        kind: str,
        score: float = 1.0,
        status: Status = "automatic",
        is_lenient: bool = False,
    ) -> None:
        self.path, self.kind = path, kind
        self._score, self._status, self._is_lenient = score, status, is_lenient
        self.left_out: Counter[str] = Counter()

    def __iter__(self) -> Iterator[Unit]:
        self.left_out.clear()
        with self._translated():
            if self.kind == "tmx":
                with tmx.Reader(self.path, lenient=self._is_lenient) as reader:
                    yield from self._from_tmx(reader, primary(reader.header.srclang))
                    self.left_out.update({"broken": len(reader.skipped)} if reader.skipped else {})
            elif self.kind == "xliff":
                with XliffReader(self.path, lenient=self._is_lenient) as reader:
                    yield from self._from_tmx(reader, primary(reader.header.srclang))
                    self.left_out.update({"broken": len(reader.skipped)} if reader.skipped else {})
            elif self.kind == "jsonl":
                yield from self._from_jsonl()
            elif self.kind == "memory":
                with Memory.open(self.path, create=False) as memory:
                    yield from memory.units(statuses=_STATUSES)
            else:
                yield from self._from_rows(self._csv() if self.kind == "csv" else self._tsv())

    def _from_tmx(self, units: Iterable[tmx.TranslationUnit], source_language: str) -> Iterator[Unit]:
        for unit in units:
            kk, ru = unit.text("kk"), unit.text("ru")
            if kk is None or ru is None:
                self.left_out["without a Kazakh and a Russian text"] += 1
                continue
            said: dict[str, str | None] = {}
            attributes: dict[str, str] = {}
            holders: tuple[tmx.TranslationUnit | tmx.Variant, ...] = (*reversed(unit.variants), unit)
            for holder in holders:
                said.update(
                    (_column(each.type), each.text) for each in holder.annotations if isinstance(each, tmx.Prop)
                )
                attributes.update(holder.attributes)
            said["note"] = next((note.text for note in unit.notes), None)
            around = [_first(said, names) for names in _CONTEXT_NAMES]
            is_russian = source_language == "ru"
            yield from self._unit(
                kk,
                ru,
                said,
                creator=attributes.get("creationid"),
                created=_moment(attributes.get("creationdate")),
                changed=_moment(attributes.get("changedate")),
                previous_kk=None if is_russian else around[0],
                next_kk=None if is_russian else around[1],
                previous_ru=around[0] if is_russian else None,
                next_ru=around[1] if is_russian else None,
            )

    def _from_jsonl(self) -> Iterator[Unit]:
        for number, line in self._lines():
            if not line.strip():
                continue
            try:
                record = json.loads(line)
            except (ValueError, RecursionError) as error:
                yield from self._broken(number, f"no JSON ({error})")
                continue
            if not isinstance(record, dict):
                yield from self._broken(number, "no JSON object with the texts under kk and ru")
                continue
            said = {_column(key): value for key, value in record.items()}
            reasons = said.get("reasons")
            if isinstance(reasons, list):
                said["reasons"] = "; ".join(map(str, reasons))
            kk, ru = said.get("kk"), said.get("ru")
            if not isinstance(kk, str) or not isinstance(ru, str):
                self.left_out["without a Kazakh and a Russian text"] += 1
                continue
            texts = {key: str(value) for key, value in said.items() if value is not None}
            around = {name: texts.get(name) for name in ("previous_kk", "next_kk", "previous_ru", "next_ru")}
            yield from self._unit(
                kk,
                ru,
                texts,
                creator=texts.get("creator"),
                created=_moment(texts.get("created")),
                changed=_moment(texts.get("changed")),
                **around,
            )

    def _from_rows(self, rows: Iterator[tuple[int, list[str]]]) -> Iterator[Unit]:
        first = list(islice(rows, _LOOKED_AT))
        if not first:
            return
        columns = [_column(cell) for cell in first[0][1]]
        is_headed = "kk" in columns and "ru" in columns
        if is_headed:
            del first[0]
        else:
            columns = list(_COLUMNS)
            self._check_order(first)
        for number, row in chain(first, rows):
            if not any(row):
                continue
            said = dict(zip(columns, row, strict=False))
            if "kk" not in said or "ru" not in said:
                yield from self._broken(number, "the row has one column only")
                continue
            if not is_headed and not _is_score(said.get("score")):
                # Someone else's file: what its further columns mean is not known.
                said = {"kk": said["kk"], "ru": said["ru"]}
            yield from self._unit(said.pop("kk"), said.pop("ru"), said)

    def _check_order(self, rows: Sequence[tuple[int, list[str]]]) -> None:
        sides = [" ".join(row[side] for _, row in rows if len(row) > side) for side in (0, 1)]
        if [identify_language(side) for side in sides] == ["ru", "kk"]:
            raise LanguageError(
                str(self.path),
                "has Russian in its first column and Kazakh in the second",
                "put a first line with the words ru and kk above them",
            )

    def _unit(self, kk: str, ru: str, said: Mapping[str, str | None], **rest: Any) -> Iterator[Unit]:
        kk, ru = unicodedata.normalize("NFC", kk).strip(), unicodedata.normalize("NFC", ru).strip()
        if not kk or not ru:
            self.left_out["with an empty side"] += 1
            return
        if not _is_storable(kk + ru):
            self.left_out["with characters that are none (NUL, half a surrogate pair)"] += 1
            return
        said = {name: text.strip() for name, text in said.items() if text}
        score, status, date = said.get("score"), said.get("status"), said.get("date")
        yield Unit(
            kk,
            ru,
            float(cast(str, score)) if _is_score(score) else self._score,
            kk_source=said.get("kk_source") or None,
            ru_source=said.get("ru_source") or None,
            date=_day(date),
            reasons=tuple(reason for reason in (said.get("reasons") or "").split("; ") if reason),
            status=cast(Status, status) if status in _STATUSES else self._status,
            reviewer=said.get("reviewer") or None,
            note=said.get("note") or None,
            **rest,
        )

    def _tsv(self) -> Iterator[tuple[int, list[str]]]:
        for number, line in self._lines():
            yield number, line.rstrip("\r\n").split("\t")

    def _csv(self) -> Iterator[tuple[int, list[str]]]:
        number = 0
        delimiter, lines = opened_csv(self._lines())

        def counted() -> Iterator[str]:
            nonlocal number
            for each, line in lines:
                number = each
                yield line

        limit = csv.field_size_limit()
        rows = csv.reader(counted(), delimiter=delimiter, strict=True)
        while True:
            # The limit is the module's, so it is set only while a row is being read.
            csv.field_size_limit(DEFAULT_LIMITS.max_segment_chars)
            try:
                row = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                remedy = "a cell in quotation marks doubles those inside it and is closed; save the table again"
                raise FormatError(str(self.path), f"no CSV ({error})", remedy, f"line {number}") from error
            finally:
                csv.field_size_limit(limit)
            yield number, [cell[1:] if cell[:1] == "'" and cell[1:2] in tuple(_FORMULA) else cell for cell in row]

    def _lines(self) -> Iterator[tuple[int, str]]:
        with closing(cast(Any, iter_lines(self.path, DEFAULT_LIMITS))) as lines:
            for number, line in enumerate(lines, 1):
                try:
                    yield number, line.decode("utf-8")
                except UnicodeDecodeError:
                    yield from self._broken(number, "is not in UTF-8", "save it as UTF-8")

    def _broken(
        self, line: int, problem: str, remedy: str = "mend it, or leave it out with --lenient"
    ) -> Iterator[Any]:
        if not self._is_lenient:
            raise FormatError(str(self.path), problem, remedy, place=f"line {line}")
        self.left_out["broken"] += 1
        return iter(())

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except MissingFileError as error:
            raise MissingInputError(str(self.path), error.problem, "check the name and the permissions") from error
        except ReadError as error:
            place = f"line {error.line}" if error.line is not None else ""
            raise FormatError(str(self.path), error.problem, "check it with `qostil tmx validate`", place) from error
        except StoreError as error:
            raise FormatError(str(self.path), str(error).removeprefix(f"{self.path}: ")) from error
        except (TmxLanguageError, TmxError) as error:
            raise FormatError(str(self.path), str(error)) from error


@lru_cache(maxsize=1024)
def _column(cell: str) -> str:
    """A heading or property as we call it: `kk-KZ` and `Kaz` are kk, `x-kk-source` is kk_source."""
    name = cell.strip().lstrip("\ufeff")
    if _LANGUAGE.match(name) and primary(name) in ("kk", "ru"):
        return primary(name)
    return name.lower().removeprefix("x-").replace("-", "_").replace(" ", "_")


def _first(said: Mapping[str, str | None], names: Sequence[str]) -> str | None:
    return next((text for name in names if (text := said.get(name))), None)


def _is_score(text: str | None) -> bool:
    if text is None:
        return False
    try:
        return 0.0 <= float(text) <= 1.0
    except ValueError:
        return False


def _is_storable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in text


@lru_cache(maxsize=4096)
def _day(text: str | None) -> dt.date | None:
    moment = parse_date(text) if text else None
    return moment.date() if moment else None


@lru_cache(maxsize=4096)
def _moment(text: str | None) -> dt.datetime | None:
    return parse_date(text) if text else None
