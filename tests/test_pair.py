"""aligner.pair: every document is paired at most once or reported, and evidence moves the odds the right way."""

import datetime as dt
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.pair import ACCEPTED_FROM, DocumentView, PairEvidence, pair_documents, probability, view
from aligner.records import Document, Paragraph


def a_view(language: str, name: int, vectors: np.ndarray, date: dt.date | None = None) -> DocumentView:
    document = Document(f"{language}{name}", language, (), date=date)
    unit = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return DocumentView(document, unit, np.full(len(unit), 9, np.float32), Counter(), Counter())


def some_views(count: int, seed: int, noise: float) -> tuple[list[DocumentView], list[DocumentView]]:
    random = np.random.default_rng(seed)
    texts = [random.normal(size=(int(random.integers(1, 9)), 48)) for _ in range(count)]
    kk = [a_view("kk", number, text) for number, text in enumerate(texts)]
    ru = [a_view("ru", number, text + random.normal(scale=noise, size=text.shape)) for number, text in enumerate(texts)]
    return kk, ru


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 2**32 - 1))
def test_every_document_is_in_one_pair_or_reported_once(kk_count: int, ru_count: int, seed: int) -> None:
    kk, ru = some_views(9, seed, 1.0)
    kk, ru = kk[:kk_count], ru[9 - ru_count :]
    pairs, unpaired = pair_documents(kk, ru)
    named = [name for pair in pairs for name in (pair.kk.name, pair.ru.name)]
    named += [each.document.name for each in unpaired]
    assert sorted(named) == sorted(each.document.name for each in (*kk, *ru))
    assert all(ACCEPTED_FROM <= pair.score <= 1 for pair in pairs)
    assert all(each.reason for each in unpaired)


def test_true_pairs_are_found_among_many_and_the_lonely_are_left_alone() -> None:
    kk, ru = some_views(120, 1, 0.4)
    pairs, unpaired = pair_documents(kk[:100], ru[20:])
    assert {(pair.kk.name, pair.ru.name) for pair in pairs} == {(f"kk{n}", f"ru{n}") for n in range(20, 100)}
    assert {each.document.name for each in unpaired} == {f"kk{n}" for n in range(20)} | {
        f"ru{n}" for n in range(100, 120)
    }


def test_one_document_each() -> None:
    kk, ru = some_views(8, 2, 0.3)
    assert len(pair_documents(kk[:1], ru[:1])[0]) == 1
    assert pair_documents(kk[:1], ru[1:2])[0] == []


def test_of_two_rivals_the_nearer_one_wins_and_the_other_is_told() -> None:
    kk, ru = some_views(30, 3, 0.1)
    double = replace(kk[0], document=Document("kk-copy", "kk", ()), vectors=kk[0].vectors[::-1].copy())
    weaker = double.vectors + np.random.default_rng(0).normal(scale=0.08, size=double.vectors.shape)
    double = replace(double, vectors=(weaker / np.linalg.norm(weaker, axis=1, keepdims=True)).astype(np.float32))
    pairs, unpaired = pair_documents([*kk, double], ru)
    assert {pair.kk.name for pair in pairs if pair.ru.name == "ru0"} == {"kk0"}
    (told,) = (each for each in unpaired if each.document.name == "kk-copy")
    assert told.nearest is not None
    assert told.nearest.name == "ru0"
    assert "kk0" in told.reason


def test_a_document_without_text_is_reported() -> None:
    kk, ru = some_views(3, 4, 0.1)
    empty = view(Document("бос.txt", "kk", ()), [], np.zeros((0, 48), np.float32))
    pairs, unpaired = pair_documents([*kk, empty], ru)
    assert len(pairs) == 3
    assert [(each.document.name, each.nearest) for each in unpaired] == [("бос.txt", None)]


def test_evidence_moves_the_odds() -> None:
    middle = PairEvidence(0.6)
    assert probability(middle) == pytest.approx(0.5)
    assert probability(replace(middle, coverage=0.8)) > 0.95
    assert probability(replace(middle, figures=1.0)) > probability(middle) > probability(replace(middle, figures=0.0))
    assert probability(replace(middle, names=0.9)) > probability(middle) > probability(replace(middle, names=0.0))
    same, week, year = (probability(replace(middle, days_apart=days)) for days in (0, 7, 365))
    assert same > probability(middle) > week > year


def test_a_view_holds_figures_and_names() -> None:
    document = Document("к.txt", "kk", (Paragraph("2021 жылғы 5 мамырда Астанада кеңес өтті.", "kk"),))
    seen = view(document, ["2021 жылғы 5 мамырда Астанада кеңес өтті."], np.ones((1, 4), np.float32) / 2)
    assert seen.figures["2021-05-05"] == 1
    assert sum(seen.names.values()) >= 1


def test_one_document_against_two_halves_is_told() -> None:
    kk, ru = some_views(30, 5, 0.1)
    random = np.random.default_rng(1)
    whole = random.normal(size=(20, 48))
    kk.append(a_view("kk", 99, whole))
    ru += [a_view("ru", 98, whole[:7]), a_view("ru", 99, whole[7:])]
    pairs, unpaired = pair_documents(kk, ru)
    assert {pair.ru.name for pair in pairs if pair.kk.name == "kk99"} == {"ru99"}
    (half,) = (each for each in unpaired if each.document.name == "ru98")
    assert half.reason == "it seems to be a part of kk99, which is paired with ru99"
