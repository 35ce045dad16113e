"""One request, one answer: whole and within its limits, or the reason why not."""

from __future__ import annotations

import gzip
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from news_site import Reply, Site, running_site

from aligner.fetch.addresses import host_of
from aligner.fetch.client import Client
from aligner.fetch.network import is_public
from aligner.fetch.records import Answer, Failure
from aligner.fetch.unpack import TooLargeError, unpack_gzip

MAX = 1_000_000


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as site:
        yield site


@pytest.fixture
def client(site: Site) -> Iterator[Client]:
    client = Client({"User-Agent": "qostil/1 (+mailto:a@example.kz)"}, frozenset({host_of(site.address)}))
    yield client
    client.close()


def failure_of(client: Client, url: str, max_bytes: int = MAX) -> Failure:
    failure = client.get(url, {}, max_bytes)
    assert isinstance(failure, Failure), failure
    return failure


def test_an_answer_has_its_body_and_its_headers(site: Site, client: Client) -> None:
    site.put("/a?b=1", Reply("Сәлем".encode(), headers={"X-Name": "value"}))
    answer = client.get(site.url("/a?b=1"), {"If-None-Match": '"old"'}, MAX)
    assert isinstance(answer, Answer)
    assert (answer.status, answer.body.decode(), answer.headers["x-name"]) == (200, "Сәлем", "value")
    assert answer.media_type == "text/html"
    (asked,) = site.log
    assert asked.headers["user-agent"] == "qostil/1 (+mailto:a@example.kz)"
    assert asked.headers["host"] == site.address.removeprefix("http://")
    assert asked.headers["if-none-match"] == '"old"'


def test_a_packed_answer_is_unpacked(site: Site, client: Client) -> None:
    site.put("/a", Reply(b"text " * 1000, is_packed=True))
    answer = client.get(site.url("/a"), {}, MAX)
    assert isinstance(answer, Answer)
    assert answer.body == b"text " * 1000
    assert "content-encoding" not in answer.headers


def test_an_answer_that_ends_too_early_is_none(site: Site, client: Client) -> None:
    site.put("/a", Reply(b"x" * 1000, stops_after=600))
    failure = failure_of(client, site.url("/a"))
    assert failure.is_passing
    assert "ends too early" in failure.reason


def test_a_packed_answer_that_was_cut_before_it_was_sent_is_none(site: Site, client: Client) -> None:
    packed = gzip.compress(bytes(range(256)) * 50)
    site.put("/a", Reply(packed[:-20], headers={"Content-Encoding": "gzip"}))
    assert failure_of(client, site.url("/a")).is_passing


def test_a_large_answer_is_refused_before_it_is_read(site: Site, client: Client) -> None:
    site.put("/large", Reply(b"x" * 5000))
    site.put("/bomb", Reply(b"\0" * 2_000_000, is_packed=True))
    failure = failure_of(client, site.url("/large"), 4999)
    assert not failure.is_passing
    assert "larger than" in failure.reason
    assert "larger than" in failure_of(client, site.url("/bomb"), 1_000_000).reason
    assert isinstance(client.get(site.url("/large"), {}, 5000), Answer)


def test_an_answer_that_trickles_is_cut_off_in_the_end(site: Site) -> None:
    site.put("/slow", Reply(b"x" * 2000, drip_s=0.01))
    client = Client({}, frozenset({host_of(site.address)}), idle_s=5.0, total_s=0.3)
    failure = failure_of(client, site.url("/slow"))
    assert failure.is_passing
    assert "takes longer than" in failure.reason
    # Not even one byte of the headers, for as long as one may be silent.
    with silent_server() as (address, _):
        client = Client({}, frozenset({host_of(address)}), idle_s=0.2, total_s=5.0)
        assert "in time" in failure_of(client, address).reason


def test_a_host_that_is_not_there(client: Client) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    nobody = Client({}, frozenset({f"127.0.0.1:{port}"}))
    assert failure_of(nobody, f"http://127.0.0.1:{port}/").is_passing
    assert failure_of(client, "http://no-such-host.invalid/").is_passing


def test_other_answers_than_200_come_without_a_body(site: Site, client: Client) -> None:
    site.put("/a", Reply(b"error page", status=503, headers={"Retry-After": "7"}))
    answer = client.get(site.url("/a"), {}, MAX)
    assert isinstance(answer, Answer)
    assert (answer.status, answer.body, answer.headers["retry-after"]) == (503, b"", "7")


def test_a_connection_serves_many_requests_and_is_made_anew_where_the_server_closes_it(site: Site) -> None:
    with counting_server(requests_a_connection=2) as (address, connections):
        client = Client({}, frozenset({host_of(address)}))
        for _ in range(5):
            answer = client.get(address, {}, MAX)
            assert isinstance(answer, Answer)
            assert answer.body == b"hello"
        client.close()
        assert len(connections) == 3


