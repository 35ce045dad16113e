"""TMX to and from the other formats that translations travel in."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol, TypeAlias

from tmx.errors import LanguageError
from tmx.languages import canonical
from tmx.limits import DEFAULT_LIMITS, Limits
from tmx.reader import Reader
from tmx.records import Header, Skipped, TranslationUnit
from tmx.writer import Writer

__all__ = ["FORMATS", "ConvertReport", "Format", "UnitSource", "convert", "format_of"]

Format: TypeAlias = Literal["tmx", "tsv", "csv", "jsonl", "xlsx", "xliff", "xliff2"]

FORMATS: tuple[Format, ...] = ("tmx", "tsv", "csv", "jsonl", "xlsx", "xliff", "xliff2")

_SUFFIXES: dict[str, Format] = {
    ".tmx": "tmx",
    ".tsv": "tsv",
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".xlsx": "xlsx",
    ".xliff": "xliff",
    ".xlf": "xliff",
}


@dataclass(frozen=True, slots=True)
class ConvertReport:
    """Units read and written. The others were `untranslated`: they lacked the source or every target."""

    read: int
    written: int
    untranslated: int
    skipped: tuple[Skipped, ...] = ()


class UnitSource(Protocol):
    """A file of any format, opened. `skipped` is complete when the units are."""

    @property
    def header(self) -> Header: ...

    @property
    def skipped(self) -> list[Skipped]: ...

    def __iter__(self) -> Iterator[TranslationUnit]: ...


class UnitSink(Protocol):
    """A file of any format that is being written; as a context manager it appears when complete."""

    def write(self, unit: TranslationUnit) -> None: ...


def format_of(path: str | os.PathLike[str]) -> Format:
    """The format by the suffix, `.gz` aside; `.xlf` and `.xliff` are XLIFF 1.2 for writing and any for
    reading. Raises ValueError for an unknown one."""
    name = Path(path).name.lower().removesuffix(".gz")
    try:
        return _SUFFIXES[Path(name).suffix]
    except KeyError:
        known = ", ".join(_SUFFIXES)
        raise ValueError(f"{path}: no format has this suffix; known are {known}, or name the format") from None


def convert(
    source: str | os.PathLike[str],
    target: str | os.PathLike[str],
    *,
    source_format: Format | None = None,
    target_format: Format | None = None,
    languages: Sequence[str] = (),
    header: Header | None = None,
    profile: str | Mapping[str, str] = "as-is",
    lenient: bool = False,
    limits: Limits = DEFAULT_LIMITS,
) -> ConvertReport:
    """Write the units of `source` to `target` in its format. The formats go by the suffixes.

    `languages` names the source language and then the targets. TSV, CSV and XLSX need it for reading where
    the first row does not name them; for writing it says which columns there are, by default all. XLIFF has
    one target language: it is needed where the file has more. TSV, CSV and XLSX keep plain text; JSONL keeps
    everything but the header; XLIFF keeps inline elements, notes, properties and the tuid. `header` and
    `profile` are for a TMX to be written.

    Raises LanguageError, ConversionError, MissingExtraError (XLSX), and what reading and writing raise.
    """
    read_as = source_format or format_of(source)
    write_as = target_format or format_of(target)
    with ExitStack() as stack:
        if write_as not in ("tmx", "jsonl") and not languages:
            languages = _languages_of(source, read_as, lenient, limits)
        unit_source = stack.enter_context(_opened(source, read_as, languages, lenient, limits))
        sink = stack.enter_context(_created(target, write_as, languages, header or unit_source.header, profile))
        read = written = 0
        for unit in unit_source:
            read += 1
            if _is_translated(unit, languages):
                sink.write(unit)
                written += 1
        skipped = tuple(unit_source.skipped)
    return ConvertReport(read, written, read - written, skipped)


def _is_translated(unit: TranslationUnit, languages: Sequence[str]) -> bool:
    if not languages:
        return True
    return unit.variant(languages[0]) is not None and any(unit.variant(code) is not None for code in languages[1:])


def _languages_of(source: str | os.PathLike[str], read_as: Format, lenient: bool, limits: Limits) -> tuple[str, ...]:
    """All languages of a file, the source first."""
    found: dict[str, str] = {}
    with _opened(source, read_as, (), lenient, limits) as units:
        for unit in units:
            for each in unit.variants:
                found.setdefault(canonical(each.language), each.language)
            if len(found) > _MAX_LANGUAGES:
                raise LanguageError(f"{source} has more than {_MAX_LANGUAGES} languages; name those to convert")
        first = canonical(units.header.srclang)
    return tuple(code for form, code in sorted(found.items(), key=lambda item: item[0] != first))


_MAX_LANGUAGES = 200


def _opened(
    path: str | os.PathLike[str], form: Format, languages: Sequence[str], lenient: bool, limits: Limits
) -> AbstractContextManager[UnitSource]:
    match form:
        case "tmx":
            return Reader(path, lenient=lenient, limits=limits)
        case "tsv" | "csv":
            from tmx.convert_tabular import TabularReader

            return TabularReader(path, form, languages, lenient=lenient, limits=limits)
        case "jsonl":
            from tmx.convert_jsonl import JsonlReader

            return JsonlReader(path, lenient=lenient, limits=limits)
        case "xlsx":
            from tmx.convert_xlsx import XlsxReader

            return XlsxReader(path, languages, lenient=lenient, limits=limits)
        case "xliff" | "xliff2":
            from tmx.convert_xliff import XliffReader

            return XliffReader(path, lenient=lenient, limits=limits)


def _created(
    path: str | os.PathLike[str],
    form: Format,
    languages: Sequence[str],
    header: Header,
    profile: str | Mapping[str, str],
) -> AbstractContextManager[UnitSink]:
    match form:
        case "tmx":
            return Writer(path, header, languages=profile)
        case "tsv" | "csv":
            from tmx.convert_tabular import TabularWriter

            return TabularWriter(path, form, languages)
        case "jsonl":
            from tmx.convert_jsonl import JsonlWriter

            return JsonlWriter(path)
        case "xlsx":
            from tmx.convert_xlsx import XlsxWriter

            return XlsxWriter(path, languages)
        case "xliff" | "xliff2":
            from tmx.convert_xliff import XliffWriter

            return XliffWriter(path, languages, "1.2" if form == "xliff" else "2.1")
