"""XLIFF 1.2 and 2.1, bilingual: inline elements, notes and properties included."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import TracebackType
from typing import Literal

from tmx.atomic import AtomicFile
from tmx.elements import ElementStream
from tmx.errors import ConversionError, LanguageError
from tmx.inline import Content, Inline, inline_elements, joined, plain_text
from tmx.limits import DEFAULT_LIMITS, Limits
from tmx.records import Annotation, Header, Note, Prop, Skipped, TranslationUnit, Variant
from tmx.source import Source
from tmx.xmltext import XmlText

__all__ = ["XliffReader", "XliffWriter"]


# The values of ctype (1.2) that need no prefix; TMX has the same words for the first of them.
_CTYPES = frozenset({"image", "pb", "lb", "bold", "italic", "underlined", "link", "x-link", "caption", "date", "time"})
_POSITIONS_12 = {"begin": "open", "end": "close"}
_ASSOC_12 = {"p": "preceding", "f": "following", "b": "both"}
# Identifiers as we write them: a letter, for XLIFF 2 wants NMTOKENs that differ by kind, then the x of TMX.
_OUR_ID = re.compile(r"[sipm](\d+)")
_ASSOC_TMX = {value: key for key, value in _ASSOC_12.items()}


class XliffReader:
    """Units from the translated `trans-unit` elements (1.2) or segments (2.x); the others are left out."""

    def __init__(self, source: Source, *, lenient: bool = False, limits: Limits = DEFAULT_LIMITS) -> None:
        self._stream = ElementStream(source, "xliff", ("trans-unit", "unit"), limits)
        self._lenient = lenient
        self.skipped: list[Skipped] = []
        self._units = self._read()
        self._first = next(self._units, None)
        self.header = Header(srclang=self._first.variants[0].language if self._first else "*all*")

    def __iter__(self) -> Iterator[TranslationUnit]:
        if self._first is not None:
            yield self._first
            yield from self._units

    def __enter__(self) -> XliffReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.close()

    def _read(self) -> Iterator[TranslationUnit]:
        for number, element in enumerate(self._stream, 1):
            around = self._stream.around
            try:
                if element.name == "trans-unit":
                    yield from _unit_12(element, around.get("file", {}))
                else:
                    yield from _units_2(element, around.get("xliff", {}))
            except LanguageError as error:
                if not self._lenient:
                    raise ConversionError(self._stream.name, str(error), self._stream.line, number) from error
                self.skipped.append(Skipped(self._stream.name, number, self._stream.line, str(error)))


class XliffWriter:
    """Writes one file element with the source and one target language.

    Raises LanguageError where there are more or fewer than two languages.
    """

    def __init__(self, path: str | os.PathLike[str], languages: Sequence[str], version: Literal["1.2", "2.1"]) -> None:
        if len(languages) != 2:
            raise LanguageError(
                f"XLIFF holds a source and one target language; name the two of {', '.join(languages) or 'none'}"
            )
        self._source, self._target = languages
        self._version, self._count = version, 0
        self._xml = XmlText()
        self._file = AtomicFile(path)
        source, target = (self._xml.attribute(code) for code in languages)
        self._emit('<?xml version="1.0" encoding="UTF-8"?>\n')
        if version == "1.2":
            self._emit(
                '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">\n'
                f'  <file original="tmx" source-language="{source}" target-language="{target}" datatype="plaintext">\n'
                "    <body>\n"
            )
        else:
            self._emit(
                '<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0"'
                f' srcLang="{source}" trgLang="{target}">\n  <file id="f1">\n'
            )

    def write(self, unit: TranslationUnit) -> None:
        """Append one unit; one that lacks either language is passed over."""
        source, target = unit.variant(self._source), unit.variant(self._target)
        if source is None or target is None:
            return
        self._count += 1
        if self._version == "1.2":
            self._emit(_Markup12(self._xml).unit(self._count, unit, source, target))
        else:
            self._emit(_Markup2(self._xml).unit(self._count, unit, source, target))

    def _emit(self, text: str) -> None:
        self._file.write(text.encode())

    def __enter__(self) -> XliffWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._emit("    </body>\n  </file>\n</xliff>\n" if self._version == "1.2" else "  </file>\n</xliff>\n")
        self._file.__exit__(kind, error, trace)


def _annotations(unit: TranslationUnit, source: Variant, target: Variant) -> list[Annotation]:
    return [*unit.annotations, *source.annotations, *target.annotations]


_ISOLATED = ' isolated="yes"'


class _Ids:
    """Identifiers that occur once in a segment, yet are the same for the same code in both languages."""

    def __init__(self) -> None:
        self._used: Counter[str] = Counter()

    def new(self, stem: str) -> str:
        self._used[stem] += 1
        return stem if self._used[stem] == 1 else f"{stem}-{self._used[stem]}"


class _Markup12:
    """TMX inline elements have namesakes in XLIFF 1.2, but for `hi` (`mrk`) and `ut` (`ph`)."""

    def __init__(self, xml: XmlText) -> None:
        self._xml = xml

    def unit(self, number: int, unit: TranslationUnit, source: Variant, target: Variant) -> str:
        escape, text = self._xml.attribute, self._xml.text
        name = f' resname="{escape(unit.tuid)}"' if unit.tuid is not None else ""
        lines = [
            f'      <trans-unit id="{number}"{name} xml:space="preserve">\n',
            f"        <source>{self._content(source.content, _Ids())}</source>\n",
            f'        <target state="translated">{self._content(target.content, _Ids())}</target>\n',
        ]
        annotations = _annotations(unit, source, target)
        props = [each for each in annotations if isinstance(each, Prop)]
        if props:
            lines.append("        <prop-group>\n")
            lines += [f'          <prop prop-type="{escape(each.type)}">{text(each.text)}</prop>\n' for each in props]
            lines.append("        </prop-group>\n")
        lines += [f"        <note>{text(each.text)}</note>\n" for each in annotations if isinstance(each, Note)]
        lines.append("      </trans-unit>\n")
        return "".join(lines)

    def _content(self, content: Content, ids: _Ids) -> str:
        return "".join(self._xml.text(part) if isinstance(part, str) else self._inline(part, ids) for part in content)

    def _inline(self, element: Inline, ids: _Ids) -> str:
        given = element.attributes
        escape = self._xml.attribute
        kind = given.get("type")
        ctype = "" if kind is None else f' ctype="{escape(kind if kind in _CTYPES else "x-" + kind)}"'
        inner = self._content(element.content, ids)
        tag = element.name
        match element.name:
            case "bpt" | "ept":
                pair = given.get("i", "0")
                extra = f' rid="{escape(pair)}"'
                stem = given.get("x", pair) if tag == "bpt" else f"e{pair}"
                ctype = ctype if tag == "bpt" else ""
            case "it":
                tag, extra, stem = (
                    "it",
                    f' pos="{_POSITIONS_12.get(given.get("pos", ""), "open")}"',
                    given.get("x", "0"),
                )
            case "ph" | "ut":
                tag, stem = "ph", given.get("x", "0")
                assoc = _ASSOC_12.get(given.get("assoc", ""))
                extra = f' assoc="{assoc}"' if assoc else ""
                ctype = ' ctype="x-ut"' if element.name == "ut" else ctype
            case "sub":
                return f"<sub{ctype}>{inner}</sub>"
            case "hi":
                mtype = escape("x-hi" if kind is None else f"x-hi-{kind}")
                return f'<mrk mtype="{mtype}">{inner}</mrk>'
            case _:
                return inner
        return f'<{tag} id="{escape(ids.new(stem))}"{extra}{ctype}>{inner}</{tag}>'


class _Markup2:
    """Native code goes to `originalData`; spans that need not nest are `sc` and `ec`."""

    def __init__(self, xml: XmlText) -> None:
        self._xml = xml
        self._data: dict[str, str] = {}
        self._closing: set[str] = set()

    def unit(self, number: int, unit: TranslationUnit, source: Variant, target: Variant) -> str:
        escape, text = self._xml.attribute, self._xml.text
        left, right = self._side(source), self._side(target)
        name = f' name="{escape(unit.tuid)}"' if unit.tuid is not None else ""
        lines = [f'    <unit id="u{number}"{name}>\n']
        notes = [
            (f' category="{escape(each.type)}"' if isinstance(each, Prop) else "", each.text)
            for each in _annotations(unit, source, target)
            if isinstance(each, Note | Prop)
        ]
        if notes:
            lines.append("      <notes>\n")
            lines += [f"        <note{category}>{text(note)}</note>\n" for category, note in notes]
            lines.append("      </notes>\n")
        if self._data:
            lines.append("      <originalData>\n")
            lines += [f'        <data id="{key}">{text(code)}</data>\n' for code, key in self._data.items()]
            lines.append("      </originalData>\n")
        lines.append(
            f'      <segment state="translated">\n        <source xml:space="preserve">{left}</source>\n'
            f'        <target xml:space="preserve">{right}</target>\n      </segment>\n    </unit>\n'
        )
        return "".join(lines)

    def _side(self, variant: Variant) -> str:
        self._closing = {
            each.attributes.get("i", "0") for each in inline_elements(variant.content) if each.name == "ept"
        }
        return self._content(variant.content, _Ids(), {})

    def _content(self, content: Content, ids: _Ids, opened: dict[str, str]) -> str:
        return "".join(
            self._xml.text(part) if isinstance(part, str) else self._inline(part, ids, opened) for part in content
        )

    def _inline(self, element: Inline, ids: _Ids, opened: dict[str, str]) -> str:
        given = element.attributes
        kind = given.get("type")
        escape = self._xml.attribute
        if element.name == "hi":
            inner = self._content(element.content, ids, opened)
            value = f' value="{escape(kind)}"' if kind else ""
            return f'<mrk id="{ids.new("m" + _token(given.get("x", "0")))}" type="tmx:hi"{value}>{inner}</mrk>'
        if not element.is_code:
            return self._content(element.content, ids, opened)
        code = _code(element.content)
        data = ""
        if code:
            key = self._data.setdefault(code, f"d{len(self._data) + 1}")
            data = f' dataRef="{key}"'
        looks = f' type="other" subType="tmx:{escape(_token(kind))}"' if kind else ""
        match element.name:
            case "bpt":
                pair = given.get("i", "0")
                name = ids.new("s" + _token(given.get("x", pair)))
                opened[pair] = name
                return f'<sc id="{name}"{"" if pair in self._closing else _ISOLATED}{data}{looks}/>'
            case "ept":
                pair = given.get("i", "0")
                if pair in opened:
                    return f'<ec startRef="{opened.pop(pair)}"{data}/>'
                return f'<ec id="{ids.new("e" + _token(pair))}" isolated="yes"{data}/>'
            case "it":
                name = ids.new("i" + _token(given.get("x", "0")))
                tag = "ec" if given.get("pos") == "end" else "sc"
                return f'<{tag} id="{name}" isolated="yes"{data}{looks}/>'
            case _:
                name = ids.new("p" + _token(given.get("x", "0")))
                return f'<ph id="{name}"{data}{looks}/>'


def _token(text: str) -> str:
    """As an identifier may be written: no white space, and nothing that XML or XLIFF gives a meaning."""
    return "".join(letter if letter.isalnum() or letter in "-_." else "_" for letter in text)


def _code(content: Content) -> str:
    """Native code as one string, with the text of its `sub` elements in their places."""
    return "".join(part if isinstance(part, str) else _code(part.content) for part in content)


def _child(element: Inline, name: str) -> Inline | None:
    return next(_children(element, name), None)


def _children(element: Inline, name: str) -> Iterator[Inline]:
    return (part for part in element.content if isinstance(part, Inline) and part.name == name)


def _unit_12(element: Inline, file: Mapping[str, str]) -> Iterator[TranslationUnit]:
    source, target = _child(element, "source"), _child(element, "target")
    if source is None or target is None or not target.content:
        return
    languages = (
        source.attributes.get("xml:lang") or file.get("source-language"),
        target.attributes.get("xml:lang") or file.get("target-language"),
    )
    if not all(languages):
        raise LanguageError("the file element does not name both languages")
    annotations: list[Annotation] = [
        Prop(prop.attributes.get("prop-type", "x-prop"), plain_text(prop.content))
        for group in _children(element, "prop-group")
        for prop in _children(group, "prop")
    ]
    annotations += [Note(plain_text(note.content)) for note in _children(element, "note")]
    name = element.attributes.get("resname")
    yield TranslationUnit(
        tuple(
            Variant(str(code), _from_12(side.content, _Pairs()))
            for code, side in zip(languages, (source, target), strict=True)
        ),
        {"tuid": name} if name is not None else {},
        tuple(annotations),
    )


class _Pairs:
    """New numbers for spans that XLIFF writes as one element, clear of those that are numbered already."""

    def __init__(self) -> None:
        self._last = 100
        self.open: dict[str, str] = {}

    def new(self) -> str:
        self._last += 1
        return str(self._last)


def _from_12(content: Content, pairs: _Pairs) -> Content:
    parts: list[str | Inline] = []
    for part in content:
        if isinstance(part, str):
            parts.append(part)
            continue
        given = part.attributes
        ctype = given.get("ctype", "").removeprefix("x-")
        kind = {"type": ctype} if ctype else {}
        inner = _from_12(part.content, pairs)
        pair = given.get("rid", given.get("id", "0"))
        match part.name:
            case "bpt" | "bx":
                parts.append(Inline("bpt", {"i": pair, "x": given.get("id", pair), **kind}, inner))
            case "ept" | "ex":
                parts.append(Inline("ept", {"i": pair}, inner))
            case "it":
                position = "end" if given.get("pos") == "close" else "begin"
                parts.append(Inline("it", {"pos": position, "x": given.get("id", "0"), **kind}, inner))
            case "ph" | "x":
                assoc = {"assoc": _ASSOC_TMX[given["assoc"]]} if given.get("assoc") in _ASSOC_TMX else {}
                if given.get("ctype") == "x-ut":
                    parts.append(Inline("ut", {"x": given.get("id", "0")}, inner))
                else:
                    parts.append(Inline("ph", {"x": given.get("id", "0"), **assoc, **kind}, inner))
            case "sub":
                parts.append(Inline("sub", kind, inner))
            case "g":
                number = pairs.new()
                parts.append(Inline("bpt", {"i": number, "x": given.get("id", number), **kind}))
                parts += inner
                parts.append(Inline("ept", {"i": number}))
            case "mrk" if given.get("mtype", "").startswith("x-hi"):
                mark = given["mtype"].removeprefix("x-hi").removeprefix("-")
                parts.append(Inline("hi", {"type": mark} if mark else {}, inner))
            case _:
                parts += inner
    return joined(parts)


def _units_2(element: Inline, root: Mapping[str, str]) -> Iterator[TranslationUnit]:
    source_language, target_language = root.get("srcLang"), root.get("trgLang")
    annotations: list[Annotation] = []
    data: dict[str, str] = {}
    for notes in _children(element, "notes"):
        for note in _children(notes, "note"):
            category, text = note.attributes.get("category"), plain_text(note.content)
            annotations.append(Note(text) if category is None else Prop(category, text))
    for original in _children(element, "originalData"):
        for each in _children(original, "data"):
            data[each.attributes.get("id", "")] = plain_text(each.content)
    segments = list(_children(element, "segment"))
    name = element.attributes.get("name")
    for segment in segments:
        source, target = _child(segment, "source"), _child(segment, "target")
        if source is None or target is None or not target.content:
            continue
        if not source_language or not target_language:
            raise LanguageError("the xliff element does not name both languages")
        yield TranslationUnit(
            (
                Variant(source_language, _from_2(source.content, data, _Pairs())),
                Variant(target_language, _from_2(target.content, data, _Pairs())),
            ),
            {"tuid": name} if name is not None and len(segments) == 1 else {},
            tuple(annotations),
        )


def _from_2(content: Content, data: Mapping[str, str], pairs: _Pairs) -> Content:
    parts: list[str | Inline] = []
    for part in content:
        if isinstance(part, str):
            parts.append(part)
            continue
        given = part.attributes
        subtype = given.get("subType", "")
        kind = {"type": subtype.partition(":")[2] or subtype} if subtype else {}
        code = _referred(given.get("dataRef"), data)
        name = given.get("id", "0")
        if match := _OUR_ID.fullmatch(name):
            name = match[1]
        is_isolated = given.get("isolated") == "yes"
        match part.name:
            case "ph":
                parts.append(Inline("ph", {"x": name, **kind}, code))
            case "sc" | "ec" if is_isolated:
                position = "begin" if part.name == "sc" else "end"
                parts.append(Inline("it", {"pos": position, "x": name, **kind}, code))
            case "sc":
                number = pairs.open.setdefault(given.get("id", "0"), str(len(pairs.open) + 1))
                parts.append(Inline("bpt", {"i": number, "x": name, **kind}, code))
            case "ec":
                start = given.get("startRef", given.get("id", "0"))
                number = pairs.open.setdefault(start, str(len(pairs.open) + 1))
                parts.append(Inline("ept", {"i": number}, code))
            case "pc":
                number = pairs.new()
                start_code = _referred(given.get("dataRefStart"), data)
                parts.append(Inline("bpt", {"i": number, "x": name, **kind}, start_code))
                parts += _from_2(part.content, data, pairs)
                parts.append(Inline("ept", {"i": number}, _referred(given.get("dataRefEnd"), data)))
            case "mrk" if given.get("type") == "tmx:hi":
                mark = {"type": given["value"]} if "value" in given else {}
                parts.append(Inline("hi", mark, _from_2(part.content, data, pairs)))
            case "cp":
                parts.append(" ")
            case _:
                parts += _from_2(part.content, data, pairs)
    return joined(parts)


def _referred(reference: str | None, data: Mapping[str, str]) -> Content:
    code = data.get(reference, "") if reference else ""
    return (code,) if code else ()
