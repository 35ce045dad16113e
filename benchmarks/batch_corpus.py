"""Any number of releases in both languages, made of the sample's and the gold sets' sentences."""

from __future__ import annotations

import html
import json
import random
import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from benchmarks.shared_data import SHARED

__all__ = ["GOLD", "SENTENCES", "gold_sentences", "write_releases"]

GOLD = tuple(
    f"gold/{name}.{language}.txt" for name in ("xwmt", "flores-dev", "flores-devtest") for language in ("kk", "ru")
)
SENTENCES = 20
"""On each side of a release, a few of them joined with the next or without a counterpart."""

_SAMPLE = Path(__file__).resolve().parents[1] / "corpora" / "sample" / "gold.jsonl"
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]{4,}")
_SEED = 9
_JOINED, _ALONE = 0.06, 0.04


def gold_sentences() -> list[tuple[str, str]]:
    """True sentence pairs: one to one of the sample, and the lines of the gold sets."""
    pairs: list[tuple[str, str]] = []
    for line in _SAMPLE.read_text(encoding="utf-8").splitlines():
        beads = json.loads(line)["beads"]
        pairs += [(bead["kk"][0], bead["ru"][0]) for bead in beads if len(bead["kk"]) == len(bead["ru"]) == 1]
    for kk, ru in zip(GOLD[::2], GOLD[1::2], strict=True):
        sides = [(SHARED / name).read_text(encoding="utf-8").splitlines() for name in (kk, ru)]
        pairs += zip(*sides, strict=True)
    return [(" ".join(kk.split()), " ".join(ru.split())) for kk, ru in pairs if kk.strip() and ru.strip()]


def write_releases(folder: Path, releases: int, is_numbered: bool = False) -> int:
    """Write so many pairs of files, half of them text and half pages, and return the number of sentences.

    Once all sentences are used, they come in another order, with other figures on both sides and another word on
    each: no two documents are alike, and nearly every sentence has to be encoded. With
    `is_numbered` each pair of sentences has a figure of its own, for an encoder that knows nothing else.
    """
    chance = random.Random(_SEED)
    pairs = _varied(gold_sentences(), chance)
    if is_numbered:
        pairs = ((f"№ {n + 10_000}: {kk}", f"№ {n + 10_000}: {ru}") for n, (kk, ru) in enumerate(pairs))
    total = 0
    for language in ("kk", "ru"):
        (folder / language).mkdir(parents=True)
    for number in range(releases):
        sides = _release([next(pairs) for _ in range(SENTENCES)], chance)
        for language, sentences in zip(("kk", "ru"), sides, strict=True):
            total += len(sentences)
            paragraphs = [" ".join(sentences[start : start + 3]) for start in range(0, len(sentences), 3)]
            # Names tell nothing of who belongs to whom.
            name = f"{chance.getrandbits(48):012x}"
            if number % 2:
                (folder / language / f"{name}.txt").write_text("\n".join(paragraphs) + "\n", encoding="utf-8")
            else:
                (folder / language / f"{name}.html").write_text(_page(language, paragraphs), encoding="utf-8")
    return total


def _varied(pairs: list[tuple[str, str]], chance: random.Random) -> Iterator[tuple[str, str]]:
    words = [[word for pair in pairs for word in _WORD.findall(pair[side])] for side in (0, 1)]
    for turn in count():
        chance.shuffle(pairs)
        for kk, ru in pairs:
            if turn == 0:
                yield kk, ru
                continue
            numbers: dict[str, str] = {}
            yield _changed(kk, words[0], numbers, chance), _changed(ru, words[1], numbers, chance)


def _changed(text: str, words: list[str], numbers: dict[str, str], chance: random.Random) -> str:
    places = list(_WORD.finditer(text))
    if places:
        place = chance.choice(places)
        text = text[: place.start()] + chance.choice(words) + text[place.end() :]
    return _NUMBER.sub(lambda match: numbers.setdefault(match[0], str(chance.randint(2, 9_999))), text)


def _release(pairs: list[tuple[str, str]], chance: random.Random) -> tuple[list[str], list[str]]:
    sides: tuple[list[str], list[str]] = ([], [])
    for kk, ru in pairs:
        fate = chance.random()
        if fate < _ALONE:
            side = chance.randrange(2)
            sides[side].append((kk, ru)[side])
            continue
        sides[0].append(kk)
        if fate < _ALONE + _JOINED and sides[1]:
            sides[1][-1] = f"{sides[1][-1].rstrip('.!?')}, {ru}"
        else:
            sides[1].append(ru)
    return sides


def _page(language: str, paragraphs: list[str]) -> str:
    title, *rest = (html.escape(paragraph) for paragraph in paragraphs)
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in rest)
    menu = "".join(f'<li><a href="/{n}">{word}</a></li>' for n, word in enumerate(("RSS", "KZ", "RU", "EN")))
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><nav><ul>{menu}</ul></nav><main><article><h1>{title}</h1>\n{body}\n</article></main></body></html>\n"
    )
