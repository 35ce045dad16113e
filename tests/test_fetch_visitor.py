"""Manners: robots.txt, pauses, second tries, redirects, and hosts that want to be left alone."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from news_site import NOW, PatientClock, http_date

from aligner.fetch.manifest import Manifest
from aligner.fetch.polite import Turns, backoff_s, parse_retry_after
from aligner.fetch.records import Answer, Failure
from aligner.fetch.robots import Kept
from aligner.fetch.visitor import Visitor

HOST = "https://example.kz"
OTHER = "https://other.example"


@dataclass
class Web:
    """Answers by address, in place of servers; of several the last stays. Each answer takes a second."""

    clock: PatientClock
    answers: dict[str, list[Answer | Failure]] = field(default_factory=dict)
    asked: list[tuple[float, str]] = field(default_factory=list)

    def put(self, url: str, *answers: Answer | Failure | int | str) -> None:
        self.answers[url] = [
            Answer(url, each)
            if isinstance(each, int)
            else Answer(url, 200, {}, each.encode())
            if isinstance(each, str)
            else each
            for each in answers
        ]

    def get(self, url: str, headers: Mapping[str, str], max_bytes: int) -> Answer | Failure:
        self.asked.append((self.clock.monotonic(), url))
        self.clock.seconds += 1.0
        waiting = self.answers.get(url, [Answer(url, 404)])
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]

    def paths(self) -> list[str]:
        return [url.removeprefix(HOST) for _, url in self.asked]


@pytest.fixture
def clock() -> PatientClock:
    return PatientClock()


@pytest.fixture
def web(clock: PatientClock) -> Web:
    return Web(clock)


class Notes:
    """What a manifest keeps of hosts."""

    def __init__(self) -> None:
        self.kept: dict[str, Kept] = {}
        self.closed: dict[str, dt.datetime] = {}

    def robots(self, origin: str) -> Kept | None:
        return self.kept.get(origin)

    def keep_robots(self, origin: str, kept: Kept) -> None:
        self.kept[origin] = kept

    def closed_until(self, host: str) -> dt.datetime | None:
        return self.closed.get(host)

    def close_until(self, host: str, until: dt.datetime) -> None:
        self.closed[host] = until


@pytest.fixture
def notes() -> Notes:
    return Notes()


@pytest.fixture
def visitor(web: Web, clock: PatientClock, notes: Notes) -> Visitor:
    return visitor_of(web, clock, notes)


def visitor_of(web: Web, clock: PatientClock, notes: Notes) -> Visitor:
    return Visitor(web, Turns(clock, 2.0), notes, clock, lambda: 0.0)


def visit(visitor: Visitor, path: str, headers: Mapping[str, str] | None = None) -> Answer | Failure:
    return visitor.visit(path if "://" in path else f"{HOST}{path}", headers or {}, 1000)


def test_a_pause_lies_between_the_end_of_one_answer_and_the_next_request(visitor: Visitor, web: Web) -> None:
    for path in ("/1", "/2", "/3"):
        web.put(f"{HOST}{path}", "text")
        assert isinstance(visit(visitor, path), Answer)
    assert web.asked == [
        (0.0, f"{HOST}/robots.txt"),
        (3.0, f"{HOST}/1"),
        (6.0, f"{HOST}/2"),
        (9.0, f"{HOST}/3"),
    ]


@pytest.mark.parametrize(
    ("rules", "pause"),
    [
        ("User-agent: *\nCrawl-delay: 7", 7.0),
        ("User-agent: *\nCrawl-delay: 0.5", 2.0),
        ("User-agent: *\nRequest-rate: 1/30s", 30.0),
        ("User-agent: *\nCrawl-delay: 7\n\nUser-agent: qostil\nCrawl-delay: 11", 11.0),
        ("User-agent: *\nCrawl-delay: often", 2.0),
        ("User-agent: *\nCrawl-delay: -5", 2.0),
    ],
)
def test_the_pause_is_as_long_as_the_site_asks(visitor: Visitor, web: Web, rules: str, pause: float) -> None:
    web.put(f"{HOST}/robots.txt", rules)
    for path in ("/1", "/2"):
        visit(visitor, path)
    ((robots, _), (first, _), (second, _)) = web.asked
    assert second - first == first - robots == pause + 1.0


def test_what_robots_may_not_fetch_is_not_asked_for(visitor: Visitor, web: Web) -> None:
    web.put(f"{HOST}/robots.txt", "User-agent: *\nDisallow: /private\nAllow: /private/open$\nDisallow: /*.php")
    for path in ("/private", "/private/open/1", "/a.php?x"):
        refused = visit(visitor, path)
        assert isinstance(refused, Failure)
        assert not refused.is_passing
        assert "robots.txt" in refused.reason
    web.put(f"{HOST}/private/open", "text")
    assert isinstance(visit(visitor, "/private/open"), Answer)
    assert web.paths() == ["/robots.txt", "/private/open"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_site_without_rules_allows_everything(visitor: Visitor, web: Web, status: int) -> None:
    web.put(f"{HOST}/robots.txt", status)
    web.put(f"{HOST}/1", "text")
    assert isinstance(visit(visitor, "/1"), Answer)


@pytest.mark.parametrize("trouble", [500, 503, 429, Failure("no network", is_passing=True)])
def test_while_the_rules_can_not_be_read_nothing_is_fetched(visitor: Visitor, web: Web, trouble: int | Failure) -> None:
    web.put(f"{HOST}/robots.txt", trouble)
    web.put(f"{HOST}/1", "text")
    failure = visit(visitor, "/1")
    assert isinstance(failure, Failure)
    assert failure.is_passing
    assert visitor.is_left_alone(f"{HOST}/2")
    assert set(web.paths()) == {"/robots.txt"}


def test_rules_hold_for_a_day_and_older_ones_while_the_site_is_out_of_order(
    web: Web, clock: PatientClock, notes: Notes
) -> None:
    web.put(f"{HOST}/robots.txt", "User-agent: *\nDisallow: /no")
    visit(visitor_of(web, clock, notes), "/1")
    for days, is_asked in ((0.9, False), (0.2, True)):
        clock.pass_days(days)
        web.asked.clear()
        visit(visitor_of(web, clock, notes), "/2")
        assert ("/robots.txt" in web.paths()) is is_asked
    clock.pass_days(20)
    web.put(f"{HOST}/robots.txt", 503)
    refused = visit(visitor_of(web, clock, notes), "/no")
    assert isinstance(refused, Failure)
    assert "asks not to" in refused.reason
    clock.pass_days(20)
    assert visitor_of(web, clock, notes).visit(f"{HOST}/2", {}, 100).is_passing


def test_redirected_rules_are_followed(visitor: Visitor, web: Web) -> None:
    web.put(f"{HOST}/robots.txt", Answer("", 301, {"location": f"{OTHER}/rules.txt"}))
    web.put(f"{OTHER}/rules.txt", "User-agent: qostil\nDisallow: /")
    assert isinstance(visit(visitor, "/1"), Failure)


def test_failures_are_tried_again_ever_later(visitor: Visitor, web: Web) -> None:
    web.put(f"{HOST}/1", 500, Failure("the answer ends too early", is_passing=True), 502, "text at last")
    answer = visit(visitor, "/1")
    assert isinstance(answer, Answer)
    assert answer.body == b"text at last"
    times = [at for at, url in web.asked if url.endswith("/1")]
    assert [later - earlier - 1.0 for earlier, later in itertools.pairwise(times)] == [2.0, 4.0, 8.0]
    assert visitor.requests == 5


def test_a_page_that_keeps_failing_is_given_up_and_then_its_host(visitor: Visitor, web: Web) -> None:
    for number in range(5):
        web.put(f"{HOST}/{number}", 500)
    for number in range(5):
        failure = visit(visitor, f"/{number}")
        assert isinstance(failure, Failure)
        assert failure.is_passing
    assert web.paths() == ["/robots.txt", *["/0"] * 4, *["/1"] * 4, *["/2"] * 4]
    assert list(visitor.left_alone) == ["example.kz:443"]


def test_refusals_are_taken_at_their_word(visitor: Visitor, web: Web) -> None:
    for number in range(8):
        web.put(f"{HOST}/{number}", 403)
    first = visit(visitor, "/0")
    assert isinstance(first, Failure)
    assert not first.is_passing
    assert first.status == 403
    for number in range(1, 8):
        visit(visitor, f"/{number}")
    assert web.paths() == ["/robots.txt", "/0", "/1", "/2", "/3", "/4"]
    assert "refuses 5 pages in a row" in visitor.left_alone["example.kz:443"]


@pytest.mark.parametrize("status", [404, 410])
def test_a_missing_page_is_asked_for_once(visitor: Visitor, web: Web, status: int) -> None:
    web.put(f"{HOST}/1", status)
    for _ in range(7):
        failure = visit(visitor, "/1")
        assert isinstance(failure, Failure)
        assert not failure.is_passing
    assert not visitor.left_alone
    assert web.paths().count("/1") == 7


def test_the_wait_that_a_site_asks_for_is_kept_and_all_pauses_grow(visitor: Visitor, web: Web) -> None:
    web.put(f"{HOST}/1", Answer("", 429, {"retry-after": "60"}), "text")
    web.put(f"{HOST}/2", "text")
    assert isinstance(visit(visitor, "/1"), Answer)
    visit(visitor, "/2")
    (_, (first, _), (second, _), (third, _)) = web.asked
    assert second - first == 61.0
    assert third - second == 5.0


def test_who_wants_to_be_left_alone_for_long_is_also_in_the_next_runs(
    web: Web, clock: PatientClock, notes: Notes
) -> None:
    until = NOW + dt.timedelta(hours=3)
    web.put(f"{HOST}/1", Answer("", 503, {"retry-after": http_date(until)}))
    failure = visit(visitor_of(web, clock, notes), "/1")
    assert isinstance(failure, Failure)
    assert abs((notes.closed["example.kz:443"] - until).total_seconds()) < 5
    web.asked.clear()
    clock.pass_days(2.9 / 24)
    assert visitor_of(web, clock, notes).is_left_alone(f"{HOST}/2")
    clock.pass_days(0.2 / 24)
    web.put(f"{HOST}/1", "text")
    assert isinstance(visit(visitor_of(web, clock, notes), "/1"), Answer)


def test_redirects_are_followed_and_the_other_host_is_asked_for_its_rules(visitor: Visitor, web: Web) -> None:
    web.put(f"{HOST}/1", Answer("", 302, {"location": "/2"}))
    web.put(f"{HOST}/2", Answer("", 308, {"location": f"{OTHER}/3"}))
    web.put(f"{OTHER}/3", "text")
    answer = visit(visitor, "/1")
    assert isinstance(answer, Answer)
    assert answer.url == f"{OTHER}/3"
    assert f"{OTHER}/robots.txt" in [url for _, url in web.asked]
    web.put(f"{OTHER}/robots.txt", "User-agent: *\nDisallow: /")
    refused = visit(visitor_of(web, PatientClock(), Notes()), "/1")
    assert isinstance(refused, Failure)
    assert "robots.txt" in refused.reason


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("/1", "in a circle"),
        ("ftp://example.kz/1", "no web address"),
        ("file:///etc/passwd", "no web address"),
        ("", "no web address"),
        ("http://user:password@example.kz/", "no web address"),
    ],
)
def test_redirects_that_lead_nowhere(visitor: Visitor, web: Web, location: str, reason: str) -> None:
    web.put(f"{HOST}/1", Answer("", 301, {"location": location} if location else {}))
    failure = visit(visitor, "/1")
    assert isinstance(failure, Failure)
    assert reason in failure.reason


def test_too_many_redirects(visitor: Visitor, web: Web) -> None:
    for number in range(10):
        web.put(f"{HOST}/{number}", Answer("", 301, {"location": f"/{number + 1}"}))
    failure = visit(visitor, "/0")
    assert isinstance(failure, Failure)
    assert "more than 5 times" in failure.reason
    assert web.paths().count("/6") == 0


def test_an_unchanged_page_is_an_answer_only_where_that_was_asked(visitor: Visitor, web: Web) -> None:
    web.put(f"{HOST}/1", 304)
    answer = visit(visitor, "/1", {"If-None-Match": '"x"'})
    assert isinstance(answer, Answer)
    assert answer.status == 304
    assert isinstance(visit(visitor, "/1"), Failure)


def test_waits_double_and_chance_adds_half_at_most() -> None:
    assert [backoff_s(attempt, lambda: 0.0) for attempt in (1, 2, 3, 10)] == [2.0, 4.0, 8.0, 120.0]
    assert backoff_s(2, lambda: 1.0) == 6.0


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        (http_date(NOW + dt.timedelta(minutes=5)), 300.0),
        (http_date(NOW - dt.timedelta(days=1)), 0.0),
        ("soon", None),
        ("-3", None),
        ("", None),
        ("٣", None),
        ("9" * 400, 999_999_999.0),
    ],
)
def test_the_forms_of_retry_after(value: str, seconds: float | None) -> None:
    assert parse_retry_after(value, NOW) == seconds


def test_the_manifest_keeps_what_is_known_of_hosts(tmp_path: Path) -> None:
    with Manifest(tmp_path) as manifest:
        assert manifest.robots(HOST) is None
        manifest.keep_robots(HOST, Kept("User-agent: *", NOW))
        manifest.close_until("example.kz:443", NOW)
    with Manifest(tmp_path) as manifest:
        assert manifest.robots(HOST) == Kept("User-agent: *", NOW)
        assert manifest.closed_until("example.kz:443") == NOW
