"""Chosen elements of any XML file, one after the other, as small trees."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from xml.parsers import expat

from tmx.errors import LimitError, NotTmxError
from tmx.inline import Inline, joined
from tmx.limits import DEFAULT_LIMITS, Limits
from tmx.parsing import SecureParser
from tmx.source import ByteSource, Source

__all__ = ["ElementStream"]

_MAX_OUTSIDE = 100


class ElementStream:
    """Iterates over the elements called one of `wanted`, wherever they stand; prefixes are taken off names.

    `around` has the attributes of the elements that were last begun outside of them, by name. `root` is
    what the document element must be called; NotTmxError says so otherwise. Further raises MalformedError,
    EncodingError, LimitError and MissingFileError.
    """

    def __init__(self, source: Source, root: str, wanted: Collection[str], limits: Limits = DEFAULT_LIMITS) -> None:
        self._bytes = ByteSource(source, limits)
        self._root, self._wanted, self._limits = root, frozenset(wanted), limits
        self.around: dict[str, dict[str, str]] = {}
        self._outside: dict[str, dict[str, str]] = {}
        self.line = 1
        self._done: list[tuple[Inline, dict[str, dict[str, str]], int]] = []
        self._frames: list[tuple[str, dict[str, str], list[str | Inline]]] = []
        self._parts: list[str | Inline] = []
        self._idle_bytes = self._depth = self._line = 0
        self._parser = SecureParser(self._bytes.name, limits)
        self._parser.expat.StartElementHandler = self._start
        self._parser.expat.EndElementHandler = self._end

    @property
    def name(self) -> str:
        """The path as it was given, or the name of the stream."""
        return self._bytes.name

    def close(self) -> None:
        """Close the file, unless it was given as a stream."""
        self._bytes.close()

    def __iter__(self) -> Iterator[Inline]:
        try:
            for chunk in self._bytes:
                self._idle_bytes += len(chunk)
                if self._idle_bytes > self._limits.max_unit_bytes:
                    raise self._limit(f"more than {self._limits.max_unit_bytes:,} bytes without the end of a unit")
                self._parser.feed(chunk)
                yield from self._taken()
            self._parser.finish()
            yield from self._taken()
        except expat.ExpatError as error:
            yield from self._taken()
            raise self._parser.malformed(error) from error
        finally:
            self.close()

    def _taken(self) -> Iterator[Inline]:
        done, self._done = self._done, []
        for element, self.around, self.line in done:
            yield element

    def _limit(self, problem: str) -> LimitError:
        return LimitError(self.name, problem, self._parser.line)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        self._depth += 1
        if self._depth > self._limits.max_depth:
            raise self._limit(f"elements lie more than {self._limits.max_depth} deep")
        if self._depth == 1 and name != self._root:
            raise NotTmxError(self.name, f"the root element is {name!r}, not {self._root!r}", self._parser.line)
        if not self._frames and name not in self._wanted:
            self._around(name, attributes)
            return
        if not self._frames:
            self._line = self._parser.line
        self._frames.append((name, attributes, self._parts))
        parts: list[str | Inline] = []
        self._parts = parts
        self._parser.expat.CharacterDataHandler = parts.append

    def _around(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._outside) < _MAX_OUTSIDE or name in self._outside:
            self._outside = {**self._outside, name: attributes}

    def _end(self, name: str) -> None:
        self._depth -= 1
        if not self._frames:
            return
        name, attributes, outer = self._frames.pop()
        element = Inline(name, attributes, joined(self._parts))
        self._parts = outer
        if self._frames:
            outer.append(element)
            self._parser.expat.CharacterDataHandler = outer.append
        else:
            self._parser.expat.CharacterDataHandler = None
            self._idle_bytes = 0
            self._done.append((element, self._outside, self._line))
