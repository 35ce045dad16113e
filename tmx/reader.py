"""A TMX file to units: streaming, in constant memory, with everything that the file says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from xml.parsers import expat

from tmx.errors import EncodingError, LimitError, NotTmxError, ReadError, UnitError
from tmx.inline import Content, Inline, joined, plain_text
from tmx.limits import Limits
from tmx.parsing import SecureParser
from tmx.records import Annotation, Document, Foreign, Header, Note, Prop, Skipped, TranslationUnit, Ude, Variant
from tmx.source import ByteSource, Source

__all__ = ["Reader", "iter_units", "read"]

_UNIT_START = re.compile(rb"<tu[\s>/]")
_RESUMED = b'<tmx version="1.4"><body>'
_DEFAULT_LIMITS = Limits()


class Reader:
    """Iterates over the units of a file; `header` and `version` are known from the start.

    `source` is a path or a binary stream, packed with gzip or not, of any TMX version from 1.1, in any
    common encoding. `lenient` leaves out what can't be understood and lists it in `skipped`; otherwise
    it is an error with file, line and unit: MissingFileError, NotTmxError, MalformedError,
    EncodingError, UnitError, LimitError (the last is raised for a lenient reader, too, unless it
    concerns one unit only). Comments, processing instructions and text between elements are not kept.
    """

    def __init__(self, source: Source, *, lenient: bool = False, limits: Limits = _DEFAULT_LIMITS) -> None:
        self._bytes = ByteSource(source, limits, lenient)
        self._lenient, self._limits = lenient, limits
        self._builder = _Builder(self._bytes.name, limits, lenient, self._failed)
        self._parser = self._new_parser()
        self._lines_before = 0
        self._chunks = iter(self._bytes)
        self._is_done = False
        self.skipped: list[Skipped] = []
        try:
            while self._builder.header is None and not self._is_done:
                self._advance()
            if self._builder.header is None:
                self._builder.header = self._builder.made_header()
        except BaseException:
            self.close()
            raise

    @property
    def name(self) -> str:
        """The path as it was given, or the name of the stream."""
        return self._bytes.name

    @property
    def encoding(self) -> str:
        """What the file is encoded in, by Python's name."""
        return self._bytes.encoding

    @property
    def header(self) -> Header:
        """The header of the file, with our defaults for what it lacks."""
        assert self._builder.header is not None
        return self._builder.header

    @property
    def version(self) -> str:
        """The version that the file claims, as it is written there; empty where it claims none."""
        return self._builder.version

    def __iter__(self) -> Iterator[TranslationUnit]:
        builder = self._builder
        while True:
            if builder.units:
                units, builder.units = builder.units, []
                yield from units
            if builder.error is not None:
                raise builder.error
            if self._is_done:
                return
            self._advance()
            if len(self.skipped) > self._limits.max_skipped:
                self.close()
                raise LimitError(self.name, f"more than {self._limits.max_skipped:,} units can't be read")

    def close(self) -> None:
        """Close the file, unless it was given as a stream."""
        self._is_done = True
        self._bytes.close()

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _new_parser(self) -> SecureParser:
        parser = SecureParser(self._bytes.name, self._limits)
        self._builder.attach(parser)
        return parser

    def _advance(self) -> None:
        """Parse one more chunk. Errors wait in the builder until the units before them are taken."""
        try:
            chunk = next(self._chunks, None)
            if chunk is None:
                self._is_done = True
                self._parse(b"", is_last=True)
                self.close()
            else:
                self._parse(chunk)
        except ReadError as error:
            if isinstance(error, EncodingError):
                error.unit = self._builder.count + 1
            self._is_done = True
            self.close()
            self._builder.error = error
            if self._builder.header is None:
                raise

    def _parse(self, chunk: bytes | None, is_last: bool = False) -> None:
        while chunk is not None:
            try:
                self._builder.begin_chunk(len(chunk))
                if is_last:
                    self._parser.finish()
                else:
                    self._parser.feed(chunk)
                self._builder.end_chunk()
                return
            except expat.ExpatError as error:
                problem: ReadError = self._parser.malformed(error, self._lines_before, self._builder.unit_now)
                if not self._builder.is_started and error.code in _NOT_XML:
                    raise NotTmxError(self.name, "is no XML file, so no TMX file", problem.line) from error
                if not self._is_lenient_now:
                    raise problem from error
            except LimitError as error:
                if not self._is_lenient_now:
                    raise
                problem = error
            line = problem.line or self._parser.line + self._lines_before
            self._failed(problem.problem, line)
            chunk = self._next_unit(chunk, line)
            is_last = False

    @property
    def _is_lenient_now(self) -> bool:
        return self._lenient and self._builder.header is not None

    def _next_unit(self, chunk: bytes, line: int) -> bytes | None:
        """After a place that can't be parsed: what follows from the start of the next unit, for a fresh parser.

        `line` is where the parser gave up; the lines from there are counted, so that later errors name theirs.
        """
        parser = self._parser
        # A tag that began before this chunk is given up together with it.
        offset = min(max(0, parser.expat.CurrentByteIndex - (parser.fed - len(chunk))), len(chunk))
        found = _UNIT_START.search(chunk, offset)
        while not found:
            keep = min(len(chunk) - offset, 3)
            line += chunk.count(b"\n", offset, len(chunk) - keep)
            following = next(self._chunks, None)
            if following is None:
                self._is_done = True
                self.close()
                return None
            chunk, offset = chunk[len(chunk) - keep :] + following, 0
            found = _UNIT_START.search(chunk)
        line += chunk.count(b"\n", offset, found.start())
        self._builder.restart()
        self._parser = self._new_parser()
        self._parser.feed(_RESUMED)
        self._lines_before = line - 1
        return chunk[found.start() :]

    def _failed(self, problem: str, line: int | None = None) -> None:
        """Skip a unit that can't be understood, or raise for it."""
        line = line or self._parser.line + self._lines_before
        unit = self._builder.count + 1
        if not self._lenient:
            raise UnitError(self.name, problem, line, unit)
        self._builder.count += 1
        self.skipped.append(Skipped(self.name, unit, line, problem))


