"""PDFs with text → publications, through PDFium: the glyphs, which `page_layout` makes paragraphs of."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

from aligner.errors import EmptyInputError, FormatError
from aligner.ingest.assemble import draft_from_blocks
from aligner.ingest.draft import Draft
from aligner.ingest.extras import load_extra
from aligner.ingest.limits import MAX_PAGE_GLYPHS, MAX_PAGES
from aligner.ingest.page_layout import Glyph, paragraphs_of

__all__ = ["iter_pdf"]

_NO_LETTERS = frozenset("\x00\ufffd")
_MAX_STRANGE_SHARE = 0.1
# PDFium is not made for several threads at once.
_ONE_AT_A_TIME = threading.Lock()


def iter_pdf(data: bytes, source: str) -> Iterator[Draft]:
    """The publication in a PDF: columns one after the other, words put together again over line ends, the lines that
    are on every page left out.

    Raises FormatError for what is broken, encrypted, or a scan without text.
    """
    pdfium = load_extra("pypdfium2", "PDFs")
    with _ONE_AT_A_TIME:
        pages, has_pictures = _glyphs(pdfium, data, source)
    glyphs = sum(map(len, pages))
    if not glyphs and has_pictures:
        problem = f"is a scan: its {len(pages)} pages are pictures without text"
        raise FormatError(source, problem, "run it through a text recognition (OCR) first")
    if not glyphs:
        raise EmptyInputError(source, "is a PDF without text", "give one with text in it")
    strange = sum(glyph.text in _NO_LETTERS or "\ue000" <= glyph.text <= "\uf8ff" for page in pages for glyph in page)
    if strange > _MAX_STRANGE_SHARE * glyphs:
        raise FormatError(source, "does not say which letters its fonts draw", "run it through OCR")
    blocks, dropped = paragraphs_of(pages)
    if not blocks:
        raise EmptyInputError(source, "is a PDF without text", "give one with text in it")
    draft = draft_from_blocks(blocks)
    yield Draft(draft.blocks, draft.title, draft.date, dropped=(*dropped, *draft.dropped))


def _glyphs(pdfium: Any, data: bytes, source: str) -> tuple[list[list[Glyph]], bool]:
    """The glyphs of each page in the order of the file, and whether there are pictures."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "assword" in str(error):
            raise FormatError(source, "is encrypted with a password", "remove the password and save it again") from None
        raise FormatError(source, "is no PDF that can be read", "open it and save it again") from error
    try:
        count = len(document)
        if count > MAX_PAGES:
            raise FormatError(source, f"has {count:,} pages, more than {MAX_PAGES:,}", "split it")
        pages, has_pictures = [], False
        for number in range(count):
            try:
                glyphs, is_picture = _page(pdfium, document[number])
            except pdfium.PdfiumError:
                # One broken page does not take the others away.
                glyphs, is_picture = [], False
            pages.append(glyphs)
            has_pictures = has_pictures or is_picture
        return pages, has_pictures
    finally:
        document.close()


def _page(pdfium: Any, page: Any) -> tuple[list[Glyph], bool]:
    raw = pdfium.raw
    text = page.get_textpage()
    try:
        count = min(text.count_chars(), MAX_PAGE_GLYPHS)
        if count <= 0:
            objects = page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2)
            return [], next(iter(objects), None) is not None
        box = raw.FS_RECTF()
        glyphs = []
        for place in range(count):
            code = raw.FPDFText_GetUnicode(text, place)
            if not code or code > 0x10FFFF or 0xD800 <= code < 0xE000:
                continue
            raw.FPDFText_GetLooseCharBox(text, place, box)
            glyphs.append(Glyph(chr(code), box.left, box.right, box.bottom, box.top))
        return glyphs, False
    finally:
        text.close()
        page.close()
