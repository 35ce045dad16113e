"""A page as a guest gets it: robots.txt asked, our turn awaited, redirects followed, failures tried again."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Protocol

from aligner.fetch.addresses import host_of, web_address
from aligner.fetch.clock import Clock
from aligner.fetch.polite import Turns, backoff_s, parse_retry_after
from aligner.fetch.records import Answer, Failure
from aligner.fetch.robots import MAX_ROBOTS_BYTES, Robots, RobotsStore

__all__ = ["Getter", "HostStore", "Visitor"]

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 530})
_GONE = frozenset({404, 410})
_REFUSED = frozenset({401, 402, 403, 407, 451})
# RFC 9309, 2.3.1.2: at least five, also across hosts.
_MOST_REDIRECTS = 5
_TRIES = 4
# A host that wants to be left alone for longer is left alone for the rest of the run, and in the next ones until then.
_PATIENCE_S = 120.0
_MOST_TROUBLES = 3
_MOST_REFUSALS = 5


class Getter(Protocol):
    """One request, one answer."""

    def get(self, url: str, headers: Mapping[str, str], max_bytes: int) -> Answer | Failure: ...


class HostStore(RobotsStore, Protocol):
    """Keeps between runs until when a host wants to be left alone."""

    def closed_until(self, host: str) -> dt.datetime | None: ...

    def close_until(self, host: str, until: dt.datetime) -> None: ...


class Visitor:
    """Visits pages politely. `requests` counts what was asked of servers, robots.txt and second tries included."""

    def __init__(
        self,
        getter: Getter,
        turns: Turns,
        store: HostStore,
        clock: Clock,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._getter, self._turns, self._store, self._clock = getter, turns, store, clock
        self._chance = chance
        self._robots = Robots(self._get_rules, store, clock)
        self._troubles: Counter[str] = Counter()
        self._refusals: Counter[str] = Counter()
        self._left_alone: dict[str, Failure] = {}
        self.requests = 0
        self.bytes = 0

    @property
    def left_alone(self) -> Mapping[str, str]:
        """The hosts that are asked for nothing more in this run, and why."""
        return {host: failure.reason for host, failure in self._left_alone.items()}

    def is_left_alone(self, url: str) -> bool:
        """Whether nothing more is asked of the host of `url` in this run."""
        host = host_of(url)
        until = self._store.closed_until(host)
        if host not in self._left_alone and until is not None:
            seconds = (until - self._clock.now()).total_seconds()
            if seconds > _PATIENCE_S:
                self._leave_alone(host, f"asks to be left alone until {until:%Y-%m-%d %H:%M} UTC")
            elif seconds > 0:
                self._turns.put_off(host, seconds)
        return host in self._left_alone

    def free_at(self, url: str) -> float:
        """When it is the turn of the host of `url`, on the clock's monotonic scale."""
        return self._turns.free_at(host_of(url))

    def visit(self, url: str, headers: Mapping[str, str], max_bytes: int) -> Answer | Failure:
        """The answer for `url` with a whole body, or one of the status 304 where `headers` make that possible.

        Each address that a redirect leads to is asked for only where the robots.txt of its site allows it.
        """
        return self._follow(url, headers, max_bytes, self._refusal)

    def _refusal(self, url: str) -> Failure | None:
        refusal = self._robots.refusal(url)
        if refusal is None:
            self._turns.ask_for_pause(host_of(url), self._robots.pause_s(url))
        elif refusal.is_passing:
            self._leave_alone(host_of(url), refusal.reason)
        return refusal

    def _get_rules(self, url: str) -> Answer | Failure:
        return self._follow(url, {}, MAX_ROBOTS_BYTES, lambda _: None)

    def _follow(
        self, url: str, headers: Mapping[str, str], max_bytes: int, refusal_of: Callable[[str], Failure | None]
    ) -> Answer | Failure:
        seen = {url}
        while True:
            if self.is_left_alone(url):
                return self._left_alone[host_of(url)]
            refusal = refusal_of(url)
            if refusal is not None:
                return refusal
            answer = self._ask(url, headers, max_bytes)
            if isinstance(answer, Failure) or answer.status not in _REDIRECTS:
                return answer
            location = answer.headers.get("location", "")
            target = web_address(location, url) if location.strip() else None
            if target is None:
                return Failure("redirects to what is no web address", is_passing=False, status=answer.status)
            if target in seen:
                return Failure("redirects in a circle", is_passing=False, status=answer.status)
            if len(seen) > _MOST_REDIRECTS:
                return Failure(f"redirects more than {_MOST_REDIRECTS} times", is_passing=False, status=answer.status)
            seen.add(target)
            # What was known of the one address says nothing about the other.
            url, headers = target, {}

    def _ask(self, url: str, headers: Mapping[str, str], max_bytes: int) -> Answer | Failure:
        """Ask until there is an answer, as often as is decent."""
        host = host_of(url)
        attempt = 0
        while True:
            attempt += 1
            self._turns.wait(host)
            answer = self._getter.get(url, headers, max_bytes)
            self._turns.done(host)
            self.requests += 1
            if isinstance(answer, Answer):
                self.bytes += len(answer.body)
            failure = self._failure(answer, bool(headers))
            if failure is None:
                self._troubles[host] = self._refusals[host] = 0
                assert isinstance(answer, Answer)
                return answer
            if not failure.is_passing:
                self._note_refusal(host, failure)
                return failure
            if failure.status == 429:
                self._turns.slow_down(host)
            wait = backoff_s(attempt, self._chance) if failure.wait_s is None else failure.wait_s
            if wait > _PATIENCE_S:
                self._store.close_until(host, self._clock.now() + dt.timedelta(seconds=wait))
                self._leave_alone(host, f"{failure.reason}; asks to be left alone for {wait:,.0f} s")
                return failure
            self._turns.put_off(host, wait)
            if attempt == _TRIES:
                self._troubles[host] += 1
                if self._troubles[host] >= _MOST_TROUBLES:
                    self._leave_alone(host, f"{_MOST_TROUBLES} pages in a row failed; the last: {failure.reason}")
                return failure

    def _failure(self, answer: Answer | Failure, may_be_unchanged: bool) -> Failure | None:
        if isinstance(answer, Failure):
            return answer
        status = answer.status
        if status == 200 or status in _REDIRECTS or (status == 304 and may_be_unchanged):
            return None
        wait_s = None
        if status in (429, 503) and "retry-after" in answer.headers:
            wait_s = parse_retry_after(answer.headers["retry-after"], self._clock.now())
        if status in _GONE:
            reason = f"there is no such page ({status})"
        elif status in _REFUSED:
            reason = f"the site refuses to give it ({status})"
        elif status == 429:
            reason = "the site finds the requests too many (429)"
        else:
            reason = f"the answer is {status}"
        return Failure(reason, status in _PASSING, status, wait_s)

    def _note_refusal(self, host: str, failure: Failure) -> None:
        self._refusals[host] = self._refusals[host] + 1 if failure.status in _REFUSED else 0
        if self._refusals[host] >= _MOST_REFUSALS:
            self._leave_alone(host, f"refuses {_MOST_REFUSALS} pages in a row ({failure.status})")

    def _leave_alone(self, host: str, reason: str) -> None:
        self._left_alone.setdefault(host, Failure(reason, is_passing=True))
