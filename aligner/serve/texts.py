"""Texts and language codes as clients send them, and as the memory knows them."""

from __future__ import annotations

import re
import unicodedata

from aligner.memory.lookup.matches import Language

__all__ = ["is_storable", "language_of", "normal_text"]

# What XML 1.0 can't hold, and so no TMX: controls but tab and line ends, surrogates, two non-characters.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def language_of(code: str) -> Language | None:
    """`kk` or `ru` for a code of either language as any client writes it (kk, kk-KZ, kk_KZ, ru_ru@latin), or None."""
    language = re.split(r"[-_@.]", code.strip().lower(), maxsplit=1)[0]
    if language in ("kk", "kaz"):
        return "kk"
    if language in ("ru", "rus"):
        return "ru"
    return None


def normal_text(text: str) -> str:
    """NFC, without outer white space and without what no stored text can hold."""
    return unicodedata.normalize("NFC", _NOT_XML.sub(" ", text)).strip()


def is_storable(text: str) -> bool:
    """Whether a text can be stored, and exported to XML, as it is."""
    return _NOT_XML.search(text) is None and bool(text.strip())
