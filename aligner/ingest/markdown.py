"""Markdown → plain text, through the tokens of markdown-it-py."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from aligner.dates import find_date
from aligner.errors import EmptyInputError
from aligner.ingest.assemble import draft_from_blocks
from aligner.ingest.decode import decode_text
from aligner.ingest.draft import Block, Draft
from aligner.ingest.lines import clean_line, split_lines

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["iter_markdown"]

_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?P<head>(?:.*\r?\n){0,60}?)---[ \t]*(?:\r?\n|$)")
_FIELD = re.compile(r"^(?P<key>title|date)\s*:\s*[\"']?(?P<value>.*?)[\"']?\s*$", re.IGNORECASE | re.MULTILINE)
_TAG = re.compile(r"<!--.*?-->|<(?:script|style)\b.*?</(?:script|style)>|<[^>]*>", re.DOTALL | re.IGNORECASE)

_LINE_BREAK = re.compile(r"<br\b", re.IGNORECASE)


def iter_markdown(data: bytes, source: str) -> Iterator[Draft]:
    """The publication in a Markdown file; a leading block of `title:` and `date:` fields is understood.

    Raises EmptyInputError where no text is left.
    """
    from markdown_it import MarkdownIt

    text = decode_text(data, source)
    split_lines(text, source)
    fields: dict[str, str] = {}
    front = _FRONT_MATTER.match(text)
    if front is not None:
        fields = {match["key"].lower(): match["value"] for match in _FIELD.finditer(front["head"])}
        text = text[front.end() :]
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    blocks = [block for block in _blocks(tokens) if block.text]
    title = clean_line(fields.get("title", "")) or None
    if not blocks and title is None:
        raise EmptyInputError(source, "holds no text", "give a file with text in it")
    yield draft_from_blocks(blocks, title=title, date=find_date(fields.get("date", "")))


def _blocks(tokens: list[Token]) -> Iterator[Block]:
    heading = False
    for token in tokens:
        if token.type == "heading_open":
            heading = True
        elif token.type == "heading_close":
            heading = False
        elif token.type == "inline":
            for line in _inline_text(token.children or []).split("\n"):
                yield Block(clean_line(line), heading)
        elif token.type in ("fence", "code_block"):
            for line in token.content.split("\n"):
                yield Block(clean_line(line))
        elif token.type == "html_block":
            for line in _TAG.sub("\n", token.content).split("\n"):
                yield Block(clean_line(line))


def _inline_text(children: list[Token]) -> str:
    """The text of inline tokens; pictures have none, and a hard break is a line feed."""
    pieces = []
    for token in children:
        if token.type in ("text", "code_inline", "text_special"):
            pieces.append(token.content)
        elif token.type == "softbreak":
            pieces.append(" ")
        elif token.type == "hardbreak" or (token.type == "html_inline" and _LINE_BREAK.match(token.content)):
            pieces.append("\n")
    return "".join(pieces)
