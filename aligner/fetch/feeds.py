"""RSS and Atom feeds → the addresses in them."""

from __future__ import annotations

import calendar
import datetime as dt
import io
from collections.abc import Mapping
from typing import Any

from aligner.errors import FormatError
from aligner.fetch.addresses import web_address
from aligner.fetch.records import Answer, Found

__all__ = ["read_feed"]

# feedparser takes much on trust; what is wrong with a feed surfaces as one of these.
_BROKEN = (ValueError, LookupError, AttributeError, TypeError, AssertionError, RecursionError, OverflowError)


def read_feed(answer: Answer) -> list[Found]:
    """What the feed announces, each address once, in its order; a broken feed is read as far as it can be.

    Raises FormatError for one that can't be read at all.
    """
    import feedparser

    try:
        # Given as a file, for a text might be taken for an address and be fetched.
        parsed = feedparser.parse(io.BytesIO(answer.body), response_headers={"content-type": _type(answer)})
    except _BROKEN as error:
        raise FormatError(answer.url, "is a feed that can't be read", "look at it in a browser") from error
    found: dict[str, Found] = {}
    for entry in parsed.entries:
        url = web_address(str(entry.get("link", "")), answer.url)
        if url is not None:
            # Its own `get` would take the date of publication for that of a change.
            modified = _time(dict.get(entry, "updated_parsed"))
            published = _time(dict.get(entry, "published_parsed")) or modified
            found.setdefault(url, Found(url, published.date() if published else None, modified))
    return list(found.values())


def _type(answer: Answer) -> str:
    # Feeds are often served as text/html or text/plain, which would make the parser complain.
    given = answer.headers.get("content-type", "")
    charset = given.partition(";")[2]
    return f"application/xml;{charset}" if charset else "application/xml"


def _time(parsed: Any) -> dt.datetime | None:
    if parsed is None or isinstance(parsed, Mapping):
        return None
    try:
        return dt.datetime.fromtimestamp(calendar.timegm(parsed), dt.UTC)
    except (ValueError, OverflowError, OSError):
        return None
