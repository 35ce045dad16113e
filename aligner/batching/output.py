"""The memory, written out; where the file says it all already, it is left alone."""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path

from aligner.export import export_units
from aligner.memory import Memory
from aligner.memory.ledger import Ledger, Output

__all__ = ["write_output"]


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
