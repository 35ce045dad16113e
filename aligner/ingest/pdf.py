"""PDFs with text → publications, through PDFium: the glyphs, which `page_layout` makes paragraphs of."""

from __future__ import annotations

import ctypes
import math
import threading
from collections.abc import Iterator, Sequence
from typing import Any

from aligner.errors import EmptyInputError, FormatError
from aligner.ingest.assemble import draft_from_blocks
from aligner.ingest.draft import Draft
from aligner.ingest.extras import load_extra
from aligner.ingest.limits import MAX_PAGE_GLYPHS, MAX_PAGES
from aligner.ingest.page_layout import Glyph, paragraphs_of
from aligner.records import Dropped

__all__ = ["iter_pdf"]

_NO_LETTERS = frozenset("\x00\ufffd")
_MAX_STRANGE_SHARE = 0.1
# How far letters reach above and below the line they stand on, in sizes of the font. What fonts say of themselves
# differs from letter to letter where the font is a subset.
_ASCENT, _DESCENT = 0.9, 0.25
_MAX_SLANT_DEGREES = 10
# PDFium is not made for several threads at once.
_ONE_AT_A_TIME = threading.Lock()


def iter_pdf(data: bytes, source: str) -> Iterator[Draft]:
    """The publication in a PDF: columns one after the other, words put together again over line ends, the lines that
    are on every page left out.

    Raises FormatError for what is broken, encrypted, or a scan without text.
    """
    pdfium = load_extra("pypdfium2", "PDFs")
    with _ONE_AT_A_TIME:
        pages, turned, has_pictures = _glyphs(pdfium, data, source)
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
    yield Draft(draft.blocks, draft.title, draft.date, dropped=(*dropped, *turned, *draft.dropped))


def _glyphs(pdfium: Any, data: bytes, source: str) -> tuple[list[list[Glyph]], list[Dropped], bool]:
    """The glyphs of each page in the order of the file, the text across them, and whether there are pictures."""
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
        pages: list[list[Glyph]] = []
        dropped: list[Dropped] = []
        has_pictures = False
        for number in range(count):
            try:
                glyphs, turned, is_picture = _page(pdfium, document[number])
            except pdfium.PdfiumError:
                # One broken page does not take the others away.
                glyphs, turned, is_picture = [], "", False
            pages.append(glyphs)
            if turned:
                dropped.append(Dropped(turned, "text across the page"))
            has_pictures = has_pictures or is_picture
        return pages, dropped, has_pictures
    finally:
        document.close()


def _page(pdfium: Any, page: Any) -> tuple[list[Glyph], str, bool]:
    """The glyphs of a page as if it lay upright, what stands across it, and whether it is only a picture."""
    raw = pdfium.raw
    text = page.get_textpage()
    try:
        count = min(text.count_chars(), MAX_PAGE_GLYPHS)
        if count <= 0:
            objects = page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2)
            return [], "", next(iter(objects), None) is not None
        by_turn: dict[int | None, list[Glyph]] = {}
        box, matrix, x, y = raw.FS_RECTF(), raw.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
        for place in range(count):
            code = raw.FPDFText_GetUnicode(text, place)
            if not code or code > 0x10FFFF or 0xD800 <= code < 0xE000 or chr(code).isspace():
                continue
            raw.FPDFText_GetLooseCharBox(text, place, box)
            raw.FPDFText_GetMatrix(text, place, matrix)
            raw.FPDFText_GetCharOrigin(text, place, x, y)
            turn = _quarter_turns(matrix.a, matrix.b)
            ends = [_turned(corner, turn or 0) for corner in ((box.left, box.bottom), (box.right, box.top))]
            (left, right), line = sorted(end[0] for end in ends), _turned((x.value, y.value), turn or 0)[1]
            size = raw.FPDFText_GetFontSize(text, place) * math.hypot(matrix.c, matrix.d)
            glyph = Glyph(chr(code), left, right, line - _DESCENT * size, line + _ASCENT * size)
            by_turn.setdefault(turn, []).append(glyph)
        upright = max(by_turn, key=lambda turn: len(by_turn[turn]), default=None)
        across = ("".join(glyph.text for glyph in glyphs) for turn, glyphs in by_turn.items() if turn != upright)
        return by_turn.get(upright, []), " ".join(across), False
    finally:
        text.close()
        page.close()


def _quarter_turns(a: float, b: float) -> int | None:
    """How often a line along `(a, b)` is turned to the left by 90 degrees; None where it is aslant, as a watermark."""
    degrees = math.degrees(math.atan2(b, a))
    turns = round(degrees / 90)
    return turns % 4 if abs(degrees - 90 * turns) <= _MAX_SLANT_DEGREES else None


def _turned(point: Sequence[float], turns: int) -> tuple[float, float]:
    """The point where it is once the page is turned back."""
    x, y = point
    return ((x, y), (y, -x), (-x, -y), (-y, x))[turns]