def test_a_host_in_a_private_network_is_visited_only_where_the_user_has_named_it(site: Site) -> None:
    site.put("/a", "text")
    failure = failure_of(Client({}), site.url("/a"))
    assert not failure.is_passing
    assert "private network" in failure.reason
    assert site.log == []
    # The name of a host that is named does not open its other ports.
    other = Client({}, frozenset({"127.0.0.1:1"}))
    assert "private network" in failure_of(other, site.url("/a")).reason
    assert "private network" in failure_of(Client({}), site.url("/a").replace("127.0.0.1", "localhost")).reason


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("8.8.8.8", True),
        ("2a00:1450:4001::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("192.168.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::a00:1", False),
        ("64:ff9b::808:808", True),
    ],
)
def test_public_addresses_are_told_from_others(address: str, expected: bool) -> None:
    assert is_public(address) is expected


def test_gzip_files_of_several_members_and_damaged_ones() -> None:
    data = gzip.compress(b"one ") + gzip.compress(b"two") + b"\0\0"
    assert unpack_gzip(data, 7) == b"one two"
    with pytest.raises(TooLargeError):
        unpack_gzip(data, 6)
    for broken in (data[:10], b"nonsense", gzip.compress(b"one") + b"rest"):
        with pytest.raises(ValueError):
            unpack_gzip(broken, 100)


HEAD = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    ("reply", "is_answer"),
    [
        (b"", False),
        (b"\0\xff garbage", False),
        (b"SSH-2.0-OpenSSH_9.2\r\n", False),
        (b"HTTP/1.1 abc OK\r\n\r\n", False),
        (b"HTTP/1.1 99999 OK\r\n\r\n", False),
        (HEAD + b"Content-Length: -5\r\n\r\nhello", None),
        (HEAD + b"Content-Length: five\r\n\r\nhello", None),
        (HEAD + b"Content-Length: 5\r\nContent-Length: 7\r\n\r\nhello", False),
        (HEAD + b"X: " + b"x" * 100_000 + b"\r\n\r\n", False),
        (HEAD + b"X: y\r\n" * 200 + b"\r\n", False),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello", False),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhel", False),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", False),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", True),
        (HEAD + b"Content-Encoding: br\r\nContent-Length: 5\r\n\r\nhello", False),
        (HEAD + b"Content-Length: 0\r\nContent-Encoding: gzip\r\n\r\n", True),
        ("HTTP/1.1 200 Жақсы\r\nX: мән\r\nContent-Length: 0\r\n\r\n".encode(), True),
        (b"HTTP/1.1 100 Continue\r\n\r\n" * 3 + HEAD + b"Content-Length: 0\r\n\r\n", True),
    ],
)
def test_whatever_a_server_says_is_an_answer_or_a_failure(reply: bytes, is_answer: bool | None) -> None:
    def talk(connection: socket.socket) -> None:
        connection.recv(65_536)
        connection.sendall(reply)
        connection.shutdown(socket.SHUT_WR)

    with _Server(talk) as (address, _):
        client = Client({}, frozenset({host_of(address)}), idle_s=5.0)
        got = client.get(address, {}, MAX)
        client.close()
    assert isinstance(got, Answer | Failure)
    assert is_answer in (None, isinstance(got, Answer)), got


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of `localhost` that nobody has signed, with its key, in one file."""
    if shutil.which("openssl") is None:
        pytest.skip("needs the program openssl, to make a certificate")
    folder = tmp_path_factory.mktemp("certificate")
    words = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    names = ["-addext", "subjectAltName=DNS:localhost", "-keyout", "key.pem", "-out", "certificate.pem"]
    subprocess.run([*words.split(), *names], cwd=folder, check=True, capture_output=True)
    both = folder / "both.pem"
    both.write_text((folder / "key.pem").read_text() + (folder / "certificate.pem").read_text())
    return both


def test_the_certificate_must_be_that_of_the_host_and_signed_by_who_is_trusted(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running_site(certificate=certificate) as site:
        site.put("/a", "text")
        port = site.address.rpartition(":")[2]
        named = frozenset({f"localhost:{port}", f"127.0.0.1:{port}"})
        failure = failure_of(Client({}, named), f"https://localhost:{port}/a")
        assert not failure.is_passing
        assert "certificate" in failure.reason
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        client = Client({}, named)
        answer = client.get(f"https://localhost:{port}/a", {}, MAX)
        client.close()
        assert isinstance(answer, Answer), answer
        assert answer.body == b"text"
        # The same server by another name, for which the certificate is not.
        assert "certificate" in failure_of(Client({}, named), f"https://127.0.0.1:{port}/a").reason
        plain = failure_of(Client({}, named), f"http://127.0.0.1:{port}/a")
        assert plain.is_passing


class _Server:
    """A server below HTTP: what it says to each connection is up to the test."""

    def __init__(self, talk) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}/"
        self.connections: list[socket.socket] = []
        self._talk = talk
        self._thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections.append(connection)
            self._talk(connection)

    def __enter__(self) -> tuple[str, list[socket.socket]]:
        self._thread.start()
        return self.address, self.connections

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()
        for connection in self.connections:
            connection.close()


def silent_server() -> _Server:
    return _Server(lambda connection: None)


def counting_server(requests_a_connection: int) -> _Server:
    def talk(connection: socket.socket) -> None:
        for _ in range(requests_a_connection):
            if not connection.recv(65_536):
                break
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")
        connection.close()

    return _Server(talk)
