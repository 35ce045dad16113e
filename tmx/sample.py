"""A few units out of many, chosen by chance and yet the same every time."""

from __future__ import annotations

import os
import random
from dataclasses import dataclass

from tmx.limits import DEFAULT_LIMITS, Limits
from tmx.reader import Reader
from tmx.records import Skipped
from tmx.writer import Writer

__all__ = ["SampleReport", "sample"]


@dataclass(frozen=True, slots=True)
class SampleReport:
    """Units read, and units written."""

    read: int
    written: int
    skipped: tuple[Skipped, ...] = ()


def sample(
    source: str | os.PathLike[str],
    target: str | os.PathLike[str],
    count: int,
    *,
    seed: int = 0,
    lenient: bool = False,
    limits: Limits = DEFAULT_LIMITS,
) -> SampleReport:
    """Write `count` units, each with the same chance, in the order of the file; all where there are fewer.

    The same file, count and seed give the same bytes. Reads the file twice and keeps numbers only
    (Vitter's algorithm R, 1985). Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError("a sample can't be smaller than nothing")
    chance = random.Random(seed)
    chosen: list[int] = []
    read = 0
    with Reader(source, lenient=lenient, limits=limits) as reader:
        for number, _ in enumerate(reader):
            read += 1
            if number < count:
                chosen.append(number)
            elif (slot := chance.randrange(number + 1)) < count:
                chosen[slot] = number
        skipped = tuple(reader.skipped)
    wanted = set(chosen)
    with Reader(source, lenient=lenient, limits=limits) as reader, Writer(target, reader.header) as writer:
        writer.write_all(unit for number, unit in enumerate(reader) if number in wanted)
    return SampleReport(read, writer.report.units, skipped)
