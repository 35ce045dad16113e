"""Where in two texts stands what speaks against them: the figures and names that only one of them has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from aligner.evidence import figures

__all__ = ["Piece", "marked", "parted"]

Piece = tuple[str, bool]
"""A stretch of text, and whether it is what a reason speaks of."""

_REASON = re.compile(r"(?P<kind>[a-z]\w*)[:\s]*(?P<detail>.*)", re.DOTALL)
_WORD = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"[\s.,:;%–—-]{0,3}")
_NOTHING = "∅"
_MOST_WORDS = 400


def parted(reason: str) -> tuple[str, str]:
    """The kind of a reason and what was seen: `number_mismatch` and `25 ≠ 52`."""
    found = _REASON.fullmatch(reason)
    return (found["kind"], found["detail"].strip()) if found else (reason, "")


def marked(text: str, side: Literal["kk", "ru"], reasons: Iterable[str]) -> list[Piece]:
    """The text in pieces, those marked that its reasons name."""
    spans: list[tuple[int, int]] = []
    for reason in reasons:
        kind, detail = parted(reason)
        halves = detail.split("≠")
        own = halves[0 if side == "kk" else -1] if len(halves) > 1 else detail
        named = [each.strip() for each in own.split(", ") if each.strip() and each.strip() != _NOTHING]
        if kind == "number_mismatch":
            spans += _figure_spans(text, side, named)
        elif kind in ("name_missing", "markup_missing"):
            spans += _literal_spans(text, named)
    return _pieces(text, sorted(spans))


def _figure_spans(text: str, language: str, keys: Sequence[str]) -> list[tuple[int, int]]:
    """The words without which the text would lack one of these keys: «5», «мая» and «2021» for `2021-05-05`."""
    words = list(_WORD.finditer(text))
    if not keys or len(words) > _MOST_WORDS:
        return []
    whole = figures(text, language)
    spans = []
    for word in words:
        rest = f"{text[: word.start()]}{' ' * len(word[0])}{text[word.end() :]}"
        lost = whole - figures(rest, language)
        if any(key in lost for key in keys):
            spans.append(word.span())
    return spans


def _literal_spans(text: str, named: Sequence[str]) -> list[tuple[int, int]]:
    spans = []
    for name in named:
        words = r"[\W_]+".join(map(re.escape, name.split()))
        spans += [found.span() for found in re.finditer(rf"(?<!\w){words}(?!\w)", text)]
    return spans


def _pieces(text: str, spans: Sequence[tuple[int, int]]) -> list[Piece]:
    joined: list[list[int]] = []
    for start, end in spans:
        if joined and (start <= joined[-1][1] or _BETWEEN.fullmatch(text, joined[-1][1], start)):
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([start, end])
    pieces: list[Piece] = []
    position = 0
    for start, end in joined:
        if start > position:
            pieces.append((text[position:start], False))
        pieces.append((text[start:end], True))
        position = end
    if position < len(text):
        pieces.append((text[position:], False))
    return pieces
