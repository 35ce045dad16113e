"""What is in a memory, in numbers."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from tmx.dates import parse_date
from tmx.inline import inline_elements
from tmx.keys import content_form, fingerprint, source_variant
from tmx.languages import canonical
from tmx.limits import DEFAULT_LIMITS, Limits
from tmx.reader import Reader
from tmx.records import Skipped, TranslationUnit, Variant
from tmx.scratch import scratch_database

__all__ = ["LanguageStats", "Stats", "stats"]

_MAX_TYPES = 1000
_MAX_LENGTH = 20_000
_OTHERS = "(others)"
_TABLES = "CREATE TABLE seen (key BLOB PRIMARY KEY) WITHOUT ROWID;"


@dataclass(frozen=True, slots=True)
class LanguageStats:
    """One language code as it is spelled in the file. Lengths are characters of plain text, words are
    separated by white space; the percentiles count lengths over 20,000 as that."""

    variants: int
    empty: int
    characters: int
    words: int
    shortest: int
    median: int
    p95: int
    longest: int


@dataclass(frozen=True, slots=True)
class Stats:
    """`duplicates` repeat a source and all its translations; `ambiguous` repeat a source only.

    `props` and `inline` count by type and element, at most 1,000 types; languages over 1,000 are one.
    Dates are the first and the last of any unit or variant.
    """

    source: str
    version: str
    encoding: str
    srclang: str
    creationtool: str
    units: int
    languages: Mapping[str, LanguageStats]
    with_tuid: int
    with_inline: int
    notes: int
    props: Mapping[str, int]
    inline: Mapping[str, int]
    first_date: dt.datetime | None
    last_date: dt.datetime | None
    duplicates: int
    ambiguous: int
    skipped: tuple[Skipped, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """The same for JSON, with dates in ISO 8601."""
        result = asdict(self)
        for name in ("first_date", "last_date"):
            moment = getattr(self, name)
            result[name] = moment.isoformat() if moment else None
        return result


class _Lengths:
    """Lengths by value, so that percentiles need no list of them all."""

    def __init__(self) -> None:
        self.counts: Counter[int] = Counter()
        self.variants = self.empty = self.characters = self.words = self.longest = 0
        self.shortest: int | None = None

    def add(self, text: str) -> None:
        length = len(text)
        self.variants += 1
        self.empty += not text.strip()
        self.characters += length
        self.words += len(text.split())
        self.longest = max(self.longest, length)
        self.shortest = length if self.shortest is None else min(self.shortest, length)
        self.counts[min(length, _MAX_LENGTH)] += 1

    def result(self) -> LanguageStats:
        return LanguageStats(
            self.variants,
            self.empty,
            self.characters,
            self.words,
            self.shortest or 0,
            self._percentile(0.5),
            self._percentile(0.95),
            self.longest,
        )

    def _percentile(self, share: float) -> int:
        below = 0
        for length in sorted(self.counts):
            below += self.counts[length]
            if below >= share * self.variants:
                return length
        return 0


def stats(source: str | os.PathLike[str], *, lenient: bool = False, limits: Limits = DEFAULT_LIMITS) -> Stats:
    """Count everything in one pass; memory does not grow with the file."""
    languages: dict[str, _Lengths] = {}
    props: Counter[str] = Counter()
    inline: Counter[str] = Counter()
    units = with_tuid = with_inline = notes = duplicates = ambiguous = 0
    first: dt.datetime | None = None
    last: dt.datetime | None = None
    dates: set[str] = set()
    with scratch_database(_TABLES) as database, Reader(source, lenient=lenient, limits=limits) as reader:
        insert = "INSERT OR IGNORE INTO seen VALUES (?)"
        for unit in reader:
            units += 1
            with_tuid += unit.tuid is not None
            has_inline = False
            holders: tuple[TranslationUnit | Variant, ...] = (unit, *unit.variants)
            for holder in holders:
                notes += len(holder.notes)
                for prop in holder.props:
                    if prop.type in props or len(props) < _MAX_TYPES:
                        props[prop.type] += 1
                for name in ("creationdate", "changedate"):
                    text = holder.attributes.get(name)
                    if text is None or text in dates:
                        continue
                    if len(dates) < _MAX_TYPES:
                        dates.add(text)
                    moment = parse_date(text)
                    if moment is not None:
                        first = moment if first is None else min(first, moment)
                        last = moment if last is None else max(last, moment)
            for each in unit.variants:
                code = each.language
                if code not in languages:
                    code = code if len(languages) < _MAX_TYPES else _OTHERS
                languages.setdefault(code, _Lengths()).add(each.text)
                if any(not isinstance(part, str) for part in each.content):
                    has_inline = True
                    for element in inline_elements(each.content):
                        if element.name in inline or len(inline) < _MAX_TYPES:
                            inline[element.name] += 1
            with_inline += has_inline
            left = source_variant(unit, reader.header.srclang)
            head = (canonical(left.language), content_form(left.content))
            rest = sorted(
                (canonical(each.language), content_form(each.content)) for each in unit.variants if each is not left
            )
            is_source_new = database.execute(insert, (fingerprint(*head),)).rowcount > 0
            whole = fingerprint(*head, *(part for pair in rest for part in pair), "whole")
            is_whole_new = database.execute(insert, (whole,)).rowcount > 0
            duplicates += not is_whole_new
            ambiguous += is_whole_new and not is_source_new
        header, skipped = reader.header, tuple(reader.skipped)
    return Stats(
        reader.name,
        reader.version,
        reader.encoding,
        header.srclang,
        header.creationtool,
        units,
        {code: languages[code].result() for code in sorted(languages)},
        with_tuid,
        with_inline,
        notes,
        dict(sorted(props.items())),
        dict(sorted(inline.items())),
        first,
        last,
        duplicates,
        ambiguous,
        skipped,
    )
