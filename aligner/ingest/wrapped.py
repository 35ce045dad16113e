"""Plain text whose lines were broken at a margin (mails, old editors, text copied from a page) → its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from aligner.ingest.broken_lines import Words, ends_sentence, is_hyphened, join_lines, starts_high

__all__ = ["unwrapped"]

_SAMPLED_LINES = 2_000
_FEWEST_GOING_ON = 5
# In characters. Shorter lines are verse or subtitles, longer ones no editor breaks.
_NARROWEST, _WIDEST = 40, 120
# Of all lines with another one below, those that end in mid-sentence.
_MIN_SHARE_GOING_ON = 0.4
# Of these, those that reach the margin. Sentences of a line each are of all lengths.
_MIN_SHARE_FULL = 0.85
_FULL = 0.75
# In lines. What is put together takes the square of that.
_HIGHEST = 200
_INDENT = re.compile(r"(?:\t| {2,})\S")
_ITEM = re.compile(r"[–—•*-]\s|\(?\d{1,3}[.)]\s|[a-zа-яәғқңөұүһі]\)\s")
_LETTER = re.compile(r"[^\W\d_]")


def unwrapped(lines: Sequence[str]) -> Sequence[str]:
    """The paragraphs in `lines`, a blank line between them where there was one; `lines` where no margin broke them."""
    margin = _margin(lines)
    if margin is None:
        return lines
    texts = [line.strip() for line in lines]
    words = Words.of(texts) if any(map(is_hyphened, texts)) else Words(frozenset(), frozenset())
    paragraphs: list[str] = []
    before, height = "", 0
    for line, text in zip(lines, texts, strict=True):
        if height < _HIGHEST and _goes_on(before, line, margin):
            paragraphs[-1] = join_lines(paragraphs[-1], text, words)
            height += 1
        else:
            paragraphs.append(text)
            height = 1
        before = line.rstrip()
    return paragraphs


def _margin(lines: Sequence[str]) -> int | None:
    """Where the lines end, or None where they are not broken."""
    # With its indentation, which takes of the room.
    sample = [line.rstrip() for line in lines[:_SAMPLED_LINES]]
    lengths = sorted(len(line) for line in sample if line)
    if len(lengths) <= _FEWEST_GOING_ON:
        return None
    # An address in a mail may be longer.
    margin = lengths[int(0.98 * (len(lengths) - 1))]
    if not _NARROWEST <= margin <= _WIDEST:
        return None
    pairs = [(before, line) for before, line in pairwise(sample) if before and line]
    going_on = [before for before, line in pairs if not ends_sentence(before) and not starts_high(line)]
    if len(going_on) < max(_FEWEST_GOING_ON, _MIN_SHARE_GOING_ON * len(pairs)):
        return None
    full = sum(len(before) >= _FULL * margin for before in going_on)
    return margin if full >= _MIN_SHARE_FULL * len(going_on) else None


def _goes_on(before: str, line: str, margin: int) -> bool:
    """Whether a line belongs to the paragraph of the one before it."""
    text = line.strip()
    if not before or not text or not (_LETTER.search(before) and _LETTER.search(text)):
        return False
    if is_hyphened(before) or not (ends_sentence(before) or starts_high(text)):
        return True
    if _INDENT.match(line) or (ends_sentence(before) and _ITEM.match(text)):
        return False
    # Had its first word had room above, it was not the margin that broke the line.
    return len(before) + 1 + len(text.split(" ", 1)[0]) > margin
