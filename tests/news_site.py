"""A web server on this machine that behaves like the site of a press service, well or badly, and keeps count."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import html
import os
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import format_datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from sample import SAMPLE, gold_pairs

from aligner.ingest import read_documents
from aligner.records import Document

# Whatever proxy this machine goes through, the sites here stand on this side of it.
os.environ["no_proxy"] = ",".join(filter(None, [os.environ.get("no_proxy"), "127.0.0.1,localhost"]))
NOW = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)
PER_PAGE = 4
LIST_TEMPLATE = """<!DOCTYPE html><html lang="{code}"><head><meta charset="UTF-8"><title>{title}</title></head><body>
<header><a href="/{code}"><img src="/img/gerb.png"></a><a href="/kz/events">Қаз</a><a href="/ru/events">Рус</a></header>
<div id="main_block"><h1>{title}</h1>{cards}</div>
<div class="pages">{pages}</div><footer><h3><a href="/{code}/contacts">{title}</a></h3></footer></body></html>"""
CARD = """<div class="card"><h3><a href="{path}">{title}</a></h3>
<div class="summary">{summary}</div><h5 class="mt-3">{date}</h5></div>"""
PAGE_TEMPLATE = """<!DOCTYPE html><html lang="{code}"><head><meta charset="UTF-8"><title>{title}</title>
{head}</head><body><header><nav><a href="/{code}">{code}</a></nav></header>
<div id="main_block"><h2>{title}</h2><article>{paragraphs}</article></div>
<aside><div class="date_main_block_small">1 қаңтар 2020</div></aside></body></html>"""


@dataclass
class Reply:
    """An answer. `stops_after` bytes the line is cut; `drips` says one byte at a time; `tags` is about ETag."""

    body: bytes = b""
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    stops_after: int | None = None
    drip_s: float | None = None
    has_etag: bool = True
    is_packed: bool = False

    @property
    def etag(self) -> str:
        return f'"{hashlib.md5(self.body).hexdigest()}"'


@dataclass(frozen=True)
class Asked:
    """A request, and the status it was answered with."""

    path: str
    headers: dict[str, str]
    status: int
    at: float


class Site:
    """What is where, and who asked for it. A path may have several replies; the last one stays."""

    def __init__(self, address: str, clock: Callable[[], float]) -> None:
        self.address = address
        self.log: list[Asked] = []
        self.most_at_once = 0
        self.killer: Callable[[int], None] | None = None
        self._replies: dict[str, list[Reply]] = {}
        self._clock = clock
        self._lock = threading.Lock()
        self._running = 0

    def url(self, path: str) -> str:
        return f"{self.address}{path}"

    def put(self, path: str, *replies: Reply | str) -> None:
        self._replies[path] = [Reply(each.encode()) if isinstance(each, str) else each for each in replies]

    def remove(self, path: str) -> None:
        self._replies.pop(path, None)

    def forget(self) -> None:
        """Begin to count anew."""
        self.log.clear()

    def paths(self, status: int | None = None) -> list[str]:
        """What was asked for, without robots.txt."""
        return [each.path for each in self.log if each.path != "/robots.txt" and status in (None, each.status)]

    def reply(self, path: str) -> Reply:
        waiting = self._replies.get(path)
        if not waiting:
            return Reply(b"<html><body>404</body></html>", 404, has_etag=False)
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]

    @contextmanager
    def serving(self, path: str, headers: dict[str, str]) -> Iterator[Reply]:
        with self._lock:
            self._running += 1
            self.most_at_once = max(self.most_at_once, self._running)
            reply = self.reply(path)
            if reply.status == 200 and reply.has_etag and headers.get("if-none-match") == reply.etag:
                reply = Reply(status=304)
            self.log.append(Asked(path, headers, reply.status, self._clock()))
            if self.killer is not None:
                self.killer(len(self.log))
        try:
            yield reply
        finally:
            with self._lock:
                self._running -= 1


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        with self.site.serving(self.path, headers) as reply:
            self._say(reply)

    def _say(self, reply: Reply) -> None:
        body = gzip.compress(reply.body) if reply.is_packed else reply.body
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(body)))
        if reply.is_packed:
            self.send_header("Content-Encoding", "gzip")
        if reply.status == 200 and reply.has_etag:
            self.send_header("ETag", reply.etag)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            if reply.drip_s is not None:
                for place in range(len(body)):
                    self.wfile.write(body[place : place + 1])
                    time.sleep(reply.drip_s)
            else:
                self.wfile.write(body[: reply.stops_after])
        except OSError:
            # The client has had enough.
            self.close_connection = True
        if reply.stops_after is not None:
            self.close_connection = True

    def log_message(self, format: str, *arguments: object) -> None:
        """Tests read `Site.log`."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away, or that does not trust us, is part of the play."""


