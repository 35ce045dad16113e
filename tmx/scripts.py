"""Which script a text is written in."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache

__all__ = ["main_script"]

_SHARE = 0.8


def main_script(text: str, min_letters: int) -> str:
    """The script of at least four fifths of the letters (`CYRILLIC`, `LATIN`, `CJK` …), or "" where no one
    script has them, or there are fewer letters than `min_letters`."""
    counts: Counter[str] = Counter()
    # Counting characters first leaves a few dozen to look up.
    for letter, count in Counter(text).items():
        if letter.isalpha():
            counts[_script(letter)] += count
    total = counts.total()
    if not total or total < min_letters:
        return ""
    script, count = counts.most_common(1)[0]
    return script if count >= _SHARE * total else ""


@lru_cache(maxsize=8192)
def _script(letter: str) -> str:
    # The names of letters begin with their script; the database that Python carries has no other trace of it.
    return unicodedata.name(letter, "UNKNOWN").split(" ", 1)[0]
