"""Kazakh and Russian words without their endings, so that the forms of a word count as one."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

__all__ = ["stem"]

_SHORTEST = 3
# What follows each other in a Kazakh noun, taken off from the end: predicate or «дағы», case, owner, number.
_KK_ENDINGS = tuple(
    re.compile(f"(?:{pattern})$")
    for pattern in (
        "(?:н?д|т)[ае]ғы|(?:н?д|т)[ае]гі|сың|сің|мын|мін",
        "н[ыі]ң|[дт][ыі]ң|н?[дт][ае]н?|н[ае]н|[ғгқк][ае]|(?<=[ыі])н[ае]?|[нд][ыі]|т[ыі]|[мбп]ен",
        "(?<=[аәеиіоөуұүыюя])с[ыі]н?|[ыі]мыз|[ыі]міз|мыз|міз|[ыі]ңыз|[ыі]ңіз|(?<=[^аәеиоөуұүюяыі])[ыі]н?",
        "[лдт][ае]р",
    )
)
# A voiced end before a vowel is voiceless without it: кітабы, кітап.
_KK_DEVOICED = str.maketrans("бгғ", "пкқ")


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """`word` in small letters without its endings. Not a lemma: «министрлігінің» is `министрлік`, «закона» `закон`."""
    if language == "ru":
        stemmed: str = _snowball().stem(word.replace("ё", "е"))
        return stemmed
    for ending in _KK_ENDINGS:
        match = ending.search(word)
        if match and match.start() >= _SHORTEST and any(vowel in word[: match.start()] for vowel in "аәеиіоөуұүыэюяё"):
            word = word[: match.start()]
    return word[:-1] + word[-1].translate(_KK_DEVOICED)


@cache
def _snowball() -> Any:
    from nltk.stem.snowball import SnowballStemmer

    return SnowballStemmer("russian")
