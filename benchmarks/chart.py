"""The README's chart: strict F1 of each aligner on three kinds of text, and seconds for 2,000 × 2,000 segments.

For a light and a dark page, wide or on a phone, in each of the READMEs' languages, from benchmarks/results/align.json.
What its pictures are made of serves `benchmarks.explanation_pictures`, too.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from benchmarks.results_file import RESULTS

__all__ = [
    "ALIGNERS",
    "NAMES",
    "PALETTES",
    "SETS",
    "Palette",
    "chart",
    "decimal",
    "document",
    "f1_of",
    "f1_written",
    "load_align",
    "narrow_chart",
    "seconds_of",
    "text",
]

# As users run them; the title in the results, and how it is named for readers.
ALIGNERS = {
    "Qostil": "Qostil",
    "Bertalign's two passes (rewritten)": "Bertalign’s two passes",
    "vecalign's DP (sentweave)": "vecalign’s DP",
    "Gale–Church (galechurch)": "Gale–Church",
}
SETS = ("alignment_dev", "alignment_dev_moved", "natural")
CHART_SEGMENTS = 2000
NAMES: dict[str, dict[str, str]] = {
    "en": {},
    "kk": {"Bertalign’s two passes": "Bertalign екі өтімі", "vecalign’s DP": "vecalign алгоритмі"},
    "ru": {"Bertalign’s two passes": "два прохода Bertalign", "vecalign’s DP": "алгоритм vecalign"},
}
"""How the aligners that have no name of their own are called."""


@dataclass(frozen=True, slots=True)
class _Words:
    """What the chart says in a language; `{size}` stands for the number of segments."""

    alt: str
    title: str
    below: str
    heads: tuple[str, str, str, str]


_WORDS = {
    "en": _Words(
        "Accuracy and speed of four aligners",
        "Strict F1 of the beads (more is better), and time",
        "The same vectors for all; development sets. Time: {size} × {size} sentences, vectors given",
        ("noisy news", "with moved blocks", "half-parallel pages", "seconds (less is better)"),
    ),
    "kk": _Words(
        "Төрт сәйкестендіру бағдарламасының дәлдігі мен жылдамдығы",
        "Сәйкестіктердің қатаң F1 өлшемі (көбі жақсы) және уақыт",
        "Векторлар бәріне ортақ; әзірлеу жинақтары. Уақыт: {size} × {size} сөйлем, векторлары дайын",
        ("шулы жаңалықтар", "орны ауысқан", "жартылай сәйкес", "секунд (азы жақсы)"),
    ),
    "ru": _Words(
        "Точность и скорость четырёх программ выравнивания",
        "Строгая F1 соответствий (больше – лучше) и время (меньше – лучше)",
        "Векторы у всех одни; наборы для разработки. Время: {size} × {size} предложений с готовыми векторами",
        ("новости с помехами", "с перестановками", "наполовину паралл.", "секунды"),
    ),
}


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a page: of text, of secondary text, of empty bars, of what is ours or well, of the others', of
    what is doubtful, and of shaded cells."""

    ink: str
    pale: str
    track: str
    accent: str
    other: str
    warning: str
    shade: str


