"""What looks like a translation and is none: a pair with one thing made wrong on one side."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from aligner.evidence import compare_figures, figures, read_text, text_words
from aligner.evidence.name_comparison import Name, names_of
from aligner.evidence.names import iter_names

__all__ = ["MADE_KINDS", "Wrong", "WrongMaker"]

_MONTHS = {
    "kk": [
        "қаңтар",
        "ақпан",
        "наурыз",
        "сәуір",
        "мамыр",
        "маусым",
        "шілде",
        "тамыз",
        "қыркүйек",
        "қазан",
        "қараша",
        "желтоқсан",
    ],
    "ru": [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ],
}
_NUMBER = re.compile(r"(?<![\d.,:])\d+(?![\d:])")
_CLAUSE_END = re.compile(r"(?<=[,;:–—]) ")
_FEWEST_LETTERS_LEFT = 15
_DROPPED_SHARE = (0.15, 0.6)
_FEWEST_HALVED_WORDS = 6
_FEWEST_SAYING_WORDS, _SAYING_LETTERS = 2, 4
_FEWEST_COPIED_WORDS = 2
_KNOWN_LETTERS = 7
_SHORTEST_NAME = 2


@dataclass(frozen=True, slots=True)
class Wrong:
    """A pair's texts with something wrong on the side `changed`, 0 for Kazakh and 1 for Russian."""

    kk: str
    ru: str
    kind: str
    changed: int


