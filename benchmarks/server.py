"""The server under load: many clients for a minute, then writers among readers, with nothing lost.

usage: python -m benchmarks.server [--units N] [--clients N] [--seconds S] [--writers N] [--readers N] [--no-write]

`qostil serve` runs as a process of its own over a memory of real strings (../shared/parallel). The clients are TCP
connections of this process, each with one request under way, looking up units in either direction with a word
dropped, doubled or put elsewhere, by the tmserver protocol.

- hurried: each client asks again as soon as it is answered, so the time of an answer is mostly that of the queue
- patient: each client waits about two seconds between answers and questions, as a busy translator would at most
- mixed: writers add units one by one, half of them by the protocol and half by our API, while readers look up;
  each unit must be found by its writer right after it was added, and be in the memory after the server was stopped

An error is an answer that is not 200, one that is no list of matches, or a connection that breaks.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from aligner.memory import Memory
from aligner.memory.lookup import Lookup
from aligner.records import Unit
from aligner.serve import TokenFile
from benchmarks.results_file import corpus_hashes, installed_versions, write_results
from benchmarks.shared_data import SHARED, missing_files, shared_files

__all__ = ["Connection", "Load", "main", "read_pairs", "varied"]

FILES = ("parallel/debian_gettext.tsv", "parallel/debian_mozilla.tsv", "parallel/aosp_android.tsv")
THINKING_S = 2.0
SEED = 20261122


@dataclass
class Load:
    """What clients met: seconds of each answer, and how many of each kind of error."""

    seconds: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)

    def summary(self, lasted_s: float) -> dict[str, Any]:
        ordered = sorted(self.seconds)

        def at(share: float) -> float:
            return round(1000 * ordered[min(int(share * len(ordered)), len(ordered) - 1)], 2) if ordered else 0.0

        return {
            "answers": len(ordered),
            "answers_per_s": round(len(ordered) / lasted_s, 1),
            "errors": sum(self.errors.values()),
            "error_kinds": dict(self.errors),
            "p50_ms": at(0.5),
            "p95_ms": at(0.95),
            "p99_ms": at(0.99),
            "max_ms": at(1.0),
        }


class Connection:
    """One HTTP/1.1 connection that is kept open, with one request at a time."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._host, self._port = parts.hostname or "", parts.port or 80
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def ask(self, verb: str, path: str, body: bytes = b"", token: str = "") -> tuple[int, Any]:
        """The status and the JSON of an answer. Raises OSError or EOFError where the connection breaks."""
        if self._writer is None or self._reader is None:
            self._reader, self._writer = await asyncio.open_connection(self._host, self._port)
        head = f"{verb} {path} HTTP/1.1\r\nHost: {self._host}:{self._port}\r\nContent-Length: {len(body)}\r\n"
        if body:
            head += "Content-Type: application/json\r\n"
        if token:
            head += f"Authorization: Bearer {token}\r\n"
        self._writer.write(f"{head}\r\n".encode() + body)
        answer = await self._reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"\r\ncontent-length: (\d+)", answer, re.IGNORECASE)
        content = await self._reader.readexactly(int(length[1]) if length else 0)
        if b"\r\nconnection: close" in answer.lower():
            await self.close()
        return int(answer[9:12]), json.loads(content)

    async def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None


def read_pairs(limit: int) -> list[tuple[str, str]]:
    """Different pairs of real strings, at most `limit`."""
    pairs: dict[tuple[str, str], None] = {}
    for path in shared_files(*FILES):
        for line in path.read_text(encoding="utf-8").splitlines():
            kk, ru, *_ = line.split("\t")
            if kk.strip() and ru.strip():
                pairs[kk, ru] = None
            if len(pairs) == limit:
                return list(pairs)
    return list(pairs)


def varied(text: str, rng: random.Random) -> str:
    """The text with one of its words dropped, doubled or moved."""
    words = text.split()
    place = rng.randrange(len(words))
    word = words.pop(place)
    kind = rng.randrange(3)
    if kind == 1:
        words[place:place] = [word, word]
    elif kind == 2:
        words.insert(rng.randint(0, len(words)), word)
    return " ".join(words) or word


@contextmanager
def running(memory: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """`qostil serve` over a memory; at the end it is stopped as a system would stop it, and must end well."""
    command = [sys.executable, "-m", "aligner", "serve", "--memory", str(memory), "--port", "0"]
    with (memory.parent / "server.log").open("w+", encoding="utf-8") as log:
        process = subprocess.Popen(command, stderr=log, text=True)
        try:
            yield _address(process, Path(log.name)), process
        finally:
            process.terminate()
            status = process.wait(60)
    if status:
        raise RuntimeError(f"the server ended with {status}; see {log.name}")


def _address(process: subprocess.Popen[str], log: Path) -> str:
    for _ in range(1200):
        found = re.search(r'"event": "listening", "address": "([^"]+)"', log.read_text(encoding="utf-8"))
        if found:
            return found[1]
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"the server did not start: {log.read_text(encoding='utf-8')[-2000:]}")


async def counted(load: Load, ask: Callable[[], Awaitable[tuple[int, Any]]]) -> Any:
    """The answer of one request, measured; None where it is an error."""
    started = time.perf_counter()
    try:
        status, answer = await ask()
    except (OSError, EOFError, ValueError) as error:
        load.errors[type(error).__name__] += 1
        return None
    load.seconds.append(time.perf_counter() - started)
    if status != 200:
        load.errors[str(status)] += 1
        return None
    return answer


