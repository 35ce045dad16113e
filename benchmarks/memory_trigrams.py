"""The lookup that PostgreSQL could do by itself: `pg_trgm` over the texts of the units (GIN indexes).

It is measured beside ours, for it would spare a team's machines an index of their own.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from aligner.memory import Memory
from aligner.memory.lookup import Lookup
from aligner.memory.lookup.similarity import similarity
from aligner.memory.lookup.words import normalised
from benchmarks.memory_corpus import Asked

__all__ = ["measure_trigrams"]

_MIN_SIMILARITY = 0.7
# The share of trigrams that two texts must have in common. Below, a lookup takes twice as long; above, more is missed.
_THRESHOLD = 0.4
_CANDIDATES = 50

Timed = Callable[[Callable[[Any], object], Sequence[Any]], dict[str, Any]]


def measure_trigrams(
    dsn: str, memory: Memory, lookup: Lookup, asked: Sequence[Asked], phrases: Sequence[str], timed: Timed
) -> dict[str, Any]:
    """Fuzzy candidates and concordance of Russian texts from the database, whose `units` get the indexes here.

    A candidate is given what our similarity says; `recall` is how often the best unit of our lookup is among them.
    """
    import psycopg

    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        started = time.perf_counter()
        for side in ("kk", "ru"):
            connection.execute(f"CREATE INDEX units_{side}_trigrams ON units USING gin ({side} gin_trgm_ops)".encode())
        built = time.perf_counter() - started
        connection.execute("ANALYZE units")
        connection.execute(f"SET pg_trgm.similarity_threshold = {_THRESHOLD}".encode())

        def fuzzy(query: Asked) -> list[str]:
            rows = connection.execute(
                "SELECT ru FROM units WHERE ru % %s ORDER BY similarity(ru, %s) DESC LIMIT %s".replace(" % ", " %% "),
                (query.text, query.text, _CANDIDATES),
            )
            return [text for (text,) in rows]

        def containing(phrase: str) -> object:
            pattern = "".join(f"\\{letter}" if letter in "\\%_" else letter for letter in phrase)
            query = "SELECT kk, ru FROM units WHERE ru ILIKE %s ORDER BY length(ru) LIMIT 50"
            return connection.execute(query, (f"%{pattern}%",)).fetchall()

        reached = found = 0
        for query in asked:
            best = max((_alike(query, match.source) for match in lookup.lookup(query.text, "ru")), default=0.0)
            if best >= _MIN_SIMILARITY:
                reached += 1
                found += max((_alike(query, text) for text in fuzzy(query)), default=0.0) >= best - 1e-9
        measured = {
            "index units/s": round(memory.totals().units / built),
            "fuzzy": timed(fuzzy, asked),
            "recall": round(found / reached, 4) if reached else None,
            "concordance": timed(containing, phrases),
        }
        for side in ("kk", "ru"):
            connection.execute(f"DROP INDEX units_{side}_trigrams".encode())
        connection.execute("DROP EXTENSION pg_trgm")
    return measured


def _alike(query: Asked, text: str) -> float:
    return similarity(normalised(query.text), normalised(text), "ru")
