"""The plain texts of two languages, read as fast as Python can."""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

from tmx.errors import LanguageError, LimitError, NotTmxError, ReadError
from tmx.languages import best_match, canonical
from tmx.limits import DEFAULT_LIMITS, Limits
from tmx.parsing import SecureParser
from tmx.reader import Reader
from tmx.source import ByteSource, Source

__all__ = ["iter_texts"]

_CODE = frozenset({"bpt", "ept", "it", "ph", "ut", "sub"})
_STRUCTURE = 8
_NO_FIT = 9
_MAX_CODES = 10_000


def iter_texts(
    source: Source,
    source_language: str,
    target_language: str,
    *,
    lenient: bool = False,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[tuple[str, str]]:
    """The two texts of every unit that has both languages, without inline code and all else.

    Gives what `unit.text(language)` gives, several times faster, and does not look at anything else: a
    unit that Reader would refuse for the lack of a language is passed over. Otherwise raises what Reader
    raises, and LanguageError where no unit of the file has one of the languages. `lenient` goes by way
    of Reader, at its speed.
    """
    if canonical(source_language) == canonical(target_language):
        raise LanguageError(f"the two languages are the same: {source_language!r}")
    wanted = (source_language, target_language)
    seen = [False, False]
    units = 0
    if lenient:
        with Reader(source, lenient=True, limits=limits) as reader:
            for unit in reader:
                units += 1
                left, right = unit.text(source_language), unit.text(target_language)
                seen[0] |= left is not None
                seen[1] |= right is not None
                if left is not None and right is not None:
                    yield left, right
    else:
        chunks = ByteSource(source, limits)
        collector = _Collector(chunks.name, wanted, limits)
        try:
            for chunk in chunks:
                yield from collector.feed(chunk)
            yield from collector.finish()
        finally:
            chunks.close()
        units, seen = collector.units, collector.seen
    for language, was_seen in zip(wanted, seen, strict=True):
        if units and not was_seen:
            raise LanguageError(f"no unit has a text in {language!r}")


class _Collector:
    """Collects the pairs. Expat calls Python for start tags, and inside a wanted `seg` only for the rest."""

    def __init__(self, name: str, wanted: tuple[str, str], limits: Limits) -> None:
        self._name, self._wanted, self._limits = name, wanted, limits
        self.units = 0
        self.seen = [False, False]
        self._pairs: list[tuple[str, str]] = []
        # Per side: the text of the unit under way, and how well its code fits (the smaller the better).
        self._texts: list[str | None] = [None, None]
        self._fits = [_NO_FIT, _NO_FIT]
        self._parts: list[str] = []
        self._ends: list[str] = []
        self._starts = self._idle_bytes = self._units_before = 0
        self._parser = SecureParser(name, limits)
        self._connect()

    def feed(self, chunk: bytes) -> list[tuple[str, str]]:
        """Parse a chunk; the pairs that are complete."""
        if self.units == self._units_before:
            self._idle_bytes += len(chunk)
            if self._idle_bytes > self._limits.max_unit_bytes:
                raise self._limit(f"more than {self._limits.max_unit_bytes:,} bytes without the start of a unit")
        else:
            self._units_before, self._idle_bytes = self.units, len(chunk)
        try:
            self._parser.feed(chunk)
        except expat.ExpatError as error:
            raise self._malformed(error) from error
        self._starts -= len(self._ends)
        self._ends.clear()
        if self._starts > self._limits.max_depth + _STRUCTURE:
            raise self._limit(f"elements lie more than {self._limits.max_depth} deep")
        if sum(map(len, self._parts)) > self._limits.max_segment_chars:
            raise self._too_long()
        pairs = self._pairs[:]
        self._pairs.clear()
        return pairs

    def finish(self) -> list[tuple[str, str]]:
        """Say that the file ends; the last pair."""
        try:
            self._parser.finish()
        except expat.ExpatError as error:
            raise self._malformed(error) from error
        self._end_unit()
        return self._pairs

    def _end_unit(self) -> None:
        source, target = self._texts
        if source is not None and target is not None:
            self._pairs.append((source, target))
        self.seen[0] |= source is not None
        self.seen[1] |= target is not None
        self._texts[:] = (None, None)
        self._fits[:] = (_NO_FIT, _NO_FIT)

    def _malformed(self, error: expat.ExpatError) -> ReadError:
        if not self.units and not self._starts:
            return NotTmxError(self._name, "is no XML file, so no TMX file", error.lineno)
        return self._parser.malformed(error, 0, self.units or None)

    def _limit(self, problem: str) -> LimitError:
        return LimitError(self._name, problem, self._parser.line, self.units or None)

    def _too_long(self) -> LimitError:
        return self._limit(f"the text of a seg is longer than {self._limits.max_segment_chars:,} characters")

    def _fit(self, code: str) -> tuple[int, int] | None:
        """The side that a language code belongs to and how well it fits, in the order of `best_match`."""
        for side, wanted in enumerate(self._wanted):
            if best_match(wanted, [code]) is not None:
                if code == wanted:
                    return side, 0
                form = canonical(code)
                return side, 1 if form == canonical(wanted) else 2 if "-" not in form else 3
        return None

    def _connect(self) -> None:
        parser = self._parser.expat
        parts, ends, texts, fits = self._parts, self._ends, self._texts, self._fits
        keep, count_end = parts.append, ends.append
        max_chars = self._limits.max_segment_chars
        table: dict[str | None, tuple[int, int] | None] = {None: None}
        current: tuple[int, int] | None = None
        depth = code_depth = 0

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal current
            self._starts += 1
            if name == "seg":
                if current is not None:
                    parts.clear()
                    parser.CharacterDataHandler = keep
                    parser.StartElementHandler = start_inline
                    parser.EndElementHandler = end_inline
            elif name == "tuv":
                code = attributes.get("xml:lang") or attributes.get("lang")
                try:
                    current = table[code]
                except KeyError:
                    current = self._fit((code or "").strip())
                    if len(table) < _MAX_CODES:
                        table[code] = current
            elif name == "tu":
                self.units += 1
                current = None
                self._end_unit()
            elif self._starts == 1 and self.units == 0 and name != "tmx":
                raise NotTmxError(
                    self._name, f"is no TMX file: its root element is {name!r}, not 'tmx'", self._parser.line
                )

        def start_inline(name: str, _: dict[str, str]) -> None:
            nonlocal depth, code_depth
            depth += 1
            if code_depth or name in _CODE:
                code_depth += 1
                parser.CharacterDataHandler = None
            if depth > self._limits.max_depth:
                raise self._limit(f"elements lie more than {self._limits.max_depth} deep inside a seg")

        def end_inline(name: str) -> None:
            nonlocal current, depth, code_depth
            if depth:
                depth -= 1
                if code_depth:
                    code_depth -= 1
                    if not code_depth:
                        parser.CharacterDataHandler = keep
                return
            parser.CharacterDataHandler = None
            parser.StartElementHandler = start
            parser.EndElementHandler = count_end
            count_end(name)
            text = parts[0] if len(parts) == 1 else "".join(parts)
            parts.clear()
            if len(text) > max_chars:
                raise self._too_long()
            if current is not None:
                side, fit = current
                if fit < fits[side]:
                    fits[side] = fit
                    texts[side] = text
                current = None

        parser.StartElementHandler = start
        parser.EndElementHandler = count_end
