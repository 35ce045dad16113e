"""aligner.cluster: what Ray's workers make of a batch is what one process makes of it, whoever dies meanwhile."""

import contextlib
import datetime as dt
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from batches import FigureEncoder, texts_of, write_release
from cluster_encoders import BAD_WORD, FailingEncoder, OtherEncoder
from conftest import VECTORS
from typer.testing import CliRunner

import aligner.pair.candidates
from aligner.batching import BatchReport, alone, run_batch, shards_of, survey_files, write_output, write_shards
from aligner.cli import app
from aligner.cluster import cluster_workers
from aligner.encode import Encoder
from aligner.errors import ClusterError
from aligner.memory import Memory
from aligner.pipeline import Progress, recipe

needs_ray = pytest.mark.skipif(not find_spec("ray"), reason="Ray is not installed: pip install 'qostil[cluster]'")
NOW = dt.datetime(2026, 11, 22, 6, 0, tzinfo=dt.UTC)
LOOPBACK = {
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
    "RAY_AUTH_MODE": "disabled",
}
RELEASES = 24


def started_machine(cluster: Any, **options: Any) -> Any:
    """One more machine. Ray gives it half a minute to start, which is not enough where much else is going on."""
    for _ in range(2):
        with contextlib.suppress(Exception):
            return cluster.add_node(num_cpus=1, object_store_memory=100_000_000, **options)
    return cluster.add_node(num_cpus=1, object_store_memory=100_000_000, **options)


@pytest.fixture(scope="module")
def machines() -> Iterator[Any]:
    """A Ray cluster of one machine, to which this process is connected, and to which tests add others."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in LOOPBACK.items():
            patch.setenv(name, value)
        # Workers are started elsewhere, and must find the encoders of the tests.
        patch.setenv("PYTHONPATH", str(Path(__file__).parent))
        import ray
        from ray.cluster_utils import Cluster

        cluster = Cluster()
        started_machine(cluster, include_dashboard=False)
        ray.init(address=cluster.address, log_to_driver=False, logging_level="ERROR")
        yield cluster
        ray.shutdown()
        cluster.shutdown()


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    for number in range(RELEASES):
        write_release(folder, number)
    return folder


def run(
    place: Path, releases: Path, workers: Any = None, progress: Progress | None = None, store: str | None = None
) -> tuple[BatchReport, bytes]:
    """The report of a batch, and what it exports."""
    with Memory.open(store or place.with_suffix(".db")) as memory, alone(memory):
        report = run_batch(survey_files([releases]), FigureEncoder(), memory, NOW, progress, workers)
        write_output(memory, place, "tmx", 0.0, "bare")
    return report, place.read_bytes()


def cut_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a few texts make many shards."""
    monkeypatch.setattr("aligner.batching.intake._CHARACTERS_PER_CHUNK", 1_000)
    monkeypatch.setattr("aligner.cluster.workers._SEGMENTS_PER_SHARD", 30)
    monkeypatch.setattr(aligner.pair.candidates, "_QUERIES_AT_ONCE", 8)
    monkeypatch.setattr(aligner.pair.candidates, "_BASE_AT_ONCE", 10)


