"""A TMX file to units: streaming, in constant memory, with everything that the file says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import TracebackType
from xml.parsers import expat

from tmx.building import UnitBuilder
from tmx.errors import EncodingError, LimitError, NotTmxError, ReadError, UnitError
from tmx.limits import DEFAULT_LIMITS, Limits
from tmx.parsing import SecureParser
from tmx.records import Document, Header, Skipped, TranslationUnit
from tmx.source import ByteSource, Source

__all__ = ["Reader", "iter_units", "read"]

_UNIT_START = re.compile(rb"<tu[\s>/]")
_RESUMED = b'<tmx version="1.4"><body>'


class Reader:
    """Iterates over the units of a file; `header` and `version` are known from the start.

    `source` is a path or a binary stream, packed with gzip or not, of any TMX version from 1.1, in any
    common encoding. `lenient` leaves out what can't be understood and lists it in `skipped`; otherwise
    it is an error with file, line and unit: MissingFileError, NotTmxError, MalformedError,
    EncodingError, UnitError, LimitError (the last is raised for a lenient reader, too, unless it
    concerns one unit only). Comments, processing instructions and text between elements are not kept.
    """

    def __init__(self, source: Source, *, lenient: bool = False, limits: Limits = DEFAULT_LIMITS) -> None:
        self._bytes = ByteSource(source, limits, lenient)
        self._lenient, self._limits = lenient, limits
        self._builder = UnitBuilder(self._bytes.name, limits, lenient, self._failed)
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
        # Where the parser stands may be the very tag that it can't read, so the search starts after it.
        found = _UNIT_START.search(chunk, offset + 1)
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


def iter_units(source: Source, *, lenient: bool = False, limits: Limits = DEFAULT_LIMITS) -> Iterator[TranslationUnit]:
    """The units of a file, one at a time; see Reader for the arguments and errors.

    Use Reader itself where the header, or the list of what was skipped, is wanted, too.
    """
    with Reader(source, lenient=lenient, limits=limits) as reader:
        yield from reader


def read(source: Source, *, lenient: bool = False, limits: Limits = DEFAULT_LIMITS) -> Document:
    """The whole file at once, for those that fit into memory; see Reader for the arguments and errors."""
    with Reader(source, lenient=lenient, limits=limits) as reader:
        units = tuple(reader)
        return Document(reader.header, units, tuple(reader.skipped))
