"""Files as real programs write them: python-docx, LibreOffice 7.4 and Chromium, all from the same two texts."""

from pathlib import Path

import pytest

from aligner.ingest import read_contents
from aligner.records import Document

FILES = Path(__file__).parent / "data" / "formats"
CELLS = [f"Ячейка {row}-{column} таблицы" for row in (1, 2) for column in (1, 2, 3)]


def documents(name: str) -> list[Document]:
    found = list(read_contents(FILES / name))
    assert all(isinstance(each, Document) for each in found)
    return [each for each in found if isinstance(each, Document)]


def lines(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


@pytest.fixture(scope="module")
def texts() -> dict[str, list[str]]:
    """The two texts, each paragraph a cell of a two-column table in Word's format."""
    kk, ru = documents("word-side.docx")
    assert (kk.language, kk.part, ru.language, ru.part) == ("kk", 1, "ru", 2)
    assert len(lines(kk)) == len(lines(ru)) == 8
    return {"kk": lines(kk), "ru": lines(ru)}


@pytest.mark.parametrize("name", ["libreoffice-rich.odt", "libreoffice-rich.rtf"])
def test_headings_lists_and_tables(name: str, texts: dict[str, list[str]]) -> None:
    (found,) = documents(name)
    ru = texts["ru"]
    assert found.title == ru[0]
    assert lines(found) == [*ru[:7], *CELLS, ru[7]]


def test_a_book_with_both_languages_after_each_other(texts: dict[str, list[str]]) -> None:
    kk, ru = documents("libreoffice-after.epub")
    assert [lines(kk), lines(ru)] == [texts["kk"], texts["ru"]]


def test_columns_that_are_not_level(texts: dict[str, list[str]]) -> None:
    (found,) = documents("libreoffice-columns.pdf")
    assert found.title == texts["kk"][0]
    assert " ".join(lines(found)) == " ".join([texts["kk"][0], *6 * texts["kk"][1:]])
    assert {each.reason for each in found.dropped} == {"page header"}
    assert len(found.dropped) == 2 * 3


def test_both_languages_in_the_columns_of_a_table(texts: dict[str, list[str]]) -> None:
    kk, ru = documents("libreoffice-side.pdf")
    assert " ".join(lines(ru)) == " ".join(texts["ru"])
    assert " ".join(lines(kk)).endswith(" ".join(texts["kk"]))


def test_pages_that_lie_on_their_side_and_what_stands_across(tmp_path: Path, texts: dict[str, list[str]]) -> None:
    from format_samples import FONT
    from fpdf import FPDF

    paper = FPDF()
    paper.add_font("D", "", FONT)
    paper.add_page()
    paper.set_font("D", size=11)
    with paper.rotation(90, 105, 105):
        paper.multi_cell(180, 6, "\n\n".join(texts["ru"]))
    with paper.rotation(45, 100, 150):
        paper.text(60, 150, "ПРОЕКТ")
    (tmp_path / "a.pdf").write_bytes(bytes(paper.output()))
    (found,) = read_contents(tmp_path / "a.pdf")
    assert isinstance(found, Document)
    assert " ".join(lines(found)) == " ".join(texts["ru"])
    assert [(each.text, each.reason) for each in found.dropped] == [("ПРОЕКТ", "text across the page")]