async def reading(
    url: str, pairs: Sequence[tuple[str, str]], number: int, until: float, thinking_s: float, load: Load
) -> None:
    """One client that looks up until the time is over."""
    rng = random.Random(SEED + number)
    connection = Connection(url)
    await asyncio.sleep(rng.random() * thinking_s)
    while time.perf_counter() < until:
        side = rng.randrange(2)
        text = varied(rng.choice(pairs)[side], rng)
        path = f"/tmserver/{('kk/ru', 'ru/kk')[side]}/unit/{quote(text, safe='')}"
        answer = await counted(load, lambda path=path: connection.ask("GET", path))  # type: ignore[misc]
        if answer is None:
            await connection.close()
        elif not isinstance(answer, list):
            load.errors["no list"] += 1
        await asyncio.sleep(rng.expovariate(1 / thinking_s) if thinking_s else 0)
    await connection.close()


async def writing(
    url: str, pairs: Sequence[tuple[str, str]], number: int, until: float, token: str, load: Load
) -> list[tuple[str, str]]:
    """One client that adds units and looks each of them up again. Returns what it was told is stored."""
    rng = random.Random(-SEED - number)
    connection = Connection(url)
    stored: list[tuple[str, str]] = []
    while time.perf_counter() < until:
        kk, ru = (f"{text} ({number}-{len(stored)})" for text in rng.choice(pairs))
        if number % 2:
            path, content = "/v1/units", {"units": [{"kk": kk, "ru": ru}]}
        else:
            path, content = f"/tmserver/kk/ru/unit/{quote(kk, safe='')}", {"source": kk, "target": ru}
        body = json.dumps(content).encode()
        verb = "POST" if number % 2 else "PUT"
        answer = await counted(load, lambda v=verb, p=path, b=body: connection.ask(v, p, b, token))  # type: ignore[misc]
        if answer is None:
            await connection.close()
            continue
        stored.append((kk, ru))
        address = f"/tmserver/kk/ru/unit/{quote(kk, safe='')}?min_similarity=100&max_candidates=50"
        status, found = await connection.ask("GET", address)
        if status != 200 or not any(match["target"] == ru for match in found):
            load.errors["not found after it was added"] += 1
    await connection.close()
    return stored


async def under_load(
    url: str, pairs: Sequence[tuple[str, str]], clients: int, seconds: float, thinking_s: float
) -> dict[str, Any]:
    load, started = Load(), time.perf_counter()
    until = started + seconds
    await asyncio.gather(*(reading(url, pairs, number, until, thinking_s, load) for number in range(clients)))
    return {"clients": clients, "thinking_s": thinking_s} | load.summary(time.perf_counter() - started)


async def mixed(
    url: str, pairs: Sequence[tuple[str, str]], writers: int, readers: int, seconds: float, token: str
) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    reads, writes, started = Load(), Load(), time.perf_counter()
    until = started + seconds
    read = [reading(url, pairs, number, until, 0.0, reads) for number in range(readers)]
    written = [writing(url, pairs, number, until, token, writes) for number in range(writers)]
    *_, results = await asyncio.gather(asyncio.gather(*read), asyncio.gather(*written))
    lasted_s = time.perf_counter() - started
    summary = {
        "readers": {"clients": readers} | reads.summary(lasted_s),
        "writers": {"clients": writers} | writes.summary(lasted_s),
    }
    return summary, [unit for stored in results for unit in stored]


def missing(memory: Path, stored: Sequence[tuple[str, str]]) -> tuple[int, list[str]]:
    """How many of the units that a client was told of are not in the memory, and what is wrong with the memory."""
    with Memory.open(memory) as opened:
        lost = sum(opened.find(kk, ru) is None for kk, ru in stored)
        return lost, [problem.problem for problem in opened.check()]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, default=100_000)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--writers", type=int, default=10)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--no-write", action="store_true", help="print only")
    asked = parser.parse_args(arguments)
    if absent := missing_files(*FILES):
        print(f"needs {', '.join(absent)}", file=sys.stderr)
        return 1
    pairs = read_pairs(asked.units)
    results: dict[str, Any] = {"units": len(pairs), "seconds": asked.seconds}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "memory.db"
        now = dt.datetime.now(dt.UTC)
        with Memory.open(place) as memory:
            memory.add_units((Unit(kk, ru, 0.9) for kk, ru in pairs), "parallel", "benchmark", now)
            Lookup(memory).close()
        token = TokenFile(place.with_name(f"{place.name}.tokens.json")).issue("benchmark", now)
        with running(place) as (url, _):
            asyncio.run(under_load(url, pairs, 8, min(3.0, asked.seconds), 0.0))
            for name, thinking_s in (("hurried", 0.0), ("patient", THINKING_S)):
                results[name] = asyncio.run(under_load(url, pairs, asked.clients, asked.seconds, thinking_s))
                print(f"{name}: {results[name]}")
            results["mixed"], stored = asyncio.run(
                mixed(url, pairs, asked.writers, asked.readers, asked.seconds, token)
            )
        lost, problems = missing(place, stored)
        results["mixed"] |= {"units_added": len(stored), "units_lost": lost, "problems": problems}
        print(f"mixed: {results['mixed']}")
    if not asked.no_write:
        corpora = corpus_hashes(shared_files(*FILES), SHARED)
        print(write_results("server", results, installed_versions("fastapi", "uvicorn", "h11"), corpora))
    errors = sum(results[name]["errors"] for name in ("hurried", "patient"))
    errors += sum(results["mixed"][name]["errors"] for name in ("readers", "writers"))
    return 1 if errors or lost or problems else 0


if __name__ == "__main__":
    sys.exit(main())