_NOT_XML = frozenset({2, 3, 4})  # syntax error, no element found, not well-formed (invalid token)


class _Builder:
    """Turns the events of expat into units.

    Text is handed over only inside `seg`, `note`, `prop` and elements that are kept as foreign, straight
    into a list: between elements expat calls nobody, which is most of the speed.
    """

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
            elif name == "prop" or name == "note":
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
        if not parts or (len(parts) == 1 and isinstance(parts[0], str) and len(parts[0]) <= self._max_chars):
            self._captured = ""
            content: Content = tuple(parts)
        else:
            if _length(parts) > self._max_chars:
                self._refuse_text()
            self._captured = ""
            content = joined(parts)
        scope = self._scope
        if name == "seg" and scope == "tuv":
            self._content = content
            return
        annotation: Annotation
        if name == "prop":
            kind = self._captured_attributes.pop("type", "")
            annotation = Prop(kind, plain_text(content), self._captured_attributes)
        elif name == "note":
            annotation = Note(plain_text(content), self._captured_attributes)
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


def iter_units(source: Source, *, lenient: bool = False, limits: Limits = _DEFAULT_LIMITS) -> Iterator[TranslationUnit]:
    """The units of a file, one at a time; see Reader for the arguments and errors.

    Use Reader itself where the header, or the list of what was skipped, is wanted, too.
    """
    with Reader(source, lenient=lenient, limits=limits) as reader:
        yield from reader


def read(source: Source, *, lenient: bool = False, limits: Limits = _DEFAULT_LIMITS) -> Document:
    """The whole file at once, for those that fit into memory; see Reader for the arguments and errors."""
    with Reader(source, lenient=lenient, limits=limits) as reader:
        units = tuple(reader)
        return Document(reader.header, units, tuple(reader.skipped))
