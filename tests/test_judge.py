"""aligner.judge: what can be seen in the texts lowers the aligner's probability, and is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.judge import judge


def test_a_faithful_pair_keeps_its_probability() -> None:
    verdict = judge("2021 жылғы 5 мамырда 2,5 млн теңге бөлінді.", "5 мая 2021 года выделено 2 500 000 тенге.", 0.9)
    assert verdict.reasons == ()
    assert verdict.probability == pytest.approx(0.9)


def test_a_wrong_number_is_named() -> None:
    verdict = judge("Мектепте 25 сынып бар.", "В школе 52 класса.", 0.9)
    assert verdict.reasons == ("number_mismatch: 25 ≠ 52",)
    assert verdict.probability < 0.75


def test_length_and_copy() -> None:
    long = judge(
        "Иә.", "Да, безусловно, мы обязательно рассмотрим этот вопрос на ближайшем заседании Правительства.", 0.9
    )
    assert long.reasons[0].startswith("length_ratio")
    copied = judge("KazMunayGas Petroleum", "KazMunayGas Petroleum", 0.9)
    assert copied.reasons == ("untranslated",)
    assert judge("100 — 200", "100 — 200", 0.9).reasons == ()


@given(st.text(), st.text(), st.floats(0, 1))
def test_a_verdict_is_a_probability_and_never_raises_the_score(kk: str, ru: str, score: float) -> None:
    verdict = judge(kk, ru, score)
    assert 0 <= verdict.probability <= max(score, 1e-6) + 1e-9
