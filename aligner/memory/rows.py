"""Rows of the database as records, and the queries that give them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from typing import Any

from aligner.errors import MissingRecordError
from aligner.memory.engine import Row, Session
from aligner.memory.records import Change, StoredBead, StoredDocument, StoredSegment, StoredUnit, UnitSource
from aligner.records import Unit

__all__ = [
    "CONTEXT_COLUMNS",
    "CONTEXT_JOINS",
    "DOCUMENT_COLUMNS",
    "UNIT_QUERY",
    "as_bead",
    "as_change",
    "as_date",
    "as_document",
    "as_time",
    "as_unit",
    "count",
    "exported",
    "joined",
    "pair_row",
    "segments_of",
    "sources_by_unit",
    "unit_by_id",
]

UNIT_QUERY = (
    "SELECT id, kk, ru, status, score, reasons, note, creator, created, reviewer, changed, revision, changed_seq "
    "FROM units"
)
DOCUMENT_COLUMNS = "id, location, name, language, title, date, digest, text"
# What stands around a bead: its neighbours in the pair that say a unit, or what the import said.
CONTEXT_COLUMNS = (
    "coalesce(p.kk, b.previous_kk), coalesce(n.kk, b.next_kk), coalesce(p.ru, b.previous_ru), coalesce(n.ru, b.next_ru)"
)
CONTEXT_JOINS = (
    "LEFT JOIN units AS p ON p.id = (SELECT o.unit FROM beads AS o WHERE o.pair = b.pair AND o.position < b.position "
    "AND o.unit IS NOT NULL ORDER BY o.position DESC LIMIT 1) "
    "LEFT JOIN units AS n ON n.id = (SELECT o.unit FROM beads AS o WHERE o.pair = b.pair AND o.position > b.position "
    "AND o.unit IS NOT NULL ORDER BY o.position LIMIT 1)"
)


def exported(session: Session, beads: Sequence[int]) -> Iterator[Unit]:
    rows = session.execute(
        "SELECT b.id, u.kk, u.ru, u.score, coalesce(kk.name, b.kk_source, sources.name), "
        "coalesce(ru.name, b.ru_source, sources.name), coalesce(kk.date, ru.date, b.date), u.reasons, "
        f"{CONTEXT_COLUMNS}, u.status, u.reviewer, coalesce(b.note, u.note), u.creator, u.created, u.changed "
        "FROM beads AS b JOIN units AS u ON u.id = b.unit LEFT JOIN sources ON sources.id = b.source "
        "LEFT JOIN pairs ON pairs.id = b.pair LEFT JOIN documents AS kk ON kk.id = pairs.kk "
        f"LEFT JOIN documents AS ru ON ru.id = pairs.ru {CONTEXT_JOINS} WHERE b.id {session.among}",
        (session.listed(beads),),
    )
    found = {row[0]: row for row in rows}
    for number in beads:
        row = found[number]
        yield Unit(
            row[1],
            row[2],
            row[3],
            row[4],
            row[5],
            date=as_date(row[6]),
            reasons=tuple(json.loads(row[7])),
            previous_kk=row[8],
            next_kk=row[9],
            previous_ru=row[10],
            next_ru=row[11],
            status=row[12],
            reviewer=row[13],
            note=row[14],
            creator=row[15],
            created=as_time(row[16]) if row[16] else None,
            changed=as_time(row[17]) if row[17] else None,
        )


def unit_by_id(session: Session, number: int) -> StoredUnit:
    row = session.one(f"{UNIT_QUERY} WHERE id = ?", (number,))
    if row is None:
        raise MissingRecordError(f"the memory has no unit {number}")
    return as_unit(row)


def sources_by_unit(session: Session, units: Sequence[int]) -> dict[int, list[UnitSource]]:
    """Every place each of these units occurs in, the most certain first."""
    rows = session.execute(
        "SELECT b.unit, coalesce(kk.name, b.kk_source), coalesce(ru.name, b.ru_source), "
        "coalesce(kk.date, ru.date, b.date), b.score, b.status, b.pair, b.id, sources.name FROM beads AS b "
        "LEFT JOIN pairs ON pairs.id = b.pair LEFT JOIN documents AS kk ON kk.id = pairs.kk "
        "LEFT JOIN documents AS ru ON ru.id = pairs.ru LEFT JOIN sources ON sources.id = b.source "
        f"WHERE b.unit {session.among} ORDER BY b.score DESC, b.id",
        (session.listed(units),),
    )
    found: dict[int, list[UnitSource]] = {number: [] for number in units}
    for row in rows:
        found[row[0]].append(UnitSource(row[1], row[2], as_date(row[3]), *row[4:]))
    return found


def as_unit(row: Row) -> StoredUnit:
    return StoredUnit(
        row[0],
        row[1],
        row[2],
        row[3],
        row[4],
        tuple(json.loads(row[5])),
        row[6],
        row[7],
        as_time(row[8]) if row[8] else None,
        row[9],
        as_time(row[10]) if row[10] else None,
        row[11],
        row[12],
    )


def as_document(row: Row) -> StoredDocument:
    return StoredDocument(row[0], row[1], row[2], row[3], row[4], as_date(row[5]), row[6], row[7])


def as_bead(row: Row, kk: Sequence[StoredSegment], ru: Sequence[StoredSegment]) -> StoredBead:
    kk_places, ru_places = tuple(json.loads(row[1])), tuple(json.loads(row[2]))
    edited_kk, edited_ru, unit_kk, unit_ru = row[10:]
    return StoredBead(
        row[0],
        kk_places,
        ru_places,
        row[3],
        tuple(json.loads(row[4])),
        bool(row[5]),
        row[6],
        row[7],
        row[8],
        row[9],
        _first(edited_kk, unit_kk, joined(kk, kk_places)),
        _first(edited_ru, unit_ru, joined(ru, ru_places)),
        edited_kk is not None or edited_ru is not None,
    )


def as_change(row: Row) -> Change:
    number, at, who, what, pair, unit, before, after, undoes, undone_by = row
    return Change(number, as_time(at), who, what, pair, unit, json.loads(before), json.loads(after), undoes, undone_by)


def _first(*texts: str | None) -> str:
    return next(text for text in texts if text is not None)


def joined(segments: Sequence[StoredSegment], places: Sequence[int]) -> str:
    """The text of neighbouring segments as it stands in the document, but on one line."""
    parts: list[str] = []
    for before, place in zip((None, *places), places, strict=False):
        if before is not None:
            parts.append("" if segments[before].end == segments[place].start else " ")
        parts.append(segments[place].text)
    return "".join(parts)


def segments_of(session: Session, text: int | None) -> tuple[StoredSegment, ...]:
    if text is None:
        return ()
    rows = session.execute(
        "SELECT place, content, start, stop, block, is_heading FROM segments WHERE text = ? ORDER BY place", (text,)
    )
    return tuple(StoredSegment(row[0], row[1], row[2], row[3], row[4], bool(row[5])) for row in rows)


def pair_row(session: Session, number: int) -> dict[str, Any]:
    columns = ("id", "kk", "ru", "score", "recipe", "added", "kk_text", "ru_text", "revision")
    row = session.one(f"SELECT {', '.join(columns)} FROM pairs WHERE id = ?", (number,))
    if row is None:
        raise MissingRecordError(f"the memory has no pair {number}")
    return dict(zip(columns, row, strict=True))


def count(session: Session, sql: str, parameters: Sequence[object] = ()) -> int:
    row = session.one(sql, parameters)
    return int(row[0]) if row else 0


def as_date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def as_time(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)
