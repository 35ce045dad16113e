"""Mining: what is found, what is set aside, and what holds for any vectors."""

import json
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from aligner.cli import app
from aligner.encode import Encoder
from aligner.encode.means import usual_means
from aligner.mine import mine_pairs, sift
from aligner.mine.neighbours import CentredVectors, find_neighbours
from aligner.pipeline import encode_texts
from tests.shared_data import shared_path

PAIRS = [
    ("Қалада жаңа кітапхана ашылды.", "В городе открылась новая библиотека."),
    ("Мұғалімдердің жалақысы келесі жылы өседі.", "Зарплата учителей вырастет в следующем году."),
    ("Бүгін таңертең қатты жел тұрды.", "Сегодня утром поднялся сильный ветер."),
    ("Фермерлер биыл мол өнім жинады.", "Фермеры собрали в этом году большой урожай."),
    ("Ауруханаға 12 жаңа дәрігер келді.", "В больницу пришли 12 новых врачей."),
    ("Ауруханаға 45 жаңа дәрігер келді.", "В больницу пришли 45 новых врачей."),
]
KK_ALONE = ["Кеме портқа кешке қарай кірді.", "Әжем маған ертегі айтып беретін.", "Шахматтан турнир басталды."]
RU_ALONE = ["Ученики посадили вдоль дороги липы.", "Этот роман перевели на десять языков.", "Музыканты репетируют."]


def mined(kk: list[str], ru: list[str], encoder: Encoder, **settings):
    return mine_pairs(kk, ru, encode_texts(kk, encoder), encode_texts(ru, encoder), usual_means(encoder), **settings)


def shuffled(texts: list[str]) -> list[str]:
    return random.Random(2).sample(texts, len(texts))


def test_translations_are_found_and_figures_tell_twins_apart(encoder):
    kk, ru = shuffled([pair[0] for pair in PAIRS] + KK_ALONE), shuffled([pair[1] for pair in PAIRS] + RU_ALONE)
    found = mined(kk, ru, encoder)
    assert {(pair.kk, pair.ru) for pair in found.pairs} == set(PAIRS)
    assert found.recall == (None, None)
    for pair in found.pairs:
        assert (kk[pair.kk_place], ru[pair.ru_place]) == (pair.kk, pair.ru)
        assert pair.score >= 0.5
        assert pair.margin > 1
        assert pair.reasons == ()


def test_strangers_are_left_alone(encoder):
    assert mined(KK_ALONE, RU_ALONE, encoder).pairs == ()


def test_figures_that_contradict_lower_the_score_and_say_so(encoder):
    kk = [*(pair[0] for pair in PAIRS[:4]), "Қорға 350 миллион теңге бөлінді."]
    same, other = (
        mined(kk, [f"В фонд направили {amount} миллионов тенге."], encoder, least_score=0.0).pairs[0]
        for amount in (350, 910)
    )
    assert same.score > 0.8
    assert same.score > other.score + 0.1
    assert same.reasons == ()
    assert other.reasons == ("number_mismatch: 350000000 ≠ 910000000",)


def test_the_same_text_on_both_sides_is_no_pair_and_counted(encoder):
    name = "Nazarbayev University School of Engineering"
    found = mined([name, PAIRS[0][0]], [name.upper(), PAIRS[0][1]], encoder)
    assert [pair.kk for pair in found.pairs] == [PAIRS[0][0]]
    assert found.identical == 1


@pytest.mark.parametrize(("kk", "ru"), [([], []), ([PAIRS[0][0]], []), ([], [PAIRS[0][1]])])
def test_an_empty_side(kk, ru, encoder):
    assert mined(kk, ru, encoder).pairs == ()


def test_sifting_counts_each_reason():
    texts = ["Қалада жаңа кітапхана ашылды.", "2024", "Қазақстан", "Қалада  жаңа кітапхана ашылды.",
             "В городе открылась новая библиотека для детей.", "Бүгін таңертең қатты жел тұрды."]  # fmt: skip
    sifted = sift(texts, "kk")
    assert sifted.places == (0, 5)
    assert sifted.set_aside == {"a word or a figure alone": 2, "repeated": 1, "language: ru on the Kazakh side": 1}


