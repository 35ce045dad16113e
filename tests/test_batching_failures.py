"""aligner.batching: a batch that is killed at any moment goes on to the very same memory; two at once don't meet."""

import datetime as dt
import multiprocessing
import os
import random
import signal
import time
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from batches import FigureEncoder, batch_command, texts_of, write_release

from aligner.batching import alone, run_batch, survey_files
from aligner.errors import StoreError, StoreLockedError
from aligner.memory import Memory
from aligner.memory.locks import held_file, lock_beside

NOW = dt.datetime(2026, 11, 22, 6, 0, tzinfo=dt.UTC)
KILLS = int(os.environ.get("QOSTIL_KILLS", "6"))
KILLS_A_MEMORY = 3

# Forked from a process that has loaded everything, a command takes half a second and not three.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["batches", "aligner.cli", "aligner.batching", "faiss", "scipy.optimize", "nltk"])


def start(folder: Path, *words: str, at: int = 1_780_000_000) -> BaseProcess:
    """`qostil batch IN -o memory.tmx` in `folder`, begun at this time."""
    environment = {"QOSTIL_CACHE_DIR": str(folder / "cache"), "SOURCE_DATE_EPOCH": str(at)}
    command = [str(folder.parent / "in"), "-o", str(folder / "memory.tmx"), *words]
    process = PROCESSES.Process(target=batch_command, args=(command, environment, folder / "said.txt"))
    process.start()
    return process


def finished(process: BaseProcess) -> int | None:
    process.join(120)
    return process.exitcode


def said(folder: Path) -> str:
    return (folder / "said.txt").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(16):
        write_release(tmp_path / "in", number, ("kk ru", "kk ru", "kk ru", "ru")[number % 4])
    # A dump, and texts that are aligned already.
    (tmp_path / "in" / "dump.txt").write_text("\n///".join(texts_of(n)[0] for n in range(40, 45)), encoding="utf-8")
    pairs = zip(*(text.splitlines() for text in texts_of(50, 12)), strict=True)
    (tmp_path / "in" / "table.tsv").write_text("\n".join("\t".join(pair) for pair in pairs), encoding="utf-8")
    (tmp_path / "whole").mkdir()
    return tmp_path


def test_killed_at_any_moment_it_goes_on_to_the_same_memory(folder: Path) -> None:
    """`QOSTIL_KILLS=100` kills a hundred times."""
    (folder / "first").mkdir()
    # The first process pays for loading everything.
    assert finished(start(folder / "first")) == 0, said(folder / "first")
    started = time.monotonic()
    assert finished(start(folder / "whole")) == 0, said(folder / "whole")
    seconds = time.monotonic() - started
    expected = (folder / "whole" / "memory.tmx").read_bytes()
    with Memory.open(folder / "whole" / "memory.db") as memory:
        totals = memory.totals()
        changes = [(change.what, change.at) for change in memory.history(limit=1_000)]
    assert totals.pairs == 12 + 1
    chance, kills, rounds = random.Random(7), 0, 0
    while kills < KILLS:
        rounds += 1
        own = folder / f"killed{rounds}"
        own.mkdir()
        for _ in range(KILLS_A_MEMORY):
            process = start(own)
            time.sleep(chance.uniform(0.0, seconds))
            if process.is_alive():
                os.kill(process.pid, signal.SIGKILL)
                kills += 1
            process.join()
            assert process.exitcode in (0, -signal.SIGKILL), said(own)
        # Later by the clock: it goes on in the name of the batch that was cut off, if that had begun.
        assert finished(start(own)) == 0, said(own)
        assert (own / "memory.tmx").read_bytes() == expected
        with Memory.open(own / "memory.db") as memory:
            assert memory.totals() == totals
            assert [(change.what, change.at) for change in memory.history(limit=1_000)] == changes
            assert not memory.check()
        assert {path.name for path in own.iterdir()} == {"memory.db", "memory.tmx", "cache", "said.txt"}


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
