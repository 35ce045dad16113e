"""How large an input may be before it is refused instead of read."""

from __future__ import annotations

__all__ = [
    "MAX_ARCHIVE_BYTES",
    "MAX_ARCHIVE_DEPTH",
    "MAX_ARCHIVE_ENTRIES",
    "MAX_ATTRIBUTES",
    "MAX_CELLS",
    "MAX_DOCX_PART_BYTES",
    "MAX_DOCX_RATIO",
    "MAX_DOCX_UNPACKED_BYTES",
    "MAX_ELEMENTS",
    "MAX_FILE_BYTES",
    "MAX_HEADER_BYTES",
    "MAX_LINES",
    "MAX_LINE_CHARACTERS",
    "MAX_MARKUP_BYTES",
    "MAX_MEMBER_BYTES",
    "MAX_PACKAGE_ENTRIES",
    "MAX_PAGES",
    "MAX_PAGE_GLYPHS",
    "MAX_PASSED_BYTES",
    "MAX_RECORDS",
    "MAX_RTF_BYTES",
]

MAX_FILE_BYTES = 512 * 2**20
MAX_LINE_CHARACTERS = 1_000_000
# A line costs a hundred bytes and some work, however short it is.
MAX_LINES = 2_000_000

# A parser needs some thirty times the size of a page or a Markdown file in memory.
MAX_MARKUP_BYTES = 32 * 2**20
MAX_ATTRIBUTES = 1_000
MAX_ELEMENTS = 200_000

MAX_DOCX_UNPACKED_BYTES = 512 * 2**20
MAX_DOCX_PART_BYTES = 64 * 2**20
# Deflate can't exceed 1032:1; the text of a very repetitive report reaches about 60:1.
MAX_DOCX_RATIO = 200

# An archive of archives: what lies deeper is no folder that somebody packed.
MAX_ARCHIVE_DEPTH = 3
MAX_ARCHIVE_ENTRIES = 100_000
# Of one file in it. A text needs five times its size in memory, and nobody has looked at how large it is.
MAX_MEMBER_BYTES = 128 * 2**20
# Of one archive with all that is nested in it, unpacked.
MAX_ARCHIVE_BYTES = 2 * 2**30
MAX_PACKAGE_ENTRIES = 10_000
# Of a web archive, pictures and all: what is unpacked only to get past it takes time.
MAX_PASSED_BYTES = 8 * 2**30
MAX_HEADER_BYTES = 2**20

MAX_CELLS = 20_000_000
MAX_RECORDS = 1_000_000
MAX_PAGES = 5_000
# A page of small print has 10,000.
MAX_PAGE_GLYPHS = 100_000
# A third of it is text at most; pictures, which make RTF large, are hexadecimal digits.
MAX_RTF_BYTES = 64 * 2**20
