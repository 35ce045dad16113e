"""Calendar dates as Kazakh, Russian and English texts write them."""

from __future__ import annotations

import calendar
import datetime as dt
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

__all__ = [
    "DateMention",
    "DayMention",
    "MonthMention",
    "find_date",
    "iter_dates",
    "iter_days",
    "iter_months",
    "opens_month",
    "parse_date",
]


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

    Days that share their month («5–7 мая 2021 года», «5 и 7 мая») are mentions of their own, which start at
    their day and end together.
    """

    start: int
    end: int
    date: dt.date


@dataclass(frozen=True, slots=True)
class MonthMention:
    """A month without a day, its name at `text[start:end]` in code points."""

    start: int
    end: int
    month: int


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
# Where case does not count, İ (i and a dot when small) and ı pass for i.
_FOLD = str.maketrans("қңәүіiı", "кнауиии", "\u0307")

_YEAR = r"(?:1\d|20|21)\d\d"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_GAP = r"[^\S\r\n]"
_END = r"(?![^\W\d_])"
# After a year: no part of a longer number, a time, a range of years or an address.
_NO_NUMBER = r"(?![\d%]|[.,:/-]\d)"

# Careless typing without the Kazakh letters is common, so each of them may be its Russian look-alike.
_KK_STEM = (
    "(?:[қк]а[ңн]тар|а[қк]пан|наурыз|с[әа]у[іiи]р|мамыр|маусым|ш[іiи]лде|тамыз"
    "|[қк]ыр[қк][үу]йе[кг]|[қк]азан|[қк]араша|желто[қк]сан)"
)
_KK_CASE = r"[дтн][ыіiи][ңн]?|[ғгқк][ае]|[дт][ае](?:[ғг][ыіiи]\w{0,6})?|[дтн][ае]н|[мбп]ен"  # мамырдың … мамырдағы
_KK_ENDING = (
    rf"(?:с?[ыіiи](?:н(?:[ыіiи][ңн]|д[ае](?:[ғгк][ыіiи]\w{{0,6}})?|[ае]н|[ае])?|мен)?|{_KK_CASE})?"  # мамырында …
)
_RU_MONTH = (
    "(?:январ|феврал|апрел|июн|июл|сентябр|октябр|ноябр|декабр)(?:ь|я|е|ю|ём|ем)"
    "|(?:март|август)(?:а|е|у|ом)?|ма(?:й|я|е|ю|ем)"
)
_EN_MONTH = "january|february|march|april|may|june|july|august|september|october|november|december"
_EN_SHORT_MONTH = "jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
_LONG_MONTH = f"(?:{_KK_STEM}{_KK_ENDING}|{_RU_MONTH}|{_EN_MONTH}){_END}"
_SHORT_MONTH = (
    "(?:[қк]а[ңн]т?|а[қк]п|нау|с[әа]у|мам|мау|ш[іiи]л|там|[қк]ыр|[қк]аз|[қк]ар|жел"
    "|янв|февр?|мар|апр|июн|июл|авг|сент?|окт|ноя(?:бр?)?|дек"
    rf"|{_EN_SHORT_MONTH}){_END}\.?"
)

_KK_YEAR_WORD = rf"(?:жыл(?:[ғг]ы|ы|д[ыа][ңн]|ының)?{_END}|ж{_END}\.?)"
_YEAR_WORD = rf"{_GAP}*-?(?:жыл\w*|ж{_END}\.?|год\w{{0,3}}|го{_GAP}+года|г{_END}\.?)"
# «5 мая 2000 человек» names no year.
_NO_COUNT = (
    rf"(?!{_GAP}+(?:челов|адам|тенге|теңге|тг|млн|млрд|тыс|мың|миллион|миллиард|доллар|рубл|евро|тонн|кг|км|кв|га{_END}"
    "|гектар|метр|people|tenge|million|thousand))"
)
# «5 мамырда, 2015 жылғы …»: after a comma a year with that ending belongs to what follows.
_YEAR_AFTER = (
    rf"(?:,(?!{_GAP}*{_YEAR}{_GAP}*-?жыл(?:[ғг]ы|д[ыа][ңн]|ы))|){_GAP}*"
    rf"(?P<after>{_YEAR}){_NO_NUMBER}(?:{_YEAR_WORD}|{_NO_COUNT})"
)

_ORDINAL = rf"(?:-?(?:[ыі]?н?ш[ыі]|ого|го|ое|е|й|st|nd|rd|th){_END})"
_WRITTEN_DAY = rf"(?:[«\"“„]{_GAP}?{_DAY}{_GAP}?[»\"”]|{_DAY}(?!\d){_ORDINAL}?)"
_AND = rf"(?:{_GAP}*[-–—−]{_GAP}*|{_GAP}+(?:и|по|до|мен|пен|бен|және|and|to){_GAP}+)"

_DAY_FIRST = re.compile(
    rf"(?<!\d)(?<!\d[.,:/])"
    rf"(?:(?P<before>{_YEAR}){_GAP}*-?{_KK_YEAR_WORD},?{_GAP}*|(?P<perhaps>{_YEAR}){_GAP}+год[ау]?,?{_GAP}+)?"
    rf"(?P<days>{_WRITTEN_DAY}(?:{_AND}{_WRITTEN_DAY}){{0,3}})"
    rf"(?:{_GAP}{{1,3}}|-|(?<=[»”\"])|{_GAP}+of{_GAP}+)"
    rf"(?:(?P<long>{_LONG_MONTH})(?:{_GAP}+(?:к[үу]н[іi](?:нде)?|айы(?:нда)?){_END})?|(?P<short>{_SHORT_MONTH}))"
    rf"(?(before)|(?:{_YEAR_AFTER})?)",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"(?<![^\W_])(?:"
    rf"(?:(?P<before>{_YEAR}){_GAP}*-?{_KK_YEAR_WORD},?{_GAP}*)?"
    rf"(?P<kk>{_KK_STEM})(?:[ыіi]?[дтн][ыі]ң|{_GAP}+айының){_GAP}+(?P<kk_day>{_DAY})(?!\d)"
    rf"(?:-?(?:(?:с?[ыі]|ш[ыі])\w{{0,5}}|[дтн][ае]н|[ғгқк][ае]|[дтн][ыіае]){_END}(?:{_GAP}+к[үу]н[іi]\w*)?"
    rf"|{_GAP}+к[үу]н[іi]\w*)"
    rf"|(?=(?-i:[A-Z]))(?P<en>(?:{_EN_MONTH}|{_EN_SHORT_MONTH}){_END})\.?{_GAP}+(?P<en_day>{_DAY})(?![\d:]|[.,]\d)"
    rf"(?:st|nd|rd|th)?(?:,?{_GAP}*(?P<en_year>{_YEAR}){_NO_NUMBER}|{_END}))",
    re.IGNORECASE,
)
_NUMERIC = re.compile(
    rf"(?<!\d)(?<!\d[-.,:/])(?:"
    rf"(?P<d>{_DAY})(?P<s>[./-])(?P<m>0?[1-9]|1[0-2])(?P=s)(?P<y>{_YEAR}){_NO_NUMBER}"
    rf"|(?P<d2>0[1-9]|[12]\d|3[01])\.(?P<m2>0[1-9]|1[0-2])\.(?P<y2>\d\d){_NO_NUMBER}"
    rf"|(?P<y3>{_YEAR})(?P<s3>[-./])(?P<m3>0[1-9]|1[0-2])(?P=s3)(?P<d3>0[1-9]|[12]\d|3[01])(?![\d%]|[.,:/]\d)"
    rf")(?:{_YEAR_WORD})?",
    re.IGNORECASE,
)
_DIGITS_APART = re.compile(r"\d[./-]\d")
# «Маусым» is also a season, «қазан» a cauldron and «Наурыз» a feast: they need a year, «айы» or a month beside
# them; of the last two a plain case ending is enough.
_KK_MONTH = re.compile(
    rf"(?<![^\W_])(?:(?P<dated>(?:{_KK_YEAR_WORD}|биылғы|өткен|келесі){_GAP}+)?(?P<month>{_KK_STEM})"
    rf"(?:(?P<plain>[дт][ае](?:[ғг][ыі]\w{{0,6}})?|[дтн][ае]н|[ғгқк][ае])|{_KK_ENDING}){_END}"
    rf"(?P<named>{_GAP}+ай(?:ы|лар)|{_GAP}?[-–—]{_GAP}?(?={_KK_STEM}))?)",
    re.IGNORECASE,
)
_KK_SEASON = "мау"
_KK_OTHER_WORDS = frozenset({"каз", "нау"})
_RU_MONTH_ALONE = re.compile(
    rf"(?<![^\W_])(?P<month>(?:{_RU_MONTH}){_END}|(?i:{_RU_MONTH})(?={_GAP}+{_YEAR}(?!\d))"
    r"|(?:(?:январ|феврал|апрел|июн|июл|сентябр|октябр|ноябр|декабр)ь|мартов|май|августов)ск(?=[а-я]{2,3}(?!\w)))"
)
_DAY_NUMBER = re.compile(r"\d{1,2}")
_BETWEEN_ENDS = re.compile(rf"{_GAP}*(?:[-–—−]|и|по|до|мен|пен|бен|және|to|and){_GAP}*", re.IGNORECASE)
_KK_FROM = re.compile(r"[дтн][ае]н$", re.IGNORECASE)
# Births before 1950 and plans after 2049 are written with the full year.
_CENTURY_PIVOT = 50


# What a month of these patterns begins with; an ending, or the rest of a short form, may follow.
_MONTH_BEGINNING = re.compile(
    rf"(?:{_KK_STEM}|январ|феврал|март|апрел|ма[йяею]|июн|июл|август|сентябр|октябр|ноябр|декабр"
    rf"|{_EN_MONTH}|{_SHORT_MONTH})",
    re.IGNORECASE,
)


def opens_month(word: str) -> bool:
    """Whether a name of a month, in any of its forms, may begin with this word of letters alone.

    A text none of whose words does names no month: that is known far sooner than by looking for one.
    """
    return _month_prefix(word[:3]) in _MONTH_NUMBERS and _MONTH_BEGINNING.match(word) is not None


def iter_days(text: str, *, has_months: bool = True) -> Iterator[DayMention]:
    """The days that `text` names, with or without a year, in order.

    The end of a range that lacks a year takes it from the other: «28 декабря – 3 января 2015 года» begins
    in 2014. `has_months`: False where no word of the text `opens_month`.
    """
    written_out = (*_day_first(text), *_month_first(text)) if has_months else ()
    found = sorted((*written_out, *_numeric(text)), key=lambda m: (m.start, -m.end))
    kept: list[DayMention] = []
    for mention in found:
        is_inside = bool(kept) and mention.start < kept[-1].end and mention.end != kept[-1].end
        if not is_inside and _is_possible(mention):
            kept.append(mention)
    yield from filter(_is_possible, _share_years(text, kept))


def iter_months(text: str, language: str) -> Iterator[MonthMention]:
    """The months that `text` in `language` (`kk` or `ru`) names, in order, those with a day among them."""
    if language == "kk":
        for match in _KK_MONTH.finditer(text):
            prefix = _month_prefix(match["month"])
            is_doubtful = prefix == _KK_SEASON or (prefix in _KK_OTHER_WORDS and not match["plain"])
            if match["dated"] or match["named"] or not is_doubtful:
                yield MonthMention(*match.span("month"), _month_number(match["month"]))
    elif language == "ru":
        for match in _RU_MONTH_ALONE.finditer(text):
            yield MonthMention(*match.span("month"), _month_number(match["month"]))


def iter_dates(text: str, default_year: int | None = None) -> Iterator[DateMention]:
    """The dates that `text` names, in order; a day without a year counts only with a `default_year`."""
    for mention in iter_days(text):
        if mention.year is None:
            mention = replace(mention, year=default_year)
        if mention.year is not None and _is_possible(mention):
            yield DateMention(mention.start, mention.end, dt.date(mention.year, mention.month, mention.day))


def find_date(text: str, default_year: int | None = None) -> dt.date | None:
    """The first date that `text` names, or None."""
    mention = next(iter_dates(text, default_year), None)
    return mention.date if mention else None


def parse_date(text: str, default_year: int | None = None) -> dt.date | None:
    """The date that the whole of `text` is, perhaps with a weekday or a time; None where it is more or less.

    A range is its first day.
    """
    mentions = list(iter_dates(text, default_year))
    if not mentions:
        return None
    position = 0
    for mention in mentions:
        if not _is_beside_a_date(text, position, mention.start):
            return None
        position = max(position, mention.end)
    return mentions[0].date if _is_beside_a_date(text, position, len(text)) else None


def _day_first(text: str) -> Iterator[DayMention]:
    for match in _DAY_FIRST.finditer(text):
        short = match["short"]
        written_year = match["before"] or match["after"] or match["perhaps"]
        if short is not None and written_year is None and not short.endswith("."):
            continue
        year = int(written_year) if written_year else None
        month = _month_number(match["long"] or short)
        # «В 2020 году 5 мая 2021 года»: the year that follows is the date's.
        start = match.start("days") if match["perhaps"] and match["after"] else match.start()
        for position, number in enumerate(_DAY_NUMBER.finditer(text, *match.span("days"))):
            yield DayMention(number.start() if position else start, match.end(), int(number[0]), month, year)


def _month_first(text: str) -> Iterator[DayMention]:
    for match in _MONTH_FIRST.finditer(text):
        written_year = match["before"] or match["en_year"]
        year = int(written_year) if written_year else None
        day = int(match["kk_day"] or match["en_day"])
        yield DayMention(match.start(), match.end(), day, _month_number(match["kk"] or match["en"]), year)


def _numeric(text: str) -> Iterator[DayMention]:
    if not _DIGITS_APART.search(text):
        return
    for match in _NUMERIC.finditer(text):
        day = int(match["d"] or match["d2"] or match["d3"])
        month = int(match["m"] or match["m2"] or match["m3"])
        year = int(match["y"] or match["y2"] or match["y3"])
        if match["y2"]:
            year += 2000 if year < _CENTURY_PIVOT else 1900
        yield DayMention(match.start(), match.end(), day, month, year)


def _month_number(word: str) -> int:
    return _MONTH_NUMBERS[_month_prefix(word)]


def _month_prefix(word: str) -> str:
    return word.casefold().translate(_FOLD)[:3]


def _is_possible(mention: DayMention) -> bool:
    # Without a year the 29th of February is possible, as in any leap year.
    return mention.day <= calendar.monthrange(mention.year or 2000, mention.month)[1]


def _share_years(text: str, mentions: list[DayMention]) -> Iterator[DayMention]:
    before: DayMention | None = None
    for mention, after in itertools.zip_longest(mentions, mentions[1:]):
        if mention.year is None and after and after.year and _is_range(text, mention, after):
            mention = replace(mention, year=after.year - (mention.month > after.month))
        elif mention.year is None and before and before.year and _is_range(text, before, mention):
            mention = replace(mention, year=before.year + (mention.month < before.month))
        yield mention
        before = mention


def _is_range(text: str, first: DayMention, last: DayMention) -> bool:
    if first.end > last.start:
        return False
    if _BETWEEN_ENDS.fullmatch(text, first.end, last.start):
        return True
    return text[first.end : last.start].isspace() and bool(_KK_FROM.search(text, first.start, first.end))


_BESIDE_A_DATE = re.compile(
    r"[\s,;|()–—-]+|[T\s]?\d{1,2}[:.]\d\d(?:[:.]\d\d(?:[.,]\d+)?)?(?:\s*[ap]\.?m\.?)?|Z|(?:UTC|GMT)?[+-]\d\d:?\d\d|UTC|GMT"
    r"|(?:дүйсенбі|сейсенбі|сәрсенбі|бейсенбі|жұма|сенбі|жексенбі)(?:де|да|ге|ға)?"
    r"|понедельник|вторник|сред[ау]|четверг|пятниц[ау]|суббот[ау]|воскресенье"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|пн|вт|ср|чт|пт|сб|вс|дс|сс|бс|жм|сн|жк|mon|tue|wed|thu|fri|sat|sun"
    r"|сағат|күні|жылы?|года?|час(?:а|ов)?|[гжвчс]|по|at|\.",
    re.IGNORECASE,
)


def _is_beside_a_date(text: str, position: int, end: int) -> bool:
    while position < end:
        match = _BESIDE_A_DATE.match(text, position, end)
        if match is None:
            return False
        position = match.end()
    return True
