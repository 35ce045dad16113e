"""aligner.duplicates: near-duplicates are found without a miss and without a false one."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.duplicates import LIKENESS, Texts, join, skeleton, text_keys
from aligner.duplicates.shingles import shingles_of

WORDS = [
    "қазақ",
    "ел",
    "заң",
    "президент",
    "үкімет",
    "жыл",
    "министр",
    "облыс",
    "қала",
    "2019",
    "2020",
    "жаңа",
    "туралы",
    "және",
    "бойынша",
    "су",
    "ауыл",
    "мектеп",
]
sentences = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
edited = st.tuples(sentences, st.integers(0, 60), st.sampled_from(["", "а", " ", "Ы", "."])).map(
    lambda parts: parts[0][: parts[1]] + parts[2] + parts[0][parts[1] :]
)


@st.composite
def related_texts(draw: st.DrawFn) -> list[str]:
    """A few sentences, and the same with a word or a letter changed."""
    texts = draw(st.lists(edited, min_size=1, max_size=8))
    for text in list(texts):
        words = text.split()
        for place in draw(st.lists(st.integers(0, 13), max_size=3)):
            if place < len(words):
                words[place] = draw(st.sampled_from(WORDS))
        texts.append(" ".join(words))
    return texts


def pieces(text: str) -> tuple[set[str], set[str]]:
    plain = skeleton(text)
    padded = f" {plain} "
    return set(plain.split()), {padded[place : place + 5] for place in range(len(padded) - 4)}


def are_alike(left: str, right: str) -> bool:
    """What the docstring of `Texts` says, in the plainest way."""
    if skeleton(left) == skeleton(right):
        return True
    return any(
        bool(one & other) and len(one & other) >= LIKENESS * len(one | other) - 1e-9
        for one, other in zip(pieces(left), pieces(right), strict=True)
    )


def test_skeletons() -> None:
    assert skeleton("  Қaзақстан, РЕСПУБЛИКАСЫ!\n") == skeleton("қазақстан — республикасы") == "қазақстан республикасы"
    assert skeleton("Ещё 5-бап") == "еще 5 бап"
    assert skeleton("…") == ""


@given(st.lists(st.text(max_size=20), min_size=1, max_size=6))
def test_keys_are_equal_where_skeletons_are(texts: list[str]) -> None:
    keys = text_keys(texts).tolist()
    plain = [skeleton(text) for text in texts]
    assert [keys.index(key) for key in keys] == [plain.index(text) for text in plain]


@given(st.lists(edited, min_size=1, max_size=6))
def test_shingles_are_the_pieces_of_the_skeleton(texts: list[str]) -> None:
    words, runs = shingles_of(texts, ("words", "characters"))
    assert words.sizes.tolist() == [len(pieces(text)[0]) for text in texts]
    assert runs.sizes.tolist() == [len(pieces(text)[1]) for text in texts]
    assert len(runs.hashes) == runs.sizes.sum()


@pytest.fixture(scope="module", params=["in one go", "part by part"])
def postings_at_once(request: pytest.FixtureRequest) -> Iterator[None]:
    """With so few postings at a time, a search of a few sentences is done in many parts, as one of millions is."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "part by part":
            patch.setattr(join, "_POSTINGS_AT_ONCE", 4)
        yield


@pytest.mark.usefixtures("postings_at_once")
@settings(max_examples=40)
@given(related_texts())
def test_clusters_are_the_chains_of_likeness(texts: list[str]) -> None:
    found = Texts()
    found.add(texts[: len(texts) // 2])
    found.add(texts[len(texts) // 2 :])
    parents = list(range(len(texts)))

    def root(member: int) -> int:
        return member if parents[member] == member else root(parents[member])

    for one in range(len(texts)):
        for other in range(one):
            if are_alike(texts[one], texts[other]):
                parents[root(one)] = root(other)
    labels = found.clusters().tolist()
    assert [labels.index(label) for label in labels] == [
        min(place for place in range(len(texts)) if root(place) == root(member)) for member in range(len(texts))
    ]


@pytest.mark.usefixtures("postings_at_once")
@settings(max_examples=40)
@given(related_texts(), st.integers(0, 2**16))
def test_near_finds_what_is_like_a_known_text(texts: list[str], bits: int) -> None:
    is_known = np.array([bool(bits >> place & 1) for place in range(len(texts))])
    found = Texts()
    found.add(texts)
    assert found.near(is_known).tolist() == [
        not known and any(are_alike(text, other) for other, one in zip(texts, is_known, strict=True) if one)
        for text, known in zip(texts, is_known, strict=True)
    ]


def test_nothing_at_all() -> None:
    assert len(Texts().clusters()) == 0
    assert text_keys([]).tolist() == []
