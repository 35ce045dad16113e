"""The server as a process: real sockets, real clients, and how it stops."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import hypothesis
import pytest
import schemathesis
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS
from serving import NOW, SENTENCES, Running, running

from aligner.serve import TokenFile

KK, RU = SENTENCES[0]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("running")) as it:
        yield it


def connected(server: Running) -> socket.socket:
    parts = urlsplit(server.url)
    return socket.create_connection((parts.hostname, parts.port), timeout=300)


def received(connection: socket.socket) -> bytes:
    """All that comes until the other side has closed, or hung up on what it would not read to its end."""
    parts = []
    with contextlib.suppress(ConnectionResetError):
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts)


def test_weblates_own_client_gets_our_matches(server: Running) -> None:
    packages = os.environ.get("QOSTIL_WEBLATE")
    if not packages:
        pytest.skip("QOSTIL_WEBLATE names no folder with Weblate's package and Django; .ci/run makes one")
    texts = [
        KK,
        "Су/жер ресурстары",
        "Бірінші жол\nекінші жол",
        "Жиналыс 2025 жылғы 7 мамырда өтті.",
        "Басқа нәрсе #?&%",
    ]
    for base in ("tmserver", "tmserver/", "api/v1"):
        client = subprocess.run(
            [sys.executable, Path(__file__).with_name("weblate_client.py"), packages, f"{server.url}/{base}"],
            input=json.dumps(texts),
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert client.returncode == 0, client.stderr
        answer = json.loads(client.stdout)
        assert answer["languages"] == ["kk", "ru"]
        first = [(found[0]["text"], found[0]["quality"]) if found else None for found in answer["found"]]
        assert first[:3] == [(RU, 100), ("Водные/земельные ресурсы", 100), ("Первая строка\nвторая строка", 100)]
        assert first[3][0] == "Собрание прошло 7 мая 2025 года."
        assert first[4] is None


def test_nothing_that_our_description_allows_or_forbids_breaks_the_server(server: Running, tmp_path: Path) -> None:
    tokens = TokenFile(Path(server.process.args[server.process.args.index("--memory") + 1] + ".tokens.json"))
    headers = {"Authorization": f"Bearer {tokens.issue('schemathesis', NOW)}"}
    schema = schemathesis.openapi.from_url(f"{server.url}/openapi.json")
    checks = CHECKS.get_by_names(
        ["not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance"]
    )
    tried = 0
    for result, mode in itertools.product(schema.get_all_operations(), GenerationMode):
        strategy = result.ok().as_strategy(generation_mode=mode)

        @hypothesis.settings(
            max_examples=10,
            phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
            suppress_health_check=list(hypothesis.HealthCheck),
            database=None,
        )
        @hypothesis.given(case=strategy)
        def ask(case: schemathesis.Case) -> None:
            nonlocal tried
            case.call_and_validate(headers=headers, checks=checks, timeout=300)
            tried += 1

        # Where nothing is asked for, nothing can be asked wrongly.
        with contextlib.suppress(hypothesis.errors.Unsatisfiable):
            ask()
    assert tried > 100
    tokens.revoke("schemathesis")
    assert httpx2.get(f"{server.url}/health", timeout=300).status_code == 200


def test_many_clients_at_once(server: Running) -> None:
    def ask(number: int) -> set[int]:
        with httpx2.Client(base_url=server.url, timeout=300) as client:
            text, translation = SENTENCES[number % len(SENTENCES)]
            answers = [client.get("/tmserver/kk/ru/unit/", params={"source": text}) for _ in range(5)]
            assert all(answer.json()[0]["target"] == translation for answer in answers)
            return {answer.status_code for answer in answers}

    with ThreadPoolExecutor(20) as threads:
        assert set().union(*threads.map(ask, range(20))) == {200}


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET /tmserver/kk/ru/unit/\xd0\xa1\xd1\x83 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
    ],
    ids=["TLS", "raw letters", "two hosts", "two lengths", "endless", "version"],
)
def test_what_is_no_request_is_refused_and_harms_nobody(server: Running, request_bytes: bytes) -> None:
    with connected(server) as connection:
        # A server that hangs up in the middle of something endless has refused it too.
        with contextlib.suppress(OSError):
            connection.sendall(request_bytes)
            connection.shutdown(socket.SHUT_WR)
        answer = received(connection)
    assert not answer.startswith(b"HTTP/1.1 5")
    assert b"Traceback" not in answer
    assert httpx2.get(f"{server.url}/health", timeout=300).status_code == 200


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_it_finishes_what_was_begun_and_takes_nothing_new(tmp_path: Path, stop: signal.Signals) -> None:
    secret = TokenFile(tmp_path / "memory.db.tokens.json").issue("keeper", NOW)
    body = json.dumps({"units": [{"kk": "Соңғы сөз", "ru": "Последнее слово"}]}).encode()
    with running(tmp_path) as server:
        with connected(server) as connection:
            head = (
                "POST /v1/units HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                f"Authorization: Bearer {secret}\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            connection.sendall(head.encode() + body[:10])
            # Asked after the request's head on the same machine, so it is answered when the head is read.
            assert httpx2.get(f"{server.url}/health", timeout=300).status_code == 200
            server.process.send_signal(stop)
            assert wait_until_closed(server)
            connection.sendall(body[10:])
            answer = received(connection)
        assert answer.startswith(b"HTTP/1.1 200")
        assert answer.endswith(b'{"added":1,"known":0}')
        assert server.process.wait(300) == 0
    assert [event["event"] for event in server.events] == ["listening", "request", "request"]


def wait_until_closed(server: Running) -> bool:
    """Whether new connections are refused within five minutes."""
    for _ in range(3000):
        try:
            connected(server).close()
        except ConnectionRefusedError:
            return True
        with pytest.raises(subprocess.TimeoutExpired):
            server.process.wait(0.1)
    return False
