"""Which figures of two texts answer each other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from aligner.evidence.figures import figures
from aligner.evidence.numerals import spelled_figures

__all__ = ["FigureComparison", "compare_figures"]


@dataclass(frozen=True, slots=True)
class FigureComparison:
    """The figures that both texts have, and those that only one of them has."""

    shared: Counter[str]
    only_kk: Counter[str]
    only_ru: Counter[str]


def compare_figures(kk: str, ru: str) -> FigureComparison:
    """Which figures of a Kazakh and a Russian text answer each other.

    A date answers its day without the year, and a figure answers the same number spelled out on the other side.
    """
    kk_figures, ru_figures = figures(kk, "kk"), figures(ru, "ru")
    shared = kk_figures & ru_figures
    kk_figures, ru_figures = kk_figures - shared, ru_figures - shared
    if kk_figures and ru_figures:
        shared += _match_days(kk_figures, ru_figures) + _match_days(ru_figures, kk_figures)
    for left_over, other, language in ((kk_figures, ru, "ru"), (ru_figures, kk, "kk")):
        if left_over:
            spelled = spelled_figures(other, language) & left_over
            shared += spelled
            left_over -= spelled
    return FigureComparison(shared, +kk_figures, +ru_figures)


def _match_days(dates: Counter[str], days: Counter[str]) -> Counter[str]:
    """Take `2021-05-05` out of `dates` for each `--05-05` in `days`, and that as well; what was taken."""
    taken: Counter[str] = Counter()
    for date in list(dates):
        day = f"-{date[4:]}"
        if date[:4].isdigit() and date[4:5] == "-" and days[day]:
            taken[date] = min(dates[date], days[day])
            dates[date] -= taken[date]
            days[day] -= taken[date]
    return taken
