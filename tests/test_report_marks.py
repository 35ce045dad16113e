"""aligner.report.marks: what a reason names is found in the texts."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample import gold_pairs

from aligner.judge import text_reasons
from aligner.report.marks import marked, parted


def marks(text: str, side, *reasons: str) -> list[str]:
    return [piece for piece, is_marked in marked(text, side, reasons) if is_marked]


@pytest.mark.parametrize(
    ("text", "side", "reason", "expected"),
    [
        ("Жиынға 25 адам келді, 7 сұрақ қойды.", "kk", "number_mismatch: 25 ≠ 52", ["25"]),
        ("Пришли 52 человека.", "ru", "number_mismatch: 25 ≠ 52", ["52"]),
        ("Құны 2,5 млн теңге.", "kk", "number_mismatch: 2500000 ≠ ∅", ["2,5 млн"]),
        ("Стоит 2 500 000 тенге.", "ru", "number_mismatch: ∅ ≠ 2500000", ["2 500 000"]),
        (
            "Ол 2021 жылғы 5 мамырда басталды.",
            "kk",
            "number_mismatch: 2021-05-05 ≠ 2021-05-06",
            ["2021 жылғы 5 мамырда"],
        ),
        ("Начало 6 мая 2021 года.", "ru", "number_mismatch: 2021-05-05 ≠ 2021-05-06", ["6 мая 2021"]),
        ("Пришли 52 человека.", "ru", "number_mismatch: 52 ≠ ∅", []),
        ("52 адам келді.", "kk", "number_mismatch: ∅ ≠ 52", []),
        ("Приехал Токаев, не Токаева.", "ru", "name_missing: Токаев, Астана", ["Токаев"]),
        ("Батыс  Қазақстанға барды.", "kk", "name_missing: Батыс Қазақстанға", ["Батыс  Қазақстанға"]),
        ("Толығырақ https://gov.kz/а сайтында.", "kk", "markup_missing: https://gov.kz/а", ["https://gov.kz/а"]),
        ("Бәрі жақсы.", "kk", "length_ratio 2.8", []),
        ("Бәрі жақсы.", "kk", "reason of tomorrow: Бәрі", []),
    ],
)
def test_marks(text, side, reason, expected) -> None:
    assert marks(text, side, reason) == expected


@given(st.text(max_size=60), st.lists(st.text(max_size=20), max_size=3))
def test_the_pieces_are_the_text(text, details) -> None:
    reasons = [f"{kind}: {detail}" for kind in ("number_mismatch", "name_missing") for detail in details]
    pieces = marked(text, "kk", reasons)
    assert "".join(piece for piece, _ in pieces) == text
    assert all(piece for piece, _ in pieces)


def test_reasons_are_parted() -> None:
    assert parted("number_mismatch: 25 ≠ 52") == ("number_mismatch", "25 ≠ 52")
    assert parted("number_mismatch: ∅ ≠ 52") == ("number_mismatch", "∅ ≠ 52")
    assert parted("length_ratio 2.8") == ("length_ratio", "2.8")
    assert parted("untranslated") == ("untranslated", "")
    assert parted("Жоқ") == ("Жоқ", "")


def test_ten_changed_numbers_of_the_sample_are_all_named_and_marked() -> None:
    found = 0
    for gold in gold_pairs():
        for kk, ru in sorted(gold.beads):
            numbers = re.findall(r"(?<![\d.,-])\d{2,3}(?![\d.,:-]| \d)", ru[0])
            if found == 10 or len(kk) != 1 or len(ru) != 1 or not numbers or text_reasons(kk[0], ru[0]):
                continue
            changed = str(int(numbers[0]) + 17)
            text = re.sub(rf"(?<![\d.,-]){numbers[0]}(?![\d.,:-]| \d)", changed, ru[0], count=1)
            if changed in kk[0] or text == ru[0]:
                continue
            reasons = text_reasons(kk[0], text)
            assert any(reason.startswith("number_mismatch") for reason in reasons), (kk, text)
            assert any(changed in each for each in marks(text, "ru", *reasons)), (text, reasons)
            found += 1
    assert found == 10
