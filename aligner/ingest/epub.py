"""Electronic books (.epub) → publications: the chapters in the order of their spine, through lxml."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from aligner.errors import EmptyInputError, FormatError
from aligner.ingest.draft import Block, Draft
from aligner.ingest.html_blocks import SILENT_TAGS, iter_blocks
from aligner.ingest.limits import MAX_MARKUP_BYTES
from aligner.ingest.lines import clean_line
from aligner.ingest.markup_limits import check_elements, check_tags
from aligner.ingest.package import open_package, parse_xml, read_part

__all__ = ["iter_epub"]

_CONTAINER = "META-INF/container.xml"
_PAGES = frozenset({"application/xhtml+xml", "text/html"})
# What LibreOffice, pandoc and calibre write where nobody has named the book.
_NO_TITLES = frozenset({"unknown title", "unknown", "untitled", "без названия", "атаусыз"})
_SILENT = SILENT_TAGS | {"nav"}


def iter_epub(data: bytes, source: str) -> Iterator[Draft]:
    """The book as one publication. Raises FormatError for what is broken or protected, EmptyInputError without text."""
    with open_package(data, source, "EPUB") as package:
        names = set(package.namelist())
        if "META-INF/encryption.xml" in names and "META-INF/rights.xml" in names:
            raise FormatError(source, "is protected against copying", "give an unprotected copy")
        container = parse_xml(read_part(package, _CONTAINER, source), source, _CONTAINER)
        roots = [element.get("full-path", "") for element in container.iter("{*}rootfile")]
        if not roots or roots[0] not in names:
            raise FormatError(source, "is an EPUB without contents", "save it again")
        contents = parse_xml(read_part(package, roots[0], source), source, roots[0])
        blocks: list[Block] = []
        for page in _pages(contents, roots[0]):
            if page in names:
                blocks.extend(_blocks(read_part(package, page, source), source, page))
    title = clean_line(contents.findtext(".//{http://purl.org/dc/elements/1.1/}title") or "") or None
    if title is not None and title.casefold() in _NO_TITLES:
        title = None
    language = clean_line(contents.findtext(".//{http://purl.org/dc/elements/1.1/}language") or "").lower()[:2] or None
    if not blocks:
        raise EmptyInputError(source, "is a book without text", "give one with text in it")
    if title is not None and blocks[0].text.casefold() == title.casefold():
        blocks = blocks[1:]
    yield Draft(tuple(blocks), title=title, language=language)


def _pages(contents: Any, root: str) -> list[str]:
    """The pages in reading order, each once, as names in the package."""
    items = {item.get("id"): item for item in contents.iter("{*}item")}
    folder = posixpath.dirname(root)
    pages: dict[str, None] = {}
    for reference in contents.iter("{*}itemref"):
        item = items.get(reference.get("idref"))
        if (
            item is not None
            and item.get("media-type") in _PAGES
            and "nav" not in (item.get("properties") or "").split()
        ):
            pages[posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))] = None
    return list(pages)


def _blocks(page: bytes, source: str, place: str) -> Iterator[Block]:
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    if len(page) > MAX_MARKUP_BYTES:
        raise FormatError(source, f"holds a page of {len(page):,} bytes", "split it", place)
    check_tags(page, source, place)
    try:
        tree = document_fromstring(page, parser=HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True))
    except etree.ParserError:
        return
    except etree.LxmlError as error:
        raise FormatError(source, "holds a page that can't be read", "save it again", place) from error
    check_elements(tree, source, place)
    body = tree.find("body")
    if body is not None:
        yield from iter_blocks(body, _SILENT)
