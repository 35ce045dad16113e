"""Plain text files: every line that is not empty is a paragraph, or a row where tabs cut all of them alike."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

from aligner.errors import EmptyInputError, FormatError
from aligner.ingest.bilingual import draft_from_rows
from aligner.ingest.decode import decode_text
from aligner.ingest.draft import AlignedDraft, Draft
from aligner.ingest.dump import iter_publications
from aligner.ingest.lines import clean_line, split_lines
from aligner.ingest.source import read_bytes
from aligner.ingest.tables import OWN_RESULT, is_own_result
from aligner.ingest.wrapped import unwrapped

__all__ = ["iter_plain", "read_text", "read_text_lines"]

_FEWEST_ROWS = 3
_SAMPLED_LINES = 1_000


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


def iter_plain(data: bytes, source: str) -> Iterator[Draft | AlignedDraft]:
    """The publications in a plain text: one, or the many of a dump; or the pairs, where it is a table by its tabs."""
    raw = split_lines(decode_text(data, source), source)
    table = _table_in(raw, source)
    if table is not None:
        yield table
        return
    lines = [clean_line(line) for line in unwrapped(raw)]
    if not any(line.strip("/") for line in lines):
        raise EmptyInputError(source, "holds no text", "give a file with text in it")
    yield from iter_publications(lines)


def _table_in(lines: list[str], source: str) -> AlignedDraft | None:
    """The pairs where every line has the same number of tabs, and a Kazakh column beside a Russian one."""
    first = [line.count("\t") for line in lines[:_SAMPLED_LINES] if line.strip()]
    if len(first) < _FEWEST_ROWS or first[0] == 0 or len(set(first)) > 1:
        return None
    rows = [line.split("\t") for line in lines if line.strip()]
    if is_own_result(rows[0]):
        raise FormatError(source, OWN_RESULT, "add it with `qostil memory import`")
    return draft_from_rows(rows)
