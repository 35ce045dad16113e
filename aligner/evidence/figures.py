"""Numbers and dates, written in digits, in one form for all languages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from aligner.dates import DayMention, iter_days, iter_months
from aligner.evidence.words import Reading, read_text

__all__ = ["figures", "figures_in"]


def figures(text: str, language: str) -> Counter[str]:
    """The numbers and dates of `text` in `language` (`kk`, `ru` …), each as a key that knows no language.

    `2500000` for «2,5 млн», «2 500 000» or «2 миллион 500 мың»; `12.5%`; `10:30`, but `10` for «10:00»; `21` for
    «XXI»; `2021-05-05` for a date, `--05-05` for a day without its year and `--05` for a month.
    """
    return figures_in(read_text(text), language)


def figures_in(reading: Reading, language: str) -> Counter[str]:
    """The `figures` of a text that was read."""
    found: list[str] = []
    rest = text = reading.text
    has_months = any(map(_OPENS_MONTH, reading.known))
    if _DIGIT.search(text):
        days = list(iter_days(text, has_months=has_months))
        if days:
            found += map(_day_key, days)
            rest = _blank_out(text, days)
        found += _written_numbers(rest, _SCALES.get(language, _SCALES["ru"]))
    if has_months:
        found += [f"--{mention.month:02}" for mention in iter_months(rest, language)]
    if _ROMAN_DIGIT.search(rest):
        found += _roman_numbers(rest)
    return Counter(found) if found else Counter()


_OPENS_MONTH = attrgetter("opens_month")
_DIGIT = re.compile(r"\d")


def _day_key(mention: DayMention) -> str:
    year = "-" if mention.year is None else f"{mention.year:04}"
    return f"{year}-{mention.month:02}-{mention.day:02}"


def _blank_out(text: str, days: list[DayMention]) -> str:
    """The text with its days replaced by line breaks, which join with no number and no word."""
    pieces: list[str] = []
    position = 0
    for mention in days:
        if mention.start >= position:
            pieces.append(text[position : mention.start])
        position = max(position, mention.end)
    return "\n".join((*pieces, text[position:]))


_SPACES = r" \u00a0\u202f\u2009"
_NUMBER = (
    rf"(?:\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?!\d)(?:[.,]\d{{1,2}}(?!\d))?"  # 2 500 000,50
    r"|\d{1,3}(?:\.\d{3}){2,}(?![.,]?\d)|\d{1,3}(?:,\d{3}){2,}(?![.,]?\d)"  # 2.500.000
    r"|(?<!\d[.,])\d+[.,]\d+(?![.,]?\d)"  # 2,5
    r"|\d+)"
)
_BEFORE_UNIT = rf"[{_SPACES}-]{{0,2}}"
_PERCENT = rf"{_BEFORE_UNIT}(?:%|пайыз|процент|проц\.|п\.[{_SPACES}]?п\.)"
_TIME = r"(?<![\d:.,])(?:[01]?\d|2[0-3]) ?: ?[0-5]\d(?![\d:]|[.,]\d)"
# The pattern of each power of ten, by its exponent.
_SCALE_WORDS = {
    "kk": {
        12: "трлн|триллион(?!ер)[а-яәғқңөұүһі]*",
        9: "млрд|миллиард(?!ер)[а-яәғқңөұүһі]*",
        6: "млн|миллион(?!ер)[а-яәғқңөұүһі]*",
        3: "мың(?!жыл)[а-яәғқңөұүһі]*",
    },
    "ru": {
        12: "трлн|триллион(?:а|у|ом|е|ов|ам|ами|ах|ы)?",
        9: "млрд|миллиард(?:а|у|ом|е|ов|ам|ами|ах|ы)?",
        6: "млн|миллион(?:а|у|ом|е|ов|ам|ами|ах|ы)?",
        3: "тыс|тысяч(?:а|и|у|е|ей|ью|ам|ами|ах)?",
    },
}


@dataclass(frozen=True, slots=True)
class _Scales:
    """A language's patterns: `amount` is one figure, `scaled` a number with its power of ten, `range_end` the rest
    of a range whose first number is to be read with the unit of its last."""

    amount: re.Pattern[str]
    scaled: re.Pattern[str]
    range_end: re.Pattern[str]


def _compile_scales(words: dict[int, str]) -> _Scales:
    scaled = rf"{_NUMBER}{_BEFORE_UNIT}(?:{'|'.join(words.values())})(?![^\W\d_])"
    powers = "|".join(f"(?P<e{exponent}>{pattern})" for exponent, pattern in words.items())
    one_scaled = rf"(?P<number>{_NUMBER}){_BEFORE_UNIT}(?:{powers})(?![^\W\d_])"
    return _Scales(
        amount=re.compile(
            rf"(?P<time>{_TIME})|(?P<scaled>{scaled}(?:\.?[{_SPACES}]{scaled})*)"
            rf"|(?P<plain>{_NUMBER})(?P<percent>{_PERCENT})?",
            re.IGNORECASE,
        ),
        scaled=re.compile(one_scaled, re.IGNORECASE),
        range_end=re.compile(
            rf"[{_SPACES}]?[-–—][{_SPACES}]?(?:{one_scaled}|{_NUMBER}(?P<percent>{_PERCENT}))"
            rf"|[{_SPACES}](?:до|или)[{_SPACES}](?:{one_scaled.replace('(?P<', '(?P<to_')}"
            rf"|{_NUMBER}(?P<to_percent>{_PERCENT}))",
            re.IGNORECASE,
        ),
    )


_SCALES = {language: _compile_scales(words) for language, words in _SCALE_WORDS.items()}


def _written_numbers(text: str, scales: _Scales) -> Iterator[str]:
    for match in _amounts(text, scales):
        if match["time"]:
            hour, minute = (int(part) for part in match["time"].split(":"))
            yield f"{hour}:{minute:02}" if minute else str(hour)
        elif match["scaled"]:
            yield from _scaled_numbers(match["scaled"], scales)
        else:
            yield _unscaled_number(text, match, scales)


def _amounts(text: str, scales: _Scales) -> Iterator[re.Match[str]]:
    """What `scales.amount` finds: something wherever a digit stands. Trying it there alone is several times faster."""
    digit = _DIGIT.search(text)
    while digit and (match := scales.amount.match(text, digit.start())):
        yield match
        digit = _DIGIT.search(text, match.end())


def _unscaled_number(text: str, match: re.Match[str], scales: _Scales) -> str:
    """A bare number, but «15» of «15–20 %» is `15%` and «3» of «от 3 до 4 млрд» is three thousand million."""
    unit = "percent" if match["percent"] else ""
    if not unit and (rest := scales.range_end.match(text, match.end())):
        unit = (rest.lastgroup or "").removeprefix("to_")
    value = _value(match["plain"], is_decimal=bool(unit))
    if unit == "percent":
        return f"{_key(value)}%"
    return _key(value.scaleb(int(unit[1:])) if unit else value)


def _scaled_numbers(text: str, scales: _Scales) -> Iterator[str]:
    """The sum of «2 млн 500 тыс.»; numbers whose powers do not fall are numbers of their own."""
    total, last = Decimal(0), 99
    for match in scales.scaled.finditer(text):
        exponent = int((match.lastgroup or "e0")[1:])
        if exponent >= last:
            yield _key(total)
            total = Decimal(0)
        total += _value(match["number"], is_decimal=True).scaleb(exponent)
        last = exponent
    yield _key(total)


def _value(written: str, *, is_decimal: bool) -> Decimal:
    """The value of a written number; «2.500» and «2,000» are thousands, except where `is_decimal`."""
    digits = "".join(written.split())
    marks = [mark for mark in digits if mark in ".,"]
    if len(marks) > 1:
        return Decimal(re.sub("[.,]", "", digits))
    whole, _, rest = digits.replace(",", ".").partition(".")
    is_grouped = len(rest) == 3 and len(whole) <= 3 and whole.strip("0") and (marks == ["."] or rest == "000")
    if is_grouped and not is_decimal:
        return Decimal(whole + rest)
    return Decimal(f"{whole}.{rest}" if rest else whole)


def _key(value: Decimal) -> str:
    return format(value.normalize(), "f")


# X and I are as often typed in Cyrillic.
_ROMAN = re.compile(
    r"(?<![^\W_])(?<!\.)(?:[IVXІХ]{2,6}|[IVXІХ](?=[ \u00a0-]+"
    r"(?:ғасыр|тоқсан|дәреже|шақырылым|сессия|съезд|форум|құрылтай|век|квартал|степен|созыв|саммит|конгресс)))"
    r"(?![^\W_]|\.[ \u00a0]?[^\W\d_])"
)
_ROMAN_DIGIT = re.compile("[IVXІХ]")
_ROMAN_FORM = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_ROMAN_LOOK_ALIKES = str.maketrans("ІХ", "IX")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}


def _roman_numbers(text: str) -> Iterator[str]:
    for match in _ROMAN.finditer(text):
        numeral = match[0].translate(_ROMAN_LOOK_ALIKES)
        if _ROMAN_FORM.fullmatch(numeral):
            values = [_ROMAN_VALUES[letter] for letter in numeral]
            # A smaller value before a larger one is taken off: IV, IX.
            yield str(sum(-value if value < max(values[i:]) else value for i, value in enumerate(values)))
