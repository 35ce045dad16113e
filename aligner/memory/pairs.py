"""Document pairs and their beads, written: new ones, better ones, and what a person makes of them."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from aligner.errors import MissingRecordError, StoreError
from aligner.memory.engine import Session
from aligner.memory.journal import Journal, digest, take_ids
from aligner.memory.records import Alignment, BeadEdit, NewBead, Side, Status, StoredSegment
from aligner.memory.rows import joined, segments_of
from aligner.records import Document, DocumentPair, Segment, Unit

__all__ = [
    "drop_pair",
    "edit_bead",
    "location_of",
    "pair_stored",
    "replace_some",
    "split_one",
    "store_document",
    "store_pair",
    "store_text",
]

_STEP = 1_024
"""Beads stand this far apart, so that others find room between them."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """A bead before it has a number. `original` is what its segments say, the texts what a person made of it."""

    kk: tuple[int, ...]
    ru: tuple[int, ...]
    score: float
    reasons: tuple[str, ...]
    moved: bool
    original: tuple[str, str]
    status: Status = "automatic"
    reviewer: str | None = None
    note: str | None = None
    kk_text: str | None = None
    ru_text: str | None = None

    @property
    def said(self) -> tuple[str, str]:
        kk, ru = self.original
        return (kk if self.kk_text is None else self.kk_text, ru if self.ru_text is None else self.ru_text)


def store_pair(
    journal: Journal,
    pair: DocumentPair,
    units: Sequence[Unit],
    recipe: str,
    alignment: Alignment | None,
    locations: tuple[str, str] | None = None,
) -> None:
    """A pair of documents as it was aligned now, instead of what the memory said of them before.

    `locations`: where the two are, if that does not follow from their names.
    """
    documents, texts = [], []
    for document, location, segments in (
        (pair.kk, locations[0] if locations else None, alignment.kk if alignment else None),
        (pair.ru, locations[1] if locations else None, alignment.ru if alignment else None),
    ):
        number = store_document(journal, document, location)
        text = None if segments is None else store_text(journal.session, document, number, segments, journal.now)
        journal.update("documents", number, {"text": text})
        documents.append(number)
        texts.append(text)
    values = {"score": pair.score, "recipe": recipe, "kk_text": texts[0], "ru_text": texts[1]}
    _put(journal, documents[0], documents[1], values, _drafts_of_units(units, alignment))


def pair_stored(journal: Journal, kk: int, ru: int, score: float, recipe: str, beads: Sequence[NewBead]) -> int:
    """A pair of two documents that the memory has, given by id. Returns its id."""
    texts = []
    for number, language in ((kk, "kk"), (ru, "ru")):
        row = journal.session.one("SELECT text, language, name FROM documents WHERE id = ?", (number,))
        if row is None:
            raise MissingRecordError(f"the memory has no document {number}")
        if row[1] != language:
            raise ValueError(f"{row[2]} is in {row[1]}, not in {language}")
        if row[0] is None:
            raise StoreError(f"{row[2]}: its text is not in the memory; run `qostil batch` over it again")
        texts.append(row[0])
    segments = [segments_of(journal.session, text) for text in texts]
    _check_places(beads, [list(range(len(side))) for side in segments])
    values = {"score": score, "recipe": recipe, "kk_text": texts[0], "ru_text": texts[1]}
    return _put(journal, kk, ru, values, _drafts_of_beads(beads, segments[0], segments[1], journal.who))


def drop_pair(journal: Journal, number: int) -> None:
    """Take a pair away with its beads."""
    journal.delete("beads", journal.rows("beads", "pair = ?", (number,)))
    journal.delete("pairs", journal.rows("pairs", "id = ?", (number,)))


def edit_bead(journal: Journal, pair: Mapping[str, Any], edits: Mapping[int, BeadEdit]) -> None:
    """Judge, annotate or rewrite some beads of a pair."""
    segments = {side: segments_of(journal.session, pair[f"{side}_text"]) for side in ("kk", "ru")}
    for row in _some_beads(journal, pair["id"], list(edits)):
        edit = edits[row["id"]]
        changes: dict[str, Any] = {}
        if edit.status is not None:
            changes |= {"status": edit.status, "reviewer": None if edit.status == "automatic" else journal.who}
        if edit.note is not None:
            changes["note"] = edit.note or None
        if edit.kk_text is not None or edit.ru_text is not None:
            kk, ru = _original(journal.session, row, segments)
            kk_text = _edited(edit.kk_text, kk, row["kk_text"])
            ru_text = _edited(edit.ru_text, ru, row["ru_text"])
            said = (kk if kk_text is None else kk_text, ru if ru_text is None else ru_text)
            unit = journal.unit_ids([said])[0] if all(said) else None
            changes |= {"kk_text": kk_text, "ru_text": ru_text, "unit": unit}
        if changes:
            journal.update("beads", row["id"], changes)


def _edited(wanted: str | None, original: str, current: str | None) -> str | None:
    """The text to keep beside the segments: none where it is what they say."""
    if wanted is None:
        return current
    return None if wanted == original else wanted


def replace_some(journal: Journal, pair: Mapping[str, Any], old: Sequence[int], new: Sequence[NewBead]) -> None:
    """Put new beads where the first of the old ones stood."""
    gone = _some_beads(journal, pair["id"], old)
    _check_places(new, [[place for row in gone for place in json.loads(row[side])] for side in ("kk", "ru")])
    if not new:
        journal.delete("beads", gone)
        return
    segments = [segments_of(journal.session, pair[f"{side}_text"]) for side in ("kk", "ru")]
    drafts = _drafts_of_beads(new, segments[0], segments[1], journal.who)
    positions = _room(journal, pair["id"], {row["id"] for row in gone}, len(drafts))
    rows = _rows(journal, pair["id"], drafts, positions)
    journal.delete("beads", gone)
    journal.insert("beads", rows)


def split_one(journal: Journal, pair: Mapping[str, Any], side: Side, place: int, offset: int) -> None:
    """Split a segment before a character; both parts stay in its bead."""
    session, document = journal.session, pair[side]
    segments = list(segments_of(session, pair[f"{side}_text"]))
    if not 0 <= place < len(segments):
        raise ValueError(f"there is no segment {place} on the {side} side of pair {pair['id']}")
    segments[place : place + 1] = split(segments[place], offset)
    text = store_segments(session, document, segments, journal.now)
    journal.update("pairs", pair["id"], {f"{side}_text": text})
    journal.update("documents", document, {"text": text})
    for row in journal.rows("beads", "pair = ? ORDER BY position", (pair["id"],)):
        places = json.loads(row[side])
        if not places or max(places) < place:
            continue
        moved = [each + (each > place) for each in places]
        if place in places:
            moved.insert(moved.index(place) + 1, place + 1)
        journal.update("beads", row["id"], {side: json.dumps(moved)})


def _put(journal: Journal, kk: int, ru: int, values: dict[str, Any], drafts: Sequence[_Draft]) -> int:
    """The pair of two documents, which are taken from whatever they were paired with.

    What a person said of a bead stays with the one whose segments say the same.
    """
    found = journal.rows("pairs", "kk = ? OR ru = ?", (kk, ru))
    judged: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    old_rows: list[dict[str, Any]] = []
    own: dict[str, Any] | None = None
    for pair in found:
        rows = journal.rows("beads", "pair = ? ORDER BY position, id", (pair["id"],))
        segments = {side: segments_of(journal.session, pair[f"{side}_text"]) for side in ("kk", "ru")}
        for row in rows:
            if row["status"] != "automatic" or any(row[name] is not None for name in ("note", "kk_text", "ru_text")):
                judged[_original(journal.session, row, segments)].append(row)
        if (pair["kk"], pair["ru"]) == (kk, ru):
            own, old_rows = pair, rows
        else:
            drop_pair(journal, pair["id"])
    if own is None:
        (number,) = take_ids(journal.session, "pairs", 1)
        journal.insert("pairs", [{"id": number, "kk": kk, "ru": ru, "added": journal.now, "revision": 0} | values])
    else:
        number = own["id"]
        if any(own[column] != value for column, value in values.items()):
            journal.update("pairs", number, values | {"added": journal.now})
    journal.pair = number
    kept = [_carried(draft, judged) for draft in drafts]
    new_rows = _rows(journal, number, kept, range(_STEP, _STEP * (len(kept) + 1), _STEP))
    if [_compared(row) for row in old_rows] != [_compared(row) for row in new_rows]:
        journal.delete("beads", old_rows)
        journal.insert("beads", new_rows)
    return number


def _carried(draft: _Draft, judged: Mapping[tuple[str, str], list[dict[str, Any]]]) -> _Draft:
    rows = judged.get(draft.original)
    if not rows or draft.status != "automatic":
        return draft
    row = rows.pop(0)
    return replace(
        draft,
        status=row["status"],
        reviewer=row["reviewer"],
        note=row["note"],
        kk_text=row["kk_text"],
        ru_text=row["ru_text"],
    )


def _drafts_of_units(units: Sequence[Unit], alignment: Alignment | None) -> list[_Draft]:
    if alignment is None:
        return [_Draft((), (), unit.score, unit.reasons, False, (unit.kk, unit.ru)) for unit in units]
    drafts, rest = [], iter(units)
    sides = [[_plain(segment) for segment in side] for side in (alignment.kk, alignment.ru)]
    for bead in alignment.beads:
        if bead.kk and bead.ru:
            unit = next(rest)
            draft = _Draft(bead.kk, bead.ru, unit.score, unit.reasons, bead.moved, (unit.kk, unit.ru))
        else:
            original = (joined(sides[0], bead.kk), joined(sides[1], bead.ru))
            draft = _Draft(bead.kk, bead.ru, bead.score, (), bead.moved, original)
        drafts.append(draft)
    if next(rest, None) is not None:
        raise ValueError("there are more units than beads with two sides")
    return drafts


def _plain(segment: Segment) -> StoredSegment:
    return StoredSegment(0, segment.text, segment.start, segment.end, segment.block, False)


def _drafts_of_beads(
    beads: Iterable[NewBead], kk: Sequence[StoredSegment], ru: Sequence[StoredSegment], who: str
) -> list[_Draft]:
    return [
        _Draft(
            bead.kk,
            bead.ru,
            bead.score,
            bead.reasons,
            bead.moved,
            (joined(kk, bead.kk), joined(ru, bead.ru)),
            bead.status,
            None if bead.status == "automatic" else who,
            bead.note,
            bead.kk_text,
            bead.ru_text,
        )
        for bead in beads
    ]


def _rows(journal: Journal, pair: int, drafts: Sequence[_Draft], positions: Sequence[int]) -> list[dict[str, Any]]:
    texts = list(dict.fromkeys(draft.said for draft in drafts if all(draft.said)))
    unit_of = dict(zip(texts, journal.unit_ids(texts), strict=True))
    numbers = take_ids(journal.session, "beads", len(drafts))
    return [
        {
            "id": number,
            "pair": pair,
            "position": position,
            "kk": json.dumps(draft.kk),
            "ru": json.dumps(draft.ru),
            "moved": int(draft.moved),
            "score": draft.score,
            "reasons": json.dumps(draft.reasons, ensure_ascii=False),
            "status": draft.status,
            "reviewer": draft.reviewer,
            "note": draft.note,
            "kk_text": draft.kk_text,
            "ru_text": draft.ru_text,
            "unit": unit_of.get(draft.said),
        }
        for number, position, draft in zip(numbers, positions, drafts, strict=True)
    ]


def _compared(row: Mapping[str, Any]) -> dict[str, Any]:
    return {column: value for column, value in row.items() if column not in ("id", "position") and value is not None}


def _original(
    session: Session, row: Mapping[str, Any], segments: Mapping[str, Sequence[StoredSegment]]
) -> tuple[str, str]:
    """What the segments of a bead say; where they were not stored, what its unit says."""
    sides = {side: json.loads(row[side]) for side in ("kk", "ru")}
    if row["unit"] is not None and not sides["kk"] and not sides["ru"]:
        ((kk, ru),) = session.execute("SELECT kk, ru FROM units WHERE id = ?", (row["unit"],))
        return kk, ru
    return joined(segments["kk"], sides["kk"]), joined(segments["ru"], sides["ru"])


def _some_beads(journal: Journal, pair: int, numbers: Sequence[int]) -> list[dict[str, Any]]:
    session = journal.session
    rows = journal.rows(
        "beads", f"pair = ? AND id {session.among} ORDER BY position, id", (pair, session.listed(numbers))
    )
    missing = set(numbers) - {row["id"] for row in rows}
    if missing:
        raise MissingRecordError(f"pair {pair} has no bead {min(missing)}")
    return rows


def _room(journal: Journal, pair: int, gone: set[int], count: int) -> Sequence[int]:
    """Positions for `count` beads where the first of those that go stands. The others move where there is no room."""
    order = journal.session.execute("SELECT id, position FROM beads WHERE pair = ? ORDER BY position, id", (pair,))
    first = next((place for place, (number, _) in enumerate(order) if number in gone), len(order))
    before = order[:first]
    behind = [row for row in order[first:] if row[0] not in gone]
    low = before[-1][1] if before else 0
    high = behind[0][1] if behind else low + _STEP * (count + 1)
    step = (high - low) // (count + 1)
    if step:
        return range(low + step, low + step * count + 1, step)
    for place, (number, _) in enumerate(behind, len(before) + count + 1):
        journal.update("beads", number, {"position": place * _STEP})
    for place, (number, _) in enumerate(before, 1):
        journal.update("beads", number, {"position": place * _STEP})
    return range(_STEP * (len(before) + 1), _STEP * (len(before) + count + 1), _STEP)


def _check_places(beads: Iterable[NewBead], wanted: Sequence[Sequence[int]]) -> None:
    new = list(beads)
    for side, places in zip(("kk", "ru"), wanted, strict=True):
        given = Counter(place for bead in new for place in getattr(bead, side))
        if given != Counter(places):
            raise ValueError(f"the new beads do not hold the {side} segments {sorted(places)} once each")


def store_document(journal: Journal, document: Document, location: str | None = None) -> int:
    session, location = journal.session, location or location_of(document)
    values = {
        "name": document.name,
        "language": document.language,
        "digest": digest(document.text),
        "title": document.title,
        "date": document.date.isoformat() if document.date else None,
    }
    row = session.one("SELECT id FROM documents WHERE location = ?", (location,))
    if row is not None:
        number: int = row[0]
        journal.update("documents", number, values)
        return number
    (number,) = take_ids(session, "documents", 1)
    session.execute(
        "INSERT INTO documents (id, location, name, language, digest, title, date) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (number, location, *values.values()),
    )
    return number


def store_text(
    session: Session, document: Document, number: int, segments: Sequence[Segment] | None, now: str
) -> int | None:
    if segments is None:
        return None
    blocks = document.blocks
    return store_segments(
        session,
        number,
        [
            StoredSegment(place, each.text, each.start, each.end, each.block, blocks[each.block].is_heading)
            for place, each in enumerate(segments)
        ],
        now,
    )


def store_segments(session: Session, document: int, segments: Sequence[StoredSegment], now: str) -> int:
    key = digest(*(f"{each.start} {each.end} {each.block} {each.is_heading:d} {each.text}" for each in segments))
    row = session.one("SELECT id FROM texts WHERE document = ? AND digest = ?", (document, key))
    if row is not None:
        known: int = row[0]
        return known
    (number,) = take_ids(session, "texts", 1)
    session.execute("INSERT INTO texts (id, document, digest, added) VALUES (?, ?, ?, ?)", (number, document, key, now))
    session.insert(
        "segments",
        ("text", "place", "content", "start", "stop", "block", "is_heading"),
        [
            (number, place, each.text, each.start, each.end, each.block, int(each.is_heading))
            for place, each in enumerate(segments)
        ],
    )
    return number


def split(segment: StoredSegment, offset: int) -> tuple[StoredSegment, StoredSegment]:
    left, right = segment.text[:offset].rstrip(), segment.text[offset:].lstrip()
    if not left or not right or offset < 0:
        raise ValueError(f"a segment of {len(segment.text)} characters can't be split before character {offset}")
    return (
        StoredSegment(segment.place, left, segment.start, segment.start + len(left), segment.block, segment.is_heading),
        StoredSegment(
            segment.place + 1, right, segment.end - len(right), segment.end, segment.block, segment.is_heading
        ),
    )


def location_of(document: Document) -> str:
    path = Path(document.source)
    try:
        location = str(path.resolve())
    except (OSError, RuntimeError, ValueError):
        # The text of a name may be none in the locale of this process.
        location = str(path.absolute())
    # No database keeps bytes of a name that are no text.
    location = location.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return location if document.part is None else f"{location}#{document.part}"
