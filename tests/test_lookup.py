"""aligner.memory.lookup: exact, context, fuzzy and semantic matches, while the memory changes."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import numpy as np
import pytest
from memories import NOW, TEXTS, add, memory_of

from aligner.memory.lookup import Lookup, Query, SemanticIndex
from aligner.memory.lookup.similarity import similarity
from aligner.records import Document, DocumentPair, Paragraph, Unit


@pytest.fixture
def lookup(tmp_path: Path):
    with memory_of(tmp_path) as memory, Lookup(memory) as opened:
        yield opened


def test_the_same_text_is_exact_whatever_its_white_space(lookup: Lookup) -> None:
    for text in (TEXTS[0][0], f"  {TEXTS[0][0]}\n", TEXTS[0][0].replace(" ", "\u00a0 ")):
        (match,) = lookup.lookup(text, "kk")
        assert (match.kind, match.percent, match.target) == ("exact", 100, TEXTS[0][1])
        assert match.sources == ("old.tmx",)
    (match,) = lookup.lookup(TEXTS[0][0].upper(), "kk", min_percent=60)
    assert match.kind == "fuzzy"
    assert match.percent < 100


def test_both_languages_can_be_asked(lookup: Lookup) -> None:
    match = lookup.lookup("Новый проект министерства одобрен", "ru")[0]
    assert (match.kind, match.percent, match.target) == ("fuzzy", 98, TEXTS[3][0])


def test_every_translation_of_a_text_is_given(lookup: Lookup) -> None:
    assert {match.target for match in lookup.lookup("Жиналыс аяқталды.", "kk")} == {
        "Собрание закончилось.",
        "Заседание завершено.",
    }
    assert len(lookup.lookup("Жиналыс аяқталды.", "kk", limit=1)) == 1


def test_numbers_are_replaced_and_said(lookup: Lookup) -> None:
    (match,) = lookup.lookup("2026 жылы ауылда 7 мектеп салынды.", "kk")
    assert match.percent == 99
    assert match.target == "В 2026 году в сёлах построено 7 школ."
    assert match.stored_target == TEXTS[2][1]
    assert match.replaced == (("2024", "2026"), ("15", "7"))


def test_neighbours_lift_a_match_above_one_hundred(tmp_path: Path) -> None:
    with memory_of(tmp_path, ()) as memory:
        memory.add_units(
            [
                Unit("Рақмет.", "Спасибо.", 0.9, previous_kk="Сәлем!", next_kk="Сау болыңыз."),
                Unit("Рақмет.", "Благодарю.", 0.9, previous_kk="Кеңес аяқталды.", next_kk="Сау болыңыз."),
            ],
            "a.tmx",
            "tester",
            NOW,
        )
        with Lookup(memory) as lookup:
            first, second = lookup.lookup(Query("Рақмет.", "Кеңес  аяқталды.", "Сау болыңыз."), "kk")
            assert (first.kind, first.percent, first.target) == ("context", 102, "Благодарю.")
            assert (second.kind, second.percent) == ("exact", 100)
            (first, _) = lookup.lookup(Query("Рақмет.", previous="Сәлем!"), "kk")
            assert (first.kind, first.percent, first.target) == ("context", 101, "Спасибо.")


def test_what_changes_in_the_memory_is_seen_at_once(lookup: Lookup) -> None:
    text = "Жаңа көпірдің құрылысы биыл басталады."
    assert lookup.lookup(text, "kk") == []
    add(lookup.memory, [(text, "Строительство нового моста начнётся в этом году.")])
    (match,) = lookup.lookup(text, "kk")
    unit = lookup.memory.unit(match.unit)
    rejected = lookup.memory.change_unit(unit.id, unit.revision, "tester", NOW, status="rejected")
    assert lookup.lookup(text, "kk") == []
    lookup.memory.change_unit(unit.id, rejected.revision, "tester", NOW, status="reviewed")
    assert lookup.lookup(text, "kk")[0].status == "reviewed"
    change = lookup.memory.history(limit=50)[-1]
    assert change.what == "import"


def test_a_removed_unit_is_gone(tmp_path: Path) -> None:
    def document(language: str, text: str) -> Document:
        return Document(f"{language}.txt", language, (Paragraph(text, language),))

    def put(kk: str, ru: str, now: dt.datetime) -> None:
        pair = DocumentPair(document("kk", kk), document("ru", ru), 1.0)
        memory.add(pair, [Unit(kk, ru, 0.9, "kk.txt", "ru.txt")], "recipe", now)

    with memory_of(tmp_path) as memory:
        put("Бұрынғы мәтін осындай еді.", "Прежний текст был таким.", NOW)
        with Lookup(memory) as lookup:
            assert lookup.lookup("Бұрынғы мәтін осындай еді.", "kk")[0].sources == ("kk.txt", "ru.txt")
            put("Түзетілген мәтін мүлде басқаша.", "Исправленный текст совсем другой.", NOW)
            assert lookup.lookup("Бұрынғы мәтін осындай еді.", "kk") == []
            assert lookup.lookup("Исправленный текст совсем другой.", "ru")[0].percent == 100


def test_many_texts_are_looked_up_at_once(lookup: Lookup) -> None:
    found = lookup.lookup_many([TEXTS[0][0], "мүлде басқа", TEXTS[0][0]], "kk")
    assert [len(each) for each in found] == [1, 0, 1]
    assert found[0] == found[2]


def test_doubtful_units_can_be_left_out(lookup: Lookup) -> None:
    add(lookup.memory, [("Күмәнді сөйлем осы.", "Совсем не то.")], score=0.2)
    assert lookup.lookup("Күмәнді сөйлем осы.", "kk")
    assert lookup.lookup("Күмәнді сөйлем осы.", "kk", min_score=0.5) == []


@pytest.mark.parametrize("text", ["", " ", "!!!", "12", "\ud800", "а" * 20_000, "сөз " * 4_000, "\0"])
def test_strange_texts_are_answered(lookup: Lookup, text: str) -> None:
    assert lookup.lookup(text, "kk", min_percent=1) is not None


def test_impossible_limits_are_refused(lookup: Lookup) -> None:
    for wrong in ({"limit": 0}, {"min_percent": 0}, {"kinds": ("semantic",)}):
        with pytest.raises(ValueError):
            lookup.lookup("сөз", "kk", **wrong)


def test_nothing_is_lost_to_the_index(tmp_path: Path) -> None:
    """Against a comparison with every unit, over several segments, some of them merged on the way."""
    chance = random.Random(3)
    words = [
        "мектеп",
        "мектепте",
        "үй",
        "үйге",
        "жол",
        "жолы",
        "су",
        "суды",
        "көл",
        "қала",
        "қалада",
        "7",
        "12",
        "адам",
        "адамдар",
        "ел",
        "елде",
        "ескі",
        "жаңа",
    ]

    def text() -> str:
        return " ".join(chance.choices(words, k=chance.randint(1, 9)))

    with memory_of(tmp_path, ()) as memory, Lookup(memory) as lookup:
        texts: set[str] = set()
        for count in (300, 150, 20, 5):
            new = sorted({text() for _ in range(count)} - texts)
            texts |= set(new)
            add(memory, [(each, f"перевод {each}") for each in new])
            lookup.lookup("су", "kk")
        assert len(lookup.index) == len(texts)
        for _ in range(60):
            query = text()
            best = max(similarity(query, each, "kk") for each in texts)
            matches = lookup.lookup(query, "kk", min_percent=50, limit=3)
            found = max((similarity(query, match.source, "kk") for match in matches), default=0.0)
            assert found == pytest.approx(best) or best < 0.5


class Axes:
    """An encoder for which each of some words is a direction."""

    name, dimension = "axes", 8
    words = ("кеңес", "совещ", "жиналыс", "собран", "мост", "көпір", "школ", "мектеп")

    def encode(self, texts):
        vectors = np.full((len(texts), 8), 0.05, np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for axis, word in enumerate(self.words):
                row[axis // 2] += word in text.lower()
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_other_words_of_the_same_meaning_are_found(tmp_path: Path) -> None:
    with memory_of(tmp_path) as memory:
        index = SemanticIndex(memory, "kk", Axes())
        assert index.is_behind
        assert index.catch_up() == len(TEXTS)
        assert not index.is_behind
        again = SemanticIndex(memory, "kk", Axes())
        assert (len(again), again.catch_up()) == (len(TEXTS), 0)
        with Lookup(memory, semantic={"kk": again}) as lookup:
            match = lookup.lookup("Жаңа көпір", "kk", kinds=("semantic",), min_percent=50)[0]
            assert (match.kind, match.source) == ("semantic", TEXTS[6][0])
            assert match.percent <= 99
            unit = memory.unit(match.unit)
            memory.change_unit(unit.id, unit.revision, "tester", NOW, status="rejected")
            found = lookup.lookup("Жаңа көпір", "kk", kinds=("semantic",), min_percent=1)
            assert unit.id not in {each.unit for each in found}
        add(memory, [("Екінші көпір де ашылды.", "Открыт и второй мост.")])
        assert again.catch_up() == 1
        assert "Екінші көпір де ашылды." in {memory.unit(number).kk for number, _ in again.nearest("көпір", 3)}
