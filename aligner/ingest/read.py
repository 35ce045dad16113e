"""One file → its Documents, by the suffix of its name, or by its first bytes where that says nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from aligner.errors import FormatError
from aligner.ingest.docx import iter_docx
from aligner.ingest.draft import Draft, document_from
from aligner.ingest.html import iter_html
from aligner.ingest.limits import MAX_FILE_BYTES, MAX_MARKUP_BYTES
from aligner.ingest.markdown import iter_markdown
from aligner.ingest.plain import iter_plain
from aligner.ingest.source import read_bytes
from aligner.records import Document

__all__ = ["read_documents"]

_Reader = Callable[[bytes, str], Iterator[Draft]]
_READERS: dict[str, _Reader] = {
    ".txt": iter_plain,
    ".text": iter_plain,
    ".md": iter_markdown,
    ".markdown": iter_markdown,
    ".html": iter_html,
    ".htm": iter_html,
    ".xhtml": iter_html,
    ".docx": iter_docx,
}
_PAGE_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?><!--.*?-->\s*)*<(?:!doctype html|html)\b", re.IGNORECASE | re.DOTALL
)


def read_documents(path: Path) -> Iterator[Document]:
    """The Documents in the file `path`: one, or the many of a dump, each with its `part`.

    The file is read when this is called, so that its InputError is raised here and not on the way.
    Residue (credits, datelines, counters, navigation) is in each Document's `dropped`; a Document that takes
    no part in the work says why in `skipped`.
    """
    source = str(path)
    suffix = path.suffix.lower()
    reader = _READERS.get(suffix)
    is_markup = reader in (iter_html, iter_markdown)
    data = read_bytes(path, MAX_MARKUP_BYTES if is_markup else MAX_FILE_BYTES)
    if reader is None or reader is iter_plain:
        reader = _reader_by_content(data, source, suffix)
    drafts = list(reader(data, source))
    return (document_from(draft, source) for draft in drafts)


def _reader_by_content(data: bytes, source: str, suffix: str) -> _Reader:
    if suffix == ".doc":
        return iter_docx
    if data.startswith(b"PK\x03\x04") and b"word/" in data and suffix not in (".txt", ".text"):
        return iter_docx
    if _PAGE_START.match(data[:4096]):
        if len(data) > MAX_MARKUP_BYTES:
            raise FormatError(source, f"is a page of {len(data):,} bytes, too large to be read", "split it")
        return iter_html
    return iter_plain
