"""What travels between the parts of a fetch: addresses that were found, answers of servers, failures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Answer", "Failure", "Found", "Settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """How a fetch behaves.

    `contact` is an e-mail address or a web page at which the people behind the visited sites reach who fetches.
    `pause_s` lies between two requests to a host; robots.txt and the rules of a site can only make it longer.
    `since`: what is dated before it is not fetched. `limit`: so many pages are asked for at most.
    `recheck_days`: a page that is known and listed again is asked for again after so many days, and after twice
    the time each time it has not changed. `match` is a regular expression that an address must have in it.
    `versions` are the parts of an address that tell the Kazakh version from the Russian one: `("/kz/", "/ru/")`.
    """

    contact: str
    pause_s: float = 2.0
    since: dt.date | None = None
    limit: int | None = None
    recheck_days: float = 1.0
    match: str | None = None
    versions: tuple[str, str] | None = None
    is_warc: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """An address in a list, and what the list says of it.

    `date` is when it was published and `modified` when it was last changed, aware of its time zone; `language` is a
    BCP 47 code. Each is None where the list does not say it.
    """

    url: str
    date: dt.date | None = None
    modified: dt.datetime | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server has answered. `body` is unpacked and whole; the names of `headers` are in small letters.

    `url` is where the answer came from, which after redirects is not what was asked for.
    """

    url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def media_type(self) -> str:
        """`text/html`, without parameters; empty where the server does not say it."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no answer to keep.

    `is_passing`: another time may be better, without anybody changing anything. `wait_s` is for how long the server
    asks to be left alone.
    """

    reason: str
    is_passing: bool
    status: int | None = None
    wait_s: float | None = None
