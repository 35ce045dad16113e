"""aligner.memory: what goes in comes out, once, and damage is told apart from emptiness."""

import datetime as dt
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from aligner.errors import StoreError
from aligner.memory import Addition, Memory, Totals
from aligner.memory.migrations import MIGRATIONS
from aligner.records import Document, DocumentPair, Paragraph, Unit

NOW = dt.datetime(2026, 11, 22, 10, 0, tzinfo=dt.UTC)


def document(language: str, name: str, *lines: str, part: int | None = None) -> Document:
    paragraphs = tuple(Paragraph(line, language) for line in lines)
    return Document(name, language, paragraphs, part=part, date=dt.date(2026, 5, 4))


PAIR = DocumentPair(document("kk", "а.txt", "Сәлем."), document("ru", "б.txt", "Привет."), 0.9)
UNITS = [
    Unit("Сәлем.", "Привет.", 0.9, "а.txt", "б.txt", dt.date(2026, 5, 4), (), None, "Рақмет.", None, "Спасибо."),
    Unit(
        "Рақмет.",
        "Спасибо.",
        0.6,
        "а.txt",
        "б.txt",
        dt.date(2026, 5, 4),
        ("length_ratio 2.1",),
        "Сәлем.",
        None,
        "Привет.",
        None,
    ),
]


def texts_of(memory: Memory, **selection) -> list[Unit]:
    """The units without what the memory adds to them."""
    return [replace(unit, creator=None, created=None, changed=None) for unit in memory.units(**selection)]


@pytest.fixture
def memory(memory_place: Path | str):
    with Memory.open(memory_place) as opened:
        yield opened


def test_what_goes_in_comes_out(memory: Memory) -> None:
    assert memory.add(PAIR, UNITS, "recipe", NOW) == Addition(2, 0, 0)
    assert texts_of(memory) == UNITS
    assert texts_of(memory, min_score=0.7) == UNITS[:1]
    assert memory.totals() == Totals(documents=2, pairs=1, units=2)
    assert memory.last_change() == NOW


def test_what_a_person_accepted_comes_out_whatever_its_score(memory: Memory) -> None:
    memory.add(PAIR, UNITS, "recipe", NOW)
    unit = memory.find(UNITS[1].kk, UNITS[1].ru)
    memory.change_unit(unit.id, unit.revision, "Айгүл", NOW, status="reviewed")
    assert [each.kk for each in memory.units(min_score=0.99)] == [UNITS[1].kk]


def test_the_same_pair_twice_changes_nothing(memory: Memory) -> None:
    memory.add(PAIR, UNITS, "recipe", NOW)
    before = texts_of(memory)
    assert memory.has_pair(PAIR, "recipe")
    assert memory.add(PAIR, UNITS, "recipe", NOW) == Addition(0, 2, 0)
    assert texts_of(memory) == before
    assert memory.totals() == Totals(2, 1, 2)


def test_another_recipe_or_text_is_new_work(memory: Memory) -> None:
    memory.add(PAIR, UNITS, "recipe", NOW)
    assert not memory.has_pair(PAIR, "another recipe")
    assert not memory.has_pair(replace(PAIR, ru=document("ru", "б.txt", "Здравствуйте.")), "recipe")


def test_a_corrected_release_takes_its_old_units_with_it(memory: Memory) -> None:
    memory.add(PAIR, UNITS, "recipe", NOW)
    corrected = replace(PAIR, ru=document("ru", "б.txt", "Здравствуйте."))
    unit = replace(UNITS[0], ru="Здравствуйте.")
    assert memory.add(corrected, [unit], "recipe", NOW) == Addition(1, 0, 2)
    assert [each.ru for each in memory.units()] == ["Здравствуйте."]


def test_a_unit_of_two_pairs_is_kept_once_and_by_its_better_score(memory: Memory) -> None:
    memory.add(PAIR, UNITS, "recipe", NOW)
    other = DocumentPair(document("kk", "в.txt", "Рақмет."), document("ru", "г.txt", "Спасибо."), 0.9)
    alone = {"previous_kk": None, "previous_ru": None}
    better = replace(UNITS[1], score=0.95, kk_source="в.txt", ru_source="г.txt", reasons=(), **alone)
    assert memory.add(other, [better], "recipe", NOW) == Addition(0, 1, 0)
    thanks = [each for each in texts_of(memory) if each.kk == "Рақмет."]
    assert thanks == [better]
    memory.add(other, [], "recipe", NOW)
    assert memory.totals().units == 2, "the first pair still has it"


def test_parts_of_a_dump_are_documents_of_their_own(memory: Memory) -> None:
    for part in (1, 2):
        pair = DocumentPair(
            document("kk", "д.txt", f"{part}", part=part), document("ru", "е.txt", f"{part}", part=part), 1
        )
        memory.add(pair, UNITS[:1], "recipe", NOW)
    assert memory.totals() == Totals(documents=4, pairs=2, units=1)


def test_an_addition_that_fails_leaves_nothing(memory: Memory) -> None:
    memory.add(PAIR, UNITS, "recipe", NOW)
    broken = replace(UNITS[0], kk="Сәлем\x00.")
    with pytest.raises(StoreError, match="NUL"):
        memory.add(replace(PAIR, score=0.1), [UNITS[0], broken], "recipe", NOW)
    assert texts_of(memory) == UNITS


def test_it_is_there_when_opened_again(tmp_path: Path) -> None:
    with Memory.open(tmp_path / "m.db") as memory:
        memory.add(PAIR, UNITS, "recipe", NOW)
    with Memory.open(tmp_path / "m.db") as memory:
        assert texts_of(memory) == UNITS


def test_files_that_are_no_memory_are_refused(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("бұл дерекқор емес, жай мәтін ғана " * 50, encoding="utf-8")
    with pytest.raises(StoreError, match="not a usable memory"):
        Memory.open(tmp_path / "text.db")
    with pytest.raises(StoreError, match="is a folder"):
        Memory.open(tmp_path)
    with pytest.raises(StoreError, match="can't be opened"):
        Memory.open(tmp_path / "no" / "such" / "folder.db")
    connection = sqlite3.connect(tmp_path / "foreign.db")
    connection.execute("CREATE TABLE notes (text)")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="not a qostil memory"):
        Memory.open(tmp_path / "foreign.db")


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    Memory.open(tmp_path / "m.db").close()
    connection = sqlite3.connect(tmp_path / "m.db")
    connection.execute("INSERT INTO migrations (name) VALUES ('9999_from_the_future')")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="newer qostil"):
        Memory.open(tmp_path / "m.db")


def test_migrations_have_names_in_order() -> None:
    names = [step.name for step in MIGRATIONS]
    assert names == sorted(set(names))
