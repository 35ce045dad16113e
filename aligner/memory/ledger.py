"""What batches have seen: every file and document by its content, and what became of each.

The ledger lies in the memory, so that what a batch has done and what it notes of it are one transaction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from aligner.memory.engine import Engine, Row, Session
from aligner.memory.interface import Memory
from aligner.memory.journal import Journal, digest, moment, take_ids
from aligner.memory.packing import packed, packed_names, unpacked, unpacked_names
from aligner.memory.pairs import store_document, store_pair, store_text
from aligner.memory.records import Addition, Alignment
from aligner.memory.rows import as_date, as_time, count
from aligner.records import Document, DocumentPair, Segment, Unit

__all__ = ["Batch", "Decision", "Ledger", "News", "Output", "Planned", "Read", "Release", "SeenFile", "State"]

State = Literal["skipped", "gone", "copy", "new", "waiting", "matched", "paired"]
"""What became of a document. `new`: read, and not compared with others yet. `waiting`: for a counterpart. `matched`:
its counterpart is known, their sentences are not aligned yet. `paired`: they are in the memory. `copy`: the same text
as another one's. `gone`: its file no longer holds it. `skipped`: it takes no part, as `reason` says."""

News = Literal["new", "changed", "redone", ""]
"""What a batch found of a document: seen for the first time; with another text than before; the same, but worked on
again by another encoder or version."""

_OPEN = ("new", "waiting", "matched")
_PER_QUERY = 5_000
_PAIRS_AT_ONCE = 500
_FILES = "SELECT location, name, size, modified, inode, digest, reader, skipped FROM files"
_COLUMNS = (
    "location, file, name, language, title, date, digest, given, state, reason, partner, score, nearest, apart, "
    "segments, recipe, news, batch, paired_in"
)
_MATCHED = (
    "releases AS k JOIN releases AS r ON r.location = k.partner WHERE k.state = 'matched' AND r.state = 'matched' "
    "AND r.partner = k.location AND k.language = 'kk' AND r.language = 'ru'"
)


@dataclass(frozen=True, slots=True)
class Batch:
    """A run of `qostil batch`. One that was cut off is the same batch when it goes on, with the time it began at."""

    number: int
    started: dt.datetime
    is_continued: bool


@dataclass(frozen=True, slots=True)
class SeenFile:
    """A file: `location` is its real path, `name` what the user called it. `digest` is that of its bytes; size,
    modified (in ns, 0 where the file was too fresh to trust it) and inode only say that it need not be looked into.
    `skipped`: what was not read of it, as `(name, reason)`."""

    location: str
    name: str
    size: int
    modified: int
    inode: str
    digest: str
    reader: str
    skipped: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Release:
    """A document in the ledger, without its text. `partner`: where its counterpart is. `nearest`: the name of the best
    candidate of one that waits. `apart`: a counterpart that a person took away from it and that it shall not get again.
    """

    location: str
    file: str
    name: str
    language: str
    title: str | None
    date: dt.date | None
    digest: str
    is_given: bool
    state: State
    reason: str | None = None
    partner: str | None = None
    score: float | None = None
    nearest: str | None = None
    apart: str | None = None
    segments: int = 0
    recipe: str = ""
    news: News = ""
    batch: int = 0
    paired_in: int | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """A document as it was read now, with what pairing needs of it, packed. `partner`: of what is aligned already, the
    other version."""

    document: Document
    location: str
    file: str
    segments: int
    profile: bytes | None
    partner: str | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """A pair whose sentences are still to be aligned."""

    kk: Release
    ru: Release
    score: float


@dataclass(frozen=True, slots=True)
class Decision:
    """What pairing found of a document: its counterpart (`partner`), or why it has none."""

    location: str
    score: float
    partner: str | None = None
    reason: str | None = None
    nearest: str | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """A file that a batch has written: what was asked for, how the file looked, and how many units it holds."""

    location: str
    request: str
    size: int
    modified: int
    inode: str
    units: int


