"""Which lines of a plain text read like headlines, judged by their shape alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aligner.ingest.datelines import place_and_date
from aligner.ingest.draft import Block

__all__ = ["blocks_from_lines", "is_headline", "is_place_line"]

_MAX_HEADLINE = 250
_MAX_HEADING = 120
_CLOSING = '»”"’)]'
_FINAL = ".!?…:;,–—-"
_SENTENCE_END = ".!?…"
_LIST_MARK = re.compile(r"[–—•*·‣◦-]\s|\d{1,3}[.)]\s|[a-zа-яәғқңөұүһі]\)\s|№", re.IGNORECASE)
_PLACE_WORD = re.compile(
    r"қаласы|облысы|ауданы|ауылы|кенті|полигоны|қ\.?|область|района?|село|пос[её]лок|город|г\.", re.IGNORECASE
)
_MAX_PLACE_WORDS = 6


def is_headline(text: str, max_characters: int = _MAX_HEADLINE) -> bool:
    """True for a short line without the punctuation that ends a sentence, a list item or an address."""
    if not 3 <= len(text) <= max_characters or not any(map(str.isalpha, text)):
        return False
    if text.rstrip(_CLOSING)[-1:] in _FINAL or text[-1] in _FINAL or _LIST_MARK.match(text):
        return False
    return not text[0].islower() and not is_place_line(text)


def is_place_line(text: str) -> bool:
    """True for «Алматы қаласы», «Маңғыстау облысы, Ақтау қаласы», «Астана, 2019 жылғы 5 мамыр»."""
    words = [word.strip('«»",') for word in text.split()]
    is_named = all(word[:1].isupper() or _PLACE_WORD.fullmatch(word) for word in words)
    if is_named and len(words) <= _MAX_PLACE_WORDS and any(_PLACE_WORD.fullmatch(word) for word in words):
        return True
    return place_and_date(text) is not None


def blocks_from_lines(lines: Sequence[str], title: str | None) -> tuple[Block, ...]:
    """The lines as blocks; a heading is a short line between a finished sentence and a longer paragraph."""
    blocks: list[Block] = []
    for index, text in enumerate(lines):
        before = lines[index - 1] if index else title
        after = lines[index + 1] if index + 1 < len(lines) else None
        is_heading = (
            after is not None
            and len(after) > 1.5 * len(text)
            and _ends_sentence(after)
            and (before is None or before is title or _ends_sentence(before))
            and is_headline(text, _MAX_HEADING)
        )
        blocks.append(Block(text, is_heading))
    return tuple(blocks)


def _ends_sentence(text: str) -> bool:
    return text.rstrip(_CLOSING)[-1:] in _SENTENCE_END or text[-1] in _SENTENCE_END
