"""Pages as trees, for the links and dates in them. Their texts are read elsewhere."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["links_at", "parse_page"]

logger = logging.getLogger(__name__)

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


def parse_page(body: bytes, content_type: str) -> HtmlElement | None:
    """The tree of a page, or None where it holds no markup at all."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    text = _text(body, content_type)
    encoding = None if text is None else "utf-8"
    content = body if text is None else text.encode("utf-8", "replace")
    parser = HTMLParser(encoding=encoding, remove_comments=True, remove_pis=True)
    try:
        # libxml2 takes a zero byte for the end of the page.
        return document_fromstring(content.replace(b"\x00", b" "), parser=parser)
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


def _text(body: bytes, content_type: str) -> str | None:
    """The page in the encoding that its server names, or in UTF-8 if that fits; None leaves it to the page itself."""
    match = _CHARSET.search(content_type)
    if match is not None:
        try:
            return body.decode(match[1], "replace")
        except (LookupError, ValueError):
            # Some names are not those of encodings of text.
            logger.debug("no encoding: %s", match[1])
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return None
