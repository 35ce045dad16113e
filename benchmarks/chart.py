"""The README's chart: strict F1 of each aligner on three kinds of text, and seconds for 2,000 × 2,000 segments.

Two files, one for a light and one for a dark page, from benchmarks/results/align.json.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from benchmarks.results_file import RESULTS

__all__ = ["ALIGNERS", "SETS", "chart", "f1_of", "load_align", "seconds_of"]

# As users run them; the title in the results, and how it is named for readers.
ALIGNERS = {
    "Qostil": "Qostil",
    "Bertalign's two passes (rewritten)": "Bertalign’s two passes",
    "vecalign's DP (sentweave)": "vecalign’s DP",
    "Gale–Church (galechurch)": "Gale–Church",
}
SETS = {"alignment_dev": "noisy news", "alignment_dev_moved": "with moved blocks", "natural": "half-parallel pages"}
CHART_SEGMENTS = 2000


@dataclass(frozen=True, slots=True)
class _Palette:
    ink: str
    pale: str
    track: str
    ours: str
    other: str


_PALETTES = {
    "light": _Palette("#1f2328", "#59636e", "#eaeef2", "#0b6e4f", "#8c959f"),
    "dark": _Palette("#f0f6fc", "#9198a1", "#262c36", "#3fb68b", "#6e7681"),
}


def load_align() -> dict[str, Any]:
    """The results of `python -m benchmarks.align`."""
    results: dict[str, Any] = json.loads((RESULTS / "align.json").read_text(encoding="utf-8"))["results"]
    return results


def f1_of(results: dict[str, Any], title: str, name: str) -> float:
    """Strict F1 of the aligner on a set of `SETS`; `natural` is the mean of the real pages."""
    if name == "natural":
        return float(results["natural_average"][title]["strict_f1"])
    (row,) = (row for row in results["quality"][name] if row["aligner"] == title)
    return float(row["strict_f1"])


def seconds_of(results: dict[str, Any], title: str, segments: int) -> float:
    """How long the aligner took for so many segments a side, encoding left out."""
    (row,) = (row for row in results["speed"] if row["title"] == title and row["segments"] == segments)
    return float(row["seconds"])


def chart(results: dict[str, Any], theme: str) -> str:
    """The chart as SVG text for a `light` or `dark` page."""
    palette = _PALETTES[theme]
    width, left, bar, gap = 720, 190, 16, 8
    column, room = 130, 46
    seconds = {title: seconds_of(results, title, CHART_SEGMENTS) for title in ALIGNERS}
    heads = [*SETS.values(), "seconds (less is better)"]
    shapes = [
        _text(0, 20, "Strict F1 of the beads (more is better), and time", palette.ink, 16, "bold"),
        _text(
            0,
            40,
            f"The same vectors for all; development sets. Time: {CHART_SEGMENTS:,} × {CHART_SEGMENTS:,}, vectors given",
            palette.pale,
            12,
        ),
    ]
    shapes += [_text(left + place * column, 68, head, palette.pale, 12) for place, head in enumerate(heads)]
    top = 80
    for row, (title, name) in enumerate(ALIGNERS.items()):
        y = top + row * (bar + 2 * gap)
        weight = "bold" if title == "Qostil" else "normal"
        colour = palette.ours if title == "Qostil" else palette.other
        shapes.append(_text(0, y + 13, name, palette.ink, 13, weight))
        values = [f1_of(results, title, each) for each in SETS]
        shares = [*values, seconds[title] / max(seconds.values())]
        labels = [*(f"{value:.3f}".removeprefix("0") for value in values), f"{seconds[title]:.2f}"]
        for place, (share, label) in enumerate(zip(shares, labels, strict=True)):
            x, long = left + place * column, column - room
            # Where less is better, a long bar must not look like praise.
            fill = palette.pale if place == len(SETS) else colour
            shapes.append(f'<rect x="{x}" y="{y}" width="{long}" height="{bar}" rx="3" fill="{palette.track}"/>')
            shapes.append(
                f'<rect x="{x}" y="{y}" width="{max(2.0, long * share):.1f}" height="{bar}" rx="3" fill="{fill}"/>'
            )
            shapes.append(_text(x + long + 5, y + 13, label, palette.ink, 12, weight))
    height = top + len(ALIGNERS) * (bar + 2 * gap) + 4
    body = "\n".join(shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" font-family="system-ui, sans-serif">\n'
        f"<title>Accuracy and speed of four aligners</title>\n{body}\n</svg>\n"
    )


def _text(x: float, y: float, text: str, colour: str, size: int, weight: str = "normal") -> str:
    return f'<text x="{x:g}" y="{y:g}" font-size="{size}" font-weight="{weight}" fill="{colour}">{escape(text)}</text>'
