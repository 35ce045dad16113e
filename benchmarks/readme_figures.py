"""Write the measured numbers of the READMEs and the docs, and the chart, from benchmarks/results/*.json.

usage: python -m benchmarks.readme_figures [--check]      (or: make figures)

In a page, `<!-- figures: NAME -->` … `<!-- end of figures -->` encloses what is generated. With --check nothing is
written; exit code 1 where a page or a picture does not say what the results say.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel import Locale

from benchmarks.chart import (
    ALIGNERS,
    NAMES,
    PALETTES,
    SETS,
    chart,
    f1_of,
    f1_written,
    load_align,
    narrow_chart,
    seconds_of,
)
from benchmarks.explanation_pictures import aligning_picture, judging_picture, pairing_picture
from benchmarks.judge_blocks import JUDGE_BLOCKS
from benchmarks.measured_blocks import BLOCKS
from benchmarks.results_file import RESULTS

__all__ = ["outdated", "rendered"]

ROOT = Path(__file__).resolve().parents[1]
CARD = "aligner/encode/models/kkru-e5-small/README.md"
PAGES = {
    "README.md": ("en", ["aligners", "speed"]),
    "README.kk.md": ("kk", ["aligners", "speed"]),
    "README.ru.md": ("ru", ["aligners", "speed"]),
    "docs/explanation/measured.md": (
        "en",
        ["aligners", "speed", "pairing", "batch", "memory", "server", "mining"],
    ),
    "docs/first-ten-minutes.md": ("en", ["strangers", "first_run"]),
    "docs/tmx.md": ("en", ["tmx"]),
    "docs/server.md": ("en", ["million"]),
    "docs/judge.md": ("en", list(JUDGE_BLOCKS)),
    CARD: ("en", ["card_errors", "card_speed", "card_limits"]),
}
"""Each page with its language, and the blocks that it has, in this order."""
BLOCK = re.compile(r"(<!-- figures: (\w+) -->\n\n).*?(\n\n<!-- end of figures -->)", re.DOTALL)
LARGE = 20000
EXPLANATIONS = {"pairing": pairing_picture, "aligning": aligning_picture, "judging": judging_picture}
HEADS = {
    "en": ("", "noisy news", "with moved blocks", "real, half-parallel pages"),
    "kk": ("", "шулы жаңалықтар", "орны ауысқан бөліктермен", "жартылай сәйкес нақты беттер"),
    "ru": ("", "новости с помехами", "с переставленными частями", "настоящие, наполовину параллельные страницы"),
}
SPEED = {
    "en": "The encoder makes {rate} sentences a second on two cores, a model of LaBSE's shape {labse} in the same run. "
    "{large} × {large} sentences are aligned in {seconds} seconds and {mib} MiB.",
    "kk": "Кодтағыш екі ядрода секундына {rate} сөйлемді өңдейді, LaBSE құрылымындағы модель сол сынақта {labse} "
    "сөйлемді өңдеді. {large} × {large} сөйлем {seconds} секундта сәйкестендіріліп, {mib} МиБ жад алды.",
    "ru": "Кодировщик обрабатывает в секунду на двух ядрах {rate} {sentences}, модель с архитектурой LaBSE в том же "
    "замере – {labse}. {large} × {large} предложений выравниваются за {seconds} с и занимают {mib} МиБ памяти.",
}

_SENTENCES = {"one": "предложение", "few": "предложения", "many": "предложений"}


def rendered(name: str, language: str, align: dict[str, Any], encoder: dict[str, Any]) -> str:
    """The block of figures of this name in this language."""
    if name == "aligners":
        lines = ["| " + " | ".join(HEADS[language]) + " |", "|---|---|---|---|"]
        for title, shown in ALIGNERS.items():
            values = [f1_written(f1_of(align, title, each), language) for each in SETS]
            lines.append("| " + " | ".join([NAMES[language].get(shown, shown), *values]) + " |")
        return "\n".join(lines)
    if name == "speed":
        rate = encoder["sentences_per_second"]
        (row,) = (row for row in align["speed"] if row["title"] == "Qostil" and row["segments"] == LARGE)
        return SPEED[language].format(
            rate=round(rate["embedded"]),
            labse=round(rate["labse_shaped"]),
            sentences=_SENTENCES.get(Locale("ru").plural_form(round(rate["embedded"]))),
            large=f"{LARGE:,}" if language == "en" else f"{LARGE:,}".replace(",", "\u00a0"),
            seconds=round(seconds_of(align, "Qostil", LARGE)),
            mib=round(row["peak_mib"]),
        )
    if name in JUDGE_BLOCKS:
        return JUDGE_BLOCKS[name](_results("judge"))
    source, written = BLOCKS[name]
    return written(_results(source))


def _results(name: str) -> dict[str, Any]:
    if name == "tmx":  # a file for each size, beside the scripts
        return {each: _read(RESULTS.parent / f"{each}.json") for each in ("tmx-200k", "tmx-2m")}
    return _read(RESULTS / f"{name}.json")


def _read(path: Path) -> dict[str, Any]:
    results: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["results"]
    return results


def outdated() -> Iterator[tuple[Path, str]]:
    """Each file that does not say what the results say, with what it should say."""
    align = load_align()
    encoder = _results("encoder")
    for page, (language, _) in PAGES.items():
        path = ROOT / page
        text = path.read_text(encoding="utf-8")

        def block(match: re.Match[str], language: str = language) -> str:
            return match[1] + rendered(match[2], language, align, encoder) + match[3]

        wanted = BLOCK.sub(block, text)
        if wanted != text:
            yield path, wanted
    for path, wanted in _pictures(align):
        if not path.exists() or path.read_text(encoding="utf-8") != wanted:
            yield path, wanted


def _pictures(align: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    folder = ROOT / "docs" / "images"
    explained = _results("explained")
    for theme in PALETTES:
        for language in HEADS:
            place = "" if language == "en" else f"-{language}"
            yield folder / f"chart{place}-{theme}.svg", chart(align, theme, language)
            yield folder / f"chart{place}-narrow-{theme}.svg", narrow_chart(align, theme, language)
        for name, draw in EXPLANATIONS.items():
            yield folder / f"{name}-{theme}.svg", draw(explained, theme)


def main() -> int:
    parser = argparse.ArgumentParser(description="Write the measured numbers of the READMEs and the docs.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit code 1 where something is outdated")
    is_check = parser.parse_args().check
    found = list(outdated())
    for path, wanted in found:
        print(f"{'outdated' if is_check else 'written'}: {path.relative_to(ROOT)}")
        if not is_check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted, encoding="utf-8")
    return int(is_check and bool(found))


if __name__ == "__main__":
    sys.exit(main())
