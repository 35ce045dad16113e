"""Batches in processes of their own that are killed at random moments, and go on."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path

from batches import batch_command, texts_of, write_release

from aligner.memory import Memory

__all__ = ["PAIRS", "Kill", "Outcome", "finished", "outcome_of", "rounds_of_kills", "said", "start", "write_inputs"]

PAIRS = 12 + 1
KILLS_A_MEMORY = 3

# Forked from a process that has loaded everything, a command takes half a second and not three.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["batches", "aligner.cli", "aligner.batching", "faiss", "scipy.optimize", "nltk"])


@dataclass(frozen=True, slots=True)
class Kill:
    """`at_s`: so long after its start a process was killed; `stage`: how far the memory says that it had come."""

    at_s: float
    stage: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a batch has left: its TMX, what is in the memory, and the names of its files."""

    exported: bytes
    totals: object
    changes: tuple[tuple[str, object], ...]
    problems: tuple[object, ...]
    files: frozenset[str]


def write_inputs(folder: Path) -> None:
    """Sixteen releases, some in one language only, a dump, and a table of what is aligned already."""
    for number in range(16):
        write_release(folder / "in", number, ("kk ru", "kk ru", "kk ru", "ru")[number % 4])
    (folder / "in" / "dump.txt").write_text("\n///".join(texts_of(n)[0] for n in range(40, 45)), encoding="utf-8")
    pairs = zip(*(text.splitlines() for text in texts_of(50, 12)), strict=True)
    (folder / "in" / "table.tsv").write_text("\n".join("\t".join(pair) for pair in pairs), encoding="utf-8")


def start(folder: Path, *words: str, at: int = 1_780_000_000) -> BaseProcess:
    """`qostil batch IN -o memory.tmx` in `folder`, begun at this time."""
    folder.mkdir(exist_ok=True)
    environment = {"QOSTIL_CACHE_DIR": str(folder / "cache"), "SOURCE_DATE_EPOCH": str(at)}
    command = [str(folder.parent / "in"), "-o", str(folder / "memory.tmx"), *words]
    process = PROCESSES.Process(target=batch_command, args=(command, environment, folder / "said.txt"))
    process.start()
    return process


def finished(process: BaseProcess) -> int | None:
    process.join(300)
    return process.exitcode


def said(folder: Path) -> str:
    return (folder / "said.txt").read_text(encoding="utf-8")


def outcome_of(folder: Path) -> Outcome:
    with Memory.open(folder / "memory.db") as memory:
        changes = tuple((change.what, change.at) for change in memory.history(limit=1_000))
        totals, problems = memory.totals(), tuple(memory.check())
    names = frozenset(path.name for path in folder.iterdir())
    return Outcome((folder / "memory.tmx").read_bytes(), totals, changes, problems, names)


def rounds_of_kills(folder: Path, kills: int, seconds: float, seed: int = 7) -> Iterator[tuple[list[Kill], Outcome]]:
    """Memories in `folder`, each with a batch that was killed three times and then let go on to its end, until so many
    kills are done. `seconds`: how long a batch takes, for the moments to be spread over. A killed one that says it has
    failed is an AssertionError."""
    chance, done, number = random.Random(seed), 0, 0
    while done < kills:
        number += 1
        own = folder / f"killed{number}"
        killed: list[Kill] = []
        for attempt in range(KILLS_A_MEMORY):
            began = time.monotonic()
            process = start(own)
            moment = chance.uniform(0.0, seconds)
            process.join(moment)
            if process.is_alive():
                os.kill(process.pid or 0, signal.SIGKILL)
            at_s = time.monotonic() - began
            process.join()
            assert process.exitcode in (0, -signal.SIGKILL), said(own)
            if process.exitcode:
                killed.append(Kill(round(at_s, 3), _stage(own)))
            # How long a whole batch takes depends on what else the machine is doing.
            if attempt == 0 and not process.exitcode:
                seconds = at_s
            elif attempt == 0 and moment > 0.9 * seconds:
                seconds *= 1.1
        done += len(killed)
        # Later by the clock: it goes on in the name of the batch that was cut off, if that had begun.
        assert finished(start(own, at=1_780_003_600 if _has_begun(own) else 1_780_000_000)) == 0, said(own)
        yield killed, outcome_of(own)
        shutil.rmtree(own)


def _has_begun(folder: Path) -> bool:
    return _asked(folder, "SELECT count(*) FROM batches") > 0


def _stage(folder: Path) -> str:
    """What a killed batch was at, by what it has left. Nothing of that is touched."""
    if not _has_begun(folder):
        return "before it began"
    if _asked(folder, "SELECT count(*) FROM files") < len(list((folder.parent / "in").iterdir())):
        return "reading and encoding"
    if _asked(folder, "SELECT count(*) FROM releases WHERE state = 'new'"):
        return "pairing"
    if _asked(folder, "SELECT count(*) FROM releases WHERE state = 'matched'"):
        return "aligning and storing"
    if _asked(folder, "SELECT count(*) FROM outputs") == 0:
        return "writing the TMX"
    return "after that"


def _asked(folder: Path, question: str) -> int:
    """The answer of a copy of the memory, for whoever opens a memory mends what a crash has left."""
    if not (folder / "memory.db").exists():
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        for path in folder.glob("memory.db*"):
            shutil.copy(path, scratch)
        with closing(sqlite3.connect(Path(scratch) / "memory.db")) as memory:
            try:
                return int(memory.execute(question).fetchone()[0])
            except sqlite3.OperationalError:
                return 0
