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
    # Refused there with what to do about it.
    ".doc": iter_docx,
}
_START_BYTES = 4096
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
    data = read_bytes(path, MAX_MARKUP_BYTES if reader in (iter_html, iter_markdown) else MAX_FILE_BYTES)
    if suffix and reader is None:
        raise FormatError(source, f"files of the type {suffix} are not read", "save its text as .txt, .html or .docx")
    if reader is None and data.startswith(b"PK\x03\x04"):
        reader = iter_docx
    elif reader in (None, iter_plain):
        reader = iter_html if _PAGE_START.match(data[:_START_BYTES]) else iter_plain
        if reader is iter_html and len(data) > MAX_MARKUP_BYTES:
            raise FormatError(source, f"is a page of {len(data):,} bytes, too large to be read", "split it")
    drafts = list(reader(data, source))
    return (document_from(draft, source) for draft in drafts)
