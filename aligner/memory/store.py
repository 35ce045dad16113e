"""The memory over a database of either kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

from aligner.errors import ConflictError, MissingRecordError, StoreError
from aligner.memory.bulk import add_units, redo_import, undo_import
from aligner.memory.checks import problems_of
from aligner.memory.duplicates import merge_duplicates
from aligner.memory.engine import Engine, Session
from aligner.memory.interface import Memory, Progress
from aligner.memory.journal import STANDS, Journal, digest
from aligner.memory.pairs import (
    drop_pair,
    edit_bead,
    location_of,
    pair_stored,
    replace_some,
    split_one,
    store_document,
    store_pair,
    store_text,
)
from aligner.memory.records import (
    EXPORTED,
    Addition,
    Alignment,
    BeadEdit,
    Change,
    Context,
    NewBead,
    PairSummary,
    Problem,
    Side,
    Statistics,
    Status,
    StoredDocument,
    StoredPair,
    StoredSegment,
    StoredUnit,
    Totals,
    UnitSource,
)
from aligner.memory.rows import (
    CONTEXT_COLUMNS,
    CONTEXT_JOINS,
    DOCUMENT_COLUMNS,
    UNIT_QUERY,
    as_bead,
    as_change,
    as_document,
    as_time,
    as_unit,
    count,
    exported,
    pair_row,
    segments_of,
    sources_by_unit,
    unit_by_id,
)
from aligner.records import Document, DocumentPair, Segment, Unit

__all__ = ["SqlMemory", "open_memory"]

_POSTGRES_SCHEMES = ("postgresql://", "postgres://")
_UNITS_PER_FETCH = 1_000
_DOUBTFUL_BELOW = 0.8

_CHANGE = (
    "SELECT c.id, c.at, c.who, c.what, c.pair, c.unit, c.before, c.after, c.undoes, "
    "(SELECT max(u.id) FROM changes AS u WHERE u.undoes = c.id "
    "AND NOT EXISTS (SELECT 1 FROM changes AS r WHERE r.undoes = u.id)) FROM changes AS c"
)
_NEWEST_CHANGE = "(SELECT coalesce(max(c.id), 0) FROM changes AS c WHERE c.what NOT IN ('undo', 'redo') {})"


def open_memory(place: Path | str, timeout_s: float, create: bool) -> Memory:
    """What `Memory.open` promises."""
    engine: Engine
    if isinstance(place, str) and place.startswith(_POSTGRES_SCHEMES):
        from aligner.memory.postgres_engine import PostgresEngine

        engine = PostgresEngine(place, timeout_s, create)
    elif isinstance(place, str) and "://" in place:
        raise StoreError(f"{place}: no such kind of database; give a file, or postgresql://USER@HOST/DATABASE")
    else:
        from aligner.memory.sqlite_engine import SqliteEngine

        engine = SqliteEngine(Path(place), timeout_s, create)
    try:
        engine.migrate()
    except StoreError:
        engine.close()
        raise
    return SqlMemory(engine)


class SqlMemory(Memory):
    """Every query is written once, in the SQL that both engines speak."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def close(self) -> None:
        self.engine.close()

    # ---- units ----

    def units(self, min_score: float = 0.0, statuses: Sequence[Status] = EXPORTED) -> Iterator[Unit]:
        with self.engine.reading() as session:
            best = session.stream(
                f"""
                SELECT ranked.id FROM (
                    SELECT b.id, b.pair, b.position, row_number() OVER (
                        PARTITION BY b.unit ORDER BY CASE b.status WHEN 'rejected' THEN 1 ELSE 0 END, b.score DESC, b.id
                    ) AS place
                    FROM beads AS b JOIN units AS u ON u.id = b.unit
                    WHERE (u.score >= ? OR u.status = 'reviewed') AND u.status {session.among}
                ) AS ranked
                LEFT JOIN pairs ON pairs.id = ranked.pair
                LEFT JOIN documents AS kk ON kk.id = pairs.kk
                LEFT JOIN documents AS ru ON ru.id = pairs.ru
                WHERE ranked.place = 1
                ORDER BY CASE WHEN ranked.pair IS NULL THEN 1 ELSE 0 END, kk.location {session.by_bytes},
                    ru.location {session.by_bytes}, ranked.position, ranked.id
                """,
                (min_score, session.listed(statuses)),
            )
            while numbers := [number for (number,) in islice(best, _UNITS_PER_FETCH)]:
                yield from exported(session, numbers)

    def unit(self, number: int) -> StoredUnit:
        with self.engine.reading() as session:
            return unit_by_id(session, number)

    def stored_units(self, numbers: Sequence[int]) -> list[StoredUnit]:
        with self.engine.reading() as session:
            rows = session.execute(f"{UNIT_QUERY} WHERE id {session.among}", (session.listed(numbers),))
        found = {row[0]: as_unit(row) for row in rows}
        return [found[number] for number in numbers if number in found]

    def find(self, kk: str, ru: str) -> StoredUnit | None:
        with self.engine.reading() as session:
            row = session.one(f"{UNIT_QUERY} WHERE digest = ?", (digest(kk, ru),))
        return as_unit(row) if row else None

    def sources_of(self, unit: int) -> list[UnitSource]:
        with self.engine.reading() as session:
            unit_by_id(session, unit)
            return sources_by_unit(session, [unit])[unit]

    def sources_of_units(self, units: Sequence[int]) -> dict[int, list[UnitSource]]:
        with self.engine.reading() as session:
            return sources_by_unit(session, units)

    def contexts_of(self, units: Sequence[int]) -> dict[int, list[Context]]:
        contexts: dict[int, list[Context]] = {number: [] for number in units}
        with self.engine.reading() as session:
            rows = session.execute(
                f"SELECT b.unit, {CONTEXT_COLUMNS} FROM beads AS b {CONTEXT_JOINS} "
                f"WHERE b.unit {session.among} ORDER BY b.unit, b.id",
                (session.listed(units),),
            )
        for unit, *texts in rows:
            contexts[unit].append(Context(*texts))
        return contexts

    def add_units(
        self, units: Iterable[Unit], source: str, who: str, now: dt.datetime, progress: Progress | None = None
    ) -> Addition:
        return add_units(self.engine, units, source, who, now, progress)

    def change_unit(
        self,
        number: int,
        revision: int,
        who: str,
        now: dt.datetime,
        *,
        status: Status | None = None,
        note: str | None = None,
        kk: str | None = None,
        ru: str | None = None,
    ) -> StoredUnit:
        with self.engine.writing() as session:
            old = unit_by_id(session, number)
            if old.revision != revision:
                raise ConflictError(
                    f"unit {number} was changed by someone else since you opened it (revision {old.revision}, "
                    f"yours is {revision}); look at it again"
                )
            journal = Journal(session, who, now, "edit" if kk or ru else "mark", unit=number)
            new = (kk or old.kk, ru or old.ru)
            if new != (old.kk, old.ru):
                (number,) = journal.unit_ids([new])
                journal.move_unit(old.id, number, *new)
            if status is not None:
                journal.update("units", number, {"verdict": status, "judged_by": who})
            if note is not None:
                journal.update("units", number, {"note": note or None})
            journal.finish()
            return unit_by_id(session, number)

    def dedupe(self, who: str, now: dt.datetime, progress: Progress | None = None) -> int:
        return merge_duplicates(self.engine, who, now, progress)

    # ---- what an index needs to follow ----

    def seq(self) -> int:
        with self.engine.reading() as session:
            return count(session, "SELECT value FROM counters WHERE name = 'seq'")

    def changed_units(self, since: int) -> Iterator[StoredUnit]:
        with self.engine.reading() as session:
            for row in session.stream(f"{UNIT_QUERY} WHERE changed_seq > ? ORDER BY changed_seq, id", (since,)):
                yield as_unit(row)

    def removed_units(self, since: int) -> Iterator[int]:
        with self.engine.reading() as session:
            for (number,) in session.stream("SELECT id FROM removed_units WHERE seq > ? ORDER BY seq, id", (since,)):
                yield number

    # ---- documents, pairs and beads ----

    def has_pair(self, pair: DocumentPair, recipe: str) -> bool:
        with self.engine.reading() as session:
            row = session.one(
                "SELECT 1 FROM pairs JOIN documents AS kk ON kk.id = pairs.kk JOIN documents AS ru ON ru.id = pairs.ru "
                "WHERE kk.location = ? AND kk.digest = ? AND ru.location = ? AND ru.digest = ? AND recipe = ?",
                (location_of(pair.kk), digest(pair.kk.text), location_of(pair.ru), digest(pair.ru.text), recipe),
            )
        return row is not None

    def add(
        self,
        pair: DocumentPair,
        units: Sequence[Unit],
        recipe: str,
        now: dt.datetime,
        alignment: Alignment | None = None,
        who: str = "qostil",
    ) -> Addition:
        with self.engine.writing() as session:
            journal = Journal(session, who, now, "add")
            store_pair(journal, pair, units, recipe, alignment)
            journal.finish()
        return Addition(journal.units_added, len(units) - journal.units_added, journal.units_removed)

    def add_document(self, document: Document, segments: Sequence[Segment], now: dt.datetime) -> int:
        with self.engine.writing() as session:
            paired = session.one(
                "SELECT documents.id FROM documents JOIN pairs ON documents.id IN (pairs.kk, pairs.ru) "
                "WHERE location = ?",
                (location_of(document),),
            )
            # A pair stands until both of its documents are aligned anew, so its text stays as it was.
            if paired:
                known: int = paired[0]
                return known
            journal = Journal(session, "qostil", now, "read")
            number = store_document(journal, document)
            text = store_text(session, document, number, segments, journal.now)
            journal.update("documents", number, {"text": text})
            journal.finish()
        return number

    def documents(self, only_unpaired: bool = False) -> list[StoredDocument]:
        unpaired = "WHERE NOT EXISTS (SELECT 1 FROM pairs WHERE documents.id IN (pairs.kk, pairs.ru))"
        with self.engine.reading() as session:
            rows = session.execute(
                f"SELECT {DOCUMENT_COLUMNS} FROM documents {unpaired if only_unpaired else ''} ORDER BY location "
                f"{session.by_bytes}"
            )
        return [as_document(row) for row in rows]

    def segments(self, document: int) -> list[StoredSegment]:
        with self.engine.reading() as session:
            row = session.one("SELECT text FROM documents WHERE id = ?", (document,))
            if row is None:
                raise MissingRecordError(f"the memory has no document {document}")
            return list(segments_of(session, row[0]))

    def pairs(self) -> list[PairSummary]:
        with self.engine.reading() as session:
            counts = {
                row[0]: row[1:]
                for row in session.execute(
                    "SELECT pair, count(*), sum(CASE WHEN status = 'reviewed' THEN 1 ELSE 0 END), "
                    "sum(CASE WHEN status = 'rejected' THEN 1 ELSE 0 END), "
                    "sum(CASE WHEN status = 'automatic' AND unit IS NOT NULL AND score < ? THEN 1 ELSE 0 END), "
                    "sum(CASE WHEN status = 'automatic' AND unit IS NULL THEN 1 ELSE 0 END) "
                    "FROM beads WHERE pair IS NOT NULL GROUP BY pair",
                    (_DOUBTFUL_BELOW,),
                )
            }
            known = {row[0]: as_document(row) for row in session.execute(f"SELECT {DOCUMENT_COLUMNS} FROM documents")}
            rows = session.execute("SELECT id, kk, ru, score, recipe, added, revision FROM pairs")
        found = [
            PairSummary(
                row[0],
                known[row[1]],
                known[row[2]],
                row[3],
                row[4],
                as_time(row[5]),
                row[6],
                *counts.get(row[0], [0] * 5),
            )
            for row in rows
        ]
        return sorted(found, key=lambda pair: (pair.kk.location, pair.ru.location))

    def pair(self, number: int) -> StoredPair:
        with self.engine.reading() as session:
            row = pair_row(session, number)
            sides = [
                as_document(session.execute(f"SELECT {DOCUMENT_COLUMNS} FROM documents WHERE id = ?", (row[side],))[0])
                for side in ("kk", "ru")
            ]
            kk, ru = segments_of(session, row["kk_text"]), segments_of(session, row["ru_text"])
            beads = session.execute(
                "SELECT b.id, b.kk, b.ru, b.score, b.reasons, b.moved, b.status, b.reviewer, b.note, b.unit, "
                "b.kk_text, b.ru_text, u.kk, u.ru FROM beads AS b LEFT JOIN units AS u ON u.id = b.unit "
                "WHERE b.pair = ? ORDER BY b.position, b.id",
                (number,),
            )
        return StoredPair(
            number,
            sides[0],
            sides[1],
            row["score"],
            row["recipe"],
            as_time(row["added"]),
            row["revision"],
            kk,
            ru,
            tuple(as_bead(each, kk, ru) for each in beads),
        )

    def pair_revision(self, number: int) -> int:
        with self.engine.reading() as session:
            revision: int = pair_row(session, number)["revision"]
        return revision

    def add_pair(
        self, kk: int, ru: int, score: float, recipe: str, beads: Sequence[NewBead], who: str, now: dt.datetime
    ) -> int:
        with self.engine.writing() as session:
            journal = Journal(session, who, now, "pair")
            pair = pair_stored(journal, kk, ru, score, recipe, beads)
            journal.finish()
        return pair

    def remove_pair(self, number: int, revision: int, who: str, now: dt.datetime) -> None:
        with self._editing(number, revision, who, now, "unpair") as (journal, _):
            drop_pair(journal, number)

    def edit_beads(
        self,
        pair: int,
        revision: int,
        edits: Mapping[int, BeadEdit],
        who: str,
        now: dt.datetime,
        what: str = "mark",
    ) -> int:
        with self._editing(pair, revision, who, now, what) as (journal, row):
            edit_bead(journal, row, edits)
        return self._revision(pair)

    def replace_beads(
        self,
        pair: int,
        revision: int,
        old: Sequence[int],
        new: Sequence[NewBead],
        who: str,
        now: dt.datetime,
        what: str = "align",
    ) -> int:
        with self._editing(pair, revision, who, now, what) as (journal, row):
            replace_some(journal, row, old, new)
        return self._revision(pair)

    def split_segment(
        self, pair: int, revision: int, side: Side, place: int, offset: int, who: str, now: dt.datetime
    ) -> int:
        with self._editing(pair, revision, who, now, "split segment") as (journal, row):
            split_one(journal, row, side, place, offset)
        return self._revision(pair)

    @contextmanager
    def _editing(
        self, pair: int, revision: int, who: str, now: dt.datetime, what: str
    ) -> Iterator[tuple[Journal, dict[str, Any]]]:
        """A write to a pair that is still as the caller has seen it."""
        with self.engine.writing() as session:
            row = pair_row(session, pair)
            if row["revision"] != revision:
                raise ConflictError(
                    f"pair {pair} was changed elsewhere since you opened it (revision {row['revision']}, "
                    f"yours is {revision}); load it again"
                )
            journal = Journal(session, who, now, what, pair=pair)
            yield journal, row
            journal.finish()

    def _revision(self, pair: int) -> int:
        with self.engine.reading() as session:
            return count(session, "SELECT revision FROM pairs WHERE id = ?", (pair,))

    # ---- history ----

    def history(
        self, *, pair: int | None = None, unit: int | None = None, before: int | None = None, limit: int = 50
    ) -> list[Change]:
        wanted = {"c.pair = ?": pair, "c.unit = ?": unit, "c.id < ?": before}
        given = {condition: value for condition, value in wanted.items() if value is not None}
        where = f"WHERE {' AND '.join(given)}" if given else ""
        with self.engine.reading() as session:
            rows = session.execute(f"{_CHANGE} {where} ORDER BY c.id DESC LIMIT ?", (*given.values(), limit))
        return [as_change(row) for row in rows]

    def undo(
        self,
        who: str,
        now: dt.datetime,
        change: int | None = None,
        pair: int | None = None,
        progress: Progress | None = None,
    ) -> Change | None:
        with self.engine.writing() as session:
            target = _change_to_undo(session, change, pair)
            if target is None:
                return None
            if target.what != "import":
                journal = Journal(session, who, now, "undo", target.pair, target.unit, undoes=target.id)
                journal.reverse(target.before, target.after)
                journal.finish()
                return target
        undo_import(self.engine, target, who, now, progress)
        return target

    def redo(
        self, who: str, now: dt.datetime, pair: int | None = None, progress: Progress | None = None
    ) -> Change | None:
        with self.engine.writing() as session:
            scope, parameters = ("AND c.pair = ?", (pair,)) if pair is not None else ("", ())
            row = session.one(
                f"{_CHANGE} WHERE c.what = 'undo' AND {STANDS} {scope} AND c.id > {_NEWEST_CHANGE.format(scope)} "
                "ORDER BY c.id DESC LIMIT 1",
                (*parameters, *parameters),
            )
            if row is None:
                return None
            undone = as_change(row)
            assert undone.undoes is not None
            if "import" not in undone.after:
                journal = Journal(session, who, now, "redo", undone.pair, undone.unit, undoes=undone.id)
                journal.reverse(undone.before, undone.after)
                journal.finish()
                return _change(session, undone.undoes)
        redo_import(self.engine, undone, who, now, progress)
        with self.engine.reading() as session:
            return _change(session, undone.undoes)

    # ---- the memory as a whole ----

    def totals(self) -> Totals:
        with self.engine.reading() as session:
            return _totals(session)

    def statistics(self) -> Statistics:
        with self.engine.reading() as session:
            statuses: dict[Status, int] = dict(session.execute("SELECT status, count(*) FROM units GROUP BY status"))
            tenths = ", ".join(f"sum(CASE WHEN score < 0.{tenth} THEN 1 ELSE 0 END)" for tenth in range(1, 10))
            ((*below, units),) = session.execute(f"SELECT {tenths}, count(*) FROM units")
            limits = [0, *(number or 0 for number in below), units]
            sources: dict[str, int] = dict(
                session.execute(
                    "SELECT name, (SELECT count(*) FROM beads WHERE source = sources.id) FROM sources ORDER BY name"
                )
            )
            ((kk, ru),) = session.execute(
                "SELECT coalesce(sum(length(kk)), 0), coalesce(sum(length(ru)), 0) FROM units"
            )
            repeated = [
                count(
                    session,
                    f"SELECT count(*) FROM (SELECT 1 FROM units GROUP BY {side} HAVING count(*) > 1) AS repeated",
                )
                for side in ("kk", "ru")
            ]
            totals = _totals(session)
            changes = count(session, "SELECT count(*) FROM changes")
        return Statistics(
            totals,
            {status: statuses.get(status, 0) for status in ("automatic", "reviewed", "rejected")},
            tuple(more - less for less, more in pairwise(limits)),
            {name: count for name, count in sources.items() if count},
            int(kk),
            int(ru),
            repeated[0],
            repeated[1],
            changes,
            self.engine.size_bytes(),
        )

    def last_change(self) -> dt.datetime | None:
        with self.engine.reading() as session:
            ((newest,),) = session.execute(
                "SELECT max(moment) FROM (SELECT max(added) AS moment FROM pairs "
                "UNION ALL SELECT max(at) FROM changes) AS moments"
            )
        return as_time(newest) if newest else None

    def check(self) -> list[Problem]:
        return problems_of(self.engine)

    def vacuum(self) -> tuple[int, int]:
        before = self.engine.size_bytes()
        with self.engine.writing() as session:
            session.execute(
                "DELETE FROM removed_beads WHERE change NOT IN "
                f"(SELECT c.undoes FROM changes AS c WHERE c.what = 'undo' AND {STANDS} "
                f"AND c.id > {_NEWEST_CHANGE.format('')})"
            )
        self.engine.vacuum()
        return before, self.engine.size_bytes()

    def backup(self, target: Path) -> None:
        if target.exists():
            raise StoreError(f"{target}: is there already; a backup overwrites nothing, so name a new file")
        if not target.parent.is_dir():
            raise StoreError(f"{target}: there is no folder {target.parent}; make it first")
        beside = target.with_name(f".{target.name}.part")
        beside.unlink(missing_ok=True)
        try:
            self.engine.backup(beside)
            beside.rename(target)
        finally:
            beside.unlink(missing_ok=True)


def _totals(session: Session) -> Totals:
    return Totals(*(count(session, f"SELECT count(*) FROM {table}") for table in ("documents", "pairs", "units")))


def _change(session: Session, number: int) -> Change:
    row = session.one(f"{_CHANGE} WHERE c.id = ?", (number,))
    if row is None:
        raise MissingRecordError(f"the history has no change {number}")
    return as_change(row)


def _change_to_undo(session: Session, number: int | None, pair: int | None) -> Change | None:
    """The change with this number, or else the newest (of this pair) that still holds."""
    if number is not None:
        change = _change(session, number)
        if change.what in ("undo", "redo"):
            raise StoreError(f"change {number} is itself an {change.what}; undo or redo change {change.undoes} instead")
        if change.undone_by is not None:
            raise StoreError(f"change {number} is undone already, by change {change.undone_by}")
        return change
    scope, parameters = ("AND c.pair = ?", (pair,)) if pair is not None else ("", ())
    row = session.one(
        f"{_CHANGE} WHERE c.what NOT IN ('undo', 'redo') AND {STANDS} {scope} ORDER BY c.id DESC LIMIT 1", parameters
    )
    return as_change(row) if row else None
