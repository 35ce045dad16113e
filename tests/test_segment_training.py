"""training/punkt/train.py: what it leaves out, what counts as evidence, and that it learns the same thing twice."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from importlib.resources import files
from pathlib import Path
from types import ModuleType

import pytest
from shared_data import shared_path


@pytest.fixture(scope="module")
def training() -> ModuleType:
    path = Path(__file__).resolve().parents[1] / "training" / "punkt" / "train.py"
    if not path.exists():
        pytest.skip("training/ is not part of this distribution")
    spec = importlib.util.spec_from_file_location("punkt_train", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_gold_is_found_whatever_its_case_punctuation_and_place(training: ModuleType) -> None:
    gold = training.GoldFilter(["Жаңа мектеп биыл ашылды.", "Иә, дұрыс."])
    assert gold.occurs_in("Қуанышты хабар: «жаңа мектеп, биыл ашылды» – деді әкім.")
    assert gold.occurs_in("ИӘ – ДҰРЫС")
    assert not gold.occurs_in("Жаңа мектеп келер жылы ашылады.")
    assert not gold.occurs_in("Иә, дұрыс айтасыз.")


def test_only_a_word_that_a_sentence_goes_on_after_is_an_abbreviation(training: ModuleType) -> None:
    lines = ["Кездесу өтті. Ұсыныс қолдау тапты.", "5 млн. теңге бөлінді.", "12 млн. теңге түсті.", "Жиын өтті."]
    assert training.continued_abbreviations(lines) == {"млн"}


def test_training_twice_gives_the_same(training: ModuleType) -> None:
    lines = [f"Биыл {number} млн. теңге бөлінді. Құрылыс {number} айда бітеді." for number in range(2, 60)]
    learnt = training.train(lines)
    assert learnt == training.train(lines)
    assert learnt["abbreviations"] == ["млн"]


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_shipped_parameters_come_from_the_data_beside_us(language: str) -> None:
    trained = json.loads(files("aligner.segment").joinpath(f"punkt_{language}.json").read_bytes())["trained"]
    for name, digest in (trained["data_sha256"] | trained["gold_sha256"]).items():
        assert hashlib.sha256(shared_path(name).read_bytes()).hexdigest() == digest
