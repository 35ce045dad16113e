"""aligner.memory.migrations: a memory of every earlier version opens, and says what it said."""

import datetime as dt
import sqlite3
from pathlib import Path

import pytest
from postgres_server import create_database

from aligner.errors import StoreError
from aligner.memory import Context, Memory
from aligner.memory.migrations import MIGRATIONS, later_than
from aligner.memory.sqlite_engine import SqliteEngine
from aligner.records import Unit

NOW = dt.datetime(2026, 11, 22, 10, 0, tzinfo=dt.UTC)


def made_by(version: int, path: Path) -> sqlite3.Connection:
    """A file as the first `version` steps leave it."""
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE migrations (id INTEGER PRIMARY KEY, name TEXT UNIQUE)")
    for step in MIGRATIONS[:version]:
        connection.executescript(step.sqlite)
        connection.execute("INSERT INTO migrations (name) VALUES (?)", (step.name,))
    connection.commit()
    return connection


def fill_first(connection: sqlite3.Connection) -> None:
    connection.executescript(
        """
        INSERT INTO documents VALUES (1, '/a/kk.txt', 'kk.txt', 'kk', 'd1', NULL, '2026-05-04');
        INSERT INTO documents VALUES (2, '/a/ru.txt', 'ru.txt', 'ru', 'd2', 'Заголовок', NULL);
        INSERT INTO documents VALUES (5, '/b/kk.txt', 'b/kk.txt', 'kk', 'd3', NULL, NULL);
        INSERT INTO documents VALUES (6, '/b/ru.txt', 'b/ru.txt', 'ru', 'd4', NULL, NULL);
        INSERT INTO pairs VALUES (1, 1, 2, 0.9, 'recipe', '2026-11-22T10:00:00+00:00');
        INSERT INTO pairs VALUES (3, 5, 6, 0.8, 'recipe', '2026-11-23T10:00:00+00:00');
        """
    )
    units = [(7, "Сәлем.", "Привет."), (9, "Рақмет.", "Спасибо.")]
    for number, kk, ru in units:
        connection.execute("INSERT INTO units VALUES (?, ?, ?, ?)", (number, SHA[kk], kk, ru))
    rows = [
        (1, 0, 7, 0.9, "[]", None, "Рақмет.", None, "Спасибо."),
        (1, 1, 9, 0.6, '["length_ratio 2.1"]', "Сәлем.", None, "Привет.", None),
        (3, 0, 9, 0.95, "[]", None, None, None, None),
    ]
    connection.executemany("INSERT INTO occurrences VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    connection.commit()


# What version 0001 stored: the first 32 digits of SHA-256 over both texts with a NUL between them.
SHA = {"Сәлем.": "0a37c7a86d84523fbf31da469abb1d90", "Рақмет.": "02f0429f223dd9468117afcd1287958d"}


def test_a_memory_of_version_0001_opens_with_all_it_held(tmp_path: Path) -> None:
    connection = made_by(1, tmp_path / "m.db")
    fill_first(connection)
    connection.close()
    with Memory.open(tmp_path / "m.db") as memory:
        assert not memory.check()
        first, second = memory.units()
        assert (first.kk, first.score, first.kk_source, first.next_kk) == ("Сәлем.", 0.9, "kk.txt", "Рақмет.")
        assert (second.kk, second.score, second.reasons, second.kk_source) == ("Рақмет.", 0.95, (), "b/kk.txt")
        unit = memory.find("Рақмет.", "Спасибо.")
        assert (unit.id, unit.status, unit.creator) == (9, "automatic", "qostil")
        assert unit.created.day == 22
        assert memory.contexts_of([9])[9] == [Context(previous_kk="Сәлем.", previous_ru="Привет."), Context()]
        assert [each.beads for each in memory.pairs()] == [2, 1]
        assert [bead.kk_text for bead in memory.pair(1).beads] == ["Сәлем.", "Рақмет."]
        assert memory.pair(1).kk_segments == ()
        assert {unit.id for unit in memory.changed_units(0)} == {7, 9}
        assert memory.seq() >= 1
        pair = memory.pair(3)
        memory.remove_pair(3, pair.revision, "Айгүл", unit.created)
        assert memory.find("Рақмет.", "Спасибо.").score == 0.6
        memory.undo("Айгүл", unit.created)
        assert memory.find("Рақмет.", "Спасибо.").score == 0.95


@pytest.mark.parametrize("version", range(len(MIGRATIONS) + 1))
def test_every_earlier_version_becomes_the_newest(tmp_path: Path, version: int) -> None:
    made_by(version, tmp_path / "old.db").close()
    Memory.open(tmp_path / "old.db").close()
    Memory.open(tmp_path / "new.db").close()
    assert schema(tmp_path / "old.db") == schema(tmp_path / "new.db")


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS) + 1))
def test_every_earlier_version_in_postgresql_becomes_the_newest(postgres_folder: str, version: int) -> None:
    import psycopg

    old, new = (create_database(postgres_folder, f"{age}{version}") for age in ("old", "new"))
    with psycopg.connect(old) as connection:
        connection.execute(
            "CREATE TABLE migrations (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name TEXT UNIQUE)"
        )
        for step in MIGRATIONS[:version]:
            if step.postgresql.strip():
                connection.execute(step.postgresql.encode())
            connection.execute("INSERT INTO migrations (name) VALUES (%s)", (step.name,))
    for place in (old, new):
        with Memory.open(place) as memory:
            assert memory.add_units([Unit("Сәлем.", "Привет.", 0.9)], "a.tmx", "Айгүл", NOW).units_added == 1
            assert not memory.check()
    assert server_schema(old) == server_schema(new)


def server_schema(place: str) -> list[tuple[str, ...]]:
    import psycopg

    with psycopg.connect(place) as connection:
        return [
            *connection.execute(
                "SELECT table_name, column_name, data_type, is_nullable, column_default "
                "FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, column_name"
            ),
            *connection.execute("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexname"),
            *connection.execute("SELECT name FROM migrations ORDER BY name"),
        ]


def schema(path: Path) -> list[tuple[str, ...]]:
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE name <> 'migrations' ORDER BY name")
    found = rows.fetchall()
    names = connection.execute("SELECT name FROM migrations ORDER BY id").fetchall()
    connection.close()
    return [*found, *names]


def test_a_step_that_fails_leaves_the_memory_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = made_by(1, tmp_path / "m.db")
    fill_first(connection)
    connection.close()
    before = schema(tmp_path / "m.db")
    broken = MIGRATIONS[1]._replace(sqlite=MIGRATIONS[1].sqlite + "INSERT INTO nowhere VALUES (1);")
    with monkeypatch.context() as patch:
        patch.setattr("aligner.memory.migrations.MIGRATIONS", (MIGRATIONS[0], broken))
        engine = SqliteEngine(tmp_path / "m.db", 1.0)
        with pytest.raises(StoreError):
            engine.migrate()
        engine.close()
    assert schema(tmp_path / "m.db") == before
    Memory.open(tmp_path / "m.db").close()


def test_triggers_are_one_statement(tmp_path: Path) -> None:
    from aligner.memory.sqlite_engine import _statements

    script = "CREATE TABLE a (b); CREATE TRIGGER c AFTER INSERT ON a BEGIN DELETE FROM a; SELECT ';'; END;\n"
    assert len(list(_statements(script))) == 2


def test_steps_are_taken_in_order() -> None:
    assert [step.name for step in later_than([])] == sorted(step.name for step in MIGRATIONS)
    assert later_than([step.name for step in MIGRATIONS]) == []
