"""Units to a TMX 1.4b file: streaming, atomic, and the same bytes for the same units."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Literal, TypeAlias

from tmx.atomic import AtomicFile
from tmx.errors import WriteError
from tmx.inline import Content, Inline
from tmx.languages import canonical, is_language_code, profile
from tmx.records import Annotation, Foreign, Header, Note, Prop, TranslationUnit, Ude, Variant
from tmx.schema import ELEMENTS, SEGTYPES
from tmx.xmltext import XmlText, is_name

__all__ = ["ForeignPolicy", "TuidPolicy", "WriteReport", "Writer", "content_tuid", "write"]

ForeignPolicy: TypeAlias = Literal["keep", "drop"]
TuidPolicy: TypeAlias = Literal["keep", "all", "none"]

_FLUSH_UNITS = 256
_MAX_CODES = 10_000
_KNOWN = {name: element.attributes for name, element in ELEMENTS.items()}
# Written from a field of the record, so a mapping that repeats them must not write them twice.
_FIELDS = {"tmx": "version", "tuv": "xml:lang", "prop": "type"}


@dataclass(frozen=True, slots=True)
class WriteReport:
    """What was written: units, bytes before packing, and what had to be left out or put right.

    `illegal_characters` XML 1.0 forbids; `foreign_dropped` elements and attributes have no place in TMX
    (with `foreign="drop"` only); `repaired` inline elements lacked an attribute that TMX demands.
    """

    units: int
    bytes: int
    illegal_characters: int
    foreign_dropped: int
    repaired: int


class Writer:
    """Writes units one at a time; the file appears under its name on `close`, complete, or never.

    `target` is a path (`.gz` is packed) or a binary stream. `languages` names a profile of
    `tmx.languages.profile`. `tuid`: keep them as they are, give one to `all` units that lack it (made of
    the content, so stable between runs), or write `none`. `foreign`: keep attributes and elements that
    TMX does not know, or drop and count them; with `drop`, or where there are none, the file is valid
    against the DTD and the XSD whatever the units hold.

    Raises WriteError for a unit that has no TMX form: no variant, no language, a name that XML forbids.
    Such a unit leaves no trace, and more may follow.
    """

    def __init__(
        self,
        target: str | os.PathLike[str] | BinaryIO,
        header: Header | None = None,
        *,
        languages: str | Mapping[str, str] = "as-is",
        tuid: TuidPolicy = "keep",
        foreign: ForeignPolicy = "keep",
        compress: bool | None = None,
    ) -> None:
        self._profile = profile(languages)
        self._spelled: dict[str, str] = {}
        self._tuid = tuid
        self._keeps_foreign = foreign == "keep"
        self._xml = XmlText()
        self._names: set[str] = set()
        self._units = self._bytes = self._dropped = self._repaired = 0
        self._pending: list[str] = []
        opening = self._opening(header or Header())
        self._file: AtomicFile | None = None
        if isinstance(target, str | os.PathLike):
            self._file = AtomicFile(target, compress)
            self._put = self._file.write
        else:
            stream = target
            self._put = lambda data: _write_all(stream, data)
        self._is_open, self._is_closed = True, False
        self._emit(opening)

    @property
    def report(self) -> WriteReport:
        """What was written so far."""
        return WriteReport(self._units, self._bytes, self._xml.removed, self._dropped, self._repaired)

    def write(self, unit: TranslationUnit) -> None:
        """Append one unit."""
        if not self._is_open:
            raise WriteError("the TMX file is closed already")
        self._pending.append(self._unit(unit))
        self._units += 1
        if len(self._pending) >= _FLUSH_UNITS:
            self._flush()

    def write_all(self, units: Iterable[TranslationUnit]) -> None:
        """Append the units in their order."""
        for unit in units:
            self.write(unit)

    def write_within(self, unit: TranslationUnit, max_bytes: int | None) -> bool:
        """Append the unit, unless the finished file would then be larger than this, unpacked."""
        if max_bytes is None:
            self.write(unit)
            return True
        self._flush()
        text = self._unit(unit)
        if self._bytes + len(text.encode()) + len(_CLOSING) > max_bytes:
            return False
        self._emit(text)
        self._units += 1
        return True

    def seal(self) -> None:
        """Finish the bytes without letting the file appear yet; `close` does that."""
        if self._is_open:
            self._flush()
            self._emit(_CLOSING)
            self._is_open = False
            if self._file:
                self._file.close()

    def rename(self, path: str | os.PathLike[str]) -> None:
        """Appear under this name instead, in the same folder; before `close`."""
        if self._file:
            self._file.path = Path(path)

    @property
    def path(self) -> Path | None:
        """The path of the file, or None for a stream."""
        return self._file.path if self._file else None

    def close(self) -> WriteReport:
        """Finish the file and let it appear under its name."""
        if not self._is_closed:
            self.seal()
            self._is_closed = True
            if self._file:
                self._file.commit()
        return self.report

    def discard(self) -> None:
        """Forget everything; what stood under the name stays."""
        self._is_open = False
        self._is_closed = True
        if self._file:
            self._file.discard()

    def __enter__(self) -> Writer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self.discard()

    def _flush(self) -> None:
        if self._pending:
            text = "".join(self._pending)
            self._pending.clear()
            self._emit(text)

    def _emit(self, text: str) -> None:
        data = text.encode()
        self._bytes += len(data)
        self._put(data)

    def _opening(self, header: Header) -> str:
        srclang = header.srclang or "*all*"
        named = {
            "creationtool": header.creationtool,
            "creationtoolversion": header.creationtoolversion,
            "segtype": self._choice(header.segtype, SEGTYPES) or "sentence",
            "o-tmf": header.o_tmf,
            "adminlang": header.adminlang,
            "srclang": srclang if srclang == "*all*" else self._language(srclang),
            "datatype": header.datatype,
            "creationdate": header.creationdate,
            "changedate": header.changedate,
        }
        attributes = {key: value for key, value in named.items() if value is not None}
        attributes.update({key: value for key, value in header.attributes.items() if key not in named})
        start = f"<header{self._attributes('header', attributes)}"
        children = self._annotations(header.annotations, "header", "    ")
        end = f">\n{children}  </header>\n" if children else "/>\n"
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'
            f'<tmx version="1.4"{self._attributes("tmx", header.root_attributes)}>\n  {start}{end}  <body>\n'
        )

    def _unit(self, unit: TranslationUnit) -> str:
        if not unit.variants:
            raise WriteError(f"unit {self._units + 1} has no variant, and TMX has no form for that")
        attributes = unit.attributes
        if self._tuid != "keep":
            has_tuid = "tuid" in attributes
            if self._tuid == "all" and not has_tuid:
                attributes = {"tuid": content_tuid(unit), **attributes}
            elif self._tuid == "none" and has_tuid:
                attributes = {key: value for key, value in attributes.items() if key != "tuid"}
        if "srclang" in attributes and attributes["srclang"] != "*all*":
            attributes = {**attributes, "srclang": self._language(attributes["srclang"])}
        if "segtype" in attributes:
            segtype = self._choice(attributes["segtype"], SEGTYPES)
            attributes = {key: value for key, value in attributes.items() if key != "segtype"}
            if segtype is not None:
                attributes["segtype"] = segtype
        parts = [f"    <tu{self._attributes('tu', attributes) if attributes else ''}>\n"]
        if unit.annotations:
            parts.append(self._annotations(unit.annotations, "tu", "      "))
        parts.extend(map(self._variant, unit.variants))
        parts.append("    </tu>\n")
        return "".join(parts)

    def _variant(self, variant: Variant) -> str:
        try:
            language = self._spelled[variant.language]
        except KeyError:
            language = self._xml.attribute(self._language(variant.language))
            if len(self._spelled) < _MAX_CODES:
                self._spelled[variant.language] = language
        attributes = self._attributes("tuv", variant.attributes) if variant.attributes else ""
        content = variant.content
        if len(content) == 1 and isinstance(content[0], str):
            segment = self._xml.text(content[0])
        else:
            segment = self._content(content, "seg")
        if not variant.annotations:
            return f'      <tuv xml:lang="{language}"{attributes}><seg>{segment}</seg></tuv>\n'
        annotations = self._annotations(variant.annotations, "tuv", "        ")
        start = f'      <tuv xml:lang="{language}"{attributes}>\n'
        return f"{start}{annotations}        <seg>{segment}</seg>\n      </tuv>\n"

    def _language(self, code: str) -> str:
        if not code or not code.isprintable() or code != code.strip():
            raise WriteError(f"unit {self._units + 1}: {code!r} is no language code")
        spelled = self._profile(code)
        if self._keeps_foreign or is_language_code(spelled):
            return spelled
        if not is_language_code(canonical(spelled)):
            raise WriteError(f"unit {self._units + 1}: {code!r} is no language code")
        return canonical(spelled)

    def _choice(self, value: str, allowed: frozenset[str]) -> str | None:
        """The value as the schema allows it; another one is foreign data."""
        tidy = value.strip().lower()
        if tidy in allowed:
            return tidy
        if self._keeps_foreign:
            return value
        self._dropped += 1
        return None

    def _attributes(self, element: str, attributes: Mapping[str, str]) -> str:
        known, field = _KNOWN[element], _FIELDS.get(element)
        escape = self._xml.attribute
        parts = []
        for name, value in attributes.items():
            if name == field:
                continue
            if name not in known:
                if not self._keeps_foreign:
                    self._dropped += 1
                    continue
                self._check_name(name)
            parts.append(f' {name}="{escape(value)}"')
        return "".join(parts)

    def _check_name(self, name: str) -> None:
        if name not in self._names:
            if not is_name(name):
                raise WriteError(f"unit {self._units + 1}: {name!r} can't be a name in XML")
            self._names.add(name)

    def _annotations(self, annotations: Iterable[Annotation | Ude], parent: str, indent: str) -> str:
        parts = []
        for each in annotations:
            if isinstance(each, Prop):
                attributes = self._attributes("prop", each.attributes) if each.attributes else ""
                kind = self._xml.attribute(each.type)
                parts.append(f'{indent}<prop type="{kind}"{attributes}>{self._text(each)}</prop>\n')
            elif isinstance(each, Note):
                attributes = self._attributes("note", each.attributes) if each.attributes else ""
                parts.append(f"{indent}<note{attributes}>{self._text(each)}</note>\n")
            elif isinstance(each, Ude):
                if parent != "header":
                    raise WriteError("a user-defined encoding stands in the header only")
                parts.append(self._ude(each, indent))
            elif self._keeps_foreign:
                parts.append(f"{indent}{self._foreign(each)}\n")
            else:
                self._dropped += 1
        return "".join(parts)

    def _text(self, annotation: Note | Prop) -> str:
        if not annotation.markup:
            return self._xml.text(annotation.text)
        if not self._keeps_foreign:
            self._dropped += 1
            return self._xml.text(annotation.text)
        return "".join(
            self._xml.text(part) if isinstance(part, str) else self._foreign(part) for part in annotation.markup
        )

    def _ude(self, ude: Ude, indent: str) -> str:
        if not ude.maps or "name" not in ude.attributes or any("unicode" not in each for each in ude.maps):
            self._repaired += 1
            return ""
        maps = "".join(f"{indent}  <map{self._attributes('map', each)}/>\n" for each in ude.maps)
        return f"{indent}<ude{self._attributes('ude', ude.attributes)}>\n{maps}{indent}</ude>\n"

    def _foreign(self, element: Foreign | Inline) -> str:
        self._check_name(element.name)
        attributes = ""
        for name, value in element.attributes.items():
            self._check_name(name)
            attributes += f' {name}="{self._xml.attribute(value)}"'
        inner = "".join(
            self._xml.text(part) if isinstance(part, str) else self._foreign(part) for part in element.content
        )
        if not inner:
            return f"<{element.name}{attributes}/>"
        return f"<{element.name}{attributes}>{inner}</{element.name}>"

    def _content(self, content: Content, parent: str) -> str:
        allowed = ELEMENTS[parent].first
        parts: list[str] = []
        for part in content:
            if isinstance(part, str):
                parts.append(self._xml.text(part))
            elif part.name in allowed:
                parts.append(self._inline(part))
            elif self._keeps_foreign:
                parts.append(self._inline(part) if part.name in ELEMENTS else self._foreign(part))
            else:
                self._dropped += 1
                # The element goes, but what a person reads inside it stays.
                if not part.is_code and part.name != "sub":
                    parts.append(self._content(part.content, parent))
        return "".join(parts)

    def _inline(self, element: Inline) -> str:
        name, attributes = element.name, element.attributes
        if name in ("bpt", "ept") and "i" not in attributes:
            self._repaired += 1
            attributes = {"i": "0", **attributes}
        elif name == "it":
            position = attributes.get("pos", "").strip().lower()
            if position not in ("begin", "end"):
                # An isolated code of which nobody says whether it opens or closes is a placeholder.
                self._repaired += 1
                name = "ph"
                attributes = {key: value for key, value in attributes.items() if key != "pos"}
            elif position != attributes["pos"]:
                attributes = {**attributes, "pos": position}
        start = f"<{name}{self._attributes(name, attributes) if attributes else ''}"
        inner = self._content(element.content, name)
        return f"{start}>{inner}</{name}>" if inner else f"{start}/>"


_CLOSING = "  </body>\n</tmx>\n"


def write(
    path: str | os.PathLike[str] | BinaryIO,
    units: Iterable[TranslationUnit],
    header: Header | None = None,
    *,
    languages: str | Mapping[str, str] = "as-is",
    tuid: TuidPolicy = "keep",
    foreign: ForeignPolicy = "keep",
    compress: bool | None = None,
) -> WriteReport:
    """Write all units to one file; see Writer for the arguments and errors."""
    with Writer(path, header, languages=languages, tuid=tuid, foreign=foreign, compress=compress) as writer:
        writer.write_all(units)
    return writer.report


def content_tuid(unit: TranslationUnit) -> str:
    """A `tuid` made of the languages and contents, so that the same unit has the same one everywhere."""
    digest = hashlib.sha256()
    for variant in unit.variants:
        digest.update(f"{variant.language.lower()}\0{variant.content!r}\0".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]


def _write_all(stream: BinaryIO, data: bytes) -> None:
    try:
        stream.write(data)
    except OSError as error:
        raise WriteError(f"the output can't be written: {error.strerror}") from error
