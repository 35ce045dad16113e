"""Segments in their order → what the memory has for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from aligner.memory.lookup import Kind, Language, Lookup, Match, Query
from aligner.pipeline import Progress
from aligner.pretranslate.records import Filled, State, Summary

__all__ = ["filled", "summary_of"]

MOST_MATCHES = 5


def filled(
    segments: Sequence[str],
    lookup: Lookup,
    language: Language,
    min_percent: int,
    kinds: Sequence[Kind],
    min_score: float,
    progress: Progress | None = None,
) -> list[Filled]:
    """Each segment with its matches; the segments before and after it are its context."""
    results = []
    around = [None, *segments, None]
    for place, text in enumerate(segments):
        query = Query(text, around[place], around[place + 2])
        matches = lookup.lookup(
            query, language, min_percent=min_percent, limit=MOST_MATCHES, kinds=kinds, min_score=min_score
        )
        results.append(Filled(text, tuple(matches), _state(matches)))
        if progress:
            progress("looking up", place + 1, len(segments))
    return results


def summary_of(segments: Sequence[Filled]) -> Summary:
    """How well the memory served."""
    kinds = Counter(each.matches[0].kind for each in segments if each.matches)
    return Summary(len(segments), kinds["context"], kinds["exact"], kinds["fuzzy"], kinds["semantic"])


def _state(matches: Sequence[Match]) -> State:
    """A translation of other words, by meaning alone, is never put in: it is for the translator to take over."""
    if not matches or matches[0].kind == "semantic":
        return "empty"
    best = matches[0]
    if best.kind == "context":
        return "translated"
    rivals = {match.target for match in matches if match.kind == "exact"}
    return "translated" if best.kind == "exact" and len(rivals) == 1 else "to review"
