"""Several memories to one, where each source text is translated once, or in every way found."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from tmx.context import context_of
from tmx.dates import parse_date
from tmx.keys import content_form, fingerprint, source_variant
from tmx.languages import LanguageProfile, canonical, profile
from tmx.limits import DEFAULT_LIMITS, Limits
from tmx.reader import Reader
from tmx.records import Header, Skipped, TranslationUnit
from tmx.scratch import scratch_database
from tmx.writer import Writer

__all__ = ["MergeReport", "Preference", "merge"]

Preference: TypeAlias = Literal["newest", "reliable", "first", "all"]

_EPOCH = dt.datetime(1, 1, 1, tzinfo=dt.UTC)
_TABLES = """
CREATE TABLE best (key BLOB PRIMARY KEY, score REAL, moment REAL, number INTEGER) WITHOUT ROWID;
CREATE TABLE exact (key BLOB PRIMARY KEY) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class MergeReport:
    """Units read and written; `duplicates` said the same as another, `conflicts` translated it otherwise."""

    read: int
    written: int
    duplicates: int
    conflicts: int
    skipped: tuple[Skipped, ...] = ()


def merge(
    sources: Sequence[str | os.PathLike[str]],
    target: str | os.PathLike[str],
    *,
    prefer: Preference = "newest",
    reliability_prop: str = "x-score",
    by_context: bool = False,
    languages: str | Mapping[str, str] = "as-is",
    lenient: bool = False,
    limits: Limits = DEFAULT_LIMITS,
) -> MergeReport:
    """Write the units of all sources to `target`, each content once, in the order of the sources.

    Where one source text has several translations into the same languages, `prefer` decides: the one
    changed last (`newest`), the one with the largest number in `reliability_prop`, then the most used
    (`reliable`), the one that came `first`, or `all` of them. What is equal goes by the newest, then the
    first. `by_context` lets translations stand side by side that have different contexts. `languages` is
    a profile, applied before anything is compared.

    The header is that of the first source; units of files with another source language name theirs. Reads
    every file twice; the memory it takes does not grow with them. Raises ValueError without a source.
    """
    if not sources:
        raise ValueError("there is nothing to merge")
    spell = profile(languages)
    skipped: list[Skipped] = []
    # The numbers of units run through all files.
    read = duplicates = 0
    with scratch_database(_TABLES) as database:
        for number, (unit, srclang, _) in enumerate(_all_units(sources, lenient, limits, skipped)):
            read += 1
            group, whole = _keys(unit, srclang, spell, by_context)
            is_new = database.execute("INSERT OR IGNORE INTO exact VALUES (?)", (whole,)).rowcount > 0
            duplicates += not is_new
            key = whole if prefer == "all" else group
            _offer(database, key, _rank(unit, prefer, reliability_prop), number)
        database.execute("CREATE UNIQUE INDEX winners ON best (number)")
        with Reader(sources[0], lenient=lenient, limits=limits) as first:
            header = first.header
        with Writer(target, header, languages=languages) as writer:
            for number, (unit, srclang, _) in enumerate(_all_units(sources, lenient, limits, [])):
                if database.execute("SELECT 1 FROM best WHERE number = ?", (number,)).fetchone():
                    writer.write(_with_source(unit, srclang, header, spell))
        written = writer.report.units
    return MergeReport(read, written, duplicates, read - duplicates - written, tuple(skipped))


def _all_units(
    sources: Sequence[str | os.PathLike[str]], lenient: bool, limits: Limits, skipped: list[Skipped]
) -> Iterator[tuple[TranslationUnit, str, str]]:
    for source in sources:
        with Reader(source, lenient=lenient, limits=limits) as reader:
            for unit in reader:
                yield unit, reader.header.srclang, reader.name
            skipped.extend(reader.skipped)


def _keys(unit: TranslationUnit, srclang: str, spell: LanguageProfile, by_context: bool) -> tuple[bytes, bytes]:
    """What two translations of one text share, and what two units that say the same share."""
    source = source_variant(unit, srclang)
    targets = sorted(
        (canonical(spell(each.language)), content_form(each.content)) for each in unit.variants if each is not source
    )
    group = [canonical(spell(source.language)), content_form(source.content)]
    if by_context:
        context = context_of(unit)
        group += [repr(context.previous), repr(context.following)]
    return (
        fingerprint(*group, "\0", *(code for code, _ in targets)),
        fingerprint(*group, "\0", *(part for target in targets for part in target)),
    )


def _rank(unit: TranslationUnit, prefer: Preference, reliability_prop: str) -> tuple[float, float]:
    if prefer == "first":
        return 0.0, 0.0
    moment = (_changed(unit) - _EPOCH).total_seconds()
    if prefer == "reliable":
        return _reliability(unit, reliability_prop), moment
    return 0.0, moment


def _changed(unit: TranslationUnit) -> dt.datetime:
    latest = _EPOCH
    for holder in (unit.attributes, *(each.attributes for each in unit.variants)):
        for name in ("changedate", "creationdate"):
            moment = parse_date(holder[name]) if name in holder else None
            if moment is not None and moment > latest:
                latest = moment
    return latest


def _reliability(unit: TranslationUnit, reliability_prop: str) -> float:
    given = [unit.prop(reliability_prop), *(each.prop(reliability_prop) for each in unit.variants)]
    scores = [score for score in map(_number, given) if score is not None]
    if scores:
        return 1e12 + max(scores)
    counts = [unit.attributes.get("usagecount"), *(each.attributes.get("usagecount") for each in unit.variants)]
    return max((count for count in map(_number, counts) if count is not None), default=0.0)


def _number(text: str | None) -> float | None:
    try:
        number = float(text) if text else None
    except ValueError:
        return None
    return number if number is not None and abs(number) < 1e9 else None


def _offer(database: sqlite3.Connection, key: bytes, rank: tuple[float, float], number: int) -> None:
    database.execute(
        "INSERT INTO best VALUES (?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET score = excluded.score,"
        " moment = excluded.moment, number = excluded.number"
        " WHERE (excluded.score, excluded.moment) > (best.score, best.moment)",
        (key, *rank, number),
    )


def _with_source(unit: TranslationUnit, srclang: str, header: Header, spell: LanguageProfile) -> TranslationUnit:
    if "srclang" in unit.attributes or canonical(spell(srclang)) == canonical(spell(header.srclang)):
        return unit
    return replace(unit, attributes={**unit.attributes, "srclang": srclang})