class WrongMaker:
    """Makes pairs wrong, always in the same way for the same `seed`.

    `pairs`: true ones, from which names and clauses are taken.
    """

    def __init__(self, pairs: Sequence[tuple[str, str]], seed: int) -> None:
        self._chooser = random.Random(seed)
        self._pairs = pairs
        self._small = tuple(
            {word[:_KNOWN_LETTERS] for pair in pairs for word in text_words(pair[side]) if word.islower()}
            for side in (0, 1)
        )
        self._names: tuple[dict[str, list[str]], dict[str, list[str]]] = ({}, {})
        for pair in pairs:
            for side, names in enumerate(self._names):
                for name in self._real_names(pair[side], pair[1 - side], side):
                    names.setdefault(name.kind, []).append(name.text)

    def make(self, kk: str, ru: str, kind: str) -> Wrong | None:
        """The pair with this kind of thing wrong on one side or the other; None where neither side allows it."""
        sides = [0, 1]
        self._chooser.shuffle(sides)
        for side in sides:
            text, other = ((kk, ru), (ru, kk))[side]
            changed = _MAKERS[kind](self, text, other, side)
            if changed and changed.strip() != text:
                texts = (changed, other) if side == 0 else (other, changed)
                return Wrong(*texts, kind, side)
        return None

    def _number(self, text: str, other: str, side: int) -> str | None:
        """A number or a month changed, one that the other side has as well."""
        language = ("kk", "ru")[side]
        compared = compare_figures(*((text, other) if side == 0 else (other, text)))
        if compared.only_kk or compared.only_ru:
            return None
        months = [month for month in _MONTHS[language] if re.search(rf"\b{month}", text)]
        numbers = list(_NUMBER.finditer(text))
        if months and (not numbers or self._chooser.random() < 0.15):
            month = self._chooser.choice(months)
            return re.sub(
                rf"\b{month}", self._chooser.choice([m for m in _MONTHS[language] if m != month]), text, count=1
            )
        self._chooser.shuffle(numbers)
        for match in numbers:
            changed = f"{text[: match.start()]}{self._other_number(match[0])}{text[match.end() :]}"
            # «А.1.2» and the like are no figures to us, and «8» may be answered by «восемь» either way.
            if figures(changed, language) != figures(text, language) and re.search(rf"(?<!\d){match[0]}(?!\d)", other):
                return changed
        return None

    def _other_number(self, digits: str) -> str:
        while True:
            place = self._chooser.randrange(len(digits))
            low = 1 if place == 0 and len(digits) > 1 else 0
            other = f"{digits[:place]}{self._chooser.randint(low, 9)}{digits[place + 1 :]}"
            if other != digits:
                return other

    def _name(self, text: str, other: str, side: int) -> str | None:
        names = self._real_names(text, other, side)
        if not names:
            return None
        name = self._chooser.choice(names)
        taken = _keys(text) | _keys(other)
        for _ in range(20):
            another = self._chooser.choice(self._names[side].get(name.kind, [name.text]))
            if another[:2].lower() != name.text[:2].lower() and _keys(another).isdisjoint(taken):
                return re.sub(rf"\b{re.escape(name.text)}\b", another, text, count=1)
        return None

    def _real_names(self, text: str, other: str, side: int) -> list[Name]:
        """The names inside the text, of one word, that the other text has as well and that nobody writes small."""
        there = _keys(other)
        return [
            name
            for name in names_of(text)
            if name.kind != "opening"
            and name.key in there
            and " " not in name.text
            and len(name.text) > _SHORTEST_NAME
            and name.text.lower()[:_KNOWN_LETTERS] not in self._small[side]
        ]

    def _dropped(self, text: str, other: str, side: int) -> str | None:
        parts = _CLAUSE_END.split(text)
        least, most = (share * len(text) for share in _DROPPED_SHARE)
        places = [
            place
            for place, part in enumerate(parts)
            if least <= len(part) <= most
            and _says_something(part)
            and part not in (*parts[:place], *parts[place + 1 :])
        ]
        if not places:
            return None
        place = self._chooser.choice(places)
        left = " ".join(parts[:place] + parts[place + 1 :])
        return _as_sentence(left, text) if len(left) >= _FEWEST_LETTERS_LEFT else None

    def _added(self, text: str, other: str, side: int) -> str | None:
        parts = _CLAUSE_END.split(self._chooser.choice(self._pairs)[side])
        least, most = (share * len(text) for share in _DROPPED_SHARE)
        fitting = [part for part in parts if least <= len(part) <= most and _says_something(part)]
        if not fitting:
            return None
        added = self._chooser.choice(fitting).strip(" .,;:–—-")
        if self._chooser.random() < 0.5:
            return f"{text.rstrip(' .')}, {added[0].lower()}{added[1:]}."
        return f"{added[0].upper()}{added[1:]}, {text}"

    def _half(self, text: str, other: str, side: int) -> str | None:
        words = text.split()
        if len(words) < _FEWEST_HALVED_WORDS:
            return None
        cut = round(len(words) * self._chooser.uniform(0.4, 0.6))
        return _as_sentence(" ".join(words[:cut] if self._chooser.random() < 0.5 else words[cut:]), text)

    def _copy(self, text: str, other: str, side: int) -> str | None:
        return other

    def _half_copied(self, text: str, other: str, side: int) -> str | None:
        """Half of it left in the other language, as where a translator stopped."""
        own, others = text.split(), other.split()
        if min(len(own), len(others)) < _FEWEST_HALVED_WORDS:
            return None
        cut = self._chooser.uniform(0.3, 0.7)
        half = others[round(cut * len(others)) :]
        # What both languages have alike, names and figures, is no sign of either.
        if len({word for word in half if word not in own and not word[0].isdigit()}) < _FEWEST_COPIED_WORDS:
            return None
        return " ".join(own[: round(cut * len(own))] + half)


_MAKERS: dict[str, Callable[[WrongMaker, str, str, int], str | None]] = {
    "wrong number": WrongMaker._number,
    "wrong name": WrongMaker._name,
    "dropped clause": WrongMaker._dropped,
    "added clause": WrongMaker._added,
    "half translation": WrongMaker._half,
    "copy": WrongMaker._copy,
    "half copied": WrongMaker._half_copied,
}
MADE_KINDS = tuple(_MAKERS)


def _says_something(part: str) -> bool:
    """Whether a clause is more than a form word or a date: with it, something said is gone."""
    words = [word for word in text_words(part) if len(word) >= _SAYING_LETTERS]
    return len(words) >= _FEWEST_SAYING_WORDS


def _keys(text: str) -> set[str]:
    return {mention.key for mention in iter_names(read_text(text))}


def _as_sentence(part: str, whole: str) -> str:
    """A part of a text that begins and ends as the text does."""
    part = part.strip(" ,;:–—")
    if not part:
        return part
    first = part[0].upper() if whole[:1].isupper() else part[0]
    end = whole[-1] if whole[-1] in ".!?" and part[-1] not in ".!?" else ""
    return f"{first}{part[1:]}{end}"
