"""Reports made by hand, for tests that need no encoder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from aligner.report.gather import Gathering
from aligner.report.records import DocumentLine, Origin, Report, Row, Shades, Unmatched

NOW = dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC)
ORIGIN = Origin("batch", ("мәтіндер",), "qostil 1 сынақ", NOW)


def line(language: str, number: int, sentences: int, date: dt.date | None = None) -> DocumentLine:
    title = {"kk": f"{number}-құжат туралы", "ru": f"О документе {number}"}[language]
    return DocumentLine(f"{language}/{number}.txt", language, title, date, sentences)


def rows_of(scores: Sequence[float | None]) -> list[Row]:
    """A bead for each score, one sentence to one; None is a Kazakh sentence alone."""
    rows = []
    place = 0
    for number, score in enumerate(scores):
        if score is None:
            rows.append(Row((number,), (), f"Жалғыз {number}-сөйлем.", "", 0.0))
            continue
        reasons = ("number_mismatch: 25 ≠ 52",) if score < 0.8 else ()
        kk, ru = f"{number}-жиналысқа 25 адам келді.", f"На собрание пришли 52 человека ({number})."
        rows.append(Row((number,), (place,), kk, ru, score, reasons))
        place += 1
    return rows


def gather(
    pairs: Sequence[Sequence[float | None]],
    most_details: int = 20,
    most_worst: int = 60,
    asked: list[int] | None = None,
) -> Gathering:
    """A gathering of document pairs with beads of these scores. `asked` notes which pairs were drawn."""
    gathering = Gathering(ORIGIN, most_details, most_worst)
    for number, scores in enumerate(pairs):
        rows = rows_of(scores)
        sizes = len(rows), sum(score is not None for score in scores)

        def shades(number: int = number, sizes: tuple[int, int] = sizes) -> Shades:
            if asked is not None:
                asked.append(number)
            return np.eye(*sizes, dtype=np.uint8) * 200

        day = dt.date(2025, 1 + number % 12, 1 + number % 28)
        kk, ru = line("kk", number, sizes[0], day), line("ru", number, sizes[1], day if number % 3 else None)
        key = gathering.add_pair(kk, ru, 0.97, rows, shades)
        for row in rows:
            if row.ru_text:
                gathering.add_unit(row, kk.name, ru.name, key)
    return gathering


def small_report() -> Report:
    """A report with something of everything."""
    gathering = gather([[0.99, 0.98, None, 0.7], [0.99, 0.3], [0.999]])
    gathering.add_unmatched(
        Unmatched(line("kk", 8, 12), "no document is near enough", line("ru", 2, 1, dt.date(2025, 3, 3)), 0.21)
    )
    gathering.add_unmatched(Unmatched(line("ru", 9, 3), "a reason that nobody has worded", None))
    gathering.add_skipped("tables.ods", "files of the type .ods are not read", None)
    gathering.add_skipped("en/note.txt", "language: en (only kk and ru are aligned)", "en")
    gathering.add_set_aside("kk/1.txt", "Сурет: Ақорда", "photo credit")
    gathering.add_set_aside("kk/2.txt", "Сурет: Ақорда", "photo credit")
    return gathering.report()
