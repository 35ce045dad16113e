"""What is known of each page that was ever found, in a SQLite file in the folder that is fetched into.

Every change is one transaction, made when the file it speaks of is complete: whenever a run is killed, the next one
knows exactly what is there. The file is held by one run at a time.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Literal, Self

from aligner.errors import FetchError
from aligner.fetch.records import Answer, Found
from aligner.fetch.robots import Kept

__all__ = ["FILE_NAME", "Archive", "Listing", "Manifest", "Page", "Standing", "State", "Walked"]

# A hidden file, so that nobody takes it for an input.
FILE_NAME = ".fetch.db"
_VERSION = 1
_SCHEMA = """
CREATE TABLE pages (
    url TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    found TEXT NOT NULL,
    status INTEGER,
    reason TEXT,
    etag TEXT,
    last_modified TEXT,
    sha256 TEXT,
    bytes INTEGER,
    media_type TEXT,
    language TEXT,
    file TEXT,
    leads_to TEXT,
    version_of TEXT,
    checked TEXT,
    changed TEXT,
    attempts INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX pages_by_content ON pages (sha256);
CREATE INDEX pages_by_version ON pages (version_of) WHERE version_of IS NOT NULL;
CREATE TABLE earlier (
    url TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    file TEXT,
    changed TEXT NOT NULL,
    replaced TEXT NOT NULL
) STRICT;
CREATE TABLE listed (
    source TEXT NOT NULL,
    url TEXT NOT NULL,
    place INTEGER NOT NULL,
    published TEXT,
    language TEXT,
    standing INTEGER NOT NULL,
    PRIMARY KEY (source, url)
) STRICT, WITHOUT ROWID;
CREATE TABLE walks (source TEXT PRIMARY KEY, reach TEXT, open_at INTEGER) STRICT;
CREATE TABLE listings (
    url TEXT PRIMARY KEY, kind TEXT NOT NULL, etag TEXT, last_modified TEXT, items TEXT NOT NULL, checked TEXT NOT NULL
) STRICT;
CREATE TABLE robots (origin TEXT PRIMARY KEY, text TEXT NOT NULL, read TEXT NOT NULL) STRICT;
CREATE TABLE hosts (host TEXT PRIMARY KEY, closed_until TEXT NOT NULL) STRICT;
CREATE TABLE archives (file TEXT PRIMARY KEY, bytes INTEGER NOT NULL, records INTEGER NOT NULL) STRICT;
"""
_FIELDS = (
    "url, state, found, status, reason, etag, last_modified, sha256, bytes, media_type, language, file, leads_to, "
    "version_of, checked, changed, attempts"
)

State = Literal["pending", "kept", "skipped", "refused", "failed", "moved"]


@dataclass(frozen=True, slots=True)
class Page:
    """A page by its address, and what became of it.

    `pending`: not asked for yet. `kept`: in `file`, a path in the folder (in a WARC, `archive#record`). `skipped`: it
    was there, but is no use, for `reason`. `refused`: the site won't give it. `failed`: tried in vain; to be tried
    again. `moved`: see `leads_to`. `checked` is when it was last asked for, `changed` when that last made a
    difference. `version_of` is the page that named this one as its other version.
    """

    url: str
    state: State
    found: dt.datetime
    status: int | None = None
    reason: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None
    bytes: int | None = None
    media_type: str | None = None
    language: str | None = None
    file: str | None = None
    leads_to: str | None = None
    version_of: str | None = None
    checked: dt.datetime | None = None
    changed: dt.datetime | None = None
    attempts: int = 0

    def record(self) -> dict[str, object]:
        """What a person or a program wants to know of it, as JSON."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return {
            name: value.isoformat(timespec="seconds") if isinstance(value, dt.datetime) else value
            for name, value in values.items()
            if value is not None and name not in ("etag", "last_modified")
        }


