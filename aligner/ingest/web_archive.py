"""Web archives (WARC 1.1, ISO 28500) → the pages in them, each in its newest version."""

from __future__ import annotations

import contextlib
import hashlib
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from aligner.errors import FormatError
from aligner.ingest.archive import Budget, Member, Refused, shown
from aligner.ingest.extras import load_extra
from aligner.ingest.limits import MAX_HEADER_BYTES, MAX_MARKUP_BYTES, MAX_PASSED_BYTES, MAX_RECORDS
from aligner.ingest.package import BROKEN_ZIP

__all__ = ["iter_warc_members"]

_SUFFIX_OF_TYPE = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
}
_NEVER_TEXT = ("image/", "video/", "audio/", "font/", "text/css", "application/javascript", "text/javascript")
_STEP = 1 << 16
_MAX_DATE = 40


def iter_warc_members(data: bytes, source: str, budget: Budget) -> Iterator[Member | Refused]:
    """The pages in a web archive, packed or not, named by their number: `3.html` is the third response.

    Of an address that was fetched several times the newest version is read; a record that says “as before” (revisit)
    makes the one that it means the newest. Pictures, scripts and the like are passed over; an answer other than 200 is
    refused. Raises FormatError for what is no web archive, or too large as a whole.
    """
    # warcio trusts headers and packings: what is wrong with them surfaces as one of these.
    load_failed = load_extra("warcio.exceptions", "web archives").ArchiveLoadFailed
    damaged = (*BROKEN_ZIP, load_failed, AttributeError, ArithmeticError, LookupError, TypeError, AssertionError)
    versions = _Versions()
    first = _Walk(data, source)
    # What is wrong is said where it is come to again.
    with contextlib.suppress(*damaged):
        for answer in first.answers():
            versions.add(answer)
            answer.pass_by()
    if not first.records:
        raise FormatError(source, "is no web archive that can be read", "check how it was saved")
    versions.settle()
    walk = _Walk(data, source)
    try:
        for answer in walk.answers():
            newer = versions.newer_than(answer)
            if answer.is_revisit:
                if answer.place in versions.unknown:
                    yield Refused(answer.name, "says “as before” of a page that is not in the archive")
            elif answer.kind not in _SUFFIX_OF_TYPE:
                yield Refused(answer.name, f"pages of the type {shown(answer.kind)[:80] or 'unknown'} are not read")
            elif not answer.is_page:
                yield Refused(answer.name, f"the answer was {shown(answer.status)[:20]}, not a page")
            elif newer is not None:
                yield Refused(answer.name, f"a newer version of the page is in the archive: {newer}")
            else:
                content = answer.content()
                budget.take(len(content), source)
                is_large = len(content) > MAX_MARKUP_BYTES
                yield Refused(answer.name, "is too large to be read") if is_large else Member(answer.name, content)
    except damaged:
        yield Refused(f"{walk.numbered + 1}", "the archive is damaged from here on")


@dataclass(frozen=True, slots=True)
class _Answer:
    """A record that is the answer of a server. `place` counts all records, `number` the answers that may be text."""

    record: Any
    lines: _Lines
    place: int
    number: int
    kind: str
    status: str

    @property
    def name(self) -> str:
        return f"record {self.place}" if self.is_revisit else f"{self.number}{_SUFFIX_OF_TYPE.get(self.kind, '')}"

    @property
    def is_revisit(self) -> bool:
        return bool(self.record.rec_type == "revisit")

    @property
    def is_page(self) -> bool:
        return not self.is_revisit and self.kind in _SUFFIX_OF_TYPE and self.status == "200"

    @property
    def address(self) -> str:
        """Where it came from; empty where the record does not say it."""
        return self.header("WARC-Target-URI").partition("#")[0]

    @property
    def date(self) -> str:
        """Of what it was then, in a form that can be compared."""
        return self.header("WARC-Date")[:_MAX_DATE].rstrip("Zz")

    def header(self, name: str) -> str:
        return self.record.rec_headers.get_header(name) or ""

    def pass_by(self) -> None:
        while self.record.raw_stream.read(_STEP):
            pass

    def content(self) -> bytes:
        """The page, unpacked; at most one byte more than is read of a page."""
        if self.record.length is None or self.record.length > MAX_MARKUP_BYTES + MAX_HEADER_BYTES:
            # A single piece of an answer that was sent in pieces is taken in whole.
            return bytes(MAX_MARKUP_BYTES + 1)
        self.lines.left = math.inf
        return self.record.content_stream().read(MAX_MARKUP_BYTES + 1)  # type: ignore[no-any-return]


