"""aligner.dataset: parts that share no sentence, samples that repeat, and the card."""

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.dataset import PARTS, CardFacts, dataset_card, seeded_ranks, split_pairs, take_pairs
from aligner.dataset.split import CROSSING
from aligner.errors import OptionError

KEYS = np.arange(1, 2001, dtype=np.uint64)


@settings(max_examples=60)
@given(st.data())
def test_no_sentence_and_no_document_stands_in_two_parts(data: st.DataObject) -> None:
    total = data.draw(st.integers(20, 120))
    documents, kk, ru = (
        np.array(data.draw(st.lists(st.integers(0, most), min_size=total, max_size=total)))
        for most in (data.draw(st.integers(3, 60)), 150, 150)
    )
    try:
        parts = split_pairs(documents, kk, ru, KEYS[:total], dev=0.2, test=5, seed=data.draw(st.integers(0, 9)))
    except OptionError:
        return
    assert set(parts.tolist()) <= {CROSSING, *range(len(PARTS))}
    for owners in (documents, kk, ru):
        for owner in np.unique(owners):
            assert len(set(parts[owners == owner].tolist()) - {CROSSING}) <= 1


def test_parts_are_as_large_as_asked_and_repeat() -> None:
    total = 2000
    documents, own = np.arange(total) // 10, np.arange(total)
    parts = split_pairs(documents, own, own, KEYS, dev=100, test=0.1, seed=1)
    sizes = np.bincount(parts)
    assert abs(sizes[1] - 100) <= 10
    assert abs(sizes[2] - 200) <= 20
    assert (parts == split_pairs(documents, own, own, KEYS, dev=100, test=0.1, seed=1)).all()
    assert (parts != split_pairs(documents, own, own, KEYS, dev=100, test=0.1, seed=2)).any()


def test_a_formula_glues_nothing_and_stays_in_train() -> None:
    """A sentence that stands in each document would make one group of all."""
    total = 2000
    documents = np.arange(total) // 10
    sentences = np.where(np.arange(total) % 10 == 0, 0, np.arange(total))
    parts = split_pairs(documents, sentences, np.arange(total), KEYS, dev=0.1, test=0.1, seed=0)
    formula = parts[sentences == 0]
    assert set(formula.tolist()) == {0, CROSSING}
    assert 150 < np.bincount(parts[parts >= 0])[2] <= 210
    assert (parts[sentences != 0] != CROSSING).all()


def test_too_large_parts_are_refused() -> None:
    own = np.arange(100)
    with pytest.raises(OptionError, match="ask for fewer"):
        split_pairs(own, own, own, KEYS[:100], dev=0.5, test=50, seed=0)
    with pytest.raises(OptionError, match="no document is small enough"):
        split_pairs(np.zeros(100, dtype=np.int64), own, own, KEYS[:100], dev=0, test=10, seed=0)


def test_a_sample_depends_on_keys_and_seed_alone() -> None:
    keys = KEYS[:200]
    scores = np.linspace(0, 1, 200, dtype=np.float32)
    taken = take_pairs(keys, scores, 20, "random", 3)
    assert taken.sum() == 20
    backwards = take_pairs(keys[::-1].copy(), scores, 20, "random", 3)
    assert (taken == backwards[::-1]).all()
    assert np.flatnonzero(take_pairs(keys, scores, 20, "best", 3)).tolist() == list(range(180, 200))
    assert len(set(seeded_ranks(keys, 0).tolist())) == 200


def facts(**changes: object) -> CardFacts:
    values = {
        "title": "Үлгі: жиын",
        "licences": ("cc-by-4.0",),
        "files": {"train": ["data/train.parquet"], "test": ["data/test.parquet"]},
        "pairs": {"train": 900, "test": 100},
        "characters": (50_000, 52_000),
        "histogram": [0] * 9 + [1000],
        "dropped": {"duplicate": 5},
        "read": 1005,
        "method": ["Filters: script."],
        "versions": {"qostil": "1"},
        "loader": "parquet",
        "documents": 12,
    }
    return CardFacts(**(values | changes))  # type: ignore[arg-type]


def test_the_card_opens_with_metadata_of_the_hub() -> None:
    card = dataset_card(facts())
    _, header, body = card.split("---\n", 2)
    metadata = yaml.safe_load(header)
    assert metadata["language"] == ["kk", "ru"]
    assert metadata["license"] == "cc-by-4.0"
    assert metadata["size_categories"] == ["1K<n<10K"]
    assert metadata["pretty_name"] == "Үлгі: жиын"
    assert metadata["configs"][0]["data_files"] == [
        {"split": "train", "path": "data/train.parquet"},
        {"split": "test", "path": "data/test.parquet"},
    ]
    assert "| duplicate | 5 |" in body
    assert "0.9–1.0" in body


def test_the_hub_reads_the_card() -> None:
    hub = pytest.importorskip("huggingface_hub", reason="the hub's own reader of cards is not installed")
    card = hub.DatasetCard(dataset_card(facts(licences=("mit", "cc0-1.0"))))
    assert card.data.license == ["mit", "cc0-1.0"]
    assert card.data.task_categories == ["translation"]


def test_a_card_without_licences_says_so() -> None:
    card = dataset_card(facts(licences=(), loader=None))
    assert "license: unknown" in card
    assert "configs:" not in card
