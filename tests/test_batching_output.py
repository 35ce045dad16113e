"""aligner.batching.output: the memory in files of a size."""

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest
from batches import FigureEncoder, write_release

import aligner.batching.output
from aligner.batching import alone, run_batch, shards_of, survey_files, write_output, write_shards
from aligner.errors import OutputError
from aligner.memory import Memory
from aligner.records import Unit

NOW = dt.datetime(2026, 11, 22, 6, 0, tzinfo=dt.UTC)


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    for number in range(4):
        write_release(tmp_path / "in", number, sentences=5)
    with Memory.open(tmp_path / "memory.db") as opened, alone(opened):
        run_batch(survey_files([tmp_path / "in"]), FigureEncoder(), opened, NOW)
        yield opened


@pytest.mark.parametrize(("size", "files"), [(7, [7, 7, 6]), (10, [10, 10]), (20, [20]), (100, [20])])
def test_shards_hold_what_one_file_holds(tmp_path: Path, memory: Memory, size: int, files: list[int]) -> None:
    path = tmp_path / "pairs.parquet"
    assert write_output(memory, path, "parquet", 0.0, "bare") == 20
    assert write_shards(memory, path, "parquet", 0.0, "bare", size) == 20
    rows = [pyarrow.parquet.read_table(each).to_pylist() for each in shards_of(path)]
    assert [len(each) for each in rows] == files
    assert [row for each in rows for row in each] == pyarrow.parquet.read_table(path).to_pylist()


def test_shards_of_a_longer_memory_go(tmp_path: Path, memory: Memory) -> None:
    path = tmp_path / "pairs.tsv"
    (tmp_path / "pairs-mine.tsv").write_text("my own\n", encoding="utf-8")
    write_shards(memory, path, "tsv", 0.0, "bare", 5)
    assert len(shards_of(path)) == 4
    write_shards(memory, path, "tsv", 1.0, "bare", 5)
    assert [each.name for each in shards_of(path)] == ["pairs-00000.tsv"]
    assert (tmp_path / "pairs-mine.tsv").exists()


def looks(path: Path) -> list[tuple[str, int, int]]:
    return [(each.name, each.stat().st_ino, each.stat().st_mtime_ns) for each in shards_of(path)]


def changed(memory: Memory) -> None:
    unit = next(iter(memory.stored_units([1])))
    memory.change_unit(unit.id, unit.revision, "me", NOW, kk=unit.kk + " Иә.")


@pytest.mark.parametrize("size", [7, 10])
def test_shards_that_say_it_already_are_left_alone(tmp_path: Path, memory: Memory, size: int) -> None:
    path = tmp_path / "pairs.tsv"
    write_shards(memory, path, "tsv", 0.0, "bare", size)
    first = looks(path)
    assert write_shards(memory, path, "tsv", 0.0, "bare", size) == 20
    assert looks(path) == first
    shards_of(path)[1].write_text("touched", encoding="utf-8")
    assert write_shards(memory, path, "tsv", 0.0, "bare", size) == 20
    again = looks(path)
    assert [old == new for old, new in zip(first, again, strict=True)] == [n != 1 for n in range(len(first))]
    assert b"touched" not in shards_of(path)[1].read_bytes()
    changed(memory)
    write_shards(memory, path, "tsv", 0.0, "bare", size)
    assert not {each[1:] for each in looks(path)} & {each[1:] for each in again}
    # Another size is another request.
    assert write_shards(memory, path, "tsv", 0.0, "bare", 4) == 20
    assert len(shards_of(path)) == 5


def test_a_run_that_was_cut_off_goes_on_with_the_next_shard(
    tmp_path: Path, memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tmp_path / "whole.tsv"
    write_shards(memory, whole, "tsv", 0.0, "bare", 6)
    path = tmp_path / "pairs.tsv"
    real = aligner.batching.output.export_units
    written: list[str] = []

    def failing(units: Iterable[Unit], target: Path, *rest: Any) -> int:
        written.append(target.name)
        if len(written) == 3:
            raise OutputError("the disk is full")
        return real(units, target, *rest)

    monkeypatch.setattr("aligner.batching.output.export_units", failing)
    (tmp_path / ".pairs-00002.tsv.0123abcd.part").write_bytes(b"half a shard")
    with pytest.raises(OutputError):
        write_shards(memory, path, "tsv", 0.0, "bare", 6)
    done = looks(path)
    assert len(done) == 2
    assert write_shards(memory, path, "tsv", 0.0, "bare", 6) == 20
    assert written[3:] == ["pairs-00002.tsv", "pairs-00003.tsv"]
    assert looks(path)[:2] == done
    assert [each.read_bytes() for each in shards_of(path)] == [each.read_bytes() for each in shards_of(whole)]
    assert not list(tmp_path.glob(".*.part"))


def test_what_a_person_changes_meanwhile_is_written_the_next_time(
    tmp_path: Path, memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "pairs.tsv"
    real = aligner.batching.output.export_units

    def disturbed(*arguments: Any) -> int:
        count = real(*arguments)
        changed(memory)
        return count

    monkeypatch.setattr("aligner.batching.output.export_units", disturbed)
    write_output(memory, path, "tsv", 0.0, "bare")
    monkeypatch.undo()
    assert "Иә." not in path.read_text(encoding="utf-8")
    write_output(memory, path, "tsv", 0.0, "bare")
    assert "Иә." in path.read_text(encoding="utf-8")


def test_an_empty_memory_is_one_empty_shard(tmp_path: Path) -> None:
    with Memory.open(tmp_path / "memory.db") as memory:
        assert write_shards(memory, tmp_path / "pairs.tsv", "tsv", 0.0, "bare", 5) == 0
        first = looks(tmp_path / "pairs.tsv")
        assert len(first) == 1
        assert write_shards(memory, tmp_path / "pairs.tsv", "tsv", 0.0, "bare", 5) == 0
        assert looks(tmp_path / "pairs.tsv") == first
