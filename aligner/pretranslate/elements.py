"""Matches and targets as elements of XLIFF 1.2 and 2.x.

1.2: http://docs.oasis-open.org/xliff/v1.2/os/xliff-core.html; 2.1 and its translation candidates module:
http://docs.oasis-open.org/xliff/xliff-core/v2.1/os/xliff-core-v2.1-os.html
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from aligner.memory.lookup import Match
from aligner.pretranslate.records import Filled, State

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

__all__ = ["MATCHES_2", "TOOL", "XLIFF_12", "XLIFF_20", "alt_trans", "clean", "matches_2", "state_2", "state_12"]

XLIFF_12 = "urn:oasis:names:tc:xliff:document:1.2"
XLIFF_20 = "urn:oasis:names:tc:xliff:document:2.0"
MATCHES_2 = "urn:oasis:names:tc:xliff:matches:2.0"
TOOL = "qostil"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_STATES_12: dict[State, dict[str, str]] = {
    "translated": {"state": "translated"},
    "to review": {"state": "needs-review-translation"},
    "empty": {"state": "needs-translation"},
}
_QUALIFIERS_12 = {"context": "exact-match", "exact": "exact-match", "fuzzy": "fuzzy-match"}
_STATES_2: dict[State, str] = {"translated": "translated", "to review": "initial", "empty": "initial"}
_TYPES_2 = {"context": "icm", "exact": "tm", "fuzzy": "tm", "semantic": "tm"}


def clean(text: str) -> str:
    """The text without what XML 1.0 has no room for."""
    return _FORBIDDEN.sub("", text)


def state_12(segment: Filled) -> dict[str, str]:
    """The attributes of a 1.2 target."""
    attributes = dict(_STATES_12[segment.state])
    if segment.state != "empty":
        attributes["state-qualifier"] = _QUALIFIERS_12[segment.matches[0].kind]
    return attributes


def alt_trans(parent: Element, match: Match, languages: tuple[str, str], segment_id: str | None = None) -> Element:
    """An `alt-trans` for a 1.2 unit, or for one segment of it; `languages` are those of source and target."""
    from lxml.etree import SubElement

    attributes = {"mid": segment_id} if segment_id is not None else {}
    element = SubElement(
        parent,
        f"{{{XLIFF_12}}}alt-trans",
        {
            **attributes,
            "match-quality": f"{min(100, match.percent)}%",
            "tool-id": TOOL,
            "origin": clean(_origin(match)),
            "alttranstype": "proposal",
        },
    )
    for name, language, text in zip(("source", "target"), languages, (match.source, match.target), strict=True):
        SubElement(element, f"{{{XLIFF_12}}}{name}", {_XML_LANG: language}).text = clean(text)
    return element


def state_2(segment: Filled) -> dict[str, str]:
    """The attributes of a 2.x segment. What is put in from a similar text is still `initial`, with a subState."""
    attributes = {"state": _STATES_2[segment.state]}
    if segment.state != "empty":
        attributes["subState"] = f"{TOOL}:{segment.matches[0].kind}"
    return attributes


def matches_2(segments: list[tuple[str, Filled]], taken_ids: set[str]) -> Element | None:
    """The `mtc:matches` of a 2.x unit, from its segments with their ids; None where there are none."""
    from lxml.etree import Element as new_element  # noqa: N813
    from lxml.etree import SubElement

    parent: Any = new_element(f"{{{MATCHES_2}}}matches", nsmap={"mtc": MATCHES_2})
    number = 0
    for segment_id, segment in segments:
        for match in segment.matches:
            number += 1
            while f"q{number}" in taken_ids:
                number += 1
            element = SubElement(
                parent,
                f"{{{MATCHES_2}}}match",
                {
                    "id": f"q{number}",
                    "ref": f"#{segment_id}",
                    "type": _TYPES_2[match.kind],
                    "subType": f"{TOOL}:{match.kind}",
                    "similarity": f"{min(100, match.percent)}",
                    "matchQuality": f"{100 * match.score:.0f}",
                    "matchSuitability": f"{min(100, match.percent) * match.score:.0f}",
                    "origin": clean(_origin(match)),
                },
            )
            for name, text in (("source", match.source), ("target", match.target)):
                SubElement(element, f"{{{XLIFF_20}}}{name}").text = clean(text)
    return parent if number else None


def _origin(match: Match) -> str:
    return match.sources[0] if match.sources else TOOL
