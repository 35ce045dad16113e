"""Documents and lists of names as a column keeps them."""

from __future__ import annotations

import datetime as dt
import json
import zlib
from collections.abc import Iterable

from aligner.records import Document, Paragraph

__all__ = ["packed", "packed_names", "unpacked", "unpacked_names"]


def packed(document: Document) -> bytes:
    """A document without what was dropped of it, compressed."""
    record = {
        "source": document.source,
        "language": document.language,
        "part": document.part,
        "title": document.title,
        "date": document.date.isoformat() if document.date else None,
        "paragraphs": [[each.text, each.language, int(each.is_heading)] for each in document.paragraphs],
    }
    return zlib.compress(json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode())


def unpacked(data: bytes) -> Document:
    """The document that was packed."""
    record = json.loads(zlib.decompress(data))
    return Document(
        record["source"],
        record["language"],
        tuple(Paragraph(text, language, bool(is_heading)) for text, language, is_heading in record["paragraphs"]),
        record["part"],
        record["title"],
        dt.date.fromisoformat(record["date"]) if record["date"] else None,
    )


def packed_names(names: Iterable[tuple[str, str]]) -> str:
    """Pairs of texts as JSON."""
    return json.dumps(list(names), ensure_ascii=False)


def unpacked_names(data: str) -> tuple[tuple[str, str], ...]:
    """The pairs again."""
    return tuple((first, second) for first, second in json.loads(data))
