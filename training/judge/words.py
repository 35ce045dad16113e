"""Learn which beginnings of Kazakh and Russian words answer each other: `aligner/judge/words.txt`.

IBM model 1 in both directions (Brown et al. 1993) over sentences that translate each other; what both directions hold
to be likely is kept. How telling a word is, is counted on sentences that the partners were not learnt from.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aligner.evidence import text_words
from aligner.judge.words import WordTable, word_beginning

__all__ = ["Pair", "WordNumbers", "learn_words", "string_pairs", "table_lines"]

Pair = tuple[str, str]
Weights = dict[str, tuple[float, float]]
WordNumbers = tuple[dict[str, list[str]], tuple[Weights, Weights]]
Numbers = NDArray[np.int64]

_SOURCES_LEFT_OUT = frozenset({"SOURCES", "debian_gettext_pkg_licenses", "dict_apertium_kaz_rus"})
"""Lists about the data, and a dictionary that is under GPL: pairs of its lemmas would be the dictionary itself."""
_WIDEST, _WIDEST_SHORT = 2.5, 15
_ROUNDS = 6
_MOST_WORDS = 60
_DISCOUNT, _PRIOR = 0.1, 0.5
_FEWEST_TIMES = 1.0
_LEAST_LIKELY = 0.05
_CERTAIN, _CERTAIN_LEAST_LIKELY = 0.3, 0.02
_PROSE_WORDS = 6
_PRIOR_MENTIONS = 6.0
_MOST_ANSWERED, _UNKNOWN_ANSWERED = 0.6, 0.25


def string_pairs(shared: Path) -> list[Pair]:
    """The software strings and word lists of ../shared/parallel, none twice, of lengths that translations have."""
    pairs: dict[Pair, None] = {}
    for path in sorted((shared / "parallel").glob("*.tsv")):
        if path.stem in _SOURCES_LEFT_OUT:
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            kk, ru, *_ = line.split("\t")
            shorter, longer = sorted((len(kk), len(ru)))
            if kk != ru and longer <= _WIDEST * shorter + _WIDEST_SHORT:
                pairs[kk, ru] = None
    return list(pairs)


def learn_words(pairs: Sequence[Pair], seed: int) -> WordNumbers:
    """The partners and weights of the `WordTable` of these translations."""
    chooser = random.Random(seed)
    halves: tuple[list[Pair], list[Pair]] = ([], [])
    for pair in pairs:
        halves[chooser.random() < 0.5].append(pair)
    prose = [pair for pair in halves[1] if min(len(text.split()) for text in pair) >= _PROSE_WORDS]
    return _partners(pairs), _weights(WordTable(_partners(halves[0]), ({}, {})), prose)


def table_lines(partners: dict[str, list[str]], weights: tuple[Weights, Weights]) -> list[str]:
    """The lines that `WordTable.from_lines` reads."""
    lines = ["# Learnt by training/judge/words.py: language, beginning, weights in hundredths, Russian partners."]
    for language, own in zip(("kk", "ru"), weights, strict=True):
        for beginning in sorted({*own, *(partners if language == "kk" else ())}):
            answers = partners.get(beginning, []) if language == "kk" else []
            numbers = [str(round(100 * weight)) for weight in own[beginning]] if beginning in own else ["", ""]
            lines.append(" ".join((language, beginning, *numbers, *answers)))
    return lines


def _partners(pairs: Sequence[Pair]) -> dict[str, list[str]]:
    ids: tuple[dict[str, int], dict[str, int]] = ({}, {})
    sides: tuple[list[list[int]], list[list[int]]] = ([], [])
    for pair in pairs:
        for own, known, text in zip(sides, ids, pair, strict=True):
            beginnings = dict.fromkeys(map(word_beginning, text_words(text)))
            own.append([known.setdefault(each, len(known)) for each in beginnings][:_MOST_WORDS])
    kk_count, ru_count = len(ids[0]), len(ids[1])
    kk, ru, to_ru, times_ru = _model_one(sides[0], sides[1], kk_count, ru_count)
    other_ru, other_kk, to_kk, times_kk = _model_one(sides[1], sides[0], ru_count, kk_count)
    order = np.argsort(other_kk * ru_count + other_ru)
    found = order[np.searchsorted((other_kk * ru_count + other_ru)[order], kk * ru_count + ru)]
    to_kk, times_kk = to_kk[found], times_kk[found]
    likely = np.sqrt(to_ru * to_kk)
    certain = (np.maximum(to_ru, to_kk) > _CERTAIN) & (likely > _CERTAIN_LEAST_LIKELY)
    kept = (np.minimum(times_ru, times_kk) >= _FEWEST_TIMES) & ((likely > _LEAST_LIKELY) | certain)
    names = [list(known) for known in ids]
    partners: dict[str, list[str]] = {}
    for one, other in sorted(zip(kk[kept].tolist(), ru[kept].tolist(), strict=True)):
        partners.setdefault(names[0][one], []).append(names[1][other])
    return partners


def _model_one(
    given: Sequence[Sequence[int]], made: Sequence[Sequence[int]], given_count: int, made_count: int
) -> tuple[Numbers, Numbers, NDArray[np.float64], NDArray[np.float64]]:
    """For each `given` word and `made` word that stand in one pair: the two, how likely the first is put as the second,
    and how often it was. A word more, on the given side alone, makes what has no counterpart."""
    makers, makes, mentions = [], [], []
    count = 0
    for left, right in zip(given, made, strict=True):
        if left and right:
            makers.append(np.tile([*left, given_count], len(right)))
            makes.append(np.repeat(right, len(left) + 1))
            mentions.append(np.repeat(np.arange(count, count + len(right)), len(left) + 1))
            count += len(right)
    mention = np.concatenate(mentions)
    links, link = np.unique(np.concatenate(makers) * made_count + np.concatenate(makes), return_inverse=True)
    maker = links // made_count
    likely = np.ones(len(links))
    times = likely
    for _ in range(_ROUNDS):
        shares = likely[link]
        shares /= np.bincount(mention, shares, count)[mention]
        times = np.bincount(link, shares, len(links))
        likely = np.maximum(times - _DISCOUNT, 1e-6) / (np.bincount(maker, times, given_count + 1) + _PRIOR)[maker]
    real = maker < given_count
    return maker[real], (links % made_count)[real], likely[real], times[real]


def _weights(table: WordTable, pairs: Sequence[Pair]) -> tuple[Weights, Weights]:
    """How telling words are, from translations that the table has not seen and from their neighbours'."""
    seen, answered, by_chance = ((Counter[str](), Counter[str]()) for _ in range(3))
    for (kk, ru), (other_kk, other_ru) in zip(pairs, [*pairs[1:], *pairs[:1]], strict=True):
        words, others = (text_words(kk), text_words(ru)), (text_words(other_kk), text_words(other_ru))
        true = table.is_answered(*words)
        strange = table.is_answered(words[0], others[1])[0], table.is_answered(others[0], words[1])[1]
        for side in (0, 1):
            beginnings = [word_beginning(word) for word in words[side]]
            seen[side].update(set(beginnings))
            for counter, flags in ((answered, true[side]), (by_chance, strange[side])):
                counter[side].update({own for own, flag in zip(beginnings, flags, strict=True) if flag})
    weights: tuple[Weights, Weights] = ({}, {})
    for side in (0, 1):
        total = seen[side].total()
        usual, chance = answered[side].total() / total, by_chance[side].total() / total
        for beginning, count in seen[side].items():
            expected = min(usual, _MOST_ANSWERED) if table.knows(beginning, side) else _UNKNOWN_ANSWERED
            rate = (answered[side][beginning] + _PRIOR_MENTIONS * expected) / (count + _PRIOR_MENTIONS)
            strangers = (by_chance[side][beginning] + _PRIOR_MENTIONS * chance) / (count + _PRIOR_MENTIONS)
            rate = max(rate, strangers + 0.01)
            weights[side][beginning] = math.log((1 - strangers) / (1 - rate)), math.log(rate / strangers)
    return weights