@dataclass(frozen=True, slots=True)
class Listing:
    """A list as it was last read: a page of a site's list, a feed, a sitemap, an index of sitemaps."""

    kind: str
    items: tuple[Found, ...]
    checked: dt.datetime
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive, as far as it is written: its path in the folder, its size, and how many pages are in it."""

    file: str
    bytes: int
    records: int


@dataclass(frozen=True, slots=True)
class Walked:
    """How far a list of many pages is known.

    Everything in it that was published on `reach` or later was seen by a walk that ended; None where no walk ever
    did. `open_at` is the page that an unfinished walk got to, counted as they were when it began, or None.
    """

    reach: dt.date | None = None
    open_at: int | None = None


class Standing(Enum):
    """By which walk an address of a list was seen: by one that ended; by the unfinished one, in one row from where it
    began to where it got to; or above those, by a later one that did not get there."""

    SETTLED = 2
    IN_ROW = 1
    ABOVE = 0


class Manifest:
    """The manifest of a folder. As a context manager it is closed at the end."""

    def __init__(self, folder: Path) -> None:
        """Raises FetchError where another run holds it, or where the file is none of ours."""
        path = folder / FILE_NAME
        try:
            self._db = sqlite3.connect(path, timeout=0.0, isolation_level=None)
        except sqlite3.Error as error:
            raise FetchError(f"{path}: can't be opened: {error}; check the folder") from error
        try:
            self._prepare(path)
        except sqlite3.Error as error:
            self._db.close()
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise FetchError(f"{folder}: another run is fetching into it; wait until it is done") from error
            raise FetchError(f"{path}: is no manifest that can be read: {error}; name another folder") from error
        except FetchError:
            self._db.close()
            raise

    def _prepare(self, path: Path) -> None:
        # Held from the first statement on until the end of the process, however that comes.
        self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._db.execute("PRAGMA journal_mode = WAL")
        # A power cut may cost the last entries, never the file: these pages are then fetched again.
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute("BEGIN EXCLUSIVE")
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version > _VERSION:
            raise FetchError(f"{path}: made by a newer qostil; update qostil to go on with it")
        if version == 0:
            for statement in _SCHEMA.split(";"):
                self._db.execute(statement)
            self._db.execute(f"PRAGMA user_version = {_VERSION}")
        self._db.execute("COMMIT")

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """One transaction: all of it is written, or nothing."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        finally:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")

    # ---- pages ----

    def page(self, url: str) -> Page | None:
        row = self._db.execute(f"SELECT {_FIELDS} FROM pages WHERE url = ?", (url,)).fetchone()
        return None if row is None else _page(row)

    def pages(self) -> Iterator[Page]:
        """All pages, by address."""
        for row in self._db.execute(f"SELECT {_FIELDS} FROM pages ORDER BY url"):
            yield _page(row)

    def put(
        self, page: Page, earlier: Page | None = None, archive: Archive | None = None, moved: Page | None = None
    ) -> None:
        """Write down what became of a page; with `earlier`, that it had another content before, which now stands in
        `earlier.file`; with `archive`, the archive with it in it; with `moved`, the page that led to it. All of it,
        or nothing."""
        marks = ", ".join("?" * len(_FIELDS.split(", ")))
        rows = [[_cell(getattr(each, name)) for name in _FIELDS.split(", ")] for each in (page, moved) if each]
        with self._whole():
            self._db.executemany(f"INSERT OR REPLACE INTO pages ({_FIELDS}) VALUES ({marks})", rows)
            if earlier is not None and page.checked is not None:
                self._db.execute(
                    "INSERT INTO earlier (url, sha256, bytes, file, changed, replaced) VALUES (?, ?, ?, ?, ?, ?)",
                    (
                        page.url,
                        earlier.sha256,
                        earlier.bytes,
                        earlier.file,
                        _cell(earlier.changed),
                        page.checked.isoformat(),
                    ),
                )
            if archive is not None:
                self._db.execute(
                    "INSERT OR REPLACE INTO archives (file, bytes, records) VALUES (?, ?, ?)",
                    (archive.file, archive.bytes, archive.records),
                )

    def earlier(self, url: str) -> list[tuple[str, str | None]]:
        """The contents that a page had before, the oldest first: SHA-256, and the file that holds it."""
        rows = self._db.execute("SELECT sha256, file FROM earlier WHERE url = ? ORDER BY replaced", (url,))
        return [(str(digest), file) for digest, file in rows]

    def page_with(self, sha256: str) -> Page | None:
        """A kept page with this content."""
        row = self._db.execute(
            f"SELECT {_FIELDS} FROM pages WHERE sha256 = ? AND state = 'kept' ORDER BY url LIMIT 1", (sha256,)
        ).fetchone()
        return None if row is None else _page(row)

    def missing_versions(self, url: str) -> list[str]:
        """What this page has named as its other version, and was never had."""
        rows = self._db.execute(
            "SELECT url FROM pages WHERE version_of = ? AND state IN ('pending', 'failed', 'refused') ORDER BY url",
            (url,),
        )
        return [str(row[0]) for row in rows]

    # ---- lists ----

    def note(self, source: str, found: Sequence[Found], place: int, standing: Standing, now: dt.datetime) -> None:
        """Write down that these stand in `source`, on its page `place`; what was known of them there stays."""
        pages = [(each.url, now.isoformat()) for each in found]
        listed = [(source, each.url, place, _cell(each.date), each.language, standing.value) for each in found]
        with self._whole():
            self._db.executemany("INSERT OR IGNORE INTO pages (url, state, found) VALUES (?, 'pending', ?)", pages)
            self._db.executemany(
                "INSERT OR IGNORE INTO listed (source, url, place, published, language, standing)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                listed,
            )

    def note_versions(self, of: str, found: Sequence[Found], now: dt.datetime) -> None:
        """Write down that the page `of` names these as its other version."""
        with self._whole():
            self._db.executemany(
                "INSERT OR IGNORE INTO pages (url, state, found, version_of, language) VALUES (?, 'pending', ?, ?, ?)",
                [(each.url, now.isoformat(), of, each.language) for each in found],
            )

    def unfinished(self, source: str) -> list[Found]:
        """What earlier runs have found in `source`, or on pages found there, and did not come to or failed at."""
        rows = self._db.execute(
            "SELECT p.url, l.published, l.language FROM listed l JOIN pages p USING (url)"
            " WHERE l.source = ? AND p.state IN ('pending', 'failed')"
            " UNION ALL SELECT v.url, l.published, v.language FROM listed l JOIN pages v ON v.version_of = l.url"
            " WHERE l.source = ? AND v.state IN ('pending', 'failed')"
            " ORDER BY 2 DESC, 1",
            (source, source),
        )
        return [Found(url, _day(published), language=language) for url, published, language in rows]

    def places(self, source: str, urls: Sequence[str]) -> dict[str, tuple[int, Standing]]:
        """Which of these were seen in `source`: on which page, and by which walk."""
        rows = self._db.execute(
            "SELECT url, place, standing FROM listed WHERE source = ? AND url IN (SELECT value FROM json_each(?))",
            (source, json.dumps(list(urls))),
        )
        return {url: (place, Standing(standing)) for url, place, standing in rows}

    def walked(self, source: str) -> Walked:
        row = self._db.execute("SELECT reach, open_at FROM walks WHERE source = ?", (source,)).fetchone()
        return Walked() if row is None else Walked(_day(row[0]), row[1])

    def note_walk(self, source: str, walked: Walked) -> None:
        """Write down how far `source` is known; with no page open, the walk has ended, and all it saw is settled."""
        with self._whole():
            self._db.execute(
                "INSERT OR REPLACE INTO walks (source, reach, open_at) VALUES (?, ?, ?)",
                (source, _cell(walked.reach), walked.open_at),
            )
            if walked.open_at is None:
                self._db.execute(
                    "UPDATE listed SET standing = ? WHERE source = ? AND standing <> ?",
                    (Standing.SETTLED.value, source, Standing.SETTLED.value),
                )

    def break_row(self, source: str) -> None:
        """What an unfinished walk has seen of `source` is no longer known to stand in one row."""
        self._db.execute(
            "UPDATE listed SET standing = ? WHERE source = ? AND standing = ?",
            (Standing.ABOVE.value, source, Standing.IN_ROW.value),
        )

    def listing(self, url: str) -> Listing | None:
        row = self._db.execute(
            "SELECT kind, items, checked, etag, last_modified FROM listings WHERE url = ?", (url,)
        ).fetchone()
        if row is None:
            return None
        kind, items, checked, etag, last_modified = row
        return Listing(kind, tuple(map(_found, json.loads(items))), _time(checked), etag, last_modified)

    def put_listing(self, url: str, kind: str, items: Sequence[Found], answer: Answer, now: dt.datetime) -> None:
        packed = json.dumps(
            [[each.url, _cell(each.date), _cell(each.modified), each.language] for each in items], ensure_ascii=False
        )
        self._db.execute(
            "INSERT OR REPLACE INTO listings (url, kind, etag, last_modified, items, checked)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                url,
                kind,
                answer.headers.get("etag"),
                answer.headers.get("last-modified"),
                packed,
                now.isoformat(),
            ),
        )

    def note_listing_checked(self, url: str, now: dt.datetime) -> None:
        self._db.execute("UPDATE listings SET checked = ? WHERE url = ?", (now.isoformat(), url))

    # ---- hosts ----

    def robots(self, origin: str) -> Kept | None:
        row = self._db.execute("SELECT text, read FROM robots WHERE origin = ?", (origin,)).fetchone()
        return None if row is None else Kept(row[0], _time(row[1]))

    def keep_robots(self, origin: str, kept: Kept) -> None:
        self._db.execute(
            "INSERT OR REPLACE INTO robots (origin, text, read) VALUES (?, ?, ?)",
            (origin, kept.text, kept.read.isoformat()),
        )

    def closed_until(self, host: str) -> dt.datetime | None:
        row = self._db.execute("SELECT closed_until FROM hosts WHERE host = ?", (host,)).fetchone()
        return None if row is None else _time(row[0])

    def close_until(self, host: str, until: dt.datetime) -> None:
        self._db.execute("INSERT OR REPLACE INTO hosts (host, closed_until) VALUES (?, ?)", (host, until.isoformat()))

    # ---- archives ----

    def archives(self) -> list[Archive]:
        """The archives that are ours, by name."""
        return [Archive(*row) for row in self._db.execute("SELECT file, bytes, records FROM archives ORDER BY file")]

    def begin_archive(self, file: str) -> None:
        """Write down that this archive is ours, before there is a byte of it."""
        self._db.execute("INSERT INTO archives (file, bytes, records) VALUES (?, 0, 0)", (file,))


def _page(row: tuple[object, ...]) -> Page:
    page = Page(*row)  # type: ignore[arg-type]
    return replace(
        page,
        found=_time(str(page.found)),
        checked=None if page.checked is None else _time(str(page.checked)),
        changed=None if page.changed is None else _time(str(page.changed)),
    )


def _found(values: tuple[str, str | None, str | None, str | None]) -> Found:
    url, date, modified, language = values
    return Found(url, _day(date), None if modified is None else _time(modified), language)


def _cell(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.date) else value


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def _time(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)
