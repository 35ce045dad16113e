"""Pictures as SVG text: the alignment of a pair, lengths, dates, bars. Colours are classes; the style sheet knows them.

Each picture is drawn at the size of a phone's screen, so that its letters need never shrink.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from markupsafe import Markup, escape

from aligner.report.records import CELLS_PER_DECADE, Confidence, Lengths, Outcome, PairDetail, Shades

__all__ = ["alignment_picture", "bar", "dates_picture", "lengths_picture", "stacked_bar", "thumbnail"]

_LONGEST_SIDE = 250
_FLATTEST = 0.3
_LEVELS = (51, 89, 128, 166)
"""A cosine below the first of these (of 255) is left white; the others are shades, the last one the darkest."""

_THUMBNAIL_SIDE = 60
_TICK_GAPS = tuple(factor * 10**power for power in range(9) for factor in (1, 2, 5))


def alignment_picture(detail: PairDetail, title: str) -> Markup:
    """How like each other the sentences are, and the path of the beads over it; Kazakh goes down, Russian across."""
    rows, columns = detail.line.kk.sentences, detail.line.ru.sentences
    if not rows or not columns:
        return Markup()
    longest = max(rows, columns)
    width, height = (max(_FLATTEST * _LONGEST_SIDE, _LONGEST_SIDE * side / longest) for side in (columns, rows))
    left, top = 26, 18
    across, down = width / columns, height / rows
    parts = [f'<rect class="paper" x="{left}" y="{top}" width="{width:.0f}" height="{height:.0f}"/>']
    if detail.shades is not None and detail.shades.size:
        parts.extend(_shade_paths(detail.shades, left, top, width, height))
    parts.append(_ticks(rows, columns, left, top, down, across))
    for confidence, path in _paths(_steps(detail, down, across), left, top).items():
        parts.append(f'<path class="way {confidence}" d="{path}"/>')
    for row in detail.rows:
        if row.moved and row.kk and row.ru:
            x, y = left + (min(row.ru) + max(row.ru) + 1) / 2 * across, top + (min(row.kk) + max(row.kk) + 1) / 2 * down
            parts.append(f'<circle class="moved {row.confidence}" cx="{x:.1f}" cy="{y:.1f}" r="4"/>')
    return _svg("alignment", left + width + 6, top + height + 6, title, "".join(parts))


def _shade_paths(shades: Shades, left: float, top: float, width: float, height: float) -> Iterator[str]:
    """One path a shade: a stroke for each run of cells of that darkness in a row."""
    rows, columns = shades.shape
    levels = np.digitize(shades, _LEVELS)
    for level in range(1, len(_LEVELS) + 1):
        strokes = []
        for row in range(rows):
            flags = np.concatenate(([False], levels[row] == level, [False]))
            edges = np.flatnonzero(flags[1:] != flags[:-1])
            strokes += [f"M{start} {row}.5h{end - start}" for start, end in edges.reshape(-1, 2).tolist()]
        if strokes:
            yield (
                f'<path class="shade s{level}" transform="translate({left} {top}) '
                f'scale({width / columns:.4f} {height / rows:.4f})" d="{"".join(strokes)}"/>'
            )


def _ticks(rows: int, columns: int, left: float, top: float, down: float, across: float) -> str:
    """Every tenth sentence (or hundredth …) has its number."""
    parts = []
    sides: tuple[tuple[int, float, bool], ...] = ((rows, down, True), (columns, across, False))
    for count, step_px, is_row in sides:
        gap = next(each for each in _TICK_GAPS if each * step_px >= 24)
        for place in range(gap, count + 1, gap):
            at = (place - 0.5) * step_px
            if is_row:
                parts.append(f'<text x="{left - 4}" y="{top + at + 3.5:.1f}" text-anchor="end">{place}</text>')
            elif at < count * step_px - 6 or place == count:
                parts.append(f'<text x="{left + at:.1f}" y="{top - 5}" text-anchor="middle">{place}</text>')
    return f'<g class="ticks">{"".join(parts)}</g>'


_Step = tuple[float, float, float, float, Confidence]
"""From x, y to x, y."""


def _steps(detail: PairDetail, down: float, across: float) -> Iterator[_Step]:
    """The beads as one way from the top left to the bottom right; what moved beads leave open is bridged."""
    row = column = 0
    for bead in detail.rows:
        if bead.moved:
            continue
        first_row, first_column = (min(bead.kk) if bead.kk else row), (min(bead.ru) if bead.ru else column)
        if (first_row, first_column) != (row, column):
            yield column * across, row * down, first_column * across, first_row * down, "alone"
        row, column = first_row + len(bead.kk), first_column + len(bead.ru)
        yield first_column * across, first_row * down, column * across, row * down, bead.confidence


def _paths(steps: Iterator[_Step], left: float, top: float) -> dict[Confidence, str]:
    """The steps as one path for each confidence, drawn from the surest to the rest."""
    paths: dict[Confidence, list[str]] = {"alone": [], "sure": [], "doubtful": [], "poor": []}
    last: tuple[float, float, Confidence] | None = None
    for x, y, to_x, to_y, confidence in steps:
        if last != (x, y, confidence):
            paths[confidence].append(f"M{_short(left + x)} {_short(top + y)}")
        paths[confidence].append(f"L{_short(left + to_x)} {_short(top + to_y)}")
        last = to_x, to_y, confidence
    return {confidence: "".join(path) for confidence, path in paths.items() if path}


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def thumbnail(sketch: Sequence[tuple[int, int, Confidence]], title: str) -> Markup:
    """The way of the beads alone, as a small square."""
    rows, columns = sum(step[0] for step in sketch), sum(step[1] for step in sketch)
    side = _THUMBNAIL_SIDE
    paths: dict[Confidence, list[str]] = {"alone": [], "sure": [], "doubtful": [], "poor": []}
    row = column = 0
    at: tuple[int, int] = (0, 0)
    last: tuple[int, int, Confidence] | None = None
    for down, across, confidence in sketch:
        row, column = row + down, column + across
        to = round(side * column / max(1, columns)), round(side * row / max(1, rows))
        if to == at:
            continue
        start = "" if last == (*at, confidence) else f"M{at[0]} {at[1]}"
        paths[confidence].append(f"{start}L{to[0]} {to[1]}")
        at = to
        last = (*at, confidence)
    drawn = "".join(f'<path class="way {key}" d="{"".join(path)}"/>' for key, path in paths.items() if path)
    return _svg(
        "thumbnail", side, side, title, f'<rect class="paper" width="{side}" height="{side}"/>{drawn}', margin=2
    )


def bar(share: float, kind: str) -> Markup:
    """A bar of this share of its cell's width. However short, its beginning can be seen."""
    if not share:
        return _bar("")
    edge = f'<rect class="edge {kind}" width="3" height="100%"/>'
    return _bar(f'<rect class="fill {kind}" width="{100 * share:.2f}%" height="100%"/>{edge}')