def some_vectors(seed: int, size: int, dimension: int = 8) -> np.ndarray:
    vectors = np.random.default_rng(seed).standard_normal((size, dimension)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def some_texts(seed: int, size: int) -> list[str]:
    return [f"{'сөз ' * (1 + seed % 3)}{number % 4}" + "а" * number for number in range(size)]


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.integers(0, 30), st.integers(0, 30))
def test_any_vectors_give_one_to_one_pairs_whichever_side_is_left(seed, left, right):
    kk, ru = some_texts(seed, left), some_texts(seed + 1, right)
    kk_vectors, ru_vectors = some_vectors(seed, left), some_vectors(seed + 1, right)
    ahead = mine_pairs(kk, ru, kk_vectors, ru_vectors, least_score=0.0)
    places = [(pair.kk_place, pair.ru_place) for pair in ahead.pairs]
    assert places == sorted(places)
    for side in (0, 1):
        assert len({place[side] for place in places}) == len(places)
    assert all(0 <= pair.score <= 1 for pair in ahead.pairs)
    assert mine_pairs(kk, ru, kk_vectors, ru_vectors, least_score=0.0) == ahead
    behind = mine_pairs(ru, kk, ru_vectors, kk_vectors, least_score=0.0)
    assert sorted((pair.ru_place, pair.kk_place) for pair in behind.pairs) == places


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.floats(0, 1))
def test_a_higher_threshold_only_leaves_pairs_out(seed, least):
    texts = some_texts(seed, 20), some_texts(seed + 1, 20)
    vectors = some_vectors(seed, 20), some_vectors(seed + 1, 20)
    every = mine_pairs(*texts, *vectors, least_score=0.0).pairs
    assert [pair for pair in every if pair.score >= least] == list(
        mine_pairs(*texts, *vectors, least_score=least).pairs
    )


def test_the_approximate_search_finds_what_the_exact_one_does_and_measures_it():
    meanings = some_vectors(1, 6_000, 32)
    kk, ru = (
        (meanings + 0.04 * np.random.default_rng(seed).standard_normal(meanings.shape)).astype(np.float16)
        for seed in (2, 3)
    )
    left, right = CentredVectors(kk), CentredVectors(ru)
    exact, approximate = find_neighbours(left, right, 16), find_neighbours(left, right, 16, exact_up_to=0)
    assert exact.recall is None
    assert approximate.recall is not None
    assert 0 < approximate.recall.probes <= approximate.recall.cells
    assert approximate.recall.at_1 > 0.97
    hit = (approximate.places == exact.places[:, :1]).any(axis=1).mean()
    assert hit == pytest.approx(approximate.recall.at_1, abs=0.02)
    shared = np.mean([len(set(a) & set(b)) / 16 for a, b in zip(approximate.places, exact.places, strict=True)])
    assert shared == pytest.approx(approximate.recall.at_k, abs=0.02)


def test_exact_neighbours_are_those_of_the_matrix():
    left, right = CentredVectors(some_vectors(1, 50)), CentredVectors(some_vectors(2, 9))
    everything = slice(None)
    likeness = left.rows(everything) @ right.rows(everything).T
    found = find_neighbours(left, right, 16)
    assert found.places.shape == (50, 9)
    np.testing.assert_allclose(found.cosines, -np.sort(-likeness, axis=1), atol=1e-6)


def test_floor_on_news_half_of_which_has_no_counterpart(encoder):
    sides = [shared_path(f"gold/xwmt.{language}.txt").read_text(encoding="utf-8").splitlines()[:160]
             for language in ("kk", "ru")]  # fmt: skip
    known = set(zip(*(side[80:] for side in sides), strict=True))
    kk, ru = shuffled(sides[0][:40] + sides[0][80:]), shuffled(sides[1][40:])
    found = {(pair.kk, pair.ru) for pair in mined(kk, ru, encoder).pairs}
    f1 = 2 * len(found & known) / (len(found) + len(known))
    assert f1 >= 0.95


def test_command_on_lines_and_on_folders(tmp_path):
    kk, ru, output = tmp_path / "kk.txt", tmp_path / "ru.txt", tmp_path / "mined.jsonl"
    kk.write_text("\n".join(["Қазақстан", *(pair[0] for pair in PAIRS), *KK_ALONE]), encoding="utf-8")
    ru.write_text("\n".join([*RU_ALONE, *(pair[1] for pair in reversed(PAIRS))]), encoding="utf-8")
    result = CliRunner().invoke(app, ["mine", str(kk), str(ru), "--segmented", "-o", str(output), "--json"])
    assert result.exit_code == 0, result.output
    summary = json.loads(result.stdout)
    assert summary["pairs"] == len(PAIRS)
    assert summary["sentences"] == {"kk": 10, "ru": 9}
    assert summary["set_aside"]["kk"] == {"a word or a figure alone": 1}
    assert summary["search"] == {"kk": {"method": "exact"}, "ru": {"method": "exact"}}
    units = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    assert {(unit["kk"], unit["ru"]) for unit in units} == set(PAIRS)
    assert {unit["kk_source"] for unit in units} == {str(kk)}
    folder = CliRunner().invoke(app, ["mine", str(kk), str(ru), "--format", "tsv", "--min-score", "0.9"])
    assert folder.exit_code == 0, folder.output
    lines = [line.split("\t") for line in folder.stdout.splitlines()]
    assert {(line[0], line[1]) for line in lines} <= set(PAIRS)
    assert all(float(line[2]) >= 0.9 for line in lines)


@pytest.mark.parametrize(
    "arguments", [["a.txt"], ["a.txt", "-o", "x.tsv", "--segmented"], ["a.txt", "--format", "tsv", "--json"]]
)
def test_wrong_usage(arguments):
    assert CliRunner().invoke(app, ["mine", *arguments]).exit_code == 2
