"""aligner.align: every segment in exactly one bead, whatever comes in; and quality on gold, with floors."""

import itertools
import json
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared_data import shared_path

from aligner.align import align_segments, anchors
from aligner.align import aligner as aligner_module
from aligner.align.anchors import anchored_band, rising_chain
from aligner.align.neighbours import nearest
from aligner.encode import Encoder
from aligner.encode.means import usual_means
from aligner.records import Bead


def random_text(random: np.random.Generator, count: int) -> tuple[list[str], np.ndarray]:
    vectors = random.normal(size=(count, 16)).astype(np.float32)
    return ["сөз " * int(random.integers(0, 9)) for _ in range(count)], vectors / np.linalg.norm(vectors, axis=1)[
        :, None
    ]


def places(beads: list[Bead], side: str) -> list[int]:
    return [place for bead in beads for place in getattr(bead, side)]


@settings(deadline=None)
@given(st.integers(0, 12), st.integers(0, 12), st.integers(0, 2**32 - 1))
def test_every_segment_is_in_exactly_one_bead(kk_count: int, ru_count: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    kk, kk_vectors = random_text(random, kk_count)
    ru, ru_vectors = random_text(random, ru_count)
    beads = align_segments(kk, ru, kk_vectors, ru_vectors)
    assert sorted(places(beads, "kk")) == list(range(kk_count))
    assert sorted(places(beads, "ru")) == list(range(ru_count))
    for bead in beads:
        assert bead.kk or bead.ru
        assert 0 <= bead.score <= 1
        assert (bead.score > 0) == bool(bead.kk and bead.ru)
        assert not any(not kk[place].strip() for place in bead.kk if bead.ru), "a blank line translates nothing"


@settings(deadline=None)
@given(st.integers(1, 12), st.integers(1, 12), st.integers(0, 2**32 - 1))
def test_left_and_right_are_alike(kk_count: int, ru_count: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    kk, kk_vectors = random_text(random, kk_count)
    ru, ru_vectors = random_text(random, ru_count)
    there = {(bead.kk, bead.ru) for bead in align_segments(kk, ru, kk_vectors, ru_vectors) if bead.kk and bead.ru}
    back = {(bead.ru, bead.kk) for bead in align_segments(ru, kk, ru_vectors, kk_vectors) if bead.kk and bead.ru}
    assert there == back


def test_a_band_finds_what_the_whole_matrix_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(5)
    kk, kk_vectors = random_text(random, 400)
    kept = sorted(random.choice(400, 360, replace=False))
    ru = [kk[place] for place in kept]
    noise = random.normal(scale=0.08, size=(360, 16)).astype(np.float32)
    whole = align_segments(kk, ru, kk_vectors, kk_vectors[kept] + noise)
    monkeypatch.setattr(aligner_module, "FULL_UP_TO", 100)
    monkeypatch.setattr(anchors, "_PADDING", 10)
    assert align_segments(kk, ru, kk_vectors, kk_vectors[kept] + noise) == whole


def test_a_long_stretch_without_anchors_keeps_to_its_diagonal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anchors, "_WIDEST_BOX", 40)
    random = np.random.default_rng(1)
    left, right = random_text(random, 300)[1], random_text(random, 200)[1]
    band = anchored_band(nearest(left, right), nearest(right, left), 0)
    assert (band.first[0], band.end[-1]) == (0, 201)
    assert (np.diff(band.first) >= 0).all()
    assert (np.diff(band.end) >= 0).all()
    assert int((band.end - band.first).max()) < 201


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), unique=True, max_size=9))
def test_rising_chain_is_the_heaviest(pairs: list[tuple[int, int]]) -> None:
    pairs = sorted({i: (i, j) for i, j in pairs}.values())
    rows, columns = (np.array([pair[side] for pair in pairs], np.int64) for side in (0, 1))
    chain = rising_chain(rows, columns, np.ones(len(pairs), np.float32))
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in itertools.pairwise(chain))
    longest = [0] * len(pairs)
    for n in range(len(pairs)):
        longest[n] = 1 + max((longest[m] for m in range(n) if pairs[m][1] < pairs[n][1]), default=0)
    assert len(chain) == max(longest, default=0)


def test_quality_on_gold(encoder: Encoder) -> None:
    """The floor is a point under what was measured (.994); a drop below it is a fault."""
    documents = json.loads(shared_path("gold/alignment_dev.json").read_text(encoding="utf-8"))["docs"]
    chosen = documents[::9]
    means = usual_means(encoder)
    counts = Counter[str]()
    for document in chosen:
        vectors = encoder.encode(document["kk"] + document["ru"])
        split = len(document["kk"])
        kk, ru = document["kk"], document["ru"]
        beads = align_segments(kk, ru, vectors[:split], vectors[split:], means, encode=encoder.encode)
        found = {(bead.kk, bead.ru) for bead in beads if bead.kk and bead.ru}
        gold = {(tuple(kk), tuple(ru)) for kk, ru in document["gold"] if kk and ru}
        counts.update(found=len(found), gold=len(gold), right=len(found & gold))
    assert counts["gold"] > 150
    assert 2 * counts["right"] / (counts["found"] + counts["gold"]) >= 0.98
