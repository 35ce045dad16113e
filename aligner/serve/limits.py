"""How much one client may ask of a server: the bounds that the models, the guard and the documentation share."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable

__all__ = [
    "MAX_ADDRESS_TEXT_LENGTH",
    "MAX_BODY_BYTES",
    "MAX_HEADER_BYTES",
    "MAX_MATCHES",
    "MAX_SEGMENTS",
    "MAX_TEXT_LENGTH",
    "MAX_UNITS",
    "MAX_WAITING",
    "RateLimit",
    "cost_of",
]

MAX_TEXT_LENGTH = 10_000
MAX_SEGMENTS = 200
MAX_UNITS = 1_000
MAX_MATCHES = 50
MAX_BODY_BYTES = 4 * 2**20
# What can stand in an address: a letter is up to twelve characters there, and a lookup may have three texts.
MAX_ADDRESS_TEXT_LENGTH = 2_000
MAX_HEADER_BYTES = 2**17
MAX_WAITING = 1_000

_MAX_CLIENTS = 10_000
_CHARACTERS_A_PERMIT = 1_000


def cost_of(texts: Iterable[str]) -> int:
    """What looking these up counts for: one each, and a long one for each thousand characters."""
    return sum(1 + len(text) // _CHARACTERS_A_PERMIT for text in texts)


class RateLimit:
    """A bucket of permits for each client, refilled steadily (a token bucket).

    A client may spend `burst` at once and `per_second` in the long run; a rate of 0 sets no limit.
    """

    def __init__(
        self, per_second: float, burst: float | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.per_second = per_second
        self.burst = burst if burst is not None else max(4 * per_second, 1.0)
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def seconds_to_wait(self, client: str) -> int:
        """Take a permit and say 0, or say in how many whole seconds there will be one."""
        if not self.per_second:
            return 0
        left = self._left(client)
        if left >= 1:
            self.charge(client, 1)
            return 0
        return max(1, math.ceil((1 - left) / self.per_second))

    def charge(self, client: str, cost: float) -> None:
        """Take permits for work that has turned out to be larger; what is missing is waited for next time."""
        if self.per_second:
            self._buckets[client] = (self._left(client) - cost, self._clock())
            self._buckets.move_to_end(client)
            if len(self._buckets) > _MAX_CLIENTS:
                self._buckets.popitem(last=False)

    def _left(self, client: str) -> float:
        now = self._clock()
        left, seen = self._buckets.get(client, (self.burst, now))
        return min(self.burst, left + (now - seen) * self.per_second)
