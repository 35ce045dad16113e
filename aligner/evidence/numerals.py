"""Numbers spelled out in words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

__all__ = ["spelled_figures"]


def spelled_figures(text: str, language: str) -> Counter[str]:
    """The numbers that `text` in `kk` or `ru` spells out, cardinal or ordinal, as the keys of `figures`.

    Weaker evidence than digits: «бір» and «один» are often no more than an article.
    """
    if language not in _CARDINALS:
        return Counter()
    words = _WORD.findall(text.lower().replace("ё", "е"))
    found = Counter(_values(words, language))
    if language == "ru":
        found.update(str(_ru_prefixes()[match[1]]) for word in words if (match := _ru_compound().match(word)))
    return found


_WORD = re.compile(r"[^\W\d_]+|[^\w\s-]+")
_CARDINALS = {
    "kk": {
        1: "бір",
        2: "екі екеу екеуі",
        3: "үш үшеу үшеуі",
        4: "төрт төртеу төртеуі",
        5: "бес бесеу бесеуі",
        6: "алты алтау алтауы",
        7: "жеті жетеу жетеуі",
        8: "сегіз",
        9: "тоғыз",
        10: "он",
        20: "жиырма",
        30: "отыз",
        40: "қырық",
        50: "елу",
        60: "алпыс",
        70: "жетпіс",
        80: "сексен",
        90: "тоқсан",
        100: "жүз",
        1_000: "мың",
        1_000_000: "миллион",
        1_000_000_000: "миллиард",
    },
    "ru": {
        1: "один одна одно одного одной одному одним одном одну",
        2: "два две двух двум двумя двое",
        3: "три трех трем тремя трое",
        4: "четыре четырех четырем четырьмя четверо",
        5: "пять пяти пятью пятеро",
        6: "шесть шести шестью шестеро",
        7: "семь семи семью семеро",
        8: "восемь восьми восемью",
        9: "девять девяти девятью",
        10: "десять десяти десятью",
        11: "одиннадцать одиннадцати",
        12: "двенадцать двенадцати",
        13: "тринадцать тринадцати",
        14: "четырнадцать четырнадцати",
        15: "пятнадцать пятнадцати",
        16: "шестнадцать шестнадцати",
        17: "семнадцать семнадцати",
        18: "восемнадцать восемнадцати",
        19: "девятнадцать девятнадцати",
        20: "двадцать двадцати",
        30: "тридцать тридцати",
        40: "сорок сорока",
        50: "пятьдесят пятидесяти",
        60: "шестьдесят шестидесяти",
        70: "семьдесят семидесяти",
        80: "восемьдесят восьмидесяти",
        90: "девяносто девяноста",
        100: "сто ста",
        200: "двести двухсот",
        300: "триста трехсот",
        400: "четыреста четырехсот",
        500: "пятьсот пятисот",
        600: "шестьсот шестисот",
        700: "семьсот семисот",
        800: "восемьсот восьмисот",
        900: "девятьсот девятисот",
        1_000: "тысяча тысячи тысяч тысячу тысяче тысячами",
        1_000_000: "миллион миллиона миллионов миллионам миллионами миллионах",
        1_000_000_000: "миллиард миллиарда миллиардов миллиардам миллиардами миллиардах",
    },
}
# Stems, to which the endings are added.
_ORDINALS = {
    "kk": {
        1: "бірінші",
        2: "екінші",
        3: "үшінші",
        4: "төртінші",
        5: "бесінші",
        6: "алтыншы",
        7: "жетінші",
        8: "сегізінші",
        9: "тоғызыншы",
        10: "оныншы",
        20: "жиырмасыншы",
        30: "отызыншы",
        40: "қырқыншы",
        50: "елуінші",
        60: "алпысыншы",
        70: "жетпісінші",
        80: "сексенінші",
        90: "тоқсаныншы",
        100: "жүзінші",
    },
    "ru": {
        1: "перв",
        2: "втор",
        4: "четверт",
        5: "пят",
        6: "шест",
        7: "седьм",
        8: "восьм",
        9: "девят",
        10: "десят",
        11: "одиннадцат",
        12: "двенадцат",
        13: "тринадцат",
        14: "четырнадцат",
        15: "пятнадцат",
        16: "шестнадцат",
        17: "семнадцат",
        18: "восемнадцат",
        19: "девятнадцат",
        20: "двадцат",
        30: "тридцат",
        40: "сороков",
        50: "пятидесят",
        60: "шестидесят",
        70: "семидесят",
        80: "восьмидесят",
        90: "девяност",
        100: "сот",
    },
}
_ORDINAL_ENDINGS = {
    "kk": ("", "ден", "дан", "ге", "ға", "де", "да", "ні", "ны", "нің", "ның", "сі", "сы"),
    "ru": ("ый", "ой", "ая", "ое", "ые", "ого", "ому", "ым", "ом", "ую", "ых", "ыми"),
}
_RU_THIRD = "третий третья третье третьи третьего третьей третьему третьим третьем третью третьих третьими"


@cache
def _lexicon(language: str) -> dict[str, int]:
    lexicon = {word: value for value, words in _CARDINALS[language].items() for word in words.split()}
    for value, stem in _ORDINALS[language].items():
        lexicon.update((stem + ending, value) for ending in _ORDINAL_ENDINGS[language])
    if language == "ru":
        lexicon.update((word, 3) for word in _RU_THIRD.split())
    return lexicon


def _values(words: list[str], language: str) -> Iterator[str]:
    """The value of each run of number words: «жиырма бес» is 25, «екі жүз мың» 200,000, «бес пайыз» 5%."""
    lexicon = _lexicon(language)
    total = group = 0
    # What may still be added: after hundreds tens, after tens units, after units nothing but a power of ten.
    below = 1_000
    for word in [*words, ""]:
        value = lexicon.get(word, 0)
        if value >= 1_000 and group:
            total, group, below = total + group * value, 0, 1_000
        elif value == 100 and 1 < group < 10:
            group, below = group * 100, 100
        elif 0 < value < below:
            group, below = group + value, _next_below(value, language)
        else:
            if total + group:
                yield f"{total + group}%" if word.startswith(_PERCENT_WORDS) else str(total + group)
            total, group, below = 0, 0, 1_000
            if 0 < value < 1_000:
                group, below = value, _next_below(value, language)


_PERCENT_WORDS = ("пайыз", "процент", "%")
# «Двухлетний», «стометровый»: the number in the genitive, then what is counted.
_RU_COUNTED = (
    "лет|дневн|час|месячн|минутн|секундн|недельн|кратн|сторонн|процентн|этажн|местн|комнатн|квартирн|томн|значн|балльн|"
    "класс|уровнев|ступенчат|тонн|метр|сантиметр|миллиметр|километр|тысячн|миллионн|угольн|язычн|партийн|разов|сезонн"
)


@cache
def _ru_prefixes() -> dict[str, int]:
    prefixes = {"одно": 1, "двух": 2, "трех": 3, "четырех": 4, "сто": 100, "девяносто": 90}
    for value, words in _CARDINALS["ru"].items():
        if 5 <= value < 1_000 and value not in {90, 100}:
            prefixes[words.split()[1]] = value
    return prefixes


@cache
def _ru_compound() -> re.Pattern[str]:
    return re.compile(f"({'|'.join(sorted(_ru_prefixes(), key=len, reverse=True))})(?:{_RU_COUNTED})")


def _next_below(value: int, language: str) -> int:
    if value >= 100:
        return 100
    # «Он жеті» is 17, but «десять» takes no units.
    takes_units = value >= 20 or (value == 10 and language == "kk")
    return 10 if takes_units else 1
