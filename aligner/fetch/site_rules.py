"""The rules of a site as data: where its lists are, what on them is a publication, where its other version is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aligner.errors import FormatError, MissingInputError, OptionError
from aligner.fetch.addresses import web_address, without_query

__all__ = ["ListRules", "SiteRules", "known_sites", "parse_rules", "read_rules", "rules_named"]

_PAGE = "{page}"
_MARK = "qostilpagenumber"
_SITE_KEYS = {"name", "title", "hosts", "pause_s", "pages", "languages", "lists", "counterparts", "versions"}
_LIST_KEYS = {"address", "first_page", "links", "date", "language"}


@dataclass(frozen=True, slots=True)
class ListRules:
    """A list of publications, the newest first, on numbered pages.

    `address` holds `{page}` where it has several pages. `links` finds the links to publications, as XPath; `date`
    finds the date of one, from its link on.
    """

    address: str
    first_page: int
    links: str
    date: str | None
    language: str | None

    def page(self, number: int) -> str:
        """The address of the page with this number, normalised."""
        found = web_address(self.address.replace(_PAGE, str(number)))
        assert found is not None, "addresses are checked when rules are read"
        return found

    @property
    def has_pages(self) -> bool:
        return _PAGE in self.address

    def is_at(self, url: str) -> bool:
        """Whether `url` is a page of this list, or its address without a number."""
        marked = web_address(self.address.replace(_PAGE, _MARK)) or ""
        is_numbered = re.fullmatch(re.escape(marked).replace(_MARK, r"\d+"), url) is not None
        return is_numbered or url == without_query(self.page(self.first_page))


@dataclass(frozen=True, slots=True)
class SiteRules:
    """What is known of a site.

    `pages` is a regular expression that the address of a publication has in it. `languages` tells languages by the
    first folder of an address. `counterparts` finds the links to a page's other version, as XPath; `versions` are
    the parts of an address by which the Kazakh and the Russian version of a page differ, where nothing else does.
    """

    name: str
    title: str
    hosts: tuple[str, ...]
    pause_s: float
    pages: str | None
    languages: Mapping[str, str]
    lists: tuple[ListRules, ...]
    counterparts: str | None
    versions: tuple[str, str] | None

    def owns(self, url: str) -> bool:
        return urlsplit(url).netloc.lower() in self.hosts

    def is_publication(self, url: str) -> bool:
        """Whether `url` is one of the site's publications, as far as its form tells."""
        return self.owns(url) and (self.pages is None or re.search(self.pages, url) is not None)

    def language_of(self, url: str) -> str | None:
        """The language that the first folder of `url` stands for, or None."""
        return self.languages.get(urlsplit(url).path.strip("/").partition("/")[0])


@cache
def known_sites() -> Mapping[str, SiteRules]:
    """The sites whose rules come with Qostil, by name."""
    folder = resources.files("aligner.fetch") / "sites"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    found = [parse_rules(file.read_text(encoding="utf-8"), file.name) for file in files]
    return {rules.name: rules for rules in found}


def rules_named(name: str) -> SiteRules:
    """The rules of a site that Qostil knows. Raises OptionError where it does not."""
    rules = known_sites().get(name)
    if rules is None:
        raise OptionError(f"no site is known as {name}; there are: {', '.join(known_sites())}; give --rules for others")
    return rules


def read_rules(path: Path) -> SiteRules:
    """The rules in a TOML file. Raises MissingInputError and FormatError."""
    try:
        text = path.read_text(encoding="utf-8")
    except (FileNotFoundError, IsADirectoryError):
        raise MissingInputError(str(path), "no such file", "check the path") from None
    except (OSError, UnicodeDecodeError) as error:
        raise FormatError(str(path), f"can't be read: {error}", "give a TOML file in UTF-8") from error
    return parse_rules(text, str(path))


