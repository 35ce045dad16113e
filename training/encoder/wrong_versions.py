"""Near-misses of a pair: one number, month, name or clause changed, which a good encoder must not take for it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

__all__ = ["NameStock", "wrong_version"]

_MONTHS = {
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}
_NUMBER = re.compile(r"\d+")
_NAME = re.compile(r"(?<=[\wа-яәғқңөұүһі,»] )[А-ЯӘҒҚҢӨҰҮҺІ][а-яёәғқңөұүһі]{3,}")
_CLAUSE = re.compile(r"(?<=[,;:–—]) ")
_ENDING = 2
_SHORTEST_HALF = 25


class NameStock:
    """Capitalised words inside sentences, by language and by their last letters, to be put one for another."""

    def __init__(self, texts: dict[str, Sequence[str]]) -> None:
        self._names: dict[tuple[str, str], list[str]] = {}
        for language, of_language in texts.items():
            found = sorted({name for text in of_language for name in _NAME.findall(text)})
            for name in found:
                self._names.setdefault((language, name[-_ENDING:]), []).append(name)

    def another(self, name: str, language: str, chooser: random.Random) -> str | None:
        others = [each for each in self._names.get((language, name[-_ENDING:]), ()) if each[:3] != name[:3]]
        return chooser.choice(others) if others else None


def wrong_version(
    kk: str, ru: str, neighbour: tuple[str, str], names: NameStock, chooser: random.Random
) -> tuple[str, str, str] | None:
    """The pair with one thing wrong on each side (the same kind of thing), and the kind; None where nothing fits.

    Each side is a near-miss of the other's original. `neighbour` is another pair, to take a clause from.
    """

    def changed(change: Callable[[str, str], str | None]) -> tuple[str, str] | None:
        left, right = change(kk, "kk"), change(ru, "ru")
        return (left, right) if left and right else None

    def with_name(text: str, language: str) -> str | None:
        found = list(_NAME.finditer(text))
        if not found:
            return None
        match = chooser.choice(found)
        other = names.another(match[0], language, chooser)
        return f"{text[: match.start()]}{other}{text[match.end() :]}" if other else None

    def with_number(text: str, _: str) -> str | None:
        found = list(_NUMBER.finditer(text))
        if not found:
            return None
        match = chooser.choice(found)
        return f"{text[: match.start()]}{_other_number(match[0], chooser)}{text[match.end() :]}"

    def with_month(text: str, language: str) -> str | None:
        months = _MONTHS[language].split()
        for month in months:
            if re.search(rf"\b{month}", text):
                other = chooser.choice([each for each in months if each != month])
                return re.sub(rf"\b{month}", other, text, count=1)
        return None

    def halved(text: str, _: str) -> str | None:
        cuts = [match.start() for match in _CLAUSE.finditer(text)]
        cuts = [cut for cut in cuts if min(cut, len(text) - cut) >= _SHORTEST_HALF]
        if not cuts:
            return None
        cut = min(cuts, key=lambda place: abs(place - len(text) / 2))
        return text[:cut] if chooser.random() < 0.5 else text[cut + 1 :]

    def prolonged(text: str, language: str) -> str:
        other = neighbour[("kk", "ru").index(language)]
        clause = max(_CLAUSE.split(other), key=len)
        return f"{text} {clause}" if chooser.random() < 0.5 else f"{clause} {text}"

    kinds: list[tuple[str, Callable[[str, str], str | None], float]] = [
        ("number", with_number, 3),
        ("month", with_month, 1),
        ("name", with_name, 2),
        ("half", halved, 1.5),
        ("longer", prolonged, 0.7),
    ]
    while kinds:
        kind = chooser.choices(kinds, [weight for *_, weight in kinds])[0]
        found = changed(kind[1])
        if found and found != (kk, ru):
            return (*found, kind[0])
        kinds.remove(kind)
    return None


def _other_number(digits: str, chooser: random.Random) -> str:
    """Of the same length, so that only the meaning tells."""
    while True:
        place = chooser.randrange(len(digits))
        low = 1 if place == 0 else 0
        other = digits[:place] + str(chooser.randint(low, 9)) + digits[place + 1 :]
        if other != digits:
            return other
