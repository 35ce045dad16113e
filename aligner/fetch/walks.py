"""Lists, feeds, sitemaps and files of addresses, walked through step by step: each step is the addresses of one page.

A walk asks for its next page only when the pages of the last one are dealt with. Where it is killed or ended early,
the next run finds what it had not come to.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from aligner.errors import FormatError
from aligner.fetch.clock import Clock
from aligner.fetch.feeds import read_feed
from aligner.fetch.listing import read_list
from aligner.fetch.manifest import Listing, Manifest, Standing, Walked
from aligner.fetch.records import Answer, Failure, Found
from aligner.fetch.site_rules import ListRules, SiteRules
from aligner.fetch.sitemaps import read_sitemap
from aligner.fetch.unpack import TooLargeError, unpack_gzip
from aligner.fetch.visitor import Visitor

__all__ = ["AddressWalk", "FileWalk", "ListReader", "ListWalk", "Scope", "Step", "Trouble", "Walk", "conditions"]

# The sitemap protocol allows 50 MB unpacked.
_MAX_LISTING_BYTES = 52 * 2**20
# A feed announces what is new; its parser takes its time with broken ones.
_MAX_FEED_BYTES = 16 * 2**20
_MAX_DEPTH = 3
_BEGINNING = dt.date.min
_GZIP = b"\x1f\x8b"
_ROOT = re.compile(
    rb"\s*+(?>(?><\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>]*>)\s*+)*+<(?:\w+:)?(rss|feed|rdf|channel|urlset|sitemapindex)\b",
    re.DOTALL | re.IGNORECASE,
)
_KINDS = {b"urlset": "sitemap", b"sitemapindex": "index"}


@dataclass(frozen=True, slots=True)
class Trouble:
    """A list that could not be read, and why."""

    url: str
    reason: str


@dataclass(frozen=True, slots=True)
class Step:
    """The addresses of one page of a list; `answer` is given where it turned out to be the page itself."""

    found: tuple[Found, ...]
    answer: Answer | None = None


class ListReader:
    """Reads lists, each only if it has changed since it was last read. `reads` counts those that could be had."""

    def __init__(self, visitor: Visitor, manifest: Manifest, clock: Clock) -> None:
        self._visitor, self._manifest, self._clock = visitor, manifest, clock
        self.reads = 0

    def read(self, url: str, parse: Callable[[Answer], tuple[str, list[Found]] | None]) -> Listing | Answer | Failure:
        """The list at `url`, or the answer itself where `parse` finds that it is no list."""
        known = self._manifest.listing(url)
        headers = {}
        if known is not None:
            headers = conditions(known.etag, known.last_modified)
        answer = self._visitor.visit(url, headers, _MAX_LISTING_BYTES)
        if isinstance(answer, Failure):
            return answer
        self.reads += 1
        now = self._clock.now()
        if answer.status == 304:
            assert known is not None, "only what is known is asked for on conditions"
            self._manifest.note_listing_checked(url, now)
            return known
        try:
            parsed = parse(answer)
        except FormatError as error:
            return Failure(error.problem, is_passing=True)
        if parsed is None:
            return answer
        kind, found = parsed
        self._manifest.put_listing(url, kind, found, answer, now)
        return Listing(kind, tuple(found), now)

    def known(self, url: str) -> Listing | None:
        """The list at `url` as it was last read."""
        return self._manifest.listing(url)


def conditions(etag: str | None, last_modified: str | None) -> dict[str, str]:
    """The headers by which a server answers only if something has changed (RFC 9110, 13.1)."""
    headers = {}
    if etag is not None:
        headers["If-None-Match"] = etag
    if last_modified is not None:
        headers["If-Modified-Since"] = last_modified
    return headers


@dataclass(frozen=True, slots=True)
class Scope:
    """What walks share: how they read, where they write down what they have seen, and what of it is wanted."""

    reader: ListReader
    manifest: Manifest
    clock: Clock
    is_wanted: Callable[[Found], bool]

    def noted(self, source: str, found: Sequence[Found]) -> tuple[Found, ...]:
        """Those of `found` that are wanted, written down under `source`."""
        wanted = tuple(filter(self.is_wanted, found))
        self.manifest.note(source, wanted, 0, Standing.SETTLED, self.clock.now())
        return wanted


class Walk(Protocol):
    """`source` is the name under which the manifest knows it."""

    source: str

    def steps(self) -> Iterator[Step | Trouble]: ...


class FileWalk:
    """The addresses that a user has listed."""

    def __init__(self, source: str, urls: Sequence[str], scope: Scope) -> None:
        self.source = source
        self._urls, self._scope = urls, scope

    def steps(self) -> Iterator[Step | Trouble]:
        yield Step(self._scope.noted(self.source, [Found(url) for url in self._urls]))


class AddressWalk:
    """Whatever stands at an address: a feed, a sitemap, an index of sitemaps, or a page."""

    def __init__(self, url: str, scope: Scope) -> None:
        self.source = self._url = url
        self._scope = scope
        self._reader, self._manifest = scope.reader, scope.manifest

    def steps(self) -> Iterator[Step | Trouble]:
        if self._reader.known(self._url) is None and self._manifest.page(self._url) is not None:
            yield self._itself(None)
        else:
            yield from self._read(Found(self._url), 0)

    def _itself(self, answer: Answer | None) -> Step:
        """The address is that of a page. The user has named it, so it is wanted, whatever it is."""
        found = Found(self._url)
        self._manifest.note(self.source, [found], 0, Standing.SETTLED, self._scope.clock.now())
        return Step((found,), answer)

    def _read(self, found: Found, depth: int) -> Iterator[Step | Trouble]:
        url = found.url
        listing: Listing | Answer | Failure | None = self._reader.known(url)
        is_current = isinstance(listing, Listing) and found.modified is not None and found.modified < listing.checked
        if not is_current:
            listing = self._reader.read(url, _parsed)
        if isinstance(listing, Failure):
            yield Trouble(url, listing.reason)
        elif isinstance(listing, Answer):
            if depth:
                yield Trouble(url, "is no sitemap, though an index of sitemaps names it")
            else:
                yield self._itself(listing)
        elif isinstance(listing, Listing) and listing.kind == "index":
            if depth == _MAX_DEPTH:
                yield Trouble(url, f"is an index of sitemaps in {depth} others")
                return
            for child in listing.items:
                if child.url != url:
                    yield from self._read(child, depth + 1)
        elif isinstance(listing, Listing):
            yield Step(self._scope.noted(self.source, listing.items))


class ListWalk:
    """A list of publications on a site's numbered pages, the newest first.

    A walk ends at a page that holds nothing but what earlier walks which ended have seen, at one on which all is
    older than `since`, or at the end of the list. A walk that is not let to its end does not count: the next one
    passes over what it has seen, and goes on where it stopped.
    """

    def __init__(self, source: str, site: SiteRules, rules: ListRules, since: dt.date | None, scope: Scope) -> None:
        self.source = source
        self._site, self._rules, self._scope = site, rules, scope
        self._manifest = scope.manifest
        self._since = since or _BEGINNING

    def steps(self) -> Iterator[Step | Trouble]:
        before = self._manifest.walked(self.source)
        is_known_that_far = before.reach is not None and before.reach <= self._since
        # Where an unfinished walk got to, until this one is there too; and how many pages further down that is now.
        resume_at, added = before.open_at, 0
        leapt_from: int | None = None
        number, last = self._rules.first_page, frozenset[str]()
        while True:
            items = self._read(number)
            if isinstance(items, Trouble):
                yield items
                return
            wanted = tuple(filter(self._scope.is_wanted, items))
            seen = self._manifest.places(self.source, [found.url for found in wanted])
            standings = {seen[found.url][1] if found.url in seen else None for found in wanted}
            if leapt_from is not None and Standing.IN_ROW not in standings:
                # So much was taken away above that what has moved up was leapt over. Back, and on step by step.
                self._manifest.break_row(self.source)
                number, added, leapt_from = leapt_from + 1, 0, None
                continue
            leapt_from = None
            urls = frozenset(found.url for found in items)
            if not urls or urls == last:
                break
            if is_known_that_far and standings == {Standing.SETTLED}:
                # From here down stands what an earlier walk has seen.
                yield Step(wanted)
                self._manifest.note_walk(self.source, Walked(before.reach))
                return
            standing = Standing.IN_ROW if resume_at is None else Standing.ABOVE
            self._manifest.note(self.source, wanted, number - added, standing, self._scope.clock.now())
            self._manifest.note_walk(
                self.source, Walked(before.reach, number - added if resume_at is None else resume_at)
            )
            yield Step(wanted)
            is_too_old = all(found.date is not None and found.date < self._since for found in items)
            if is_too_old or not self._rules.has_pages:
                break
            last = urls
            number += 1
            if resume_at is not None and standings == {Standing.IN_ROW}:
                # The unfinished walk has seen all from here to where it got to. On with that page, for some of what
                # stood on it may have been taken away since, and others moved up.
                added = max(0, number - 1 - min(place for place, _ in seen.values()))
                if resume_at + added > number:
                    leapt_from, number = number - 1, resume_at + added
                resume_at = None
        self._manifest.note_walk(self.source, Walked(self._since))

    def _read(self, number: int) -> Sequence[Found] | Trouble:
        """What stands on a page; nothing behind the last one."""
        url = self._rules.page(number)
        listing = self._scope.reader.read(url, self._parsed)
        is_first = number == self._rules.first_page
        if isinstance(listing, Failure):
            is_behind_the_end = listing.status in (404, 410) and not is_first
            return () if is_behind_the_end else Trouble(url, listing.reason)
        assert isinstance(listing, Listing), "whatever is there is read as a list"
        if is_first and not listing.items:
            return Trouble(url, "holds no publication that the rules of the site find; the site may have changed")
        return listing.items

    def _parsed(self, answer: Answer) -> tuple[str, list[Found]]:
        return "list", read_list(answer, self._site, self._rules, self._scope.clock.now().date())


def _parsed(answer: Answer) -> tuple[str, list[Found]] | None:
    """A feed, a sitemap or an index of sitemaps, by what it begins with, whatever its server calls it."""
    if answer.body.startswith(_GZIP):
        try:
            body = unpack_gzip(answer.body, _MAX_LISTING_BYTES)
        except (TooLargeError, ValueError):
            return None
        answer = Answer(answer.url, answer.status, answer.headers, body)
    match = _ROOT.match(answer.body[:8192].removeprefix(b"\xef\xbb\xbf"))
    if match is None:
        return None
    kind = _KINDS.get(match[1].lower())
    if kind is None and len(answer.body) > _MAX_FEED_BYTES:
        return None
    return ("feed", read_feed(answer)) if kind is None else (kind, read_sitemap(answer))