@needs_ray
def test_a_machine_that_is_lost_in_mid_run_changes_nothing(
    machines: Any, releases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_small(monkeypatch)
    _, expected = run(tmp_path / "plain.tmx", releases)
    second = started_machine(machines)
    lost: list[tuple[str, int]] = []

    def lose_it(what: str, done: int, total: int) -> None:
        if what == "aligning" and not lost:
            lost.append((what, total))
            machines.remove_node(second, allow_graceful=False)

    with cluster_workers("test", FigureEncoder, recipe(FigureEncoder()), 2) as workers:
        assert workers.gather(120)
        report, made = run(tmp_path / "cluster.tmx", releases, workers, lose_it)
    assert lost == [("aligning", RELEASES)]
    assert report.paired == RELEASES
    assert report.skipped == ()
    assert made == expected


@needs_ray
def test_into_postgresql_and_parquet_goes_the_same(
    machines: Any, releases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, postgres_dsn: str
) -> None:
    cut_small(monkeypatch)
    _, expected = run(tmp_path / "plain.tmx", releases)
    with cluster_workers("test", FigureEncoder, recipe(FigureEncoder()), 1) as workers:
        report, made = run(tmp_path / "cluster.tmx", releases, workers, store=postgres_dsn)
        again, _ = run(tmp_path / "cluster.tmx", releases, workers, store=postgres_dsn)
    assert (report.paired, report.skipped, made) == (RELEASES, (), expected)
    assert (again.paired, again.known_pairs) == (0, RELEASES)
    written = []
    for store in (tmp_path / "plain.db", postgres_dsn):
        with Memory.open(store) as memory:
            write_shards(memory, tmp_path / "pairs.parquet", "parquet", 0.0, "bare", 50)
        written.append({each.name: each.read_bytes() for each in shards_of(tmp_path / "pairs.parquet")})
    assert len(written[0]) == 3
    assert written[0] == written[1]


@needs_ray
def test_a_shard_that_fails_is_tried_again_then_listed(
    machines: Any, releases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_small(monkeypatch)
    bad = releases / "kk005.txt"
    bad.write_text(texts_of(5)[0] + f"{BAD_WORD} 10599 рет өтті.\n", encoding="utf-8")
    _, expected = run(tmp_path / "plain.tmx", releases)
    log, made_by = tmp_path / "failures.txt", recipe(FigureEncoder())

    with cluster_workers("test", partial(FailingEncoder, log, 2), made_by, 1) as workers:
        report, made = run(tmp_path / "twice.tmx", releases, workers)
    assert (report.skipped, made) == ((), expected)

    log.unlink()
    with cluster_workers("test", partial(FailingEncoder, log, 1_000), made_by, 1) as workers:
        report, made = run(tmp_path / "always.tmx", releases, workers)
    assert report.skipped == ((str(bad), "ValueError: no such word"),)
    assert report.paired == RELEASES - 1
    # Three times with the others of its shard, and once alone.
    assert log.read_text(encoding="utf-8").count("\n") == 4
    assert made != expected

    # The next batch reads it again, alone or on a cluster.
    report, _ = run(tmp_path / "always.tmx", releases)
    assert (report.paired, report.new, report.skipped) == (1, 1, ())

    with (
        cluster_workers("test", OtherEncoder, made_by, 1) as workers,
        pytest.raises(ClusterError, match="same encoder, on every machine"),
    ):
        run(tmp_path / "other.tmx", releases, workers)


@needs_ray
def test_the_command_on_a_local_cluster_writes_the_same_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoder: Encoder, use_in_commands: Callable[[Encoder], None]
) -> None:
    for number in range(4):
        write_release(tmp_path / "in", number, sentences=3)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    use_in_commands(encoder)
    words = ["batch", "in", "--min-score", "0", "-q", "-o"]
    assert CliRunner().invoke(app, [*words, "plain.tmx"]).exit_code == 0
    # This process has joined another cluster already.
    command = [sys.executable, "-m", "aligner", *words, "cluster.tmx", "--cluster", "local", "--workers", "2"]
    environment = {**os.environ, "QOSTIL_CACHE_DIR": str(VECTORS)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    made = Path("cluster.tmx").read_bytes()
    assert made == Path("plain.tmx").read_bytes()
    assert made.count(b"<tu ") >= 8


def test_without_ray_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_release(tmp_path / "in", 1)
    monkeypatch.setitem(sys.modules, "ray", None)
    result = CliRunner().invoke(
        app, ["batch", str(tmp_path / "in"), "-o", str(tmp_path / "m.tmx"), "--cluster", "local"]
    )
    assert "pip install 'qostil[cluster]'" in str(result.exception)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["in"]
