"""What stands inside a segment: text, and the inline elements that carry the formatting of its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, Union

__all__ = ["INLINE_NAMES", "Content", "Inline", "inline_elements", "joined", "plain_text"]

INLINE_NAMES = frozenset({"bpt", "ept", "hi", "it", "ph", "sub", "ut"})

_NATIVE_CODE = frozenset({"bpt", "ept", "it", "ph", "ut"})

Content: TypeAlias = tuple[Union[str, "Inline"], ...]


@dataclass(frozen=True, slots=True)
class Inline:
    """One inline element: `bpt ept it ph ut` hold native code, `hi` holds text, `sub` text inside code.

    A name outside `INLINE_NAMES` is foreign data, kept as it was read. Source: TMX 1.4b, section 2.
    """

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    content: Content = ()

    @property
    def is_code(self) -> bool:
        """Does it hold native code, which is not part of the text?"""
        return self.name in _NATIVE_CODE


def plain_text(content: Content) -> str:
    """The text a person reads: native code is left out, and so is a `sub`, which is a text of its own."""
    if len(content) == 1 and isinstance(content[0], str):
        return content[0]
    return "".join(_texts(content))


def _texts(content: Content) -> Iterator[str]:
    for part in content:
        if isinstance(part, str):
            yield part
        elif part.name not in _NATIVE_CODE and part.name != "sub":
            yield from _texts(part.content)


def inline_elements(content: Content) -> Iterator[Inline]:
    """Every inline element, in document order, at any depth."""
    for part in content:
        if not isinstance(part, str):
            yield part
            yield from inline_elements(part.content)


def joined(parts: Iterable[str | Inline]) -> Content:
    """The parts without empty strings and with neighbouring strings made one: the form that is read back."""
    result: list[str | Inline] = []
    for part in parts:
        if isinstance(part, str):
            if not part:
                continue
            last = result[-1] if result else None
            if isinstance(last, str):
                result[-1] = last + part
                continue
        result.append(part)
    return tuple(result)
