"""Whole batches: how long each stage takes, how little the second run does, and how much memory there is to it.

usage: python -m benchmarks.batch [--pairs N] [--large N] [--peer-pairs N] [--stand-in] [--scratch FOLDER] [--no-write]

`--pairs` releases in both languages (`benchmarks/batch_corpus.py`: twenty sentences on each side, made of the sample
and the gold sets, half of the files pages) go through `qostil batch` cold: no memory, no kept vectors. Then through the
same command again, as cron would call it, start of Python and all. `--large` releases show whether memory stays flat
(0 leaves them out); nothing else is kept of them.

The peer is the same work with a model of LaBSE's shape (`benchmarks/encoder.py`) and Bertalign's way of encoding: every
run of one to four neighbouring sentences as a text of its own (Liu & Zhu 2022, doi:10.1093/llc/fqac089). Its encoding
is measured on `--peer-pairs` releases, in turns with ours, and multiplied; all other stages are taken to cost it what
they cost us, so that the ratio says what encoding makes of the whole.

`--stand-in` takes an encoder that costs nothing in place of ours: for the memory of very large batches, not for speed.
What it gives goes to `results/batch-memory.json`, all else to `results/batch.json`.
"""

from __future__ import annotations

import argparse
import functools
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.batch_corpus import GOLD, write_releases
from benchmarks.encoder import encode_labse_shaped, labse_shaped, peak_memory_bytes
from benchmarks.results_file import corpus_hashes, installed_versions, write_results
from benchmarks.shared_data import SHARED, missing_files, shared_files

_ROOT = Path(__file__).resolve().parents[1]
_OVERLAPS = 4
_TARGETS = {"ratio": 8.0, "sentences_per_second": 100.0, "warm_ratio": 50.0, "peak_gb": 1.5}
_STAGES = {
    "look": ("aligner.batching", "survey_files"),
    "read": ("aligner.batching.work", "read_file"),
    "segment, encode": ("aligner.batching.work", "prepare"),
    "profile": ("aligner.batching.work", "packed_profile"),
    "note": ("aligner.memory.ledger", "Ledger.record"),
    "pair": ("aligner.batching.run", "make_plan"),
    "plan": ("aligner.memory.ledger", "Ledger.plan"),
    "align, judge": ("aligner.batching.work", "align_planned"),
    "store": ("aligner.memory.ledger", "Ledger.store"),
    "export": ("aligner.batching", "write_output"),
}
"""What is timed, by the functions that the stages are."""


class StandIn:
    """Vectors from the figures and long words of a text: no meaning in them, and no time."""

    name, dimension = "stand-in", 384

    def encode(self, texts: Sequence[str]) -> np.ndarray[Any, np.dtype[np.float32]]:
        vectors = np.stack([self._vector(text) for text in texts])
        return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)

    def _vector(self, text: str) -> np.ndarray[Any, np.dtype[np.float32]]:
        keys = re.findall(r"\d+", text) or [text]
        seeds = [int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "little") for key in keys]
        return np.sum(
            [np.random.default_rng(seed).standard_normal(self.dimension, np.float32) for seed in seeds], axis=0
        )


