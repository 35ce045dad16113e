"""aligner.memory: units that are imported, judged, merged and taken back, on either engine."""

import datetime as dt
import gc
from collections.abc import Iterator
from dataclasses import replace

import pytest

from aligner.errors import FormatError, StoreError
from aligner.memory import Addition, Memory
from aligner.memory import bulk as bulk_module
from aligner.memory.duplicates import plain_form
from aligner.records import Unit

NOW = dt.datetime(2026, 11, 22, 10, 0, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(days=1)
UNITS = [
    Unit("Келісімшартқа қол қойылды.", "Контракт подписан.", 0.9, previous_kk="Алдыңғы.", next_ru="Дальше."),
    Unit("Рақмет.", "Спасибо.", 0.7, reasons=("length_ratio 2.1",), note="ескі", status="reviewed", reviewer="Болат"),
]


@pytest.fixture
def memory(memory_place):
    with Memory.open(memory_place) as opened:
        yield opened


def many(count: int, salt: str = "") -> Iterator[Unit]:
    return (Unit(f"Сөйлем {salt}{number}.", f"Предложение {salt}{number}.", 0.9) for number in range(count))


def test_what_is_imported_comes_out_with_all_it_said(memory: Memory) -> None:
    assert memory.add_units(UNITS, "old.tmx", "Айгүл", NOW) == Addition(2, 0)
    made = {"creator": "Айгүл", "created": NOW, "changed": NOW, "kk_source": "old.tmx", "ru_source": "old.tmx"}
    assert list(memory.units()) == [replace(unit, **made) for unit in UNITS]
    unit = memory.find("Келісімшартқа қол қойылды.", "Контракт подписан.")
    ((context,),) = memory.contexts_of([unit.id]).values()
    assert (context.previous_kk, context.next_ru) == ("Алдыңғы.", "Дальше.")
    (source,) = memory.sources_of(unit.id)
    assert (source.source, source.pair) == ("old.tmx", None)
    assert memory.last_change() == NOW
    assert not memory.check()


def test_the_same_import_twice_changes_nothing(memory: Memory) -> None:
    memory.add_units(UNITS, "old.tmx", "Айгүл", NOW)
    changes, seq = memory.history(), memory.seq()
    assert memory.add_units(UNITS, "old.tmx", "Айгүл", LATER) == Addition(0, 2)
    assert (memory.history(), memory.seq()) == (changes, seq)
    assert memory.add_units(UNITS, "other.tmx", "Айгүл", LATER) == Addition(0, 2)
    assert len(memory.sources_of(memory.find(UNITS[0].kk, UNITS[0].ru).id)) == 2


def test_a_unit_takes_the_best_that_is_said_of_it(memory: Memory) -> None:
    memory.add_units(UNITS, "old.tmx", "Айгүл", NOW)
    memory.add_units([replace(UNITS[0], score=0.95, status="reviewed", reviewer="Болат")], "new.tmx", "Айгүл", LATER)
    unit = memory.find(UNITS[0].kk, UNITS[0].ru)
    assert (unit.score, unit.status, unit.reviewer) == (0.95, "reviewed", "Болат")
    memory.undo("Айгүл", LATER)
    unit = memory.find(UNITS[0].kk, UNITS[0].ru)
    assert (unit.score, unit.status, unit.reviewer) == (0.9, "automatic", None)


def test_an_import_in_many_parts_is_one_change(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_module, "UNITS_PER_WRITE", 10)
    seen = []
    assert memory.add_units(many(35), "old.tmx", "Айгүл", NOW, lambda *step: seen.append(step)) == Addition(35, 0)
    assert seen[-1] == ("importing", 35, 0)
    (change,) = memory.history()
    assert change.after["import"] == {"source": "old.tmx", "units": 35, "is_finished": True}
    assert memory.undo("Айгүл", LATER).id == change.id
    assert memory.totals().units == 0
    assert memory.undo("Айгүл", LATER) is None
    assert memory.redo("Айгүл", LATER).id == change.id
    assert memory.totals().units == 35
    assert memory.redo("Айгүл", LATER) is None
    assert memory.undo("Айгүл", LATER).id == change.id
    assert memory.add_units(many(35), "old.tmx", "Айгүл", NOW).units_added == 35
    assert memory.redo("Айгүл", LATER) is None, "a new change ends what can be redone"
    assert not memory.check()


def test_an_import_comes_back_with_all_it_said(memory: Memory) -> None:
    memory.add_units(UNITS[:1], "other.tmx", "Болат", NOW)
    memory.add_units([replace(UNITS[0], score=0.95), UNITS[1]], "old.tmx", "Айгүл", NOW)
    known = memory.find(UNITS[1].kk, UNITS[1].ru)
    memory.change_unit(known.id, known.revision, "Болат", NOW, note="тексерілді")
    memory.undo("Айгүл", NOW)
    before = (list(memory.units()), memory.find(UNITS[1].kk, UNITS[1].ru).id, memory.sources_of(known.id))
    for _ in range(2):
        assert memory.undo("Айгүл", LATER).what == "import"
        assert [unit.score for unit in memory.units()] == [0.9], "what another file says stays"
        assert memory.redo("Айгүл", LATER).what == "import"
        after = (list(memory.units()), memory.find(UNITS[1].kk, UNITS[1].ru).id, memory.sources_of(known.id))
        assert [replace(unit, changed=NOW) for unit in after[0]] == [replace(unit, changed=NOW) for unit in before[0]]
        assert after[1:] == before[1:]
        assert not memory.check()


def test_an_undo_and_a_redo_that_are_cut_off_can_be_taken_back_and_done(
    memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_module, "UNITS_PER_WRITE", 10)
    memory.add_units(many(30), "old.tmx", "Айгүл", NOW)

    def stop(*step: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        memory.undo("Айгүл", LATER, progress=stop)
    assert memory.totals().units == 20
    (problem,) = memory.check()
    assert "undo of the import of old.tmx was cut off" in problem.problem
    memory.undo("Айгүл", LATER)
    assert (memory.totals().units, memory.check()) == (0, [])
    with pytest.raises(KeyboardInterrupt):
        memory.redo("Айгүл", LATER, progress=stop)
    assert memory.totals().units == 10
    (problem,) = memory.check()
    assert "redo of the import of old.tmx was cut off" in problem.problem
    assert memory.undo("Айгүл", LATER).what == "import"
    assert (memory.totals().units, memory.check()) == (0, [])
    memory.redo("Айгүл", LATER)
    assert (memory.totals().units, memory.check()) == (30, [])


def test_what_can_not_be_redone_any_more_gives_its_room_back(memory: Memory) -> None:
    def kept() -> int:
        with memory.engine.reading() as session:
            return session.execute("SELECT count(*) FROM removed_beads")[0][0]

    memory.add_units(many(20), "old.tmx", "Айгүл", NOW)
    memory.undo("Айгүл", NOW)
    memory.vacuum()
    assert kept() == 20
    memory.add_units(UNITS, "new.tmx", "Айгүл", NOW)
    memory.vacuum()
    assert kept() == 0
    memory.undo("Айгүл", LATER)
    with memory.engine.writing() as session:
        session.execute("DELETE FROM removed_beads")
    with pytest.raises(StoreError, match="import the file again"):
        memory.redo("Айгүл", LATER)


def test_a_file_that_breaks_in_the_middle_leaves_nothing(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_module, "UNITS_PER_WRITE", 10)
    memory.add_units(UNITS, "good.tmx", "Айгүл", NOW)

    def breaking() -> Iterator[Unit]:
        yield from many(25)
        raise FormatError("bad.tmx", "is cut off")

    with pytest.raises(FormatError):
        memory.add_units(breaking(), "bad.tmx", "Айгүл", NOW)
    assert [unit.kk for unit in memory.units()] == [unit.kk for unit in UNITS]
    assert not memory.check()
    with pytest.raises(StoreError, match="import the file again"):
        memory.redo("Айгүл", LATER)


def test_what_was_stopped_is_shown_and_goes_on(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_module, "UNITS_PER_WRITE", 10)

    def stopped() -> Iterator[Unit]:
        yield from many(25)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        memory.add_units(stopped(), "old.tmx", "Айгүл", NOW)
    assert memory.totals().units == 20
    (problem,) = memory.check()
    assert "cut off after 20 units" in problem.problem
    assert memory.add_units(many(35), "other.tmx", "Айгүл", LATER) == Addition(15, 20)
    assert memory.check() == [problem], "what another file brought is no going on"
    assert memory.add_units(many(35), "old.tmx", "Айгүл", LATER) == Addition(0, 35)
    assert not memory.check()
    memory.undo("Айгүл", LATER)
    assert memory.check() == [problem]
    memory.redo("Айгүл", LATER)
    assert not memory.check()
    while memory.undo("Айгүл", LATER):
        pass
    assert (memory.totals().units, memory.check()) == (0, [])


def test_what_was_stopped_when_nothing_new_was_left_goes_on_in_nothing(
    memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_module, "UNITS_PER_WRITE", 10)

    def stopped() -> Iterator[Unit]:
        yield from many(10)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        memory.add_units(stopped(), "old.tmx", "Айгүл", NOW)
    assert "cut off after 10 units" in memory.check()[0].problem
    assert memory.add_units(many(10), "old.tmx", "Айгүл", LATER) == Addition(0, 10)
    assert (len(memory.history()), memory.check()) == (1, [])


def test_units_are_judged_and_annotated(memory: Memory) -> None:
    memory.add_units(UNITS, "old.tmx", "Айгүл", NOW)
    unit = memory.find(UNITS[0].kk, UNITS[0].ru)
    after = memory.change_unit(unit.id, unit.revision, "Болат", LATER, status="rejected", note="қате")
    assert (after.status, after.reviewer, after.note, after.changed) == ("rejected", "Болат", "қате", LATER)
    assert after.revision > unit.revision
    assert [each.kk for each in memory.units()] == ["Рақмет."]
    after = memory.change_unit(unit.id, after.revision, "Болат", LATER, note="")
    assert after.note is None
    memory.undo("Болат", LATER)
    memory.undo("Болат", LATER)
    again = memory.unit(unit.id)
    assert (again.status, again.note, again.reviewer) == ("automatic", None, None)
    assert again.revision > after.revision, "a revision never comes back"
    assert [change.unit for change in memory.history(unit=unit.id)] == [unit.id] * 4


def test_duplicates_are_merged_into_the_best(memory: Memory) -> None:
    memory.add_units(
        [
            Unit("«Үздік ұстаз» байқауы – өтті.", "Прошёл конкурс «Лучший учитель».", 0.9),
            Unit(
                "“Үздік ұстаз”  байқауы - өтті.",
                "Прошёл конкурс „Лучший учитель“.",
                0.5,
                status="reviewed",
                reviewer="Болат",
            ),
            Unit("Үздік ұстаз байқауы өтті.", "Прошёл конкурс Лучший учитель.", 0.9),
        ],
        "a.tmx",
        "Айгүл",
        NOW,
    )
    memory.add_units(
        [Unit("«Үздік ұстаз» байқауы – өтті.", "Прошёл конкурс «Лучший учитель».", 0.9)], "b.tmx", "А", NOW
    )
    before = list(memory.units())
    assert memory.dedupe("Айгүл", LATER) == 1
    assert memory.dedupe("Айгүл", LATER) == 0
    other, best = sorted(memory.units(), key=lambda unit: unit.status)
    assert (best.kk, best.status) == ("“Үздік ұстаз”  байқауы - өтті.", "reviewed")
    assert other.kk == "Үздік ұстаз байқауы өтті."
    sources = memory.sources_of(memory.find(best.kk, best.ru).id)
    assert {source.source for source in sources} == {"a.tmx", "b.tmx"}
    memory.undo("Айгүл", LATER)
    assert [(each.kk, each.status) for each in memory.units()] == [(each.kk, each.status) for each in before]
    assert not memory.check()


def test_plain_forms() -> None:
    assert plain_form(" «А» —\u00a0б…\u200b ") == '"А" - б...'
    assert plain_form("А") != plain_form("а")


def test_statistics(memory: Memory) -> None:
    memory.add_units([*UNITS, Unit("Рақмет.", "Благодарю.", 1.0), Unit("Бос.", "Пусто.", 0.05)], "old.tmx", "А", NOW)
    found = memory.statistics()
    assert (found.totals.units, found.kk_repeated, found.ru_repeated) == (4, 1, 0)
    assert found.scores == (1, 0, 0, 0, 0, 0, 0, 1, 0, 2)
    assert found.sources == {"old.tmx": 4}
    assert (found.kk_characters, found.size_bytes > 0) == (26 + 7 + 7 + 4, True)


def test_a_backup_is_a_memory_of_its_own(memory: Memory, tmp_path) -> None:
    memory.add_units(UNITS, "old.tmx", "Айгүл", NOW)
    target = tmp_path / "backup.db"
    memory.backup(target)
    with pytest.raises(StoreError, match="overwrites nothing"):
        memory.backup(target)
    with pytest.raises(StoreError, match="no folder"):
        memory.backup(tmp_path / "no" / "backup.db")
    memory.add_units(many(3), "new.tmx", "Айгүл", LATER)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith((".", "backup"))] == ["backup.db"]
    with Memory.open(target) as copy:
        assert [unit.kk for unit in copy.units()] == [unit.kk for unit in UNITS]
        assert [change.what for change in copy.history()] == ["import"]
        assert not copy.check()
        copy.add_units(many(1), "new.tmx", "Айгүл", LATER)
        copy.undo("Айгүл", LATER)
        copy.undo("Айгүл", LATER)
        assert copy.totals().units == 0


def test_room_is_given_back(memory: Memory) -> None:
    memory.add_units(many(3000), "old.tmx", "Айгүл", NOW)
    memory.undo("Айгүл", LATER)
    before, after = memory.vacuum()
    assert after < before


def test_a_closed_memory_says_so(memory: Memory) -> None:
    memory.close()
    with pytest.raises(StoreError, match="closed"):
        memory.totals()


def test_a_reading_left_in_the_middle_may_outlive_the_memory(memory: Memory) -> None:
    """A complaint where nobody can catch it would be a warning, and warnings fail."""
    memory.add_units(many(3000), "old.tmx", "Айгүл", NOW)
    units = memory.units()
    next(units)
    memory.close()
    del units
    gc.collect()


def test_an_iteration_sees_one_moment(memory: Memory) -> None:
    memory.add_units(many(2500), "old.tmx", "Айгүл", NOW)
    units = memory.units()
    next(units)
    memory.add_units(many(10, "жаңа "), "new.tmx", "Айгүл", NOW)
    assert sum(1 for _ in units) == 2499
    units.close()
