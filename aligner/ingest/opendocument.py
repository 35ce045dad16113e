"""OpenDocument texts (.odt of LibreOffice) → publications, through lxml."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from aligner.errors import EmptyInputError, FormatError
from aligner.ingest.assemble import draft_from_blocks
from aligner.ingest.draft import Block, Draft
from aligner.ingest.lines import clean_line
from aligner.ingest.package import open_package, parse_xml, read_part

__all__ = ["iter_odt"]

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_BLOCKS = frozenset({f"{_TEXT}p", f"{_TEXT}h"})
_SILENT = frozenset(
    {
        f"{_TEXT}tracked-changes",
        f"{_TEXT}table-of-content",
        f"{_TEXT}bibliography",
        f"{_TEXT}alphabetical-index",
        f"{_TEXT}note-citation",
        f"{_TEXT}bookmark",
        f"{_OFFICE}annotation",
        f"{_OFFICE}forms",
    }
)
_HEADING_STYLES = ("Title", "Subtitle", "Heading")


def iter_odt(data: bytes, source: str) -> Iterator[Draft]:
    """The publication in an OpenDocument text: paragraphs, lists and tables in document order, then the notes.

    Deleted text, comments, tables of contents, headers and footers are left out. Raises FormatError for what is
    broken, encrypted or a bomb, EmptyInputError for one without text.
    """
    with open_package(data, source, "OpenDocument text") as package:
        root = parse_xml(read_part(package, "content.xml", source), source, "content.xml")
    body = root.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise FormatError(source, "is no OpenDocument text", "save it as .odt or .docx")
    headings = _heading_styles(root)
    notes = list(body.iter(f"{_TEXT}note"))
    blocks = list(_iter_blocks(body, headings))
    for note in notes:
        blocks.extend(block for part in note.iter(f"{_TEXT}note-body") for block in _iter_blocks(part, headings))
    if not blocks:
        raise EmptyInputError(source, "holds no text", "give a document with text in it")
    yield draft_from_blocks(blocks)


def _heading_styles(root: Any) -> frozenset[str]:
    """The names of the automatic styles whose parent is a title or a heading."""
    return frozenset(
        style.get(f"{_STYLE}name", "")
        for style in root.iter(f"{_STYLE}style")
        if style.get(f"{_STYLE}parent-style-name", "").startswith(_HEADING_STYLES)
    )


def _iter_blocks(root: Any, headings: frozenset[str]) -> Iterator[Block]:
    stack = list(reversed(root))
    while stack:
        element = stack.pop()
        tag = element.tag
        if tag in _SILENT or tag == f"{_TEXT}note":
            continue
        if tag in _BLOCKS:
            style = element.get(f"{_TEXT}style-name", "")
            is_heading = tag == f"{_TEXT}h" or style in headings or style.startswith(_HEADING_STYLES)
            framed: list[Any] = []
            for line in "".join(_pieces(element, framed)).split("\n"):
                text = clean_line(line)
                if text:
                    yield Block(text, is_heading)
            stack.extend(reversed(framed))
        else:
            stack.extend(reversed(element))


def _pieces(paragraph: Any, framed: list[Any]) -> Iterator[str]:
    """The text of a paragraph; the text boxes anchored in it are put into `framed`."""
    stack: list[tuple[Any, bool]] = [(paragraph, False)]
    while stack:
        element, is_left = stack.pop()
        tag = element.tag
        if is_left:
            if element is not paragraph:
                yield element.tail or ""
            continue
        stack.append((element, True))
        if tag in _SILENT or tag == f"{_TEXT}note":
            continue
        if tag in _BLOCKS and element is not paragraph:
            framed.append(element)
        elif tag in (f"{_TEXT}s", f"{_TEXT}tab"):
            yield " "
        elif tag == f"{_TEXT}line-break":
            yield "\n"
        else:
            yield element.text or ""
            stack.extend((child, False) for child in reversed(element))
