"""The whole course of training as one list of rows, 64 to a batch, in the order in which they are seen.

A row is a Kazakh and a Russian text. Most rows are anchors: translations of each other, to be found among all the
rest. The others only stand by: near-misses of an anchor (`wrong_versions`), and fragments of one. Rows of one
`group` belong together: an anchor with its near-misses or fragments, or consecutive sentences with the text that
they make when joined, from which the encoder learns to make that text's vector out of theirs.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.encoder.pairs import TrainingPair
from training.encoder.strings import CAPPED, PROSE
from training.encoder.wrong_versions import NameStock, wrong_version

__all__ = ["ANCHOR", "BATCH", "JOINED", "PART", "STANDING_BY", "WHOLE", "Course", "Row", "training_course"]

BATCH = 64
ANCHOR, STANDING_BY = 0, 1
PART, JOINED = 1, 2
WHOLE = 3
"""Roles inside a group: a part of the joined text, the joined text itself; else 0. `WHOLE` is a text cut in two."""

_STRINGS = frozenset((*PROSE, *CAPPED))
_GROUPS, _WRONG, _CUT = 0.25, 0.35, 0.08
_LONGEST_JOINED = 700
_BUCKETS = 4
_FAMILY = 16
_CLAUSE = re.compile(r"(?<=[,;:–—]) ")


@dataclass(frozen=True, slots=True)
class Row:
    """`pair`: the number of the anchor it is, −1 where it is none. `group`: unique in its batch, −1 for none."""

    kk: str
    ru: str
    pair: int
    kind: int
    group: int
    role: int


@dataclass(frozen=True, slots=True)
class Course:
    """`rows`: in batches of `BATCH`. `anchors`: the texts of each anchor by its number."""

    rows: list[Row]
    anchors: list[tuple[str, str]]


def training_course(
    pairs: Sequence[TrainingPair],
    vectors: NDArray[np.float32],
    government_passes: int,
    string_passes: int,
    seed: int,
) -> Course:
    """`vectors` `[pairs, d]` of unit length say which pairs are alike, so that they meet in a batch."""
    chooser = random.Random(seed)
    stock = NameStock({"kk": [pair.kk for pair in pairs], "ru": [pair.ru for pair in pairs]})
    anchors = [(pair.kk, pair.ru) for pair in pairs]
    is_string = [pair.source in _STRINGS for pair in pairs]
    runs = _runs(pairs)
    batches: list[list[Row]] = []
    for number in range(max(government_passes, string_passes)):
        chosen = [
            place for place, string in enumerate(is_string) if number < (string_passes if string else government_passes)
        ]
        groups, plain = _grouped(chosen, runs, chooser) if number < government_passes else ([], chosen)
        families = list(_families(plain, [len(pair.kk) + len(pair.ru) for pair in pairs], vectors, chooser))
        made = [_plain_row(family, pairs, stock, chooser) for family in families]
        made += [_joined_rows(group, pairs, anchors, chooser) for group in groups]
        chooser.shuffle(made)
        batches += _packed(made, chooser)
    return Course([row for batch in batches for row in batch], anchors)


def _runs(pairs: Sequence[TrainingPair]) -> list[list[int]]:
    """Numbers of pairs that follow each other in both versions of a file."""
    runs: list[list[int]] = []
    for place, pair in enumerate(pairs):
        before = pairs[place - 1] if place else None
        follows = (
            before is not None
            and before.source == pair.source
            and before.last + 1 == pair.first
            and before.ru_last + 1 == pair.ru_first
        )
        if follows:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def _grouped(
    chosen: Sequence[int], runs: Sequence[list[int]], chooser: random.Random
) -> tuple[list[list[int]], list[int]]:
    """Some of the pairs in groups of two or three neighbours, and the rest."""
    wanted = set(chosen)
    groups, taken = [], set()
    for run in runs:
        place = 0
        while place + 1 < len(run):
            size = min(chooser.choice((2, 2, 3)), len(run) - place)
            if chooser.random() < _GROUPS:
                group = run[place : place + size]
                if wanted.issuperset(group):
                    groups.append(group)
                    taken.update(group)
            place += size
    return groups, [place for place in chosen if place not in taken]


def _families(
    places: Sequence[int], lengths: Sequence[int], vectors: NDArray[np.float32], chooser: random.Random
) -> Iterator[list[int]]:
    """Pairs of like length that mean like things, up to 16 together: each other's hard negatives."""
    ordered = sorted(places, key=lambda place: lengths[place])
    step = -(-len(ordered) // _BUCKETS)
    for start in range(0, len(ordered), step):
        left = ordered[start : start + step]
        chooser.shuffle(left)
        remaining = np.array(left)
        while len(remaining):
            likeness = vectors[remaining] @ vectors[remaining[0]]
            likeness[0] = np.inf
            nearest = np.argsort(-likeness)[:_FAMILY]
            yield [int(place) for place in remaining[nearest]]
            remaining = np.delete(remaining, nearest)


def _plain_row(
    family: Sequence[int], pairs: Sequence[TrainingPair], stock: NameStock, chooser: random.Random
) -> list[Row]:
    """The pairs of a family, with near-misses and fragments of some."""
    rows = []
    for place in family:
        pair = pairs[place]
        neighbour = pairs[chooser.choice(family)]
        drawn = chooser.random()
        is_prose = pair.source not in _STRINGS
        wrong = (
            wrong_version(pair.kk, pair.ru, (neighbour.kk, neighbour.ru), stock, chooser)
            if is_prose and drawn < _WRONG
            else None
        )
        halves = _halves(pair) if is_prose and not wrong and drawn > 1 - _CUT else None
        group = place if wrong or halves else -1
        rows.append(Row(pair.kk, pair.ru, place, ANCHOR, group, WHOLE if halves else 0))
        if wrong:
            rows.append(Row(wrong[0], wrong[1], -1, STANDING_BY, group, 0))
        for kk, ru in halves or ():
            rows.append(Row(kk, ru, -1, STANDING_BY, group, PART))
    return rows


def _halves(pair: TrainingPair) -> list[tuple[str, str]] | None:
    """Both texts cut at the clause nearest their middle; the halves need not translate each other."""
    halves = []
    for text in (pair.kk, pair.ru):
        cuts = [match.start() for match in _CLAUSE.finditer(text)]
        if not cuts:
            return None
        cut = min(cuts, key=lambda place: abs(place - len(text) / 2))
        halves.append((text[:cut], text[cut + 1 :]))
    return list(zip(*halves, strict=True))


def _joined_rows(
    group: Sequence[int], pairs: Sequence[TrainingPair], anchors: list[tuple[str, str]], chooser: random.Random
) -> list[Row]:
    """Neighbours and the text they make together; `anchors` grows by that text."""
    kk, ru = (" ".join(getattr(pairs[place], side) for place in group) for side in ("kk", "ru"))
    rows = [Row(pairs[place].kk, pairs[place].ru, place, ANCHOR, group[0], PART) for place in group]
    if max(len(kk), len(ru)) <= _LONGEST_JOINED:
        anchors.append((kk, ru))
        rows.append(Row(kk, ru, len(anchors) - 1, ANCHOR, group[0], JOINED))
    chooser.shuffle(rows)
    return rows


def _packed(made: Sequence[list[Row]], chooser: random.Random) -> list[list[Row]]:
    """Lists of rows into batches of exactly 64, those of like length together; what is left over is dropped."""
    ordered = sorted(made, key=lambda rows: max(len(row.kk) for row in rows) + chooser.random())
    batches: list[list[Row]] = []
    open_batches: list[list[Row]] = []
    for rows in ordered:
        fitting = next((batch for batch in open_batches if len(batch) + len(rows) <= BATCH), None)
        if fitting is None:
            fitting = []
            open_batches.append(fitting)
        fitting.extend(rows)
        if len(fitting) == BATCH:
            batches.append(fitting)
            open_batches.remove(fitting)
    singles = [row for batch in open_batches for row in batch if row.group < 0]
    for batch in open_batches:
        missing = BATCH - len(batch)
        extra = [row for row in singles if all(row.pair != other.pair for other in batch)][:missing]
        if len(extra) == missing:
            batches.append([*batch, *extra])
    chooser.shuffle(batches)
    return batches
