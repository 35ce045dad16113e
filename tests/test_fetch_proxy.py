"""Through a proxy, as the environment names it: pages, tunnels, passwords, and what a proxy may refuse."""

from __future__ import annotations

import http.client
import random
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from news_site import PatientClock, Site, put_lists, put_release, releases, rules_for, running_site

from aligner.errors import OptionError
from aligner.fetch import Settings, fetch
from aligner.fetch.client import Client
from aligner.fetch.proxies import Proxy, no_proxy, proxies_of_environment
from aligner.fetch.records import Answer, Failure
from aligner.fetch.site_rules import parse_rules

MAX = 1_000_000


class LocalProxy(BaseHTTPRequestHandler):
    """Leads every host but `refused.example` to `site_port` of this machine, for whoever knows the password."""

    site_port = 0
    password: str | None = None
    log: list[str]

    def do_GET(self) -> None:
        self.log.append(f"GET {self.path}")
        if not self.may_pass():
            return
        parts = urlsplit(self.path)
        connection = http.client.HTTPConnection("127.0.0.1", self.site_port, timeout=10)
        headers = {name: value for name, value in self.headers.items() if name != "Proxy-Authorization"}
        connection.request("GET", parts.path + (f"?{parts.query}" if parts.query else ""), headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_CONNECT(self) -> None:
        self.log.append(f"CONNECT {self.path}")
        if not self.may_pass():
            return
        if self.path.startswith("refused.example"):
            self.send_error(403)
            return
        with socket.create_connection(("127.0.0.1", self.site_port), timeout=10) as line:
            self.send_response(200)
            self.end_headers()
            back = threading.Thread(target=self.pump, args=(line, self.connection))
            back.start()
            self.pump(self.connection, line)
            back.join()
        self.close_connection = True

    def may_pass(self) -> bool:
        if self.password is None or self.headers.get("Proxy-Authorization") == self.password:
            return True
        self.send_error(407)
        return False

    @staticmethod
    def pump(source: socket.socket, target: socket.socket) -> None:
        try:
            while data := source.recv(65_536):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            source.close()

    def log_message(self, format: str, *arguments: object) -> None:
        """Tests read `log`."""


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as site:
        yield site


@pytest.fixture
def proxy(site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[LocalProxy]]:
    """A proxy before the site; the environment names it for http and https."""
    handler = type("Proxy", (LocalProxy,), {"log": [], "site_port": int(site.address.rpartition(":")[2])})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    name_proxy(monkeypatch, f"http://127.0.0.1:{server.server_port}")
    yield handler
    server.shutdown()
    thread.join()
    server.server_close()


def name_proxy(monkeypatch: pytest.MonkeyPatch, address: str, bypassed: str = "") -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTP_PROXY", address)
    monkeypatch.setenv("HTTPS_PROXY", address)
    monkeypatch.setenv("no_proxy", bypassed)


def through(*named: str) -> Client:
    return Client({"User-Agent": "qostil/1"}, frozenset(named), idle_s=5.0, proxy_of=proxies_of_environment())


def reason(client: Client, url: str) -> Failure:
    failure = client.get(url, {}, MAX)
    assert isinstance(failure, Failure), failure
    return failure


def test_a_whole_fetch_goes_through_the_proxy(site: Site, proxy: type[LocalProxy], tmp_path: Path) -> None:
    for release in releases()[:2]:
        put_release(site, release)
    put_lists(site, releases()[:2])
    # A name that only the proxy knows.
    direct, site.address = site.address, "http://press.example.invalid"
    rules = parse_rules(rules_for(site), "press.toml")
    report = fetch(
        [], tmp_path, Settings(contact="a@example.kz"), [rules], clock=PatientClock(), chance=random.Random(5).random
    )
    site.address = direct
    assert (report.new, report.is_complete) == (4, True)
    assert len(proxy.log) == len(site.log)
    assert {line.split("/kz/")[0].split("/ru/")[0].split("/robots")[0] for line in proxy.log} == {
        "GET http://press.example.invalid"
    }
    assert {asked.headers["host"] for asked in site.log} == {"press.example.invalid"}


def test_hosts_that_need_no_proxy_are_asked_directly(
    site: Site, proxy: type[LocalProxy], monkeypatch: pytest.MonkeyPatch
) -> None:
    site.put("/a", "text")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    client = through(site.address.removeprefix("http://"))
    assert isinstance(client.get(site.url("/a"), {}, MAX), Answer)
    client.close()
    assert proxy.log == []


def test_a_proxy_opens_no_private_network_to_links(site: Site, proxy: type[LocalProxy]) -> None:
    assert "private network" in reason(through(), site.url("/a")).reason
    assert "private network" in reason(through(), "http://169.254.169.254/latest").reason
    assert "private network" in reason(through(), "https://localhost/a").reason
    assert proxy.log == []


def test_a_proxy_with_a_password(site: Site, proxy: type[LocalProxy], monkeypatch: pytest.MonkeyPatch) -> None:
    site.put("/a", "text")
    proxy.password = "Basic 0LDQuTrSmzE="
    for scheme in ("http", "https"):
        failure = reason(through(), f"{scheme}://press.example.invalid/a")
        assert not failure.is_passing
        assert "wants a name and a password" in failure.reason
    address = proxies_of_environment()("http://press.example.invalid/")
    assert address is not None
    name_proxy(monkeypatch, f"http://%D0%B0%D0%B9:%D2%9B1@{address}")
    named = proxies_of_environment()("http://press.example.invalid/")
    assert "0LDQ" not in repr(named), "a password is not shown"
    client = through()
    assert isinstance(client.get("http://press.example.invalid/a", {}, MAX), Answer)
    client.close()
    assert "proxy-authorization" not in site.log[-1].headers


def test_a_tunnel_to_a_safe_site(proxy: type[LocalProxy], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("needs the program openssl, to make a certificate")
    words = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=press"
    names = ["-addext", "subjectAltName=DNS:press.example.invalid", "-keyout", "key.pem", "-out", "cert.pem"]
    subprocess.run([*words.split(), *names], cwd=tmp_path, check=True, capture_output=True)
    certificate = tmp_path / "both.pem"
    certificate.write_text((tmp_path / "key.pem").read_text() + (tmp_path / "cert.pem").read_text())
    with running_site(certificate=certificate) as safe:
        safe.put("/a", "text")
        proxy.site_port = int(safe.address.rpartition(":")[2])
        assert "certificate" in reason(through(), "https://press.example.invalid/a").reason
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        client = through()
        for _ in range(2):
            answer = client.get("https://press.example.invalid/a", {}, MAX)
            assert isinstance(answer, Answer), answer
            assert answer.body == b"text"
        assert "certificate" in reason(client, "https://other.example.invalid/a").reason
        client.close()
    assert proxy.log.count("CONNECT press.example.invalid:443") == 2


def test_a_proxy_that_refuses_or_is_not_there(proxy: type[LocalProxy], monkeypatch: pytest.MonkeyPatch) -> None:
    failure = reason(through(), "https://refused.example/a")
    assert not failure.is_passing
    assert "does not lead there (403)" in failure.reason
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    name_proxy(monkeypatch, f"127.0.0.1:{port}")
    failure = reason(through(), "http://press.example.invalid/a")
    assert failure.is_passing
    assert failure.reason == f"the proxy 127.0.0.1:{port}: the server takes no connections"
    name_proxy(monkeypatch, "http://no-such-proxy.invalid:3128")
    assert "no-such-proxy.invalid:3128" in reason(through(), "https://press.example.invalid/a").reason


@pytest.mark.parametrize("address", ["socks5://a:b@127.0.0.1:9", "https://127.0.0.1:9", "http://:9", "http://a:99999"])
def test_a_proxy_that_can_not_be_used_is_named_without_its_password(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name_proxy(monkeypatch, address)
    with pytest.raises(OptionError, match=r"HTTP_PROXY: .* is no proxy that can be used") as caught:
        fetch(["https://press.example.invalid/"], tmp_path, Settings(contact="a@example.kz"))
    assert "a:b" not in str(caught.value)


def test_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    name_proxy(monkeypatch, "", "")
    assert proxies_of_environment() is no_proxy
    monkeypatch.setenv("ALL_PROXY", "proxy:3128")
    monkeypatch.setenv("https_proxy", "http://safe")
    monkeypatch.setenv("no_proxy", ".kz,other.org")
    proxy_of = proxies_of_environment()
    assert proxy_of("http://a.com/") == Proxy("proxy", 3128)
    assert proxy_of("https://a.com/") == Proxy("safe", 80)
    assert [proxy_of(url) for url in ("https://akorda.kz/", "http://other.org:8080/x")] == [None, None]
