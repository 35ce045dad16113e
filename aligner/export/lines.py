"""Units as lines of text: TSV, CSV and JSON Lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Protocol

from aligner.records import Unit

__all__ = ["ByteSink", "write_csv", "write_jsonl", "write_tsv"]

_COLUMNS = ("kk", "ru", "score", "reasons", "kk_source", "ru_source", "date")


class ByteSink(Protocol):
    """Whatever takes bytes: an open binary file, or one that appears when it is complete."""

    def write(self, data: bytes, /) -> object: ...


def write_tsv(units: Iterable[Unit], file: ByteSink) -> int:
    """`kk ⇥ ru ⇥ score ⇥ reasons ⇥ kk source ⇥ ru source ⇥ date`, no header; tabs in a text become spaces."""
    count = 0
    for unit in units:
        cells = (" ".join(cell.split()) for cell in _cells(unit))
        file.write(("\t".join(cells) + "\n").encode())
        count += 1
    return count


def write_csv(units: Iterable[Unit], file: ByteSink) -> int:
    """The columns of the TSV with a header, quoted as RFC 4180 says, with a BOM so that Excel reads it as UTF-8."""
    file.write("\ufeff".encode())
    count = 0
    for cells in (_COLUMNS, *(_cells(unit) for unit in units)):
        line = io.StringIO()
        csv.writer(line).writerow(cells)
        file.write(line.getvalue().encode())
        count += 1
    return count - 1


def write_jsonl(units: Iterable[Unit], file: ByteSink) -> int:
    """One JSON object a line, with the columns of the TSV as keys."""
    count = 0
    for unit in units:
        record = dict(zip(_COLUMNS, _cells(unit), strict=True)) | {
            "score": round(unit.score, 4),
            "reasons": list(unit.reasons),
            "date": unit.date.isoformat() if unit.date else None,
        }
        file.write((json.dumps(record, ensure_ascii=False) + "\n").encode())
        count += 1
    return count


def _cells(unit: Unit) -> tuple[str, ...]:
    return (
        unit.kk,
        unit.ru,
        f"{unit.score:.4f}",
        "; ".join(unit.reasons),
        unit.kk_source or "",
        unit.ru_source or "",
        unit.date.isoformat() if unit.date else "",
    )
