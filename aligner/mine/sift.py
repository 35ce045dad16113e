"""Which sentences take part: each text once, and none that is too short or in another language to be mined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from aligner.language import identify_language

__all__ = ["Sifted", "sift"]

Progress = Callable[[str, int, int], None]

_TOLD_EVERY = 1_000
_WORD = re.compile(r"[^\W\d_]{2,}")
_FEWEST_WORDS = 2
_NAMES = {"kk": "Kazakh", "ru": "Russian"}


@dataclass(frozen=True, slots=True)
class Sifted:
    """The places of the sentences that take part, in order, and how many others there are for each reason."""

    places: tuple[int, ...]
    set_aside: Counter[str]


def sift(texts: Sequence[str], language: str, progress: Progress | None = None) -> Sifted:
    """Choose from the sentences of the `language` side (`kk`, `ru`); a repeated one stands where it came first."""
    seen = set[str]()
    places = []
    set_aside = Counter[str]()
    for place, text in enumerate(texts):
        if progress and place % _TOLD_EVERY == 0:
            progress("sifting", place, len(texts))
        key = " ".join(text.split())
        if key in seen:
            set_aside["repeated"] += 1
            continue
        seen.add(key)
        if len(_WORD.findall(key)) < _FEWEST_WORDS:
            set_aside["a word or a figure alone"] += 1
        elif (found := identify_language(key)) not in (language, "und"):
            set_aside[f"language: {found} on the {_NAMES[language]} side"] += 1
        else:
            places.append(place)
    if progress:
        progress("sifting", len(texts), len(texts))
    return Sifted(tuple(places), set_aside)
