"""What happened to a row: the entries of the memory's history that made it what it is."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from aligner.memory.records import Change

__all__ = ["MADE_ELSEWHERE", "SPLIT_SEGMENT", "Event", "story_of"]

MADE_ELSEWHERE = frozenset({"add", "pair", "unpair", "import", "dedupe"})
"""What makes and unmakes pairs: it is not taken back from within one."""
SPLIT_SEGMENT = "split segment"
"""The part of a split that cuts a segment; the change `split` follows it and stands for both."""
_REVERSALS = ("undo", "redo")
_OF_STATUS = {"reviewed": "accept", "rejected": "reject", "automatic": "clear"}
# A bead that only makes room for others, or whose segments were counted anew, has not changed.
_IDLE = frozenset({"position", "kk", "ru"})

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Event:
    """One change of a row. `kind` is what a key does (accept, merge …), `mended` where the row was aligned again
    because of a change nearby, or how it came in (add, pair).

    `kk`, `ru` and `note` are what an edit or a note has made of it. `undone` says who took it back, and when.
    """

    id: int
    at: dt.datetime
    who: str
    kind: str
    kk: str | None = None
    ru: str | None = None
    note: str | None = None
    undone: tuple[str, dt.datetime] | None = None

    @property
    def may_be_undone(self) -> bool:
        return self.undone is None and self.kind not in MADE_ELSEWHERE


def story_of(bead: int, history: Iterable[Change]) -> list[Event]:
    """The changes of a bead and of those that it was made from, newest first as in `history`; ends where it came in."""
    known, reversals, events = {bead}, dict[int, Change](), list[Event]()
    for change in history:
        if change.what in _REVERSALS:
            reversals[change.id] = change
            continue
        if change.what == SPLIT_SEGMENT:
            continue
        before, after = change.before.get("beads", {}), change.after.get("beads", {})
        own = [key for key in after if int(key) in known and _is_told(before[key], after[key])]
        if not own:
            continue
        undoing = reversals.get(change.undone_by or 0)
        made = [after[key] for key in own if before[key] is None]
        is_mended = bool(made) and made[0].get("status") == "automatic"
        event = _event(change, after[own[0]] or {}, is_mended, (undoing.who, undoing.at) if undoing else None)
        events.append(event)
        if undoing is None and made:
            if change.what in MADE_ELSEWHERE:
                break
            known |= {int(key) for key, row in before.items() if row and after[key] is None and _share(row, made)}
    return events


def _is_told(before: Row | None, after: Row | None) -> bool:
    return before is None or after is None or not set(after) <= _IDLE


def _share(row: Row, others: Iterable[Row]) -> bool:
    """Whether a row holds a segment of one of the others."""
    return any(set(json.loads(row[side])) & set(json.loads(other[side])) for other in others for side in ("kk", "ru"))


def _event(change: Change, row: Row, is_mended: bool, undone: tuple[str, dt.datetime] | None) -> Event:
    kind = change.what
    if kind == "mark":
        kind = _OF_STATUS.get(row.get("status", ""), kind)
    elif is_mended and kind != "align" and kind not in MADE_ELSEWHERE:
        kind = "mended"
    is_edit, is_note = kind == "edit", kind == "note"
    return Event(
        change.id,
        change.at,
        change.who,
        kind,
        row.get("kk_text") if is_edit else None,
        row.get("ru_text") if is_edit else None,
        (row.get("note") or "") if is_note else None,
        undone,
    )
