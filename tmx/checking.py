"""The schema of TMX 1.4b, checked on the events of a parser: what the DTD and the XSD would say."""

from __future__ import annotations

from collections.abc import Callable

from tmx.languages import is_language_code
from tmx.parsing import SecureParser
from tmx.schema import ELEMENTS, Element

__all__ = ["SchemaChecker"]

Report = Callable[[str, str], None]


class SchemaChecker:
    """Calls `report(rule id, message)` for every breach, while the parser feeds it.

    `unit_lines` collects the line of every `tu`; `doctype` is (system, public) or None.
    """

    def __init__(self, parser: SecureParser, report: Report) -> None:
        self._parser, self._report = parser, report
        self._stack: list[_Open] = []
        self.unit_lines: list[int] = []
        self.units = 0
        self.doctype: tuple[str | None, str | None] | None = None
        self.version: str | None = None
        self.header: dict[str, str] | None = None
        parser.expat.StartElementHandler = self._start
        parser.expat.EndElementHandler = self._end
        parser.expat.CharacterDataHandler = self._text
        parser.expat.StartDoctypeDeclHandler = self._doctype

    def _doctype(self, name: str, system: str | None, public: str | None, has_subset: bool) -> None:
        self.doctype = (system, public)
        if name != "tmx":
            self._report("S001", f"the document type is {name!r}, not 'tmx'")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "tu":
            self.unit_lines.append(self._parser.line)
            self.units += 1
        elif name == "tmx" and not self._stack:
            self.version = attributes.get("version")
        elif name == "header" and self.header is None:
            self.header = dict(attributes)
        element = ELEMENTS.get(name)
        if not self._stack:
            if name != "tmx":
                self._report("S001", f"the root element is {name!r}, not 'tmx'")
        else:
            self._place(name, element)
        if element is not None:
            self._attributes(name, element, attributes)
        self._stack.append(_Open(name, element))

    def _place(self, name: str, element: Element | None) -> None:
        parent = self._stack[-1]
        if element is None:
            self._report("S002", f"TMX has no element {name!r}")
            return
        rules = parent.element
        if rules is None:
            return
        if rules.is_empty or (name not in rules.first and name not in rules.then):
            self._report("S003", f"{name} may not stand in {parent.name}")
        elif name in rules.first:
            if parent.counts:
                self._report("S003", f"{name} must stand before the {rules.then[0]} of a {parent.name}")
        elif parent.name == "tmx":
            self._in_tmx(name, parent)
        else:
            parent.counts[name] = parent.counts.get(name, 0) + 1
            if rules.most is not None and parent.counts[name] > rules.most:
                self._report("S003", f"a {parent.name} has one {name} only")

    def _in_tmx(self, name: str, parent: _Open) -> None:
        parent.counts[name] = parent.counts.get(name, 0) + 1
        if parent.counts[name] > 1:
            self._report("S003", f"tmx has one {name} only")
        elif name == "header" and "body" in parent.counts:
            self._report("S003", "the header must stand before the body")

    def _attributes(self, name: str, element: Element, attributes: dict[str, str]) -> None:
        for missing in sorted(element.required - attributes.keys()):
            self._report("S005", f"{name} needs the attribute {missing!r}")
        for attribute in attributes:
            if attribute not in element.required and attribute not in element.optional:
                self._report("S006", f"{name} has no attribute {attribute!r}")
        for attribute, allowed in element.choices:
            value = attributes.get(attribute)
            if value is not None and value not in allowed:
                self._report("S007", f"{attribute}={value!r} is none of {', '.join(sorted(allowed))}")
        if name == "tmx" and attributes.get("version", "1.4") != "1.4":
            self._report("S007", f"version={attributes['version']!r} is not '1.4'")
        language = attributes.get("xml:lang")
        if (
            language is not None
            and "xml:lang" in element.attributes
            and language.strip(" \t\n\r")
            and not is_language_code(language.strip(" \t\n\r"))
        ):
            self._report("S009", f"xml:lang={language!r} is no language code")

    def _text(self, text: str) -> None:
        current = self._stack[-1]
        rules = current.element
        if rules is None or rules.has_text or (not rules.is_empty and not text.strip(" \t\n\r")):
            return
        if not current.has_stray_text:
            current.has_stray_text = True
            self._report("S008", f"{current.name} may not hold text")

    def _end(self, name: str) -> None:
        closed = self._stack.pop()
        rules = closed.element
        if rules is None:
            return
        if name == "tmx":
            for needed in rules.then:
                if needed not in closed.counts:
                    self._report("S004", f"tmx needs a {needed}")
        elif rules.then and closed.counts.get(rules.then[0], 0) < rules.least:
            self._report("S004", f"a {name} needs a {rules.then[0]}")


class _Open:
    """An element that has begun: how often each of its ordered children came."""

    __slots__ = ("counts", "element", "has_stray_text", "name")

    def __init__(self, name: str, element: Element | None) -> None:
        self.name, self.element = name, element
        self.counts: dict[str, int] = {}
        self.has_stray_text = False
