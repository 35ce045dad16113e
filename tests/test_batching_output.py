"""aligner.batching.output: the memory in files of a size."""

import datetime as dt
from pathlib import Path

import pyarrow.parquet
import pytest
from batches import FigureEncoder, write_release

from aligner.batching import alone, run_batch, shards_of, survey_files, write_output, write_shards
from aligner.memory import Memory

NOW = dt.datetime(2026, 11, 22, 6, 0, tzinfo=dt.UTC)


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
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
