"""Pages as trees, for the links and dates in them. Their texts are read elsewhere."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["links_at", "parse_page"]

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


def parse_page(body: bytes, content_type: str) -> HtmlElement | None:
    """The tree of a page, or None where it holds no markup at all."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding=_encoding(body, content_type), remove_comments=True, remove_pis=True)
    try:
        # libxml2 takes a zero byte for the end of the page.
        return document_fromstring(body.replace(b"\x00", b" "), parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def links_at(tree: HtmlElement, path: str) -> list[tuple[str, HtmlElement | None]]:
    """What the XPath finds as addresses: those of links, with the link, or texts of attributes."""
    found: list[tuple[str, HtmlElement | None]] = []
    for each in tree.xpath(path):
        if isinstance(each, str):
            found.append((str(each), None))
        elif each.get("href"):
            found.append((each.get("href"), each))
    return found


def _encoding(body: bytes, content_type: str) -> str | None:
    """The encoding that the server names, or UTF-8 where it fits; None leaves it to what the page says."""
    match = _CHARSET.search(content_type)
    if match is not None:
        try:
            return codecs.lookup(match[1]).name
        except LookupError:
            pass
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"
