"""tmx.texts: the fast way gives what the slow way gives."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from lxml import etree
from tmx_documents import as_bytes, documents, memory

from tmx import Document, Limits
from tmx.errors import LanguageError, LimitError, MalformedError, NotTmxError
from tmx.texts import iter_texts


@settings(max_examples=150, deadline=None)
@given(documents(is_foreign_allowed=False))
def test_the_fast_way_gives_what_the_units_give(document: Document) -> None:
    both = [(unit.text("kk"), unit.text("ru")) for unit in document]
    has_both = all(any(side is not None for side in sides) for sides in zip(*both, strict=True)) if both else True
    source = io.BytesIO(as_bytes(document))
    if has_both:
        expected = [pair for pair in both if None not in pair]
        assert list(iter_texts(source, "kk", "ru")) == expected
        source.seek(0)
        assert list(iter_texts(source, "kk", "ru", lenient=True)) == expected
    else:
        with pytest.raises(LanguageError):
            list(iter_texts(source, "kk", "ru"))


def test_a_language_that_is_not_there_is_an_error() -> None:
    data = as_bytes(memory(("су", "вода")))
    with pytest.raises(LanguageError, match="no unit has a text in 'en'"):
        list(iter_texts(io.BytesIO(data), "kk", "en"))
    with pytest.raises(LanguageError, match="the same"):
        list(iter_texts(io.BytesIO(data), "kk", "KAZ"))


def test_the_fast_way_is_as_safe() -> None:
    data = as_bytes(memory(("су" * 100, "вода")))
    with pytest.raises(LimitError, match="longer than 50 characters"):
        list(iter_texts(io.BytesIO(data), "kk", "ru", limits=Limits(max_segment_chars=50)))
    with pytest.raises(LimitError, match="deep"):
        list(iter_texts(io.BytesIO(data.replace(b"<tu>", b"<tu>" * 20_000, 1)), "kk", "ru"))
    with pytest.raises(LimitError, match="deep"):
        list(iter_texts(io.BytesIO(data.replace(b"<seg>", b"<seg>" + b"<g>" * 200, 1)), "kk", "ru"))
    with pytest.raises(MalformedError):
        list(iter_texts(io.BytesIO(data[:-10]), "kk", "ru"))
    for other in (b"<html/>", b"text"):
        with pytest.raises(NotTmxError):
            list(iter_texts(io.BytesIO(other), "kk", "ru"))


def test_it_agrees_with_lxml_on_a_long_file() -> None:
    document = memory(*[(f"Бір {n} & <b> «су»", f"Один {n} & <b> «вода»") for n in range(3000)])
    data = as_bytes(document)
    tree = etree.fromstring(data)
    segments = [seg.text for seg in tree.iter("seg")]
    assert list(iter_texts(io.BytesIO(data), "kk", "ru")) == list(zip(segments[::2], segments[1::2], strict=True))
