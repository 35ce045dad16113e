"""The shipped Punkt models: what they learnt, and that the rest of the segmenter can rely on it."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest

from aligner.segment.lexicon import load_lexicon
from aligner.segment.punkt import TrainedPunkt, load_punkt, stem


def parameters(language: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(files("aligner.segment").joinpath(f"punkt_{language}.json").read_bytes())
    return loaded


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_file_says_what_it_was_trained_on(language: str) -> None:
    trained = parameters(language)["trained"]
    assert trained["language"] == language
    assert trained["lines"] > 20_000
    assert trained["lines_left_out_for_gold"] > 1_000
    assert any(name.startswith("seeds/") for name in trained["data_sha256"])
    assert not any("gold" in name for name in trained["data_sha256"])
    assert all(len(digest) == 64 for digest in trained["data_sha256"].values())


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_parameters_are_sorted_and_small_enough_to_review(language: str) -> None:
    learnt = parameters(language)
    for part in ("abbreviations", "collocations", "sentence_starters"):
        assert learnt[part] == sorted(learnt[part])
        assert len(learnt[part]) < 200
    assert all(words == sorted(words) for words in learnt["orthographic_context"].values())


def test_abbreviations_were_learnt_without_the_lexicon() -> None:
    assert {"млн", "млрд", "трлн", "т.б", "ж"} <= set(parameters("kk")["abbreviations"])
    assert {"млн", "млрд", "тыс", "гг", "т.д", "долл"} <= set(parameters("ru")["abbreviations"])
    # Kazakh verbs stand before a full stop nearly always and are none for that.
    assert not {"өтті", "болды", "деді", "атады", "береді"} & set(parameters("kk")["abbreviations"])


@pytest.mark.parametrize(
    ("language", "before", "after", "expected"),
    [
        ("ru", "г.", "Документы", True),
        ("ru", "г.", "Президент", False),
        ("ru", "г.", "Казахстан", False),
        ("ru", "гг.", "Работал", True),
        ("kk", "ж.", "Алматы", False),
        ("kk", "ж.", "Мектеп", True),
        ("kk", "ж.", "Бұл", True),
        ("kk", "қ.", "Назарбаев", False),
    ],
)
def test_words_written_small_elsewhere_open_a_sentence(language: str, before: str, after: str, expected: bool) -> None:
    assert load_punkt(language).breaks(before, after) is expected


def test_every_form_of_a_word_counts_as_one() -> None:
    assert stem("құжаттардың") == stem("құжаттар") == "құжатт"
    punkt = load_punkt("kk")
    assert punkt.breaks("ж.", "Құжаттарымыздағы") == punkt.breaks("ж.", "Құжаттар")


def test_an_empty_model_knows_only_the_lexicon() -> None:
    empty = {"abbreviations": [], "collocations": [], "sentence_starters": [], "orthographic_context": {}}
    punkt = TrainedPunkt(empty, load_lexicon("ru"))
    assert not punkt.is_abbreviation("млн")
    assert not punkt.breaks("г.", "Документы")
    assert punkt.breaks("г.", "Однако")
