"""TMX 1.4b, read and written quickly, safely and without loss; for any pair of languages."""

from __future__ import annotations

from tmx.errors import TmxError
from tmx.inline import Content, Inline, plain_text
from tmx.limits import Limits
from tmx.reader import Reader, iter_units, read
from tmx.records import Document, Foreign, Header, Note, Prop, Skipped, TranslationUnit, Ude, Variant
from tmx.texts import iter_texts
from tmx.writer import Writer, WriteReport, write

__all__ = [
    "Content",
    "Document",
    "Foreign",
    "Header",
    "Inline",
    "Limits",
    "Note",
    "Prop",
    "Reader",
    "Skipped",
    "TmxError",
    "TranslationUnit",
    "Ude",
    "Variant",
    "WriteReport",
    "Writer",
    "iter_texts",
    "iter_units",
    "plain_text",
    "read",
    "write",
]