class Ledger:
    """The ledger of one memory. Every method is one transaction."""

    def __init__(self, memory: Memory) -> None:
        self._engine: Engine = memory.engine

    # ---- batches ----

    def begin(self, recipe: str, inputs: str, now: dt.datetime) -> Batch:
        """A new batch, or the one that was cut off over the same `inputs` (a digest) with the same recipe.

        What a person has paired and parted since the last batch is taken over.
        """
        with self._engine.writing() as session:
            row = session.one("SELECT id, started, recipe, inputs FROM batches WHERE ended IS NULL ORDER BY id DESC")
            if row is not None and row[2:] == (recipe, inputs):
                _follow_people(session, recipe)
                return Batch(row[0], as_time(row[1]), True)
            last = session.one("SELECT last_change FROM batches WHERE ended IS NOT NULL ORDER BY id DESC LIMIT 1")
            if last is None or last[0] != _last_change(session):
                _follow_people(session, recipe)
            session.execute("UPDATE batches SET ended = ? WHERE ended IS NULL", (moment(now),))
            (number,) = take_ids(session, "batches", 1)
            session.execute(
                "INSERT INTO batches (id, started, recipe, inputs) VALUES (?, ?, ?, ?)",
                (number, moment(now), recipe, inputs),
            )
        return Batch(number, now.astimezone(dt.UTC).replace(microsecond=0), False)

    def unfinished(self) -> tuple[Batch, str, str] | None:
        """The batch that was cut off, if its plan was made and not carried out; its recipe, and its inputs."""
        with self._engine.reading() as session:
            row = session.one(
                "SELECT id, started, recipe, inputs FROM batches WHERE ended IS NULL "
                "AND EXISTS (SELECT 1 FROM releases WHERE state = 'matched') ORDER BY id DESC"
            )
        return (Batch(row[0], as_time(row[1]), True), row[2], row[3]) if row else None

    def end(self, batch: Batch, now: dt.datetime) -> None:
        """All of it is done."""
        with self._engine.writing() as session:
            session.execute(
                "UPDATE batches SET ended = ?, last_change = ? WHERE id = ?",
                (moment(now), _last_change(session), batch.number),
            )

    # ---- files ----

    def files(self, locations: Iterable[str]) -> dict[str, SeenFile]:
        """Those of the files that were seen and read to their end, by location."""
        found = {}
        for part in _parts(locations):
            with self._engine.reading() as session:
                rows = session.execute(f"{_FILES} WHERE location {session.among}", (session.listed(part),))
            found.update({row[0]: _seen(row) for row in rows})
        return found

    def files_with(self, digests: Iterable[str]) -> dict[str, list[SeenFile]]:
        """The files with these bytes, by digest."""
        found: dict[str, list[SeenFile]] = {}
        for part in _parts(digests):
            with self._engine.reading() as session:
                rows = session.execute(
                    f"{_FILES} WHERE digest {session.among} ORDER BY location {session.by_bytes}",
                    (session.listed(part),),
                )
            for row in rows:
                found.setdefault(row[5], []).append(_seen(row))
        return found

    def passed_over(self) -> Iterator[tuple[str, str]]:
        """What was not read, in files or of them, and why."""
        with self._engine.reading() as session:
            query = f"{_FILES} WHERE skipped <> '[]' ORDER BY location {session.by_bytes}"
            for row in session.stream(query):
                yield from _seen(row).skipped

    def keep_looks(self, files: Sequence[SeenFile]) -> None:
        """Note how files look now whose bytes are the same as before."""
        with self._engine.writing() as session:
            session.run_many(
                "UPDATE files SET size = ?, modified = ?, inode = ? WHERE location = ?",
                [(file.size, file.modified, file.inode, file.location) for file in files],
            )

    def record(
        self,
        batch: Batch,
        recipe: str,
        documents: Sequence[Read],
        files: Sequence[SeenFile],
        present: Mapping[str, Collection[str]],
    ) -> None:
        """Documents that were read, and files that are read to their end with the locations present in each."""
        with self._engine.writing() as session:
            for read in documents:
                _record(session, batch.number, recipe, read)
            for file in files:
                session.execute("DELETE FROM files WHERE location = ?", (file.location,))
                session.execute(
                    "INSERT INTO files (location, name, size, modified, inode, digest, reader, skipped) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        file.location,
                        file.name,
                        file.size,
                        file.modified,
                        file.inode,
                        file.digest,
                        file.reader,
                        packed_names(file.skipped),
                    ),
                )
                known = [
                    row[0] for row in session.execute("SELECT location FROM releases WHERE file = ?", (file.location,))
                ]
                gone = sorted(set(known) - set(present[file.location]))
                session.execute(
                    "UPDATE releases SET state = 'gone', reason = 'no longer in its file' "
                    f"WHERE location {session.among} AND state <> 'paired'",
                    (session.listed(gone),),
                )

    def move(self, moves: Mapping[str, tuple[str, str]]) -> None:
        """Files that lie elsewhere now: their old location → the new one and its name."""
        with self._engine.writing() as session:
            for old, (new, name) in moves.items():
                _move(session, old, new, name)
            # Units leave a memory in the order of their documents.
            session.execute("DELETE FROM outputs")

    # ---- documents ----

    def releases(self, files: Iterable[str]) -> list[Release]:
        """The documents of these files."""
        found: list[Release] = []
        for part in _parts(files):
            with self._engine.reading() as session:
                rows = session.execute(
                    f"SELECT {_COLUMNS} FROM releases WHERE file {session.among}", (session.listed(part),)
                )
            found += [_release(row) for row in rows]
        return found

    def everything(self, state: State | None = None) -> Iterator[Release]:
        """All documents of the ledger, or those of one state, by location."""
        where, values = ("WHERE state = ?", (state,)) if state else ("", ())
        with self._engine.reading() as session:
            query = f"SELECT {_COLUMNS} FROM releases {where} ORDER BY location {session.by_bytes}"
            yield from map(_release, session.stream(query, values))

    def at(self, locations: Iterable[str]) -> dict[str, Release]:
        """The documents at these locations."""
        found: dict[str, Release] = {}
        for part in _parts(locations):
            with self._engine.reading() as session:
                rows = session.execute(
                    f"SELECT {_COLUMNS} FROM releases WHERE location {session.among}", (session.listed(part),)
                )
            found.update({row[0]: _release(row) for row in rows})
        return found

    def with_digests(self, digests: Iterable[str]) -> dict[str, list[Release]]:
        """The documents whose texts have these digests, by digest."""
        found: dict[str, list[Release]] = {}
        for part in _parts(digests):
            with self._engine.reading() as session:
                rows = session.execute(
                    f"SELECT {_COLUMNS} FROM releases WHERE digest {session.among} ORDER BY location "
                    f"{session.by_bytes}",
                    (session.listed(part),),
                )
            for row in rows:
                found.setdefault(row[6], []).append(_release(row))
        return found

    def document(self, location: str) -> Document:
        """The text of a document as it was read last."""
        with self._engine.reading() as session:
            row = session.one("SELECT content FROM releases WHERE location = ?", (location,))
        if row is None or row[0] is None:
            raise KeyError(location)
        return unpacked(bytes(row[0]))

    def profiles(self) -> Iterator[tuple[Release, bytes]]:
        """Every document that takes part in pairing, with its packed profile, by location."""
        with self._engine.reading() as session:
            rows = session.stream(
                f"SELECT {_COLUMNS}, profile FROM releases WHERE profile IS NOT NULL AND given = 0 "
                f"AND state NOT IN ('skipped', 'gone', 'copy') ORDER BY location {session.by_bytes}"
            )
            for row in rows:
                yield _release(row[:-1]), bytes(row[-1])

    def stale(self, recipe: str, files: Iterable[str]) -> list[str]:
        """Where documents are that were made ready by another recipe and are looked at now: those of these files, and
        those that wait; with the counterparts of documents that are compared anew."""
        found = [
            each.location
            for each in self.releases(files)
            if each.recipe != recipe and each.state not in ("skipped", "gone", "copy")
        ]
        with self._engine.reading() as session:
            # By the index, for the whole ledger would have to be read otherwise.
            if session.one("SELECT 1 FROM releases WHERE recipe < ? OR recipe > ? LIMIT 1", (recipe, recipe)) is None:
                return sorted(found)
            rows = session.execute(
                "SELECT location FROM releases AS own WHERE recipe <> ? AND (state IN ('new', 'waiting', 'matched') OR "
                "(state = 'paired' AND EXISTS (SELECT 1 FROM releases AS other WHERE other.location = own.partner "
                f"AND (other.state = 'new' OR other.location {session.among}))))",
                (recipe, session.listed(found)),
            )
        return sorted({*found, *(location for (location,) in rows)})

    def counts(self, batch: Batch) -> dict[str, int]:
        """What became of the documents: by `news` those that this batch found, by state all of them."""
        with self._engine.reading() as session:
            news = session.execute(
                "SELECT news, count(*) FROM releases WHERE batch = ? AND state <> 'skipped' GROUP BY news",
                (batch.number,),
            )
            states = session.execute("SELECT state, count(*) FROM releases GROUP BY state")
            paired = count(
                session, "SELECT count(*) FROM releases WHERE paired_in = ? AND language = 'kk'", (batch.number,)
            )
        return {f"news {key}": number for key, number in news} | dict(states) | {"paired now": paired}

    # ---- pairing ----

    def has_open(self) -> bool:
        """Whether there is a document that was not compared with others yet."""
        with self._engine.reading() as session:
            return session.one("SELECT 1 FROM releases WHERE state = 'new' LIMIT 1") is not None

    def follow(self, recipe: str) -> None:
        """Take over what the memory says of pairs: of an older Qostil, or of a person. A copy whose original says
        something else now takes its place."""
        with self._engine.writing() as session:
            _adopt(session, recipe)
            session.execute(
                "UPDATE releases SET state = 'new', reason = NULL WHERE state = 'copy' AND location IN "
                "(SELECT min(c.location) FROM releases AS c WHERE c.state = 'copy' AND NOT EXISTS "
                "(SELECT 1 FROM releases AS o WHERE o.digest = c.digest AND o.language = c.language "
                "AND o.state NOT IN ('copy', 'gone', 'skipped')) GROUP BY c.digest, c.language)"
            )

    def plan(
        self,
        decisions: Iterable[Decision],
        alone: Iterable[tuple[str, Document, Sequence[Segment]]],
        now: dt.datetime,
    ) -> None:
        """What pairing has decided. Documents that stand alone are stored, so that they can be paired by hand."""
        with self._engine.writing() as session:
            session.run_many(
                "UPDATE releases SET state = ?, partner = ?, score = ?, reason = ?, nearest = ? WHERE location = ?",
                (
                    (
                        "waiting" if each.partner is None else "matched",
                        each.partner,
                        each.score,
                        each.reason,
                        each.nearest,
                        each.location,
                    )
                    for each in decisions
                ),
            )
            # Read while the transaction is open, for all of them would not fit in memory.
            for location, document, segments in alone:
                _store_alone(session, location, document, segments, now)

    def to_align(self) -> list[str]:
        """The locations of the Kazakh documents whose pairs are still to be aligned, in their order."""
        with self._engine.reading() as session:
            rows = session.execute(f"SELECT k.location FROM {_MATCHED} ORDER BY k.location {session.by_bytes}")
        return [row[0] for row in rows]

    def planned(self, locations: Iterable[str]) -> Iterator[Planned]:
        """The pairs of these Kazakh documents, in the same order; looked up as they are asked for."""
        columns = ", ".join(f"{side}.{name}" for side in ("k", "r") for name in _COLUMNS.split(", "))
        half = len(_COLUMNS.split(", "))
        for part in _parts(locations, _PAIRS_AT_ONCE):
            with self._engine.reading() as session:
                rows = session.execute(
                    f"SELECT {columns} FROM {_MATCHED} AND k.location {session.among} "
                    f"ORDER BY k.location {session.by_bytes}",
                    (session.listed(part),),
                )
            for row in rows:
                kk, ru = _release(row[:half]), _release(row[half:])
                yield Planned(kk, ru, 1.0 if kk.score is None else kk.score)

    def store(
        self,
        batch: Batch,
        planned: Planned,
        pair: DocumentPair,
        units: Sequence[Unit],
        recipe: str,
        alignment: Alignment,
    ) -> Addition:
        """Store an aligned pair as `Memory.add` does, and note that it is paired."""
        with self._engine.writing() as session:
            journal = Journal(session, "qostil", batch.started, "add")
            store_pair(journal, pair, units, recipe, alignment, (planned.kk.location, planned.ru.location))
            journal.finish()
            _mark_paired(session, batch, planned)
        return Addition(journal.units_added, len(units) - journal.units_added, journal.units_removed)

    def knows(self, planned: Planned, recipe: str) -> bool:
        """Whether the memory holds this very text pair, aligned by `recipe`."""
        with self._engine.reading() as session:
            row = session.one(
                "SELECT 1 FROM pairs JOIN documents AS kk ON kk.id = pairs.kk JOIN documents AS ru ON ru.id = pairs.ru "
                "WHERE kk.location = ? AND kk.digest = ? AND ru.location = ? AND ru.digest = ? AND recipe = ?",
                (planned.kk.location, planned.kk.digest, planned.ru.location, planned.ru.digest, recipe),
            )
        return row is not None

    def mark_known(self, batch: Batch, planned: Planned) -> None:
        """Note that they are paired already, not by this batch."""
        with self._engine.writing() as session:
            _mark_paired(session, replace(batch, number=0), planned)

    # ---- outputs ----

    def output(self, location: str) -> Output | None:
        """What was written there last, if the memory has not changed since."""
        with self._engine.reading() as session:
            row = session.one(
                "SELECT location, request, size, modified, inode, units, last_change FROM outputs WHERE location = ?",
                (location,),
            )
            is_current = row is not None and row[6] == _last_change(session)
        return Output(*row[:6]) if row and is_current else None

    def last_change(self) -> int:
        """The number of the last change of the memory."""
        with self._engine.reading() as session:
            return _last_change(session)

    def keep_output(self, output: Output, last_change: int) -> None:
        """Note that this file says what the memory held after this change. A person may have made others since."""
        with self._engine.writing() as session:
            session.execute("DELETE FROM outputs WHERE location = ?", (output.location,))
            session.execute(
                "INSERT INTO outputs (location, request, size, modified, inode, units, last_change) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    output.location,
                    output.request,
                    output.size,
                    output.modified,
                    output.inode,
                    output.units,
                    last_change,
                ),
            )


