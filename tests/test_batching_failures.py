"""aligner.batching: a batch that is killed at any moment goes on to the very same memory; two at once don't meet."""

import datetime as dt
import os
import time
from pathlib import Path

import pytest
from batches import FigureEncoder
from killing import PAIRS, finished, outcome_of, rounds_of_kills, said, start, write_inputs

from aligner.batching import alone, run_batch, survey_files
from aligner.errors import StoreError, StoreLockedError
from aligner.memory import Memory
from aligner.memory.locks import held_file, lock_beside

NOW = dt.datetime(2026, 11, 22, 6, 0, tzinfo=dt.UTC)
KILLS = int(os.environ.get("QOSTIL_KILLS", "6"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_inputs(tmp_path)
    return tmp_path


def test_killed_at_any_moment_it_goes_on_to_the_same_memory(folder: Path) -> None:
    """`QOSTIL_KILLS=100` kills a hundred times; `python -m benchmarks.kills` does, too, and writes down at what."""
    # The first process pays for loading everything.
    assert finished(start(folder / "first")) == 0, said(folder / "first")
    started = time.monotonic()
    assert finished(start(folder / "whole")) == 0, said(folder / "whole")
    seconds = time.monotonic() - started
    expected = outcome_of(folder / "whole")
    assert expected.totals.pairs == PAIRS
    assert expected.problems == ()
    assert expected.files == {"memory.db", "memory.tmx", "cache", "said.txt"}
    for _, outcome in rounds_of_kills(folder, KILLS, seconds):
        assert outcome == expected


def test_two_batches_at_once(folder: Path, memory_place: Path | str, tmp_path: Path) -> None:
    with Memory.open(memory_place) as memory, alone(memory):
        with (
            pytest.raises(StoreLockedError, match=rf"another batch is at work on it \(pid {os.getpid()} on "),
            alone(memory),
        ):
            pass
        place = ["--memory", str(memory_place)]
        assert finished(start(folder / "whole", *place)) == 1
        assert f"pid {os.getpid()} on" in said(folder / "whole")
        assert memory.totals().pairs == 0
    assert finished(start(folder / "whole", *place)) == 0, said(folder / "whole")


def test_a_lock_that_was_left_is_in_nobodys_way(tmp_path: Path) -> None:
    lock_beside(tmp_path / "m.db").write_text("pid 1 on a machine that was switched off", encoding="utf-8")
    with Memory.open(tmp_path / "m.db") as memory:
        with alone(memory):
            pass
        assert sorted(path.name for path in tmp_path.iterdir() if "lock" in path.name) == []


def test_a_lock_whose_file_is_taken_away_is_taken_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / ".m.db.lock"
    real = os.fstat
    lost = []

    def once_lost(descriptor: int) -> os.stat_result:
        if not lost:
            lost.append(path.unlink())
        return real(descriptor)

    monkeypatch.setattr("aligner.memory.locks.os.fstat", once_lost)
    with held_file(path, "m.db", "me"):
        assert path.read_text() == "me"
        with pytest.raises(StoreLockedError, match="me"), held_file(path, "m.db", "you"):
            pass


def test_a_folder_where_no_lock_can_be(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="the lock can't be made"), held_file(tmp_path / "no" / "lock", "m.db", "me"):
        pass


def test_a_batch_in_postgresql_is_the_same(folder: Path, postgres_dsn: str, tmp_path: Path) -> None:
    looked = survey_files([folder / "in"])
    with Memory.open(postgres_dsn) as memory, alone(memory):
        report = run_batch(looked, FigureEncoder(), memory, NOW)
        again = run_batch(looked, FigureEncoder(), memory, NOW)
        units = list(memory.units())
        memory.backup(tmp_path / "copy.db")
    with Memory.open(tmp_path / "m.db") as memory, alone(memory):
        assert run_batch(looked, FigureEncoder(), memory, NOW).pairs == report.pairs
        assert list(memory.units()) == units
    assert (again.paired, again.known_pairs, again.unchanged) == (0, 13, again.documents + 2)
    with Memory.open(tmp_path / "copy.db") as memory, alone(memory):
        assert run_batch(looked, FigureEncoder(), memory, NOW).paired == 0, "the ledger is in the backup"