def stacked_bar(parts: Sequence[tuple[float, str]]) -> Markup:
    """Bars end to end, each with its share of the whole width. It is decoration: the numbers stand beside it."""
    drawn, position = [], 0.0
    for share, kind in parts:
        if share > 0:
            drawn.append(
                f'<rect class="fill {kind}" x="{100 * position:.2f}%" width="{100 * share:.2f}%" height="100%"/>'
            )
        position += share
    return _bar("".join(drawn))


def _bar(inside: str) -> Markup:
    return Markup(f'<svg class="bar" aria-hidden="true" focusable="false">{inside}</svg>')


def lengths_picture(lengths: Lengths, title: str, across: str, upward: str) -> Markup:
    """Sentence pairs by the lengths of their sides, both axes logarithmic; doubtful ones are outlined."""
    if not lengths.all:
        return Markup()
    left, top, size = 40, 10, 280
    decades = max(max(cell) for cell in lengths.all) // CELLS_PER_DECADE + 1
    cell = size / (decades * CELLS_PER_DECADE)
    most = math.log1p(max(lengths.all.values()))
    parts = [f'<rect class="paper" x="{left}" y="{top}" width="{size}" height="{size}"/>']
    runs: dict[int, list[str]] = {}
    for (kk, ru), count in sorted(lengths.all.items()):
        level = 1 + min(3, int(4 * math.log1p(count) / most)) if most else 1
        runs.setdefault(level, []).append(f"M{ru} {decades * CELLS_PER_DECADE - kk - 0.5:g}h1")
    shift = f'transform="translate({left} {top}) scale({cell:.4f})"'
    parts += [
        f'<path class="shade s{level}" {shift} d="{"".join(strokes)}"/>' for level, strokes in sorted(runs.items())
    ]
    outline = "".join(f"M{ru} {decades * CELLS_PER_DECADE - kk - 1}h1v1h-1z" for kk, ru in sorted(lengths.doubtful))
    parts.append(f'<path class="equal" d="M{left} {top + size}L{left + size} {top}"/>')
    parts.append(f'<path class="outline" {shift} d="{outline}"/>')
    for power in range(decades + 1):
        at = size * power / decades
        anchor = "end" if power == decades else "middle"
        parts.append(f'<text x="{left + at:.0f}" y="{top + size + 15}" text-anchor="{anchor}">{10**power}</text>')
        parts.append(f'<text x="{left - 5}" y="{top + size - at + 4:.0f}" text-anchor="end">{10**power}</text>')
        if 0 < power < decades:
            parts.append(f'<path class="rule" d="M{left + at:.0f} {top}v{size}M{left} {top + size - at:.0f}h{size}"/>')
    parts.append(f'<text x="{left + size / 2:.0f}" y="{top + size + 31}" text-anchor="middle">{escape(across)}</text>')
    parts.append(
        f'<text transform="translate(9 {top + size / 2:.0f}) rotate(-90)" text-anchor="middle">{escape(upward)}</text>'
    )
    return _svg("lengths", left + size + 10, top + size + 38, title, "".join(parts))


