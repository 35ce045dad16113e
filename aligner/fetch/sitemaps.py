"""Sitemaps and indexes of sitemaps (https://www.sitemaps.org/protocol.html) → the addresses in them."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

from aligner.fetch.addresses import web_address
from aligner.fetch.page_versions import language_of_code
from aligner.fetch.records import Answer, Found

__all__ = ["read_sitemap"]

# The protocol allows 50,000; some sites don't count.
_MOST_ADDRESSES = 200_000
_XHTML_LINK = "{http://www.w3.org/1999/xhtml}link"


def read_sitemap(answer: Answer) -> list[Found]:
    """The pages that a sitemap names, or the sitemaps that an index names, each once, in its order.

    Versions in other languages that stand beside a page (`xhtml:link`) are pages, too, if they are Kazakh or Russian.
    A broken sitemap is read as far as it can be.
    """
    found: dict[str, Found] = {}
    for each in _entries(answer):
        known = found.get(each.url)
        if known is None or known.language is None:
            found[each.url] = each
        if len(found) == _MOST_ADDRESSES:
            break
    return list(found.values())


def _entries(answer: Answer) -> Iterator[Found]:
    from lxml import etree

    entries = etree.iterparse(
        io.BytesIO(answer.body.lstrip()),
        tag=("{*}url", "{*}sitemap"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
    )
    try:
        for _, entry in entries:
            yield from _entry(entry, answer.url)
            entry.clear()
    except etree.XMLSyntaxError:
        return


def _entry(entry: Any, base: str) -> Iterator[Found]:
    texts: dict[str, str] = {}
    for child in entry.iter("{*}loc", "{*}lastmod", "{*}publication_date"):
        texts.setdefault(child.tag.rpartition("}")[2], (child.text or "").strip())
    url = web_address(texts.get("loc", ""), base)
    if url is None:
        return
    modified = _time(texts.get("lastmod", ""))
    published = _time(texts.get("publication_date", ""))
    date = published.date() if published else None
    yield Found(url, date, modified)
    for link in entry.iter(_XHTML_LINK):
        version = web_address(link.get("href") or "", base)
        language = language_of_code(link.get("hreflang") or "")
        if version is not None and language is not None:
            yield Found(version, date, modified, language)


def _time(text: str) -> dt.datetime | None:
    """A W3C date and time (https://www.w3.org/TR/NOTE-datetime); a bare day is its last second, for it may have been
    changed at any time of it."""
    try:
        if len(text) <= 10:
            day = dt.date.fromisoformat(text)
            return dt.datetime.combine(day, dt.time(23, 59, 59), dt.UTC)
        found = dt.datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return None
