"""Software strings of ../shared/parallel that read like sentences, and no more of them than prose can bear."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from training.encoder.gold_guard import plain

__all__ = ["StringPair", "sentence_strings"]

PROSE = (
    "udhr",
    "psiphon_website",
    "debian_installer",
    "unicef_usupport",
    "scratch_l10n",
    "wca",
    "andbible",
    "inaturalist",
    "debian_mediawiki",
    "moodle_langpack",
    "debian_metadata",
)
CAPPED = {"debian_mozilla": 2200, "debian_libreoffice": 1600, "aosp_android": 1200, "debian_gettext": 3500}
"""The large collections of commands and messages: their longest pairs, and no more than so many."""

_LEAST_WORDS = 6
_MARKUP = re.compile(r"%\w|%\(|\{[^}]*\}|\$\w|<[^>]*>|&\w+;|\\n|_\w+_|https?://")
_MOST_MARKUP = 1
_WIDEST = 2.2


@dataclass(frozen=True, slots=True)
class StringPair:
    kk: str
    ru: str
    source: str


def sentence_strings(shared: Path, seed: int) -> list[StringPair]:
    """Pairs of six words or more on both sides, little markup, none twice, in an order that `seed` gives."""
    chosen: list[StringPair] = []
    seen: set[str] = set()
    for source in (*PROSE, *CAPPED):
        usable = []
        for pair in _pairs(shared, source):
            key = re.sub(r"\d+", "0", plain(pair.kk)), re.sub(r"\d+", "0", plain(pair.ru))
            if not seen.isdisjoint(key):
                continue
            seen.update(key)
            usable.append(pair)
        usable.sort(key=lambda pair: (-min(len(pair.kk), 240), pair.kk))
        chosen += usable[: CAPPED.get(source, len(usable))]
    random.Random(seed).shuffle(chosen)
    return chosen


def _pairs(shared: Path, source: str) -> Iterator[StringPair]:
    for line in (shared / "parallel" / f"{source}.tsv").read_text(encoding="utf-8").splitlines():
        kk, ru, *_ = line.split("\t")
        lengths = sorted((len(kk), len(ru)))
        if (
            min(len(kk.split()), len(ru.split())) >= _LEAST_WORDS
            and lengths[1] <= _WIDEST * lengths[0]
            and max(len(_MARKUP.findall(text)) for text in (kk, ru)) <= _MOST_MARKUP
        ):
            yield StringPair(kk.strip(), ru.strip(), source)
