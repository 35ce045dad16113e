"""When a host may be asked again: pauses between requests, waits that it asks for, and waits after failures."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from email.utils import parsedate_to_datetime

from aligner.fetch.clock import Clock

__all__ = ["Turns", "backoff_s", "parse_retry_after"]

_FIRST_WAIT_S = 2.0
_LONGEST_WAIT_S = 120.0
_SLOWEST = 8.0


class Turns:
    """One request at a time a host, with a pause after each.

    The pause is counted from the end of an answer, so that a slow server gets as much rest as a quick one.
    """

    def __init__(self, clock: Clock, pause_s: float) -> None:
        self._clock = clock
        self._pause_s = pause_s
        self._pauses: dict[str, float] = {}
        self._slowness: dict[str, float] = {}
        self._answered_at: dict[str, float] = {}
        self._put_off_until: dict[str, float] = {}

    def ask_for_pause(self, host: str, seconds: float) -> None:
        """The host wants at least this pause (Crawl-delay), after its robots.txt, too."""
        self._pauses[host] = max(seconds, self._pauses.get(host, 0.0))

    def slow_down(self, host: str) -> None:
        """The host has complained: twice the pause from now on, up to eight times."""
        self._slowness[host] = min(2.0 * self._slowness.get(host, 1.0), _SLOWEST)

    def pause_s(self, host: str) -> float:
        return max(self._pause_s, self._pauses.get(host, 0.0)) * self._slowness.get(host, 1.0)

    def free_at(self, host: str) -> float:
        """When the host may be asked, on the clock's monotonic scale."""
        answered_at = self._answered_at.get(host, float("-inf"))
        return max(answered_at + self.pause_s(host), self._put_off_until.get(host, float("-inf")))

    def wait(self, host: str) -> None:
        """Sleep until it is our turn."""
        seconds = self.free_at(host) - self._clock.monotonic()
        if seconds > 0:
            self._clock.sleep(seconds)

    def done(self, host: str) -> None:
        """An answer has come, or none."""
        self._answered_at[host] = self._clock.monotonic()

    def put_off(self, host: str, seconds: float) -> None:
        """Leave the host alone for so long, counted from now."""
        until = self._clock.monotonic() + seconds
        self._put_off_until[host] = max(until, self._put_off_until.get(host, float("-inf")))


def backoff_s(attempt: int, chance: Callable[[], float] = random.random) -> float:
    """How long to wait after the failure of this attempt, the first being 1: twice as long each time, and some
    more by chance, so that many who were turned away together don't come back together."""
    wait = min(_FIRST_WAIT_S * 2.0 ** (attempt - 1), _LONGEST_WAIT_S)
    return wait * (1.0 + chance() / 2)


def parse_retry_after(value: str, now: dt.datetime) -> float | None:
    """The seconds that a Retry-After header asks for (RFC 9110, 10.2.3), or None where it is neither a number nor a
    date."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        until = parsedate_to_datetime(value)
    except (ValueError, IndexError):
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=dt.UTC)
    return max(0.0, (until - now).total_seconds())