def _record(session: Session, batch: int, recipe: str, read: Read) -> None:
    document, location = read.document, read.location
    key = digest(document.text)
    old = session.one(
        "SELECT digest, recipe, state, partner, score, apart FROM releases WHERE location = ?", (location,)
    )
    is_same = old is not None and old[0] == key and old[2] not in ("skipped", "gone")
    news: News = "new" if old is None or old[2] == "gone" else "redone" if is_same else "changed"
    partner, score, apart = (old[3], old[4], old[5] if is_same else None) if old is not None else (None, None, None)
    state: State = "new"
    reason = None
    if document.skipped is not None:
        state, reason = "skipped", document.skipped
    elif read.partner is not None:
        state, partner, score = "matched", read.partner, 1.0
    elif (original := _original(session, location, document.language, key)) is not None:
        state, reason, partner, score = "copy", f"the same text as {original}", None, None
    values = {
        "location": location,
        "file": read.file,
        "name": document.name,
        "language": document.language,
        "title": document.title,
        "date": document.date.isoformat() if document.date else None,
        "digest": key,
        "given": int(read.partner is not None),
        "state": state,
        "reason": reason,
        "partner": partner,
        "score": score,
        "nearest": None,
        "apart": apart,
        "segments": read.segments,
        "recipe": recipe,
        "news": news,
        "batch": batch,
        "paired_in": None,
        "profile": read.profile,
        "content": None if document.skipped is not None else packed(document),
    }
    session.execute("DELETE FROM releases WHERE location = ?", (location,))
    marks = ", ".join("?" * len(values))
    session.execute(f"INSERT INTO releases ({', '.join(values)}) VALUES ({marks})", list(values.values()))


