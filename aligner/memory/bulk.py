"""Many units that come from no document pair: in, quickly and in parts, and out again."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import islice
from typing import Any

from aligner.errors import InputError, StoreError
from aligner.memory.engine import Engine, Row, Session
from aligner.memory.interface import Progress
from aligner.memory.journal import (
    BEAD_COLUMNS,
    STANDS,
    UNIT_COLUMNS,
    digest,
    follow_beads,
    moment,
    revive,
    take_ids,
)
from aligner.memory.records import Addition, Change
from aligner.records import Unit

__all__ = ["add_units", "redo_import", "undo_import"]

UNITS_PER_WRITE = 5_000
_GROWTH = 2


def add_units(
    engine: Engine, units: Iterable[Unit], source: str, who: str, now: dt.datetime, progress: Progress | None
) -> Addition:
    """What `Memory.add_units` promises. Where the reading of `units` fails, what was stored is taken back."""
    importing = _Import(source, who, moment(now))
    pending = iter(units)
    done = 0
    while not importing.is_finished:
        try:
            part = list(islice(pending, UNITS_PER_WRITE))
        except InputError:
            if importing.change is not None:
                _take_back(engine, importing.change, importing.who, importing.at, None)
            raise
        done += len(part)
        with engine.writing() as session:
            importing.store(session, part, is_last=len(part) < UNITS_PER_WRITE)
            # Only imports of more than one part can be cut off.
            if importing.is_finished and done >= UNITS_PER_WRITE:
                importing.note_going_on(session)
        if progress:
            progress("importing", done, 0)
    return Addition(importing.added, done - importing.added)


class _Import:
    """One import under way. Its entry in the history is made when the first unit is new to its source."""

    def __init__(self, source: str, who: str, at: str) -> None:
        self.source, self.who, self.at = source, who, at
        self.change: int | None = None
        self.added = self.stored = 0
        self.is_finished = False
        self._learned_at = 0

    def store(self, session: Session, part: Sequence[Unit], is_last: bool) -> None:
        unit_of: dict[str, Unit] = {}
        for unit in part:
            unit_of.setdefault(digest(unit.kk, unit.ru), unit)
        listed = session.listed(unit_of)
        buried = [
            key
            for (key,) in session.execute(f"SELECT digest FROM removed_units WHERE digest {session.among}", (listed,))
        ]
        known: dict[str, int] = dict(
            session.execute(f"SELECT digest, id FROM units WHERE digest {session.among}", (listed,))
        )
        source = self._source(session)
        has_it = {
            number
            for (number,) in session.execute(
                f"SELECT unit FROM beads WHERE source = ? AND unit {session.among}",
                (source, session.listed(known.values())),
            )
        }
        wanted = {key: unit for key, unit in unit_of.items() if known.get(key) not in has_it}
        if wanted:
            self._store_new(session, wanted, known, buried, source)
        self.is_finished = is_last
        if self.change is not None and (wanted or is_last):
            session.execute(
                "UPDATE changes SET after = ? WHERE id = ?",
                (_described(self.source, self.stored, self.is_finished), self.change),
            )

    def note_going_on(self, session: Session) -> None:
        """Note in earlier imports of this source that were cut off where they went on (nowhere: in no new unit)."""
        for number, after in session.execute(
            f"SELECT c.id, c.after FROM changes AS c WHERE c.what = 'import' AND c.after LIKE ? AND {STANDS}",
            ('%"is_finished": false%',),
        ):
            described = json.loads(after)
            if described["import"]["source"] == self.source and number != self.change:
                described["import"]["went_on_in"] = self.change
                session.execute(
                    "UPDATE changes SET after = ? WHERE id = ?", (json.dumps(described, ensure_ascii=False), number)
                )

    def _store_new(
        self, session: Session, wanted: dict[str, Unit], known: dict[str, int], buried: Sequence[str], source: int
    ) -> None:
        (seq,) = take_ids(session, "seq", 1)
        if self.change is None:
            (self.change,) = take_ids(session, "changes", 1)
            session.execute(
                "INSERT INTO changes (id, at, who, what, before, after) VALUES (?, ?, ?, 'import', '{}', '{}')",
                (self.change, self.at, self.who),
            )
        followed = [known[key] for key in wanted if key in known]
        if buried:
            followed += revive(session, buried, self.at, seq)
            listed = session.listed(buried)
            known.update(session.execute(f"SELECT digest, id FROM units WHERE digest {session.among}", (listed,)))
        new = [key for key in wanted if key not in known]
        known.update(zip(new, take_ids(session, "units", len(new)), strict=True))
        session.insert("units", UNIT_COLUMNS, [self._unit_row(known[key], key, wanted[key], seq) for key in new])
        numbers = take_ids(session, "beads", len(wanted))
        session.insert(
            "beads",
            BEAD_COLUMNS,
            [
                self._bead_row(number, source, known[key], unit)
                for number, (key, unit) in zip(numbers, wanted.items(), strict=True)
            ],
        )
        follow_beads(session, followed, self.at, partial(int, seq))
        self.added += len(new) + len(buried)
        self.stored += len(wanted)
        if self.stored >= max(UNITS_PER_WRITE, _GROWTH * self._learned_at):
            # A server that plans for the tables as they were when they were empty takes seconds for each part.
            session.learn(("units", "beads", "removed_units"))
            self._learned_at = self.stored

    def _source(self, session: Session) -> int:
        row = session.one("SELECT id FROM sources WHERE name = ?", (self.source,))
        if row is not None:
            known: int = row[0]
            return known
        (number,) = take_ids(session, "sources", 1)
        session.execute("INSERT INTO sources (id, name, added) VALUES (?, ?, ?)", (number, self.source, self.at))
        return number

    def _unit_row(self, number: int, key: str, unit: Unit, seq: int) -> tuple[Any, ...]:
        reviewer = None if unit.status == "automatic" else unit.reviewer
        created = moment(unit.created) if unit.created else self.at
        changed = moment(unit.changed) if unit.changed else self.at
        creator = unit.creator or self.who
        reasons = _reasons(unit)
        return (
            *(number, key, unit.kk, unit.ru, unit.status, unit.score, reasons, reviewer, unit.note),
            *(creator, created, changed, 1, seq),
        )

    def _bead_row(self, number: int, source: int, unit_number: int, unit: Unit) -> tuple[Any, ...]:
        reviewer = None if unit.status == "automatic" else unit.reviewer
        return (
            *(number, None, source, number, "[]", "[]", 0, unit.score, _reasons(unit), unit.status, reviewer),
            *(None, None, None, unit_number, self.change, unit.kk_source, unit.ru_source),
            unit.date.isoformat() if unit.date else None,
            *(unit.previous_kk, unit.next_kk, unit.previous_ru, unit.next_ru),
        )


def undo_import(engine: Engine, target: Change, who: str, now: dt.datetime, progress: Progress | None) -> None:
    """Take an import back, in parts. Cut off in the middle, the import still stands, and can be undone again.

    What it said is laid aside, so that it can be redone.
    """
    _take_back(engine, target.id, who, moment(now), progress)


def redo_import(engine: Engine, undone: Change, who: str, now: dt.datetime, progress: Progress | None) -> None:
    """Take `undone`, the undo of an import, back, in parts. Cut off in the middle, the import can be undone again.

    Raises `StoreError` where not all of the import was kept.
    """
    assert undone.undoes is not None
    at, done, total = moment(now), 0, undone.after["import"]["units"]
    is_last = False
    while not is_last:
        with engine.writing() as session:
            removed = session.execute(
                "SELECT id, unit FROM removed_beads WHERE change = ? ORDER BY id LIMIT ?",
                (undone.undoes, UNITS_PER_WRITE),
            )
            is_last = len(removed) < UNITS_PER_WRITE
            if not done:
                if not removed or not undone.after["import"]["is_finished"]:
                    raise StoreError(
                        f"change {undone.undoes} was an import that can't be redone; import the file again"
                    )
                _note_reversal(session, "redo", undone.id, who, at)
            _put_back(session, removed, at)
            _mark(session, undone.undoes, None if is_last else "redo")
        done += len(removed)
        if progress:
            progress("doing again", done, total)


def _put_back(session: Session, removed: Sequence[Row], at: str) -> None:
    if not removed:
        return
    (seq,) = take_ids(session, "seq", 1)
    units = {unit for _, unit in removed}
    buried = session.execute(f"SELECT digest FROM removed_units WHERE id {session.among}", (session.listed(units),))
    if buried:
        revive(session, [key for (key,) in buried], at, seq)
    listed = session.listed(number for number, _ in removed)
    columns = ", ".join(BEAD_COLUMNS)
    # Somebody may be importing the same file meanwhile.
    session.execute(
        f"INSERT INTO beads ({columns}) SELECT {columns} FROM removed_beads AS r WHERE id {session.among} "
        "AND NOT EXISTS (SELECT 1 FROM beads AS b WHERE b.source = r.source AND b.unit = r.unit)",
        (listed,),
    )
    session.execute(f"DELETE FROM removed_beads WHERE id {session.among}", (listed,))
    follow_beads(session, units, at, partial(int, seq))


def _take_back(engine: Engine, change: int, who: str, at: str, progress: Progress | None) -> None:
    done = 0
    is_last = False
    while not is_last:
        with engine.writing() as session:
            beads = session.execute("SELECT id, unit FROM beads WHERE change = ? LIMIT ?", (change, UNITS_PER_WRITE))
            is_last = len(beads) < UNITS_PER_WRITE
            _lay_aside(session, beads, at)
            _mark(session, change, None if is_last else "undo")
            if is_last:
                _note_reversal(session, "undo", change, who, at)
        done += len(beads)
        if progress:
            progress("undoing", done, 0)


def _lay_aside(session: Session, beads: Sequence[Row], at: str) -> None:
    if not beads:
        return
    listed = session.listed(number for number, _ in beads)
    columns = ", ".join(BEAD_COLUMNS)
    session.execute(
        f"INSERT INTO removed_beads ({columns}) SELECT {columns} FROM beads WHERE id {session.among}", (listed,)
    )
    session.execute(f"DELETE FROM beads WHERE id {session.among}", (listed,))
    (seq,) = take_ids(session, "seq", 1)
    follow_beads(session, {unit for _, unit in beads}, at, partial(int, seq))


def _mark(session: Session, change: int, under_way: str | None) -> None:
    """Note in an import's entry that it is being undone or redone, so that `check` sees where that was cut off."""
    ((after,),) = session.execute("SELECT after FROM changes WHERE id = ?", (change,))
    described = json.loads(after)
    described["import"].pop("under_way", None)
    if under_way:
        described["import"]["under_way"] = under_way
    session.execute("UPDATE changes SET after = ? WHERE id = ?", (json.dumps(described, ensure_ascii=False), change))


def _note_reversal(session: Session, what: str, change: int, who: str, at: str) -> None:
    (number,) = take_ids(session, "changes", 1)
    session.execute(
        "INSERT INTO changes (id, at, who, what, before, after, undoes) "
        "SELECT ?, ?, ?, ?, after, after, id FROM changes WHERE id = ?",
        (number, at, who, what, change),
    )


def _described(source: str, stored: int, is_finished: bool) -> str:
    described = {"source": source, "units": stored, "is_finished": is_finished}
    return json.dumps({"import": described}, ensure_ascii=False)


def _reasons(unit: Unit) -> str:
    return json.dumps(list(unit.reasons), ensure_ascii=False) if unit.reasons else "[]"
