"""aligner.report.page: one file, safe, complete, in three languages, and small enough for a thousand pairs."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from lxml import html
from reports import ORIGIN, gather, line, small_report

from aligner.messages import LANGUAGES
from aligner.report import iter_page
from aligner.report.gather import Gathering
from aligner.report.records import Row, Unmatched


def page(report, language="en") -> str:
    return "".join(iter_page(report, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_one_whole_file(language: str) -> None:
    text = page(small_report(), language)
    assert text.startswith("<!doctype html>\n<html")
    tree = html.document_fromstring(text)
    assert tree.get("lang") == language
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert all(link.startswith("#") and link[1:] in ids for link in tree.xpath("//@href"))
    assert not tree.xpath("//@src")
    assert not re.search(r"url\((?!#)|@import|https?://", text)
    assert not tree.xpath("//@style")
    assert not tree.xpath("//@onclick")
    assert [each.tag for each in tree.xpath("//h1|//header|//main|//footer|//nav")] == [
        "header",
        "h1",
        "nav",
        "main",
        "footer",
    ]
    for section in tree.xpath("//main/section[@id]"):
        assert section.xpath("./h2")[0].get("id") == section.get("aria-labelledby")
    assert all(svg.get("aria-label") or svg.get("aria-hidden") for svg in tree.xpath("//svg"))


def test_what_differs_is_marked_and_named() -> None:
    tree = html.document_fromstring(page(small_report()))
    first = tree.xpath("//section[@id='worst']//li[contains(@class, 'bead')]")[0]
    assert [mark.text for mark in first.xpath(".//mark")] == ["25", "52"]
    assert "Numbers differ 25\u00a0≠\u00a052" in " ".join(first.text_content().split(" "))
    assert "0.30" in first.text_content()
    assert "poor" in first.get("class")


def test_documents_alone_have_their_nearest() -> None:
    kazakh = html.document_fromstring(page(small_report(), "kk")).xpath("//section[@id='unmatched']")[0].text_content()
    assert "жақын құжат табылмады" in kazakh
    assert "О документе 2" in kazakh
    assert "ықтималдығы 0,21" in kazakh
    russian = html.document_fromstring(page(small_report(), "ru"))
    assert russian.xpath("//span[@lang='en']")[0].text == "a reason that nobody has worded"


def test_hostile_texts_stay_texts() -> None:
    evil = "</style><script>alert(1)</script>\"' onload=x"
    gathering = Gathering(replace(ORIGIN, names=(evil,), recipe=evil), 5, 5)
    hostile = replace(line("kk", 1, 1), name=evil, title=evil), replace(line("ru", 1, 1), name=evil, title=evil)
    row = Row((0,), (0,), evil, evil, 0.1, (f"name_missing: {evil}", f"{evil}: x"))
    key = gathering.add_pair(*hostile, 0.5, [row], lambda: None)
    gathering.add_unit(row, evil, evil, key)
    gathering.add_unmatched(Unmatched(hostile[0], evil, hostile[1], 0.5))
    gathering.add_skipped(evil, evil, "xx")
    gathering.add_set_aside(evil, evil, evil)
    text = page(gathering.report())
    assert len(html.document_fromstring(text).xpath("//script")) == 1
    assert "<script>alert" not in text


def test_reasons_are_said_in_the_language_of_the_page() -> None:
    reasons = (
        "language ru on the kk side",
        "length_ratio 2.8",
        "number_mismatch: 2021-05-05, 2500000, --03 ≠ ∅",
        "untranslated copy",
        "filter_of_tomorrow: 17",
    )
    gathering = Gathering(ORIGIN, 0, 5)
    gathering.add_unit(Row((), (), "иә", "да", 0.3, reasons), "tm.tmx", "tm.tmx")
    chips = html.document_fromstring(page(gathering.report(), "ru")).xpath("//ul[@class='chips']/li")
    said = [" ".join(chip.text_content().split()) for chip in chips]
    assert said == [
        "Не тот язык на стороне «казахский»: русский",
        "Длина не та × 2,8",
        "Числа расходятся 05.05.2021, 2 500 000, март ≠ ∅",
        "Не переведено",
        "filter of tomorrow 17",
    ]


def test_an_empty_batch_has_a_page_too() -> None:
    text = page(Gathering(ORIGIN, 5, 5).report(), "kk")
    assert "Құжат жұбы жоқ." in text
    assert "Сөйлем жұбы жоқ." in text
    assert "Ешбір құжаттан күні табылмады." in text


def test_a_thousand_pairs_are_no_burden() -> None:
    report = gather([[0.99] * 20 + [0.3 + number / 2000] for number in range(1000)], 10, 40).report()
    text = page(report, "ru")
    assert len(report.details) == 10
    assert text.count("<article") == 10
    assert len(text.encode()) < 3_000_000


def test_endless_lists_are_cut_and_no_link_is_broken() -> None:
    report = gather([[0.7 - number / 5000] for number in range(2_010)], 0, 30).report()
    tree = html.document_fromstring(page(report))
    assert len(tree.xpath("//table[@class='pairs']/tbody/tr")) == 2_000
    assert "and 10 more" in tree.xpath("//section[@id='pairs']")[0].text_content()
    ids = set(tree.xpath("//@id"))
    assert all(link[1:] in ids for link in tree.xpath("//@href"))


def test_the_time_is_that_of_the_run() -> None:
    gathering = Gathering(replace(ORIGIN, made=dt.datetime(2026, 5, 9, 8, 5, tzinfo=dt.UTC)), 5, 5)
    assert "9 May 2026, 08:05 UTC" in page(gathering.report())


def test_a_paragraph_that_passes_for_a_title_fills_no_list() -> None:
    report = small_report()
    first = report.pairs[0]
    paragraph = "Отырыста өңірлердің дамуы туралы айтылды. " * 20
    long = replace(first, kk=replace(first.kk, title=paragraph))
    tree = html.document_fromstring(page(replace(report, pairs=(long, *report.pairs[1:]))))
    titles = [each.text_content() for each in tree.xpath("//table[@class='pairs']//span[@class='title']")]
    assert any(title.startswith("Отырыста") and title.endswith("…") for title in titles)
    assert max(map(len, titles)) <= 142
