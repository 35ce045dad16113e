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
    request = _request(kind, min_score, languages)
    known = _untouched(ledger, path)
    if known is not None and known.request == request:
        return known.units
    _remove_drafts(path, re.escape(path.resolve().name))
    change = ledger.last_change()
    units = export_units(memory.units(min_score), path, kind, memory.last_change(), languages)
    _keep(ledger, path, request, units, change)
    return units


def write_shards(memory: Memory, path: Path, kind: str, min_score: float, languages: str, size: int) -> int:
    """Write all units of at least `min_score` in files of `size` each, `NAME-00000.SUFFIX` and so on beside `path`.

    Each file appears complete or not at all, and is noted. Those that were written for the same request while the
    memory was the same are not written again, so that a run which was killed goes on with the next one. Those that a
    longer memory left behind are taken away last. Returns the number of units.
    """
    ledger = Ledger(memory)
    request = f"{_request(kind, min_score, languages)} by {size}"
    last = f"{request}, the last"
    change, stamp = ledger.last_change(), memory.last_change()
    _remove_drafts(path, _shard_pattern(path))
    units = memory.units(min_score)
    shards: list[Path] = []
    total = read = count = 0
    while True:
        shard = _shard(path, len(shards))
        known = _untouched(ledger, shard)
        if known is not None and known.request in (request, last):
            shards.append(shard)
            count = known.units
            total += count
            if known.request == last:
                break
            continue
        first = next(islice(units, total - read, None), None)
        # An empty memory is one empty shard.
        if first is None and shards:
            _keep(ledger, shards[-1], last, count, change)
            break
        count = export_units(
            () if first is None else chain([first], islice(units, size - 1)), shard, kind, stamp, languages
        )
        _keep(ledger, shard, request, count, change)
        shards.append(shard)
        total += count
        read = total
    for old in shards_of(path):
        if old not in shards:
            old.unlink()
    return total


def shards_of(path: Path) -> list[Path]:
    """The files that `write_shards` has left for this path."""
    shard = re.compile(_shard_pattern(path))
    return sorted(each for each in path.parent.iterdir() if shard.fullmatch(each.name))


def _shard(path: Path, number: int) -> Path:
    name, dot, suffix = path.name.partition(".")
    return path.with_name(f"{name}-{number:05}{dot}{suffix}")


def _shard_pattern(path: Path) -> str:
    name, dot, suffix = path.name.partition(".")
    return rf"{re.escape(name)}-\d{{5}}{re.escape(dot + suffix)}"


def _request(kind: str, min_score: float, languages: str) -> str:
    return f"{kind} {min_score!r} {languages} {version('qostil')}"


def _untouched(ledger: Ledger, path: Path) -> Output | None:
    """What was written to this file, if it says what the memory holds, and still looks as it was left."""
    known = ledger.output(str(path.resolve()))
    return known if known is not None and _look(path) == (known.size, known.modified, known.inode) else None


def _keep(ledger: Ledger, path: Path, request: str, units: int, change: int) -> None:
    look = _look(path)
    if look is not None:
        ledger.keep_output(Output(str(path.resolve()), request, *look, units), change)


def _remove_drafts(path: Path, names: str) -> None:
    """Take away what a batch that was killed while it wrote files of these names has left beside `path`. Only one
    batch is at work at a time."""
    draft = re.compile(rf"\.{names}\.[0-9a-f]{{8}}\.part")
    for each in path.resolve().parent.glob(".*.part"):
        if draft.fullmatch(each.name):
            each.unlink(missing_ok=True)


def _look(path: Path) -> tuple[int, int, str] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, str(status.st_ino)
