"""A batch on a local Ray cluster beside the plain one: the time, the result, and the work of the process that leads.

usage: python -m benchmarks.cluster [--pairs N] [--workers N] [--rounds N] [--scratch FOLDER] [--no-write]

The releases are those of `benchmarks/batch_corpus.py`. Each run is cold: no memory, no kept vectors, a process of its
own, the start of Python, of Ray and of its workers included. Plain and cluster take turns, and the best round of each
counts. Both TMX files must be the same, byte for byte.

The processor time of the leading process says how far a cluster can grow: with more workers than the whole work holds
of it, they wait for it.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.batch_corpus import GOLD, write_releases
from benchmarks.results_file import corpus_hashes, installed_versions, write_results
from benchmarks.shared_data import SHARED, missing_files, shared_files

_ROOT = Path(__file__).resolve().parents[1]
_MOST_SLOWER = 0.15
_NOW = "1790000000"


def run_here(words: list[str]) -> dict[str, float]:
    """One `qostil batch` in this process."""
    from aligner.cli.app import app

    started = time.perf_counter()
    app(["batch", *words], standalone_mode=False)
    return {"seconds": time.perf_counter() - started, "own_cpu_seconds": time.process_time()}


def measure(folder: Path, releases: Path, name: str, more: list[str]) -> dict[str, float]:
    """One cold run in a process of its own; its TMX is left as `folder/name.tmx`."""
    place = folder / name
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    words = [str(releases), "-o", str(place / "memory.tmx"), "-q", "--min-score", "0", *more]
    environment = {**os.environ, "QOSTIL_CACHE_DIR": str(place / "cache"), "SOURCE_DATE_EPOCH": _NOW}
    command = [sys.executable, "-m", "benchmarks.cluster", "--here", *words]
    started = time.perf_counter()
    done = subprocess.run(command, cwd=_ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr)
    seconds = time.perf_counter() - started
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured | {"seconds": seconds}


def main() -> int:
    if sys.argv[1:2] == ["--here"]:
        print(json.dumps(run_here(sys.argv[2:])))
        return 0
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pairs", type=int, default=1_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--scratch", type=Path, help="where files and memories are made")
    parser.add_argument("--no-write", action="store_true", help="leave results/cluster.json as it is")
    options = parser.parse_args()
    if missing := missing_files(*GOLD):
        print(f"skipped: {', '.join(missing)} not here")
        return 0
    runs: dict[str, list[dict[str, float]]] = {"plain": [], "cluster": []}
    with tempfile.TemporaryDirectory(prefix="qostil-cluster-", dir=options.scratch) as scratch:
        folder = Path(scratch)
        sentences = write_releases(folder / "in", options.pairs)
        # Files that were written this very moment would not be trusted to stay as they are.
        time.sleep(2.5)
        for _ in range(options.rounds):
            for name, more in (("plain", []), ("cluster", ["--cluster", "local", "--workers", str(options.workers)])):
                runs[name].append(measure(folder, folder / "in", name, more))
                print(f"{name}: {runs[name][-1]['seconds']:.1f} s", flush=True)
        texts = [(folder / name / "memory.tmx").read_bytes() for name in runs]
    plain, cluster = (min(own, key=lambda run: run["seconds"]) for own in runs.values())
    results: dict[str, Any] = {
        "pairs": options.pairs,
        "sentences": sentences,
        "workers": options.workers,
        "plain": plain,
        "cluster": cluster,
        "slower": cluster["seconds"] / plain["seconds"] - 1,
        "is_identical": texts[0] == texts[1],
        "leader_ms_a_sentence": 1e3 * cluster["own_cpu_seconds"] / sentences,
        "work_ms_a_sentence": 1e3 * plain["own_cpu_seconds"] / sentences,
    }
    print(
        f"{options.pairs:,} releases, {sentences:,} sentences: plain {plain['seconds']:.1f} s, with {options.workers} "
        f"workers {cluster['seconds']:.1f} s ({results['slower']:+.0%}); of {results['work_ms_a_sentence']:.2f} ms of "
        f"work a sentence, {results['leader_ms_a_sentence']:.2f} ms are the leader's"
    )
    print(f"{'met   ' if results['slower'] <= _MOST_SLOWER else 'MISSED'} slower: at most {_MOST_SLOWER:.0%}")
    print(f"{'met   ' if results['is_identical'] else 'MISSED'} the same TMX, byte for byte")
    if not options.no_write:
        versions = installed_versions("qostil", "ray", "onnxruntime", "faiss-cpu", "numpy")
        write_results("cluster", results, versions, corpus_hashes(shared_files(*GOLD), SHARED))
    return 0


if __name__ == "__main__":
    sys.exit(main())
