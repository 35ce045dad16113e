"""Which phrases of the two languages stand in the same units more often than chance has it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from aligner.records import Unit
from aligner.terms.phrases import iter_phrases

__all__ = ["Encode", "Term", "find_terms"]

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
"""Texts of one language → float32 `[texts, dimension]`, rows of unit length, without the mean of the language."""

Key = tuple[str, ...]
_FEWEST_UNITS = 3
# Dunning's log-likelihood ratio of a pair that chance explains once in a thousand times is 10.8; there are many pairs.
_LEAST_ASSOCIATION = 15.0
_LEAST_DICE = 0.25
_PROMISING = 5
_COUNTED_FORMS = 12
_KAZAKH_LETTER = re.compile("[әғқңөұүһі]", re.IGNORECASE)
# A longer phrase that makes up so much of a shorter one's use is what the shorter one is a part of.
_PART_OF_LONGER = 0.8


@dataclass(frozen=True, slots=True)
class Term:
    """A candidate: its commonest forms, how good it is (0 to 1), how many units have both, the Kazakh and the Russian
    phrase, and the shortest unit that has both as an example."""

    kk: str
    ru: str
    score: float
    count: int
    kk_count: int
    ru_count: int
    example_kk: str
    example_ru: str


@dataclass(slots=True)
class _Side:
    """The phrases of one language: in which units each stands, and how it is written there."""

    language: str
    units: dict[Key, list[int]] = field(default_factory=lambda: defaultdict(list))
    forms: dict[Key, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    first_forms: dict[Key, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, number: int, text: str) -> None:
        for phrase in iter_phrases(text, self.language):
            # Latin names and addresses are the same in both languages and teach nobody anything.
            if phrase.surface.isascii():
                continue
            # In a Russian text it is the Kazakh name of something, quoted.
            if self.language == "ru" and _KAZAKH_LETTER.search(phrase.surface):
                continue
            units = self.units[phrase.key]
            if not units or units[-1] != number:
                units.append(number)
            # What opens a text may be capitalised for that reason alone.
            forms = (self.first_forms if phrase.is_first else self.forms)[phrase.key]
            if len(forms) < _COUNTED_FORMS or phrase.surface in forms:
                forms[phrase.surface] += 1

    def reduced(self, fewest: int) -> list[Key]:
        """The phrases that stand in enough units and are no mere part of a longer one."""
        frequent = {key: units for key, units in self.units.items() if len(units) >= fewest}
        longest: dict[Key, int] = {}
        for key, units in frequent.items():
            for start in range(len(key)):
                for end in range(start + 1, len(key) + 1):
                    part = key[start:end]
                    if part != key and part in frequent:
                        longest[part] = max(longest.get(part, 0), len(units))
        return [
            key
            for key, units in frequent.items()
            if longest.get(key, 0) < _PART_OF_LONGER * len(units) and len(set(key)) == len(key)
        ]

    def name(self, key: Key) -> str:
        """The form to show: of the common ones that with the fewest oblique cases, the nearest to a dictionary's."""
        forms = self.forms.get(key) or self.first_forms[key]
        most = max(forms.values())
        common = [form for form, count in forms.items() if _RARE_FORM * count >= most]
        chosen = min(common, key=lambda form: (_obliqueness(form, self.language), -forms[form] * _weight(form), form))
        is_mostly_lower = 2 * sum(count for form, count in forms.items() if form == form.lower()) >= forms.total()
        return chosen.lower() if is_mostly_lower else chosen


_RARE_FORM = 8
_OBLIQUE = {
    "kk": re.compile(
        "(?:н[ыі]ң|[дт][ыі]ң|[нд][ае]н|т[ае]н|[ғгқк][ае]|[ыі]н[ае]?|н[ыі]|[дт][ыі]|(?:нд|д|т)[ае]|[мбп]ен|л[ае]р[ыі]?н)$"
    ),
    "ru": re.compile(
        "(?:[ое]го|[ое]му|[ыи]ми|[ыи]х|[ая]ми|[ая]х|[ая]м|ов|ев|[ое]й|[ую]ю|[ое]м|ию|ью|ии|[бвгджзклмнпрстфхцчшщ][уыи])$"
    ),
}


def _weight(form: str) -> int:
    """«Бюджета» is as often written as «бюджет», and no dictionary has it."""
    return 1 if form[-1] in "ая" else 3


def _obliqueness(form: str, language: str) -> int:
    """How many words stand in a case that no dictionary lists; of a Kazakh phrase the last word alone tells."""
    words = form.lower().split()
    return sum(_OBLIQUE[language].search(word) is not None for word in (words if language == "ru" else words[-1:]))


def find_terms(
    units: Iterable[Unit], encode_kk: Encode | None = None, encode_ru: Encode | None = None, fewest: int = _FEWEST_UNITS
) -> list[Term]:
    """The term candidates of the units, the best first. `fewest`: in how many units a pair must stand.

    Statistical association (Dice; Dunning 1993) proposes, the encoders, where given, judge the proposals, and each
    phrase goes with one other (competitive linking, Melamed 2000). A repeated unit counts once.
    """
    sides = _Side("kk"), _Side("ru")
    texts: list[tuple[str, str]] = []
    seen: set[tuple[str, str]] = set()
    for unit in units:
        if (unit.kk, unit.ru) in seen:
            continue
        seen.add((unit.kk, unit.ru))
        for side, text in zip(sides, (unit.kk, unit.ru), strict=True):
            side.add(len(texts), text)
        texts.append((unit.kk, unit.ru))
    proposals = _proposed(sides, len(texts), fewest)
    names = {(side.language, key): side.name(key) for place, side in enumerate(sides) for key in proposals.keys(place)}
    likeness = _likeness(proposals, names, encode_kk, encode_ru)
    terms = []
    for place in _linked(proposals, likeness):
        kk_key, ru_key = proposals.kk[place], proposals.ru[place]
        common = sorted(set(sides[0].units[kk_key]) & set(sides[1].units[ru_key]), key=lambda unit: len(texts[unit][0]))
        terms.append(
            Term(
                names["kk", kk_key],
                names["ru", ru_key],
                float(likeness[place]),
                len(common),
                len(sides[0].units[kk_key]),
                len(sides[1].units[ru_key]),
                *texts[common[0]],
            )
        )
    return sorted(terms, key=lambda term: (-term.score, -term.count, term.kk, term.ru))


