"""The filters by name, and what a list of them says of a pair."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from aligner.errors import OptionError
from aligner.filter.block import PairBlock
from aligner.filter.copies import Repetition, Untranslated
from aligner.filter.languages import Language
from aligner.filter.markup import Markup
from aligner.filter.numerals import Numerals
from aligner.filter.personal import PersonalData
from aligner.filter.protocol import Filter, Finding
from aligner.filter.script import Garbled, MixedWords, Script
from aligner.filter.sizes import EmptySide, LengthRatio, TextLength
from aligner.records import Unit

__all__ = ["DEFAULT_FILTERS", "FILTERS", "examine", "filters_named", "first_objection", "objections"]

_DEFAULT: tuple[Any, ...] = (
    EmptySide(),
    TextLength(),
    LengthRatio(),
    Garbled(),
    Script(),
    MixedWords(),
    Untranslated(),
    Repetition(),
    Language("kk"),
    Language("ru"),
    Numerals(),
)
DEFAULT_FILTERS: tuple[str, ...] = tuple(each.name for each in _DEFAULT)
"""The filters that an export asks unless it is told otherwise, the cheapest first."""

_FEWEST_A_BLOCK, _PAIRS_A_BLOCK = 16, 4_096

FILTERS: dict[str, Any] = {each.name: each for each in (*_DEFAULT, Markup(), PersonalData())}
"""Every filter, by its name, with its usual threshold."""


def filters_named(names: Sequence[str] = DEFAULT_FILTERS) -> tuple[Filter, ...]:
    """The filters named, each as `name` or `name=threshold`. Raises `OptionError` for one that there is not."""
    return tuple(_filter_named(each) for each in names)


def _filter_named(wanted: str) -> Filter:
    name, _, threshold = wanted.partition("=")
    if name not in FILTERS:
        raise OptionError(f"there is no filter {name!r}; there are {', '.join(FILTERS)}")
    found: Filter = FILTERS[name]
    if not threshold:
        return found
    make: Callable[..., Filter] = replace
    try:
        return make(found, threshold=float(threshold))
    except ValueError:
        raise OptionError(f"{wanted}: a threshold is a number, such as {name}={found.threshold:g}") from None


def examine(pair: Unit, filters: Sequence[Filter]) -> list[Finding]:
    """What each of the filters says of the pair, those after an objection included."""
    findings = []
    for each in filters:
        score = each.score(pair)
        accepted = each.accept(score)
        reason = "" if accepted else each.reason(pair, score)
        findings.append(Finding(each.name, score, each.threshold, accepted, reason))
    return findings


def objections(pairs: Sequence[Unit], filters: Sequence[Filter]) -> list[str | None]:
    """The `first_objection` to each of many pairs: several times as fast, for most filters clear most of them."""
    if len(pairs) < _FEWEST_A_BLOCK:
        return [first_objection(pair, filters) for pair in pairs]
    found: list[str | None] = [None] * len(pairs)
    for start in range(0, len(pairs) if filters else 0, _PAIRS_A_BLOCK):
        own = pairs[start : start + _PAIRS_A_BLOCK]
        block = PairBlock([pair.kk for pair in own], [pair.ru for pair in own])
        is_open = ~np.array([each.clears(block) for each in filters])
        for place in np.flatnonzero(is_open.any(axis=0)).tolist():
            doubting = [each for each, is_asked in zip(filters, is_open[:, place].tolist(), strict=True) if is_asked]
            found[start + place] = first_objection(own[place], doubting)
    return found


def first_objection(pair: Unit, filters: Sequence[Filter]) -> str | None:
    """The reason for which the first of the filters drops the pair, or None."""
    for each in filters:
        score = each.score(pair)
        if not each.accept(score):
            return each.reason(pair, score)
    return None
