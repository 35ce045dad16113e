"""Three kinds of plot as SVG text: a matrix with paths, grouped bars, and lines over logarithmic axes.

Our own few lines and not matplotlib: these three are all we draw, matplotlib brings eleven packages to a folder
that has four, and its SVG of a matrix is an embedded bitmap, where this one stays text that a diff can show.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

import numpy as np
from numpy.typing import NDArray

__all__ = ["COLOURS", "bar_plot", "line_plot", "matrix_plot"]

COLOURS = ("#0b6e4f", "#b8860b", "#3b6fb6", "#a23b72", "#777777", "#c0562f", "#5b4b8a", "#2f2f2f", "#6fb7c9", "#d98cb3")
Beads = Sequence[tuple[Sequence[int], Sequence[int]]]


def matrix_plot(title: str, likeness: NDArray[np.float32], gold: Beads, found: Beads) -> str:
    """`likeness` `[kk, ru]` as shades from 0 to 1; gold beads as outlines, found ones as discs at their middles."""
    cell, left, top = 14, 60, 60
    rows, columns = likeness.shape
    shapes = []
    for i, j in np.argwhere(likeness > 0.05):
        shade = 255 - round(205 * min(1.0, float(likeness[i, j])))
        shapes.append(
            f'<rect x="{left + j * cell}" y="{top + i * cell}" width="{cell}" height="{cell}" '
            f'fill="rgb({shade},{shade},{shade})"/>'
        )
    for kk, ru in gold:
        if kk and ru:
            x, y = left + min(ru) * cell, top + min(kk) * cell
            width, height = (max(ru) - min(ru) + 1) * cell, (max(kk) - min(kk) + 1) * cell
            shapes.append(
                f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="none" '
                f'stroke="{COLOURS[1]}" stroke-width="2"/>'
            )
    middles = [
        (left + (min(ru) + max(ru) + 1) / 2 * cell, top + (min(kk) + max(kk) + 1) / 2 * cell)
        for kk, ru in sorted(found)
        if kk and ru
    ]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in middles)
    shapes.append(f'<polyline points="{path}" fill="none" stroke="{COLOURS[0]}" stroke-width="1.5"/>')
    shapes.extend(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{COLOURS[0]}"/>' for x, y in middles)
    shapes.extend(_text(left - 6, top + (at + 0.5) * cell + 4, str(at), "end") for at in range(0, rows, 5))
    shapes.extend(_text(left + (at + 0.5) * cell, top - 6, str(at), "middle") for at in range(0, columns, 5))
    width, height = max(left + columns * cell + 20, 12 * len(title) // 2 + 40), top + rows * cell + 50
    legend = top + rows * cell + 28
    shapes += [
        _text(20, 24, title, "start", 15),
        _text(16, top + rows * cell / 2, "Kazakh", "middle", turned=True),
        _text(left + columns * cell / 2, 42, "Russian", "middle"),
        f'<rect x="{left}" y="{legend - 10}" width="12" height="12" fill="none" stroke="{COLOURS[1]}"/>',
        _text(left + 18, legend, "true bead", "start"),
        f'<circle cx="{left + 106}" cy="{legend - 4}" r="3.5" fill="{COLOURS[0]}"/>',
        _text(left + 116, legend, "found bead", "start"),
    ]
    return _document(width, height, shapes)


def bar_plot(title: str, axis: str, groups: Sequence[str], series: Mapping[str, Sequence[float | None]]) -> str:
    """One bar a series in every group; `None` leaves a gap."""
    left, top, height, bar = 60, 56, 280, 11
    group_width = bar * len(series) + 18
    width = left + group_width * len(groups) + 20
    highest = max([value for values in series.values() for value in values if value is not None] + [1e-9])
    ceiling = math.ceil(highest * 10) / 10
    shapes = [_text(20, 24, title, "start", 15), _text(20, 44, axis, "start")]
    for step in range(6):
        value = ceiling * step / 5
        y = top + height * (1 - step / 5)
        shapes.append(f'<line x1="{left}" y1="{y:.1f}" x2="{width - 20}" y2="{y:.1f}" stroke="#dddddd"/>')
        shapes.append(_text(left - 6, y + 4, f"{value:.2f}", "end"))
    for place, group in enumerate(groups):
        start = left + 9 + place * group_width
        shapes.append(_text(start + bar * len(series) / 2, top + height + 18, group, "middle"))
        for number, values in enumerate(series.values()):
            share = values[place]
            if share is None:
                continue
            tall = height * share / ceiling
            shapes.append(
                f'<rect x="{start + number * bar}" y="{top + height - tall:.1f}" width="{bar - 2}" '
                f'height="{max(tall, 0.8):.1f}" fill="{COLOURS[number % len(COLOURS)]}"/>'
            )
    shapes += _legend(list(series), left, top + height + 40)
    return _document(max(width, 420), top + height + 50 + 18 * len(series), shapes)


def line_plot(title: str, across: str, upward: str, series: Mapping[str, Sequence[tuple[float, float]]]) -> str:
    """Points `(x, y)` of each series, joined; both axes logarithmic, so that what is linear rises at 45 degrees."""
    left, top, decade = 70, 56, 150
    points = [(x, y) for values in series.values() for x, y in values]
    low_x, high_x = _decades([x for x, _ in points])
    low_y, high_y = _decades([y for _, y in points])
    width, height = decade * (high_x - low_x), decade * (high_y - low_y)

    def place(x: float, y: float) -> tuple[float, float]:
        return left + decade * (math.log10(x) - low_x), top + height - decade * (math.log10(y) - low_y)

    shapes = [_text(20, 24, title, "start", 15), _text(20, 44, upward, "start")]
    for power in range(low_x, high_x + 1):
        x, _ = place(10.0**power, 10.0**low_y)
        shapes.append(f'<line x1="{x:.1f}" y1="{top}" x2="{x:.1f}" y2="{top + height}" stroke="#dddddd"/>')
        shapes.append(_text(x, top + height + 18, f"{10**power:,}", "middle"))
    for power in range(low_y, high_y + 1):
        _, y = place(10.0**low_x, 10.0**power)
        shapes.append(f'<line x1="{left}" y1="{y:.1f}" x2="{left + width}" y2="{y:.1f}" stroke="#dddddd"/>')
        shapes.append(_text(left - 6, y + 4, f"{10.0**power:g}", "end"))
    shapes.append(_text(left + width / 2, top + height + 38, across, "middle"))
    for number, values in enumerate(series.values()):
        colour = COLOURS[number % len(COLOURS)]
        placed = [place(x, y) for x, y in values]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
        shapes.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        shapes.extend(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in placed)
    shapes += _legend(list(series), left, top + height + 60)
    return _document(left + width + 40, top + height + 70 + 18 * len(series), shapes)


def _decades(values: Sequence[float]) -> tuple[int, int]:
    exponents = [math.log10(value) for value in values]
    return math.floor(min(exponents)), math.ceil(max(exponents))


def _legend(names: Sequence[str], left: float, top: float) -> list[str]:
    shapes = []
    for number, name in enumerate(names):
        y = top + 18 * number
        colour = COLOURS[number % len(COLOURS)]
        shapes.append(f'<rect x="{left}" y="{y - 10}" width="12" height="12" fill="{colour}"/>')
        shapes.append(_text(left + 18, y, name, "start"))
    return shapes


def _text(x: float, y: float, text: str, anchor: str, size: int = 12, turned: bool = False) -> str:
    turn = f' transform="rotate(-90 {x:.1f} {y:.1f})"' if turned else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}"{turn}>{escape(text)}</text>'


def _document(width: float, height: float, shapes: Sequence[str]) -> str:
    body = "\n".join(shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" '
        f'height="{height:.0f}" font-family="sans-serif" fill="#222222">\n'
        f'<rect width="100%" height="100%" fill="#ffffff"/>\n{body}\n</svg>\n'
    )
