"""A fetch as a whole, from a server that behaves like the site of a press service."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import itertools
import json
import random
import re
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from news_site import (
    PatientClock,
    Reply,
    Site,
    page_of,
    put_lists,
    put_release,
    releases,
    rules_for,
    running_site,
)
from warcio.archiveiterator import ArchiveIterator

from aligner.encode import Encoder
from aligner.errors import FetchError, FormatError, MissingExtraError, OptionError
from aligner.fetch import AddressFile, FetchReport, Settings, Source, fetch, pages_in, read_addresses
from aligner.fetch.client import Client
from aligner.fetch.content import examine
from aligner.fetch.fetch import headers_for
from aligner.fetch.manifest import Manifest
from aligner.fetch.site_rules import parse_rules
from aligner.fetch.stores import FileStore
from aligner.fetch.warc_store import WarcStore
from aligner.ingest import iter_input_files, read_documents

ENGLISH = """<html lang="en"><head><title>Meeting on water resources</title></head><body><article>
<h1>Meeting on water resources</h1><p>The Head of State held a meeting on the development of water resources and
heard reports by ministers on the state of reservoirs, canals and dams before the spring floods.</p>
<p>He instructed the Government to finish the repair of the most important dams within the year.</p>
</article></body></html>"""
CONTACT = "press@example.kz"


_EXAMINED: dict[tuple[bytes, str, str | None], Any] = {}


@pytest.fixture(autouse=True)
def read_pages_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many tests fetch the same pages; what is in each need not be found out every time."""

    def examine_once(file: Path, stated: str | None) -> Any:
        key = (file.read_bytes(), file.suffix, stated)
        if key not in _EXAMINED:
            _EXAMINED[key] = examine(file, stated)
        return _EXAMINED[key]

    monkeypatch.setattr("aligner.fetch.crawl.examine", examine_once)


@pytest.fixture
def clock() -> PatientClock:
    return PatientClock()


@pytest.fixture
def site(clock: PatientClock) -> Iterator[Site]:
    with running_site(clock.monotonic) as site:
        yield site


@pytest.fixture
def press(site: Site) -> Site:
    """The site with ten releases on three pages of each list."""
    for release in releases():
        put_release(site, release)
    put_lists(site, releases())
    return site


def run(
    folder: Path, clock: PatientClock, *sources: Source, site: Site | None = None, **settings: object
) -> FetchReport:
    sites = [] if site is None else [parse_rules(rules_for(site), "press.toml")]
    return fetch(
        sources, folder, Settings(contact=CONTACT, **settings), sites, clock=clock, chance=random.Random(5).random
    )


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.glob("*/*/*") if path.is_file())


def test_the_second_run_transfers_only_what_is_new(press: Site, tmp_path: Path, clock: PatientClock) -> None:
    put_lists(press, releases()[1:])
    first = run(tmp_path, clock, site=press)
    assert (first.new, first.changed, first.by_language) == (18, 0, {"kk": 9, "ru": 9})
    assert len(files(tmp_path)) == 18
    assert first.is_complete

    put_lists(press, releases())
    press.forget()
    second = run(tmp_path, clock, site=press)
    newest = releases()[0]
    assert (second.new, second.changed, second.unchanged) == (2, 0, 0)
    assert sorted(press.paths()) == sorted(
        [*newest.paths.values(), *(f"/{code}/events?page={page}" for code in ("kz", "ru") for page in (1, 2))]
    )

    press.forget()
    third = run(tmp_path, clock, site=press)
    assert third.new == third.bytes == 0
    assert press.paths() == press.paths(304) == ["/kz/events?page=1", "/ru/events?page=1"]
    assert len(files(tmp_path)) == 20
    assert {page.state for page in pages_in(tmp_path)} == {"kept"}


