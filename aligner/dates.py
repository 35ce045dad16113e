"""Calendar dates as Kazakh, Russian and English texts write them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["DateMention", "DayMention", "find_date", "iter_dates", "iter_days", "parse_date"]


@dataclass(frozen=True, slots=True)
class DayMention:
    """A day as it is written, `text[start:end]` in code points; `year` is None where none is given."""

    start: int
    end: int
    day: int
    month: int
    year: int | None


@dataclass(frozen=True, slots=True)
class DateMention:
    """A complete date written at `text[start:end]`, in code points.

    The members of a range or list that share their month («5–7 мая 2021 года») are mentions of their own
    that start at their day and end together.
    """

    start: int
    end: int
    date: dt.date


# The first three letters, folded, tell the months of the three languages apart.
_MONTH_NUMBERS = {
    prefix: number
    for prefixes in (
        "кан акп нау сау мам мау шил там кыр каз кар жел",
        "янв фев мар апр май июн июл авг сен окт ноя дек",
        "янв фев мар апр мая июн июл авг сен окт ноя дек",
        "янв фев мар апр мае июн июл авг сен окт ноя дек",
        "янв фев мар апр маю июн июл авг сен окт ноя дек",
        "jan feb mar apr may jun jul aug sep oct nov dec",
    )
    for number, prefix in enumerate(prefixes.split(), start=1)
}
_FOLD = str.maketrans("қңәүұіiö", "кнаууиио")

_YEAR = r"(?:1\d|20|21)\d\d"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_GAP = r"[^\S\r\n]"

# Careless typing without the Kazakh letters is common, so each of them may be its Russian look-alike.
_KK_STEM = (
    "[қк]а[ңн]тар|а[қк]пан|наурыз|с[әа]у[іiи]р|мамыр|маусым|ш[іiи]лде|тамыз"
    "|[қк]ыр[қк][үу]йек|[қк]азан|[қк]араша|желто[қк]сан"
)
_KK_ENDING = (
    "(?:с?[ыіiи](?:н(?:[ыіiи][ңн]|д[ае](?:[ғгк][ыіiи]\\w{0,6})?|[ае]н|[ае])?|мен)?"
    "|[дтн][ыіiи][ңн]?|[ғгқк][ае]|[дт][ае](?:[ғг][ыіiи]\\w{0,6})?|[дтн][ае]н|[мбп]ен)?"
)
_RU_MONTH = (
    "(?:январ|феврал|апрел|июн|июл|сентябр|октябр|ноябр|декабр)(?:ь|я|е|ю|ём|ем)"
    "|(?:март|август)(?:а|е|у|ом)?|ма(?:й|я|е|ю|ем)"
)
_EN_MONTH = "january|february|march|april|may|june|july|august|september|october|november|december"
_SHORT_MONTH = (
    "[қк]а[ңн]т?|а[қк]п|нау|с[әа]у|мам|мау|ш[іiи]л|там|[қк]ыр|[қк]аз|[қк]ар|жел"
    "|янв|февр?|мар|апр|июн|июл|авг|сент?|окт|ноя(?:бр?)?|дек"
    "|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
)
_LONG_MONTH = f"(?:(?:{_KK_STEM}){_KK_ENDING}|{_RU_MONTH}|{_EN_MONTH})(?![^\\W_])"

_ORDINAL = "(?:-?(?:[ыі]?н?ш[ыі]|го|ого|ое|е|й|st|nd|rd|th)(?![^\\W_]))"
_QUOTED_DAY = f'[«"“„]?{_DAY}[»"”]?(?!\\d){_ORDINAL}?'
_AND = f"(?:{_GAP}*[-–—−]{_GAP}*|{_GAP}+(?:и|по|до|мен|пен|бен|және|ден|дан|нан|нен|and|to){_GAP}+)"
_YEAR_BEFORE = f"{_YEAR}{_GAP}*-?(?:жыл(?:ғы|гы|ы|дың|дын|ының)?(?![^\\W_])|ж(?![^\\W_])\\.?),?{_GAP}*"
# «5 мая 2000 человек» names no year.
_NO_YEAR = (
    f"(?!{_GAP}+(?:челов|адам|тенге|теңге|млн|млрд|тыс|мың|миллион|миллиард|доллар|рубл|евро|тонн|км|кг|га"
    "|гектар|метр|тг|кв|people|tenge|million|thousand|us))"
)
_YEAR_AFTER = (
    f",?{_GAP}*(?P<after>{_YEAR})(?![\\d%]|[.,:/-]\\d)"
    f"(?:{_GAP}*-?(?:жыл\\w*|ж(?![^\\W_])\\.?|год\\w{{0,3}}|го(?:{_GAP}+года)?(?![^\\W_])|г(?![^\\W_])\\.?)|{_NO_YEAR})"
)

_DAY_FIRST = re.compile(
    rf"(?<!\d)(?<!\d[.,:/])(?:(?P<before>{_YEAR_BEFORE}))?"
    rf"(?P<days>{_QUOTED_DAY}(?:{_AND}{_QUOTED_DAY}){{0,3}})"
    rf"(?:{_GAP}{{1,3}}|-|(?<=[»”\"])|{_GAP}+of{_GAP}+)"
    rf"(?:(?P<long>{_LONG_MONTH})(?:{_GAP}+(?:к[үу]н[іi](?:нде)?|айы(?:нда)?)(?![^\W_]))?"
    rf"|(?P<short>(?:{_SHORT_MONTH})(?![^\W_])\.?))"
    rf"(?(before)|(?:{_YEAR_AFTER})?)",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"(?<![^\W_])(?:"
    rf"(?P<before>{_YEAR_BEFORE})?(?P<kk>{_KK_STEM})[ыіi]?(?:[дтн][ыі]ң|{_GAP}айының){_GAP}+"
    rf"(?P<kk_day>{_DAY})(?!\d)(?:-?(?:с?[ыі]\w{{0,5}}|к[үу]н[іi]\w*)(?![^\W_])|{_GAP}+к[үу]н[іi]\w*)"
    rf"|(?P<en>(?:{_EN_MONTH}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?![^\W_]))\.?{_GAP}+"
    rf"(?P<en_day>{_DAY})(?![\d:]|[.,]\d)(?:st|nd|rd|th)?(?:,?{_GAP}*(?P<en_year>{_YEAR})(?![\d%]|[.,:/-]\d)|(?![^\W_])))",
    re.IGNORECASE,
)
_NUMERIC = re.compile(
    rf"(?<!\d)(?<!\d[-.,:/])(?:"
    rf"(?P<d>{_DAY})(?P<s>[./-])(?P<m>0?[1-9]|1[0-2])(?P=s)(?P<y>{_YEAR})(?![\d%]|[.,:/-]\d)"
    rf"|(?P<d2>0[1-9]|[12]\d|3[01])\.(?P<m2>0[1-9]|1[0-2])\.(?P<y2>\d\d)(?![\d%]|[.,:/-]\d)"
    rf"|(?P<y3>{_YEAR})(?P<s3>[-./])(?P<m3>0[1-9]|1[0-2])(?P=s3)(?P<d3>0[1-9]|[12]\d|3[01])(?![\d%]|[.,:/]\d)"
    rf")(?:{_GAP}*(?:жыл\w*|ж(?![^\W_])\.?|год\w{{0,3}}|г(?![^\W_])\.?))?",
    re.IGNORECASE,
)
_DAY_NUMBER = re.compile(r"\d{1,2}")
_RANGE_GAP = re.compile(rf"{_GAP}*(?:[-–—−]|и|по|до|мен|пен|бен|және|ден|дан|нан|нен|to|and){_GAP}*", re.IGNORECASE)
_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# Births before 1950 and plans after 2049 are both written with the full year.
_CENTURY_PIVOT = 50


def _month_number(word: str) -> int:
    return _MONTH_NUMBERS[word.lower().translate(_FOLD)[:3]]


def _day_first(text: str) -> Iterator[DayMention]:
    for match in _DAY_FIRST.finditer(text):
        short = match["short"]
        written_year = match["before"] or match["after"]
        if short is not None and written_year is None and not short.endswith("."):
            continue
        year = int(written_year[:4]) if written_year else None
        month = _month_number(match["long"] or short)
        for number in _DAY_NUMBER.finditer(text, *match.span("days")):
            start = match.start() if number.start() <= match.start("days") + 1 else number.start()
            yield DayMention(start, match.end(), int(number[0]), month, year)


def _month_first(text: str) -> Iterator[DayMention]:
    for match in _MONTH_FIRST.finditer(text):
        written_year = match["before"] or match["en_year"]
        year = int(written_year[:4]) if written_year else None
        day = int(match["kk_day"] or match["en_day"])
        yield DayMention(match.start(), match.end(), day, _month_number(match["kk"] or match["en"]), year)


def _numeric(text: str) -> Iterator[DayMention]:
    for match in _NUMERIC.finditer(text):
        day = int(match["d"] or match["d2"] or match["d3"])
        month = int(match["m"] or match["m2"] or match["m3"])
        if match["y2"]:
            year = int(match["y2"])
            year += 2000 if year < _CENTURY_PIVOT else 1900
        else:
            year = int(match["y"] or match["y3"])
        yield DayMention(match.start(), match.end(), day, month, year)


def _is_possible(mention: DayMention) -> bool:
    if mention.day > _DAYS_IN_MONTH[mention.month - 1]:
        return False
    leap = mention.year is None or (mention.year % 4 == 0 and (mention.year % 100 != 0 or mention.year % 400 == 0))
    return leap or (mention.month, mention.day) != (2, 29)


def iter_days(text: str) -> Iterator[DayMention]:
    """The days that `text` names, with or without a year, in order.

    The year of a range is taken over by the end that lacks it: «28 декабря – 3 января 2015 года» begins
    in 2014.
    """
    found = sorted((*_day_first(text), *_month_first(text), *_numeric(text)), key=lambda m: (m.start, -m.end))
    kept: list[DayMention] = []
    for mention in found:
        if not _is_possible(mention):
            continue
        if kept and mention.start < kept[-1].end and mention.end != kept[-1].end:
            continue
        kept.append(mention)
    for index, mention in enumerate(kept):
        if mention.year is None and index + 1 < len(kept):
            after = kept[index + 1]
            if after.year is not None and _RANGE_GAP.fullmatch(text, mention.end, after.start):
                year = after.year - (mention.month > after.month)
                mention = DayMention(mention.start, mention.end, mention.day, mention.month, year)
        if mention.year is None and index:
            before = kept[index - 1]
            if before.year is not None and _RANGE_GAP.fullmatch(text, before.end, mention.start):
                year = before.year + (mention.month < before.month)
                mention = DayMention(mention.start, mention.end, mention.day, mention.month, year)
        kept[index] = mention
    yield from (mention for mention in kept if _is_possible(mention))


def iter_dates(text: str, default_year: int | None = None) -> Iterator[DateMention]:
    """The dates that `text` names, in order; a day without a year counts only with a `default_year`."""
    for mention in iter_days(text):
        year = mention.year or default_year
        if year is not None and mention.day <= _last_day(year, mention.month):
            yield DateMention(mention.start, mention.end, dt.date(year, mention.month, mention.day))


def find_date(text: str, default_year: int | None = None) -> dt.date | None:
    """The first date that `text` names, or None."""
    mention = next(iter_dates(text, default_year), None)
    return mention.date if mention else None


_BESIDE_A_DATE = re.compile(
    r"(?:[\s,;|()–—-]+|[T\s]?\d{1,2}[:.]\d\d(?:[:.]\d\d(?:\.\d+)?)?(?:\s*[ap]\.?m\.?)?|Z|(?:UTC|GMT)?[+-]\d\d:?\d\d|UTC|GMT"
    r"|(?:дүйсенбі|сейсенбі|сәрсенбі|бейсенбі|жұма|сенбі|жексенбі)(?:де|да|ге|ға)?"
    r"|понедельник|вторник|сред[ау]|четверг|пятниц[ау]|суббот[ау]|воскресенье"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|пн|вт|ср|чт|пт|сб|вс|дс|сс|бс|жм|сн|жк|mon|tue|wed|thu|fri|sat|sun"
    r"|сағат|күні|жылы?|года?|час(?:а|ов)?|[гжвч]|at|\.)",
    re.IGNORECASE,
)


def parse_date(text: str, default_year: int | None = None) -> dt.date | None:
    """The date that the whole of `text` is, perhaps with a weekday or a time; None where it is more or less.

    A range is its first day.
    """
    mentions = list(iter_dates(text, default_year))
    if not mentions:
        return None
    position = 0
    for mention in mentions:
        if not _is_beside(text, position, mention.start):
            return None
        position = max(position, mention.end)
    return mentions[0].date if _is_beside(text, position, len(text)) else None


def _is_beside(text: str, position: int, end: int) -> bool:
    while position < end:
        match = _BESIDE_A_DATE.match(text, position, end)
        if match is None:
            return False
        position = match.end()
    return True


def _last_day(year: int, month: int) -> int:
    after = dt.date(year + month // 12, month % 12 + 1, 1)
    return (after - dt.timedelta(days=1)).day
