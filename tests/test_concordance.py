"""aligner.memory.concordance: words, parts of words and forms, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from memories import NOW, TEXTS, add, memory_of

from aligner.memory.concordance import concordance
from aligner.memory.lookup import Hit, Lookup


@pytest.fixture
def lookup(tmp_path: Path):
    with memory_of(tmp_path) as memory, Lookup(memory) as opened:
        yield opened


def marked(hit: Hit) -> list[str]:
    return [hit.source[start:end] for start, end in hit.spans]


def test_a_part_of_a_word_is_found_in_either_language(lookup: Lookup) -> None:
    hits = concordance(lookup, "инистрл", "kk")
    assert [hit.source for hit in hits] == [TEXTS[3][0], TEXTS[1][0]]
    assert marked(hits[0]) == ["инистрл"]
    (hit,) = concordance(lookup, "министерств", "ru")
    assert (hit.target, hit.is_literal) == (TEXTS[3][0], True)


def test_kazakh_letters_may_be_typed_as_russian_ones(lookup: Lookup) -> None:
    (hit,) = concordance(lookup, "казакстан", "kk")
    assert (marked(hit), hit.is_literal) == (["Қазақстан"], False)
    (hit,) = concordance(lookup, "ҚАЗАҚСТАН", "kk")
    assert hit.is_literal


def test_a_phrase_may_begin_and_end_within_words(lookup: Lookup) -> None:
    (hit,) = concordance(lookup, "ресурстары туралы кең", "kk")
    assert marked(hit) == ["ресурстары туралы кең"]
    assert concordance(lookup, "ресурстары кеңес", "kk") == []
    assert concordance(lookup, "ресурс туралы", "kk") == []


def test_forms_are_found_with_any_ending(lookup: Lookup) -> None:
    (hit,) = concordance(lookup, "жаңа жоба", "kk", mode="forms")
    assert marked(hit) == ["жаңа жобасы"]
    (hit,) = concordance(lookup, "новых проектов", "ru", mode="forms")
    assert marked(hit) == ["Новый проект"]
    (hit,) = concordance(lookup, "мост столица", "ru", mode="forms")
    assert marked(hit) == ["столице", "мост"]


def test_numbers_and_single_letters_are_words(lookup: Lookup) -> None:
    assert [hit.source for hit in concordance(lookup, "2024", "ru")] == [TEXTS[2][1]]
    assert {hit.source for hit in concordance(lookup, "в", "ru")} == {TEXTS[place][1] for place in (0, 1, 2, 6)}


def test_rejected_units_are_not_found_and_new_ones_are(lookup: Lookup) -> None:
    add(lookup.memory, [("Жаңа театр ашылды.", "Открыт новый театр.")])
    (hit,) = concordance(lookup, "театр", "kk")
    unit = lookup.memory.unit(hit.unit)
    lookup.memory.change_unit(unit.id, unit.revision, "tester", NOW, status="rejected")
    assert concordance(lookup, "театр", "kk") == []


def test_literal_and_short_hits_come_first_and_no_more_than_asked(tmp_path: Path) -> None:
    texts = [(f"{'алма ' * count}сату {count}.", f"{count}") for count in range(1, 30)] + [("Алмасу.", "Обмен.")]
    with memory_of(tmp_path, texts) as memory, Lookup(memory) as lookup:
        hits = concordance(lookup, "алма", "kk", limit=5)
        assert [hit.source for hit in hits[:2]] == ["Алмасу.", "алма сату 1."]
        assert len(hits) == 5


def test_nothing_to_search_is_an_error(lookup: Lookup) -> None:
    for wrong in ("", " — !", "<b>"):
        with pytest.raises(ValueError):
            concordance(lookup, wrong, "kk")
    with pytest.raises(ValueError):
        concordance(lookup, "сөз", "kk", limit=0)
