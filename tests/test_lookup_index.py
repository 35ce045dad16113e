"""aligner.memory.lookup.index, segment, arrays_file: an index that is kept, damaged, foreign or shared."""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from memories import TEXTS, add, memory_of

from aligner.memory.lookup import Lookup
from aligner.memory.lookup.arrays_file import BrokenArraysError, read_arrays, write_arrays
from aligner.memory.lookup.index import Index, default_folder
from aligner.memory.lookup.segment import Segment, SegmentBuilder, merge_segments

_TEXTS = st.lists(st.text(st.sampled_from("аәқ 1,2.Б𐍈"), max_size=12), max_size=8)


def segment_of(texts: list[str], first: int = 0) -> Segment:
    builder = SegmentBuilder("kk")
    for number, text in enumerate(texts, first):
        builder.add(number, text)
    return builder.segment()


@given(_TEXTS, _TEXTS)
def test_merging_is_as_building_at_once(left: list[str], right: list[str]) -> None:
    parts = [segment_of(left), segment_of(right, len(left))]
    merged = merge_segments(parts, [np.ones(len(part), np.bool_) for part in parts])
    for name, array in segment_of(left + right).arrays().items():
        assert np.array_equal(array, merged.arrays()[name]), name


def test_what_is_not_kept_leaves_no_trace() -> None:
    whole = segment_of(["бір екі", "үш төрт бес", "алты"])
    kept = merge_segments([whole], [whole.unit_ids != 1])
    wanted = merge_segments([segment_of(["бір екі"]), segment_of(["алты"], 2)], [np.ones(1, np.bool_)] * 2)
    for name, array in wanted.arrays().items():
        assert np.array_equal(array, kept.arrays()[name]), name


def test_the_index_is_kept_and_taken_up_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with memory_of(tmp_path) as memory:
        Lookup(memory).close()
        assert default_folder(memory) == tmp_path / "memory.db.lookup"
        add(memory, [("Соңғы сөйлем.", "Последнее предложение.")])
        taken: list[int] = []
        original = SegmentBuilder.add
        monkeypatch.setattr(
            SegmentBuilder, "add", lambda self, unit, text: (taken.append(unit), original(self, unit, text))[1]
        )
        with Lookup(memory) as lookup:
            assert set(taken) == {len(TEXTS) + 1}
            assert lookup.lookup("Соңғы сөйлем.", "kk")[0].percent == 100
            assert lookup.lookup(TEXTS[0][0], "kk")[0].percent == 100


def test_another_memory_in_its_place_is_noticed(tmp_path: Path) -> None:
    with memory_of(tmp_path) as memory:
        Lookup(memory).close()
    for path in tmp_path.glob("memory.db*"):
        if path.is_file():
            path.unlink()
    with memory_of(tmp_path, [("Басқа жады.", "Другая память."), ("Тағы бірі.", "Ещё одна.")]) as memory:
        index = Index(memory, default_folder(memory))
        assert len(index) == 2


@pytest.mark.parametrize("harm", ["cut", "altered", "manifest", "gone"])
def test_a_damaged_index_is_made_anew(tmp_path: Path, harm: str, caplog: pytest.LogCaptureFixture) -> None:
    with memory_of(tmp_path) as memory:
        Lookup(memory).close()
        folder = default_folder(memory)
        arrays = next(folder.glob("kk-*.arrays"))
        if harm == "cut":
            arrays.write_bytes(arrays.read_bytes()[:1_000])
        elif harm == "altered":
            data = bytearray(arrays.read_bytes())
            data[-500:-300] = bytes(200)
            data[2_500:2_600] = b"\x07" * 100
            arrays.write_bytes(data)
        elif harm == "manifest":
            (folder / "manifest.json").write_text('{"version": 1, "parts": 3', encoding="utf-8")
        else:
            arrays.unlink()
        with caplog.at_level(logging.WARNING), Lookup(memory) as lookup:
            assert lookup.lookup(TEXTS[3][0], "kk")[0].percent == 100
        with Lookup(memory) as lookup:
            assert len(lookup.index) == len(TEXTS)


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "no-folder").write_text("a file", encoding="utf-8")
    with memory_of(tmp_path) as memory, caplog.at_level(logging.WARNING):
        with Lookup(memory, tmp_path / "no-folder") as lookup:
            assert lookup.lookup(TEXTS[0][0], "kk")[0].percent == 100
        assert "can't be kept" in caplog.text


def test_an_older_index_does_not_overwrite_a_newer_one(tmp_path: Path) -> None:
    with memory_of(tmp_path) as memory:
        folder = default_folder(memory)
        first, second = Index(memory, folder), Index(memory, folder)
        add(memory, [("Екінші.", "Второе.")])
        second.catch_up()
        second.save()
        manifest = (folder / "manifest.json").read_text(encoding="utf-8")
        first.catch_up()
        first.save()
        assert (folder / "manifest.json").read_text(encoding="utf-8") == manifest
        assert len(first) == len(Index(memory, folder)) == len(TEXTS) + 1


def test_arrays_come_back_as_they_were(tmp_path: Path) -> None:
    arrays = {"a": np.arange(5, dtype=np.int64), "none": np.zeros(0, np.uint16), "b": np.array([7], np.uint8)}
    write_arrays(tmp_path / "x", arrays)
    found = read_arrays(tmp_path / "x", is_checked=True)
    assert all(
        np.array_equal(found[name], array) and found[name].dtype == array.dtype for name, array in arrays.items()
    )
    (tmp_path / "x").write_bytes(b"not ours, but long enough to have a head of twenty bytes")
    with pytest.raises(BrokenArraysError):
        read_arrays(tmp_path / "x", is_checked=True)
