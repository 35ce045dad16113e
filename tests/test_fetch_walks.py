"""Walks through lists of many pages: nothing is lost, however they end, and no page is read without need."""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import given, settings
from news_site import NOW, PatientClock

from aligner.fetch.manifest import Listing, Manifest
from aligner.fetch.records import Answer, Failure, Found
from aligner.fetch.site_rules import ListRules, SiteRules
from aligner.fetch.walks import AddressWalk, FileWalk, ListWalk, Scope, Step, Trouble

ADDRESS = "https://example.kz/kk/news?page={page}"
PER_PAGE = 3
TODAY = NOW.date()


def rules(address: str = ADDRESS) -> ListRules:
    return ListRules(address, first_page=1, links="//a", date=None, language="kk")


def site(*lists: ListRules) -> SiteRules:
    return SiteRules("example", "", ("example.kz",), 0.0, None, {}, lists, None, None)


@dataclass
class NumberedList:
    """A list of publications, the newest first, in place of a server: read page by page."""

    items: list[Found] = field(default_factory=list)
    fails_at: int | None = None
    repeats_last: bool = False
    read_pages: list[int] = field(default_factory=list)
    reads: int = 0

    def publish(self, count: int, date: dt.date = TODAY) -> None:
        for _ in range(count):
            self.items.insert(0, Found(f"https://example.kz/kk/news/{len(self.items)}", date))

    def read(self, url: str, parse: object) -> Listing | Failure:
        number = int(url.rpartition("=")[2])
        self.read_pages.append(number)
        if number == self.fails_at:
            return Failure("the answer is 500", is_passing=True, status=500)
        last = max(1, -(-len(self.items) // PER_PAGE))
        if self.repeats_last:
            number = min(number, last)
        return Listing("list", tuple(self.items[(number - 1) * PER_PAGE : number * PER_PAGE]), NOW)


def walk(manifest: Manifest, source: NumberedList, since: dt.date | None = None) -> ListWalk:
    scope = Scope(source, manifest, PatientClock(), lambda found: since is None or found.date >= since)
    return ListWalk(ADDRESS, site(rules()), rules(), since, scope)


def take(manifest: Manifest, source: NumberedList, steps: int | None = None, since: dt.date | None = None) -> list[int]:
    """Walk that many steps, or all; the pages that were read."""
    source.read_pages.clear()
    for number, step in enumerate(walk(manifest, source, since).steps(), start=1):
        assert isinstance(step, Step)
        if number == steps:
            break
    return list(source.read_pages)


def known(manifest: Manifest) -> set[str]:
    return {page.url for page in manifest.pages()}


def test_the_first_walk_goes_to_the_end_and_the_second_stops_where_it_began(tmp_path: Path) -> None:
    source = NumberedList()
    source.publish(8)
    with Manifest(tmp_path) as manifest:
        assert take(manifest, source) == [1, 2, 3, 4]
        assert len(known(manifest)) == 8
        assert take(manifest, source) == [1]
        source.publish(2)
        assert take(manifest, source) == [1, 2]
        assert len(known(manifest)) == 10


def test_a_list_that_repeats_its_last_page_ends(tmp_path: Path) -> None:
    source = NumberedList(repeats_last=True)
    source.publish(6)
    with Manifest(tmp_path) as manifest:
        assert take(manifest, source) == [1, 2, 3]


def test_what_is_new_when_a_walk_is_killed_between_two_pages_is_not_lost(tmp_path: Path) -> None:
    source = NumberedList()
    source.publish(9)
    with Manifest(tmp_path) as manifest:
        take(manifest, source)
        source.publish(6)
        # The first page of new ones is seen, the second is not; then all of the first page is known.
        assert take(manifest, source, steps=1) == [1]
        assert len(known(manifest)) == 12
        assert take(manifest, source) == [1, 2, 3]
        assert len(known(manifest)) == 15


def test_an_unfinished_walk_is_gone_on_with_where_it_stopped(tmp_path: Path) -> None:
    source = NumberedList()
    source.publish(60)
    with Manifest(tmp_path) as manifest:
        take(manifest, source, steps=12)
        source.publish(3)
        # One page of new ones, one that shows where the old walk began, then the page that it had got to.
        assert take(manifest, source) == [1, 2, *range(13, 23)]
        assert len(known(manifest)) == 63


def test_what_moves_up_over_the_place_of_an_unfinished_walk_is_seen(tmp_path: Path) -> None:
    source = NumberedList()
    source.publish(60)
    with Manifest(tmp_path) as manifest:
        take(manifest, source, steps=10)
        del source.items[3:27]
        take(manifest, source)
        assert {found.url for found in source.items} <= known(manifest)


def test_a_walk_into_the_past_ends_at_its_date_and_can_go_deeper_later(tmp_path: Path) -> None:
    source = NumberedList()
    days = [TODAY - dt.timedelta(days=day) for day in (400, 300, 200, 100)]
    for day in days:
        source.publish(3, day)
    with Manifest(tmp_path) as manifest:
        assert take(manifest, source, since=days[2]) == [1, 2, 3]
        assert len(known(manifest)) == 6
        assert take(manifest, source, since=days[2]) == [1]
        # Further back than the last walk went: what it has seen is passed over, and does not stop this one.
        assert take(manifest, source) == [1, 2, 3, 4, 5]
        assert len(known(manifest)) == 12
        assert take(manifest, source) == [1]


def test_a_walk_that_ends_at_a_later_date_leaves_no_gap(tmp_path: Path) -> None:
    source = NumberedList()
    source.publish(3, TODAY - dt.timedelta(days=300))
    with Manifest(tmp_path) as manifest:
        take(manifest, source)
        source.publish(3, TODAY - dt.timedelta(days=200))
        source.publish(3)
        take(manifest, source, since=TODAY - dt.timedelta(days=30))
        assert len(known(manifest)) == 6
        take(manifest, source)
        assert len(known(manifest)) == 9


def test_a_page_that_fails_leaves_the_walk_open(tmp_path: Path) -> None:
    source = NumberedList(fails_at=2)
    source.publish(8)
    with Manifest(tmp_path) as manifest:
        steps = list(walk(manifest, source).steps())
        assert isinstance(steps[-1], Trouble)
        assert manifest.walked(ADDRESS).open_at == 1
        source.fails_at = None
        take(manifest, source)
        assert len(known(manifest)) == 8
        assert manifest.walked(ADDRESS).open_at is None


def test_an_empty_first_page_is_trouble_not_the_end(tmp_path: Path) -> None:
    with Manifest(tmp_path) as manifest:
        (step,) = walk(manifest, NumberedList()).steps()
        assert isinstance(step, Trouble)
        assert "may have changed" in step.reason
        assert manifest.walked(ADDRESS).reach is None


EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("publish"), st.integers(1, 12)),
        st.tuples(st.just("walk"), st.integers(1, 6)),
        st.tuples(st.just("finish"), st.just(0)),
        st.tuples(st.just("withdraw"), st.integers(1, 20)),
    ),
    max_size=12,
)


