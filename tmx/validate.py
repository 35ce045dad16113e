"""Whether a file is well-formed, valid, and fit for the tools that shall read it."""

from __future__ import annotations

import os
import re
import sqlite3
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias
from xml.parsers import expat

from tmx.building import UnitBuilder
from tmx.checking import SchemaChecker
from tmx.errors import EncodingError, LimitError, MalformedError, NotTmxError, ReadError
from tmx.inline import Content, inline_elements
from tmx.keys import content_form, fingerprint, source_variant
from tmx.languages import canonical, primary
from tmx.limits import DEFAULT_LIMITS, Limits
from tmx.parsing import SecureParser
from tmx.records import TranslationUnit
from tmx.rules import RULES, Level, Rule
from tmx.scratch import scratch_database
from tmx.source import ByteSource

__all__ = ["Issue", "validate"]

_LEVELS: tuple[Level, ...] = ("well-formed", "schema", "interop")
_DATE = re.compile(r"\d{8}T\d{6}Z\Z")
_DATES = ("creationdate", "changedate", "lastusagedate")
_MAX_CHARS = 2000
_MAX_CODES = 1000
_MAX_FILE_BYTES = 1_000_000_000
_TABLES = """
CREATE TABLE tuid (key BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE source (key BLOB PRIMARY KEY, targets BLOB) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Issue:
    """One finding: the rule it breaks, and the line and unit, from 1, where they are known."""

    rule: Rule
    message: str
    line: int | None = None
    unit: int | None = None

    def __str__(self) -> str:
        where = "" if self.line is None else f"line {self.line}: "
        where = where if self.unit is None else f"line {self.line}, unit {self.unit}: "
        return f"{self.rule.id} {where}{self.message}"


def validate(
    source: str | os.PathLike[str], level: Level = "interop", *, limits: Limits = DEFAULT_LIMITS
) -> Iterator[Issue]:
    """The findings of a level and of those before it, in the order of the file.

    `well-formed`: XML that can be read within the limits. `schema`: valid against the DTD of TMX 1.4b and
    OmegaT's XSD. `interop`: fit for the tools that `tmx.rules.RULES` names. Memory does not grow with the
    file. Raises MissingFileError; whatever else keeps a file from being read is a finding.
    """
    if level not in _LEVELS:
        raise ValueError(f"no level is called {level!r}; there are {', '.join(_LEVELS)}")
    with ExitStack() as stack:
        chunks = ByteSource(source, limits)
        stack.callback(chunks.close)
        database = stack.enter_context(scratch_database(_TABLES)) if level == "interop" else None
        yield from _Validation(chunks, level, limits, database).run(Path(source))


_Say: TypeAlias = Callable[[str, str], None]


class _Validation:
    """Feeds the same bytes to a parser that checks the schema and to one that builds units."""

    def __init__(self, chunks: ByteSource, level: Level, limits: Limits, database: sqlite3.Connection | None) -> None:
        self._chunks, self._level, self._database = chunks, level, database
        self._issues: list[Issue] = []
        self._parser = SecureParser(chunks.name, limits)
        self._checker = SchemaChecker(self._parser, self._schema_issue)
        # A unit that can't be built breaks the schema, too, which has been said already.
        self._builder = UnitBuilder(chunks.name, limits, True, self._unbuilt)
        self._builder_parser = SecureParser(chunks.name, limits)
        self._builder.attach(self._builder_parser)
        self._absent: set[int] = set()
        self._number = self._lines_taken = 0
        self._lines: deque[int] = deque()
        self._codes: set[str] = set()
        # By canonical form and by bare language, the first code seen.
        self._forms: dict[str, str] = {}
        self._languages: dict[str, str] = {}
        self._with_tuid: bool | None = None
        self._told: set[str] = set()

    def run(self, path: Path) -> Iterator[Issue]:
        """All findings."""
        try:
            for chunk in self._chunks:
                self._feed(chunk)
                yield from self._taken()
            self._parser.finish()
            if self._level == "interop":
                self._builder_parser.finish()
        except expat.ExpatError as error:
            problem = self._parser.malformed(error)
            yield from self._taken()
            yield Issue(RULES["W001"], problem.problem, problem.line, self._checker.units or None)
            return
        except ReadError as error:
            yield from self._taken()
            yield _unreadable(error)
            return
        yield from self._taken()
        if self._level == "interop":
            self._file_rules(path)
            yield from self._taken()

    def _feed(self, chunk: bytes) -> None:
        if self._level == "interop":
            self._builder.begin_chunk(len(chunk))
        self._parser.feed(chunk)
        if self._level == "interop":
            try:
                self._builder_parser.feed(chunk)
                self._builder.end_chunk()
            except NotTmxError:
                # The checker has reported the wrong root, and there are no units to look at.
                self._level = "schema"

    def _taken(self) -> list[Issue]:
        units, self._builder.units = self._builder.units, []
        if self._database is not None:
            self._lines.extend(self._checker.unit_lines)
            for unit in units:
                self._unit_rules(unit)
        self._checker.unit_lines.clear()
        issues, self._issues = self._issues, []
        issues.sort(key=lambda issue: issue.line or 0)
        return issues

    def _schema_issue(self, rule: str, message: str) -> None:
        if self._level != "well-formed":
            self._issues.append(Issue(RULES[rule], message, self._parser.line, self._checker.units or None))

    def _unbuilt(self, problem: str) -> None:
        self._builder.count += 1
        self._absent.add(self._builder.count)

    def _say(self, rule: str, message: str, line: int | None = None, unit: int | None = None) -> None:
        self._issues.append(Issue(RULES[rule], message, line, unit))

    def _unit_rules(self, unit: TranslationUnit) -> None:
        self._number += 1
        while self._number in self._absent:
            self._absent.discard(self._number)
            self._number += 1
        while self._lines_taken < self._number:
            line = self._lines.popleft()
            self._lines_taken += 1
        number = self._number

        def say(rule: str, message: str) -> None:
            self._say(rule, message, line, number)

        srclang = self._builder.header.srclang if self._builder.header else "*all*"
        codes = [each.language for each in unit.variants]
        for each in unit.variants:
            text = each.text
            if not text.strip() and not any(True for _ in inline_elements(each.content)):
                say("T006", f"the {each.language} segment is empty")
            elif _has_outer_space(each.content):
                say("T001", f"the {each.language} segment begins or ends with white space")
            if len(text) > _MAX_CHARS:
                say("T003", f"the {each.language} segment has {len(text):,} characters")
            if "\n" in text or "\t" in text:
                say("T022", f"the {each.language} segment holds a line break or tab")
            self._language_rules(each.language, say)
            if len(each.content) > 1 or (each.content and not isinstance(each.content[0], str)):
                _inline_rules(each.content, each.language, say)
        if len(unit.variants) < 2:
            say("T021", f"the unit has {codes[0]} only")
        wanted = unit.attributes.get("srclang", srclang)
        if wanted not in codes and "T004" not in self._told:
            self._told.add("T004")
            say("T004", f"srclang is {wanted!r}, the variants are {', '.join(codes)}; said once")
        self._identity_rules(unit, say)
        for holder in (unit.attributes, *(each.attributes for each in unit.variants)):
            for name in _DATES:
                if name in holder and not _DATE.match(holder[name]):
                    say("T013", f"{name}={holder[name]!r} is not of the form YYYYMMDDThhmmssZ")
        assert self._database is not None
        source = source_variant(unit, srclang)
        targets = fingerprint(*(content_form(each.content) for each in unit.variants if each is not source))
        key = fingerprint(canonical(source.language), content_form(source.content), *sorted(map(canonical, codes)))
        known = self._database.execute("SELECT targets FROM source WHERE key = ?", (key,)).fetchone()
        if known is None:
            self._database.execute("INSERT INTO source VALUES (?, ?)", (key, targets))
        elif known[0] != targets:
            say("T007", f"the {source.language} text has another translation in an earlier unit")

    def _language_rules(self, code: str, say: _Say) -> None:
        if code in self._codes:
            return
        if len(self._codes) < _MAX_CODES:
            self._codes.add(code)
        form, language = canonical(code), primary(code)
        if "_" in code or language != code.partition("-")[0].lower() or form.count("-") > 1:
            say("T008", f"{code!r} is not matched by every tool")
        before = self._forms.get(form)
        if before is None and (form == language or language in self._forms):
            # The bare language and one of its regions are one language to a tool; two regions are two.
            before = self._languages.get(language)
        if before is not None and before != code:
            say("T002", f"{code!r} and {before!r} are both used")
        elif form not in self._forms and len(self._forms) == 2:
            say("T005", f"there are {', '.join(self._forms.values())} and {code}")
        self._forms.setdefault(form, code)
        self._languages.setdefault(language, code)

    def _identity_rules(self, unit: TranslationUnit, say: _Say) -> None:
        assert self._database is not None
        has_tuid = unit.tuid is not None
        if self._with_tuid is None:
            self._with_tuid = has_tuid
        elif self._with_tuid != has_tuid and "T011" not in self._told:
            self._told.add("T011")
            say("T011", "some units have a tuid and some have none")
        if unit.tuid is not None:
            key = fingerprint(unit.tuid)
            if not self._database.execute("INSERT OR IGNORE INTO tuid VALUES (?)", (key,)).rowcount:
                say("T012", f"the tuid {unit.tuid!r} was used before")

    def _file_rules(self, path: Path) -> None:
        checker, chunks = self._checker, self._chunks
        if chunks.encoding != "utf-8" or chunks.has_bom:
            mark = " with a byte-order mark" if chunks.has_bom else ""
            self._say("T009", f"the file is in {chunks.encoding}{mark}")
        if checker.doctype is None:
            self._say("T010", "there is no document type")
        elif checker.doctype != ("tmx14.dtd", None):
            self._say("T010", f"the document type points to {checker.doctype[0] or checker.doctype[1]!r}")
        if checker.version != "1.4":
            self._say("T016", f"the version is {checker.version!r}")
        header = checker.header or {}
        if header.get("creationtool") == "OmegaT":
            self._say("T017", "the header says that OmegaT made the file")
        if header.get("segtype", "sentence").strip() != "sentence":
            self._say("T018", f"segtype is {header['segtype']!r}")
        for name in ("creationdate", "changedate"):
            if name in header and not _DATE.match(header[name]):
                self._say("T013", f"{name}={header[name]!r} in the header is not of the form YYYYMMDDThhmmssZ")
        size = path.stat().st_size
        if size > _MAX_FILE_BYTES:
            self._say("T019", f"the file has {size:,} bytes")


def _unreadable(error: ReadError) -> Issue:
    if isinstance(error, LimitError):
        rule = "W002"
    elif isinstance(error, EncodingError):
        rule = "W003"
    elif isinstance(error, MalformedError):
        rule = "W001"
    else:
        raise error
    return Issue(RULES[rule], error.problem, error.line, error.unit)


def _has_outer_space(content: Content) -> bool:
    first, last = content[0], content[-1]
    return (isinstance(first, str) and first[:1].isspace()) or (isinstance(last, str) and last[-1:].isspace())


def _inline_rules(content: Content, language: str, say: _Say) -> None:
    opened: set[str] = set()
    closed: set[str] = set()
    places: set[str] = set()
    problems: list[str] = []
    for each in inline_elements(content):
        mark = each.attributes.get("i", "")
        if each.name == "bpt":
            if mark in opened:
                problems.append(f"i={mark!r} opens twice")
            opened.add(mark)
        elif each.name == "ept":
            if mark in closed:
                problems.append(f"i={mark!r} closes twice")
            closed.add(mark)
        elif each.name == "hi" and any(isinstance(part, str) and part.strip() for part in each.content):
            say("T015", f"the {language} segment has text inside hi")
        elif each.name == "ut":
            say("T020", f"the {language} segment has a ut element")
        place = each.attributes.get("x")
        if place is not None and each.name != "ept":
            if place in places:
                problems.append(f"x={place!r} is used twice")
            places.add(place)
    problems += [f"i={mark!r} has no partner" for mark in sorted(opened ^ closed)]
    if problems:
        say("T014", f"in the {language} segment {', '.join(problems)}")
