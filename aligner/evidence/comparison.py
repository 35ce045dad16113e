"""Which figures of two texts answer each other."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from aligner.evidence.figures import figures_in
from aligner.evidence.numerals import spelled_figures
from aligner.evidence.words import Reading, read_text

__all__ = ["FigureComparison", "compare_figures", "compare_figures_in"]


@dataclass(frozen=True, slots=True)
class FigureComparison:
    """The figures that both texts have, and those that only one of them has."""

    shared: Counter[str]
    only_kk: Counter[str]
    only_ru: Counter[str]


def compare_figures(kk: str, ru: str) -> FigureComparison:
    """Which figures of a Kazakh and a Russian text answer each other.

    A date answers its day without the year, and a figure answers the same number spelled out on the other side. So
    do the ways in which one number is written: 9,941 is 9 941, 8.30 is 8:30, and «10-нан 25-іне дейін» beside a month
    is both days of «с 10 по 25 августа». The time in a stamp that opens both texts, «8 октября 2015, 12:35», says when
    either version appeared, and is left out where the other one appeared within hours.
    """
    return compare_figures_in(read_text(kk), read_text(ru))


def compare_figures_in(kk: Reading, ru: Reading) -> FigureComparison:
    """`compare_figures` of two texts that were read."""
    kk_figures, ru_figures = figures_in(kk, "kk"), figures_in(ru, "ru")
    # Most texts have none.
    if not (kk_figures or ru_figures) or kk_figures == ru_figures:
        return FigureComparison(kk_figures, Counter(), Counter())
    shared = kk_figures & ru_figures
    kk_figures, ru_figures = kk_figures - shared, ru_figures - shared
    if kk_figures and ru_figures:
        _leave_out_stamps(kk, kk_figures, ru, ru_figures)
        shared += _match_days(kk_figures, ru_figures) + _match_days(ru_figures, kk_figures)
        months = {month for key in shared if (month := _month_of(key))}
        shared += _match_writings(kk_figures, ru_figures, months) + _match_writings(ru_figures, kk_figures, months)
    for left_over, other, language in ((kk_figures, ru.text, "ru"), (ru_figures, kk.text, "kk")):
        if left_over:
            spelled = spelled_figures(other, language) & left_over
            shared += spelled
            left_over -= spelled
    return FigureComparison(shared, +kk_figures, +ru_figures)


def _leave_out_stamps(kk: Reading, kk_figures: Counter[str], ru: Reading, ru_figures: Counter[str]) -> None:
    kk_stamp, ru_stamp = _STAMP.match(kk.text), _STAMP.match(ru.text)
    if kk_stamp and ru_stamp and abs(_minutes(kk_stamp["time"]) - _minutes(ru_stamp["time"])) <= _MOST_MINUTES:
        for stamp, figures in ((kk_stamp, kk_figures), (ru_stamp, ru_figures)):
            for key in figures_in(read_text(stamp["time"]), "ru"):
                figures[key] = max(0, figures[key] - 1)


def _minutes(time: str) -> int:
    hours, _, minutes = time.partition(":")
    return 60 * int(hours) + int(minutes)


def _match_days(dates: Counter[str], days: Counter[str]) -> Counter[str]:
    """Take `2021-05-05` out of `dates` for each `--05-05` in `days`, and that as well; what was taken.

    A day beside a bare number of four digits has a year, and another one.
    """
    taken: Counter[str] = Counter()
    if any(_YEAR.fullmatch(key) for key in +days):
        return taken
    for date in list(dates):
        day = f"-{date[4:]}"
        if date[:4].isdigit() and date[4:5] == "-" and days[day]:
            taken[date] = min(dates[date], days[day])
            dates[date] -= taken[date]
            days[day] -= taken[date]
    return taken


_MOST_MINUTES = 180
_STAMP = re.compile(r"\W*\d{1,2}[ .](?:\d\d|[^\W\d_]+)[ .]\d{4},?[ \u00a0]+(?P<time>\d{1,2}:\d\d)(?![\d:-])")
_YEAR = re.compile(r"\d{4}")
_DAY = re.compile(r"(?:-|\d{4})-(\d\d)-(\d\d)")
_TIME = re.compile(r"(\d{1,2}):(\d\d)")
_THOUSANDS = re.compile(r"\d{1,3}\.\d{3}")


def _month_of(key: str) -> str | None:
    match = _DAY.fullmatch(key)
    return match[1] if match else None


def _match_writings(figures: Counter[str], others: Counter[str], months: set[str]) -> Counter[str]:
    """Take what is another way of writing one of `others` out of both; what was taken, by its key in `figures`.

    `months`: those of the days that both texts have.
    """
    taken: Counter[str] = Counter()
    for key in list(figures):
        plain = _plainly(key, months)
        if plain and others[plain] > 0:
            taken[key] = min(figures[key], others[plain])
            figures[key] -= taken[key]
            others[plain] -= taken[key]
    return taken


def _plainly(key: str, months: set[str]) -> str | None:
    """The figure as a hasty writer may have put it."""
    if day := _DAY.fullmatch(key):
        return str(int(day[2])) if day[1] in months else None
    if time := _TIME.fullmatch(key):
        return f"{time[1]}.{time[2]}".rstrip("0")
    return key.replace(".", "") if _THOUSANDS.fullmatch(key) else None
