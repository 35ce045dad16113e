"""One write to a memory: rows go in, change and go, the history notes how they were, and the units follow."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from aligner.errors import ConflictError, StoreError
from aligner.memory.engine import Row, Session

__all__ = ["BEAD_COLUMNS", "STANDS", "UNIT_COLUMNS", "Journal", "digest", "moment", "take_ids"]

UNIT_COLUMNS = (
    "id",
    "digest",
    "kk",
    "ru",
    "status",
    "score",
    "reasons",
    "reviewer",
    "note",
    "creator",
    "created",
    "changed",
    "revision",
    "changed_seq",
)
BEAD_COLUMNS = (
    "id",
    "pair",
    "source",
    "position",
    "kk",
    "ru",
    "moved",
    "score",
    "reasons",
    "status",
    "reviewer",
    "note",
    "kk_text",
    "ru_text",
    "unit",
    "change",
    "kk_source",
    "ru_source",
    "date",
    "previous_kk",
    "next_kk",
    "previous_ru",
    "next_ru",
)
STANDS = (
    "NOT EXISTS (SELECT 1 FROM changes AS u WHERE u.undoes = c.id "
    "AND NOT EXISTS (SELECT 1 FROM changes AS r WHERE r.undoes = u.id))"
)
"""What is true of a change `c` that holds: it was not undone, or what undid it was taken back."""

_PAIR_COLUMNS = ("id", "kk", "ru", "score", "recipe", "added", "kk_text", "ru_text", "revision")
_COLUMNS = {"beads": BEAD_COLUMNS, "pairs": _PAIR_COLUMNS}
_BURIED = ("id", "digest", "kk", "ru", "verdict", "judged_by", "note", "creator", "created", "revision")

# Parents before children, so that no row ever names one that is not there.
_TABLES = ("documents", "pairs", "units", "beads")

Values = Mapping[str, Any]


class Journal:
    """The rows that one change touches, within its transaction. `finish` makes the change an entry of the history.

    Units are not journalled as they come and go: they do so with the beads that say them. One that no bead says any
    more is laid aside with its id, and comes back under it. Only what a person says of a unit itself is noted.
    """

    def __init__(
        self,
        session: Session,
        who: str,
        now: dt.datetime,
        what: str,
        pair: int | None = None,
        unit: int | None = None,
        undoes: int | None = None,
    ) -> None:
        self.session = session
        self.who, self.now, self.what = who, moment(now), what
        self.pair, self.unit, self.undoes = pair, unit, undoes
        self.before: dict[str, dict[str, Any]] = defaultdict(dict)
        self.after: dict[str, dict[str, Any]] = defaultdict(dict)
        self.units_added = self.units_removed = 0
        self._touched_units: set[int] = set()
        self._touched_pairs: set[int] = {pair} if pair is not None else set()
        self._seq: int | None = None

    def seq(self) -> int:
        """The number of this write, for the units that it touches."""
        if self._seq is None:
            self._seq = take_ids(self.session, "seq", 1)[0]
        return self._seq

    def insert(self, table: str, rows: Sequence[Values]) -> None:
        """New rows, with their ids."""
        if not rows:
            return
        if table == "beads":
            self._use_units(row.get("unit") for row in rows)
            self._touched_pairs.update(row["pair"] for row in rows if row.get("pair"))
        columns = _COLUMNS[table]
        self.session.insert(table, columns, [[row.get(column) for column in columns] for row in rows])
        for row in rows:
            self._note(table, row["id"], None, _noted(row))

    def update(self, table: str, number: int, changes: Values) -> None:
        """Change some columns of a row."""
        (current,) = self.session.execute(f"SELECT {', '.join(changes)} FROM {table} WHERE id = ?", (number,))
        before = dict(zip(changes, current, strict=True))
        changed = {column: value for column, value in changes.items() if value != before[column]}
        if not changed:
            return
        if table == "beads":
            ((unit, pair),) = self.session.execute("SELECT unit, pair FROM beads WHERE id = ?", (number,))
            self._use_units((changed.get("unit"),))
            self._touch((unit,))
            self._touched_pairs |= {pair} - {None}
        elif table == "pairs":
            self._touched_pairs.add(number)
        sets = ", ".join(f"{column} = ?" for column in changed)
        values = list(changed.values())
        if table == "units":
            sets += ", revision = revision + 1, changed = ?, changed_seq = ?"
            values += [self.now, self.seq()]
            self._touched_units.add(number)
        self.session.execute(f"UPDATE {table} SET {sets} WHERE id = ?", [*values, number])
        self._note(table, number, {column: before[column] for column in changed}, changed)

    def delete(self, table: str, rows: Sequence[Values]) -> None:
        """Take rows away; they are given whole."""
        if not rows:
            return
        if table == "beads":
            self._touch(row["unit"] for row in rows)
            self._touched_pairs.update(row["pair"] for row in rows if row["pair"])
        numbers = [row["id"] for row in rows]
        session = self.session
        session.execute(f"DELETE FROM {table} WHERE id {session.among}", (session.listed(numbers),))
        for row in rows:
            self._note(table, row["id"], _noted(row), None)

    def rows(self, table: str, where: str, parameters: Sequence[object]) -> list[dict[str, Any]]:
        """Whole rows of beads or pairs."""
        columns = _COLUMNS[table]
        found = self.session.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE {where}", parameters)
        return [dict(zip(columns, row, strict=True)) for row in found]

    def unit_ids(self, texts: Sequence[tuple[str, str]], creator: str | None = None) -> list[int]:
        """The ids of the units with these kk and ru texts; those that are new are made."""
        keys = [digest(kk, ru) for kk, ru in texts]
        known = find_units(self.session, keys)
        missing = dict.fromkeys(key for key in keys if key not in known)
        if missing:
            text_of = dict(zip(keys, texts, strict=True))
            ids = take_ids(self.session, "units", len(missing))
            created = creator or self.who
            self.session.insert(
                "units",
                UNIT_COLUMNS,
                [
                    (
                        number,
                        key,
                        *text_of[key],
                        "automatic",
                        0.0,
                        "[]",
                        None,
                        None,
                        created,
                        self.now,
                        self.now,
                        1,
                        self.seq(),
                    )
                    for number, key in zip(ids, missing, strict=True)
                ],
            )
            known.update(zip(missing, ids, strict=True))
            self.units_added += len(missing)
            self._touched_units.update(ids)
        return [known[key] for key in keys]

    def move_unit(self, old: int, new: int, kk: str, ru: str) -> None:
        """Let every bead that says the unit `old` say `new`, whose texts are these."""
        for bead in self.rows("beads", "unit = ? ORDER BY id", (old,)):
            if bead["source"] is not None:
                is_there = self.session.one("SELECT 1 FROM beads WHERE source = ? AND unit = ?", (bead["source"], new))
                if is_there:
                    self.delete("beads", [bead])
                else:
                    self.update("beads", bead["id"], {"unit": new})
                continue
            ((kk_now, ru_now),) = self.session.execute("SELECT kk, ru FROM units WHERE id = ?", (old,))
            changes: dict[str, Any] = {"unit": new}
            changes |= {"kk_text": kk} if kk != kk_now else {}
            changes |= {"ru_text": ru} if ru != ru_now else {}
            self.update("beads", bead["id"], changes)

    def finish(self) -> int | None:
        """Let the units follow their beads and note the change. Its id, or None where nothing changed."""
        self.units_removed += follow_beads(self.session, self._touched_units, self.now, self.seq)
        if not self.before and not self.after and self.undoes is None:
            return None
        (number,) = take_ids(self.session, "changes", 1)
        self.session.execute(
            "INSERT INTO changes (id, at, who, what, pair, unit, before, after, undoes) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number,
                self.now,
                self.who,
                self.what,
                self.pair,
                self.unit,
                _json(self.before),
                _json(self.after),
                self.undoes,
            ),
        )
        for pair in sorted(self._touched_pairs):
            self.session.execute("UPDATE pairs SET revision = revision + 1 WHERE id = ?", (pair,))
        return number

    def reverse(self, before: Mapping[str, Values], after: Mapping[str, Values]) -> None:
        """Put every row that a change touched back to how it was.

        Raises `ConflictError` where one of them is no longer as that change left it.
        """
        for table in _TABLES:
            self._check_unchanged(table, before.get(table, {}), after.get(table, {}))
        for table in reversed(_TABLES):
            added = [int(key) for key, row in before.get(table, {}).items() if row is None]
            if added:
                session = self.session
                self.delete(table, self.rows(table, f"id {session.among}", (session.listed(added),)))
        for table in _TABLES:
            gone = [
                dict(row) | {"id": int(key)} for key, row in before.get(table, {}).items() if after[table][key] is None
            ]
            if table == "pairs":
                gone = [row | {"revision": row["revision"] + 1} for row in gone]
            self.insert(table, gone)
            for key, row in before.get(table, {}).items():
                if row is not None and after[table][key] is not None:
                    self.update(table, int(key), row)

    def _check_unchanged(
        self, table: str, before: Mapping[str, Values | None], expected: Mapping[str, Values | None]
    ) -> None:
        for key, row in expected.items():
            is_whole = before[key] is None
            # Revisions only grow; what they count is what is compared.
            columns = [name for name in (_COLUMNS[table] if is_whole else row or ()) if name not in ("id", "revision")]
            found = self.session.one(f"SELECT {', '.join(['id', *columns])} FROM {table} WHERE id = ?", (int(key),))
            is_as_left = (
                found is None if row is None else found and list(found[1:]) == [row.get(name) for name in columns]
            )
            if not is_as_left:
                raise ConflictError(
                    f"{table[:-1]} {key} was changed since; undo the later changes first (`qostil memory history`)"
                )

    def _use_units(self, numbers: Iterable[int | None]) -> None:
        """Units that beads are about to name: those laid aside come back."""
        wanted = {number for number in numbers if number is not None}
        session = self.session
        buried = session.execute(
            f"SELECT digest FROM removed_units WHERE id {session.among}", (session.listed(sorted(wanted)),)
        )
        if buried:
            self.units_added += len(revive(session, [key for (key,) in buried], self.now, self.seq()))
        self._touched_units |= wanted

    def _touch(self, numbers: Iterable[int | None]) -> None:
        self._touched_units.update(number for number in numbers if number is not None)

    def _note(self, table: str, number: int, before: Values | None, after: Values | None) -> None:
        key = str(number)
        earlier = self.before[table]
        if key in earlier:
            first = earlier[key]
            before = None if first is None else {**(before or {}), **first}
            last = self.after[table][key]
            after = None if after is None else {**(last or {}), **after}
        if before is None and after is None:
            del self.before[table][key], self.after[table][key]
            return
        earlier[key], self.after[table][key] = before, after


def moment(now: dt.datetime) -> str:
    """A time as it is stored: UTC, to the second."""
    return now.astimezone(dt.UTC).isoformat(timespec="seconds")


def digest(*texts: str) -> str:
    """A stable name for a text or a pair of texts: 32 hexadecimal digits of SHA-256.

    Raises `StoreError` for what no database keeps: NUL and halves of surrogate pairs.
    """
    joined = "\x00".join(texts)
    try:
        data = joined.encode()
    except UnicodeEncodeError as error:
        raise StoreError(
            f"a text holds half a surrogate pair: {texts[0][:80]!r}; clean the file it comes from"
        ) from error
    if joined.count("\x00") != len(texts) - 1:
        raise StoreError(f"a text holds a NUL character: {texts[0][:80]!r}; clean the file it comes from")
    return hashlib.sha256(data).hexdigest()[:32]


def take_ids(session: Session, name: str, count: int) -> range:
    """The next `count` numbers of a table. A number is never given twice, whatever is deleted."""
    (row,) = session.execute("UPDATE counters SET value = value + ? WHERE name = ? RETURNING value", (count, name))
    return range(row[0] - count + 1, row[0] + 1)


def find_units(session: Session, keys: Sequence[str]) -> dict[str, int]:
    """The ids of the units with these digests, also of those that were laid aside."""
    listed = session.listed(sorted(set(keys)))
    known: dict[str, int] = dict(
        session.execute(f"SELECT digest, id FROM removed_units WHERE digest {session.among}", (listed,))
    )
    known.update(session.execute(f"SELECT digest, id FROM units WHERE digest {session.among}", (listed,)))
    return known


def revive(session: Session, keys: Sequence[str], now: str, seq: int) -> list[int]:
    """Bring units that were laid aside back under their old ids, and return these."""
    listed = session.listed(keys)
    ids = [
        number
        for (number,) in session.execute(
            f"INSERT INTO units ({', '.join(_BURIED)}, changed, changed_seq) "
            f"SELECT {', '.join(_BURIED)}, ?, ? FROM removed_units WHERE digest {session.among} RETURNING id",
            (now, seq, listed),
        )
    ]
    session.execute(f"DELETE FROM removed_units WHERE digest {session.among}", (listed,))
    return ids


def follow_beads(session: Session, units: Iterable[int], now: str, seq: Callable[[], int]) -> int:
    """Set what units say of themselves by their beads, and lay those aside that no bead says. Returns how many."""
    numbers = sorted(units)
    if not numbers:
        return 0
    listed = session.listed(numbers)
    rows = session.execute(
        "SELECT u.id, u.status, u.score, u.reasons, u.reviewer, u.verdict, u.judged_by, "
        "b.id, b.status, b.score, b.reasons, b.reviewer FROM units AS u LEFT JOIN beads AS b ON b.unit = u.id "
        f"WHERE u.id {session.among} ORDER BY u.id, b.score DESC, b.id",
        (listed,),
    )
    occurrences: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        occurrences[row[0]].append(row)
    lonely, changed = [], []
    for number, own in occurrences.items():
        if own[0][7] is None:
            lonely.append(number)
            continue
        now_is, shall_be = own[0][1:5], _derived(own)
        if now_is != shall_be:
            changed.append((*shall_be, now, seq(), number))
    session.run_many(
        "UPDATE units SET status = ?, score = ?, reasons = ?, reviewer = ?, changed = ?, revision = revision + 1, "
        "changed_seq = ? WHERE id = ?",
        changed,
    )
    if lonely:
        listed = session.listed(lonely)
        session.execute(
            f"INSERT INTO removed_units ({', '.join(_BURIED)}, seq) "
            f"SELECT {', '.join(_BURIED)}, ? FROM units WHERE id {session.among}",
            (seq(), listed),
        )
        session.execute(f"DELETE FROM units WHERE id {session.among}", (listed,))
    return len(lonely)


def _derived(occurrences: Sequence[Row]) -> Row:
    """Status, score, reasons and reviewer of a unit, from the best occurrence that is not rejected."""
    verdict, judged_by = occurrences[0][5:7]
    standing = [row for row in occurrences if row[8] != "rejected"]
    reviewed = [row for row in standing if row[8] == "reviewed"]
    best = (standing or occurrences)[0]
    if verdict is not None:
        return (verdict, best[9], best[10], judged_by)
    if reviewed:
        return ("reviewed", best[9], best[10], reviewed[0][11])
    if standing:
        return ("automatic", best[9], best[10], None)
    return ("rejected", best[9], best[10], best[11])


def _noted(row: Values) -> dict[str, Any]:
    return {column: value for column, value in row.items() if value is not None and column != "id"}


def _json(rows: Mapping[str, Mapping[str, Any]]) -> str:
    return json.dumps({table: dict(own) for table, own in rows.items() if own}, ensure_ascii=False)
