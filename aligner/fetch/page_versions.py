"""Where a page says its version in the other language is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aligner.fetch.addresses import web_address
from aligner.fetch.markup import links_at
from aligner.fetch.records import Answer, Found
from aligner.fetch.site_rules import SiteRules

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["find_versions", "language_of_code", "other_version"]

# `kz` is the country's code; half of the sites use it for the language.
_LANGUAGES = {"kk": "kk", "kz": "kk", "kaz": "kk", "ru": "ru", "rus": "ru"}
_LINK_HEADER = re.compile(r"<([^<>]{1,2000})>((?:\s*;\s*[\w*]+\s*=\s*(?:\"[^\"]{0,200}\"|[^\s;,\"]{0,200}))*)")
_PARAMETER = re.compile(r"([\w*]+)\s*=\s*\"?([^\";]*)")


def find_versions(
    answer: Answer, tree: HtmlElement | None, site: SiteRules | None, versions: tuple[str, str] | None
) -> list[Found]:
    """The Kazakh and Russian versions of a page that it names, without itself: those that the rules of its site find,
    those of `hreflang` in its head and in the answer's Link header, and that which `versions` make of its address."""
    found: dict[str, Found] = {}
    for each in _named(answer, tree, site, versions):
        if each.url != answer.url and not _is_front_page(each.url, answer.url):
            found.setdefault(each.url, each)
    return list(found.values())


def other_version(url: str, versions: tuple[str, str]) -> Found | None:
    """The address of the other version where the two differ by a part of the address, or None where it has neither."""
    parts = urlsplit(url)
    start = f"{parts.scheme}://{parts.netloc}"
    rest = url[len(start) :]
    for own, other, language in ((*versions, "ru"), (*reversed(versions), "kk")):
        if own in rest:
            changed = web_address(start + rest.replace(own, other, 1))
            return None if changed is None else Found(changed, language=language)
    return None


def language_of_code(code: str) -> str | None:
    """The language that a code such as `kk-KZ` or `kz` stands for, or None where it is neither of the two."""
    return _LANGUAGES.get(re.split("[-_]", code.strip().lower())[0])


def _named(
    answer: Answer, tree: HtmlElement | None, site: SiteRules | None, versions: tuple[str, str] | None
) -> Iterator[Found]:
    if tree is not None and site is not None and site.counterparts is not None:
        for href, _ in links_at(tree, site.counterparts):
            url = web_address(href, answer.url)
            if url is not None and site.is_publication(url):
                yield Found(url, language=site.language_of(url))
    stated = [] if tree is None else _in_head(tree)
    for href, code in (*stated, *_in_header(answer.headers.get("link", ""))):
        url, language = web_address(href, answer.url), language_of_code(code)
        if url is not None and language is not None:
            yield Found(url, language=language)
    pattern = versions or (site.versions if site is not None else None)
    other = other_version(answer.url, pattern) if pattern is not None else None
    if other is not None:
        yield other


def _in_head(tree: HtmlElement) -> list[tuple[str, str]]:
    return [
        (link.get("href") or "", link.get("hreflang") or "")
        for link in tree.iter("link")
        if "alternate" in (link.get("rel") or "").lower().split() and link.get("hreflang")
    ]


def _in_header(header: str) -> list[tuple[str, str]]:
    """RFC 8288: `<address>; rel="alternate"; hreflang="ru", …`."""
    found = []
    for match in _LINK_HEADER.finditer(header):
        parameters = {name.lower(): value.strip() for name, value in _PARAMETER.findall(match[2])}
        if "alternate" in parameters.get("rel", "").lower().split() and "hreflang" in parameters:
            found.append((match[1], parameters["hreflang"]))
    return found


def _is_front_page(url: str, of: str) -> bool:
    """Whether `url` leads to the front page of its language: what sites name where there is no other version."""
    folders, own = (urlsplit(each).path.strip("/").split("/") for each in (url, of))
    return len(folders) <= 1 < len(own) and not urlsplit(url).query