def _original(session: Session, location: str, language: str, key: str) -> str | None:
    """The name of another document with this very text."""
    row = session.one(
        "SELECT name FROM releases WHERE digest = ? AND language = ? AND location <> ? "
        f"AND state NOT IN ('copy', 'gone', 'skipped') ORDER BY location {session.by_bytes} LIMIT 1",
        (key, language, location),
    )
    return row[0] if row else None


def _mark_paired(session: Session, batch: Batch, planned: Planned) -> None:
    for own, other in ((planned.kk, planned.ru), (planned.ru, planned.kk)):
        session.execute(
            "UPDATE releases SET state = 'paired', partner = ?, score = ?, reason = NULL, nearest = NULL, "
            "apart = NULL, paired_in = ? WHERE location = ?",
            (other.location, planned.score, batch.number or None, own.location),
        )


def _store_alone(
    session: Session, location: str, document: Document, segments: Sequence[Segment], now: dt.datetime
) -> None:
    paired = session.one(
        "SELECT 1 FROM documents JOIN pairs ON documents.id IN (pairs.kk, pairs.ru) WHERE location = ?",
        (location,),
    )
    # A pair stands until both of its documents are aligned anew, so its text stays as it was.
    if paired:
        return
    journal = Journal(session, "qostil", now, "read")
    number = store_document(journal, document, location)
    text = store_text(session, document, number, segments, journal.now)
    journal.update("documents", number, {"text": text})
    journal.finish()


