"""The memory, written out; where the file says it all already, it is left alone."""

from __future__ import annotations

import re
from importlib.metadata import version
from itertools import chain, islice
from pathlib import Path

from aligner.export import export_units
from aligner.memory import Memory
from aligner.memory.ledger import Ledger, Output

__all__ = ["shards_of", "write_output", "write_shards"]


def write_output(memory: Memory, path: Path, kind: str, min_score: float, languages: str) -> int:
    """Write all units of at least `min_score` to `path`, in one move, and return their number.

    A file that an earlier batch has written for the same request, and that nobody has touched since, is not written
    again while the memory is the same.
    """
    ledger = Ledger(memory)
    location = str(path.resolve())
    request = f"{kind} {min_score!r} {languages} {version('qostil')}"
    known = ledger.output(location)
    if known is not None and known.request == request and _look(path) == (known.size, known.modified, known.inode):
        return known.units
    _remove_drafts(path)
    units = export_units(memory.units(min_score), path, kind, memory.last_change(), languages)
    look = _look(path)
    if look is not None:
        ledger.keep_output(Output(location, request, *look, units))
    return units


def write_shards(memory: Memory, path: Path, kind: str, min_score: float, languages: str, size: int) -> int:
    """Write all units of at least `min_score` in files of `size` each, `NAME-00000.SUFFIX` and so on beside `path`.

    Each file appears complete or not at all; those that a longer memory left behind are taken away last. Returns the
    number of units.
    """
    units = memory.units(min_score)
    stamp = memory.last_change()
    written: list[Path] = []
    total = 0
    first = next(units, None)
    # An empty memory is one empty shard.
    while first is not None or not written:
        part = () if first is None else chain([first], islice(units, size - 1))
        written.append(_shard(path, len(written)))
        total += export_units(part, written[-1], kind, stamp, languages)
        first = next(units, None)
    for old in shards_of(path):
        if old not in written:
            old.unlink()
    return total


def shards_of(path: Path) -> list[Path]:
    """The files that `write_shards` has left for this path."""
    name, dot, suffix = path.name.partition(".")
    shard = re.compile(rf"{re.escape(name)}-\d{{5}}{re.escape(dot + suffix)}")
    return sorted(each for each in path.parent.iterdir() if shard.fullmatch(each.name))


def _shard(path: Path, number: int) -> Path:
    name, dot, suffix = path.name.partition(".")
    return path.with_name(f"{name}-{number:05}{dot}{suffix}")


def _remove_drafts(path: Path) -> None:
    """Take away what a batch that was killed while it wrote has left. Only one batch is at work at a time."""
    target = path.resolve()
    draft = re.compile(rf"\.{re.escape(target.name)}\.[0-9a-f]{{8}}\.part")
    for each in target.parent.glob(".*.part"):
        if draft.fullmatch(each.name):
            each.unlink(missing_ok=True)


def _look(path: Path) -> tuple[int, int, str] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, str(status.st_ino)