@settings(max_examples=40)
@given(EVENTS)
def test_whatever_is_published_or_killed_a_whole_walk_has_seen_everything(events: list[tuple[str, int]]) -> None:
    source, published = NumberedList(), 0
    with tempfile.TemporaryDirectory() as folder, Manifest(Path(folder)) as manifest:
        for event, count in [("publish", 4), *events, ("finish", 0)]:
            if event == "publish":
                for _ in range(count):
                    source.items.insert(0, Found(f"https://example.kz/kk/news/{published}", TODAY))
                    published += 1
            elif event == "withdraw":
                # Some in the middle are taken down: what is below moves up.
                middle = len(source.items) // 3
                del source.items[middle : min(middle + count, len(source.items) - PER_PAGE)]
            elif event == "walk":
                take(manifest, source, steps=count)
            elif event == "finish":
                take(manifest, source)
                assert {found.url for found in source.items} <= known(manifest)


@dataclass
class Shelf:
    """Listings and pages by their address, in place of a server."""

    answers: dict[str, Answer | Failure | Listing]
    asked: list[str] = field(default_factory=list)
    kept: dict[str, Listing] = field(default_factory=dict)

    def read(self, url: str, parse) -> Listing | Answer | Failure:
        self.asked.append(url)
        answer = self.answers[url]
        if not isinstance(answer, Answer):
            return answer
        parsed = parse(answer)
        if parsed is None:
            return answer
        self.kept[url] = Listing(parsed[0], tuple(parsed[1]), NOW)
        return self.kept[url]

    def known(self, url: str) -> Listing | None:
        return self.kept.get(url)