class _Walk:
    """One way through an archive. `records`: how many there were so far, `numbered`: how many answers of them."""

    def __init__(self, data: bytes, source: str) -> None:
        self._source = source
        self._records = load_extra("warcio.archiveiterator", "web archives").ArchiveIterator(io.BytesIO(data))
        self._lines = self._records.reader = _Lines(self._records.reader, source)
        self.records = self.numbered = 0

    def answers(self) -> Iterator[_Answer]:
        """The answers that may be text, and the revisits."""
        while (record := self._next()) is not None:
            self.records += 1
            if self.records > MAX_RECORDS:
                raise FormatError(self._source, f"holds more than {MAX_RECORDS:,} records", "split it")
            headers = record.http_headers
            type_line = (headers or record.rec_headers).get_header("Content-Type") or ""
            kind = type_line.split(";")[0].strip().lower()
            is_answer = record.rec_type == "resource" or (record.rec_type == "response" and headers is not None)
            if record.rec_type == "revisit" or (is_answer and not kind.startswith(_NEVER_TEXT)):
                self.numbered += is_answer
                status = str(headers.get_statuscode()) if headers is not None else "200"
                yield _Answer(record, self._lines, self.records, self.numbered, kind, status)

    def _next(self) -> Any:
        self._lines.left = MAX_HEADER_BYTES
        # It tells the terminal what it finds wrong.
        with contextlib.redirect_stderr(io.StringIO()):
            return next(self._records, None)


class _Lines:
    """The reader of an archive, which ends it where its headers or all of it are too long. `left`: so many bytes of
    headers may still come."""

    def __init__(self, reader: Any, source: str) -> None:
        self._reader, self._source = reader, source
        self._passed = 0
        self.left: float = MAX_HEADER_BYTES

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reader, name)

    def read(self, length: int | None = None) -> bytes:
        return self._counted(self._reader.read(length))

    def readline(self, length: int | None = None) -> bytes:
        line = self._counted(self._reader.readline(min(length or MAX_HEADER_BYTES, MAX_HEADER_BYTES)))
        self.left -= len(line)
        if self.left < 0:
            raise ValueError("the headers of a record are too long")
        return line

    def _counted(self, data: bytes) -> bytes:
        self._passed += len(data)
        if self._passed > MAX_PASSED_BYTES:
            raise FormatError(self._source, f"unpacks to more than {MAX_PASSED_BYTES:,} bytes", "split it")
        return data


class _Versions:
    """Which of the answers from one address is the newest.

    `unknown`: the places of revisits that mean none of the answers. Addresses are kept as hashes, for there may be very
    many.
    """

    def __init__(self) -> None:
        self.unknown: set[int] = set()
        self._newest: dict[int, tuple[str, int, str]] = {}
        self._known: dict[int, str] = {}
        self._revisits: list[tuple[str, int, int, tuple[int, ...], bool]] = []
        self._current: set[str] = set()

    def add(self, answer: _Answer) -> None:
        """Note a page, or a revisit."""
        header, address = answer.header, _key("address", answer.address)
        if answer.is_revisit:
            meant = (
                _key("id", header("WARC-Refers-To")),
                _key("at", header("WARC-Refers-To-Target-URI"), header("WARC-Refers-To-Date")),
                _key("payload", header("WARC-Payload-Digest")),
            )
            is_unchanged = header("WARC-Profile").rstrip("/").endswith("server-not-modified")
            self._revisits.append((answer.date, answer.place, address, meant, is_unchanged))
        elif answer.is_page:
            self._note(
                address if answer.address else _key("place", str(answer.place)), answer.date, answer.place, answer.name
            )
            if answer.address:
                self._known[_key("at", header("WARC-Target-URI"), header("WARC-Date"))] = answer.name
            for kind, name in (("id", "WARC-Record-ID"), ("payload", "WARC-Payload-Digest")):
                if value := header(name):
                    self._known[_key(kind, value)] = answer.name

    def _note(self, address: int, date: str, place: int, name: str) -> None:
        self._newest[address] = max(self._newest.get(address, (date, place, name)), (date, place, name))

    def settle(self) -> None:
        """Give the revisits their pages, once all are known."""
        for date, place, address, meant, is_unchanged in self._revisits:
            name = next((self._known[key] for key in meant if key in self._known), None)
            if name is not None:
                self._note(address, date, place, name)
            elif not (is_unchanged and address in self._newest):
                self.unknown.add(place)
        self._current = {name for _, _, name in self._newest.values()}

    def newer_than(self, answer: _Answer) -> str | None:
        """The name of the page that stands for this one; None where it is itself to be read."""
        if not answer.is_page or answer.name in self._current:
            return None
        newest = self._newest.get(_key("address", answer.address))
        return None if newest is None else newest[2]


def _key(*words: str) -> int:
    digest = hashlib.blake2b("\0".join(words).encode("utf-8", "surrogateescape"), digest_size=12)
    return int.from_bytes(digest.digest(), "little")
