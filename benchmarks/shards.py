"""What it costs to write a memory as Parquet, and what it would cost to let others write it.

usage: python -m benchmarks.shards [--units N] [--no-write]

The leader of a cluster reads each unit from the memory and writes it. If workers wrote the shards, it would read each
unit and hand it over, by pickle, as everything goes to workers. All three are measured in seconds of the processor, on
real translations varied up to so many units (`benchmarks/memory_corpus.py`), in a SQLite file.
"""

from __future__ import annotations

import argparse
import datetime as dt
import pickle
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from aligner.export import export_units
from aligner.memory import Memory
from aligner.records import Unit
from benchmarks.memory_corpus import read_pairs, varied_pairs
from benchmarks.results_file import installed_versions, write_results
from benchmarks.shared_data import SHARED

_NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
_UNITS_A_DOCUMENT = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--units", type=int, default=200_000)
    parser.add_argument("--no-write", action="store_true", help="leave results/shards.json as it is")
    options = parser.parse_args()
    if not (SHARED / "parallel").is_dir():
        print("skipped: parallel not here")
        return
    with tempfile.TemporaryDirectory(prefix="qostil-shards-") as scratch:
        costs = measure(Path(scratch), options.units)
    for what, microseconds in costs.items():
        print(f"{what:10}{microseconds:8.1f} µs a unit")
    if not options.no_write:
        results = {"units": options.units, "us_a_unit": costs}
        write_results("shards", results, installed_versions("qostil", "pyarrow"), {})


def measure(folder: Path, count: int) -> dict[str, float]:
    """Microseconds of the processor for a unit."""
    made = (
        Unit(kk, ru, 0.9, kk_source=f"kk/{n // _UNITS_A_DOCUMENT}.html", ru_source=f"ru/{n // _UNITS_A_DOCUMENT}.html")
        for n, (kk, ru) in enumerate(varied_pairs(read_pairs(), count))
    )
    with Memory.open(folder / "memory.db") as memory:
        memory.add_units(made, "made", "benchmark", _NOW)
        list(zip(range(10), memory.units(), strict=False))
        units, reading = timed(lambda: list(memory.units()))
    # The first one pays for loading pyarrow.
    export_units(units[:10], folder / "units.parquet", "parquet")
    _, writing = timed(lambda: export_units(units, folder / "units.parquet", "parquet"))
    _, handing = timed(lambda: [pickle.dumps(part, pickle.HIGHEST_PROTOCOL) for part in parts(units)])
    seconds = {"read": reading, "write": writing, "pickle": handing}
    return {name: 1e6 * each / count for name, each in seconds.items()}


def parts(units: list[Unit], size: int = 10_000) -> list[list[Unit]]:
    return [units[start : start + size] for start in range(0, len(units), size)]


def timed(act: Callable[[], Any]) -> tuple[Any, float]:
    started = time.process_time()
    return act(), time.process_time() - started


if __name__ == "__main__":
    main()
