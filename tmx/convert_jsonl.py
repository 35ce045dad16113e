"""One JSON object a line for each unit: everything a unit says, and easy to handle with other programs."""

from __future__ import annotations

import json
import os
from collections.abc import Generator, Iterator, Mapping
from types import TracebackType
from typing import Any

from tmx.atomic import AtomicFile
from tmx.errors import ConversionError
from tmx.inline import Content, Inline, joined
from tmx.limits import DEFAULT_LIMITS, Limits
from tmx.lines import iter_lines
from tmx.records import Annotation, Foreign, Header, Note, Prop, Skipped, TranslationUnit, Variant
from tmx.source import Source

__all__ = ["JsonlReader", "JsonlWriter", "unit_from_json", "unit_to_json"]

_MAX_DEPTH = 100


class JsonlReader:
    """Units from lines in our form, or from `{"kk": "…", "ru": "…"}`. The first language is the source."""

    def __init__(self, source: Source, *, lenient: bool = False, limits: Limits = DEFAULT_LIMITS) -> None:
        self._name = os.fspath(source) if isinstance(source, str | os.PathLike) else str(source)
        self._lenient = lenient
        self.skipped: list[Skipped] = []
        self._units = self._read(iter_lines(source, limits))
        self._first = next(self._units, None)
        self.header = Header(srclang=self._first.variants[0].language if self._first else "*all*")

    def __iter__(self) -> Iterator[TranslationUnit]:
        if self._first is not None:
            yield self._first
            yield from self._units

    def __enter__(self) -> JsonlReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._units.close()

    def _read(self, lines: Iterator[bytes]) -> Generator[TranslationUnit, None, None]:
        unit = 0
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            unit += 1
            try:
                yield unit_from_json(json.loads(line))
            except (ValueError, RecursionError) as error:
                problem = f"no translation unit in JSON: {error}"
                if not self._lenient:
                    raise ConversionError(self._name, problem, number, unit) from error
                self.skipped.append(Skipped(self._name, unit, number, problem))


class JsonlWriter:
    """Writes one unit a line, in UTF-8."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._file = AtomicFile(path)

    def write(self, unit: TranslationUnit) -> None:
        """Append one unit."""
        line = json.dumps(unit_to_json(unit), ensure_ascii=False, separators=(",", ":"))
        self._file.write(line.encode("utf-8", "backslashreplace") + b"\n")

    def __enter__(self) -> JsonlWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.__exit__(kind, error, trace)


def unit_to_json(unit: TranslationUnit) -> dict[str, object]:
    """The unit as JSON values. What is empty is left out."""
    return _filled(
        attributes=dict(unit.attributes),
        annotations=[_annotation(each) for each in unit.annotations],
        variants=[
            _filled(
                language=each.language,
                attributes=dict(each.attributes),
                annotations=[_annotation(annotation) for annotation in each.annotations],
            )
            | _content(each.content)
            for each in unit.variants
        ],
    )


def unit_from_json(value: object) -> TranslationUnit:
    """The unit that `unit_to_json` wrote, or that maps language codes to texts.

    Raises ValueError, in words for a person, for anything else.
    """
    if not isinstance(value, dict):
        raise ValueError("the line holds no object")
    if "variants" not in value:
        if not value or not all(isinstance(text, str) for text in value.values()):
            raise ValueError("there are neither variants nor a text per language")
        return TranslationUnit.from_texts(value)
    variants = tuple(
        Variant(
            _string(each, "language"),
            _content_from(each),
            _strings(each),
            tuple(_annotation_from(annotation) for annotation in _list(each, "annotations")),
        )
        for each in _list(value, "variants")
    )
    if not variants:
        raise ValueError("the unit has no variants")
    return TranslationUnit(
        variants, _strings(value), tuple(_annotation_from(each) for each in _list(value, "annotations"))
    )


def _filled(**values: object) -> dict[str, object]:
    return {key: value for key, value in values.items() if value}


def _content(content: Content) -> dict[str, object]:
    if not content:
        return {"text": ""}
    if len(content) == 1 and isinstance(content[0], str):
        return {"text": content[0]}
    return {"content": _parts(content)}


def _parts(content: Content) -> list[object]:
    return [
        part
        if isinstance(part, str)
        else {"name": part.name} | _filled(attributes=dict(part.attributes), content=_parts(part.content))
        for part in content
    ]


def _annotation(annotation: Annotation) -> dict[str, object]:
    attributes = dict(annotation.attributes)
    if isinstance(annotation, Prop):
        extra = _filled(attributes=attributes, markup=_parts(annotation.markup))
        return {"prop": annotation.type, "text": annotation.text} | extra
    if isinstance(annotation, Note):
        return {"note": annotation.text} | _filled(attributes=attributes, markup=_parts(annotation.markup))
    return {"foreign": annotation.name} | _filled(attributes=attributes, content=_parts(annotation.content))


def _annotation_from(value: object) -> Annotation:
    if not isinstance(value, dict):
        raise ValueError("an annotation is no object")
    if "prop" in value:
        return Prop(
            _string(value, "prop"), _string(value, "text"), _strings(value), _content_of(_list(value, "markup"))
        )
    if "note" in value:
        return Note(_string(value, "note"), _strings(value), _content_of(_list(value, "markup")))
    return Foreign(_string(value, "foreign"), _strings(value), _content_of(_list(value, "content")))


def _content_from(value: Mapping[str, object]) -> Content:
    if "content" in value:
        return _content_of(_list(value, "content"))
    text = _string(value, "text")
    return (text,) if text else ()


def _content_of(parts: list[Any], depth: int = 0) -> Content:
    if depth > _MAX_DEPTH:
        raise ValueError("elements lie too deep")
    result: list[str | Inline] = []
    for part in parts:
        if isinstance(part, str):
            result.append(part)
        elif isinstance(part, dict):
            inner = _content_of(_list(part, "content"), depth + 1)
            result.append(Inline(_string(part, "name"), _strings(part), inner))
        else:
            raise ValueError("the content holds something that is neither text nor element")
    return joined(result)


def _string(value: Any, key: str) -> str:
    text = value.get(key) if isinstance(value, dict) else None
    if not isinstance(text, str):
        raise ValueError(f"{key} is missing, or no text")
    return text


def _strings(value: Mapping[str, Any]) -> dict[str, str]:
    attributes = value.get("attributes", {})
    if not isinstance(attributes, dict) or not all(isinstance(each, str) for each in attributes.values()):
        raise ValueError("attributes are no object of texts")
    return attributes


def _list(value: Any, key: str) -> list[Any]:
    items = value.get(key, []) if isinstance(value, dict) else None
    if not isinstance(items, list):
        raise ValueError(f"{key} is no list")
    return items
