"""What a site allows robots to do (RFC 9309), and how long they shall pause."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from aligner.fetch.addresses import origin_of
from aligner.fetch.clock import Clock
from aligner.fetch.records import Answer, Failure

__all__ = ["MAX_ROBOTS_BYTES", "OUR_NAME", "Kept", "Robots", "RobotsStore"]

OUR_NAME = "qostil"
# RFC 9309, 2.4 and 2.3.1.4: rules are asked for again after a day; while the site is out of order, older ones hold.
_FRESH = dt.timedelta(hours=24)
_USABLE = dt.timedelta(days=30)
# RFC 9309, 2.5 asks for 500 KiB at least.
MAX_ROBOTS_BYTES = 2**20


@dataclass(frozen=True, slots=True)
class Kept:
    """The robots.txt of an origin as it was once read; empty where the site has none."""

    text: str
    read: dt.datetime


class RobotsStore(Protocol):
    """Keeps rules between runs."""

    def robots(self, origin: str) -> Kept | None: ...

    def keep_robots(self, origin: str, kept: Kept) -> None: ...


class Robots:
    """Asks each origin for its robots.txt once a day. `get` fetches it, redirects followed."""

    def __init__(self, get: Callable[[str], Answer | Failure], store: RobotsStore, clock: Clock) -> None:
        self._get, self._store, self._clock = get, store, clock
        self._rules: dict[str, Any] = {}
        self._failures: dict[str, Failure] = {}

    def refusal(self, url: str) -> Failure | None:
        """Why `url` may not be asked for, or None where it may."""
        origin = origin_of(url)
        rules = self._rules_of(origin)
        if isinstance(rules, Failure):
            return rules
        if not rules.can_fetch(url, OUR_NAME):
            return Failure("robots.txt asks not to fetch it", is_passing=False)
        return None

    def pause_s(self, url: str) -> float:
        """The pause that the site asks for, 0 where it asks for none."""
        rules = self._rules_of(origin_of(url))
        if isinstance(rules, Failure):
            return 0.0
        delay = rules.crawl_delay(OUR_NAME) or 0.0
        rate = rules.request_rate(OUR_NAME)
        if rate is not None and rate.requests:
            delay = max(delay, rate.seconds / rate.requests)
        return delay if math.isfinite(delay) and delay > 0 else 0.0

    def _rules_of(self, origin: str) -> Any:
        if origin in self._failures:
            return self._failures[origin]
        if origin not in self._rules:
            text = self._text(origin)
            if isinstance(text, Failure):
                self._failures[origin] = text
                return text
            self._rules[origin] = _parsed(text)
        return self._rules[origin]

    def _text(self, origin: str) -> str | Failure:
        now = self._clock.now()
        kept = self._store.robots(origin)
        if kept is not None and now - kept.read < _FRESH:
            return kept.text
        answer = self._get(f"{origin}/robots.txt")
        if isinstance(answer, Answer):
            text = answer.body.decode("utf-8-sig", "replace")
        elif answer.status is not None and 400 <= answer.status < 500 and not answer.is_passing:
            # RFC 9309, 2.3.1.3: without rules, everything is allowed.
            text = ""
        elif kept is not None and now - kept.read < _USABLE:
            return kept.text
        elif answer.status is None and not answer.is_passing:
            # A host that is not visited at all.
            return answer
        else:
            reason = f"its robots.txt can't be read, so nothing is fetched: {answer.reason}"
            return Failure(reason, is_passing=True, wait_s=answer.wait_s)
        self._store.keep_robots(origin, Kept(text, now))
        return text


def _parsed(text: str) -> Any:
    from protego import Protego

    return Protego.parse(text)
