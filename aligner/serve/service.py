"""What the endpoints do with the memory, free of HTTP but for the refusals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial

from aligner.errors import ConflictError
from aligner.memory.concordance import concordance
from aligner.memory.lookup import Hit, Kind, Language, Lookup, Match, Mode, Query
from aligner.memory.records import Addition, Statistics
from aligner.records import Unit
from aligner.serve.limits import MAX_MATCHES
from aligner.serve.metrics import Metrics
from aligner.serve.problems import RefusedError
from aligner.serve.workers import Workers

__all__ = ["Service"]

# So that who asks for one text is not kept waiting by who asks for two hundred.
_QUERIES_AT_ONCE = 10


class Service:
    """One memory, asked and filled through the workers."""

    def __init__(
        self,
        lookup: Lookup,
        workers: Workers,
        metrics: Metrics,
        *,
        has_encoder: bool,
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        self._memory, self._lookup, self._workers, self._metrics = lookup.memory, lookup, workers, metrics
        self.has_encoder = has_encoder
        self._now = now

    async def matches(
        self, queries: Sequence[Query], language: Language, min_percent: int, limit: int, semantic: bool = False
    ) -> list[list[Match]]:
        """Each query's matches. Raises `RefusedError` (422) where meaning is asked of a server without an encoder."""
        if semantic and not self.has_encoder:
            raise RefusedError(422, "semantic: this server was started without --semantic")
        kinds: tuple[Kind, ...] = ("context", "exact", "fuzzy", *(("semantic",) if semantic else ()))

        def look_up(some: Sequence[Query]) -> list[list[Match]]:
            return self._lookup.lookup_many(some, language, min_percent=min_percent, limit=limit, kinds=kinds)

        found: list[list[Match]] = []
        for start in range(0, len(queries), _QUERIES_AT_ONCE):
            found += await self._workers.read(partial(look_up, queries[start : start + _QUERIES_AT_ONCE]))
        self._metrics.looked_up(len(queries), [match.kind for matches in found for match in matches])
        return found

    async def concordance(self, text: str, language: Language, mode: Mode, limit: int) -> list[Hit]:
        """The units in which the words of `text` occur. Raises `RefusedError` (422) where there is no word in it."""
        try:
            return await self._workers.read(lambda: concordance(self._lookup, text, language, mode, limit))
        except ValueError as error:
            raise RefusedError(422, f"text: {error}") from error

    async def add(self, units: Sequence[Unit], source: str, who: str) -> Addition:
        """Store units; those that are known stay as they are."""
        addition = await self._workers.write(lambda: self._memory.add_units(units, source, who, self._now()))
        self._metrics.added(addition.units_added)
        return addition

    async def correct(self, unit: Unit, language: Language, who: str) -> Addition:
        """Store a unit in the place of what `who` said before of the same text in `language`."""
        addition = await self._workers.write(lambda: self._correct(unit, language, who))
        self._metrics.added(addition.units_added)
        return addition

    async def statistics(self) -> Statistics:
        """What the memory is made of."""
        return await self._workers.read(self._memory.statistics)

    async def units(self) -> int:
        """The number of units, which also says that the memory can be read."""
        return (await self._workers.read(self._memory.totals)).units

    def _correct(self, unit: Unit, language: Language, who: str) -> Addition:
        if self._memory.find(unit.kk, unit.ru) is not None:
            return Addition(0, 1)
        text = unit.kk if language == "kk" else unit.ru
        (matches,) = self._lookup.lookup_many([text], language, min_percent=100, limit=MAX_MATCHES, kinds=("exact",))
        for stored in self._memory.stored_units([match.unit for match in matches if match.source == text]):
            if stored.creator != who:
                continue
            try:
                self._memory.change_unit(stored.id, stored.revision, who, self._now(), kk=unit.kk, ru=unit.ru)
            except ConflictError:
                # Another program has changed it since we looked; then ours stands beside it.
                break
            return Addition(1, 0, 1)
        return self._memory.add_units([unit], who, who, self._now())
