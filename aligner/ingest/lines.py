"""Text → lines, and the one way in which the text of a line is cleaned."""

from __future__ import annotations

import re
import unicodedata

from aligner.errors import FormatError
from aligner.ingest.limits import MAX_LINE_CHARACTERS, MAX_LINES

__all__ = ["clean_line", "split_lines", "without_bullet"]

_LINE_END = re.compile(r"\r\n|\n|\r")
# Soft hyphen, zero-width characters, direction marks, word joiner and byte order mark carry no text.
_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f]")
# \s knows neither the Mongolian vowel separator nor the Braille blank; both occur as filling.
_SPACES = re.compile("[\\s\x1c-\x1f\x85\u2800]+")
# Word and LibreOffice draw bullets by fonts of their own, whose letters Unicode does not know.
_BULLET = re.compile(r"^\s*[•◦▪●■○\ue000-\uf8ff]\s+")


def split_lines(text: str, source: str) -> list[str]:
    """The lines of `text`, which end at LF, CR LF or CR only and are returned without that end.

    A line end at the very end of `text` opens no further line. `str.splitlines` would also break at
    U+2028, U+0085, form feeds and other characters that stand inside lines.
    Raises FormatError at more than MAX_LINES lines, and at one of more than MAX_LINE_CHARACTERS code points.
    """
    count = text.count("\n") + text.count("\r") - text.count("\r\n")
    if count > MAX_LINES:
        raise FormatError(source, f"has {count:,} lines, more than the {MAX_LINES:,} that are read", "split it")
    lines = _LINE_END.split(text)
    if lines[-1] == "":
        del lines[-1]
    for number, line in enumerate(lines, start=1):
        if len(line) > MAX_LINE_CHARACTERS:
            raise FormatError(
                source,
                f"has {len(line):,} characters in one line, more than the {MAX_LINE_CHARACTERS:,} that are read",
                "break the text into paragraphs",
                place=f"line {number}",
            )
    return lines


def clean_line(line: str) -> str:
    """`line` in NFC, without outer white space and invisible characters, inner white space made one space."""
    visible = _CONTROL.sub(" ", _INVISIBLE.sub("", line))
    return _SPACES.sub(" ", unicodedata.normalize("NFC", visible)).strip()


def without_bullet(line: str) -> str:
    """`line` without the bullet that a list has drawn before it, where a format does not tell them apart."""
    return _BULLET.sub("", line)
