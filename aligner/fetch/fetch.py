"""The parts of a fetch put together: sources, folder and settings → pages in the folder, and a report."""

from __future__ import annotations

import importlib
import math
import random
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from aligner.errors import FetchError, FormatError, MissingExtraError, OptionError
from aligner.fetch.addresses import host_of, web_address
from aligner.fetch.client import Client
from aligner.fetch.clock import Clock, SystemClock
from aligner.fetch.crawl import Crawl, FetchReport, Progress, wanted_by
from aligner.fetch.manifest import FILE_NAME, Manifest, Page
from aligner.fetch.polite import Turns
from aligner.fetch.proxies import proxies_of_environment
from aligner.fetch.records import Settings
from aligner.fetch.site_rules import SiteRules, known_sites
from aligner.fetch.stores import FileStore, Store
from aligner.fetch.visitor import Visitor
from aligner.fetch.walks import AddressWalk, FileWalk, ListReader, ListWalk, Scope, Walk
from aligner.fetch.warc_store import WarcStore
from aligner.ingest import read_text_lines

__all__ = ["AddressFile", "Source", "fetch", "headers_for", "pages_in", "read_addresses"]

_NEEDED = ("feedparser", "protego", "truststore", "urllib3")
_MAIL = re.compile(r"[^@\s<>\"(),:;]+@[^@\s<>\"(),:;]+\.[^@\s<>\"(),:;.]{2,}")
_HOW = "such as --contact name@example.kz; sites that you visit can then tell you if something is wrong"


@dataclass(frozen=True, slots=True)
class AddressFile:
    """A file of web addresses, and what stands in it."""

    path: Path
    urls: tuple[str, ...]


Source = str | AddressFile | SiteRules
"""What to fetch: the address of a feed, a sitemap, a list of a known site or a page; a file of addresses; or all the
lists of a site."""


def fetch(
    sources: Sequence[Source],
    folder: Path,
    settings: Settings,
    sites: Sequence[SiteRules] = (),
    progress: Progress | None = None,
    clock: Clock | None = None,
    chance: Callable[[], float] = random.random,
) -> FetchReport:
    """Fetch what is new or has changed in `sources` into `folder`, and write down in its manifest what came of it.

    `sites` are rules beside those that come with Qostil; all lists of such a site are walked, unless `sources` names
    an address on it. A run that was killed is gone on with by the next one.
    Sites are spoken to through the proxies that the environment names.
    Raises OptionError for settings that can't be used, such as no contact; FetchError where another run holds the
    folder, or where none of the sources could be read; OutputError where a page can't be written; MissingExtraError.
    """
    headers = headers_for(settings.contact)
    _check(settings)
    _load_extra(settings)
    clock = clock or SystemClock()
    given = [source for source in sources if isinstance(source, SiteRules)]
    site_of = _finder([*given, *sites, *known_sites().values()])
    addresses: list[Source] = [_address(source) if isinstance(source, str) else source for source in sources]
    named = [source for source in addresses if isinstance(source, str)]
    addresses += [site for site in sites if not any(map(site.owns, named))]
    if not addresses:
        raise OptionError("say what to fetch: an address, a file of addresses, or the name of a site")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FetchError(f"{folder}: can't be made: {error.strerror}; name another folder") from error
    client = Client(headers, frozenset(_named_hosts(addresses)), proxy_of=proxies_of_environment())
    with Manifest(folder) as manifest, closing(client):
        turns = Turns(clock, settings.pause_s)
        visitor = Visitor(client, turns, manifest, clock, chance)
        scope = Scope(ListReader(visitor, manifest, clock), manifest, clock, wanted_by(settings, site_of))
        walks = list(_walks(addresses, settings, site_of, scope))
        for site in (site_of(each) for each in _all_addresses(addresses)):
            if site is not None:
                for address in (f"{scheme}://{host}/" for host in site.hosts for scheme in ("http", "https")):
                    turns.ask_for_pause(host_of(address), site.pause_s)
        store: Store = FileStore(folder)
        if settings.is_warc:
            store = WarcStore(folder, manifest, clock, headers["User-Agent"])
        try:
            report = Crawl(folder, settings, manifest, visitor, store, clock, site_of, progress).run(walks)
        except sqlite3.Error as error:
            raise FetchError(f"{folder / FILE_NAME}: can't be kept: {error}; look at its disk") from error
        report.lists = scope.reader.reads
    _refuse_nothing(report)
    return report


def pages_in(folder: Path) -> list[Page]:
    """What the manifest of `folder` knows, by address. Raises FetchError where there is none."""
    if not (folder / FILE_NAME).is_file():
        raise FetchError(f"{folder}: nothing was fetched into it; name the folder that you gave with -o")
    with Manifest(folder) as manifest:
        return list(manifest.pages())


