"""Where a bead's texts differ in numbers and names, as places to mark."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from aligner.evidence import compare_figures, figures
from aligner.judge.judge import load_model
from aligner.judge.texts import look_at

__all__ = ["Mark", "differences"]

Mark = tuple[int, int, str]
"""Start and end in code points, and `number` or `name`."""

_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*(?:[ \u00a0\u202f]\d{3}(?!\d))*%?|(?<![^\W_])[IVXІХ]{2,6}(?![^\W_])")
_STRANGE_FROM = 1.15
_LONGEST = 20_000


@lru_cache(maxsize=4_096)
def differences(kk: str, ru: str) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
    """The numbers and names of each text that the other one does not answer, in order."""
    if len(kk) + len(ru) > _LONGEST:
        return (), ()
    compared = compare_figures(kk, ru)
    evidence = look_at(kk, ru, load_model().rates)
    strange = [name.text for strangeness, name in evidence.names if strangeness >= _STRANGE_FROM]
    return (
        _merged([*_numbers(kk, "kk", compared.only_kk), *_names(kk, strange)]),
        _merged([*_numbers(ru, "ru", compared.only_ru), *_names(ru, strange)]),
    )


def _numbers(text: str, language: str, only: Counter[str]) -> list[Mark]:
    """The figures without which the text would not hold a number that is its own alone."""
    if not only:
        return []
    whole = figures(text, language)
    marks: list[Mark] = []
    for match in _TOKEN.finditer(text):
        blanked = f"{text[: match.start()]}\n{text[match.end() :]}"
        if (whole - figures(blanked, language)) & only:
            marks.append((match.start(), match.end(), "number"))
    return marks


def _names(text: str, strange: list[str]) -> list[Mark]:
    marks: list[Mark] = []
    for name in strange:
        words = r"[\W_]+".join(map(re.escape, name.split()))
        found = re.search(rf"(?<![^\W_]){words}(?![^\W_])", text)
        if found:
            marks.append((found.start(), found.end(), "name"))
    return marks


def _merged(marks: list[Mark]) -> tuple[Mark, ...]:
    """In order, without those that overlap an earlier one."""
    result: list[Mark] = []
    for mark in sorted(marks):
        if not result or mark[0] >= result[-1][1]:
            result.append(mark)
    return tuple(result)
