"""What can be wrong with a memory: every rule with its reason and the tool that minds.

The facts about tools were measured with OmegaT 3.6 and translate-toolkit 3.20, or are in the vendors'
documentation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

__all__ = ["RULES", "Level", "Rule", "Severity"]

Level: TypeAlias = Literal["well-formed", "schema", "interop"]
Severity: TypeAlias = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Rule:
    """`tools` are those that the reason concerns; "all" where every reader of XML or TMX does."""

    id: str
    level: Level
    severity: Severity
    title: str
    reason: str
    tools: tuple[str, ...]


_EVERY_TOOL = ("all",)

_ALL = (
    Rule("W001", "well-formed", "error", "not well-formed XML", "no parser may go on after it", _EVERY_TOOL),
    Rule(
        "W002",
        "well-formed",
        "error",
        "beyond the limits",
        "a file that is so large, deep or tangled in one place is damaged or built to do harm",
        _EVERY_TOOL,
    ),
    Rule("W003", "well-formed", "error", "encoding", "the bytes are not what the file says they are", _EVERY_TOOL),
    Rule("S001", "schema", "error", "root element", "a TMX document begins with tmx", _EVERY_TOOL),
    Rule("S002", "schema", "error", "unknown element", "OmegaT validates against its XSD and refuses", ("OmegaT",)),
    Rule("S003", "schema", "error", "element not allowed here", "the DTD gives every element its place", _EVERY_TOOL),
    Rule("S004", "schema", "error", "missing element", "the DTD demands it", _EVERY_TOOL),
    Rule("S005", "schema", "error", "missing attribute", "the DTD demands it", _EVERY_TOOL),
    Rule("S006", "schema", "error", "unknown attribute", "OmegaT validates against its XSD and refuses", ("OmegaT",)),
    Rule("S007", "schema", "error", "value not allowed", "the DTD lists the values", _EVERY_TOOL),
    Rule("S008", "schema", "error", "text between elements", "the DTD allows elements only here", _EVERY_TOOL),
    Rule(
        "S009",
        "schema",
        "error",
        "language code that is none",
        "xml:lang is an xs:language in the XSD: letters and digits in groups of at most eight, joined by hyphens",
        ("OmegaT",),
    ),
    Rule(
        "T001",
        "interop",
        "warning",
        "white space around a segment",
        "the text no longer equals the one in the document: 0 of 6 automatic matches in OmegaT",
        ("OmegaT",),
    ),
    Rule(
        "T002",
        "interop",
        "warning",
        "one language, several codes",
        "tools take them for different languages, or drop one",
        _EVERY_TOOL,
    ),
    Rule(
        "T003",
        "interop",
        "warning",
        "segment over 2,000 characters",
        "the cloud refuses the unit",
        ("Trados",),
    ),
    Rule(
        "T004",
        "interop",
        "warning",
        "srclang is not the code of a variant",
        "it must repeat the code letter by letter; *all* and another direction load with a warning",
        ("OmegaT", "Trados"),
    ),
    Rule(
        "T005",
        "interop",
        "warning",
        "more than two languages",
        "“Multilingual TMX files are not supported”",
        ("Trados",),
    ),
    Rule("T006", "interop", "warning", "empty segment", "it is imported as a translation, or refused", _EVERY_TOOL),
    Rule(
        "T007",
        "interop",
        "warning",
        "several translations of one text",
        "one target is kept per source, and which one is chance",
        ("Phrase", "OmegaT"),
    ),
    Rule(
        "T008",
        "interop",
        "warning",
        "language code that tools do not match",
        "underscores and three letters are not matched by OmegaT, a script is not by translate-toolkit",
        ("OmegaT", "translate-toolkit"),
    ),
    Rule(
        "T009",
        "interop",
        "warning",
        "not UTF-8, or with a byte-order mark",
        "UTF-8 without a mark is the one form that every tool reads",
        _EVERY_TOOL,
    ),
    Rule(
        "T010",
        "interop",
        "warning",
        "document type",
        'anything but <!DOCTYPE tmx SYSTEM "tmx14.dtd"> may be fetched or refused',
        ("OmegaT", "Trados"),
    ),
    Rule(
        "T011",
        "interop",
        "warning",
        "tuid on some units only",
        "importers that update by tuid handle the others as new ones each time",
        ("memoQ", "XTM"),
    ),
    Rule("T012", "interop", "warning", "tuid used twice", "the second unit overwrites the first", ("memoQ", "XTM")),
    Rule(
        "T013",
        "interop",
        "warning",
        "date",
        "dates have the form YYYYMMDDThhmmssZ; others are dropped, or end the import",
        ("Trados", "OmegaT"),
    ),
    Rule(
        "T014",
        "interop",
        "warning",
        "inline tags that do not pair",
        "i must be unique in a segment and pair each bpt with an ept, and x must be unique: “TagAnchorAlreadyUsed”",
        ("Trados",),
    ),
    Rule("T015", "interop", "warning", "text inside hi", "OmegaT at level 1 drops it", ("OmegaT",)),
    Rule(
        "T016",
        "interop",
        "warning",
        "version",
        'the value is "1.4"; "1.4b" is refused, and older versions are read in other ways',
        ("OmegaT",),
    ),
    Rule(
        "T017",
        "interop",
        "warning",
        'creationtool="OmegaT"',
        "OmegaT then reads the file as its own project memory, by other rules",
        ("OmegaT",),
    ),
    Rule(
        "T018",
        "interop",
        "warning",
        "segtype is not sentence",
        "OmegaT splits paragraphs again, and sides that split differently are lost",
        ("OmegaT",),
    ),
    Rule(
        "T019",
        "interop",
        "warning",
        "file over 1 GB",
        "the upload is refused; `split` makes it smaller",
        ("Trados", "Phrase"),
    ),
    Rule("T020", "interop", "warning", "ut element", "it is deprecated, and its code is lost", _EVERY_TOOL),
    Rule(
        "T021",
        "interop",
        "warning",
        "unit with one language only",
        "a unit without a translation is skipped, or refused",
        _EVERY_TOOL,
    ),
    Rule(
        "T022",
        "interop",
        "warning",
        "line break or tab in a segment",
        "it is collapsed to a space, or kept, so that the segment matches in one tool only",
        ("OmegaT", "Trados"),
    ),
)

RULES: dict[str, Rule] = {rule.id: rule for rule in _ALL}
