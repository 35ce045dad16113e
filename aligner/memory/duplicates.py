"""Units that say the same with other quotation marks, dashes or white space: merged into one."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import sqlite3
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import closing

from aligner.memory.engine import Engine
from aligner.memory.interface import Progress
from aligner.memory.journal import Journal

__all__ = ["merge_duplicates", "plain_form"]

_QUOTES = dict.fromkeys(map(ord, "«»„“”‟″ˮ〝〞"), '"') | dict.fromkeys(map(ord, "‘’‚‛ʼ′`´"), "'")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"), "")
_TABLE = str.maketrans(_QUOTES | _DASHES | _INVISIBLE | {ord("…"): "..."})
_SPACES = re.compile(r"\s+")
_RANK = {"reviewed": 0, "automatic": 1, "rejected": 2}


def plain_form(text: str) -> str:
    """The text with plain quotation marks, dashes and spaces: two texts that share it say the same."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(_TABLE)).strip()


def merge_duplicates(engine: Engine, who: str, now: dt.datetime, progress: Progress | None) -> int:
    """What `Memory.dedupe` promises, in one transaction and as one change."""
    groups = list(_groups(engine, progress))
    if not groups:
        return 0
    merged = 0
    with engine.writing() as session:
        journal = Journal(session, who, now, "dedupe")
        for numbers in groups:
            rows = session.execute(
                f"SELECT id, kk, ru, status, score, note FROM units WHERE id {session.among}",
                (session.listed(numbers),),
            )
            # Others may have written since the groups were found.
            alike: dict[tuple[str, str], list[tuple[int, str, str, str, float, str | None]]] = {}
            for row in rows:
                alike.setdefault((plain_form(row[1]), plain_form(row[2])), []).append(row)
            for group in alike.values():
                group.sort(key=lambda row: (_RANK[row[3]], -row[4], row[0]))
                number, kk, ru, _, _, note = group[0]
                for other in group[1:]:
                    journal.move_unit(other[0], number, kk, ru)
                    if other[5] and not note:
                        note = other[5]
                        journal.update("units", number, {"note": note})
                    merged += 1
        journal.finish()
    return merged


def _groups(engine: Engine, progress: Progress | None) -> Iterator[Sequence[int]]:
    """The ids of units that look alike. The keys lie in a throw-away file, for they may be millions."""
    with closing(sqlite3.connect("")) as scratch, engine.reading() as session:
        scratch.execute("CREATE TABLE forms (form BLOB, unit INTEGER)")
        rows = session.stream("SELECT id, kk, ru FROM units")

        def forms() -> Iterator[tuple[bytes, int]]:
            for count, (number, kk, ru) in enumerate(rows):
                if progress and count % 5_000 == 0:
                    progress("comparing", count, 0)
                form = f"{plain_form(kk)}\x00{plain_form(ru)}".encode()
                yield hashlib.blake2b(form, digest_size=16).digest(), number

        scratch.executemany("INSERT INTO forms VALUES (?, ?)", forms())
        for (numbers,) in scratch.execute("SELECT group_concat(unit) FROM forms GROUP BY form HAVING count(*) > 1"):
            yield [int(number) for number in numbers.split(",")]
