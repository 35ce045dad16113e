"""Lines that a margin has broken → what they were before: words made whole, sentences put together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Words", "ends_sentence", "is_hyphened", "join_lines", "starts_high"]

_HYPHENS = frozenset("-\u00ad\u2010\x02\ufffe")
_SENTENCE_END = re.compile(r"[.!?…:;؟][»”\"')\]]*$")
_LONGEST_WORD = 100
_LAST_WORD = re.compile(r"[^\W_]+$")
_FIRST_WORD = re.compile(r"^[^\W_]+")
_COMPOUND = re.compile(r"(?<![^\W\d_])[^\W\d_]+(?:-[^\W\d_]+)+")
_WORD = re.compile(r"[^\W\d_]+")
# With these a hyphen stays: по-русски, во-первых, из-за, кое-где, юго-восток; кто-то, когда-нибудь, сол-ақ.
_HYPHENED = re.compile(
    "по-(?:[а-яё]+(?:ски|цки|ьи)|[а-яё]+[ое]му|моему|видимому)|во-(?:первых|вторых)|в-(?:третьих|четв[её]ртых|пятых)|из-(?:за|под)|кое-[а-яё]+"
    "|(?:юго|северо)-(?:восто|запад)[а-яё]+"
    "|(?:кто|что|где|как|куда|когда|откуда|почему|зачем|сколько|(?:[кч]|как|котор|чь)[а-яё]{1,4})-то"
    "|[а-яё]+-(?:либо|нибудь)|вс[её]-таки|[а-яәғқңөұүһі]+-(?:ақ|ау)"
)


@dataclass(frozen=True, slots=True)
class Words:
    """The words and hyphened compounds that stand inside lines."""

    plain: frozenset[str]
    compounds: frozenset[str]

    @classmethod
    def of(cls, lines: Iterable[str]) -> Words:
        texts = [line.casefold() for line in lines]
        # The halves of broken words are none.
        whole = [
            _FIRST_WORD.sub("", _without_half(text)) if before[-1:] in _HYPHENS else _without_half(text)
            for before, text in pairwise(["", *texts])
        ]
        return cls(
            frozenset(word for text in whole for word in _WORD.findall(text)),
            frozenset(word for text in texts for word in _COMPOUND.findall(text)),
        )


def _without_half(line: str) -> str:
    """The line without the half of a word at its end."""
    half = _LAST_WORD.search(line[-_LONGEST_WORD:-1]) if is_hyphened(line) else None
    return line[: -1 - len(half[0])] if half else line


def is_hyphened(line: str) -> bool:
    """Whether a line ends in the middle of a word."""
    return line[-1:] in _HYPHENS


def ends_sentence(line: str) -> bool:
    return _SENTENCE_END.search(line) is not None


def starts_high(text: str) -> bool:
    """Whether the first letter is a capital, or there is none."""
    first = next((character for character in text if character.isalnum()), "")
    return not first.islower()


def join_lines(before: str, after: str, words: Words) -> str:
    """Two lines as one; a word broken between them is made whole, and a compound keeps its hyphen."""
    if before[-1:] not in _HYPHENS:
        return f"{before} {after}"
    head = _LAST_WORD.search(before[-_LONGEST_WORD:-1])
    tail = _FIRST_WORD.match(after)
    if head is None or tail is None:
        return f"{before[:-1]}- {after}" if before[-2:-1].isspace() or not head else f"{before[:-1]}-{after}"
    left, right = head[0].casefold(), tail[0].casefold()
    compound = f"{left}-{right}"
    keeps = (
        not tail[0][0].islower()
        or compound in words.compounds
        or _HYPHENED.fullmatch(compound)
        or (
            left + right not in words.plain
            and left in words.plain
            and right in words.plain
            and left.endswith(("о", "е"))
        )
    )
    return f"{before[:-1]}{'-' if keeps else ''}{after}"
