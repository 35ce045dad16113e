"""segment_text and segment_document: what comes back, and that offsets lead back to every character."""

from __future__ import annotations

import itertools
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import aligner.segment
from aligner.records import Document, Paragraph, Segment
from aligner.segment import segment_document, segment_text

LANGUAGES = st.sampled_from(["kk", "ru"])
# What the rules look at, the odd white space of the web, and what white space is not (U+200B, U+FEFF, U+00AD).
PIECES = st.sampled_from(
    [
        *".!?…,;:«»“”\"'()[]–—-№%*",
        *" \n\r\t\v\f\x1c\x85\u00a0\u2009\u2028\u2029\u3000\u200b\u200d\ufeff\u00ad",
        "\r\n", "...", "?!", ". ", ".\u200b ", "! – ", ".» ", "1. ", "2. ", "12", "31.07.2026", "9.00",
        "Ол", "бұл", "Алматы", "қ.", "ж.", "т.б.", "А.Б.", "И. И. ", "г.", "млн.", "США", "ст. 5", "www.gov.kz", "деді",
        "сказал", "Ғимарат", "дом", "iOS", "水", "ﷺ", "🎉", "\ud800",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join))


def assert_covers(text: str, segments: list[Segment]) -> None:
    end = 0
    for segment in segments:
        assert segment.start >= end
        assert text[segment.start : segment.end] == segment.text
        assert segment.text == segment.text.strip() != ""
        assert not text[end : segment.start].strip()
        end = segment.end
    assert not text[end:].strip()


@settings(deadline=None)
@given(TEXTS, LANGUAGES)
def test_every_character_is_in_one_segment_or_is_white_space_between_two(text: str, language: str) -> None:
    assert_covers(text, segment_text(text, language))


@settings(deadline=None)
@given(TEXTS, LANGUAGES)
def test_a_line_break_always_ends_a_segment_and_block_is_the_line(text: str, language: str) -> None:
    lines = text.splitlines()
    segments = segment_text(text, language)
    for segment in segments:
        assert len(segment.text.splitlines()) == 1
        assert segment.text in lines[segment.block]
    assert [segment.block for segment in segments] == sorted(segment.block for segment in segments)
    assert {segment.block for segment in segments} == {index for index, line in enumerate(lines) if line.strip()}


@settings(deadline=None)
@given(st.lists(TEXTS.map(lambda text: " ".join(text.split())), max_size=5), LANGUAGES)
def test_a_document_gives_the_segments_of_its_text(texts: list[str], language: str) -> None:
    document = Document("a.txt", language, tuple(Paragraph(text, language) for text in texts))
    segments = segment_document(document)
    assert_covers(document.text, segments)
    assert segments == segment_text("\n".join(texts), language)


@settings(deadline=None)
@given(TEXTS, LANGUAGES)
def test_a_segment_of_a_line_ends_where_a_mark_or_a_list_number_lets_it(text: str, language: str) -> None:
    segments = segment_text(text, language)
    for left, right in itertools.pairwise(segments):
        if left.block == right.block:
            assert set(left.text) & set(".!?…‼⁇⁈⁉") or right.text[0].isdigit()


def test_title_is_the_first_block_and_offsets_count_in_the_whole_text() -> None:
    document = Document(
        "kk.txt",
        "kk",
        (Paragraph("Жиын өтті. Оған 2019 ж. түлектері келді.", "kk"), Paragraph("Сұрақ қойылды ма? Иә.", "kk")),
        title="Түлектер кездесуі",
    )
    segments = segment_document(document)
    assert [(segment.block, segment.text) for segment in segments] == [
        (0, "Түлектер кездесуі"),
        (1, "Жиын өтті."),
        (1, "Оған 2019 ж. түлектері келді."),
        (2, "Сұрақ қойылды ма?"),
        (2, "Иә."),
    ]
    assert [document.text[segment.start : segment.end] for segment in segments] == [
        segment.text for segment in segments
    ]


def test_each_paragraph_is_cut_in_its_own_language() -> None:
    # «г.» is a gram in Kazakh, a year in Russian.
    text = "Это было в 2016 г. Документы нашлись"
    assert len(segment_text(text, "kk")) == 1
    assert len(segment_text(text, "ru")) == 2
    mixed = Document("a.txt", "ru", (Paragraph(text, "kk"), Paragraph(text, "ru"), Paragraph(text, "en")))
    assert [segment.block for segment in segment_document(mixed)] == [0, 1, 1, 2, 2]


def test_white_space_before_a_line_moves_its_segments() -> None:
    assert segment_text(" \u2003Иә. Жоқ.\n  Бар", "kk") == [
        Segment("Иә.", 2, 5, 0),
        Segment("Жоқ.", 6, 10, 0),
        Segment("Бар", 13, 16, 1),
    ]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u2028", "\r\n \t"])
def test_no_text_gives_no_segments(text: str) -> None:
    assert segment_text(text, "kk") == []


def test_headlines_and_lists_need_no_full_stop() -> None:
    text = "Үкімет отырысы\r\n\r\nКүн тәртібі\u20281) бюджет;\n2) салық"
    assert [(s.block, s.text) for s in segment_text(text, "kk")] == [
        (0, "Үкімет отырысы"),
        (2, "Күн тәртібі"),
        (3, "1) бюджет;"),
        (4, "2) салық"),
    ]


def test_public_face() -> None:
    assert aligner.segment.__all__ == ["segment_document", "segment_text"]


def test_import_loads_no_nltk() -> None:
    code = "import sys, aligner.segment; sys.exit('nltk' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
