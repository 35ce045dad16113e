"""The records of a translation memory: frozen, typed, and in the terms of TMX 1.4b.

Attributes that the standard does not know, and elements it does not know, stay in the records as they were
read, so that a memory passes through without loss.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from tmx.inline import Content, plain_text
from tmx.languages import best_match

__all__ = [
    "Annotation",
    "Document",
    "Foreign",
    "Header",
    "Note",
    "Prop",
    "Skipped",
    "TranslationUnit",
    "Ude",
    "Variant",
]


@dataclass(frozen=True, slots=True)
class Note:
    """A remark. `attributes` may hold `xml:lang` and `o-encoding`.

    `markup` is the content where it holds elements, which TMX does not foresee; otherwise it is empty.
    """

    text: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    markup: Content = ()


@dataclass(frozen=True, slots=True)
class Prop:
    """A property of the tool that wrote the file: its type, and its value as text.

    `attributes` may hold `xml:lang` and `o-encoding`. Types of one's own begin with `x-`. `markup` is the
    content where it holds elements, as memoQ's does, though TMX does not foresee it; otherwise it is empty.
    """

    type: str
    text: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    markup: Content = ()


@dataclass(frozen=True, slots=True)
class Foreign:
    """An element that TMX does not know where it was found, kept as it was read."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    content: Content = ()


Annotation: TypeAlias = Note | Prop | Foreign


@dataclass(frozen=True, slots=True)
class Ude:
    """A user-defined encoding: the attributes of the element and of each of its `map` elements."""

    attributes: Mapping[str, str]
    maps: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """A `tuv`: what the unit says in one language.

    `language` is the code as it was read, or as it shall be written. `attributes` are all others, by
    their TMX names (`changedate`, `creationid` …).
    """

    language: str
    content: Content
    attributes: Mapping[str, str] = field(default_factory=dict)
    annotations: tuple[Annotation, ...] = ()

    @property
    def text(self) -> str:
        """The text without inline code."""
        return plain_text(self.content)

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes alone."""
        return tuple(each for each in self.annotations if isinstance(each, Note))

    @property
    def props(self) -> tuple[Prop, ...]:
        """The properties alone."""
        return tuple(each for each in self.annotations if isinstance(each, Prop))

    def prop(self, type_: str) -> str | None:
        """The value of the first property of this type, or None."""
        return _first_prop(self.annotations, type_)


@dataclass(frozen=True, slots=True)
class TranslationUnit:
    """A `tu`: one text in two languages or more. `attributes` are all of them, by their TMX names."""

    variants: tuple[Variant, ...]
    attributes: Mapping[str, str] = field(default_factory=dict)
    annotations: tuple[Annotation, ...] = ()

    @classmethod
    def from_texts(
        cls,
        texts: Mapping[str, str],
        attributes: Mapping[str, str] | None = None,
        annotations: Iterable[Annotation] = (),
    ) -> TranslationUnit:
        """A unit from a plain text per language code, in the order given."""
        variants = tuple(Variant(code, (text,) if text else ()) for code, text in texts.items())
        return cls(variants, dict(attributes or {}), tuple(annotations))

    @property
    def tuid(self) -> str | None:
        """The identifier of the unit, or None."""
        return self.attributes.get("tuid")

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes of the unit, without those of its variants."""
        return tuple(each for each in self.annotations if isinstance(each, Note))

    @property
    def props(self) -> tuple[Prop, ...]:
        """The properties of the unit, without those of its variants."""
        return tuple(each for each in self.annotations if isinstance(each, Prop))

    def prop(self, type_: str) -> str | None:
        """The value of the first property of this type, or None."""
        return _first_prop(self.annotations, type_)

    def variant(self, language: str) -> Variant | None:
        """The first variant in this language: the same code first, whatever its case, then the same
        language of another region (`kk` finds `kk-KZ`), or None."""
        code = best_match(language, [each.language for each in self.variants])
        return None if code is None else next(each for each in self.variants if each.language == code)

    def text(self, language: str) -> str | None:
        """The plain text in this language, or None where the unit lacks it."""
        variant = self.variant(language)
        return None if variant is None else variant.text

    def with_attributes(self, **changes: str | None) -> TranslationUnit:
        """A copy with some attributes set, or taken away by None; `_` in a name stands for `-`."""
        attributes = dict(self.attributes)
        for key, value in changes.items():
            name = key.replace("_", "-")
            if value is None:
                attributes.pop(name, None)
            else:
                attributes[name] = value
        return replace(self, attributes=attributes)


@dataclass(frozen=True, slots=True)
class Header:
    """The header. The defaults are those that the CAT tools we know accept.

    `srclang` is the code of the source variants, exactly as they have it, or `*all*`. `attributes` are
    the ones without a field here. `root_attributes` are those of the `tmx` element besides `version`.
    """

    srclang: str = "*all*"
    creationtool: str = "tmx"
    creationtoolversion: str = "1.0"
    segtype: str = "sentence"
    o_tmf: str = "tmx"
    adminlang: str = "en"
    datatype: str = "plaintext"
    creationdate: str | None = None
    changedate: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    annotations: tuple[Annotation | Ude, ...] = ()
    root_attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes alone."""
        return tuple(each for each in self.annotations if isinstance(each, Note))

    @property
    def props(self) -> tuple[Prop, ...]:
        """The properties alone."""
        return tuple(each for each in self.annotations if isinstance(each, Prop))

    def prop(self, type_: str) -> str | None:
        """The value of the first property of this type, or None."""
        return _first_prop(self.annotations, type_)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A unit that a lenient reader left out: its number and line, from 1, and why."""

    source: str
    unit: int
    line: int
    problem: str

    def __str__(self) -> str:
        return f"{self.source}, line {self.line}, unit {self.unit}: {self.problem}"


@dataclass(frozen=True, slots=True)
class Document:
    """A whole memory held in memory: for small files. `skipped` is empty unless it was read leniently."""

    header: Header
    units: tuple[TranslationUnit, ...]
    skipped: tuple[Skipped, ...] = ()

    def __iter__(self) -> Iterator[TranslationUnit]:
        return iter(self.units)

    def __len__(self) -> int:
        return len(self.units)


def _first_prop(annotations: Iterable[Annotation | Ude], type_: str) -> str | None:
    return next((each.text for each in annotations if isinstance(each, Prop) and each.type == type_), None)
