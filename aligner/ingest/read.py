"""One file → what is in it, by the suffix of its name, or by its first bytes where that says nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from aligner.errors import FormatError, InputError, MissingExtraError
from aligner.ingest.archive import Budget, Member, Refused, iter_zip_members
from aligner.ingest.catalogues import iter_po, iter_tmx, iter_xliff
from aligner.ingest.docx import iter_docx
from aligner.ingest.draft import AlignedDraft, Draft, aligned_text_from, document_from
from aligner.ingest.epub import iter_epub
from aligner.ingest.files import SkippedFile, path_text, suffix_of
from aligner.ingest.html import iter_html
from aligner.ingest.json_lines import iter_json_lines
from aligner.ingest.limits import MAX_ARCHIVE_DEPTH, MAX_FILE_BYTES, MAX_MARKUP_BYTES
from aligner.ingest.markdown import iter_markdown
from aligner.ingest.old_letters import draft_in_own_letters
from aligner.ingest.opendocument import iter_odt
from aligner.ingest.pdf import iter_pdf
from aligner.ingest.plain import iter_plain
from aligner.ingest.rich_text import iter_rtf
from aligner.ingest.source import read_bytes
from aligner.ingest.subtitles import iter_srt, iter_vtt
from aligner.ingest.tables import iter_csv, iter_tsv, iter_xlsx
from aligner.ingest.versions import split_versions
from aligner.ingest.web_archive import iter_warc_members
from aligner.records import AlignedText, Document

__all__ = ["Content", "contents_of", "read_contents", "read_documents"]

Content = Document | AlignedText | SkippedFile
_Item = Draft | AlignedDraft
_Reader = Callable[[bytes, str], Iterator[_Item]]
_Opener = Callable[[bytes, str, Budget], Iterator[Member | Refused]]

_READERS: dict[str, _Reader] = {
    ".txt": iter_plain,
    ".text": iter_plain,
    ".md": iter_markdown,
    ".markdown": iter_markdown,
    ".html": iter_html,
    ".htm": iter_html,
    ".xhtml": iter_html,
    ".docx": iter_docx,
    # What Word itself wrote so is refused there with what to do about it; others have called RTF and pages so.
    ".doc": iter_docx,
    ".odt": iter_odt,
    ".rtf": iter_rtf,
    ".pdf": iter_pdf,
    ".epub": iter_epub,
    ".srt": iter_srt,
    ".vtt": iter_vtt,
    ".csv": iter_csv,
    ".tsv": iter_tsv,
    ".xlsx": iter_xlsx,
    ".jsonl": iter_json_lines,
    ".tmx": iter_tmx,
    ".tmx.gz": iter_tmx,
    ".xlf": iter_xliff,
    ".xliff": iter_xliff,
    # XLIFF 1.2 with additions of Trados, memoQ and Phrase.
    ".sdlxliff": iter_xliff,
    ".mqxliff": iter_xliff,
    ".mxliff": iter_xliff,
    ".po": iter_po,
}
_OPENERS: dict[str, _Opener] = {
    ".zip": iter_zip_members,
    ".warc": iter_warc_members,
    ".warc.gz": iter_warc_members,
}
_MARKUP = (iter_html, iter_markdown)
_BY_START: tuple[tuple[bytes, _Reader], ...] = ((b"PK\x03\x04", iter_docx), (b"%PDF-", iter_pdf), (b"{\\rtf", iter_rtf))
# Programs take any of them for any other, so that nobody notices a wrong name.
_WORD_SUFFIXES = (".doc", ".docx", ".rtf")
_START_BYTES = 4096
_PAGE_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?><!--.*?-->\s*)*<(?:!doctype html|html)\b", re.IGNORECASE | re.DOTALL
)


def read_contents(path: Path) -> Iterator[Content]:
    """What is in the file `path`: Documents, texts that are aligned already, and files in it that are not read.

    It is read when this is called, so that its InputError (or MissingExtraError, where a library for its format is
    not installed) is raised here and not on the way. A file with several documents gives each its `part`; one in an
    archive has the source `archive.zip/its/path`.
    """
    source = path_text(path)
    suffix = suffix_of(path.name)
    if suffix and suffix not in _READERS and suffix not in _OPENERS:
        # What is no file at all is to be said first.
        read_bytes(path, MAX_FILE_BYTES)
        raise FormatError(source, f"files of the type {suffix} are not read", "save its text as .txt, .html or .docx")
    data = read_bytes(path, MAX_MARKUP_BYTES if _READERS.get(suffix) in _MARKUP else MAX_FILE_BYTES)
    return iter(list(contents_of(data, suffix, source, Budget(), 0)))


def read_documents(path: Path) -> Iterator[Document]:
    """The Documents in the file `path`: one, or the many of a dump, each with its `part`.

    Of what is aligned already both versions are given. Raises as `read_contents` does; files in an archive that
    can't be read are left out.
    Residue (credits, datelines, counters, navigation) is in each Document's `dropped`; a Document that takes
    no part in the work says why in `skipped`.
    """
    contents = read_contents(path)
    return (document for content in contents for document in _documents_in(content))


def _documents_in(content: Content) -> tuple[Document, ...]:
    if isinstance(content, AlignedText):
        return content.kk, content.ru
    return (content,) if isinstance(content, Document) else ()


def contents_of(data: bytes, suffix: str, source: str, budget: Budget, depth: int) -> Iterator[Content]:
    """What is in a file of this suffix; `depth` counts the archives it lies in, which share `budget`."""
    opener = _OPENERS.get(suffix)
    if opener is not None:
        yield from _opened(opener, data, source, budget, depth)
        return
    drafts = [draft_in_own_letters(draft) for draft in _reader_for(data, suffix, source)(data, source)]
    if len(drafts) == 1 and isinstance(drafts[0], Draft) and drafts[0].part is None:
        drafts = [*split_versions(drafts[0])]
    part = 1 + max((draft.part or 0 for draft in drafts if isinstance(draft, Draft)), default=0)
    for draft in drafts:
        if isinstance(draft, Draft):
            yield document_from(draft, source)
        else:
            yield aligned_text_from(draft, source, part)
            part += 2


def _opened(opener: _Opener, data: bytes, source: str, budget: Budget, depth: int) -> Iterator[Content]:
    if depth == MAX_ARCHIVE_DEPTH:
        raise FormatError(source, f"is an archive in {depth} others", "unpack it")
    for member in opener(data, source, budget):
        name = f"{source}/{member.name}"
        if isinstance(member, Refused):
            yield SkippedFile(Path(name), member.reason)
            continue
        suffix = suffix_of(member.name)
        if suffix not in _READERS and suffix not in _OPENERS:
            yield SkippedFile(Path(name), f"files of the type {suffix} are not read" if suffix else "has no suffix")
            continue
        if _READERS.get(suffix) in _MARKUP and len(member.data) > MAX_MARKUP_BYTES:
            yield SkippedFile(Path(name), "is too large to be read")
            continue
        try:
            # The whole of it, so that one broken file does not end the archive half-way through its own contents.
            found = list(contents_of(member.data, suffix, name, budget, depth + 1))
        except InputError as error:
            yield SkippedFile(Path(name), error.problem)
        except MissingExtraError as error:
            yield SkippedFile(Path(name), str(error))
        else:
            yield from found


def _reader_for(data: bytes, suffix: str, source: str) -> _Reader:
    reader = _READERS.get(suffix)
    if reader is None or suffix in _WORD_SUFFIXES:
        reader = next((by_start for start, by_start in _BY_START if data.startswith(start)), reader)
    if reader in (None, iter_plain) or suffix in _WORD_SUFFIXES:
        is_page = _PAGE_START.match(data[:_START_BYTES]) is not None
        if is_page and len(data) > MAX_MARKUP_BYTES:
            raise FormatError(source, f"is a page of {len(data):,} bytes, too large to be read", "split it")
        reader = iter_html if is_page else reader or iter_plain
    assert reader is not None
    return reader
