"""Sentences with known translations, hidden among others that have none of theirs."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from aligner.ingest import read_documents
from aligner.segment import segment_document
from benchmarks.shared_data import SHARED

__all__ = ["GOLD_SETS", "HiddenPairs", "hide", "needed_files", "read_distractors", "read_gold"]

GOLD_SETS = {"xwmt": ("xwmt",), "flores": ("flores-dev", "flores-devtest")}
_SEEDS = {
    "kk": ("003_57d1faffc6cabcd6.txt",),
    "ru": ("000_3a0a9bd9713d78c5.txt", "001_67ecf422cf5f7cdf.txt", "004_2a8338a7a44d7f1c.txt"),
}
_FEWEST_WORDS = 4
_JOINED = (2, 3, 4)
_SEED = 5


@dataclass(frozen=True, slots=True)
class HiddenPairs:
    """All sentences of both sides, shuffled, and the known translations among them as pairs of texts."""

    kk: tuple[str, ...]
    ru: tuple[str, ...]
    known: frozenset[tuple[str, str]]


def needed_files() -> list[str]:
    """What has to be under ../shared."""
    gold = [f"gold/{name}.{language}.txt" for names in GOLD_SETS.values() for name in names for language in _SEEDS]
    return [*gold, *(f"seeds/{name}" for names in _SEEDS.values() for name in names), "parallel/apertium-gov"]


def read_gold(name: str) -> list[tuple[str, str]]:
    """The pairs of a gold set, duplicates of either side left out."""
    pairs: dict[str, str] = {}
    for part in GOLD_SETS[name]:
        sides = [_lines(f"gold/{part}.{language}.txt") for language in ("kk", "ru")]
        pairs.update(zip(*sides, strict=True))
    return list({ru: (kk, ru) for kk, ru in pairs.items()}.values())


def read_distractors(language: str) -> list[str]:
    """Sentences of four words or more: government pages and seed releases first, software texts after them.

    There are some 75,000 of these in a language; after them come runs of lines of government pages.
    Each group is shuffled, always in the same way: a larger number of them holds a smaller one.
    """
    pages = [
        path.read_text(encoding="utf-8").splitlines()
        for path in sorted((SHARED / "parallel/apertium-gov").glob(f"*.{language}.txt"))
    ]
    government = {line for page in pages for line in page}
    joined = {
        " ".join(page[start : start + size])
        for page in pages
        for size in _JOINED
        for start in range(len(page) - size + 1)
    }
    releases = {
        segment.text
        for name in _SEEDS[language]
        for document in read_documents(SHARED / "seeds" / name)
        if document.language == language
        for segment in segment_document(document)
    }
    column = ("kk", "ru").index(language)
    software = {
        line.split("\t")[column]
        for path in sorted((SHARED / "parallel").glob("*.tsv"))
        if not path.stem.startswith("dict_") and path.stem not in ("SOURCES", "debian_gettext_pkg_licenses")
        for line in path.read_text(encoding="utf-8").splitlines()
    }
    distinct = dict.fromkeys([*_shuffled(government | releases), *_shuffled(software), *_shuffled(joined)])
    return [text for text in distinct if len(text.split()) >= _FEWEST_WORDS]


def hide(
    gold: Iterable[tuple[str, str]], distractors: dict[str, list[str]], size: int, lonely_share: float = 0.0
) -> HiddenPairs:
    """The gold pairs among `size` distractors a side.

    Of `lonely_share` of the pairs only one side is there, so that nothing in the other language translates it.
    """
    pairs = _shuffled(gold)
    lonely = round(len(pairs) * lonely_share)
    kk = [pair[0] for place, pair in enumerate(pairs) if place >= lonely or place % 2]
    ru = [pair[1] for place, pair in enumerate(pairs) if place >= lonely or not place % 2]
    texts = {text for pair in pairs for text in pair}
    sides = [
        [*own, *[text for text in distractors[language] if text not in texts][:size]]
        for language, own in (("kk", kk), ("ru", ru))
    ]
    return HiddenPairs(*(tuple(_shuffled(side)) for side in sides), frozenset(pairs[lonely:]))


def _shuffled(items: Iterable[Any]) -> list[Any]:
    ordered = sorted(items)
    random.Random(_SEED).shuffle(ordered)
    return ordered


def _lines(name: str) -> list[str]:
    return (SHARED / name).read_text(encoding="utf-8").splitlines()
