"""Vectors kept on disk: they come back the same, whatever happens to the file."""

import logging
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aligner.encode import CachedEncoder, default_cache_dir


class CountingEncoder:
    """A vector that only the text decides, and a list of what was asked for."""

    def __init__(self, name: str = "counting@1", dimension: int = 8) -> None:
        self.name = name
        self.dimension = dimension
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.asked += texts
        rows = [self._vector(text) for text in texts]
        return np.array(rows, np.float32).reshape(len(texts), self.dimension)

    def _vector(self, text: str) -> np.ndarray:
        seed = list(f"{self.name} {text}".encode("utf-8", "surrogatepass"))
        vector = np.random.default_rng(seed).normal(size=self.dimension)
        return vector / np.linalg.norm(vector)


TEXTS = ["Ақорда", "Астана", "Ақорда", "", "1 000 теңге"]


def test_each_text_is_encoded_once(tmp_path: Path) -> None:
    inner = CountingEncoder()
    first = CachedEncoder(inner, tmp_path).encode(TEXTS)
    second = CachedEncoder(inner, tmp_path).encode(TEXTS)
    assert inner.asked == ["Ақорда", "Астана", "", "1 000 теңге"]
    assert np.array_equal(first, second)


def test_rounding_moves_no_vector(tmp_path: Path) -> None:
    inner = CountingEncoder(dimension=384)
    kept = CachedEncoder(inner, tmp_path).encode(TEXTS)
    assert kept.dtype == np.float32
    assert np.allclose(np.linalg.norm(kept, axis=1), 1, atol=1e-6)
    assert np.all((kept * inner.encode(TEXTS)).sum(axis=1) > 1 - 1e-6)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(batches=st.lists(st.lists(st.text(max_size=8), max_size=6), max_size=4))
def test_any_texts_in_any_order_come_back_the_same(tmp_path: Path, batches: list[list[str]]) -> None:
    cached = CachedEncoder(CountingEncoder(), tmp_path)
    known: dict[str, bytes] = {}
    for texts in batches:
        vectors = cached.encode(texts)
        assert vectors.shape == (len(texts), 8)
        for text, vector in zip(texts, vectors, strict=True):
            assert known.setdefault(text, vector.tobytes()) == vector.tobytes()


def test_encoders_do_not_share_vectors(tmp_path: Path) -> None:
    one, other = CountingEncoder("one@1"), CountingEncoder("other@1")
    CachedEncoder(one, tmp_path).encode(TEXTS)
    CachedEncoder(other, tmp_path).encode(TEXTS)
    assert other.asked == one.asked


def test_another_dimension_under_the_same_name_is_not_taken(tmp_path: Path) -> None:
    CachedEncoder(CountingEncoder(dimension=8), tmp_path).encode(["мәтін"])
    wider = CountingEncoder(dimension=16)
    assert CachedEncoder(wider, tmp_path).encode(["мәтін"]).shape == (1, 16)
    assert wider.asked == ["мәтін"]


def test_progress_counts_distinct_texts_up_to_all(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    cached = CachedEncoder(CountingEncoder(), tmp_path)
    cached.encode([str(number) for number in range(1_500)], lambda done, all_: told.append((done, all_)))
    assert told == [(0, 1_500), (1_024, 1_500), (1_500, 1_500)]


def test_what_was_done_before_a_stop_is_kept(tmp_path: Path) -> None:
    inner = CountingEncoder()

    def stop(done: int, _: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        CachedEncoder(inner, tmp_path).encode([str(number) for number in range(1_500)], stop)
    inner.asked.clear()
    CachedEncoder(inner, tmp_path).encode([str(number) for number in range(1_500)])
    assert len(inner.asked) == 1_500 - 1_024


def _break_header(path: Path) -> None:
    path.write_bytes(b"this is no database" * 500)


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2 - 100])


def _scramble(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[200 : len(data) - 200] = bytes(len(data) - 400)
    path.write_bytes(data)


def _drop_table(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("DROP TABLE vectors")
    connection.commit()
    connection.close()


def _other_layout(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()


def _flip_bits(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("UPDATE vectors SET vector = zeroblob(length(vector))")
    connection.commit()
    connection.close()


@pytest.mark.parametrize("damage", [_break_header, _truncate, _scramble, _drop_table, _other_layout, _flip_bits])
def test_a_damaged_file_costs_time_and_nothing_else(tmp_path: Path, damage) -> None:
    inner = CountingEncoder(dimension=384)
    texts = [str(number) for number in range(60)]
    cached = CachedEncoder(inner, tmp_path)
    before = cached.encode(texts)
    damage(cached.path)
    assert np.array_equal(CachedEncoder(inner, tmp_path).encode(texts), before)
    inner.asked.clear()
    assert np.array_equal(CachedEncoder(inner, tmp_path).encode(texts), before)
    assert inner.asked == []


def test_a_folder_that_cannot_be_made_is_done_without(tmp_path: Path, caplog) -> None:
    (tmp_path / "file").write_text("in the way")
    cached = CachedEncoder(CountingEncoder(), tmp_path / "file" / "cache")
    with caplog.at_level(logging.WARNING):
        assert cached.encode(TEXTS).shape == (5, 8)
    assert "not kept in this run" in caplog.text


def test_the_file_stays_under_its_cap(tmp_path: Path) -> None:
    inner = CountingEncoder(dimension=384)
    cached = CachedEncoder(inner, tmp_path, max_bytes=2_000_000)
    for start in range(0, 6_000, 1_000):
        cached.encode([str(number) for number in range(start, start + 1_000)])
    assert cached.path.stat().st_size < 3_000_000
    inner.asked.clear()
    cached.encode(["5999", "0"])
    assert inner.asked == ["0"]


def test_clear_forgets(tmp_path: Path) -> None:
    inner = CountingEncoder()
    cached = CachedEncoder(inner, tmp_path)
    cached.encode(TEXTS)
    cached.clear()
    inner.asked.clear()
    cached.encode(["Астана"])
    assert inner.asked == ["Астана"]


_PROCESS = """
import sys
sys.path.insert(0, {tests!r})
from pathlib import Path
from test_encode_cache import CountingEncoder
from aligner.encode import CachedEncoder
for start in range(0, 400, 20):
    CachedEncoder(CountingEncoder(), Path({folder!r})).encode([str(n) for n in range(start, start + 20)])
"""


def test_processes_share_one_file(tmp_path: Path) -> None:
    code = _PROCESS.format(tests=str(Path(__file__).parent), folder=str(tmp_path))
    root = Path(__file__).resolve().parents[1]
    runs = [subprocess.Popen([sys.executable, "-c", code], cwd=root, stderr=subprocess.PIPE) for _ in range(3)]
    for run in runs:
        _, errors = run.communicate()
        assert (run.returncode, errors) == (0, b"")
    inner = CountingEncoder()
    kept = CachedEncoder(inner, tmp_path).encode([str(number) for number in range(400)])
    assert inner.asked == []
    assert np.array_equal(kept, CachedEncoder(inner, tmp_path / "new").encode([str(n) for n in range(400)]))


def test_the_folder_can_be_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QOSTIL_CACHE_DIR", str(tmp_path / "here"))
    assert default_cache_dir() == tmp_path / "here"
    monkeypatch.delenv("QOSTIL_CACHE_DIR")
    assert "qostil" in str(default_cache_dir())