@dataclass(frozen=True, slots=True)
class _Proposals:
    """Pairs of phrases, with Dice coefficient and the number of units that have both."""

    kk: list[Key]
    ru: list[Key]
    dice: NDArray[np.float64]
    counts: NDArray[np.int64]

    def keys(self, place: int) -> set[Key]:
        return set(self.kk if place == 0 else self.ru)


def _proposed(sides: tuple[_Side, _Side], total: int, fewest: int) -> _Proposals:
    """For each phrase the few most associated ones of the other language."""
    from scipy.sparse import coo_array, csr_array

    keys = [side.reduced(fewest) for side in sides]
    tables = []
    for side, own in zip(sides, keys, strict=True):
        rows = np.repeat(np.arange(len(own)), [len(side.units[key]) for key in own])
        columns = np.array([unit for key in own for unit in side.units[key]], dtype=np.int64)
        shape = (len(own), max(total, 1))
        tables.append(csr_array(coo_array((np.ones(len(rows), dtype=np.int64), (rows, columns)), shape=shape)))
    both = coo_array(tables[0] @ tables[1].T)
    kk, ru = both.coords
    counts = both.data
    kk_counts, ru_counts = (
        np.array([len(side.units[key]) for key in own]) for side, own in zip(sides, keys, strict=True)
    )
    is_frequent = counts >= fewest
    kk, ru, counts = kk[is_frequent], ru[is_frequent], counts[is_frequent]
    if not len(kk):
        return _Proposals([], [], np.zeros(0), np.zeros(0, dtype=np.int64))
    dice = 2 * counts / (kk_counts[kk] + ru_counts[ru])
    association = _log_likelihood(counts, kk_counts[kk], ru_counts[ru], total)
    is_kept = (dice >= _LEAST_DICE) & (association >= _LEAST_ASSOCIATION)
    kk, ru, counts, dice = kk[is_kept], ru[is_kept], counts[is_kept], dice[is_kept]
    is_promising = _among_best(kk, dice) | _among_best(ru, dice)
    kk, ru, counts, dice = kk[is_promising], ru[is_promising], counts[is_promising], dice[is_promising]
    return _Proposals([keys[0][place] for place in kk], [keys[1][place] for place in ru], dice, counts)


def _log_likelihood(
    both: NDArray[np.int64], left: NDArray[np.int64], right: NDArray[np.int64], total: int
) -> NDArray[np.float64]:
    """Dunning's ratio for a table of two by two; 0 where the two stand together less often than by chance."""
    observed = np.stack([both, left - both, right - both, total - left - right + both]).astype(float)
    rows, columns = np.stack([left, total - left]), np.stack([right, total - right])
    expected = np.stack([rows[i] * columns[j] / total for i, j in ((0, 0), (0, 1), (1, 0), (1, 1))])
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = np.where(observed > 0, observed * np.log(observed / expected), 0.0)
    ratio: NDArray[np.float64] = 2 * parts.sum(axis=0) * (both > expected[0])
    return ratio


def _among_best(keys: NDArray[np.int64], values: NDArray[np.float64]) -> NDArray[np.bool_]:
    order = np.lexsort((-values, keys))
    sorted_keys = keys[order]
    ranks = np.arange(len(keys)) - np.searchsorted(sorted_keys, sorted_keys)
    result = np.zeros(len(keys), dtype=bool)
    result[order] = ranks < _PROMISING
    return result


def _likeness(
    proposals: _Proposals, names: dict[tuple[str, Key], str], encode_kk: Encode | None, encode_ru: Encode | None
) -> NDArray[np.float64]:
    """How good each proposal is, 0 to 1: the Dice coefficient, and the likeness of the vectors where there are any."""
    if encode_kk is None or encode_ru is None or not proposals.kk:
        return proposals.dice
    vectors = []
    for place, (language, encode) in enumerate((("kk", encode_kk), ("ru", encode_ru))):
        own = sorted(proposals.keys(place))
        found = encode([names[language, key] for key in own])
        number = {key: row for row, key in enumerate(own)}
        vectors.append(found[[number[key] for key in (proposals.kk, proposals.ru)[place]]])
    cosines = np.einsum("ij,ij->i", vectors[0], vectors[1]).astype(float)
    likeness: NDArray[np.float64] = _DICE_WEIGHT * proposals.dice + (1 - _DICE_WEIGHT) * np.clip(cosines, 0, 1)
    return likeness


_DICE_WEIGHT = 0.5


def _linked(proposals: _Proposals, scores: NDArray[np.float64]) -> list[int]:
    """The proposals that are the best of both their phrases once better ones are taken."""
    taken: tuple[set[Key], set[Key]] = (set(), set())
    linked = []
    for place in np.lexsort((-proposals.counts, -scores)):
        kk, ru = proposals.kk[place], proposals.ru[place]
        if kk not in taken[0] and ru not in taken[1]:
            taken[0].add(kk)
            taken[1].add(ru)
            linked.append(int(place))
    return linked
