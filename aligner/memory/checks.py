"""Is what a memory holds in order? The database is asked first, then its tables are compared."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby, islice
from typing import Any

from aligner.errors import StoreError
from aligner.memory.engine import Engine, Session
from aligner.memory.journal import STANDS, digest
from aligner.memory.records import Problem

__all__ = ["problems_of"]

_SHOWN = 20
_RESTORE = "restore a backup, or export what is there and import it into a new memory"


def problems_of(engine: Engine) -> list[Problem]:
    """Everything that is wrong; of each kind, at most twenty."""
    problems = engine.check()
    try:
        with engine.reading() as session:
            for look in (
                _orphans,
                _wrong_digests,
                _wrong_statuses,
                _unaligned_segments,
                _unfinished_imports,
                _low_counters,
            ):
                problems += islice(look(session), _SHOWN)
    except StoreError as error:
        problems.append(Problem(str(error), _RESTORE))
    return problems


def _orphans(session: Session) -> Iterator[Problem]:
    for (number,) in session.execute(
        "SELECT id FROM units WHERE NOT EXISTS (SELECT 1 FROM beads WHERE unit = units.id) LIMIT ?", (_SHOWN,)
    ):
        yield Problem(f"unit {number} occurs nowhere", _RESTORE)


def _wrong_digests(session: Session) -> Iterator[Problem]:
    for number, key, kk, ru in session.stream("SELECT id, digest, kk, ru FROM units"):
        if digest(kk, ru) != key:
            yield Problem(f"the texts of unit {number} are not those it was stored with", _RESTORE)


def _wrong_statuses(session: Session) -> Iterator[Problem]:
    for number, status in session.stream(
        "SELECT u.id, u.status FROM units AS u WHERE u.status <> coalesce(u.verdict, "
        "CASE WHEN EXISTS (SELECT 1 FROM beads WHERE unit = u.id AND status = 'reviewed') THEN 'reviewed' "
        "WHEN EXISTS (SELECT 1 FROM beads WHERE unit = u.id AND status = 'automatic') THEN 'automatic' "
        "ELSE 'rejected' END)"
    ):
        yield Problem(f"unit {number} is {status}, but not where it occurs", _RESTORE)


def _unaligned_segments(session: Session) -> Iterator[Problem]:
    """Each segment of a pair stands in one bead of it."""
    for side in ("kk", "ru"):
        wanted: dict[int, int] = dict(
            session.execute(
                f"SELECT p.id, (SELECT count(*) FROM segments WHERE text = p.{side}_text) FROM pairs AS p "
                f"WHERE p.{side}_text IS NOT NULL"
            )
        )
        rows = session.stream(f"SELECT pair, {side} FROM beads WHERE pair IS NOT NULL ORDER BY pair")
        for pair, beads in groupby(rows, key=lambda row: row[0]):
            places = sorted(place for _, listed in beads for place in json.loads(listed))
            if places != list(range(wanted.pop(pair, 0))):
                yield Problem(
                    f"the beads of pair {pair} do not hold each {side} segment once",
                    "undo its last changes (`qostil memory undo`), or align it again",
                )
        for pair, count in wanted.items():
            if count:
                yield Problem(
                    f"pair {pair} has no beads", "undo its last changes (`qostil memory undo`), or align it again"
                )


def _unfinished_imports(session: Session) -> Iterator[Problem]:
    rows = session.execute(f"SELECT c.id, c.after FROM changes AS c WHERE c.what = 'import' AND {STANDS} ORDER BY c.id")
    imports: dict[int, dict[str, Any]] = {number: json.loads(after).get("import", {}) for number, after in rows}
    known = {None, *imports}
    for number, described in imports.items():
        # `went_on_in`: the import of the same file that brought the rest, or None where nothing was lacking.
        went_on = "went_on_in" in described and described["went_on_in"] in known
        if under_way := described.get("under_way"):
            yield Problem(
                f"the {under_way} of the import of {described.get('source')} was cut off",
                f"take it back whole with `qostil memory undo --change {number}`",
            )
        elif not described.get("is_finished") and not went_on:
            yield Problem(
                f"the import of {described.get('source')} was cut off after {described.get('units')} units",
                f"import it again to go on, or take it back with `qostil memory undo --change {number}`",
            )


def _low_counters(session: Session) -> Iterator[Problem]:
    for table in ("documents", "texts", "pairs", "sources", "units", "beads", "changes"):
        ((highest, counter),) = session.execute(
            f"SELECT (SELECT coalesce(max(id), 0) FROM {table}), value FROM counters WHERE name = ?", (table,)
        )
        if highest > counter:
            yield Problem(f"the numbers of {table} begin again", _RESTORE)
