"""A pair as the page gets it: JSON of lists, since there are thousands of rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aligner.memory.records import StoredBead, StoredDocument, StoredPair, StoredSegment
from aligner.memory.rows import joined

__all__ = ["Delta", "delta_between", "sheet_of"]

Delta = dict[str, Any]
"""`revision`, and either `start`, `removed`, `beads` (what takes the place of what), or `sheet`, everything anew."""


def sheet_of(pair: StoredPair) -> dict[str, Any]:
    """Segments as `[text, block, is heading]`; beads as objects, without what has its usual value."""
    return {
        "id": pair.id,
        "revision": pair.revision,
        "score": round(pair.score, 4),
        "kk": _document(pair.kk),
        "ru": _document(pair.ru),
        "kk_segments": _segments(pair.kk_segments),
        "ru_segments": _segments(pair.ru_segments),
        "beads": [_bead(bead, pair) for bead in pair.beads],
    }


def delta_between(old: StoredPair, new: StoredPair) -> Delta:
    """What is other in `new`."""
    if old.kk_segments != new.kk_segments or old.ru_segments != new.ru_segments:
        return {"revision": new.revision, "sheet": sheet_of(new)}
    start, old_end, new_end = 0, len(old.beads), len(new.beads)
    while start < min(old_end, new_end) and old.beads[start] == new.beads[start]:
        start += 1
    while min(old_end, new_end) > start and old.beads[old_end - 1] == new.beads[new_end - 1]:
        old_end, new_end = old_end - 1, new_end - 1
    return {
        "revision": new.revision,
        "start": start,
        "removed": old_end - start,
        "beads": [_bead(bead, new) for bead in new.beads[start:new_end]],
    }


def _document(document: StoredDocument) -> dict[str, Any]:
    return {
        "name": document.name,
        "title": document.title,
        "date": document.date.isoformat() if document.date else None,
    }


def _segments(segments: Sequence[StoredSegment]) -> list[list[Any]]:
    return [[each.text, each.block, int(each.is_heading)] for each in segments]


def _bead(bead: StoredBead, pair: StoredPair) -> dict[str, Any]:
    record: dict[str, Any] = {"kk": bead.kk, "ru": bead.ru, "score": round(bead.score, 4)}
    if bead.reasons:
        record["reasons"] = bead.reasons
    if bead.moved:
        record["moved"] = True
    if bead.status != "automatic":
        record |= {"status": bead.status, "reviewer": bead.reviewer}
    if bead.note:
        record["note"] = bead.note
    if not bead.kk and not bead.ru:
        # A pair that was stored without its segments has nothing but its units.
        return record | {"kk_text": bead.kk_text, "ru_text": bead.ru_text, "bare": True}
    if bead.is_edited:
        kk, ru = joined(pair.kk_segments, bead.kk), joined(pair.ru_segments, bead.ru)
        record |= {"kk_text": bead.kk_text} if bead.kk_text != kk else {}
        record |= {"ru_text": bead.ru_text} if bead.ru_text != ru else {}
    return record