def sitemap(*urls: str, root: str = "urlset", entry: str = "url", lastmod: str = "") -> bytes:
    stamp = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    entries = "".join(f"<{entry}><loc>{url}</loc>{stamp}</{entry}>" for url in urls)
    return (
        f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</{root}>'.encode()
    )


def steps_of(manifest: Manifest, shelf: Shelf, url: str) -> list[Step | Trouble]:
    scope = Scope(shelf, manifest, PatientClock(), lambda found: "skip" not in found.url)
    return list(AddressWalk(url, scope).steps())


def test_an_index_leads_to_its_sitemaps_and_those_that_have_not_changed_are_not_read_again(tmp_path: Path) -> None:
    index, first, second = (f"https://example.kz/{name}.xml" for name in ("index", "a", "b"))
    shelf = Shelf(
        {
            index: Answer(
                index, 200, {}, sitemap(first, second, root="sitemapindex", entry="sitemap", lastmod="2026-11-01")
            ),
            first: Answer(first, 200, {}, sitemap("https://example.kz/1", "https://example.kz/skip")),
            second: Failure("the answer is 500", is_passing=True),
        }
    )
    with Manifest(tmp_path) as manifest:
        found, trouble = steps_of(manifest, shelf, index)
        assert [each.url for each in found.found] == ["https://example.kz/1"]
        assert trouble == Trouble(second, "the answer is 500")
        shelf.asked.clear()
        steps_of(manifest, shelf, index)
        assert shelf.asked == [index, second]


def test_an_index_in_itself_and_one_too_deep_end(tmp_path: Path) -> None:
    names = [f"https://example.kz/{number}.xml" for number in range(6)]
    answers = {
        name: Answer(name, 200, {}, sitemap(following, name, root="sitemapindex", entry="sitemap"))
        for name, following in zip(names, names[1:] + names[:1], strict=True)
    }
    with Manifest(tmp_path) as manifest:
        shelf = Shelf(answers)
        (trouble,) = steps_of(manifest, shelf, names[0])
        assert "index of sitemaps in 3 others" in trouble.reason
        assert len(shelf.asked) == 4


def test_an_address_that_is_a_page_is_the_page(tmp_path: Path) -> None:
    url = "https://example.kz/skip/this"
    page = Answer(url, 200, {"content-type": "text/html"}, b"<!doctype html><html><body>feed rss urlset</body></html>")
    with Manifest(tmp_path) as manifest:
        shelf = Shelf({url: page})
        (step,) = steps_of(manifest, shelf, url)
        assert step == Step((Found(url),), page)
        # Now that it is known for a page, it is asked for as pages are.
        (step,) = steps_of(manifest, shelf, url)
        assert step == Step((Found(url),))
        assert shelf.asked == [url]


def test_addresses_of_a_file_are_those_that_are_wanted(tmp_path: Path) -> None:
    with Manifest(tmp_path) as manifest:
        scope = Scope(Shelf({}), manifest, PatientClock(), lambda found: "skip" not in found.url)
        (step,) = FileWalk("list.txt", ["https://example.kz/1", "https://example.kz/skip"], scope).steps()
        assert [each.url for each in step.found] == ["https://example.kz/1"]
        assert [each.url for each in manifest.unfinished("list.txt")] == ["https://example.kz/1"]