def parse_rules(text: str, source: str) -> SiteRules:
    """The rules in a TOML text. Raises FormatError, which names the entry that is wrong."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FormatError(source, f"is no TOML: {error}", "see docs/fetching.md") from error
    entry = _Entry(source, table, "", _SITE_KEYS)
    versions = entry.table_of_texts("versions")
    if versions and set(versions) != {"kk", "ru"}:
        raise entry.wrong("versions", "needs kk and ru")
    languages = entry.table_of_texts("languages")
    rules = SiteRules(
        name=entry.text("name"),
        title=entry.text("title", ""),
        hosts=tuple(host.lower() for host in entry.texts("hosts")),
        pause_s=entry.number("pause_s", 0.0),
        pages=entry.pattern("pages"),
        languages=languages,
        lists=tuple(_list_rules(entry, number, each) for number, each in enumerate(entry.tables("lists"), start=1)),
        counterparts=entry.path("counterparts"),
        versions=(versions["kk"], versions["ru"]) if versions else None,
    )
    if not rules.hosts:
        raise entry.wrong("hosts", "names no host")
    for each in rules.lists:
        if not rules.owns(each.page(1)):
            raise entry.wrong("lists", f"has an address on a host that is not among hosts: {each.address}")
    return rules


def _list_rules(site: _Entry, number: int, table: Mapping[str, Any]) -> ListRules:
    entry = _Entry(site.source, table, f"lists, number {number}: ", _LIST_KEYS)
    address = entry.text("address")
    if web_address(address.replace(_PAGE, "1")) is None or "{" in address.replace(_PAGE, ""):
        raise entry.wrong("address", "is no web address")
    first = entry.number("first_page", 1.0)
    language = entry.text("language", "")
    if language not in ("", "kk", "ru"):
        raise entry.wrong("language", "is not kk or ru")
    links = entry.path("links")
    if links is None:
        raise entry.wrong("links", "is missing")
    return ListRules(address, int(first), links, entry.path("date"), language or None)


class _Entry:
    """A table of a rules file, read with complaints that name the place."""

    def __init__(self, source: str, table: Mapping[str, Any], place: str, known: set[str]) -> None:
        self.source = source
        self._table, self._place = table, place
        for key in table:
            if key not in known:
                raise self.wrong(key, f"is unknown; there are: {', '.join(sorted(known))}")

    def wrong(self, key: str, problem: str) -> FormatError:
        return FormatError(self.source, f"{self._place}{key} {problem}", "see docs/fetching.md")

    def text(self, key: str, default: str | None = None) -> str:
        value = self._table.get(key, default)
        if value is None:
            raise self.wrong(key, "is missing")
        if not isinstance(value, str):
            raise self.wrong(key, "is no text")
        return value

    def number(self, key: str, default: float) -> float:
        value = self._table.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e6:
            raise self.wrong(key, "is no number, or below zero")
        return float(value)

    def texts(self, key: str) -> Iterator[str]:
        for value in self._many(key, list):
            if not isinstance(value, str):
                raise self.wrong(key, "is no list of texts")
            yield value

    def tables(self, key: str) -> Iterator[Mapping[str, Any]]:
        for value in self._many(key, list):
            if not isinstance(value, dict):
                raise self.wrong(key, "is no list of tables; write [[lists]]")
            yield value

    def table_of_texts(self, key: str) -> dict[str, str]:
        value = self._many(key, dict)
        if not all(isinstance(each, str) and each for each in value.values()):
            raise self.wrong(key, "has an entry that is no text")
        return dict(value)

    def pattern(self, key: str) -> str | None:
        value = self.text(key, "")
        try:
            re.compile(value)
        except re.error as error:
            raise self.wrong(key, f"is no regular expression: {error}") from error
        return value or None

    def path(self, key: str) -> str | None:
        from lxml import etree

        value = self.text(key, "")
        try:
            if value and not isinstance(etree.XPath(value)(etree.Element("html")), list):
                raise self.wrong(key, "is an XPath that finds no elements")
        except etree.XPathError as error:
            raise self.wrong(key, f"is no XPath: {error}") from error
        return value or None

    def _many(self, key: str, kind: type) -> Any:
        value = self._table.get(key, kind())
        if not isinstance(value, kind):
            raise self.wrong(key, "is of the wrong kind")
        return value
