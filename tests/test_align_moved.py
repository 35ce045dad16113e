"""aligner.align.moved: a block that stands elsewhere is found again, and says so."""

import numpy as np

from aligner.align import align_segments


def test_a_moved_block_is_found() -> None:
    random = np.random.default_rng(3)
    vectors = random.normal(size=(40, 64)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    texts = [f"сөз {'ұзын ' * int(random.integers(3, 12))}" for _ in range(40)]
    order = [*range(6), *range(10, 34), *range(6, 10), *range(34, 40)]
    noise = random.normal(scale=0.05, size=(40, 64)).astype(np.float32)
    beads = align_segments(texts, [texts[place] for place in order], vectors, vectors[order] + noise)
    assert {(bead.kk, bead.ru) for bead in beads} == {((place,), (order.index(place),)) for place in range(40)}
    assert {bead.kk[0] for bead in beads if bead.moved} == {6, 7, 8, 9}
    assert [bead.kk[0] for bead in beads] == list(range(40)), "beads stand in the order of the Kazakh text"


def test_unrelated_texts_get_no_moved_beads() -> None:
    random = np.random.default_rng(4)
    left, right = (random.normal(size=(30, 64)).astype(np.float32) for _ in range(2))
    texts = ["бірнеше сөзден тұратын сөйлем"] * 30
    beads = align_segments(
        texts, texts, left / np.linalg.norm(left, axis=1)[:, None], right / np.linalg.norm(right, axis=1)[:, None]
    )
    assert not any(bead.moved for bead in beads)


def test_two_pairs_in_opposite_order_are_one_bead() -> None:
    random = np.random.default_rng(6)
    vectors = random.normal(size=(8, 64)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    texts = [f"сөз {'ұзын ' * (5 + number % 3)}" for number in range(8)]
    order = [0, 1, 2, 4, 3, 5, 6, 7]
    beads = align_segments(texts, [texts[place] for place in order], vectors, vectors[order])
    assert ((3, 4), (3, 4)) in {(bead.kk, bead.ru) for bead in beads}