PALETTES = {
    "light": Palette("#1f2328", "#59636e", "#eaeef2", "#0b6e4f", "#8c959f", "#b3500a", "#57606a"),
    "dark": Palette("#f0f6fc", "#9198a1", "#262c36", "#3fb68b", "#6e7681", "#e09050", "#b1bac4"),
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


def decimal(value: float, digits: int, language: str) -> str:
    """The number as it is written in the language: a comma, where English has a point."""
    written = f"{value:.{digits}f}"
    return written if language == "en" else written.replace(".", ",")


def chart(results: dict[str, Any], theme: str, language: str = "en") -> str:
    """The chart as SVG text for a `light` or `dark` page in `en`, `kk` or `ru`."""
    palette, words = PALETTES[theme], _WORDS[language]
    width, left, bar, gap = 720, 190, 16, 8
    column, room = 130, 46
    shapes = [
        text(0, 20, words.title, palette.ink, 16, "bold"),
        text(0, 40, words.below.format(size=_size_written(language)), palette.pale, 12),
    ]
    shapes += [text(left + place * column, 68, head, palette.pale, 12) for place, head in enumerate(words.heads)]
    top = 80
    for row, (title, name) in enumerate(ALIGNERS.items()):
        y = top + row * (bar + 2 * gap)
        weight = "bold" if title == "Qostil" else "normal"
        shapes.append(text(0, y + 13, NAMES[language].get(name, name), palette.ink, 13, weight))
        for place in range(len(words.heads)):
            x, long = left + place * column, column - room
            share, label = _bar(results, title, place, language)
            shapes += _drawn_bar(x, y, long, bar, share, _fill(palette, title, place), palette.track)
            shapes.append(text(x + long + 5, y + 13, label, palette.ink, 12, weight))
    return document(width, top + len(ALIGNERS) * (bar + 2 * gap) + 4, shapes, words.alt)


def narrow_chart(results: dict[str, Any], theme: str, language: str = "en") -> str:
    """The same for a phone: one below the other what `chart` has side by side."""
    palette, words = PALETTES[theme], _WORDS[language]
    width, left, bar, gap, room = 360, 152, 14, 7, 46
    size = _size_written(language)
    shapes: list[str] = []
    y = 4
    for line in textwrap.wrap(words.title, 33):
        y += 20
        shapes.append(text(0, y, line, palette.ink, 16, "bold"))
    for line in textwrap.wrap(words.below.format(size=size), 50):
        y += 17
        shapes.append(text(0, y, line, palette.pale, 12))
    for place, head in enumerate(words.heads):
        y += 32
        shapes.append(text(0, y, head, palette.pale, 13))
        y += 8
        for title, name in ALIGNERS.items():
            share, label = _bar(results, title, place, language)
            weight = "bold" if title == "Qostil" else "normal"
            shapes.append(text(0, y + 12, NAMES[language].get(name, name), palette.ink, 13, weight))
            shapes += _drawn_bar(left, y, width - left - room, bar, share, _fill(palette, title, place), palette.track)
            shapes.append(text(width - room + 5, y + 12, label, palette.ink, 13, weight))
            y += bar + gap
    return document(width, y + 4, shapes, words.alt)


def _bar(results: dict[str, Any], title: str, place: int, language: str) -> tuple[float, str]:
    """How long the bar of an aligner is in a column, as a share, and what is written behind it."""
    if place < len(SETS):
        value = f1_of(results, title, SETS[place])
        return value, f1_written(value, language)
    seconds = {each: seconds_of(results, each, CHART_SEGMENTS) for each in ALIGNERS}
    return seconds[title] / max(seconds.values()), decimal(seconds[title], 2, language)


def _fill(palette: Palette, title: str, place: int) -> str:
    # Where less is better, a long bar must not look like praise.
    if place == len(SETS):
        return palette.pale
    return palette.accent if title == "Qostil" else palette.other


def _drawn_bar(x: float, y: float, long: float, high: float, share: float, fill: str, track: str) -> list[str]:
    return [
        f'<rect x="{x}" y="{y}" width="{long}" height="{high}" rx="3" fill="{track}"/>',
        f'<rect x="{x}" y="{y}" width="{max(2.0, long * share):.1f}" height="{high}" rx="3" fill="{fill}"/>',
    ]


def _size_written(language: str) -> str:
    return f"{CHART_SEGMENTS:,}" if language == "en" else f"{CHART_SEGMENTS:,}".replace(",", "\u00a0")


def f1_written(value: float, language: str) -> str:
    """An F1 as it is printed: `.994`, `0,994`."""
    return f"{value:.3f}".removeprefix("0") if language == "en" else decimal(value, 3, language)


def document(width: float, height: float, shapes: Sequence[str], title: str) -> str:
    """An SVG document of these shapes."""
    body = "\n".join(shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" role="img" font-family="system-ui, sans-serif">\n'
        f"<title>{escape(title)}</title>\n{body}\n</svg>\n"
    )


def text(
    x: float,
    y: float,
    words: str,
    colour: str,
    size: int,
    weight: str = "normal",
    anchor: str = "start",
    is_turned: bool = False,
) -> str:
    """A line of text, from `x` on or around it; turned by a quarter to the left where it stands beside an axis."""
    turn = f' transform="rotate(-90 {x:g} {y:g})"' if is_turned else ""
    place = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size}" font-weight="{weight}" fill="{colour}"{place}{turn}>'
        f"{escape(words)}</text>"
    )
