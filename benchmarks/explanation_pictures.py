"""How pairing, aligning and judging work, as SVG text drawn from benchmarks/results/explained.json.

Each for a `light` and a `dark` page. The numbers are those of the sample corpus, as `benchmarks.explained` found them.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

from benchmarks.chart import PALETTES, Palette, document, text

__all__ = ["aligning_picture", "judging_picture", "pairing_picture"]

_DOUBTFUL_BELOW = 0.8


def pairing_picture(results: dict[str, Any], theme: str) -> str:
    """All Kazakh releases with all Russian ones: coverage as shade, pairs as rings."""
    palette, found = PALETTES[theme], results["pairing"]
    cell, left, top = 17, 46, 84
    rows, columns = len(found["kk"]), len(found["ru"])
    wide, high = columns * cell, rows * cell
    shapes = [
        text(0, 18, f"{rows} Kazakh and {columns} Russian releases, each with each", palette.ink, 16, "bold"),
        text(
            0, 38, "Shaded: how much of both texts finds a counterpart. In the order of file names.", palette.pale, 12
        ),
        text(left + wide / 2, 60, "Russian", palette.pale, 12, anchor="middle"),
        text(12, top + high / 2, "Kazakh", palette.pale, 12, anchor="middle", is_turned=True),
    ]
    shapes += _numbers(left, top, cell, rows, columns, palette)
    shapes += _cells(left, top, cell, found["coverage"], 0.1, palette)
    shapes.append(_box(left, top, wide, high, palette.track, 1))
    for row, column in found["pairs"]:
        x, y = left + (column + 0.5) * cell, top + (row + 0.5) * cell
        shapes.append(_ring(x, y, cell / 2 + 1, palette.accent))
    for alone in found["alone"]:
        if alone["language"] == "kk":
            x, y, long, tall = left, top + alone["place"] * cell, wide, cell
        else:
            x, y, long, tall = left + alone["place"] * cell, top, cell, high
        shapes.append(_box(x, y, long, tall, palette.warning, 1.5, is_dashed=True))
    # Beside the matrix: what one of its cells is made of.
    aside = left + wide + 26
    y = top + 14
    shapes += [
        _ring(aside + 8, y - 4, 8, palette.accent),
        text(aside + 26, y, f"{len(found['pairs'])} pairs", palette.ink, 13),
        _box(aside, y + 14, 17, 13, palette.warning, 1.5, is_dashed=True),
        text(aside + 26, y + 26, f"{len(found['alone'])} without a counterpart", palette.ink, 13),
    ]
    y += 66
    for alone in found["alone"]:
        own, other = ("kk", "ru") if alone["language"] == "kk" else ("ru", "kk")
        i, j = (alone["place"], alone["nearest"]) if own == "kk" else (alone["nearest"], alone["place"])
        lines = [
            f"{'Kazakh' if own == 'kk' else 'Russian'} {alone['place']} is alone.",
            f"Nearest is {'Kazakh' if other == 'kk' else 'Russian'} {alone['nearest']}: of both",
            f"texts {found['coverage'][i][j]:.2f} finds a counterpart;",
            "with figures, names and dates",
            f"the probability is {found['probability'][i][j]:.2f}.",
        ]
        for place, line in enumerate(lines):
            colour, weight = (palette.ink, "bold") if place == 0 else (palette.pale, "normal")
            shapes.append(text(aside, y + 18 * place, line, colour, 12, weight))
        y += 18 * len(lines) + 16
    return document(720, top + high + 12, shapes, "Which releases are pairs")


def aligning_picture(results: dict[str, Any], theme: str) -> str:
    """One pair of releases: cosine as shade, beads as boxes along their way, sentences alone as dashes."""
    palette, found = PALETTES[theme], results["aligning"]
    cell, left, top = 17, 46, 84
    rows, columns = len(found["kk"]), len(found["ru"])
    wide, high = columns * cell, rows * cell
    kinds: dict[str, int] = {}
    for bead in found["beads"]:
        kind = f"{len(bead['kk'])}-{len(bead['ru'])}"
        kinds[kind] = kinds.get(kind, 0) + 1
    shapes = [
        text(0, 18, "Every sentence of one release with every sentence of the other", palette.ink, 16, "bold"),
        text(0, 38, "Shaded: near in meaning. The boxes are the beads on the best way through.", palette.pale, 12),
        text(left + wide / 2, 60, "Russian", palette.pale, 12, anchor="middle"),
        text(12, top + high / 2, "Kazakh", palette.pale, 12, anchor="middle", is_turned=True),
    ]
    shapes += _numbers(left, top, cell, rows, columns, palette)
    shapes += _cells(left, top, cell, found["cosine"], 0.05, palette)
    shapes.append(_box(left, top, wide, high, palette.track, 1))
    both = [bead for bead in found["beads"] if bead["kk"] and bead["ru"]]
    for bead in both:
        x, y = left + min(bead["ru"]) * cell, top + min(bead["kk"]) * cell
        long, tall = len(bead["ru"]) * cell, len(bead["kk"]) * cell
        colour = palette.accent if bead["score"] >= _DOUBTFUL_BELOW else palette.warning
        shapes.append(_box(x - 0.5, y - 0.5, long + 1, tall + 1, colour, 2.5))
    for bead in found["beads"]:
        if not (bead["kk"] and bead["ru"]):
            at = (bead["kk"] or bead["ru"])[0]
            band = (left, top + at * cell, wide, cell) if bead["kk"] else (left + at * cell, top, cell, high)
            shapes.append(_box(*band, palette.pale, 1, is_dashed=True))
    aside = left + wide + 26
    y = top + 14
    doubtful = sum(bead["score"] < _DOUBTFUL_BELOW for bead in both)
    for colour, label in (
        (palette.accent, f"{len(both) - doubtful} beads, scored {_DOUBTFUL_BELOW} or more"),
        (palette.warning, f"{doubtful} doubtful beads"),
    ):
        shapes.append(_box(aside, y - 11, 14, 14, colour, 2.5))
        shapes.append(text(aside + 24, y, label, palette.ink, 13))
        y += 26
    shapes.append(_box(aside, y - 11, 14, 14, palette.pale, 1, is_dashed=True))
    shapes.append(text(aside + 24, y, f"{len(found['beads']) - len(both)} sentences alone", palette.ink, 13))
    y += 40
    for kind, count in sorted(kinds.items(), key=lambda item: -item[1]):
        shapes.append(text(aside, y, kind, palette.pale, 12))
        shapes.append(_bar(aside + 34, y - 9, count * 7, 10, palette.other))
        shapes.append(text(aside + 40 + count * 7, y, str(count), palette.pale, 12))
        y += 20
    return document(720, top + high + 12, shapes, "How sentences are aligned")


def judging_picture(results: dict[str, Any], theme: str) -> str:
    """One Kazakh sentence with right and wrong translations: each with its score, and what speaks against it."""
    palette = PALETTES[theme]
    shapes = [text(0, 18, "One sentence, and what may stand beside it", palette.ink, 16, "bold")]
    y = 44
    for judged in results["judging"]:
        for line in textwrap.wrap(judged["kk"], 100):
            shapes.append(text(0, y, line, palette.ink, 14))
            y += 20
        y += 10
        for case in judged["cases"]:
            is_doubtful = case["score"] < _DOUBTFUL_BELOW
            colour = palette.warning if is_doubtful else palette.accent
            lines = textwrap.wrap(case["ru"], 76)
            shapes.append(_bar(0, y, 120, 14, palette.track))
            shapes.append(_bar(0, y, max(3.0, 120 * case["score"]), 14, colour))
            shapes.append(text(128, y + 12, f"{case['score']:.2f}", palette.ink, 13, "bold"))
            shapes.append(text(0, y + 31, case["fault"], palette.pale, 12))
            for line in lines:
                shapes.append(text(172, y + 12, line, palette.ink, 13))
                y += 18
            for line in textwrap.wrap("; ".join(case["reasons"]), 84):
                shapes.append(text(172, y + 12, line, palette.warning, 12))
                y += 16
            y += 20 if len(lines) + len(case["reasons"]) > 1 else 30
    return document(720, y, shapes, "What the judge says of a pair")


def _cells(
    left: float, top: float, cell: int, values: Sequence[Sequence[float]], above: float, palette: Palette
) -> list[str]:
    return [
        f'<rect x="{left + column * cell}" y="{top + row * cell}" width="{cell}" height="{cell}" '
        f'fill="{palette.shade}" fill-opacity="{min(1.0, value):.2f}"/>'
        for row, line in enumerate(values)
        for column, value in enumerate(line)
        if value > above
    ]


def _box(x: float, y: float, width: float, height: float, colour: str, stroke: float, is_dashed: bool = False) -> str:
    style = ' stroke-dasharray="4 3"' if is_dashed else ' rx="3"'
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="none" stroke="{colour}" '
        f'stroke-width="{stroke:g}"{style}/>'
    )


def _bar(x: float, y: float, width: float, height: float, colour: str) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="3" fill="{colour}"/>'


def _ring(x: float, y: float, radius: float, colour: str) -> str:
    return f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="none" stroke="{colour}" stroke-width="2"/>'


def _numbers(left: float, top: float, cell: int, rows: int, columns: int, palette: Palette) -> list[str]:
    down = [
        text(left - 6, top + (at + 0.5) * cell + 4, str(at), palette.pale, 11, anchor="end") for at in range(0, rows, 5)
    ]
    across = [
        text(left + (at + 0.5) * cell, top - 6, str(at), palette.pale, 11, anchor="middle")
        for at in range(0, columns, 5)
    ]
    return [*down, *across]
