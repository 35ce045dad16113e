"""Pages that are small and take a parser minutes: refused before they are worked on."""

from __future__ import annotations

import re
from typing import Any

from aligner.errors import FormatError
from aligner.ingest.limits import MAX_ATTRIBUTES, MAX_ELEMENTS

__all__ = ["check_elements", "check_tags"]

_TAG = re.compile(rb"""<[A-Za-z](?:[^<>"']++|"[^"]*+"|'[^']*+'|["'])*+""")
_QUOTED = re.compile(rb""""[^"]*+"|'[^']*+'""")
_REMEDY = "save its text as .txt"


def check_tags(page: bytes, source: str, place: str = "") -> None:
    """Raises FormatError where a tag has so many attributes that libxml2, which compares each with all before it, would
    take very long."""
    for tag in _TAG.finditer(page):
        if tag.end() - tag.start() <= 2 * MAX_ATTRIBUTES:
            continue
        count = len(re.split(rb"[\s/]+", _QUOTED.sub(b"", tag[0])))
        if count > MAX_ATTRIBUTES:
            raise FormatError(source, f"has a tag with {count:,} attributes", _REMEDY, place)


def check_elements(tree: Any, source: str, place: str = "") -> None:
    """Raises FormatError for a page of more elements than are looked through."""
    count = sum(1 for _ in tree.iter())
    if count > MAX_ELEMENTS:
        raise FormatError(source, f"has {count:,} elements, more than {MAX_ELEMENTS:,}", _REMEDY, place)
