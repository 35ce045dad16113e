"""How long a person waits until something is seen: from the command to the first progress on a terminal.

`python -m benchmarks.first_run` runs `qostil` on a pseudo-terminal, with an empty cache and a new memory each time,
and notes when the first byte arrives, when a job is named, and when the command ends. It writes
`benchmarks/results/first-run.json`. The target is two seconds to the first progress.
"""

from __future__ import annotations

import argparse
import os
import pty
import select
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.results_file import corpus_hashes, installed_versions, write_results

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "corpora" / "sample"
TARGET_S = 2.0


def watch(words: list[str], folder: Path) -> dict[str, float]:
    """Seconds to the first byte on the terminal, of the clock and of the processor, to the first named job, and to the
    end. On a busy machine the clock says more of the machine."""
    leader, follower = pty.openpty()
    environment = os.environ | {"QOSTIL_CACHE_DIR": str(folder / "cache"), "TERM": "xterm", "COLUMNS": "120"}
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "aligner", *words], stdout=follower, stderr=follower, cwd=folder, env=environment
    )
    os.close(follower)
    seen = b""
    times: dict[str, float] = {}
    while True:
        readable, _, _ = select.select([leader], [], [], 0.01)
        if readable:
            try:
                seen += os.read(leader, 65536)
            except OSError:
                break
            if "first_byte_s" not in times:
                times |= {"first_byte_s": time.perf_counter() - started, "first_byte_cpu_s": cpu_seconds(process.pid)}
            if any(job in seen for job in (b"reading", b"encoding", b"segmenting")):
                times.setdefault("first_job_s", time.perf_counter() - started)
        elif process.poll() is not None:
            break
    process.wait()
    os.close(leader)
    return times | {"end_s": time.perf_counter() - started}


def cpu_seconds(process: int) -> float:
    """What a process has used of the processor so far (proc_pid_stat(5), fields 14 and 15)."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    commands = {
        "qostil": [],
        "qostil --help": ["--help"],
        "qostil doctor": ["doctor"],
        "qostil batch": ["batch", str(SAMPLE / "kk"), str(SAMPLE / "ru"), "-o", "memory.tmx"],
    }
    results: dict[str, dict[str, float]] = {}
    for name, words in commands.items():
        measured = []
        for _ in range(runs):
            with tempfile.TemporaryDirectory() as folder:
                measured.append(watch(words, Path(folder)))
        keys = measured[0].keys()
        results[name] = {key: round(statistics.median(each[key] for each in measured), 3) for key in keys}
        print(f"{name:16}", *(f"{key} {value:7.2f}" for key, value in results[name].items()))
    is_met = results["qostil batch"]["first_byte_s"] < TARGET_S
    print(f"first progress of a batch in {TARGET_S:g} s:", "yes" if is_met else "no")
    write_results(
        "first-run",
        {"runs": runs, "target_s": TARGET_S, "is_met": is_met, "median": results},
        installed_versions("qostil", "typer", "rich", "onnxruntime"),
        corpus_hashes(sorted(each for each in SAMPLE.rglob("*") if each.is_file()), ROOT),
    )


if __name__ == "__main__":
    main()
