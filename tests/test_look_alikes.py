"""aligner.look_alikes: letters of one script typed for those of another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.look_alikes import has_mixed_word, mixed_words, repair_look_alikes


@pytest.mark.parametrize(
    ("language", "written", "right"),
    [
        ("kk", "Қaзaқстaн Республикaсы", "Қазақстан Республикасы"),
        ("kk", "үшiн мемлекеттiк iс", "үшін мемлекеттік іс"),
        ("kk", "Yкімет жəне қаhарман", "Үкімет және қаһарман"),
        ("kk", "сyрет пен тyрік", "сүрет пен түрік"),
        ("kk", "СOVID-тің кезінде", "COVID-тің кезінде"),
        ("ru", "Mинистр c докладом", "Министр с докладом"),
        ("ru", "IТ-компания и WhatsАpp", "IT-компания и WhatsApp"),
    ],
)
def test_repairs(language: str, written: str, right: str) -> None:
    assert repair_look_alikes(written, language) == right
    assert mixed_words(right) == []


@pytest.mark.parametrize("text", ["iPhoneды Googleдің дүкенінен алды", "Wi-Fi желісі", "QR-код", "B2B шешім", ""])
def test_what_is_right_stays(text: str) -> None:
    assert repair_look_alikes(text, "kk") == text
    assert mixed_words(text) == []


def test_what_no_rule_repairs_is_named() -> None:
    text = "QazAqparatДрузья летиt"
    assert has_mixed_word(text)
    assert mixed_words(repair_look_alikes(text, "ru")) == ["QazAqparatДрузья", "летиt"]


@given(st.text(alphabet="aceіiopxyқаеосhYU нт.", max_size=30), st.sampled_from(["kk", "ru"]))
def test_a_repaired_text_is_as_long_and_stays(text: str, language: str) -> None:
    repaired = repair_look_alikes(text, language)
    assert len(repaired) == len(text)
    assert repair_look_alikes(repaired, language) == repaired