def measure_here(folder: Path, is_stand_in: bool) -> dict[str, Any]:
    """One cold run in this process, with a clock around each stage."""
    seconds: dict[str, float] = defaultdict(float)

    def timed(stage: str, act: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(act)
        def clocked(*arguments: Any, **named: Any) -> Any:
            started = time.perf_counter()
            try:
                return act(*arguments, **named)
            finally:
                seconds[stage] += time.perf_counter() - started

        return clocked

    import importlib

    import aligner.cli.batch as command
    from aligner.cli.app import app

    for stage, (module, path) in _STAGES.items():
        *owners, name = path.split(".")
        owner = functools.reduce(getattr, owners, importlib.import_module(module))
        setattr(owner, name, timed(stage, getattr(owner, name)))
    if is_stand_in:
        command.encoder_named = lambda name: StandIn()
    started = time.perf_counter()
    words = ["batch", str(folder / "in"), "-o", str(folder / "memory.tmx"), "-q"]
    app(words, standalone_mode=False)
    whole = time.perf_counter() - started
    return {
        "seconds": whole,
        "stages": {**seconds, "other": whole - sum(seconds.values())},
        "peak_mb": peak_memory_bytes() / 1e6,
    }


def measure_cold(folder: Path, pairs: int, is_stand_in: bool) -> dict[str, Any]:
    """A new memory and a new cache, in a process of its own."""
    sentences = write_releases(folder / "in", pairs, is_stand_in)
    words = [sys.executable, "-m", "benchmarks.batch", "--here", str(folder), *(["--stand-in"] if is_stand_in else [])]
    # Files that were written this very moment would not be trusted to stay as they are.
    time.sleep(2.5)
    done = subprocess.run(words, cwd=_ROOT, env=_environment(folder), capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr)
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    summary = _summary(folder)
    return measured | {
        "pairs": pairs,
        "sentences": sentences,
        "sentences_per_second": sentences / measured["seconds"],
        "paired": len(summary["pairs"]),
        "units": summary["memory_units"],
        "memory_mb": (folder / "memory.db").stat().st_size / 1e6,
    }


def measure_warm(folder: Path, runs: int = 3) -> float:
    """The seconds of the same command over the same files, the best of three."""
    best = float("inf")
    words = [sys.executable, "-m", "aligner", "batch", str(folder / "in"), "-o", str(folder / "memory.tmx"), "-q"]
    for _ in range(runs):
        started = time.perf_counter()
        subprocess.run(words, cwd=_ROOT, env=_environment(folder), check=True)
        best = min(best, time.perf_counter() - started)
    return best


def measure_peer(folder: Path, pairs: int, rounds: int = 3) -> dict[str, float]:
    """Seconds a release pair for encoding: ours, and a LaBSE-shaped model's with overlaps."""
    from aligner.encode import EmbeddedEncoder
    from aligner.ingest import read_documents
    from aligner.pipeline import segments_of

    write_releases(folder / "in", pairs)
    encoder = EmbeddedEncoder(threads=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None)
    texts: list[str] = []
    overlaps: list[str] = []
    for path in sorted((folder / "in").rglob("*.*")):
        for document in read_documents(path):
            own = [segment.text for segment in segments_of(document)[0]]
            texts += own
            overlaps += [
                " ".join(own[end - height : end])
                for height in range(1, _OVERLAPS + 1)
                for end in range(height, len(own) + 1)
            ]
    model = labse_shaped(encoder.threads)
    # LaBSE looks at 256 tokens at most.
    lengths = sorted(min(256, count) for count in encoder.count_tokens(overlaps))
    encode_labse_shaped(model, lengths[:8])
    encoder.encode(texts[:32])
    ours, theirs = [], []
    for _ in range(rounds):
        started = time.perf_counter()
        encode_labse_shaped(model, lengths, batch_size=32)
        theirs.append(time.perf_counter() - started)
        started = time.perf_counter()
        encoder.encode(texts)
        ours.append(time.perf_counter() - started)
    return {
        "pairs_measured": pairs,
        "texts": len(texts),
        "overlaps": len(overlaps),
        "our_seconds_a_pair": min(ours) / pairs,
        "their_seconds_a_pair": min(theirs) / pairs,
    }


def _environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "QOSTIL_CACHE_DIR": str(folder / "cache")}


def _summary(folder: Path) -> dict[str, Any]:
    """What the batch says of itself, asked once all is known."""
    words = [sys.executable, "-m", "benchmarks.batch", "--summary", str(folder)]
    done = subprocess.run(words, cwd=_ROOT, env=_environment(folder), capture_output=True, text=True, check=True)
    summary: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return summary


