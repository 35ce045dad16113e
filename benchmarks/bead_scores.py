"""How right an alignment is: strict and lax F1 of its beads, F1 of what it leaves alone, and F1 by bead type.

Strict: a bead counts when both of its sides are exactly right. Lax: when both overlap with those of one bead of
the other (Thompson & Koehn 2019). A document's `ignore` names junk lines, by side, that count for nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from benchmarks.alignment_case import Beads

__all__ = ["BeadScores", "score_beads"]


@dataclass(frozen=True, slots=True)
class BeadScores:
    """All as shares of one. `by_type` maps `2-1` and the like, and `alone`, to F1; `gold_counts` to their number."""

    strict_f1: float
    lax_f1: float
    unaligned_f1: float
    by_type: dict[str, float] = field(default_factory=dict)
    gold_counts: dict[str, int] = field(default_factory=dict)


def score_beads(documents: Iterable[Mapping[str, Any]], found: Mapping[str, Beads]) -> BeadScores:
    """Scores over all `documents` together; `found` holds the beads of each by its `id`."""
    right, in_gold, in_found = Counter[str](), Counter[str](), Counter[str]()
    lax_found = lax_gold = 0
    for document in documents:
        junk = [set(side) for side in document.get("ignore", ((), ()))]
        gold = _counted(document["gold"], junk)
        own = _counted(found[document["id"]], junk)
        for bead in gold:
            in_gold[_type_of(bead)] += 1
        for bead in own:
            in_found[_type_of(bead)] += 1
        for bead in gold & own:
            right[_type_of(bead)] += 1
        lax_found += _overlapping(own, gold)
        lax_gold += _overlapping(gold, own)
        for side, language in enumerate(("kk", "ru")):
            places = set(range(len(document[language]))) - junk[side]
            gold_alone = places - {place for bead in gold for place in bead[side]}
            own_alone = places - {place for bead in own for place in bead[side]}
            in_gold["alone"] += len(gold_alone)
            in_found["alone"] += len(own_alone)
            right["alone"] += len(gold_alone & own_alone)
    aligned = [kind for kind in in_gold | in_found if kind != "alone"]
    golds, founds = sum(in_gold[kind] for kind in aligned), sum(in_found[kind] for kind in aligned)
    return BeadScores(
        strict_f1=_f1(sum(right[kind] for kind in aligned), founds, golds),
        lax_f1=_harmonic(lax_found / max(1, founds), lax_gold / max(1, golds)),
        unaligned_f1=_f1(right["alone"], in_found["alone"], in_gold["alone"]),
        by_type={kind: _f1(right[kind], in_found[kind], in_gold[kind]) for kind in sorted(in_gold)},
        gold_counts={kind: in_gold[kind] for kind in sorted(in_gold)},
    )


_Bead = tuple[tuple[int, ...], tuple[int, ...]]


def _counted(beads: Iterable[Any], junk: list[set[int]]) -> set[_Bead]:
    return {
        (tuple(sorted(kk)), tuple(sorted(ru)))
        for kk, ru in beads
        if kk and ru and not (set(kk) <= junk[0] and set(ru) <= junk[1])
    }


def _type_of(bead: _Bead) -> str:
    return f"{len(bead[0])}-{len(bead[1])}"


def _overlapping(beads: set[_Bead], others: set[_Bead]) -> int:
    by_kk: dict[int, list[set[int]]] = {}
    for kk, ru in others:
        for place in kk:
            by_kk.setdefault(place, []).append(set(ru))
    return sum(any(not sides.isdisjoint(ru) for place in kk for sides in by_kk.get(place, ())) for kk, ru in beads)


def _f1(right: int, found: int, gold: int) -> float:
    return 2 * right / (found + gold) if found + gold else 0.0


def _harmonic(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
