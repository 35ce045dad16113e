"""Plain text files: every line that is not empty is a paragraph."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

from aligner.errors import EmptyInputError
from aligner.ingest.decode import decode_text
from aligner.ingest.draft import Draft
from aligner.ingest.dump import iter_publications
from aligner.ingest.lines import clean_line, split_lines
from aligner.ingest.source import read_bytes

__all__ = ["iter_plain", "read_text", "read_text_lines"]


def read_text(path: Path) -> str:
    """The text of the file `path` in NFC, its encoding detected; line ends are left as they are.

    Raises the InputErrors of `read_bytes` and `decode_text`.
    """
    return unicodedata.normalize("NFC", decode_text(read_bytes(path), str(path)))


def read_text_lines(path: Path) -> list[str]:
    """The lines of the file `path`, each one segment: never split, joined, trimmed or passed over.

    Lines end at LF, CR LF or CR; a final line end opens no further line; blank lines count. Text is NFC.
    Raises the InputErrors of `read_bytes` and `decode_text`, and FormatError at a line that is too long.
    """
    text = decode_text(read_bytes(path), str(path))
    return [unicodedata.normalize("NFC", line) for line in split_lines(text, str(path))]


def iter_plain(data: bytes, source: str) -> Iterator[Draft]:
    """The publications in a plain text: one, or the many of a dump."""
    lines = [clean_line(line) for line in split_lines(decode_text(data, source), source)]
    if not any(line.strip("/") for line in lines):
        raise EmptyInputError(source, "holds no text", "give a file with text in it")
    yield from iter_publications(lines)
