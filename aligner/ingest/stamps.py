"""The lines by which news pages say when an item appeared and how often it was opened."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from aligner.dates import iter_dates

__all__ = ["CrawlStamp", "Stamp", "count_stamps", "crawl_stamp", "leading_stamp", "trailing_date"]

_TIME = r"(?:[01]?\d|2[0-3])[:.][0-5]\d(?:[:.][0-5]\d)?"
_NUMBER = r"(?:\d{1,3}(?:[ ]\d{3})+(?!\d)|\d+)"
_VIEWS_WORD = r"(?:👁|(?:кол(?:ичест|-)во )?просмотр\w*|прочита\w+|(?:рет )?қарал\w*(?: саны)?|көрілім\w*|оқыл\w*|рет оқылды|views?)"
_LABEL = re.compile(
    r"(?:дата(?: и время)?(?: публикации)?|опубликован[оа]?|размещено|обновлено|добавлено|время публикации"
    r"|жарияланған(?: күні| уақыты)?|жарияланды|жарық көрді|жаңартылған|күні|уақыты|published|posted|updated|date)"
    r"\s*[:：—–-]?\s*",
    re.IGNORECASE,
)
_TIME_FIRST = re.compile(rf"{_TIME}\s*(?:[,|•·/]|[–—-])?\s*")
_AFTER_DATE = re.compile(
    rf"(?:\s*[,|•·/–—-]?\s*(?:в|at|сағат)?\s*(?P<time>{_TIME})(?!\d\d\b))?"
    rf"(?:(?P<gap>\s*[,|•·/–—-]?\s*)(?P<word>{_VIEWS_WORD}\s*:?\s*)?(?P<views>{_NUMBER})(?:\s*{_VIEWS_WORD})?)?",
    re.IGNORECASE,
)
_TIME_ONLY = re.compile(rf"\s*[,|•·/–—-]?\s*(?:в|at|сағат)?\s*(?P<time>{_TIME})", re.IGNORECASE)
_TIMED_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.(?:19|20)\d\d,?\s*[0-2]?\d:[0-5]\d")
_CRAWL = re.compile(r"date:?\s+(?P<date>\d{4}-\d\d-\d\d)\b[T\s]*(?P<rest>.*)", re.IGNORECASE)
_EDGES = " \t,.;:|•·/–—-"


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date at the beginning of a line, perhaps with a time and a number of views; `rest` is what follows."""

    text: str
    date: dt.date
    is_timed: bool
    has_views: bool
    rest: str


@dataclass(frozen=True, slots=True)
class CrawlStamp:
    """The ` date YYYY-MM-DD` with which a crawler opens what it saved."""

    text: str
    date: dt.date
    rest: str


def crawl_stamp(line: str) -> CrawlStamp | None:
    """The crawler's date that opens `line`, or None."""
    match = _CRAWL.fullmatch(line)
    if match is None:
        return None
    try:
        date = dt.date.fromisoformat(match["date"])
    except ValueError:
        return None
    return CrawlStamp(line[: match.start("rest")].strip(), date, match["rest"].strip())


def leading_stamp(line: str) -> Stamp | None:
    """The stamp that opens `line`, or None.

    A number after the date counts as views where it closes the line, follows a time, or is called so.
    """
    label = _LABEL.match(line)
    start = label.end() if label else 0
    early = _TIME_FIRST.match(line, start)
    dates_from = early.end() if early else start
    mention = next(iter_dates(line[dates_from : dates_from + 60]), None)
    if mention is None or mention.start != 0:
        return None
    date_end = dates_from + mention.end
    match = _AFTER_DATE.match(line, date_end)
    end, is_timed, has_views = date_end, early is not None, False
    if match is not None:
        is_timed = is_timed or match["time"] is not None
        closes_line = match.end() == len(line)
        if match["views"] and (closes_line or match["word"] or is_timed):
            end, has_views = match.end(), True
        else:
            timed = _TIME_ONLY.match(line, date_end)
            end = timed.end() if timed else date_end
    rest = line[end:].strip(_EDGES) if line[end:].strip(_EDGES) else ""
    return Stamp(line[:end].strip(), mention.date, is_timed, has_views, rest)


def trailing_date(line: str) -> tuple[str, dt.date] | None:
    """The text before a date that closes `line`, and that date; None where no text or no date is there."""
    stripped = line.rstrip(" )")
    mentions = list(iter_dates(stripped))
    if not mentions:
        return None
    last = mentions[-1]
    after = stripped[last.end :]
    if after and not _TIME_ONLY.fullmatch(after):
        return None
    before = line[: last.start].rstrip(" (|•·–—-")
    return (before, last.date) if before else None


def count_stamps(line: str) -> int:
    """How many dates with a time stand in `line`, glued to their neighbours or not."""
    return len(_TIMED_DATE.findall(line))
