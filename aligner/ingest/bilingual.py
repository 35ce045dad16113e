"""Rows of texts in several languages → the pairs of Kazakh and Russian in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from aligner.ingest.draft import AlignedDraft
from aligner.ingest.lines import clean_line
from aligner.ingest.old_letters import renewal_for
from aligner.language import identify_language
from aligner.records import Dropped

__all__ = ["OWN_COLUMNS", "aligned_draft", "draft_from_rows"]

OWN_COLUMNS = ("kk", "ru", "score", "reasons", "kk_source", "ru_source", "date")
"""What a table that Qostil has written begins with."""

_KAZAKH_NAMES = ("қазақ", "казах", "kazakh", "qazaq")
_RUSSIAN_NAMES = ("орыс", "русс", "russian", "orys")
_KAZAKH_CODES = frozenset({"kk", "kaz", "kz", "қаз", "каз", "қз"})
_RUSSIAN_CODES = frozenset({"ru", "rus", "рус", "орыс", "ру"})
# Headings that name the part of a column, not its language.
_ROLES = frozenset(
    (
        *("", "source", "target", "original", "translation", "segment"),
        *("оригинал", "перевод", "исходный текст", "исходник", "источник", "текст", "сегмент"),
        *("түпнұсқа", "аударма", "мәтін", "бастапқы мәтін"),
    )
)
_WORD = re.compile(r"[^\W\d_]+")
_MAX_HEADER_WORDS = 6
_MAX_ROWS_ABOVE = 10
_SAMPLED_ROWS = 200
_FEWEST_LETTERS = 3
# Of the letters of a column, in cells that are long enough to tell.
_MIN_LANGUAGE_SHARE = 0.6
# A column with a heading needs less: terms of one word are often the same in both languages.
_MIN_NAMED_SHARE = 0.3


def draft_from_rows(rows: Sequence[Sequence[str]]) -> AlignedDraft | None:
    """The pairs in a table, or None where no column is Kazakh beside one that is Russian.

    The columns are known by their headings, and by the language of what stands below; without headings by
    the language alone. A row that lacks one side is dropped.
    """
    renew = renewal_for([cell for row in rows[:_SAMPLED_ROWS] for cell in row])
    if renew is not None:
        rows = [list(map(renew, row)) for row in rows]
    named = _named_columns(rows)
    if named is not None:
        start, kk, ru = named
        body = rows[start:]
        if _share(body, kk, "kk") < _MIN_NAMED_SHARE or _share(body, ru, "ru") < _MIN_NAMED_SHARE:
            return None
    else:
        body = rows
        found = _columns_by_language(rows)
        if found is None:
            return None
        kk, ru = found
        if body and {_cell(body[0], kk).strip().casefold(), _cell(body[0], ru).strip().casefold()} <= _ROLES:
            body = body[1:]
    return aligned_draft((_cell(row, kk), _cell(row, ru)) for row in body)


def aligned_draft(pairs: Iterable[tuple[str, str]]) -> AlignedDraft | None:
    """The pairs `(kk, ru)` of raw texts cleaned; None where there is not one with both sides.

    Where both sides have equally many lines, each line is a pair.
    """
    kk_texts: list[str] = []
    ru_texts: list[str] = []
    dropped: list[Dropped] = []
    for kk, ru in pairs:
        left = [line for each in kk.split("\n") if (line := clean_line(each))]
        right = [line for each in ru.split("\n") if (line := clean_line(each))]
        if not left or not right:
            dropped.extend(Dropped(text, "no other side") for text in (*left, *right))
        elif len(left) == len(right):
            kk_texts.extend(left)
            ru_texts.extend(right)
        else:
            kk_texts.append(" ".join(left))
            ru_texts.append(" ".join(right))
    return AlignedDraft(tuple(kk_texts), tuple(ru_texts), tuple(dropped)) if kk_texts else None


def _named_columns(rows: Sequence[Sequence[str]]) -> tuple[int, int, int] | None:
    """The row after the headings, and the columns headed as Kazakh and as Russian."""
    for number, row in enumerate(rows[:_MAX_ROWS_ABOVE]):
        named = [_language_named(cell) for cell in row]
        if "kk" in named and "ru" in named:
            return number + 1, named.index("kk"), named.index("ru")
    return None


def _language_named(cell: str) -> str | None:
    words = _WORD.findall(cell[:100].casefold())
    if not 0 < len(words) <= _MAX_HEADER_WORDS:
        return None
    is_kazakh = any(word in _KAZAKH_CODES or word.startswith(_KAZAKH_NAMES) for word in words)
    is_russian = any(word in _RUSSIAN_CODES or word.startswith(_RUSSIAN_NAMES) for word in words)
    if is_kazakh == is_russian:
        return None
    return "kk" if is_kazakh else "ru"


def _columns_by_language(rows: Sequence[Sequence[str]]) -> tuple[int, int] | None:
    width = max((len(row) for row in rows[:_SAMPLED_ROWS]), default=0)
    best: dict[str, tuple[int, int]] = {}
    for column in range(min(width, 64)):
        size = sum(len(_cell(row, column)) for row in rows[:_SAMPLED_ROWS])
        for language in ("kk", "ru"):
            if size > best.get(language, (0, 0))[0] and _share(rows, column, language) >= _MIN_LANGUAGE_SHARE:
                best[language] = (size, column)
    return (best["kk"][1], best["ru"][1]) if len(best) == 2 else None


def _share(rows: Sequence[Sequence[str]], column: int, language: str) -> float:
    """Of the letters in the first cells of a column, the share in cells that are in `language`."""
    own = letters = 0
    for row in rows[:_SAMPLED_ROWS]:
        cell = _cell(row, column)
        size = sum(map(str.isalpha, cell))
        if size >= _FEWEST_LETTERS:
            letters += size
            own += size * (identify_language(cell) == language)
    return own / letters if letters else 0.0


def _cell(row: Sequence[str], column: int) -> str:
    return row[column] if column < len(row) else ""