def _last_change(session: Session) -> int:
    return count(session, "SELECT coalesce(max(id), 0) FROM changes")


def _follow_people(session: Session, recipe: str) -> None:
    """Pairs that a person took apart wait for another counterpart; those that a person made stand."""
    session.execute(
        "UPDATE releases SET state = 'new', apart = partner, partner = NULL, reason = NULL WHERE state = 'paired' "
        "AND NOT EXISTS (SELECT 1 FROM pairs JOIN documents AS kk ON kk.id = pairs.kk "
        "JOIN documents AS ru ON ru.id = pairs.ru WHERE (kk.location = releases.location AND "
        "ru.location = releases.partner) OR (ru.location = releases.location AND kk.location = releases.partner))"
    )
    _adopt(session, recipe)


def _adopt(session: Session, recipe: str) -> None:
    """Pairs of the memory whose documents wait in the ledger with the very texts that were aligned."""
    rows = session.execute(
        "SELECT k.location, r.location, pairs.score, pairs.recipe FROM pairs JOIN documents AS kk ON kk.id = pairs.kk "
        "JOIN documents AS ru ON ru.id = pairs.ru JOIN releases AS k ON k.location = kk.location "
        "JOIN releases AS r ON r.location = ru.location WHERE k.state IN ('new', 'waiting') "
        "AND r.state IN ('new', 'waiting') AND k.digest = kk.digest AND r.digest = ru.digest"
    )
    for kk, ru, score, made_by in rows:
        # One that another encoder or version has aligned stays a pair, and is aligned again.
        is_current = made_by == recipe or not made_by.startswith("qostil ") or made_by == "qostil review"
        state = "paired" if is_current else "matched"
        session.run_many(
            "UPDATE releases SET state = ?, partner = ?, score = ?, reason = NULL, nearest = NULL, apart = NULL "
            "WHERE location = ?",
            [(state, ru, score, kk), (state, kk, score, ru)],
        )


