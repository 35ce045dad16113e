"""By what the cells of a CSV are cut: Excel takes the list separator of its user's country, here a semicolon."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import TypeVar

__all__ = ["SAMPLE_LINES", "delimiter_of", "opened_csv", "stated_delimiter"]

_DELIMITERS = ",;\t|"
_STATED = re.compile(r'\ufeff?"?sep=([,;\t|])"?\r?\n', re.IGNORECASE)
SAMPLE_LINES = 20
"""So many lines tell the delimiter."""
_Line = TypeVar("_Line", str, tuple[int, str])


def stated_delimiter(text: str) -> re.Match[str] | None:
    """The line that Excel writes, and reads, to say by what the cells are cut; group 1 is the mark."""
    return _STATED.match(text)


def delimiter_of(lines: Sequence[str]) -> str:
    """The mark that parts the headings kk and ru from each other, or else the one that cuts the first of the lines into
    equally many cells, the most where several do; a comma where none does."""
    filled = [line for line in lines[:SAMPLE_LINES] if line.strip()]
    for mark in _DELIMITERS:
        if filled and {"kk", "ru"} <= {cell.strip('\ufeff" \r\n').lower() for cell in filled[0].split(mark)}:
            return mark
    best, most = ",", 1.0
    for mark in _DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(filled, delimiter=mark)]
        except csv.Error:
            continue
        usual = max(set(widths), key=widths.count) if widths else 1
        worth = usual * widths.count(usual) / len(widths) if usual > 1 else 0.0
        if worth > most:
            best, most = mark, worth
    return best


def opened_csv(lines: Iterator[_Line]) -> tuple[str, Iterator[_Line]]:
    """The delimiter of a CSV that is read line by line, and its lines, numbered or not, without one that states it."""
    first = list(islice(lines, SAMPLE_LINES))
    texts = [line if isinstance(line, str) else line[1] for line in first]
    if texts and (stated := stated_delimiter(texts[0])):
        return stated[1], chain(first[1:], lines)
    return delimiter_of(texts), chain(first, lines)
