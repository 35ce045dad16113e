"""What users give that is no pair of clean translations: beads stay few, or right, and no segment is lost."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import accumulate

import numpy as np
import pytest
from numpy.typing import NDArray
from sample import SAMPLE

from aligner.align import align_segments
from aligner.encode import Encoder
from aligner.encode.means import usual_means, usual_scale
from aligner.records import Bead

Sides = tuple[list[str], list[str]]
Shape = tuple[tuple[int, ...], tuple[int, ...]]


def releases() -> list[tuple[Sides, set[Shape]]]:
    """The releases of the sample that have both versions: their sentences, and the true pairs of places."""
    found = []
    for line in (SAMPLE / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if not record["kk"] or not record["ru"]:
            continue
        sides = tuple([sentence for bead in record["beads"] for sentence in bead[name]] for name in ("kk", "ru"))
        ends = [list(accumulate(len(bead[name]) for bead in record["beads"])) for name in ("kk", "ru")]
        gold = {
            tuple(tuple(range(end - len(bead[name]), end)) for name, end in zip(("kk", "ru"), own, strict=True))
            for bead, *own in zip(record["beads"], *ends, strict=True)
            if bead["kk"] and bead["ru"]
        }
        found.append((sides, gold))
    return found


RELEASES = releases()


def aligned(kk: Sequence[str], ru: Sequence[str], encoder: Encoder) -> list[Bead]:
    """The pairs; that every segment is in exactly one bead is checked on the way."""
    beads = align_segments(
        kk, ru, encoder.encode(kk), encoder.encode(ru), usual_means(encoder), scale=usual_scale(encoder)
    )
    assert sorted(place for bead in beads for place in bead.kk) == list(range(len(kk)))
    assert sorted(place for bead in beads for place in bead.ru) == list(range(len(ru)))
    return [bead for bead in beads if bead.kk and bead.ru]


def shapes(beads: Sequence[Bead]) -> set[Shape]:
    return {(bead.kk, bead.ru) for bead in beads}


def joined(parts: Sequence[list[str]]) -> list[str]:
    return [sentence for part in parts for sentence in part]


def shifted(gold: set[Shape], kk: int, ru: int) -> set[Shape]:
    return {(tuple(place + kk for place in left), tuple(place + ru for place in right)) for left, right in gold}


def test_one_sentence_finds_its_own_among_a_hundred(encoder: Encoder) -> None:
    (kk, ru), gold = RELEASES[0]
    (place,), (other,) = next((left, right) for left, right in sorted(gold)[4:] if len(left) == len(right) == 1)
    hundred_ru = (ru + joined([ru for (_, ru), _ in RELEASES[1:]]))[:100]
    hundred_kk = (kk + joined([kk for (kk, _), _ in RELEASES[1:]]))[:100]
    assert shapes(aligned([kk[place]], hundred_ru, encoder)) == {((0,), (other,))}
    assert shapes(aligned(hundred_kk, [ru[other]], encoder)) == {((place,), (0,))}


def test_texts_on_other_things_get_few_beads(encoder: Encoder) -> None:
    pairs = [(RELEASES[number][0][0], RELEASES[number - 1][0][1]) for number in range(3, len(RELEASES), 2)]
    beads = [bead for kk, ru in pairs for bead in aligned(kk, ru, encoder)]
    assert len(beads) <= 0.02 * sum(len(kk) for kk, _ in pairs)


@pytest.mark.parametrize("twice", [(True, False), (False, True)])
def test_of_a_text_that_stands_twice_each_sentence_is_aligned_once(twice: tuple[bool, bool], encoder: Encoder) -> None:
    (kk, ru), gold = RELEASES[0]
    beads = shapes(aligned(kk * (1 + twice[0]), ru * (1 + twice[1]), encoder))
    copies = [shifted(gold, len(kk) * number * twice[0], len(ru) * number * twice[1]) for number in (0, 1)]
    assert len(beads & (copies[0] | copies[1])) >= 0.9 * len(gold)


def test_a_text_that_stands_twice_on_both_sides_keeps_its_order(encoder: Encoder) -> None:
    (kk, ru), gold = RELEASES[0]
    beads = aligned(kk * 2, ru * 2, encoder)
    assert not any(bead.moved for bead in beads)
    right = gold | shifted(gold, len(kk), len(ru))
    assert len(shapes(beads) & right) >= 0.95 * len(right)


def test_boilerplate_of_every_release_stays_with_its_own(encoder: Encoder) -> None:
    kk, ru, boilerplate = [], [], set()
    for (own_kk, own_ru), _ in RELEASES[:6]:
        boilerplate.add(((len(kk),), (len(ru),)))
        kk += ["Қазақстан Республикасы Президентінің баспасөз қызметі", *own_kk]
        ru += ["Пресс-служба Президента Республики Казахстан", *own_ru]
    assert boilerplate <= shapes(aligned(kk, ru, encoder))


def test_rows_of_a_table_and_points_of_a_list(encoder: Encoder) -> None:
    kk = ["Көрсеткіш", "Өлшем бірлігі", "2024 жыл", "2025 жыл", "Халық саны", "мың адам", "120", "135", "Бала туу"]
    ru = ["Показатель", "Единица измерения", "2024 год", "2025 год", "Численность населения", "тысяч человек", "120"]
    ru += ["135", "Рождаемость"]
    kk += ["Күн тәртібі:", "1. Бюджет туралы.", "2. Су шаруашылығы туралы.", "3. Әртүрлі."]
    ru += ["Повестка дня:", "1. О бюджете.", "2. О водном хозяйстве.", "3. Разное."]
    right = {((place,), (place,)) for place in range(len(kk))}
    found = shapes(aligned(kk, ru, encoder))
    assert found <= right
    assert len(found) >= len(right) - 1


class Squeezed:
    """Another encoder: the same meanings in a narrow cone and in other directions, as many encoders have them."""

    name = "squeezed"
    is_embedded = False

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        random = np.random.default_rng(3)
        self._turn = np.linalg.qr(random.normal(size=(encoder.dimension, encoder.dimension)))[0].astype(np.float32)
        self._axis = self._turn[0] * 2

    @property
    def dimension(self) -> int:
        return self._encoder.dimension

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = self._encoder.encode(texts) @ self._turn + self._axis
        return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def test_an_encoder_with_another_geometry(encoder: Encoder) -> None:
    other = Squeezed(encoder)
    (kk, ru), _ = RELEASES[0]
    assert float((other.encode(kk[:1]) @ other.encode(ru[-1:]).T).item()) > 0.7, "strangers must look alike to it"
    found = right = hits = 0
    for (kk, ru), gold in RELEASES[:8]:
        beads = shapes(aligned(kk, ru, other))
        found, right, hits = found + len(beads), right + len(gold), hits + len(beads & gold)
    assert 2 * hits / (found + right) >= 0.95
    assert not aligned(RELEASES[5][0][0], RELEASES[4][0][1], other)
