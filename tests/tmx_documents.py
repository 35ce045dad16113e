"""Made-up TMX documents for the tests of the `tmx` package."""

from __future__ import annotations

import io

from hypothesis import strategies as st

from tmx import Document, Foreign, Header, Inline, Note, Prop, TranslationUnit, Ude, Variant, write
from tmx.inline import joined, plain_text
from tmx.schema import ELEMENTS, SEGTYPES

LEGAL = st.characters(
    exclude_categories=("Cs",), exclude_characters="\ufffe\uffff", min_codepoint=0x20
) | st.sampled_from("\t\n\r<>&'\"]\u00a0әғқңөұүһі")
TEXTS = st.text(LEGAL, max_size=30)
SOME_TEXT = st.text(LEGAL, min_size=1, max_size=30)
CODES = st.sampled_from(["kk", "ru", "kk-KZ", "ru-RU", "KK", "en-us", "zh-Hant-TW", "de"])
FOREIGN_NAMES = st.sampled_from(["x-mark", "okp:data", "g", "қосымша", "_a.b"])


def _attributes(
    element: str, is_foreign_allowed: bool, without: tuple[str, ...] = ()
) -> st.SearchStrategy[dict[str, str]]:
    names = sorted(ELEMENTS[element].attributes - set(without))
    values: dict[str, st.SearchStrategy[str]] = dict.fromkeys(names, TEXTS)
    if "segtype" in values:
        values["segtype"] = st.sampled_from(sorted(SEGTYPES))
    if "srclang" in values:
        values["srclang"] = CODES | st.just("*all*")
    if "pos" in values:
        values["pos"] = st.sampled_from(["begin", "end"])
    for name in ("xml:lang",):
        if name in values:
            values[name] = CODES
    required = {name: values.pop(name) for name in sorted(ELEMENTS[element].required - set(without))}
    known = st.fixed_dictionaries(required, optional=values)
    if not is_foreign_allowed:
        return known
    return st.builds(
        lambda known, foreign: {**known, **foreign}, known, st.dictionaries(FOREIGN_NAMES, TEXTS, max_size=1)
    )


def contents(
    is_foreign_allowed: bool, parent: str = "seg", depth: int = 2
) -> st.SearchStrategy[tuple[str | Inline, ...]]:
    """The content of an element, with inline elements where it may have them."""
    allowed = sorted(ELEMENTS[parent].first)
    parts: st.SearchStrategy[str | Inline] = TEXTS
    if depth:
        for name in allowed:
            parts |= st.builds(
                Inline,
                st.just(name),
                _attributes(name, is_foreign_allowed),
                st.deferred(lambda name=name: contents(is_foreign_allowed, name, depth - 1)),  # type: ignore[misc]
            )
        if is_foreign_allowed:
            parts |= st.builds(
                Inline, FOREIGN_NAMES, st.dictionaries(FOREIGN_NAMES, TEXTS, max_size=1), st.lists(TEXTS).map(joined)
            )
    return st.lists(parts, max_size=4).map(joined)


def _annotations(is_foreign_allowed: bool) -> st.SearchStrategy[tuple[Note | Prop | Foreign, ...]]:
    each: st.SearchStrategy[Note | Prop | Foreign] = st.builds(
        Note, TEXTS, _attributes("note", is_foreign_allowed)
    ) | st.builds(Prop, TEXTS, TEXTS, _attributes("prop", is_foreign_allowed, ("type",)))
    if is_foreign_allowed:
        marked = st.builds(lambda text, name: (text, Inline(name, {}, ("ішкі",))), SOME_TEXT, FOREIGN_NAMES)
        each |= marked.map(lambda markup: Prop("x-context", plain_text(markup), {}, markup))
        each |= st.builds(
            Foreign,
            FOREIGN_NAMES,
            st.dictionaries(FOREIGN_NAMES, TEXTS, max_size=1),
            st.lists(TEXTS, max_size=1).map(joined),
        )
    return st.lists(each, max_size=2).map(tuple)


def units(is_foreign_allowed: bool) -> st.SearchStrategy[TranslationUnit]:
    """Units that are read back as they are; without foreign data, they are valid TMX."""
    variants = st.builds(
        Variant,
        CODES,
        contents(is_foreign_allowed),
        _attributes("tuv", is_foreign_allowed, ("xml:lang",)),
        _annotations(is_foreign_allowed),
    )
    return st.builds(
        TranslationUnit,
        st.lists(variants, min_size=1, max_size=3).map(tuple),
        _attributes("tu", is_foreign_allowed),
        _annotations(is_foreign_allowed),
    )


def headers(is_foreign_allowed: bool) -> st.SearchStrategy[Header]:
    """Headers with all they may have."""
    udes = st.builds(
        Ude,
        _attributes("ude", is_foreign_allowed),
        st.lists(_attributes("map", is_foreign_allowed), min_size=1, max_size=2).map(tuple),
    )
    named = ("creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype")
    return st.builds(
        Header,
        srclang=CODES | st.just("*all*"),
        creationtool=TEXTS,
        creationtoolversion=TEXTS,
        segtype=st.sampled_from(sorted(SEGTYPES)),
        o_tmf=TEXTS,
        adminlang=TEXTS,
        datatype=TEXTS,
        creationdate=st.none() | TEXTS,
        changedate=st.none() | TEXTS,
        attributes=_attributes("header", is_foreign_allowed, (*named, "creationdate", "changedate")),
        annotations=st.builds(
            lambda notes, udes: (*notes, *udes), _annotations(is_foreign_allowed), st.lists(udes, max_size=1)
        ),
        root_attributes=st.dictionaries(FOREIGN_NAMES, TEXTS, max_size=1) if is_foreign_allowed else st.just({}),
    )


def documents(is_foreign_allowed: bool = True) -> st.SearchStrategy[Document]:
    """Whole documents."""
    return st.builds(Document, headers(is_foreign_allowed), st.lists(units(is_foreign_allowed), max_size=4).map(tuple))


def as_bytes(document: Document, **options: object) -> bytes:
    """The document as the writer writes it."""
    stream = io.BytesIO()
    write(stream, document.units, document.header, **options)  # type: ignore[arg-type]
    return stream.getvalue()


def memory(*pairs: tuple[str, str], srclang: str = "kk", target: str = "ru", **attributes: str) -> Document:
    """A small Kazakh–Russian memory."""
    return Document(
        Header(srclang=srclang),
        tuple(TranslationUnit.from_texts({srclang: left, target: right}, attributes) for left, right in pairs),
    )
