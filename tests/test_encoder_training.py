"""training.encoder: what is trained on, and in which order. Skipped where the `lab` extra is not installed."""

import random
import re

import numpy as np
import pytest

pytest.importorskip("datasketch", reason="the lab extra is not installed")

from training.encoder.batches import ANCHOR, BATCH, JOINED, PART, STANDING_BY, training_course
from training.encoder.gold_guard import Guard
from training.encoder.pairs import TrainingPair
from training.encoder.wrong_versions import NameStock, wrong_version

SENTENCES = [
    (
        f"Кеше {number}-кездесуде Ерлан Сапаров жаңа жоспарды таныстырды, ал Дәурен Оспанов оны қолдады.",
        f"Вчера на {number}-й встрече Ерлан Сапаров представил новый план, а Даурен Оспанов его поддержал.",
    )
    for number in range(100, 400)
]
STOCK = NameStock({"kk": [kk for kk, _ in SENTENCES], "ru": [ru for _, ru in SENTENCES]})


def test_the_guard_knows_what_is_the_same_and_what_is_nearly_so() -> None:
    guard = Guard(["Үкімет жаңа оқу жылына дайындық мәселесін бүгін таңертең қарады."])
    assert guard.why("ҮКІМЕТ жаңа оқу жылына дайындық мәселесін бүгін таңертең қарады") == "exact"
    assert guard.why("Үкімет жаңа оқу жылына дайындық мәселесін бүгін кешке қарады.") == "near"
    assert guard.why("Ауыл тұрғындары жаңа мектептің ашылуына қуанды.") is None
    assert guard.why("…") is None


@pytest.mark.parametrize("seed", range(20))
def test_a_wrong_version_differs_on_both_sides_in_the_kind_it_names(seed: int) -> None:
    kk, ru = SENTENCES[seed]
    found = wrong_version(kk, ru, SENTENCES[seed + 1], STOCK, random.Random(seed))
    assert found is not None
    wrong_kk, wrong_ru, kind = found
    assert wrong_kk != kk
    assert wrong_ru != ru
    if kind == "number":
        assert re.sub(r"\d", "#", wrong_kk) == re.sub(r"\d", "#", kk)
    if kind == "half":
        assert wrong_kk in kk
        assert wrong_ru in ru
    if kind == "longer":
        assert kk in wrong_kk


def test_the_course_shows_every_pair_in_full_batches() -> None:
    pairs = [TrainingPair(kk, ru, "news", *(place,) * 4) for place, (kk, ru) in enumerate(SENTENCES)]
    vectors = np.random.default_rng(1).normal(size=(len(pairs), 8)).astype(np.float32)
    course = training_course(pairs, vectors, government_passes=2, string_passes=0, seed=1)
    assert course == training_course(pairs, vectors, government_passes=2, string_passes=0, seed=1)
    assert len(course.rows) % BATCH == 0
    shown = {row.pair for row in course.rows if row.kind == ANCHOR}
    assert len(shown & set(range(len(pairs)))) > 0.9 * len(pairs)
    for start in range(0, len(course.rows), BATCH):
        batch = course.rows[start : start + BATCH]
        anchors = [row.pair for row in batch if row.kind == ANCHOR]
        assert len(anchors) == len(set(anchors))
        for row in batch:
            if row.kind == ANCHOR:
                assert course.anchors[row.pair] == (row.kk, row.ru)
            if row.role == JOINED:
                parts = [other for other in batch if other.group == row.group and other.role == PART]
                assert " ".join(sorted(row.kk.split())) == " ".join(sorted(" ".join(p.kk for p in parts).split()))
    assert {ANCHOR, STANDING_BY} == {row.kind for row in course.rows}