def _summarise(folder: Path) -> dict[str, Any]:
    from aligner.memory import Memory

    with Memory.open(folder / "memory.db", create=False) as memory:
        return {"pairs": [pair.id for pair in memory.pairs()], "memory_units": memory.totals().units}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pairs", type=int, default=1_000)
    parser.add_argument("--large", type=int, default=10_000, help="releases whose memory is measured; 0 for none")
    parser.add_argument("--peer-pairs", type=int, default=5, help="releases that the peer encodes; 0 for none")
    parser.add_argument("--stand-in", action="store_true", help="an encoder that costs nothing")
    parser.add_argument("--scratch", type=Path, help="where files and memories are made: 1 GB for 10,000 releases")
    parser.add_argument("--no-write", action="store_true", help="leave the file of results as it is")
    parser.add_argument("--here", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--summary", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here or options.summary:
        print(json.dumps(measure_here(options.here, options.stand_in) if options.here else _summarise(options.summary)))
        return 0
    if missing := missing_files(*GOLD):
        print(f"skipped: {', '.join(missing)} not here")
        return 0
    results: dict[str, Any] = {"stand_in": options.stand_in}
    with tempfile.TemporaryDirectory(prefix="qostil-batch-", dir=options.scratch) as scratch:
        folder = Path(scratch) / "first"
        results["cold"] = cold = measure_cold(folder, options.pairs, options.stand_in)
        _print_cold(cold)
        if not options.stand_in:
            results["warm_seconds"] = measure_warm(folder)
            results["warm_ratio"] = cold["seconds"] / results["warm_seconds"]
            print(f"again: {results['warm_seconds']:.2f} s, {results['warm_ratio']:.0f} times as fast")
        shutil.rmtree(folder)
        if options.peer_pairs and not options.stand_in:
            results["peer"] = peer = measure_peer(Path(scratch) / "peer", options.peer_pairs)
            encoding = cold["stages"]["segment, encode"]
            # Our encoding in the batch, times what theirs took against ours on the same texts and cores.
            factor = peer["their_seconds_a_pair"] / peer["our_seconds_a_pair"]
            results["peer_seconds"] = cold["seconds"] + encoding * (factor - 1)
            results["ratio"] = results["peer_seconds"] / cold["seconds"]
            print(
                f"LaBSE-shaped, with overlaps: {factor:.1f} times as long to encode (measured on {options.peer_pairs} "
                f"releases), {results['peer_seconds']:.0f} s in all by that, {results['ratio']:.1f} times ours"
            )
        if options.large:
            large = measure_cold(Path(scratch) / "large", options.large, options.stand_in)
            results["large"] = large
            _print_cold(large)
            results["growth_mb"] = growth = large["peak_mb"] - cold["peak_mb"]
            print(f"peak memory grows by {growth:.0f} MB from {options.pairs:,} to {options.large:,} releases")
    _print_targets(results)
    if not options.no_write:
        versions = installed_versions("qostil", "onnxruntime", "faiss-cpu", "numpy", "torch", "transformers")
        name = "batch-memory" if options.stand_in else "batch"
        write_results(name, results, versions, corpus_hashes(shared_files(*GOLD), SHARED))
    return 0


def _print_cold(cold: dict[str, Any]) -> None:
    print(
        f"{cold['pairs']:,} releases, {cold['sentences']:,} sentences: {cold['seconds']:.1f} s, "
        f"{cold['sentences_per_second']:.0f} sentences/s, at most {cold['peak_mb']:.0f} MB; {cold['paired']:,} paired, "
        f"{cold['units']:,} units, {cold['memory_mb']:.0f} MB on disk"
    )
    for stage, seconds in sorted(cold["stages"].items(), key=lambda each: -each[1]):
        print(f"  {stage:18}{seconds:9.2f} s {seconds / cold['seconds']:7.1%}")


def _print_targets(results: dict[str, Any]) -> None:
    if results["stand_in"]:
        return
    peak = max(results[key]["peak_mb"] for key in ("cold", "large") if key in results) / 1e3
    figures = {
        "ratio": results.get("ratio"),
        "sentences_per_second": results["cold"]["sentences_per_second"],
        "warm_ratio": results["warm_ratio"],
    }
    for name, figure in figures.items():
        if figure is not None:
            print(
                f"{'met   ' if figure >= _TARGETS[name] else 'MISSED'} {name}: {figure:.1f} (at least {_TARGETS[name]})"
            )
    print(f"{'met   ' if peak < _TARGETS['peak_gb'] else 'MISSED'} peak GB: {peak:.2f} (below {_TARGETS['peak_gb']})")


if __name__ == "__main__":
    sys.exit(main())
