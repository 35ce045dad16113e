"""Imports that are killed at random moments: does the memory open, is it in order, and does it go on?

usage: python -m benchmarks.import_kills [--kills N] [--units N] [--seed N] [--no-write]

`qostil memory import` brings a TMX of so many units into a memory and is killed (`kill -9`) at a random moment
between the first unit that it reads and the last one that it stores, five times over the same memory if none comes to
its end before, and then let go on to the end. After each kill the memory must open, have lost nothing that was stored
before, hold no half part of an import, and find nothing wrong with itself but imports that were cut off. After the
end it must find nothing wrong at all, and hold what an import that nobody disturbed has stored: the same units under
the same numbers, in the same order. It is done in a SQLite file, and again in PostgreSQL on a server of its own,
where there is one.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

from aligner.memory import Memory
from aligner.memory.bulk import UNITS_PER_WRITE
from aligner.records import Unit
from benchmarks.results_file import installed_versions, write_results
from tests import postgres_server

# Forked from a process that has loaded everything, a command takes half a second and not three.
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["aligner.cli", "aligner.memory", "aligner.memory.reading", "psycopg"])
_KILLS_A_MEMORY = 5
_CUT_OFF = "was cut off after"


@dataclass
class Campaign:
    """What became of the imports that were killed."""

    kills: int = 0
    memories: int = 0
    stored_at_kill: list[int] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def record(self) -> dict[str, Any]:
        return {
            "kills": self.kills,
            "memories": self.memories,
            "stored at a kill": {"least": min(self.stored_at_kill), "most": max(self.stored_at_kill)},
            "faults": self.faults,
        }


def begun_import(file: Path, place: str, messages: Path) -> BaseProcess:
    """`qostil memory import` in a process of its own that has begun to read the file, or failed before."""
    has_begun = _PROCESSES.Event()
    process = _PROCESSES.Process(target=_import, args=(file, place, messages, has_begun))
    process.start()
    while not has_begun.wait(0.05) and process.is_alive():
        pass
    return process


def _import(file: Path, place: str, messages: Path, has_begun: Event) -> None:
    from aligner.cli import main
    from aligner.memory.reading import UnitFile

    read = UnitFile.__iter__

    def read_and_tell(units: UnitFile) -> Iterator[Unit]:
        has_begun.set()
        return read(units)

    UnitFile.__iter__ = read_and_tell  # type: ignore[method-assign]
    sys.argv = ["qostil", "memory", "import", str(file), "--source", "big.tmx", "--memory", place, "--quiet"]
    with messages.open("w", encoding="utf-8") as sys.stdout:
        sys.stderr = sys.stdout
        main()


def contents(place: str) -> str:
    """A digest of all that the units of a memory say, in their order."""
    hashed = hashlib.sha256()
    with Memory.open(place, create=False) as memory:
        for unit in memory.changed_units(0):
            hashed.update(f"{unit.id}\0{unit.kk}\0{unit.ru}\0{unit.status}\0{unit.score}\n".encode())
    return hashed.hexdigest()


def killed_again_and_again(
    file: Path, folder: Path, new_place: Callable[[], str], kills: int, seconds: float, seed: int, expected: str
) -> Campaign:
    """Kill imports until so many were. `seconds`: about how long an undisturbed one takes."""
    chance, campaign = random.Random(seed), Campaign()
    while campaign.kills < kills:
        campaign.memories += 1
        place, stored, killed, is_done = new_place(), 0, 0, False
        while not is_done:
            process = begun_import(file, place, folder / "said.txt")
            may_end = killed == _KILLS_A_MEMORY or campaign.kills == kills
            began = time.monotonic()
            process.join(None if may_end else chance.uniform(0.0, seconds))
            if process.is_alive():
                os.kill(process.pid or 0, signal.SIGKILL)
                process.join()
            is_done = process.exitcode == 0
            # How long an import takes depends on what else the machine is doing.
            if not killed and is_done:
                seconds = time.monotonic() - began
            elif not killed:
                seconds *= 1.1
            if process.exitcode not in (0, -signal.SIGKILL):
                campaign.faults.append((folder / "said.txt").read_text(encoding="utf-8"))
                return campaign
            stored = _inspect(place, stored, is_done, campaign)
            if not is_done:
                killed += 1
                campaign.kills += 1
                campaign.stored_at_kill.append(stored)
        if contents(place) != expected:
            campaign.faults.append(f"memory {campaign.memories} does not hold what an undisturbed import stores")
        print(f"  {campaign.kills} kills, {campaign.memories} memories, {len(campaign.faults)} faults", flush=True)
    return campaign


def _inspect(place: str, stored: int, is_done: bool, campaign: Campaign) -> int:
    """How many units are in the memory now; what is wrong with it becomes a fault."""
    with Memory.open(place) as memory:
        now = memory.totals().units
        problems = [problem.problem for problem in memory.check()]
    if now < stored:
        campaign.faults.append(f"{stored - now} units are gone")
    if not is_done and now % UNITS_PER_WRITE:
        campaign.faults.append(f"half a part was stored: {now} units")
    campaign.faults += [problem for problem in problems if is_done or _CUT_OFF not in problem]
    return now


def write_tmx(path: Path, count: int) -> None:
    """Units of our own making; what they say doesn't matter here."""
    from aligner.export import export_units

    units = (
        Unit(f"Шешімнің {n}-тармағы күшіне енді.", f"Пункт {n} решения вступил в силу.", 0.9) for n in range(count)
    )
    export_units(units, path, "tmx", dt.datetime(2026, 11, 30, tzinfo=dt.UTC))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100, help="in each kind of database")
    parser.add_argument("--units", type=int, default=20_001)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--no-write", action="store_true", help="leave results/import-kills.json as it is")
    options = parser.parse_args()
    results: dict[str, Any] = {"seed": options.seed, "units": options.units}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="qostil-import-kills-")))
        file = folder / "big.tmx"
        write_tmx(file, options.units)
        numbers = iter(range(10_000))
        engines: dict[str, Callable[[], str]] = {"sqlite": lambda: str(folder / f"memory{next(numbers)}.db")}
        if (reason := postgres_server.why_not()) is None:
            server = stack.enter_context(postgres_server.running())
            engines["postgresql"] = lambda: postgres_server.create_database(server, f"memory{next(numbers)}")
        else:
            print(f"PostgreSQL is left out: {reason}", file=sys.stderr)
        for name, new_place in engines.items():
            # The first process pays for loading everything.
            for _ in range(2):
                whole = new_place()
                process = begun_import(file, whole, folder / "said.txt")
                began = time.monotonic()
                process.join()
                if process.exitcode:
                    raise RuntimeError((folder / "said.txt").read_text(encoding="utf-8"))
                seconds = time.monotonic() - began
            print(f"{name}: an import takes {seconds:.1f} s", flush=True)
            campaign = killed_again_and_again(
                file, folder, new_place, options.kills, seconds, options.seed, contents(whole)
            )
            results[name] = {"undisturbed_seconds": round(seconds, 2)} | campaign.record()
    if not options.no_write:
        print(write_results("import-kills", results, installed_versions("qostil", "psycopg"), {}))
    is_met = all(not results[name]["faults"] and results[name]["kills"] >= options.kills for name in engines)
    print(f"{'met   ' if is_met else 'MISSED'} every memory whose import was killed opens, is in order, and goes on")
    return 0 if is_met else 1


if __name__ == "__main__":
    sys.exit(main())
