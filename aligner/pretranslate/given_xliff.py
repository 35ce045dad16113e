"""An XLIFF file as a CAT tool gave it → the same file with matches, and with targets where it has none.

Nothing else of it is touched. A text with inline elements gets matches, but no target: where the elements belong in
another sentence's translation only a person can say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from aligner.errors import FormatError, LanguageError
from aligner.memory.lookup import Language
from aligner.pretranslate.elements import (
    MATCHES_2,
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

__all__ = ["GivenXliff"]

# The content of these is code of the original format, not text.
_CODES = {"bpt", "ept", "ph", "it", "ut", "sub", "bx", "ex", "x"}


@dataclass(frozen=True, slots=True)
class _Place:
    """A text of the file: the `trans-unit` or `segment` it stands in, and its id where it is one part of a unit."""

    holder: Element
    source: Element
    part: str | None = None

    @property
    def text(self) -> str:
        return " ".join(_plain(self.source).split())


class GivenXliff:
    """An XLIFF document of version 1.2 or 2.x.

    Raises FormatError where it is none, and LanguageError where its languages are not Kazakh and Russian.
    """

    def __init__(self, data: bytes, name: str) -> None:
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            self._root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            remedy = "save it again in the tool it comes from"
            raise FormatError(name, f"is no well-formed XML ({error})", remedy) from error
        self._name = name
        spaces = {f"{{{XLIFF_12}}}xliff": XLIFF_12, f"{{{XLIFF_20}}}xliff": XLIFF_20}
        if self._root.tag not in spaces:
            raise FormatError(name, "is no XLIFF 1.2 or 2.x file", "save it as XLIFF in the tool it comes from")
        self._space = spaces[str(self._root.tag)]
        self.language = self._language()
        self._places = list(self._places_12() if self._space == XLIFF_12 else self._places_2())

    @property
    def texts(self) -> list[str]:
        """The source texts that may be translated, in their order."""
        return [place.text for place in self._places]

    def with_matches(self, segments: Sequence[Filled]) -> bytes:
        """The document with these, one for each of `texts`."""
        from lxml import etree

        put = self._put_12 if self._space == XLIFF_12 else self._put_2
        pairs = zip(self._places, segments, strict=True)
        put([(place, _without_codes(segment) if len(place.source) else segment) for place, segment in pairs])
        return bytes(etree.tostring(self._root.getroottree(), xml_declaration=True, encoding="UTF-8")) + b"\n"

    def _language(self) -> Language:
        if self._space == XLIFF_20:
            holders, names = [self._root], ("srcLang", "trgLang")
        else:
            holders, names = list(self._root.iter(f"{{{XLIFF_12}}}file")), ("source-language", "target-language")
        found: set[tuple[str, str]] = set()
        for holder in holders:
            source, target = (str(holder.get(name, "")) for name in names)
            codes = _primary(source), _primary(target)
            if codes[0] not in ("kk", "ru") or codes[1] not in ({"kk", "ru", ""} - {codes[0]}):
                raise LanguageError(
                    self._name,
                    f"translates from {source or 'no language'} to {target or 'no language'}",
                    "give a file from Kazakh to Russian or from Russian to Kazakh",
                )
            found.add(codes)
            if not target:
                holder.set(names[1], "ru" if codes[0] == "kk" else "kk")
        languages = {codes[0] for codes in found}
        if len(languages) != 1:
            problem = "holds texts of both directions" if languages else "holds no file"
            raise LanguageError(self._name, problem, "split it by direction")
        return "kk" if languages == {"kk"} else "ru"

    def _places_12(self) -> list[_Place]:
        places = []
        for unit in self._root.iter(f"{{{XLIFF_12}}}trans-unit"):
            source = unit.find(f"{{{XLIFF_12}}}source")
            if source is None or unit.get("translate") == "no":
                continue
            parted = unit.find(f"{{{XLIFF_12}}}seg-source")
            parts = (
                []
                if parted is None
                else [
                    each for each in parted.iter(f"{{{XLIFF_12}}}mrk") if each.get("mtype") == "seg" and each.get("mid")
                ]
            )
            places += [_Place(unit, each, str(each.get("mid"))) for each in parts] or [_Place(unit, source)]
        return [place for place in places if place.text]

    def _places_2(self) -> list[_Place]:
        places = []
        for unit in self._root.iter(f"{{{XLIFF_20}}}unit"):
            if unit.get("translate") == "no":
                continue
            for segment in unit.findall(f"{{{XLIFF_20}}}segment"):
                source = segment.find(f"{{{XLIFF_20}}}source")
                if source is not None:
                    places.append(_Place(segment, source))
        return [place for place in places if place.text]

    def _put_12(self, filled: list[tuple[_Place, Filled]]) -> None:
        from lxml import etree

        for place, segment in filled:
            unit = place.holder
            languages = self._languages_of(unit)
            target = unit.find(f"{{{XLIFF_12}}}target")
            has_text = target is not None and bool(_plain(target).strip())
            if segment.target is not None and not has_text and place.part is None:
                if target is None:
                    target = etree.Element(f"{{{XLIFF_12}}}target")
                    place.source.addnext(target)
                for child in list(target):
                    target.remove(child)
                target.text = clean(segment.target)
                for name, value in state_12(segment).items():
                    target.set(name, value)
            before = _last_before_matches(unit)
            for match in segment.matches:
                element = alt_trans(unit, match, languages, place.part)
                del element.attrib["tool-id"]
                before.addnext(element)
                before = element

    def _languages_of(self, unit: Element) -> tuple[str, str]:
        file = next(unit.iterancestors(f"{{{XLIFF_12}}}file"))
        return str(file.get("source-language")), str(file.get("target-language"))

    def _put_2(self, filled: list[tuple[_Place, Filled]]) -> None:
        from lxml import etree

        of_unit: dict[Element, list[tuple[_Place, Filled]]] = {}
        for place, segment in filled:
            parent = place.holder.getparent()
            if parent is not None:
                of_unit.setdefault(parent, []).append((place, segment))
        for unit, parts in of_unit.items():
            taken = {str(element.get("id")) for element in unit.iter() if element.get("id")}
            named: list[tuple[str, Filled]] = []
            for place, segment in parts:
                named.append((_id_of(place.holder, taken), segment))
                target = place.holder.find(f"{{{XLIFF_20}}}target")
                has_text = target is not None and bool(_plain(target).strip())
                if segment.target is None or has_text:
                    continue
                if target is None:
                    target = etree.SubElement(place.holder, f"{{{XLIFF_20}}}target")
                target.text = clean(segment.target)
                for name, value in state_2(segment).items():
                    place.holder.set(name, value)
            matches = matches_2(named, taken)
            known = unit.find(f"{{{MATCHES_2}}}matches")
            if matches is not None and known is not None:
                known.extend(list(matches))
            elif matches is not None:
                unit.insert(0, matches)


def _without_codes(segment: Filled) -> Filled:
    """What the memory has for a text with inline elements: it lacks them, and so is never all that is wanted."""
    matches = tuple(replace(match, kind="fuzzy", percent=min(99, match.percent)) for match in segment.matches)
    return Filled(segment.source, matches, "empty")


def _plain(element: Element) -> str:
    """The text of an element without the codes in it."""
    pieces = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag.rpartition("}")[2] not in _CODES:
            pieces.append(_plain(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _last_before_matches(unit: Element) -> Element:
    """The element after which a 1.2 unit may have `alt-trans`."""
    return next(
        element
        for name in ("alt-trans", "target", "seg-source", "source")
        for element in reversed(unit.findall(f"{{{XLIFF_12}}}{name}"))
    )


def _id_of(segment: Element, taken: set[str]) -> str:
    """The id of a segment; one of ours where it has none."""
    found = segment.get("id")
    if found is None:
        number = 1
        while f"s{number}" in taken:
            number += 1
        found = f"s{number}"
        segment.set("id", found)
        taken.add(found)
    return str(found)


def _primary(code: str) -> str:
    return code.replace("_", "-").split("-")[0].lower()
