"""What is left of a text when case, punctuation and look-alike letters are taken away."""

from __future__ import annotations

import unicodedata
from functools import cache

import numpy as np
from numpy.typing import NDArray

__all__ = ["SPACE", "fold_codes", "skeleton"]

SPACE = 32
_LATIN = "aceiopxyhəɵ"
_CYRILLIC = "асеіорхуһәө"
_ALIKE = dict(zip(_LATIN, _CYRILLIC, strict=True)) | {"ё": "е"}


def skeleton(text: str) -> str:
    """The words and figures of `text` in small letters, one space between them.

    Latin letters that look like Cyrillic ones are taken for them, and ё for е, in the spirit of Unicode TR39.
    """
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32)
    folded = fold_codes(codes)
    return " ".join(folded.astype("<u4").tobytes().decode("utf-32-le").split())


def fold_codes(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Code points folded one by one; whatever is no letter and no figure becomes a space, a line break stays."""
    table = _table()
    folded: NDArray[np.uint32] = table[np.minimum(codes, len(table) - 1)]
    return folded


@cache
def _table() -> NDArray[np.uint32]:
    """Of each code point of the first plane, what it becomes."""
    table = np.full(0x1_0000, SPACE, dtype=np.uint32)
    for code in range(0xFFFF):
        character = chr(code)
        if unicodedata.category(character)[0] in "LNM":
            small = character.lower()
            table[code] = ord(_ALIKE.get(small, small) if len(small) == 1 else character)
    table[ord("\n")] = ord("\n")
    return table
