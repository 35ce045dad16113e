"""The five files as users have them, read as their reader expects."""

import datetime as dt
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from aligner.ingest import read_documents
from aligner.ingest.residue import residue_reason
from aligner.records import Document
from tests.shared_data import shared_path

SEEDS = {
    "digest": "seeds/000_3a0a9bd9713d78c5.txt",
    "strip": "seeds/001_67ecf422cf5f7cdf.txt",
    "english": "seeds/002_5d61525c28127eb5.txt",
    "akorda": "seeds/003_57d1faffc6cabcd6.txt",
    "senate": "seeds/004_2a8338a7a44d7f1c.txt",
}


@cache
def read(seed: str) -> list[Document]:
    return list(read_documents(Path(shared_path(SEEDS[seed]))))


@pytest.mark.parametrize("seed", SEEDS)
def test_no_residue_is_left_in_any_paragraph(seed: str) -> None:
    for document in read(seed):
        for block in document.blocks:
            assert residue_reason(block.text) is None
            assert block.text == " ".join(block.text.split())
            assert not any(mark in block.text for mark in ("///", "Фото:", "Source :", "KAZAKHSTAN TODAY", "***"))


def test_the_weekly_digest_is_one_document_in_sections() -> None:
    (document,) = read("digest")
    assert (document.language, document.part, document.date, document.skipped) == ("ru", None, None, None)
    headings = [block.text for block in document.blocks if block.is_heading]
    assert [heading.split(":")[0] for heading in headings] == [
        "Президент",
        "Правительство",
        "Парламент",
        "Общество",
        "Громкие суды и происшествия недели",
        "Спорт",
        "Литература, культурная дипломатия и музыка без границ",
    ]
    assert Counter(drop.reason for drop in document.dropped) == {"photo credit": 32}


def test_the_agency_strip_is_its_items() -> None:
    documents = read("strip")
    assert [document.part for document in documents] == list(range(1, len(documents) + 1))
    assert {document.language for document in documents} == {"ru"}
    assert {document.date for document in documents} == {dt.date(2025, 11, 28)}
    assert [document.title for document in documents if document.title] == [
        "Слишком много выборов - Токаев предложил пересмотреть систему избрания районных акимов",
        "Президент Казахстана поздравил президента Албании",
        "Финские бизнесмены подвели итоги деловой поездки в Казахстан",
        "Посольство Казахстана в Таиланде провело деловой круглый стол",
        'Посол Казахстана в Пакистане получил премию "Посол года"',
        "Ермек Кошербаев провел встречу с главой Фонда тюркской культуры и наследия",
        "Казахстан укрепляет цифровое партнерство с Вануату",
        "Швейцария вложила более 35 млрд долларов в экономику Казахстана за 20 лет",
        "В новом однопалатном парламенте не будет президентской квоты - Токаев",
        "Нацбанк сохранил базовую ставку на уровне 18%",
    ]
    assert [len(document.paragraphs) > 0 for document in documents] == [True] * 9 + [False]
    reasons = Counter(drop.reason for document in documents for drop in document.dropped)
    # The crawler's date and ten stamps; eight credits, for the first item has none; the trailing strip.
    assert reasons == {"date stamp": 11, "photo credit": 8, "dateline": 9, "navigation": 1}


def test_the_english_items_are_set_aside() -> None:
    documents = read("english")
    assert len(documents) == 20
    assert {document.language for document in documents} == {"en"}
    assert {document.skipped for document in documents} == {"language: en (only kk and ru are aligned)"}
    assert {document.date for document in documents} == {dt.date(2025, 2, 9)}
    assert all(document.title and document.paragraphs for document in documents)
    assert sum(drop.reason == "source link" for document in documents for drop in document.dropped) == 20


def test_the_kazakh_dump_is_989_documents() -> None:
    documents = read("akorda")
    assert [document.part for document in documents] == list(range(1, 990))
    assert {document.language for document in documents} == {"kk"}
    assert {document.skipped for document in documents} == {None}
    assert {document.title for document in documents} == {None}
    assert Counter(drop.reason for document in documents for drop in document.dropped) == {"section mark": 58}
    assert sum(block.text.startswith("–") for document in documents for block in document.blocks) > 1000
    dates = {document.part: document.date for document in documents if document.date}
    assert dates[223] == dt.date(2013, 6, 27)
    assert dates[372] == dt.date(2019, 4, 22)
    assert len(dates) == 12
    mixed = [document.part for document in documents if {p.language for p in document.paragraphs} != {"kk"}]
    assert mixed == [600, 901]


def test_the_senate_release_has_its_date_and_no_prefix() -> None:
    (document,) = read("senate")
    assert (document.language, document.part, document.title) == ("ru", None, None)
    assert document.date == dt.date(2026, 1, 8)
    assert len(document.paragraphs) == 12
    assert document.paragraphs[0].text.startswith("На встрече были обсуждены вопросы")
    assert [(drop.text, drop.reason) for drop in document.dropped] == [
        ("date 2026-01-08", "date stamp"),
        ("Фото: Сенат", "photo credit"),
    ]
