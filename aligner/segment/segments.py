"""Text and documents → segments, whose offsets lead back to every character."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from aligner.records import Document, Segment
from aligner.segment.boundaries import iter_boundaries
from aligner.segment.lexicon import load_lexicon
from aligner.segment.punkt import load_punkt

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["segment_document", "segment_text"]

_LANGUAGES: Final = ("kk", "ru")
_SPACE: Final = re.compile(r"\s")


def _iter_line(line: str, language: str, start: int, block: int) -> Iterator[Segment]:
    """Segments of one line that begins at `start` of the whole text."""
    text = line.strip()
    if not text:
        return
    start += len(line) - len(line.lstrip())
    begin = 0
    for end, following in iter_boundaries(_SPACE.sub(" ", text), load_lexicon(language), load_punkt(language)):
        yield Segment(text[begin:end], start + begin, start + end, block)
        begin = following
    yield Segment(text[begin:], start + begin, start + len(text), block)


def _known(language: str, fallback: str) -> str:
    if language in _LANGUAGES:
        return language
    return fallback if fallback in _LANGUAGES else "ru"


def segment_text(text: str, language: str) -> list[Segment]:
    """Split bare text into sentences, headlines and list items.

    A line break of any kind that `str.splitlines` knows ends a segment; `block` is the line's 0-based index. Segments
    come in order, don't overlap, have no outer white space, and only white space stands between them. `language` is
    `kk` or `ru`; any other is cut by the Russian rules.
    """
    segments: list[Segment] = []
    start = 0
    for block, line in enumerate(text.splitlines(keepends=True)):
        segments.extend(_iter_line(line, _known(language, "ru"), start, block))
        start += len(line)
    return segments


def segment_document(document: Document) -> list[Segment]:
    """Split a document; offsets count in `document.text`, `block` in `document.blocks`.

    Each block is cut in its own language, or in the document's where its own is neither Kazakh nor Russian.
    """
    segments: list[Segment] = []
    start = 0
    for block, paragraph in enumerate(document.blocks):
        segments.extend(_iter_line(paragraph.text, _known(paragraph.language, document.language), start, block))
        start += len(paragraph.text) + 1
    return segments
