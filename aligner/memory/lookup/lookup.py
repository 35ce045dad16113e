"""Looking texts up in a memory: the same, between the same neighbours, in similar words, of similar meaning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from aligner.memory.interface import Memory
from aligner.memory.lookup.fuzzy import most_similar
from aligner.memory.lookup.index import Index, Progress, default_folder
from aligner.memory.lookup.matches import Kind, Language, Match, Query
from aligner.memory.lookup.numbers import number_changes, with_numbers
from aligner.memory.lookup.similarity import TOKENS_WEIGHT, percent_of
from aligner.memory.lookup.words import Words, normalised, words_of
from aligner.memory.records import Context, StoredUnit, UnitSource

if TYPE_CHECKING:
    from aligner.memory.lookup.semantic import SemanticIndex

__all__ = ["DEFAULT_KINDS", "MOST_CHARACTERS", "PATIENCE_S", "Lookup"]

DEFAULT_KINDS: tuple[Kind, ...] = ("context", "exact", "fuzzy")
MOST_CHARACTERS = 10_000
"""Longer texts are no sentences: they are only looked up as they stand."""

PATIENCE_S = 0.5
"""How long a call waits for another thread that takes in a large import, before it answers from what is known."""

# Numbers, statuses and scores decide among what is nearly as similar, so more is fetched than is asked for.
_FETCHED_BESIDES = 12
_MOST_EXACT = 64
_ORDER: dict[Kind, int] = {"context": 0, "exact": 1, "fuzzy": 2, "semantic": 3}


class Lookup:
    """What a memory holds for a text in either language.

    The index is kept in `folder` (None: beside the memory, see `default_folder`) and follows the memory: whatever was
    added, judged or removed before a call is seen by it. Made from several threads at once, calls do not wait for
    each other, but half a second for one that is taking in what was imported. Opening makes the index where there is
    none yet, at some 30,000 units a second.

    For a language with a `semantic` index (see `SemanticIndex`) the kind `semantic` can be asked for as well.
    """

    def __init__(
        self,
        memory: Memory,
        folder: Path | None = None,
        progress: Progress | None = None,
        semantic: Mapping[Language, SemanticIndex] | None = None,
    ) -> None:
        self.memory = memory
        self.index = Index(memory, default_folder(memory) if folder is None else folder, progress)
        self.semantic = dict(semantic or {})

    def close(self) -> None:
        """Keep the index for the next time. The memory stays open."""
        self.index.save()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def lookup(
        self,
        query: Query | str,
        language: Language,
        *,
        min_percent: int = 70,
        limit: int = 5,
        kinds: Sequence[Kind] = DEFAULT_KINDS,
        min_score: float = 0.0,
    ) -> list[Match]:
        """The best matches of a text in `language`, the best first; never a rejected unit.

        Among equal percentages the reviewed come first, then the more certain. Units below `min_score` are not
        offered. Raises a ValueError for limits that are not positive, or for `semantic` without such an index.
        """
        if limit < 1 or min_percent < 1:
            raise ValueError("limit and min_percent are 1 or more")
        if "semantic" in kinds and language not in self.semantic:
            raise ValueError(f"no semantic index of {language} was given to this lookup")
        self.index.catch_up(patience_s=PATIENCE_S)
        asked = Query(query) if isinstance(query, str) else query
        found: dict[int, Match] = {}
        for match in self._exact(asked, language, kinds):
            found[match.unit] = match
        if "fuzzy" in kinds and min_percent < 100:
            for match in self._fuzzy(asked.text, language, min_percent, limit + _FETCHED_BESIDES):
                found.setdefault(match.unit, match)
        if "semantic" in kinds and min_percent < 100:
            for match in self._semantic(asked.text, language, limit + _FETCHED_BESIDES):
                if match.unit not in found or found[match.unit].percent < match.percent:
                    found[match.unit] = match
        good = [each for each in found.values() if each.percent >= min_percent and each.score >= min_score]
        good.sort(key=_preference)
        return self._with_sources(_without_repetition(good)[:limit])

    def lookup_many(
        self,
        queries: Iterable[Query | str],
        language: Language,
        *,
        min_percent: int = 70,
        limit: int = 5,
        kinds: Sequence[Kind] = DEFAULT_KINDS,
        min_score: float = 0.0,
    ) -> list[list[Match]]:
        """`lookup` for each of many texts; the same text between the same neighbours is looked up once."""
        answers: dict[Query, list[Match]] = {}
        asked = [Query(query) if isinstance(query, str) else query for query in queries]
        for query in asked:
            if query not in answers:
                answers[query] = self.lookup(
                    query, language, min_percent=min_percent, limit=limit, kinds=kinds, min_score=min_score
                )
        return [answers[query] for query in asked]

    def _exact(self, query: Query, language: Language, kinds: Sequence[Kind]) -> list[Match]:
        if not {"exact", "context"} & set(kinds):
            return []
        wanted = normalised(query.text)
        ids = [
            unit
            for part in self.index.parts(language)
            for unit in part.segment.unit_ids[part.alive(part.segment.ranks_of_text(wanted))].tolist()
        ]
        units = [
            unit
            for unit in self.memory.stored_units(ids[:_MOST_EXACT])
            if unit.status != "rejected" and normalised(_source(unit, language)) == wanted
        ]
        contexts: dict[int, list[Context]] = {}
        if "context" in kinds and units and (query.previous is not None or query.next is not None):
            contexts = self.memory.contexts_of([unit.id for unit in units])
        matches = []
        for unit in units:
            same = max((_same_neighbours(query, each, language) for each in contexts.get(unit.id, ())), default=0)
            matches.append(_match(unit, language, "context" if same else "exact", 100 + same))
        return matches

    def _fuzzy(self, text: str, language: Language, min_percent: int, limit: int) -> list[Match]:
        if len(text) > MOST_CHARACTERS:
            return []
        query = words_of(normalised(text), language)
        # Other numbers cost nothing once they are replaced, but the index counts them.
        at_least = min_percent / 100 - (TOKENS_WEIGHT if query.numbers else 0.0)
        best: list[tuple[float, int]] = []
        for part in self.index.parts(language):
            enough = best[-1][0] if len(best) == limit else at_least
            ranks, scores = most_similar(part.segment, part.is_dead, query, enough, limit)
            best += zip(scores.tolist(), part.segment.unit_ids[ranks].tolist(), strict=True)
            best.sort(key=lambda each: (-each[0], each[1]))
            del best[limit:]
        wanted = normalised(text)
        return [
            _fuzzy_match(unit, language, query)
            for unit in self.memory.stored_units([unit for _, unit in best])
            if unit.status != "rejected" and normalised(_source(unit, language)) != wanted
        ]

    def _semantic(self, text: str, language: Language, limit: int) -> list[Match]:
        percents = dict(self.semantic[language].nearest(normalised(text), limit))
        wanted = normalised(text)
        return [
            _match(unit, language, "semantic", percents[unit.id])
            for unit in self.memory.stored_units(list(percents))
            if unit.status != "rejected" and normalised(_source(unit, language)) != wanted
        ]

    def _with_sources(self, matches: list[Match]) -> list[Match]:
        if not matches:
            return []
        result = []
        sources = self.memory.sources_of_units([match.unit for match in matches])
        for match in matches:
            places = sources[match.unit]
            names = dict.fromkeys(name for place in places for name in _names(place))
            dates = [place.date for place in places if place.date]
            result.append(replace(match, sources=tuple(names), date=max(dates, default=None)))
        return result


def _source(unit: StoredUnit, language: Language) -> str:
    return unit.kk if language == "kk" else unit.ru


def _match(
    unit: StoredUnit,
    language: Language,
    kind: Kind,
    percent: int,
    target: str | None = None,
    replaced: tuple[tuple[str, str], ...] = (),
) -> Match:
    stored = unit.ru if language == "kk" else unit.kk
    return Match(
        kind=kind,
        percent=percent,
        source=_source(unit, language),
        target=stored if target is None else target,
        stored_target=stored,
        unit=unit.id,
        status=unit.status,
        score=unit.score,
        reasons=unit.reasons,
        changed=unit.changed or unit.created,
        creator=unit.reviewer or unit.creator,
        replaced=replaced,
    )


def _fuzzy_match(unit: StoredUnit, language: Language, query: Words) -> Match:
    source = words_of(normalised(_source(unit, language)), language)
    target = unit.ru if language == "kk" else unit.kk
    changes = number_changes(query.numbers, source.numbers, target)
    percent = percent_of(query, source, changes)
    return _match(unit, language, "fuzzy", percent, with_numbers(target, changes) if changes else target, changes or ())


def _same_neighbours(query: Query, context: Context, language: Language) -> int:
    """How many neighbours are known and the same; 0 where one is known to differ."""
    before, after = (
        (context.previous_kk, context.next_kk) if language == "kk" else (context.previous_ru, context.next_ru)
    )
    same = 0
    for asked, stored in ((query.previous, before), (query.next, after)):
        if asked is not None:
            if stored is None or normalised(asked) != normalised(stored):
                return 0
            same += 1
    return same


def _preference(match: Match) -> tuple[int, int, bool, float, int]:
    return -match.percent, _ORDER[match.kind], match.status != "reviewed", -match.score, match.unit


def _without_repetition(matches: list[Match]) -> list[Match]:
    """Of matches that say the same for the same source, the first."""
    first: dict[tuple[str, str], Match] = {}
    for match in matches:
        first.setdefault((normalised(match.source), normalised(match.target)), match)
    return list(first.values())


def _names(place: UnitSource) -> list[str]:
    return [name for name in (place.kk_source, place.ru_source, place.source) if name]
