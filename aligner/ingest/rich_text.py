"""RTF → publications, through striprtf."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.errors import EmptyInputError, FormatError
from aligner.ingest.assemble import draft_from_blocks
from aligner.ingest.draft import Block, Draft
from aligner.ingest.extras import load_extra
from aligner.ingest.limits import MAX_RTF_BYTES
from aligner.ingest.lines import clean_line, split_lines, without_bullet

__all__ = ["iter_rtf"]

_CELL = re.compile(r"\\(?:nest)?cell(?![a-z])")
# The bullet or number of a list, as drawn: a group to be passed over.
_LIST_SIGN = re.compile(r"\{\\(?=(?:listtext|pntext)(?![a-z]))")
_FONT_TABLE = re.compile(r"\{[^{}]*\\fonttbl(?![a-z])")
# A font's number and its character set stand within a few control words of each other.
_FONT = re.compile(r"\\f(\d{1,9})(?=\D)[^;]{0,200}?\\fcharset(\d{1,3})(?=\D)")
_BRACE = re.compile(r"[{}]")
# What striprtf raises at control words whose numbers are no code pages, characters or lengths.
_CARELESS = (ValueError, LookupError, IndexError, TypeError, OverflowError, AttributeError)


def iter_rtf(data: bytes, source: str) -> Iterator[Draft]:
    """The publication in an RTF document; the cells of a row are paragraphs of their own.

    Raises FormatError for what is no RTF or too large, EmptyInputError for one without text.
    """
    if not data.lstrip().startswith(b"{\\rtf"):
        raise FormatError(source, "is no RTF document", "save it as .rtf or .docx again")
    if len(data) > MAX_RTF_BYTES:
        raise FormatError(source, f"has {len(data):,} bytes, too many for RTF", "save it as .docx")
    striprtf = load_extra("striprtf.striprtf", "RTF documents")
    try:
        # Bytes above 127 are of the code page that the document names; striprtf wants them as characters.
        marked = _LIST_SIGN.sub(r"{\\*\\", _CELL.sub(r"\\par", _with_plain_fonts(data.decode("latin-1"))))
        text = str(striprtf.rtf_to_text(marked, errors="replace"))
    except _CARELESS as error:
        raise FormatError(source, "is a damaged RTF document", "open it in Word and save it as .docx") from error
    blocks = [Block(line) for each in split_lines(text, source) if (line := clean_line(without_bullet(each)))]
    if not blocks:
        raise EmptyInputError(source, "holds no text", "give a document with text in it")
    yield draft_from_blocks(blocks)


def _with_plain_fonts(text: str) -> str:
    """The document with nothing in its table of fonts but their numbers and character sets.

    striprtf looks for these in time that grows with the cube of a damaged table.
    """
    table = _FONT_TABLE.search(text)
    if table is None:
        return text
    depth, end = 1, len(text)
    for brace in _BRACE.finditer(text, table.end()):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            end = brace.start()
            break
    fonts = dict(_FONT.findall(text, table.end(), end))
    plain = "".join(rf"{{\f{number}\fcharset{charset} x;}}" for number, charset in fonts.items())
    return text[: table.end()] + plain + text[end:]
