"""`qostil review` as a process: nothing that it has answered is lost when it is killed."""

import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
from reviewing import add_pair, shapes

from aligner.memory import Memory


@contextmanager
def running(memory: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command, and the address that opens its page."""
    command = [sys.executable, "-m", "aligner", "review", str(memory), "--no-open", "--by", "Айгүл"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        try:
            yield server, server.stdout.readline().strip()
        finally:
            server.kill()


def change(opening: str, revision: int, kind: str, place: int) -> dict[str, object]:
    """Open the page, and judge a row."""
    address = opening.partition("/open")[0]
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    browser.open(opening).read()
    body = json.dumps({"revision": revision, "change": {"kind": kind, "bead": {"kk": [place], "ru": [place]}}})
    headers = {"Origin": address, "Content-Type": "application/json", "Accept": "application/json"}
    request = urllib.request.Request(f"{address}/pairs/1/changes", body.encode(), headers)
    with browser.open(request) as answer:
        return dict(json.load(answer))


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system can't kill a process outright")
def test_what_was_answered_outlives_the_process(tmp_path: Path) -> None:
    place = tmp_path / "memory.db"
    with Memory.open(place) as memory:
        add_pair(memory)
    for turn, kind in enumerate(("accept", "reject")):
        with running(place) as (server, opening):
            with Memory.open(place) as memory:
                revision = memory.pair_revision(1)
            answer = change(opening, revision, kind, turn)
            os.kill(server.pid, signal.SIGKILL)
            server.wait()
        with Memory.open(place) as memory:
            assert memory.pair_revision(1) == answer["revision"]
            assert not memory.check()
    with Memory.open(place) as memory:
        assert [status for *_, status in shapes(memory, 1)[:3]] == ["reviewed", "rejected", "automatic"]
        assert [each.what for each in memory.history(pair=1)] == ["mark", "mark", "add"]