def test_what_is_fetched_gives_pairs(
    press: Site,
    tmp_path: Path,
    clock: PatientClock,
    encoder: Encoder,
    use_in_commands: Callable[[Encoder], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    for path in releases()[7].paths.values():
        press.put(path, "<html><body></body></html>")
    run(tmp_path, clock, site=press)
    use_in_commands(encoder)
    for folders in ((tmp_path / "kk", tmp_path / "ru"), (tmp_path,)):
        code, printed, _ = command(capsys, "batch", *map(str, folders), "--format", "pairs", "--quiet")
        pairs = [json.loads(line) for line in printed.splitlines()]
        stems = {(Path(pair["kk"]).stem.rpartition("-")[0], Path(pair["ru"]).stem.rpartition("-")[0]) for pair in pairs}
        wanted = [each for each in releases() if each is not releases()[7]]
        assert stems == {(Path(each.paths["kk"]).name, Path(each.paths["ru"]).name) for each in wanted}
        assert code == 0


def test_one_request_at_a_time_with_a_pause_and_the_name_of_who_asks(
    press: Site, tmp_path: Path, clock: PatientClock
) -> None:
    press.put("/robots.txt", Reply(b"User-agent: *\nCrawl-delay: 5\nDisallow: /ru/", content_type="text/plain"))
    report = run(tmp_path, clock, site=press)
    assert report.by_language == {"kk": 10}
    assert [url for url, _ in report.troubles] == [press.url("/ru/events?page=1")]
    assert not any(each.path.startswith("/ru/") for each in press.log)
    assert press.most_at_once == 1
    times = [each.at for each in press.log]
    assert all(later - earlier >= 5 for earlier, later in itertools.pairwise(times[1:]))
    for asked in press.log:
        assert re.fullmatch(r"qostil/[\d.]+ \(\+mailto:press@example\.kz\)", asked.headers["user-agent"])
        assert asked.headers["from"] == CONTACT


def test_a_page_that_changed_is_kept_anew_and_the_old_one_set_aside(
    press: Site, tmp_path: Path, clock: PatientClock
) -> None:
    run(tmp_path, clock, site=press)
    path = releases()[0].paths["kk"]
    before = {page.url: page for page in pages_in(tmp_path)}[press.url(path)]
    old = (tmp_path / before.file).read_bytes()
    press.put(path, old.decode().replace("</article>", "<p>Кеңес соңында қаулы қабылданды.</p></article>"))
    clock.pass_days(1.5)
    press.forget()
    report = run(tmp_path, clock, site=press)
    assert (report.new, report.changed, report.unchanged) == (0, 1, 7)
    assert press.paths(200) == [path]
    after = {page.url: page for page in pages_in(tmp_path)}[press.url(path)]
    assert after.file == before.file
    assert "қаулы қабылданды" in (tmp_path / after.file).read_text(encoding="utf-8")
    with Manifest(tmp_path) as manifest:
        ((digest, set_aside),) = manifest.earlier(press.url(path))
    assert digest == before.sha256
    assert (tmp_path / set_aside).read_bytes() == old
    assert len(files(tmp_path)) == 20
    assert not any(".earlier" in str(found) for found in iter_input_files([tmp_path]))


def test_a_page_that_never_changes_is_asked_for_ever_more_rarely(
    press: Site, tmp_path: Path, clock: PatientClock
) -> None:
    run(tmp_path, clock, site=press)
    press.forget()
    for _ in range(40):
        clock.pass_days(1)
        run(tmp_path, clock, site=press)
    assert press.paths().count(releases()[0].paths["kk"]) == 6
    assert press.paths(200) == []
    assert press.paths().count("/kz/events?page=1") == 40
    assert press.paths().count("/kz/events?page=2") == 0


def test_a_limit_gives_each_list_its_share_and_the_next_run_goes_on(
    press: Site, tmp_path: Path, clock: PatientClock
) -> None:
    reports = [run(tmp_path, clock, site=press, limit=6) for _ in range(4)]
    assert [report.new for report in reports] == [6, 6, 6, 2]
    assert reports[0].by_language == {"kk": 3, "ru": 3}
    assert reports[0].waiting == 2
    assert len(press.paths(200)) - len(set(press.paths(200))) == 0
    assert len(files(tmp_path)) == 20
    press.forget()
    assert run(tmp_path, clock, site=press).requests == 2


def test_what_is_older_is_left_out_until_it_is_wanted(press: Site, tmp_path: Path, clock: PatientClock) -> None:
    since = releases()[4].date
    assert run(tmp_path, clock, site=press, since=since).by_language == {"kk": 5, "ru": 5}
    assert "/kz/events?page=4" not in press.paths()
    assert run(tmp_path, clock, site=press).by_language == {"kk": 5, "ru": 5}


def feed(site: Site, *paths: str) -> Reply:
    items = "".join(f"<item><title>т</title><link>{site.url(path)}</link></item>" for path in paths)
    return Reply(f'<rss version="2.0"><channel>{items}</channel></rss>'.encode(), content_type="text/html")


def test_a_feed_in_one_language_and_pages_that_name_the_other(site: Site, tmp_path: Path, clock: PatientClock) -> None:
    for release in releases(4):
        head = f'<link rel="alternate" hreflang="ru" href="{release.paths["ru"]}">'
        put_release(site, release, {"kk": head})
    site.put("/rss", feed(site, *(release.paths["kk"] for release in releases(4))))
    report = run(tmp_path, clock, site.url("/rss"))
    assert report.by_language == {"kk": 4, "ru": 4}
    site.forget()
    assert run(tmp_path, clock, site.url("/rss")).bytes == 0
    assert site.paths(304) == ["/rss"]


def test_a_version_that_comes_a_week_later_is_fetched_then(site: Site, tmp_path: Path, clock: PatientClock) -> None:
    release = releases()[0]
    kk, ru = "/kz/news/1", "/ru/news/1"
    site.put(kk, page_of(release.kk))
    site.put("/rss", feed(site, kk))
    for _ in range(7):
        report = run(tmp_path, clock, site.url("/rss"), versions=("/kz/", "/ru/"))
        assert report.is_complete
        clock.pass_days(1)
    assert site.paths().count(ru) == 4
    site.put(ru, page_of(release.ru))
    clock.pass_days(8)
    assert run(tmp_path, clock, site.url("/rss"), versions=("/kz/", "/ru/")).by_language == {"ru": 1}


def test_a_packed_sitemap_of_everything_and_a_file_of_addresses(
    site: Site, tmp_path: Path, clock: PatientClock
) -> None:
    for release in releases(3):
        put_release(site, release)
    paths = [path for release in releases(3) for path in release.paths.values()]
    entries = "".join(f"<url><loc>{site.url(path)}</loc></url>" for path in ["/", "/kz/contacts", *paths])
    packed = gzip.compress(f"<urlset>{entries}</urlset>".encode())
    site.put("/sitemap.xml.gz", Reply(packed, content_type="application/x-gzip"))
    report = run(tmp_path / "a", clock, site.url("/sitemap.xml.gz"), match=r"-\d+$")
    assert report.by_language == {"kk": 3, "ru": 3}
    assert "/kz/contacts" not in site.paths()

    addresses = tmp_path / "addresses.txt"
    addresses.write_text("# газет\n\n" + "\n".join(map(site.url, paths)) + f"  # соңғы\n{site.url(paths[0])}\n")
    report = run(tmp_path / "b", clock, read_addresses(addresses))
    assert report.by_language == {"kk": 3, "ru": 3}
    assert [name.partition("/")[2] for name in files(tmp_path / "a")] == [
        name.partition("/")[2] for name in files(tmp_path / "b")
    ]


def test_troubles_of_all_kinds_are_got_over_or_told(press: Site, tmp_path: Path, clock: PatientClock) -> None:
    good = {release.paths["kk"]: page_of(release.kk).encode() for release in releases()}
    flaky, busy, cut, forbidden, gone, broken, english, hostile, *_ = good
    press.put(flaky, Reply(status=500), Reply(status=502), Reply(good[flaky]))
    press.put(busy, Reply(status=429, headers={"Retry-After": "90"}), Reply(good[busy]))
    press.put(cut, Reply(good[cut], stops_after=300), Reply(good[cut], is_packed=True))
    press.put(forbidden, Reply(b"no", status=403))
    press.remove(gone)
    press.put(broken, Reply(b"oops", status=500))
    press.put(english, ENGLISH)
    press.put(hostile, Reply(status=302, headers={"Location": "http://127.0.0.1:1/admin"}))
    report = run(tmp_path, clock, site=press)
    assert dict(report.failed) == {
        press.url(forbidden): "the site refuses to give it (403)",
        press.url(gone): "there is no such page (404)",
        press.url(broken): "the answer is 500",
        press.url(hostile): "127.0.0.1 stands in a private network (127.0.0.1), and only links name it",
    }
    assert dict(report.skipped) == {press.url(english): "language: en (only kk and ru are aligned)"}
    assert report.by_language == {"kk": 5, "ru": 10}
    assert not report.is_complete
    assert 90.0 in clock.slept
    states = {page.url: page for page in pages_in(tmp_path)}
    for path in (flaky, busy, cut):
        assert (tmp_path / states[press.url(path)].file).read_bytes() == good[path]
    assert not list(tmp_path.glob(".draft*"))

    # The next run tries again what may have been mended, and nothing else.
    press.put(broken, Reply(good[broken]))
    press.forget()
    second = run(tmp_path, clock, site=press)
    assert second.new == 1
    assert press.paths(200) == [broken]
    assert len(press.paths()) == 3


def test_a_page_that_moved_is_kept_once(press: Site, tmp_path: Path, clock: PatientClock) -> None:
    path = releases()[0].paths["kk"]
    run(tmp_path, clock, site=press)
    new = "/kz/zhana-mekenzhay-1"
    press.put(new, press.reply(path))
    press.put(path, Reply(status=301, headers={"Location": new}))
    clock.pass_days(2)
    report = run(tmp_path, clock, site=press)
    assert report.failed == []
    pages = {page.url: page for page in pages_in(tmp_path)}
    assert pages[press.url(path)].leads_to == press.url(new)
    assert pages[press.url(new)].state == "kept"
    assert len(files(tmp_path)) == 20
    press.forget()
    clock.pass_days(2)
    run(tmp_path, clock, site=press)
    assert new in press.paths(304)
    assert path not in press.paths()


def test_a_page_that_leads_to_the_front_page_is_gone(press: Site, tmp_path: Path, clock: PatientClock) -> None:
    path = releases()[0].paths["kk"]
    press.put("/", page_of(releases()[1].kk))
    press.put(path, Reply(status=302, headers={"Location": "/"}))
    report = run(tmp_path, clock, site=press)
    ((url, reason),) = report.failed
    assert (url, reason.partition(":")[0]) == (press.url(path), "redirects to what is no publication")
    assert not any(page.url == press.url("/") for page in pages_in(tmp_path))


def test_two_addresses_of_one_page_are_kept_once(site: Site, tmp_path: Path, clock: PatientClock) -> None:
    page = page_of(releases()[0].kk)
    site.put("/kz/1", page)
    site.put("/kz/1?print=1", page)
    addresses = AddressFile(tmp_path / "list", (site.url("/kz/1"), site.url("/kz/1?print=1")))
    report = run(tmp_path / "out", clock, addresses)
    assert report.skipped == [(site.url("/kz/1?print=1"), f"the same as {site.url('/kz/1')}")]
    assert len(files(tmp_path / "out")) == 1


def test_a_template_that_changed_is_told(press: Site, tmp_path: Path, clock: PatientClock) -> None:
    press.put("/kz/events?page=1", "<html><body><ul><li><a href='/kz/1'>Жаңа үлгі</a></ul></body></html>")
    report = run(tmp_path, clock, site=press)
    ((url, reason),) = report.troubles
    assert url == press.url("/kz/events?page=1")
    assert "may have changed" in reason
    assert report.by_language == {"ru": 10}


def test_where_nothing_can_be_had_that_is_an_error(site: Site, tmp_path: Path, clock: PatientClock) -> None:
    with pytest.raises(FetchError, match="nothing could be fetched"):
        run(tmp_path, clock, site.url("/rss"))
    site.put("/robots.txt", Reply(status=503))
    with pytest.raises(FetchError, match="nothing could be fetched"):
        run(tmp_path / "b", clock, AddressFile(tmp_path / "list", (site.url("/kz/1"),)))
    assert [page.state for page in pages_in(tmp_path / "b")] == ["pending"]


def test_a_folder_serves_one_run_at_a_time(site: Site, tmp_path: Path, clock: PatientClock) -> None:
    site.put("/kz/1", page_of(releases()[0].kk))
    with Manifest(tmp_path), pytest.raises(FetchError, match="another run"):
        run(tmp_path, clock, site.url("/kz/1"))
    assert run(tmp_path, clock, site.url("/kz/1")).new == 1


@pytest.mark.parametrize(
    ("contact", "remedy"),
    [
        ("", "--contact name@example.kz"),
        ("me", "neither an e-mail address nor a web page"),
        ("a@b", "neither"),
        ("a@example.kz\r\nX-Evil: 1", "neither"),
        ("ftp://example.kz", "neither"),
    ],
)
def test_nobody_fetches_without_a_contact(
    site: Site, tmp_path: Path, clock: PatientClock, contact: str, remedy: str
) -> None:
    with pytest.raises(OptionError, match=re.escape(remedy)):
        fetch([site.url("/kz/1")], tmp_path / "out", Settings(contact), clock=clock)
    assert site.log == []
    assert not (tmp_path / "out").exists()


def test_who_asks_may_be_a_web_page() -> None:
    headers = headers_for("https://example.kz/robot")
    assert headers["User-Agent"].endswith("(+https://example.kz/robot)")
    assert "From" not in headers


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ({"pause_s": -1.0}, "pause"),
        ({"pause_s": float("nan")}, "pause"),
        ({"recheck_days": float("inf")}, "recheck"),
        ({"match": "("}, "regular expression"),
        ({"versions": ("", "/ru/")}, "must differ"),
        ({"versions": ("/ru/", "/ru/")}, "must differ"),
    ],
)
def test_settings_that_can_not_be_meant(
    tmp_path: Path, clock: PatientClock, settings: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(OptionError, match=complaint):
        run(tmp_path, clock, "https://example.kz/rss", **settings)


def test_a_missing_library_is_named_with_what_brings_it(
    tmp_path: Path, clock: PatientClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "protego", None)
    with pytest.raises(MissingExtraError, match=re.escape("pip install 'qostil[fetch]'")):
        run(tmp_path, clock, "https://example.kz/rss")


# ---- killed at any moment ----


class Killed(BaseException):
    """The end of a run, whatever it was about to do."""


def strike(monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    """Let the run end at the `at`-th moment: before or after a request, an entry in the manifest, a page put away."""
    moments = itertools.count(1)

    def around(method: Callable[..., Any]) -> Callable[..., Any]:
        def struck(*arguments: Any, **named: Any) -> Any:
            if next(moments) == at:
                raise Killed
            result = method(*arguments, **named)
            if next(moments) == at:
                raise Killed
            return result

        return struck

    for owner, names in (
        (Manifest, ("put", "note", "note_walk", "note_versions", "put_listing", "begin_archive")),
        (Client, ("get",)),
        (FileStore, ("keep",)),
        (WarcStore, ("keep",)),
    ):
        for name in names:
            monkeypatch.setattr(owner, name, around(getattr(owner, name)))


def content(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".fetch.db")
    }


@pytest.mark.parametrize("is_warc", [False, True])
def test_a_run_killed_at_any_moment_is_gone_on_with(
    site: Site, tmp_path: Path, clock: PatientClock, monkeypatch: pytest.MonkeyPatch, is_warc: bool
) -> None:
    shown = releases(4)
    for release in shown:
        put_release(site, release)
    put_lists(site, shown)
    run(tmp_path / "whole", clock, site=site, is_warc=is_warc)
    wanted = known_content(tmp_path / "whole")
    deaths = 0
    for at in itertools.count(1, 11):
        folder = tmp_path / str(at)
        with monkeypatch.context() as patch:
            strike(patch, at)
            try:
                run(folder, clock, site=site, is_warc=is_warc)
            except Killed:
                deaths += 1
            else:
                break
        with monkeypatch.context() as patch:
            # And the run that goes on is killed, too.
            strike(patch, 9)
            with contextlib.suppress(Killed):
                run(folder, clock, site=site, is_warc=is_warc)
        site.forget()
        run(folder, clock, site=site, is_warc=is_warc)
        assert known_content(folder) == wanted
        assert {page.state for page in pages_in(folder)} == {"kept"}
        site.forget()
        assert run(folder, clock, site=site, is_warc=is_warc).bytes == 0
    assert deaths > 7


def known_content(folder: Path) -> dict[str, object]:
    """What a batch would read: files with their bytes; of web archives, the pages by their title."""
    found: dict[str, object] = {}
    for name, data in content(folder).items():
        if not name.endswith(".warc.gz"):
            found[name] = data
            continue
        documents = list(read_documents(folder / name))
        titles = Counter(document.title for document in documents)
        assert set(titles.values()) == {1}, f"{name} holds a page twice"
        found[name] = frozenset(titles)
    return found


def test_a_process_killed_in_the_middle_leaves_nothing_half_written(site: Site, tmp_path: Path) -> None:
    shown = releases(8)
    for release in shown:
        put_release(site, release)
    put_lists(site, shown)
    rules = tmp_path / "press.toml"
    rules.write_text(rules_for(site).replace("pause_s = 3", ""), encoding="utf-8")
    folder = tmp_path / "out"
    arguments = [sys.executable, "-m", "aligner", "fetch", "--rules", str(rules), "-o", str(folder), "--pause", "0"]
    for requests in (9, 14):
        site.forget()
        with subprocess.Popen([*arguments, "--contact", CONTACT], stdout=subprocess.DEVNULL) as process:
            site.killer = lambda count, process=process, requests=requests: count == requests and process.kill()
            assert process.wait(120) == -signal.SIGKILL
    site.killer = None
    site.forget()
    finished = subprocess.run([*arguments, "--contact", CONTACT, "--json"], capture_output=True, text=True, timeout=120)
    assert finished.returncode == 0, finished.stderr
    report = json.loads(finished.stdout)
    assert 0 < report["new"] < 12
    assert len(files(folder)) == 16
    assert {page.state for page in pages_in(folder)} == {"kept"}
    for page in pages_in(folder):
        assert hashlib.sha256((folder / page.file).read_bytes()).hexdigest() == page.sha256


# ---- web archives ----


def test_pages_in_web_archives_are_read_as_files_are(press: Site, tmp_path: Path, clock: PatientClock) -> None:
    run(tmp_path / "files", clock, site=press)
    report = run(tmp_path / "warc", clock, site=press, is_warc=True)
    assert report.by_language == {"kk": 10, "ru": 10}
    archive = tmp_path / "warc" / "kk" / "pages-00001.warc.gz"
    assert list(content(tmp_path / "warc")) == ["kk/pages-00001.warc.gz", "ru/pages-00001.warc.gz"]
    in_archive = {document.source: document for document in read_documents(archive)}
    in_files = {
        document.text for path in (tmp_path / "files" / "kk").rglob("*.html") for document in read_documents(path)
    }
    assert {document.text for document in in_archive.values()} == in_files
    pages = {page.url: page for page in pages_in(tmp_path / "warc")}
    release = releases()[3]
    page = pages[press.url(release.paths["kk"])]
    assert in_archive[str(tmp_path / "warc" / page.file)].title == release.kk.title
    with archive.open("rb") as file:
        records = [
            (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), record.http_headers)
            for record in ArchiveIterator(file)
        ]
    assert records[0][0] == "warcinfo"
    assert {uri for kind, uri, _ in records if kind == "response"} == {url for url in pages if "/kz/" in url}
    assert all(headers.get_header("ETag") for kind, _, headers in records if kind == "response")
    press.forget()
    clock.pass_days(2)
    assert run(tmp_path / "warc", clock, site=press, is_warc=True).unchanged == 8
    assert press.paths(200) == []


