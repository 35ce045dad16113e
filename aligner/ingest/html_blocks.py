"""The text of an HTML element, cut where a browser would begin a new line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from aligner.ingest.draft import Block
from aligner.ingest.lines import clean_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["FRAME_TAGS", "SILENT_TAGS", "iter_blocks", "text_of"]

_HEADING_TAGS = "h1 h2 h3 h4 h5 h6"
_BLOCK_TAGS = (
    "address article aside blockquote body caption dd details div dl dt fieldset figure footer form header hr legend"
    " li main nav ol option p pre section summary table tbody td tfoot th thead tr ul"
)
_TAGS_WITHOUT_TEXT = (
    "audio button canvas datalist figcaption form head iframe img input map math noscript object script select style"
    " svg template textarea title video"
)
# The names that trafilatura gives to the elements of what it extracts; its `head` is a heading.
_EXTRACTED_BLOCK_TAGS = "cell item list quote row"

_HEADINGS = frozenset((*_HEADING_TAGS.split(), "head"))
_BLOCKS = frozenset((*_BLOCK_TAGS.split(), *_EXTRACTED_BLOCK_TAGS.split(), *_HEADINGS))
_BREAKS = frozenset({"br", "lb"})

SILENT_TAGS = frozenset(_TAGS_WITHOUT_TEXT.split())
FRAME_TAGS = frozenset({"aside", "footer", "header", "nav"})


def iter_blocks(root: HtmlElement, silent: frozenset[str] = SILENT_TAGS) -> Iterator[Block]:
    """The clean text under `root`, cut at block elements and line breaks; `silent` elements show none."""
    pieces: list[str] = []
    headings_open = 0
    # An explicit stack: pages with thousands of nested elements exist.
    stack: list[tuple[HtmlElement, bool]] = [(root, False)]
    while stack:
        element, is_left = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        is_silent = not tag or (tag in silent and element is not root)
        if tag in _BLOCKS or tag in _BREAKS:
            text = clean_line("".join(pieces))
            pieces.clear()
            if text:
                yield Block(text, headings_open > 0)
        if is_left:
            headings_open -= tag in _HEADINGS and not is_silent
            if element is not root and element.tail:
                pieces.append(element.tail)
            continue
        stack.append((element, True))
        if not is_silent:
            headings_open += tag in _HEADINGS
            if element.text:
                pieces.append(element.text)
            stack.extend((child, False) for child in reversed(element))
    text = clean_line("".join(pieces))
    if text:
        yield Block(text, headings_open > 0)


def text_of(element: HtmlElement) -> str:
    """The clean text under `element` in one line."""
    return " ".join(block.text for block in iter_blocks(element))
