"""The rules of TMX 1.4b as tables: which attributes and children each element has.

Written from the specification; it agrees with LISA's DTD and with the XSD that OmegaT made of it, which
a test proves.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ELEMENTS", "SEGTYPES", "Element"]

SEGTYPES = frozenset({"block", "paragraph", "phrase", "sentence"})


@dataclass(frozen=True, slots=True)
class Element:
    """`first` children come in any order and number, then `then` children, of which `least`..`most`.

    `choices` are the attributes that allow a few values only.
    """

    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    choices: tuple[tuple[str, frozenset[str]], ...] = ()
    first: frozenset[str] = frozenset()
    then: tuple[str, ...] = ()
    least: int = 0
    most: int | None = None
    has_text: bool = False
    is_empty: bool = False

    @property
    def attributes(self) -> frozenset[str]:
        """All attributes that it may have."""
        return self.required | self.optional


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_HISTORY = "creationdate creationid changedate changeid o-encoding"
_USE = "datatype usagecount lastusagedate creationtool creationtoolversion o-tmf"
_SEGTYPE = (("segtype", SEGTYPES),)
_TAGS = _names("bpt ept ph it hi ut")

ELEMENTS: dict[str, Element] = {
    "tmx": Element(optional=_names("version"), then=("header", "body")),
    "header": Element(
        _names("creationtool creationtoolversion segtype o-tmf adminlang srclang datatype"),
        _names(_HISTORY),
        _SEGTYPE,
        first=_names("note prop ude"),
    ),
    "body": Element(first=_names("tu")),
    "note": Element(optional=_names("o-encoding xml:lang lang"), has_text=True),
    "prop": Element(_names("type"), _names("o-encoding xml:lang lang"), has_text=True),
    "ude": Element(_names("name"), _names("base"), then=("map",), least=1),
    "map": Element(_names("unicode"), _names("code ent subst"), is_empty=True),
    "tu": Element(
        optional=_names(f"tuid segtype srclang {_HISTORY} {_USE}"),
        choices=_SEGTYPE,
        first=_names("note prop"),
        then=("tuv",),
        least=1,
    ),
    "tuv": Element(
        _names("xml:lang"), _names(f"lang {_HISTORY} {_USE}"), first=_names("note prop"), then=("seg",), least=1, most=1
    ),
    "seg": Element(first=_TAGS, has_text=True),
    "bpt": Element(_names("i"), _names("x type"), first=_names("sub"), has_text=True),
    "ept": Element(_names("i"), first=_names("sub"), has_text=True),
    "it": Element(
        _names("pos"),
        _names("x type"),
        (("pos", _names("begin end")),),
        first=_names("sub"),
        has_text=True,
    ),
    "ph": Element(optional=_names("x assoc type"), first=_names("sub"), has_text=True),
    "hi": Element(optional=_names("x type"), first=_TAGS, has_text=True),
    "ut": Element(optional=_names("x"), first=_names("sub"), has_text=True),
    "sub": Element(optional=_names("datatype type"), first=_TAGS, has_text=True),
}
