"""A text that has been cut into segments → a new XLIFF file."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Literal

from aligner.memory.lookup import Language
from aligner.pretranslate.elements import (
    MATCHES_2,
    TOOL,
    XLIFF_12,
    XLIFF_20,
    alt_trans,
    clean,
    matches_2,
    state_2,
    state_12,
)
from aligner.pretranslate.records import Filled

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

__all__ = ["Format", "Piece", "new_xliff"]

Format = Literal["xliff12", "xliff21"]
Piece = Filled | str
"""A segment, or the white space between two."""

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def new_xliff(paragraphs: Sequence[Sequence[Piece]], original: str, language: Language, kind: Format) -> bytes:
    """An XLIFF document in UTF-8. `original` is the name of the file; a paragraph is a group in 1.2, a unit in 2.1."""
    from lxml import etree

    target: Language = "ru" if language == "kk" else "kk"
    make = _version_12 if kind == "xliff12" else _version_21
    root = make(paragraphs, clean(original), language, target)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8")) + b"\n"


def _version_12(paragraphs: Sequence[Sequence[Piece]], original: str, source: Language, target: Language) -> Element:
    from lxml.etree import Element as new_element  # noqa: N813
    from lxml.etree import SubElement

    def child(parent: Element, name: str, **attributes: str) -> Element:
        return SubElement(
            parent, f"{{{XLIFF_12}}}{name}", {key.replace("_", "-"): attributes[key] for key in attributes}
        )

    names: Any = {None: XLIFF_12}
    root = new_element(f"{{{XLIFF_12}}}xliff", {"version": "1.2"}, nsmap=names)
    languages = {"source_language": source, "target_language": target}
    file = child(root, "file", original=original, datatype="plaintext", tool_id=TOOL, **languages)
    header = child(file, "header")
    child(header, "tool", tool_id=TOOL, tool_name="Qostil", tool_version=version("qostil"))
    body = child(file, "body")
    number = 0
    for place, paragraph in enumerate(paragraphs, 1):
        group = child(body, "group", id=f"p{place}", restype="x-paragraph")
        for piece in paragraph:
            if isinstance(piece, str):
                continue
            number += 1
            unit = child(group, "trans-unit", id=str(number))
            unit.set(_XML_SPACE, "preserve")
            child(unit, "source").text = clean(piece.source)
            element = SubElement(unit, f"{{{XLIFF_12}}}target", state_12(piece))
            element.text = clean(piece.target) if piece.target is not None else None
            for match in piece.matches:
                alt_trans(unit, match, (source, target))
    return root


def _version_21(paragraphs: Sequence[Sequence[Piece]], original: str, source: Language, target: Language) -> Element:
    from lxml.etree import Element as new_element  # noqa: N813
    from lxml.etree import SubElement

    def child(parent: Element, name: str, **attributes: str) -> Element:
        return SubElement(parent, f"{{{XLIFF_20}}}{name}", attributes)

    attributes = {"version": "2.1", "srcLang": source, "trgLang": target}
    names: Any = {None: XLIFF_20, "mtc": MATCHES_2}
    root = new_element(f"{{{XLIFF_20}}}xliff", attributes, nsmap=names)
    file = child(root, "file", id="f1", original=original)
    for place, paragraph in enumerate(paragraphs, 1):
        unit = child(file, "unit", id=f"u{place}")
        unit.set(_XML_SPACE, "preserve")
        segments = [piece for piece in paragraph if not isinstance(piece, str)]
        matches = matches_2([(f"s{number}", segment) for number, segment in enumerate(segments, 1)], set())
        if matches is not None:
            unit.append(matches)
        number = 0
        for piece in paragraph:
            if isinstance(piece, str):
                child(child(unit, "ignorable"), "source").text = clean(piece)
                continue
            number += 1
            segment = child(unit, "segment", id=f"s{number}", **state_2(piece))
            child(segment, "source").text = clean(piece.source)
            if piece.target is not None:
                child(segment, "target").text = clean(piece.target)
    return root