def test_a_full_archive_is_followed_by_another_and_foreign_ones_are_let_alone(
    press: Site, tmp_path: Path, clock: PatientClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aligner.fetch.warc_store._FULL_AT_BYTES", 5_000)
    (tmp_path / "kk").mkdir()
    foreign = tmp_path / "kk" / "pages-00001.warc.gz"
    foreign.write_bytes(b"somebody else's")
    run(tmp_path, clock, site=press, is_warc=True)
    assert foreign.read_bytes() == b"somebody else's"
    archives = sorted(path.name for path in (tmp_path / "kk").iterdir())
    assert len(archives) > 3
    texts = [document.text for name in archives[1:] for document in read_documents(tmp_path / "kk" / name)]
    assert len(texts) == len(set(texts)) == 10


# ---- the command ----


def command(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of `qostil WORDS`."""
    from aligner import cli

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["qostil", *words])
        with pytest.raises(SystemExit) as stopped:
            cli.main()
    printed = capsys.readouterr()
    return int(stopped.value.code or 0), printed.out, printed.err


def test_the_command_tells_what_it_did(
    press: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = tmp_path / "press.toml"
    rules.write_text(rules_for(press).replace("pause_s = 3", ""), encoding="utf-8")
    words = ["fetch", "--rules", str(rules), "-o", str(tmp_path / "out"), "--pause", "0", "--contact", CONTACT]
    code, out, err = command(capsys, *words)
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == "new: 20; changed: 0 (10 kk, 10 ru)"
    assert out.splitlines()[-1] == f"folder: {tmp_path / 'out'}"

    assert command(capsys, *words, "--lang", "kk")[1].startswith("жаңа: 0; өзгерген: 0\nбұрыннан бар: 8,")

    monkeypatch.setenv("QOSTIL_CONTACT", CONTACT)
    code, out, err = command(capsys, *words[:-2], "--json")
    report = json.loads(out)
    assert (code, report["new"], report["bytes"], report["requests"], report["failed"]) == (0, 0, 0, 2, [])

    code, out, err = command(capsys, "fetch", "-o", str(tmp_path / "out"), "--manifest")
    pages = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert len(pages) == 20
    assert {"url", "state", "file", "sha256", "language", "status", "checked"} <= pages[0].keys()

    # One list of the site, by its address.
    code, out, err = command(
        capsys,
        "fetch",
        press.url("/ru/events"),
        "--rules",
        str(rules),
        "-o",
        str(tmp_path / "ru"),
        "--pause",
        "0",
        "--json",
    )
    assert (code, json.loads(out)["languages"]) == (0, {"ru": 10})

    press.put(releases()[0].paths["kk"], Reply(status=403))
    code, out, err = command(capsys, *words[:4], str(tmp_path / "other"), *words[5:])
    assert code == 3
    assert f"{press.url(releases()[0].paths['kk'])}: the site refuses to give it (403)" in out


def test_the_command_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch) -> None:
    monkeypatch.delenv("QOSTIL_CONTACT", raising=False)
    out = str(tmp_path / "out")
    for words, code, complaint in (
        (("https://example.kz/rss",), 2, "-o FOLDER"),
        (("https://example.kz/rss", "-o", out), 1, "--contact name@example.kz"),
        (("-o", out, "--contact", CONTACT), 1, "say what to fetch"),
        (("no-such-file.txt", "-o", out, "--contact", CONTACT), 1, "no such file"),
        (("--site", "egemen", "-o", out, "--contact", CONTACT), 1, "there are: akorda"),
        (("https://example.kz/rss", "-o", out, "--contact", CONTACT, "--versions", "kz"), 2, "KK=RU"),
        (("-o", out, "--manifest"), 1, "nothing was fetched into it"),
    ):
        result, printed, said = command(capsys, "fetch", *words)
        assert (result, printed) == (code, "")
        assert complaint in re.sub(r"[\s│]+", " ", said)
        assert not Path(out).exists()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [("# nothing\n", "holds no web address"), ("https://example.kz/1\nexample.kz/2\n", "line 2: example.kz/2 is no")],
)
def test_files_of_addresses_that_are_none(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "list.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormatError, match=complaint):
        read_addresses(path)