def _move(session: Session, old: str, new: str, name: str) -> None:
    is_taken = session.one("SELECT 1 FROM releases WHERE file = ?", (new,))
    if is_taken:
        return
    before = session.one("SELECT name FROM files WHERE location = ?", (old,))
    assert before is not None
    for table, column in (("releases", "location"), ("releases", "partner"), ("releases", "apart")):
        _put_elsewhere(session, table, column, old, new)
    _put_elsewhere(session, "documents", "location", old, new)
    session.execute(
        "UPDATE releases SET file = ?, name = ? || substr(name, ?) WHERE file = ?",
        (new, name, len(before[0]) + 1, old),
    )
    session.execute("DELETE FROM files WHERE location = ?", (new,))
    session.execute("UPDATE files SET location = ?, name = ? WHERE location = ?", (new, name, old))


def _put_elsewhere(session: Session, table: str, column: str, old: str, new: str) -> None:
    """A document in a file is at its path, or at that with `#N` or `/member` behind it."""
    for end in ("#", "/"):
        session.execute(
            f"UPDATE {table} SET {column} = ? || substr({column}, ?) WHERE substr({column}, 1, ?) = ?",
            (new, len(old) + 1, len(old) + 1, old + end),
        )
    session.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (new, old))


def _release(row: Row) -> Release:
    values = list(row)
    values[5], values[7] = as_date(row[5]), bool(row[7])
    return Release(*values)


def _seen(row: Row) -> SeenFile:
    values = list(row)
    values[-1] = unpacked_names(row[-1])
    return SeenFile(*values)


def _parts(values: Iterable[str], size: int = _PER_QUERY) -> Iterator[list[str]]:
    rest = iter(dict.fromkeys(values))
    while part := list(islice(rest, size)):
        yield part
