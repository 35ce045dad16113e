"""Units as lines of text: TSV, CSV, JSON Lines, and the two files of Moses."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Protocol

from aligner.records import Unit

__all__ = ["COLUMNS", "LINES", "ByteSink", "LineFormat", "cells_of", "one_line"]

COLUMNS = ("kk", "ru", "score", "reasons", "kk_source", "ru_source", "date")


class ByteSink(Protocol):
    """Whatever takes bytes: an open binary file, or one that appears when it is complete."""

    def write(self, data: bytes, /) -> object: ...


class LineFormat(Protocol):
    """What a file of lines begins with, and the line of a unit."""

    @property
    def head(self) -> bytes: ...

    @property
    def line(self) -> Callable[[Unit], bytes]: ...


class _Tsv:
    """`kk ⇥ ru ⇥ score ⇥ reasons ⇥ kk source ⇥ ru source ⇥ date`, no header; tabs in a text become spaces."""

    head = b""

    def line(self, unit: Unit) -> bytes:
        return ("\t".join(map(one_line, cells_of(unit))) + "\n").encode()


class _Csv:
    """The columns of the TSV with a header, quoted as RFC 4180 says, with a BOM so that Excel reads it as UTF-8.

    A text that a spreadsheet would take for a formula gets an apostrophe before it, as OWASP advises.
    """

    def __init__(self) -> None:
        self.head = "\ufeff".encode() + self._row(COLUMNS)

    def line(self, unit: Unit) -> bytes:
        return self._row(tuple(map(_no_formula, cells_of(unit))))

    def _row(self, cells: tuple[str, ...]) -> bytes:
        line = io.StringIO()
        csv.writer(line).writerow(cells)
        return line.getvalue().encode()


class _Jsonl:
    """One JSON object a line, with the columns of the TSV as keys, and `status`, `reviewer`, `note` where there are."""

    head = b""

    def line(self, unit: Unit) -> bytes:
        record = {
            "kk": unit.kk,
            "ru": unit.ru,
            "score": round(unit.score, 4),
            "reasons": list(unit.reasons),
            "kk_source": unit.kk_source or "",
            "ru_source": unit.ru_source or "",
            "date": unit.date.isoformat() if unit.date else None,
        }
        judged = {"status": unit.status, "reviewer": unit.reviewer} if unit.status != "automatic" else {}
        record |= {name: value for name, value in (judged | {"note": unit.note}).items() if value}
        return (json.dumps(record, ensure_ascii=False) + "\n").encode()


LINES: dict[str, Callable[[], LineFormat]] = {"tsv": _Tsv, "csv": _Csv, "jsonl": _Jsonl}


def cells_of(unit: Unit) -> tuple[str, ...]:
    """The unit as texts, one for each of `COLUMNS`."""
    return (
        unit.kk,
        unit.ru,
        f"{unit.score:.4f}",
        "; ".join(unit.reasons),
        unit.kk_source or "",
        unit.ru_source or "",
        unit.date.isoformat() if unit.date else "",
    )


def one_line(text: str) -> str:
    """`text` with every tab, line break and run of spaces as one space."""
    return " ".join(text.split())


def _no_formula(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
