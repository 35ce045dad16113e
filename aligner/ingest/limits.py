"""How large an input may be before it is refused instead of read."""

from __future__ import annotations

__all__ = [
    "MAX_DOCX_PART_BYTES",
    "MAX_DOCX_RATIO",
    "MAX_DOCX_UNPACKED_BYTES",
    "MAX_FILE_BYTES",
    "MAX_LINE_CHARACTERS",
    "MAX_MARKUP_BYTES",
]

MAX_FILE_BYTES = 512 * 2**20
MAX_LINE_CHARACTERS = 1_000_000

# A parser needs some thirty times the size of a page or a Markdown file in memory.
MAX_MARKUP_BYTES = 32 * 2**20

MAX_DOCX_UNPACKED_BYTES = 512 * 2**20
MAX_DOCX_PART_BYTES = 64 * 2**20
# Deflate can't exceed 1032:1; the text of a very repetitive report reaches about 60:1.
MAX_DOCX_RATIO = 200
