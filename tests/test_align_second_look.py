"""aligner.align.second_look: joined segments are encoded where that may change something, and only there."""

from collections.abc import Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.align import align_segments

DIMENSION = 32


def unit(vectors: np.ndarray) -> np.ndarray:
    return (vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)).astype(np.float32)


class Said:
    """Gives joined texts the vectors it is told, other ones their first text's, and remembers what it was asked."""

    def __init__(self, vectors: dict[str, np.ndarray]) -> None:
        self.vectors, self.asked = vectors, []

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        self.asked.extend(texts)
        return np.stack([self.vectors.get(text, self.vectors[text.split("|")[0] + "|"]) for text in texts])


def meanings(count: int, seed: int = 3) -> np.ndarray:
    return unit(np.random.default_rng(seed).normal(size=(count, DIMENSION)))


def test_sure_beads_are_not_encoded_again() -> None:
    vectors = meanings(8)
    texts = [f"мәтін {number}" for number in range(8)]
    said = Said({})
    beads = align_segments(texts, texts, vectors, vectors, encode=said)
    assert all(bead.kk == bead.ru for bead in beads)
    assert said.asked == []


def test_the_vector_of_the_joined_text_decides_where_sums_are_in_doubt() -> None:
    """The third Kazakh segment half belongs to the second Russian one by its vector; joined, they do or don't."""
    vectors = meanings(6)
    kk = [f"k{place}|" + "с" * 30 for place in range(6)]
    ru = [f"r{place}|" + "с" * 30 for place in range(5)]
    ru[2] = ru[2] + "с" * 25
    ru_vectors = vectors[[0, 1, 2, 4, 5]].copy()
    ru_vectors[2] = unit(0.80 * vectors[2] + 0.25 * vectors[3])
    known = {f"k{place}|": vectors[place] for place in range(6)} | {
        f"r{place}|": ru_vectors[place] for place in range(5)
    }
    joined = f"{kk[2]} {kk[3]}"

    def beads_with(vector: np.ndarray) -> set[tuple[tuple[int, ...], tuple[int, ...]]]:
        said = Said(known | {joined: vector})
        beads = align_segments(kk, ru, vectors, ru_vectors, encode=said)
        assert said.asked == [joined]
        return {(bead.kk, bead.ru) for bead in beads}

    assert ((2, 3), (2,)) in beads_with(ru_vectors[2])
    assert ((2,), (2,)) in beads_with(vectors[3])


@settings(deadline=None)
@given(st.integers(1, 9), st.integers(1, 9), st.integers(0, 2**32 - 1))
def test_every_segment_stays_in_one_bead_and_the_sides_are_alike(kk_count: int, ru_count: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    common = random.normal(size=(12, DIMENSION))
    sides = []
    for name, count in (("k", kk_count), ("r", ru_count)):
        vectors = unit(common[:count] + 0.3 * random.normal(size=(count, DIMENSION)))
        sides.append(([f"{name}{place}|" + "с" * int(random.integers(1, 60)) for place in range(count)], vectors))
    (kk, kk_vectors), (ru, ru_vectors) = sides
    known = {
        text.split("|")[0] + "|": vector
        for texts, vectors in sides
        for text, vector in zip(texts, vectors, strict=True)
    }
    there = align_segments(kk, ru, kk_vectors, ru_vectors, encode=Said(known))
    back = align_segments(ru, kk, ru_vectors, kk_vectors, encode=Said(known))
    assert sorted(place for bead in there for place in bead.kk) == list(range(kk_count))
    assert sorted(place for bead in there for place in bead.ru) == list(range(ru_count))
    assert {(bead.kk, bead.ru) for bead in there} == {(bead.ru, bead.kk) for bead in back}