def read_addresses(path: Path) -> AddressFile:
    """The web addresses in a text file: one or more a line, each once; `#` begins a comment.

    Raises FormatError at what is no address, and the InputErrors of reading a file.
    """
    urls: dict[str, None] = {}
    for number, line in enumerate(read_text_lines(path), start=1):
        for word in re.sub(r"(?:^|\s)#.*", "", line).split():
            url = web_address(word)
            if url is None:
                raise FormatError(
                    str(path), f"{word[:80]} is no web address", "begin it with https://", f"line {number}"
                )
            urls[url] = None
    if not urls:
        raise FormatError(str(path), "holds no web address", "give one a line")
    return AddressFile(path, tuple(urls))


def headers_for(contact: str) -> dict[str, str]:
    """By what we say who we are. Raises OptionError where `contact` is neither an e-mail address nor a web page."""
    contact = contact.strip()
    agent = f"qostil/{version('qostil')}"
    accept = {"Accept": "text/html, application/xhtml+xml, */*;q=0.5"}
    if _MAIL.fullmatch(contact) and contact.isascii():
        return {"User-Agent": f"{agent} (+mailto:{contact})", "From": contact, **accept}
    page = web_address(contact)
    if page is not None:
        return {"User-Agent": f"{agent} (+{page})", **accept}
    if not contact:
        raise OptionError(f"say who fetches: an e-mail address or a web page, {_HOW}")
    raise OptionError(f"{contact!r} is neither an e-mail address nor a web page; give one, {_HOW}")


def _check(settings: Settings) -> None:
    for value, name in ((settings.pause_s, "pause"), (settings.recheck_days, "recheck")):
        if not (math.isfinite(value) and value >= 0):
            raise OptionError(f"the {name} must be a number of 0 or more")
    if settings.versions is not None and ("" in settings.versions or settings.versions[0] == settings.versions[1]):
        raise OptionError("the parts of an address that tell the versions apart must differ, such as /kz/=/ru/")
    try:
        re.compile(settings.match or "")
    except re.error as error:
        raise OptionError(f"{settings.match!r} is no regular expression: {error}") from error


def _load_extra(settings: Settings) -> None:
    for module in (*_NEEDED, *(("warcio",) if settings.is_warc else ())):
        try:
            importlib.import_module(module)
        except ImportError as error:
            raise MissingExtraError(f"fetching needs {module}: pip install 'qostil[fetch]'") from error


def _address(source: str) -> str:
    url = web_address(source)
    if url is None:
        raise OptionError(f"{source} is no web address; begin it with https://")
    return url


def _finder(sites: Sequence[SiteRules]) -> Callable[[str], SiteRules | None]:
    by_host: dict[str, SiteRules] = {}
    for site in sites:
        for host in site.hosts:
            by_host.setdefault(host, site)
    return lambda url: by_host.get(url.split("/")[2])


def _walks(
    sources: Sequence[Source], settings: Settings, site_of: Callable[[str], SiteRules | None], scope: Scope
) -> Iterator[Walk]:
    # With another `match`, other pages of a list are wanted, so that what was seen of it says nothing.
    mark = f" {settings.match}" if settings.match else ""
    for source in sources:
        if isinstance(source, SiteRules):
            for rules in source.lists:
                yield ListWalk(f"{rules.address}{mark}", source, rules, settings.since, scope)
        elif isinstance(source, AddressFile):
            yield FileWalk(str(source.path), source.urls, scope)
        else:
            site = site_of(source)
            lists = [] if site is None else [rules for rules in site.lists if rules.is_at(source)]
            if site is not None and lists:
                yield ListWalk(f"{lists[0].address}{mark}", site, lists[0], settings.since, scope)
            else:
                yield AddressWalk(source, scope)


def _all_addresses(sources: Sequence[Source]) -> Iterator[str]:
    for source in sources:
        if isinstance(source, SiteRules):
            yield from (rules.page(1) for rules in source.lists)
        elif isinstance(source, AddressFile):
            yield from source.urls
        else:
            yield source


def _named_hosts(sources: Sequence[Source]) -> set[str]:
    return {host_of(url) for url in _all_addresses(sources)}


def _refuse_nothing(report: FetchReport) -> None:
    """Where nothing at all could be had, that is an error, not a result."""
    had = report.lists + report.new + report.changed + report.unchanged + report.known + len(report.skipped)
    wrong = [*report.troubles, *report.left_alone.items(), *report.failed]
    if had or not wrong:
        return
    (place, reason), *more = wrong
    raise FetchError(f"nothing could be fetched: {place}: {reason}" + (f" (and {len(more)} more)" if more else ""))