_Bins = list[tuple[dt.date, str]]
_MOST_BINS = 62


def dates_picture(
    dates: Counter[tuple[str, Outcome, dt.date]], title: str, names: tuple[str, str], month: Callable[[int], str]
) -> Markup:
    """Documents by date, Kazakh above and Russian below the line, those without a counterpart hatched."""
    if not dates:
        return Markup()
    floor, labels = _binning([date for _, _, date in dates], month)
    counts: Counter[tuple[str, Outcome, dt.date]] = Counter()
    for (language, outcome, date), count in dates.items():
        counts[language, outcome, floor(date)] += count
    heights = [sum(counts[language, outcome, start] for outcome in ("paired", "unmatched"))
               for language in ("kk", "ru") for start, _ in labels]  # fmt: skip
    most = max(heights)
    left, top, width, half = 34, 24, 300, 92
    step = width / len(labels)
    thick = max(1.0, min(28.0, step - max(1.0, 0.18 * step)))
    middle = top + half
    parts = [f'<path class="rule" d="M{left} {top}h{width}M{left} {top + 2 * half + 18}h{width}"/>']
    shown_until = -math.inf
    for place, (start, label) in enumerate(labels):
        x = left + place * step + (step - thick) / 2
        for language, sign in (("kk", -1), ("ru", 1)):
            base: float = middle if sign < 0 else middle + 18
            for outcome in ("paired", "unmatched"):
                tall = half * counts[language, outcome, start] / most
                if tall:
                    y = base - tall if sign < 0 else base
                    parts.append(
                        f'<rect class="fill {outcome} {language}" x="{x:.1f}" y="{y:.1f}" width="{thick:.1f}" '
                        f'height="{max(tall, 1):.1f}"/>'
                    )
                    base += sign * tall
        middle_of_bin, room = x + thick / 2, 3.6 * len(label) + 4
        if label and middle_of_bin - room > shown_until and left - 20 < middle_of_bin - room + 12:
            parts.append(f'<text x="{middle_of_bin:.1f}" y="{middle + 13}" text-anchor="middle">{escape(label)}</text>')
            shown_until = middle_of_bin + room
    for y, text in ((top + 4, str(most)), (top + 2 * half + 22, str(most))):
        parts.append(f'<text x="{left - 5}" y="{y}" text-anchor="end">{text}</text>')
    # Beside the rules, where no bar reaches.
    for y, name in ((top - 8, names[0]), (top + 2 * half + 33, names[1])):
        parts.append(f'<text class="name" x="{left + width}" y="{y}" text-anchor="end">{escape(name)}</text>')
    return _svg("dates", left + width + 6, top + 2 * half + 40, title, "".join(parts))


def _binning(days: Sequence[dt.date], month: Callable[[int], str]) -> tuple[Callable[[dt.date], dt.date], _Bins]:
    """What a date is counted under, and the bins from first to last with their labels: days, months or years."""
    first, last = min(days), max(days)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if (last - first).days < _MOST_BINS and months <= 2:
        daily = [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]
        return (lambda day: day), [(day, f"{day.day} {month(day.month)}") for day in daily]
    if months <= _MOST_BINS:
        starts = [
            dt.date(first.year + number // 12, number % 12 + 1, 1)
            for number in range(first.month - 1, first.month - 1 + months)
        ]
        if months <= 14:
            return (lambda day: day.replace(day=1)), [(day, f"{month(day.month)} {day:%y}") for day in starts]

        def label(day: dt.date) -> str:
            named = month(day.month) if months <= 36 and day.month in (4, 7, 10) else ""
            return str(day.year) if day.month == 1 else named

        return (lambda day: day.replace(day=1)), [(day, label(day)) for day in starts]
    years = [dt.date(year, 1, 1) for year in range(first.year, last.year + 1)]
    return (lambda day: day.replace(month=1, day=1)), [(day, str(day.year)) for day in years]


def _svg(kind: str, width: float, height: float, title: str, inside: str, margin: float = 0) -> Markup:
    box = f"{-margin:g} {-margin:g} {width + 2 * margin:.0f} {height + 2 * margin:.0f}"
    return Markup(
        f'<svg class="{kind}" viewBox="{box}" width="{width + 2 * margin:.0f}" height="{height + 2 * margin:.0f}" '
        f'role="img" aria-label="{escape(title)}">{inside}</svg>'
    )
