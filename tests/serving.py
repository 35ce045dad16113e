"""A small memory behind the server's application, for the tests of it."""

from __future__ import annotations

import datetime as dt
import json
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from starlette.testclient import TestClient

from aligner.memory import Memory
from aligner.memory.lookup import Lookup
from aligner.records import Unit
from aligner.serve import Settings, TokenFile, create_app
from aligner.serve.guard import Guard

NOW = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)
SENTENCES = (
    ("Жиналыс сағат онда басталады.", "Собрание начнётся в десять часов."),
    ("Жиналыс сағат екіде аяқталады.", "Собрание закончится в два часа."),
    ("Жиналыс 2024 жылғы 5 мамырда өтті.", "Собрание прошло 5 мая 2024 года."),
    ("Су/жер ресурстары", "Водные/земельные ресурсы"),
    ("Бірінші жол\nекінші жол", "Первая строка\nвторая строка"),
    ("Су ресурстарын қорғау туралы заң қабылданды.", "Принят закон об охране водных ресурсов."),
    ("Ауылда жаңа мектеп ашылды.", "В ауле открылась новая школа."),
    ("Әкім өңірдің үздік мұғалімдерін марапаттады.", "Аким наградил лучших учителей региона."),
)


@dataclass(frozen=True)
class Served:
    """The application and a client of it, with a token that may write and one that may only read."""

    app: Guard
    client: TestClient
    memory: Memory
    tokens: TokenFile
    writing: dict[str, str]
    reading: dict[str, str]


def make_memory(place: Path) -> Memory:
    memory = Memory.open(place)
    memory.add_units([Unit(kk, ru, 0.97) for kk, ru in SENTENCES], "sample.tsv", "importer", NOW)
    return memory


@contextmanager
def served(folder: Path, settings: Settings | None = None) -> Iterator[Served]:
    """The sample memory in `folder`, served inside this process."""
    tokens = TokenFile(folder / "tokens.json")
    writer, reader = tokens.issue("аудармашы", NOW), tokens.issue("reader", NOW, may_write=False)
    with make_memory(folder / "memory.db") as memory, Lookup(memory) as lookup:
        app = create_app(lookup, tokens, settings or Settings())
        with TestClient(app, base_url="http://127.0.0.1:8888", raise_server_exceptions=False) as client:
            bearers = [{"Authorization": f"Bearer {secret}"} for secret in (writer, reader)]
            yield Served(app, client, memory, tokens, *bearers)


@dataclass(frozen=True)
class Running:
    """`qostil serve` in a process of its own: its address, and what it has said on stderr so far."""

    url: str
    process: subprocess.Popen[str]
    said: list[str]

    @property
    def events(self) -> list[dict[str, object]]:
        """The log: every line after the first."""
        return [json.loads(line) for line in self.said[1:]]


@contextmanager
def running(folder: Path, *options: str) -> Iterator[Running]:
    """The sample memory in `folder`, served by a process that is ended afterwards."""
    make_memory(folder / "memory.db").close()
    command = [sys.executable, "-m", "aligner", "serve", "--memory", str(folder / "memory.db"), "--port", "0", *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    said: list[str] = []
    address: queue.Queue[str | None] = queue.Queue()

    def listen() -> None:
        for line in process.stderr:
            said.append(line)
            if '"event": "listening"' in line:
                address.put(json.loads(line)["address"])
        address.put(None)

    listener = threading.Thread(target=listen)
    listener.start()
    try:
        url = address.get(timeout=300)
        assert url, "".join(said)
        yield Running(url, process, said)
    finally:
        process.terminate()
        process.wait(300)
        listener.join(300)
        process.stderr.close()
