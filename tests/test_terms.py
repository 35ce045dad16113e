"""aligner.terms: which words and phrases of a memory translate each other."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from aligner.records import Unit
from aligner.terms import GLOSSARIES, Term, find_terms, glossary_lines
from aligner.terms.phrases import iter_phrases
from aligner.terms.stems import stem

TERMS = [
    ("республикалық бюджет", "республиканский бюджет"),
    ("су қоймасы", "водохранилище"),
    ("білім министрлігі", "министерство образования"),
    ("салық кодексі", "налоговый кодекс"),
    ("ішкі саясат", "внутренняя политика"),
]
FRAMES = [
    ("{} туралы мәселе қаралды", "Рассмотрен вопрос: {}"),
    ("Жиында {} талқыланды", "На собрании обсудили тему «{}»"),
    ("{} қайта бағаланады", "Пройдёт оценка: {}"),
    ("Сарапшылар {} жайын айтты", "Эксперты говорили про {}"),
]


def units() -> list[Unit]:
    return [
        Unit(kk.format(kk_term), ru.format(ru_term), 0.9)
        for (kk_term, ru_term), (kk, ru) in itertools.product(TERMS, FRAMES)
    ]


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("kk", ["министрлігінің", "министрлігі", "министрлік", "министрлікке", "министрліктер"]),
        ("kk", ["қоймаларының", "қоймасы", "қойма", "қоймадан", "қоймаға"]),
        ("kk", ["кітабы", "кітап", "кітаптың"]),
        ("ru", ["закона", "закон", "законами"]),
        ("ru", ["учёного", "ученого"]),
    ],
)
def test_forms_of_a_word_have_one_stem(language: str, forms: list[str]) -> None:
    assert len({stem(form, language) for form in forms}) == 1


def test_phrases_end_where_punctuation_and_stop_words_do() -> None:
    surfaces = {phrase.surface for phrase in iter_phrases("Салық және бюджет, су қоймасы", "kk")}
    assert surfaces == {"Салық", "бюджет", "су", "су қоймасы", "қоймасы"}
    assert not any("және" in surface or "," in surface for surface in surfaces)
    surfaces = {phrase.surface for phrase in iter_phrases("взимается налог на имущество граждан", "ru")}
    assert "налог на имущество" in surfaces
    assert not any(surface.endswith(" на") for surface in surfaces)


@given(st.text(max_size=80), st.sampled_from(["kk", "ru"]))
def test_any_text_has_phrases_of_its_own_words(text: str, language: str) -> None:
    for phrase in iter_phrases(text, language):
        assert 1 <= len(phrase.key) <= 3
        assert all(word in text for word in phrase.surface.split())


def test_the_terms_of_made_up_units_are_found() -> None:
    found = {(term.kk, term.ru): term for term in find_terms(units())}
    for pair in TERMS:
        assert pair in found, (pair, sorted(found))
        assert found[pair].count == len(FRAMES)
        assert pair[0] in found[pair].example_kk.lower()
        assert pair[1] in found[pair].example_ru.lower()
    assert len({term.kk for term in found.values()}) == len(found) == len({term.ru for term in found.values()})


def test_a_repeated_unit_is_no_evidence() -> None:
    assert find_terms([units()[0]] * 50) == []
    assert find_terms([]) == []


def test_latin_names_are_left_out() -> None:
    frames = [Unit(f"Covid {number} дерек алды", f"Covid {number} получил данные", 1.0) for number in range(9)]
    assert not any(term.kk.isascii() for term in find_terms(frames))


def test_what_is_quoted_in_the_other_language_is_no_translation() -> None:
    texts = [f"«Мінсіз қызметі үшін» медалі {number} адамға берілді" for number in range(9)]
    frames = [Unit(text, f"Медаль «Мінсіз қызметі үшін» вручена {n} раз", 1.0) for n, text in enumerate(texts)]
    assert not any("қызмет" in term.ru for term in find_terms(frames))


TERM = Term("су <қойма>", "водохранилище & пруд", 0.9, 4, 5, 6, "Су\tқоймасы толды", "Водохранилище\x00 полно")


def test_tsv_is_what_omegat_reads() -> None:
    header, line = "".join(glossary_lines([TERM], "tsv")).splitlines()
    assert header.startswith("# ")
    cells = line.split("\t")
    assert cells[:2] == ["су <қойма>", "водохранилище & пруд"]
    assert cells[2].startswith("4×: Су қоймасы толды = ")
    assert cells[3:7] == ["0.900", "4", "5", "6"]


@pytest.mark.parametrize(("kind", "entry", "term"), [("tbx", "termEntry", "tig"), ("tbx3", "conceptEntry", "termSec")])
def test_tbx_is_well_formed_and_complete(kind: str, entry: str, term: str) -> None:
    root = etree.fromstring("".join(glossary_lines([TERM, TERM], kind)).encode())
    assert len(root.findall(f".//{{*}}{entry}")) == 2
    first = root.find(f".//{{*}}{entry}")
    languages = [each.get("{http://www.w3.org/XML/1998/namespace}lang") for each in first if each.tag[-4:] != "note"]
    assert languages == ["kk", "ru"]
    assert [each.text for each in first.iter("{*}term")] == ["су <қойма>", "водохранилище & пруд"]
    assert len(first.findall(f".//{{*}}{term}")) == 2
    assert re.search(r"score 0.900; in 4 units", first.find("{*}note").text)
    assert kind in GLOSSARIES
