"""Shards handed out to workers that may die, their results put back in order."""

from __future__ import annotations

import heapq
import itertools
import logging
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from aligner.batching.work import Failed
from aligner.cluster.worker import Worker
from aligner.encode import Encoder
from aligner.errors import ClusterError

__all__ = ["Pool"]

_log = logging.getLogger(__name__)

_ATTEMPTS = 3
"""So often a shard is tried before its items are tried one by one, once each."""

_SHARDS_PER_WORKER = 2
"""One is worked on, the other one is there when it is done."""

_PATIENCE_S = 120.0
"""So long a batch waits for a worker when there is none at all."""


@dataclass(eq=False, slots=True)
class _Shard:
    step: str
    items: Sequence[Any]
    urgency: int
    number: int
    attempts: int = 0
    results: list[Any] | None = None
    parts: list[_Shard] = field(default_factory=list)

    def __lt__(self, other: _Shard) -> bool:
        return (self.urgency, self.number) < (other.urgency, other.number)


@dataclass(eq=False, slots=True)
class _Hand:
    """A worker's actor and the shards it has, by the references of their results, the first one first."""

    actor: Any
    shards: dict[Any, _Shard] = field(default_factory=dict)


class Pool:
    """`count` workers, each with one core, wherever the cluster has room. `made_by`: the recipe that all must share.

    A worker that is lost is replaced where there is room for another one, and its shards go to whoever is there.
    To be used by one thread, as a context.
    """

    def __init__(self, ray: Any, load: Callable[[], Encoder], made_by: str, count: int) -> None:
        self._ray = ray
        self._load, self._made_by, self._count = load, made_by, count
        self._actor_class = ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0, scheduling_strategy="SPREAD")(
            Worker
        )
        self._numbers = itertools.count()
        self._queue: list[_Shard] = []
        self._hands: list[_Hand] = []
        self._starting: dict[Any, Any] = {}
        self._failed_starts = 0

    def __enter__(self) -> Pool:
        for _ in range(self._count):
            self._start()
        return self

    def __exit__(self, *_: object) -> None:
        for actor in [*(hand.actor for hand in self._hands), *self._starting.values()]:
            self._ray.kill(actor)

    def gather(self, timeout_s: float) -> bool:
        """Wait until all workers are there, and say whether they are."""
        end = time.monotonic() + timeout_s
        while self._starting and (left := end - time.monotonic()) > 0:
            ready, _ = self._ray.wait([*self._starting], num_returns=1, timeout=left)
            for reference in ready:
                self._welcome(reference)
        return len(self._hands) >= self._count

    def results(self, step: str, shards: Iterable[Sequence[Any]], urgency: int = 1) -> Iterator[list[Any]]:
        """What the worker's method `step` makes of each of the shards, in their order: a result, or `Failed`, an item.

        Two shards for each worker are asked for in advance; those of a lower `urgency` number go first.
        """
        window: deque[_Shard] = deque()
        to_come = iter(shards)
        is_open = True
        while True:
            while is_open and len(window) < self._count * _SHARDS_PER_WORKER + 1:
                items = next(to_come, None)
                if items is None:
                    is_open = False
                    break
                window.append(self._submit(step, items, urgency))
            if not window:
                return
            while not self._is_done(window[0]):
                self._turn()
            yield window.popleft().results or []

    # ---- shards ----

    def _submit(self, step: str, items: Sequence[Any], urgency: int, attempts: int = 0) -> _Shard:
        shard = _Shard(step, items, urgency, next(self._numbers), attempts)
        if items:
            heapq.heappush(self._queue, shard)
            self._hand_out()
        else:
            shard.results = []
        return shard

    def _is_done(self, shard: _Shard) -> bool:
        if shard.parts and all(part.results is not None for part in shard.parts):
            shard.results = [result for part in shard.parts for result in part.results or []]
        return shard.results is not None

    def _hand_out(self) -> None:
        while self._queue and self._hands:
            hand = min(self._hands, key=lambda each: len(each.shards))
            if len(hand.shards) >= _SHARDS_PER_WORKER:
                return
            shard = heapq.heappop(self._queue)
            hand.shards[getattr(hand.actor, shard.step).remote(shard.items)] = shard

    def _turn(self) -> None:
        """Wait until something has happened, and deal with it."""
        self._hand_out()
        owners = {reference: hand for hand in self._hands for reference in hand.shards}
        patience = None if self._hands else _PATIENCE_S
        ready, _ = self._ray.wait([*owners, *self._starting], num_returns=1, timeout=patience)
        if not ready:
            raise ClusterError(
                f"no worker has come for {_PATIENCE_S:.0f} s; see that the cluster has free cores. "
                "What was finished is kept, and the same command goes on from there"
            )
        for reference in ready:
            if reference in self._starting:
                self._welcome(reference)
            else:
                self._take_back(owners[reference], reference)

    def _take_back(self, hand: _Hand, reference: Any) -> None:
        failures = self._ray.exceptions
        try:
            results = self._ray.get(reference)
        except failures.RayTaskError as error:
            self._try_again(hand.shards.pop(reference), _told(error.cause))
        except failures.RayActorError as error:
            self._lose(hand, str(error))
        except failures.RayError as error:
            self._try_again(hand.shards.pop(reference), _told(error))
        else:
            hand.shards.pop(reference).results = results
        self._hand_out()

    def _try_again(self, shard: _Shard, reason: str) -> None:
        shard.attempts += 1
        _log.info("%s of %d failed the %d. time: %s", shard.step, len(shard.items), shard.attempts, reason)
        if shard.attempts < _ATTEMPTS:
            heapq.heappush(self._queue, shard)
        elif len(shard.items) > 1:
            shard.parts = [self._submit(shard.step, [item], shard.urgency, _ATTEMPTS - 1) for item in shard.items]
        else:
            shard.results = [Failed(reason)]

    # ---- workers ----

    def _start(self) -> None:
        actor = self._actor_class.remote(self._load)
        self._starting[actor.introduce.remote()] = actor

    def _welcome(self, reference: Any) -> None:
        actor = self._starting.pop(reference)
        try:
            made_by, machine = self._ray.get(reference)
        except self._ray.exceptions.RayError as error:
            self._failed_starts += 1
            if self._failed_starts < _ATTEMPTS * self._count:
                if not self._hands:
                    time.sleep(1)
                self._start()
            elif not self._hands and not self._starting:
                # The last line of a traceback from the worker says what was wrong.
                raise ClusterError(f"no worker can be started: {str(error).strip().splitlines()[-1]}") from error
            return
        if made_by != self._made_by:
            raise ClusterError(
                f"the worker on {machine} is {made_by}, here it is {self._made_by}; "
                "install the same version of Qostil, and the same encoder, on every machine"
            )
        self._hands.append(_Hand(actor))
        self._hand_out()

    def _lose(self, hand: _Hand, reason: str) -> None:
        """The worker is gone, by whatever it was doing, or with its machine."""
        self._hands.remove(hand)
        # One that can't be reached may be alive; what it does is done by another one now.
        self._ray.kill(hand.actor)
        _log.warning("a worker is lost: %s", reason.splitlines()[0] if reason else "")
        for place, shard in enumerate(hand.shards.values()):
            if place == 0:
                self._try_again(shard, "the worker that had it died")
            else:
                heapq.heappush(self._queue, shard)
        hand.shards.clear()
        self._start()


def _told(error: BaseException) -> str:
    text = str(error).strip()
    return f"{type(error).__name__}: {text.splitlines()[0]}" if text else type(error).__name__