@contextmanager
def running_site(clock: Callable[[], float] = time.monotonic, certificate: Path | None = None) -> Iterator[Site]:
    """An empty site on a free port; it has no robots.txt. With a certificate (and its key), it speaks TLS."""
    handler = type("Handler", (_Handler,), {})
    server = _Server(("127.0.0.1", 0), handler)
    scheme = "http"
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        scheme = "https"
    handler.site = Site(f"{scheme}://127.0.0.1:{server.server_port}", clock)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield handler.site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class PatientClock:
    """A clock whose sleeps pass at once."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.slept: list[float] = []

    def now(self) -> dt.datetime:
        return NOW + dt.timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.slept.append(seconds)
        self.seconds += seconds

    def pass_days(self, days: float) -> None:
        self.seconds += days * 86_400


@dataclass(frozen=True)
class Release:
    """A publication in both languages, with the address that it has in each."""

    kk: Document
    ru: Document
    date: dt.date
    paths: dict[str, str]


@cache
def releases(count: int = 10) -> tuple[Release, ...]:
    """Releases of the sample corpus, the newest first, with addresses as Akorda gives them."""
    found = []
    for pair in gold_pairs():
        if pair.kk is None or pair.ru is None:
            continue
        kk, ru = (next(iter(read_documents(SAMPLE / Path(name)))) for name in (pair.kk, pair.ru))
        number = 555_700 - 11 * len(found)
        paths = {"kk": f"/kz/{Path(pair.kk).stem}-{number}", "ru": f"/ru/{Path(pair.ru).stem}-{number - 900}"}
        found.append(Release(kk, ru, dt.date(2026, 11, 20) - dt.timedelta(days=3 * len(found)), paths))
        if len(found) == count:
            break
    return tuple(found)


def page_of(document: Document, head: str = "") -> str:
    paragraphs = "".join(f"<p>{html.escape(each.text)}</p>" for each in document.paragraphs)
    code = "kz" if document.language == "kk" else "ru"
    return PAGE_TEMPLATE.format(code=code, title=html.escape(document.title or ""), paragraphs=paragraphs, head=head)


def put_release(site: Site, release: Release, heads: dict[str, str] | None = None) -> None:
    for document in (release.kk, release.ru):
        site.put(release.paths[document.language], page_of(document, (heads or {}).get(document.language, "")))


def put_lists(site: Site, shown: tuple[Release, ...]) -> None:
    """The lists of both languages, page by page, and an empty page behind the last."""
    for language, code in (("kk", "kz"), ("ru", "ru")):
        pages = [shown[start : start + PER_PAGE] for start in range(0, len(shown), PER_PAGE)]
        for number, each in enumerate([*pages, ()], start=1):
            site.put(f"/{code}/events?page={number}", list_page(language, code, each, len(pages)))


def list_page(language: str, code: str, shown: tuple[Release, ...], pages: int) -> str:
    cards = "".join(
        CARD.format(
            path=each.paths[language],
            title=html.escape(getattr(each, language).title or ""),
            summary=html.escape(getattr(each, language).paragraphs[0].text[:80]),
            date=written(each.date, language),
        )
        for each in shown
    )
    links = "".join(f'<a href="/{code}/events?page={number + 1}">{number + 1}</a>' for number in range(pages))
    return LIST_TEMPLATE.format(
        code=code, title="Оқиғалар" if language == "kk" else "События", cards=cards, pages=links
    )


def written(date: dt.date, language: str) -> str:
    """A date as the lists write it; the year stands where it is not this one."""
    months = {
        "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
        "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    }
    month = months[language].split()[date.month - 1]
    return f"{date.year} жылғы {date.day} {month}" if language == "kk" else f"{date.day} {month} {date.year} года"


def rules_for(site: Site) -> str:
    """The rules of Akorda, for this server."""
    from importlib import resources

    text = (resources.files("aligner.fetch") / "sites" / "akorda.toml").read_text(encoding="utf-8")
    host = site.address.removeprefix("http://")
    text = text.replace("https://www.akorda.kz/", f"{site.address}/").replace(
        '"www.akorda.kz", "akorda.kz"', f'"{host}"'
    )
    wanted = text.split("[[lists]]")
    return "[[lists]]".join(
        [wanted[0].replace('name = "akorda"', 'name = "press"'), *(each for each in wanted[1:] if "/events" in each)]
    )


def http_date(time: dt.datetime) -> str:
    return format_datetime(time, usegmt=True)
