"""Lists of publications on a site's pages, read by its rules."""

from __future__ import annotations

import datetime as dt
from typing import Any

from aligner.dates import parse_date
from aligner.fetch.addresses import web_address
from aligner.fetch.markup import links_at, parse_page
from aligner.fetch.records import Answer, Found
from aligner.fetch.site_rules import ListRules, SiteRules

__all__ = ["read_list"]


def read_list(answer: Answer, site: SiteRules, rules: ListRules, today: dt.date) -> list[Found]:
    """The publications on a page of a list, each once, in its order; none where the page is of another template.

    A date without a year is the last such day before tomorrow.
    """
    tree = parse_page(answer.body, answer.headers.get("content-type", ""))
    if tree is None:
        return []
    dates: dict[Any, str] = {}
    found: dict[str, Any] = {}
    for href, link in links_at(tree, rules.links):
        url = web_address(href, answer.url)
        if url is None or not site.is_publication(url):
            continue
        place = _first(link, rules.date)
        if place is not None:
            # Where an item has no date, the next one's is found; it belongs to the last that finds it.
            dates[place] = url
        found.setdefault(url, None)
    for place, url in dates.items():
        if found[url] is None:
            found[url] = _date(place, today)
    return [Found(url, date=date, language=rules.language or site.language_of(url)) for url, date in found.items()]


def _first(link: Any, path: str | None) -> Any:
    if link is None or path is None:
        return None
    return next(iter(link.xpath(path)), None)


def _date(place: Any, today: dt.date) -> dt.date | None:
    text = str(place) if isinstance(place, str) else " ".join(place.text_content().split())
    date = parse_date(text, default_year=today.year)
    if date is not None and date > today + dt.timedelta(days=1) and str(date.year) not in text:
        date = parse_date(text, default_year=today.year - 1)
    return date
