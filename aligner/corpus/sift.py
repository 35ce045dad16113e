"""What is found out of each unit by itself, by several processes where there is much of it."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from aligner.corpus.request import Request
from aligner.duplicates import Shingles, text_keys, text_shingles
from aligner.filter import Filter, filters_named, objections
from aligner.records import Unit

__all__ = ["Sifted", "objection", "objections_to", "sift_units", "usable_workers"]

_LOG = logging.getLogger(__name__)
_UNITS_A_STEP = 4_096
# Other processes are ready after a second or so, in which one has done as much.
_STEPS_ALONE = 8
_STEPS_AHEAD = 2
_MOST_WORKERS = 4
_USUAL = filters_named()
Row = tuple[str, str, float, Literal["automatic", "reviewed", "rejected"]]


@dataclass(frozen=True, slots=True)
class Sifted:
    """Of a step of units: by their place why some are left out; the `text_keys` of both sides of all; and the
    `text_shingles` of both sides of those that stay, where near-duplicates must be known."""

    reasons: dict[int, str]
    keys: tuple[NDArray[np.uint64], NDArray[np.uint64]]
    shingles: tuple[list[Shingles], list[Shingles]] | None


def usable_workers() -> int:
    """As many as there are processors for this process, up to so many as one can read for."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, _MOST_WORKERS)


def objection(unit: Unit, request: Request, filters: Sequence[Filter]) -> str | None:
    """Why this unit is left out whatever the others are, or None."""
    return objections_to([unit], request, filters)[0]


def objections_to(units: Sequence[Unit], request: Request, filters: Sequence[Filter]) -> list[str | None]:
    """The `objection` to each unit.

    What a person has accepted answers neither to the score nor to the usual filters, which only guess whether it is
    a translation; filters that were asked for besides, or with other thresholds, are asked of it, too.
    """
    found: list[str | None] = [None] * len(units)
    accepted, judged = [], []
    for place, unit in enumerate(units):
        if unit.status == "reviewed":
            accepted.append(place)
        elif unit.score < request.min_score:
            found[place] = f"score {unit.score:.2f}"
        else:
            judged.append(place)
    besides = [each for each in filters if each not in _USUAL]
    for places, asked in ((accepted, besides), (judged, filters)):
        for place, reason in zip(places, objections([units[place] for place in places], asked), strict=True):
            found[place] = reason
    return found


def sift_units(units: Iterator[Unit], request: Request, workers: int = 1) -> Iterator[tuple[list[Unit], Sifted]]:
    """The units, a step of them at a time and in their order, with what was found out of them.

    With more than one of `workers` so many processes help where there are many units. What is found is the same.
    """
    steps = iter(lambda: list(islice(units, _UNITS_A_STEP)), [])
    for step in islice(steps, _STEPS_ALONE):
        yield step, _sift(_rows(step), request)
    pool = _started(workers)
    waiting: deque[tuple[list[Unit], Future[Sifted] | None]] = deque()
    try:
        for step in steps:
            waiting.append((step, _asked(pool, step, request)))
            if len(waiting) > (_STEPS_AHEAD * workers if pool else 0):
                yield _answered(*waiting.popleft(), request)
        while waiting:
            yield _answered(*waiting.popleft(), request)
    finally:
        if pool:
            pool.shutdown(cancel_futures=True)


def _started(workers: int) -> ProcessPoolExecutor | None:
    """Processes to help, or None where there can be none."""
    if workers < 2 or multiprocessing.current_process().daemon:
        return None
    try:
        return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=_leave_interrupts)
    except (OSError, ImportError, NotImplementedError) as error:
        _LOG.info("no processes to help (%s): one does it all", error)
        return None


def _leave_interrupts() -> None:
    """The one who asked is interrupted, too, and ends this process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _asked(pool: ProcessPoolExecutor | None, step: list[Unit], request: Request) -> Future[Sifted] | None:
    try:
        return pool.submit(_sift, _rows(step), request) if pool else None
    except (BrokenProcessPool, OSError):
        return None


def _answered(step: list[Unit], answer: Future[Sifted] | None, request: Request) -> tuple[list[Unit], Sifted]:
    if answer:
        try:
            return step, answer.result()
        except BrokenProcessPool as error:
            _LOG.info("a helping process has ended (%s): its part is done here", error)
    return step, _sift(_rows(step), request)


def _rows(step: list[Unit]) -> list[Row]:
    """What another process needs of the units, which is sent sooner than they are."""
    return [(unit.kk, unit.ru, unit.score, unit.status) for unit in step]


def _sift(rows: list[Row], request: Request) -> Sifted:
    units = [Unit(kk, ru, score, status=status) for kk, ru, score, status in rows]
    found = objections_to(units, request, filters_named(request.filters))
    sides = [unit.kk for unit in units], [unit.ru for unit in units]
    kept = [[text for text, reason in zip(side, found, strict=True) if reason is None] for side in sides]
    return Sifted(
        {place: reason for place, reason in enumerate(found) if reason is not None},
        (text_keys(sides[0]), text_keys(sides[1])),
        (text_shingles(kept[0]), text_shingles(kept[1])) if request.needs_likeness else None,
    )
