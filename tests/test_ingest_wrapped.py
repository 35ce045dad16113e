"""aligner.ingest.wrapped: paragraphs whose lines a margin has broken come back whole, and nothing else is touched."""

import textwrap

import pytest
from format_samples import KK, RU, rotated

from aligner.ingest.archive import Budget
from aligner.ingest.read import contents_of
from aligner.ingest.wrapped import unwrapped
from aligner.records import Document


def paragraphs_in(texts: tuple[str, ...]) -> list[str]:
    return [texts[0], *(" ".join(rotated(texts[1:], by)) for by in range(3))]


def broken(paragraphs: list[str], width: int, between: str = "\n", indent: str = "") -> list[str]:
    return between.join(
        "\n".join(textwrap.wrap(indent + each, width, break_on_hyphens=False)) for each in paragraphs
    ).split("\n")


@pytest.mark.parametrize("texts", [KK, RU], ids=["kk", "ru"])
@pytest.mark.parametrize("width", [50, 72])
@pytest.mark.parametrize(("between", "indent"), [("\n\n", ""), ("\n", "    ")])
def test_paragraphs_come_back_whole(texts, width, between, indent):
    paragraphs = paragraphs_in(texts)
    lines = broken(paragraphs, width, between, indent)
    assert len(lines) > 2 * len(paragraphs)
    assert [line for line in unwrapped(lines) if line] == paragraphs
    (document,) = contents_of("\r\n".join(lines).encode(), ".txt", "a.txt", Budget(), 0)
    assert isinstance(document, Document)
    assert [document.title, *(each.text for each in document.paragraphs)] == paragraphs


def test_words_broken_at_the_margin_are_made_whole():
    line = "Кеше Арқалық ауданында екі жүз орындық жаңа мек-"
    below = "теп есігін ашты, оған халық көптен бері зәру еді"
    assert unwrapped([line, below] * 6)[0].startswith("Кеше Арқалық ауданында екі жүз орындық жаңа мектеп есігін ашты")


def test_lists_and_separators_stay_lines_of_their_own():
    body = broken([" ".join(RU[1:])], 50)
    lines = [*body, "///", *body, "1) первое;", "2) второе."]
    assert unwrapped(lines)[1] == "///"
    assert unwrapped(lines)[-2:] == ["1) первое;", "2) второе."]


@pytest.mark.parametrize(
    "lines",
    [
        [*KK, *RU],
        paragraphs_in(RU),
        # Sentences without capitals and full stops, each in a line, as corpora have them.
        [text.lower().rstrip(".") for text in (*KK, *RU)],
        ["ауданның жаңа мектебі", "ата-аналар мен балалар", "есігін ашты"] * 4,
        [],
        ["", "  "],
    ],
    ids=["sentences", "paragraphs", "a corpus", "verse", "nothing", "blanks"],
)
def test_what_no_margin_broke_stays(lines):
    assert unwrapped(lines) is lines
