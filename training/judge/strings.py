"""Software strings of ../shared/parallel that the encoder was not trained on."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

from training.encoder.gold_guard import plain
from training.encoder.strings import sentence_strings

__all__ = ["unseen_strings"]

_SOURCES = (
    "debian_gettext",
    "debian_mozilla",
    "debian_libreoffice",
    "aosp_android",
    "debian_mediawiki",
    "unicef_usupport",
)
_ENCODER_SEED = 1
"""The seed of `training/encoder/pairs.py`; which strings are taken does not depend on it."""
_FEW_WORDS = 3
_FEW_WORDS_SHARE = 0.15
_MARKUP = re.compile(r"%|\{|<|&|\\|_\w|\$")
_WIDEST = 2.5


def unseen_strings(shared: Path, count: int, is_barred: Callable[[str], bool], seed: int) -> list[tuple[str, str]]:
    """`count` pairs without markup, most of three words or more, none alike, from message files of free software."""
    trained = {plain(text) for pair in sentence_strings(shared, _ENCODER_SEED) for text in (pair.kk, pair.ru)}
    seen = set(trained)
    long: list[tuple[str, str]] = []
    short: list[tuple[str, str]] = []
    for source in _SOURCES:
        for line in (shared / "parallel" / f"{source}.tsv").read_text(encoding="utf-8").splitlines():
            kk, ru, *_ = line.split("\t")
            keys = plain(re.sub(r"\d+", "0", kk)), plain(re.sub(r"\d+", "0", ru))
            lengths = sorted((len(kk), len(ru)))
            if not all(keys) or not seen.isdisjoint(keys) or lengths[1] > _WIDEST * lengths[0] + 10:
                continue
            seen.update(keys)
            if keys[0] != keys[1] and not any(map(_MARKUP.search, (kk, ru))):
                few = min(len(kk.split()), len(ru.split())) < _FEW_WORDS
                (short if few else long).append((kk.strip(), ru.strip()))
    chooser = random.Random(seed)
    chooser.shuffle(long)
    chooser.shuffle(short)
    chosen: list[tuple[str, str]] = []
    for pool, wanted in ((short, round(count * _FEW_WORDS_SHARE)), (long, count - round(count * _FEW_WORDS_SHARE))):
        taken = 0
        for pair in pool:
            if taken == wanted:
                break
            if not any(map(is_barred, pair)):
                chosen.append(pair)
                taken += 1
    chooser.shuffle(chosen)
    return chosen
