"""A memory for the other direction."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace

from tmx.context import CONTEXT_TYPES
from tmx.errors import LanguageError
from tmx.languages import best_match, canonical
from tmx.limits import DEFAULT_LIMITS, Limits
from tmx.reader import Reader
from tmx.records import Annotation, Prop, Skipped, TranslationUnit
from tmx.writer import Writer

__all__ = ["ReverseReport", "reverse"]


@dataclass(frozen=True, slots=True)
class ReverseReport:
    """The new source language, the units written, and how many lacked that language and were left out."""

    source_language: str
    written: int
    without_source: int
    skipped: tuple[Skipped, ...] = ()


def reverse(
    source: str | os.PathLike[str],
    target: str | os.PathLike[str],
    source_language: str | None = None,
    *,
    lenient: bool = False,
    limits: Limits = DEFAULT_LIMITS,
) -> ReverseReport:
    """Write the units with `source_language` as their source: first in the unit, and named in the header.

    Without it, the file must have two languages, and the one that is not the source now becomes it.
    Raises LanguageError where that can't be told, or where no unit has the language. A unit without it
    is left out and counted. Context properties are of the former source, and go.
    """
    if source_language is None:
        source_language = _other_language(source, lenient, limits)
    spelled = _spelling(source, source_language, lenient, limits)
    written = without = 0
    with (
        Reader(source, lenient=lenient, limits=limits) as reader,
        Writer(target, replace(reader.header, srclang=spelled)) as writer,
    ):
        for unit in reader:
            turned = _turned(unit, source_language)
            if turned is None:
                without += 1
            else:
                writer.write(turned)
                written += 1
        skipped = tuple(reader.skipped)
    return ReverseReport(spelled, written, without, skipped)


_CONTEXT_TYPES = frozenset(kind for types in CONTEXT_TYPES.values() for kind in types)


def _turned(unit: TranslationUnit, language: str) -> TranslationUnit | None:
    source = unit.variant(language)
    if source is None:
        return None
    variants = (source, *(each for each in unit.variants if each is not source))
    return replace(
        unit,
        variants=tuple(replace(each, annotations=_without_context(each.annotations)) for each in variants),
        attributes={key: value for key, value in unit.attributes.items() if key != "srclang"},
        annotations=_without_context(unit.annotations),
    )


def _without_context(annotations: tuple[Annotation, ...]) -> tuple[Annotation, ...]:
    return tuple(each for each in annotations if not (isinstance(each, Prop) and each.type in _CONTEXT_TYPES))


def _spelling(source: str | os.PathLike[str], language: str, lenient: bool, limits: Limits) -> str:
    """The code as the variants have it, which the header must repeat."""
    with Reader(source, lenient=lenient, limits=limits) as reader:
        is_empty = True
        for unit in reader:
            is_empty = False
            variant = unit.variant(language)
            if variant is not None:
                return variant.language
        if is_empty:
            return language
        raise LanguageError(f"no unit of {reader.name} has a text in {language!r}")


def _other_language(source: str | os.PathLike[str], lenient: bool, limits: Limits) -> str:
    spelled: dict[str, str] = {}
    with Reader(source, lenient=lenient, limits=limits) as reader:
        for unit in reader:
            for each in unit.variants:
                spelled.setdefault(canonical(each.language), each.language)
        former = best_match(reader.header.srclang, spelled)
        if former is None or len(spelled) != 2:
            raise LanguageError(
                f"{reader.name} has {', '.join(sorted(spelled)) or 'no languages'} and the source"
                f" {reader.header.srclang!r}; name the language that shall be the source"
            )
    return next(code for form, code in spelled.items() if form != former)
