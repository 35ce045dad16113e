"""From the events of expat to translation units."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tmx.errors import LimitError, NotTmxError, ReadError
from tmx.inline import Content, Inline, joined, plain_text
from tmx.limits import Limits
from tmx.parsing import SecureParser
from tmx.records import Annotation, Foreign, Header, Note, Prop, TranslationUnit, Ude, Variant

__all__ = ["UnitBuilder"]


class UnitBuilder:
    """Turns the events of expat into units.

    Text is handed over only inside `seg`, `note`, `prop` and elements that are kept as foreign, straight
    into a list: between elements expat calls nobody, which is most of the speed.
    """

    # Many attributes, and read at every event: slots make that a good deal faster.
    __slots__ = (
        "_annotations",
        "_captured",
        "_captured_attributes",
        "_content",
        "_count_before",
        "_expat",
        "_fail",
        "_frames",
        "_header_annotations",
        "_header_attributes",
        "_idle_bytes",
        "_lenient",
        "_limits",
        "_maps",
        "_max_chars",
        "_nested",
        "_parser",
        "_parts",
        "_problem",
        "_root_attributes",
        "_scope",
        "_source",
        "_unit_attributes",
        "_variant_annotations",
        "_variant_attributes",
        "_variants",
        "count",
        "error",
        "header",
        "is_started",
        "units",
        "version",
    )

    def __init__(self, source: str, limits: Limits, lenient: bool, fail: Callable[[str], None]) -> None:
        self._source, self._limits, self._lenient, self._fail = source, limits, lenient, fail
        self._max_chars = limits.max_segment_chars
        self.units: list[TranslationUnit] = []
        self.header: Header | None = None
        self.error: ReadError | None = None
        self.version = ""
        self.count = 0
        self.is_started = False
        self._root_attributes: dict[str, str] = {}
        self._header_attributes: dict[str, str] = {}
        self._header_annotations: list[Annotation | Ude] = []
        self._idle_bytes = self._count_before = 0
        self.restart()

    def restart(self) -> None:
        """Forget the unit that was under way."""
        self._scope = "document"
        self._problem: str | None = None
        self._nested = 0
        self._unit_attributes: dict[str, str] = {}
        self._variants: list[Variant] = []
        self._annotations: list[Annotation] = []
        self._variant_attributes: dict[str, str] = {}
        self._variant_annotations: list[Annotation] = []
        self._content: Content | None = None
        self._maps: list[dict[str, str]] = []
        # What is being captured: the element, and outside it those around it with their parts so far.
        self._captured = ""
        self._captured_attributes: dict[str, str] = {}
        self._parts: list[str | Inline] = []
        self._frames: list[tuple[str, dict[str, str], list[str | Inline]]] = []

    def attach(self, parser: SecureParser) -> None:
        """Listen to this parser."""
        self._parser = parser
        self._expat = parser.expat
        self._expat.StartElementHandler = self._start
        self._expat.EndElementHandler = self._end

    @property
    def unit_now(self) -> int | None:
        """The number of the unit under way, from 1, or None outside the body."""
        return self.count + 1 if self._scope in ("body", "tu", "tuv") else None

    def begin_chunk(self, size: int) -> None:
        """Refuse a unit that never ends."""
        if self.count == self._count_before:
            self._idle_bytes += size
            if self._idle_bytes > self._limits.max_unit_bytes:
                raise LimitError(
                    self._source,
                    f"more than {self._limits.max_unit_bytes:,} bytes without the end of a unit",
                    self._parser.line,
                    self.count + 1,
                )
        else:
            self._count_before, self._idle_bytes = self.count, size

    def end_chunk(self) -> None:
        """Refuse a text that grows too long while it is being read."""
        if self._captured:
            open_parts = [self._parts, *(parts for _, _, parts in self._frames)]
            if sum(map(_length, open_parts)) > self._max_chars:
                self._refuse_text()
            for parts in open_parts:
                parts[:] = joined(parts)

    def _refuse_text(self) -> None:
        problem = f"the text of a {self._captured} is longer than {self._max_chars:,} characters"
        if not self._lenient or self._scope not in ("tu", "tuv"):
            raise LimitError(self._source, problem, self._parser.line, self.unit_now)
        self._problem = self._problem or problem
        self._parts.clear()
        for _, _, parts in self._frames:
            parts.clear()

    def made_header(self) -> Header:
        """The header from what was read of it."""
        given, default = dict(self._header_attributes), Header()
        return Header(
            srclang=given.pop("srclang", default.srclang),
            creationtool=given.pop("creationtool", default.creationtool),
            creationtoolversion=given.pop("creationtoolversion", default.creationtoolversion),
            segtype=given.pop("segtype", default.segtype),
            o_tmf=given.pop("o-tmf", default.o_tmf),
            adminlang=given.pop("adminlang", default.adminlang),
            datatype=given.pop("datatype", default.datatype),
            creationdate=given.pop("creationdate", None),
            changedate=given.pop("changedate", None),
            attributes=given,
            annotations=tuple(self._header_annotations),
            root_attributes=self._root_attributes,
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._captured:
            self._frames.append((name, attributes, self._parts))
            if len(self._frames) > self._limits.max_depth:
                raise LimitError(
                    self._source,
                    f"elements lie more than {self._limits.max_depth} deep inside a {self._captured}",
                    self._parser.line,
                    self.unit_now,
                )
            parts: list[str | Inline] = []
            self._parts = parts
            self._expat.CharacterDataHandler = parts.append
            return
        scope = self._scope
        if scope == "tuv":
            if name == "seg":
                if self._content is not None:
                    self._problem = self._problem or "a tuv has two seg elements"
                self._capture(name, attributes)
            elif name == "tu":
                self._start_nested(attributes)
            else:
                self._capture(name, attributes)
        elif scope == "tu":
            if name == "tuv":
                self._scope = "tuv"
                self._variant_attributes = attributes
                self._variant_annotations = []
                self._content = None
            elif name == "tu":
                self._start_nested(attributes)
            else:
                self._capture(name, attributes)
        elif scope == "body":
            if name == "tu":
                self._scope = "tu"
                self._start_unit(attributes)
            else:
                self._capture(name, attributes)
        else:
            self._start_outside(name, attributes)

    def _start_unit(self, attributes: dict[str, str]) -> None:
        self._unit_attributes = attributes
        self._variants = []
        self._annotations = []
        self._problem = None

    def _start_nested(self, attributes: dict[str, str]) -> None:
        self._fail("a tu begins inside another one, whose end is missing")
        self._nested += 1
        self._scope = "tu"
        self._start_unit(attributes)

    def _start_outside(self, name: str, attributes: dict[str, str]) -> None:
        scope = self._scope
        if scope == "document":
            if not self.is_started and name != "tmx":
                raise NotTmxError(
                    self._source, f"is no TMX file: its root element is {name!r}, not 'tmx'", self._parser.line
                )
            self._scope = "tmx"
            if not self.is_started:
                self.is_started = True
                self.version = attributes.pop("version", "")
                self._root_attributes = attributes
        elif scope == "tmx" and name == "header":
            self._scope = "header"
            self._header_attributes = attributes
        elif scope == "tmx" and name == "body":
            self._scope = "body"
            if self.header is None:
                self.header = self.made_header()
        elif scope == "header" and name == "ude":
            self._scope = "ude"
            self._captured_attributes = attributes
            self._maps = []
        elif scope == "ude" and name == "map":
            self._scope = "map"
            self._maps.append(attributes)
        else:
            self._capture(name, attributes)

    def _capture(self, name: str, attributes: dict[str, str]) -> None:
        self._captured = name
        self._captured_attributes = attributes
        parts: list[str | Inline] = []
        self._parts = parts
        self._expat.CharacterDataHandler = parts.append

    def _end(self, name: str) -> None:
        if self._captured:
            if self._frames:
                name, attributes, outer = self._frames.pop()
                outer.append(Inline(name, attributes, joined(self._parts)))
                self._parts = outer
                self._expat.CharacterDataHandler = outer.append
            else:
                self._expat.CharacterDataHandler = None
                parts = self._parts
                # A plain segment, which most of them are, needs none of what the others do.
                if (
                    name == "seg"
                    and len(parts) == 1
                    and isinstance(only := parts[0], str)
                    and len(only) <= self._max_chars
                    and self._scope == "tuv"
                ):
                    self._captured = ""
                    self._content = (only,)
                else:
                    self._end_capture(name)
            return
        scope = self._scope
        if scope == "tuv":
            self._end_variant()
        elif scope == "tu":
            self._end_unit()
        elif scope == "body" or scope == "header":
            self._scope = "tmx"
        elif scope == "ude":
            self._scope = "header"
            self._header_annotations.append(Ude(self._captured_attributes, tuple(self._maps)))
        elif scope == "map":
            self._scope = "ude"
        elif scope == "tmx":
            self._scope = "document"

    def _end_capture(self, name: str) -> None:
        parts = self._parts
        content: Content
        markup: Content = ()
        if not parts:
            text, content = "", ()
        elif len(parts) == 1 and isinstance(only := parts[0], str) and len(only) <= self._max_chars:
            text, content = only, (only,)
        else:
            if _length(parts) > self._max_chars:
                self._refuse_text()
            content = joined(parts)
            text = plain_text(content)
            markup = content if any(isinstance(part, Inline) for part in content) else ()
        self._captured = ""
        scope = self._scope
        if name == "seg" and scope == "tuv":
            self._content = content
            return
        annotation: Annotation
        if name == "prop":
            kind = self._captured_attributes.pop("type", "")
            annotation = Prop(kind, text, self._captured_attributes, markup)
        elif name == "note":
            annotation = Note(text, self._captured_attributes, markup)
        else:
            annotation = Foreign(name, self._captured_attributes, content)
        if scope == "tu":
            self._annotations.append(annotation)
        elif scope == "tuv":
            self._variant_annotations.append(annotation)
        elif scope == "header":
            self._header_annotations.append(annotation)

    def _end_variant(self) -> None:
        self._scope = "tu"
        attributes = self._variant_attributes
        language = attributes.pop("xml:lang", None) or attributes.pop("lang", None)
        if not language:
            self._problem = self._problem or "a tuv names no language"
        elif self._content is None:
            self._problem = self._problem or f"the {language} tuv has no seg"
        else:
            self._variants.append(
                Variant(language.strip(), self._content, attributes, tuple(self._variant_annotations))
            )

    def _end_unit(self) -> None:
        if self._nested:
            self._nested -= 1
        self._scope = "body"
        if self._problem is None and not self._variants:
            self._problem = "the tu has no tuv"
        if self._problem is not None:
            self._fail(self._problem)
            return
        self.count += 1
        self.units.append(TranslationUnit(tuple(self._variants), self._unit_attributes, tuple(self._annotations)))


def _length(parts: Iterable[str | Inline]) -> int:
    return sum(len(part) if isinstance(part, str) else _length(part.content) for part in parts)
