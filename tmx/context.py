"""What stands before and after a segment, in the properties that CAT tools read it from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from tmx.errors import LanguageError
from tmx.records import Annotation, Prop, TranslationUnit, Variant

__all__ = ["CONTEXT_TYPES", "Context", "ContextForm", "context_of", "with_context"]

ContextForm: TypeAlias = Literal["phrase", "xtm"]

# Phrase keeps them in the source variant (its manual, “Translation Unit Metadata”), XTM in the unit.
CONTEXT_TYPES: dict[ContextForm, tuple[str, str]] = {
    "phrase": ("context_prev", "context_next"),
    "xtm": ("x-previous-source-text", "x-next-source-text"),
}


@dataclass(frozen=True, slots=True)
class Context:
    """The source texts of the segments around; None at the ends of a document, or where it is unknown."""

    previous: str | None = None
    following: str | None = None


def with_context(
    unit: TranslationUnit, source_language: str, context: Context, form: ContextForm = "phrase"
) -> TranslationUnit:
    """The unit with its context in one form. Call it twice for both.

    Raises LanguageError where the unit has no variant in the source language.
    """
    variant = unit.variant(source_language)
    if variant is None:
        raise LanguageError(f"the unit has no text in {source_language!r} to give a context to")
    types = CONTEXT_TYPES[form]
    texts = (context.previous, context.following)
    props = tuple(Prop(kind, text) for kind, text in zip(types, texts, strict=True) if text is not None)

    def renewed(annotations: tuple[Annotation, ...]) -> tuple[Annotation, ...]:
        rest = (each for each in annotations if not (isinstance(each, Prop) and each.type in types))
        return (*rest, *props)

    if form == "xtm":
        return replace(unit, annotations=renewed(unit.annotations))
    enriched = replace(variant, annotations=renewed(variant.annotations))
    return replace(unit, variants=tuple(enriched if each is variant else each for each in unit.variants))


def context_of(unit: TranslationUnit) -> Context:
    """The context that the unit or one of its variants carries, in either form."""
    found: list[str | None] = [None, None]
    holders: tuple[TranslationUnit | Variant, ...] = (unit, *unit.variants)
    for holder in holders:
        for types in CONTEXT_TYPES.values():
            for side, kind in enumerate(types):
                if found[side] is None:
                    found[side] = holder.prop(kind)
    return Context(*found)
