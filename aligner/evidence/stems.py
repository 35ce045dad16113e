"""Words brought to what their Kazakh, Russian and Latin spellings have in common."""

from __future__ import annotations

import re

__all__ = ["fold", "level", "stem", "stems"]

_LETTERS = str.maketrans("қғңәөұүһіёйщ", "кгнаоуухиеиш", "ъь")
_LATIN_PAIRS = {
    "shch": "ш",
    "sh": "ш",
    "ch": "ч",
    "zh": "ж",
    "kh": "х",
    "ts": "ц",
    "ya": "я",
    "yu": "ю",
    "ph": "ф",
    "x": "кс",
}
_TURKISH = frozenset("ıñŋğş")
_LATIN_PAIR = re.compile("|".join(_LATIN_PAIRS))
_LATIN_LETTERS = str.maketrans("abcdefghijklmnopqrstuvwxyzəıñŋğöüşç", "абкдефгхижклмнопкрстуввхызаиннгоушч")


def fold(word: str) -> str:
    """`word` in small Russian letters: қ as к, ү as у, sh as ш, and neither ъ nor ь."""
    lower = word.lower()
    if lower.isascii() or not _TURKISH.isdisjoint(lower):
        lower = _LATIN_PAIR.sub(lambda match: _LATIN_PAIRS[match[0]], lower).translate(_LATIN_LETTERS)
    return lower.translate(_LETTERS)


_KK_ENDING = re.compile(
    "(?<=.{4})(?:(?:[дтн][ыи]н|[дн][ае]н|(?<!с)т[ае]н|[мбп]ен)|[дт][ае](?:гы|ги)?|(?<=[бвгдкпстфхцчш])к[ае]"
    "|(?<=[абвгдежзилмнорюуыэя])г[ае]|(?<=[аеиоуыэюя])н[ыи]|(?<=[бвгджзлмнр])д[ыи]|(?<=[кпстфхцчш])т[ыи])$"
)
_RU_ENDING = re.compile(
    "(?:(?<=.{5})(?:[оеыи]го|[ое]му|[аияы]ми|[аияы]х|[ое]в|[аеиоыя]м|[еоы]и|ую|юю|[аеиоыя][еия])|(?<=.{3})[аеиоуыюя])$"
)
# Transliterators do not agree on these vowels, nor on к and х.
_ALIKE = str.maketrans("уюыэях", "ооиеак")
_DOUBLED = re.compile(r"(.)\1")


def stem(folded: str) -> str:
    """A folded word without the commonest endings of both languages and without what spellings differ in."""
    return level(_without(_RU_ENDING, _without(_KK_ENDING, folded)))


_LONGEST_ENDING = 7


def _without(endings: re.Pattern[str], folded: str) -> str:
    match = endings.search(folded, max(0, len(folded) - _LONGEST_ENDING))
    return folded[: match.start()] if match else folded


def stems(folded: str) -> tuple[str, ...]:
    """The stems that a folded word may have, each once: as it stands, without a Russian ending, without Kazakh
    endings of case, number and owner."""
    without_case = _without(_KK_ENDING, folded)
    candidates = (
        folded,
        _without(_RU_ENDING, folded),
        without_case,
        _without(_RU_ENDING, without_case),
        _without(_KK_NUMBER_AND_OWNER, without_case),
    )
    return tuple(dict.fromkeys(map(level, candidates)))


_KK_NUMBER_AND_OWNER = re.compile("(?<=.{4})(?:[лдт][ае]р(?:[ыи]|[ыи]м[ыи]з)?|с[ыи]н?|[ыи]м[ыи]з|м[ыи]з)$")


def level(folded: str) -> str:
    """A folded word without what transliterators do not agree on."""
    alike = folded.translate(_ALIKE)
    return _DOUBLED.sub(r"\1", alike) if _DOUBLED.search(alike) else alike
