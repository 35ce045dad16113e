"""aligner.memory.lookup.words, similarity, numbers: what a percentage says, and numbers that are replaced."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.memory.lookup.numbers import number_changes, with_numbers
from aligner.memory.lookup.similarity import percent_of, similarity
from aligner.memory.lookup.words import fold, normalised, stem_of, tokens_of, words_of, words_with_places

TEN = "Бүгін Астана қаласында жаңа мектеп пен үлкен аурухана салтанатты түрде ашылды"


def percent(query: str, source: str, language: str = "kk", target: str = "") -> int:
    asked, stored = words_of(query, language), words_of(source, language)
    return percent_of(asked, stored, number_changes(asked.numbers, stored.numbers, target))


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("kk", "министрліктің министрлік министрліктер министрлікке министрлігі"),
        ("kk", "қазақстан қазақстанның қазақстанда қазақстандағы"),
        ("kk", "балаларымызға балалар бала баланың"),
        ("kk", "кітап кітабы кітаптар кітабын"),
        ("ru", "закон закона законом законы законов"),
        ("ru", "государственный государственной государственных"),
        ("ru", "казахстан казахстана казахстане"),
        ("ru", "подписал подписала подписали"),
    ],
)
def test_the_forms_of_a_word_have_one_stem(language: str, forms: str) -> None:
    assert len({stem_of(form, language) for form in forms.split()}) == 1


def test_a_text_is_taken_apart_as_a_translator_sees_it() -> None:
    assert tokens_of("Кр-н %s: <b>2 500,5</b> тг, {0} в 10:30 &amp; don't") == [
        *("Кр", "-", "н", "%s", ":", "<b>", "2 500,5", "</b>", "тг", ",", "{0}", "в", "10:30", "&amp;", "don't")
    ]
    words = words_of("2024 жылы 15 Мектеп!", "kk")
    assert words.numbers == ("2024", "15")
    assert words.forms == ("#", "жылы", "#", "мектеп")


def test_an_ending_of_a_number_is_no_word() -> None:
    text = "10:30-да, 2024-тен, 7-сінде, 3-ші, 21-інде, 5-го, 2-я"
    assert len(words_of(text, "kk").forms) == 7
    assert len(words_of("5-бап, 345-VI, 3-том, 20-летие", "kk").forms) == 8
    assert percent("Кездесу сағат 10:30-да", "Кездесу сағат 09:00-де", target="Встреча в 09:00") >= 97


def test_percentages_are_those_a_translator_would_give() -> None:
    assert len(words_of(TEN, "kk").forms) == 11
    assert percent(TEN, TEN + ".") == 99
    assert percent(TEN, TEN.replace("Бүгін", "бүгін")) == 99
    assert 96 <= percent(TEN, TEN.replace("мектеп", "мектептер")) <= 98
    assert percent(TEN, TEN.replace("мектеп", "театр")) == 90
    assert percent(TEN, TEN.replace("мектеп ", "")) == 90
    assert percent("Файл", "Папка") == 0


def test_numbers_cost_nothing_where_they_can_be_replaced() -> None:
    query, source, target = "2025 жылы 17 мектеп", "2024 жылы 15 мектеп", "15 школ в 2024 году"
    assert percent(query, source, target=target) == 99
    assert percent(query, source, target="пятнадцать школ в 2024 году") < 90
    changes = number_changes(("2025", "17"), ("2024", "15"), target)
    assert changes == (("2024", "2025"), ("15", "17"))
    assert with_numbers(target, changes) == "17 школ в 2025 году"
    assert with_numbers("1 из 2", (("1", "2"), ("2", "3"))) == "2 из 3"


@pytest.mark.parametrize(
    ("asked", "stored", "target"),
    [
        (("1",), ("1", "2"), "1 и 2"),
        (("3", "4"), ("5", "5"), "5 и 5"),
        (("3",), ("5",), "5 из 5"),
        (("3",), ("5",), "пять"),
    ],
)
def test_unclear_numbers_are_left_alone(asked: tuple[str, ...], stored: tuple[str, ...], target: str) -> None:
    assert number_changes(asked, stored, target) is None


_TEXT = st.text(st.sampled_from("аәбкқ 12.,<b>AИ\n\u00a0İё"), max_size=40)


@given(_TEXT, _TEXT)
def test_similarity_is_one_for_the_same_and_even_handed(left: str, right: str) -> None:
    assert similarity(left, left, "kk") == pytest.approx(1.0)
    assert similarity(left, right, "ru") == pytest.approx(similarity(right, left, "ru"))
    assert 0 <= similarity(left, right, "kk") <= 1


@given(st.text(max_size=60))
def test_nothing_of_a_text_is_lost(text: str) -> None:
    assert "".join(tokens_of(text)).replace(" ", "").replace("\u00a0", "").replace("\u202f", "") == "".join(
        text.split()
    ).replace("\u00a0", "").replace("\u202f", "")
    assert len(fold(text)) == len(text)
    assert normalised(normalised(text)) == normalised(text)
    assert all(text[start : start + len(word)] == word for start, word in words_with_places(text))
