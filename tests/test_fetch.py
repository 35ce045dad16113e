"""A fetch as a whole, from a server that behaves like the site of a press service."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from news_site import PatientClock, Site, put_lists, put_release, releases, rules_for, running_site

from aligner.fetch import FetchReport, Settings, Source, fetch, pages_in
from aligner.fetch.site_rules import parse_rules

CONTACT = "press@example.kz"


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
