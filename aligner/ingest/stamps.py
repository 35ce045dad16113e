"""The lines by which news pages say when an item appeared and how often it was opened."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from aligner.dates import iter_dates, iter_days

__all__ = ["CrawlStamp", "Stamp", "count_stamps", "crawl_stamp", "first_inner_stamp", "leading_stamp", "trailing_date"]

_NUMBER = r"(?:\d{1,3}(?: \d{3})+(?!\d)|\d+)"
_VIEWS_WORD = (
    r"(?:👁️?|(?:количество |кол-во |число )?просмотр\w*|прочита\w+|(?:рет )?қарал\w*(?: саны)?|көрілім\w*"
    r"|(?:рет )?оқыл\w*|views?)"
)
_GAP = r"\s*[,|•·/–—-]?\s*"
_LABEL = re.compile(
    r"(?:дата(?: и время)?(?: публикации)?|опубликован[оа]?|размещено|изменено|обновлено|добавлено|время публикации"
    r"|жарияланған(?: күні| уақыты)?|жарияланды|жарық көрді|жаңартылған|жаңартылды|орналастырылды|өзгертілді"
    r"|күні|уақыты|published|posted|updated|date)\s*[:：—–-]?\s*",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"(?:понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|дүйсенбі|сейсенбі|сәрсенбі|бейсенбі|жұма"
    r"|сенбі|жексенбі),?\s+",
    re.IGNORECASE,
)
# Only with a colon: «14.03» opens a date.
_TIME_FIRST = re.compile(rf"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?{_GAP}")
# «12:00Нацбанк» is glued; «сағат 11.00-де» is a sentence.
_TIME_AFTER = re.compile(
    rf"{_GAP}(?:в|at|сағат)?\s*(?:[01]?\d|2[0-3])(?::[0-5]\d(?::[0-5]\d)?(?![-:])|\.[0-5]\d(?![\w.-]))", re.IGNORECASE
)
_VIEWS_AFTER = re.compile(
    rf"{_GAP}(?P<word>{_VIEWS_WORD}\s*:?\s*)?{_NUMBER}(?P<word_after>\s*{_VIEWS_WORD})?", re.IGNORECASE
)
_DAY_WORD = re.compile(r"(?P<today>сегодня|бүгін|today)|(?P<yesterday>вчера|кеше|yesterday)", re.IGNORECASE)
_TIMED_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.(?:19|20)\d\d,?\s*[0-2]?\d:[0-5]\d")
_CRAWL = re.compile(r"date:?\s+(?P<date>\d{4}-\d\d-\d\d)\b[T\s]*(?P<rest>.*)", re.IGNORECASE)
_EDGES = " \t,.;:|•·/–—-"
_MAX_DATE = 60


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date at the beginning of a line, perhaps with a time and a number of views; `rest` is what follows.

    `date` is None where the stamp names no year and none can be concluded. `is_labelled` where a word such as
    «Опубликовано» introduces it.
    """

    text: str
    date: dt.date | None
    is_timed: bool
    has_views: bool
    is_labelled: bool
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


def leading_stamp(line: str, as_of: dt.date | None = None) -> Stamp | None:
    """The stamp that opens `line`, or None.

    A day without a year, «сегодня» and «кеше» need a time beside them and count from `as_of`. A number
    behind the date counts as views where it closes the line, follows a time, or is called so.
    """
    label = _LABEL.match(line)
    start = label.end() if label else 0
    weekday = _WEEKDAY.match(line, start)
    start = weekday.end() if weekday else start
    early = _TIME_FIRST.match(line, start)
    day_start = early.end() if early else start
    found = _leading_day(line[day_start : day_start + _MAX_DATE], as_of)
    if found is None:
        return None
    date, length, has_year = found
    end = day_start + length
    late = None if early else _TIME_AFTER.match(line, end)
    if late is not None:
        end = late.end()
    is_timed = early is not None or late is not None
    if not has_year and not is_timed:
        return None
    views = _VIEWS_AFTER.match(line, end)
    has_views = False
    if views is not None:
        rest = line[views.end() :].lstrip(_EDGES)
        is_called_views = bool(views["word"] or views["word_after"])
        # «14:46 600 млрд тенге выделят»: a number before a small letter belongs to the headline.
        has_views = is_called_views or not rest or (is_timed and not rest[0].islower())
        end = views.end() if has_views else end
    rest = line[end:].lstrip(_EDGES).rstrip()
    if not any(map(str.isalpha, rest)):
        # Further counters, with or without their pictograms.
        end, rest, has_views = len(line), "", has_views or bool(rest)
    elif label is not None and _LABEL.match(rest) and (second := leading_stamp(rest, as_of)) is not None:
        # «Размещено: … Изменено: …»
        rest = second.rest
        end = len(line) - len(rest)
    return Stamp(line[:end].strip(), date, is_timed, has_views, label is not None, rest)


def _leading_day(text: str, as_of: dt.date | None) -> tuple[dt.date | None, int, bool] | None:
    """The day that opens `text`: its date, its length, and whether it names its year."""
    mention = next(iter_dates(text), None)
    if mention is not None and mention.start == 0:
        return mention.date, mention.end, True
    word = _DAY_WORD.match(text)
    if word is not None:
        ago = dt.timedelta(days=1 if word["yesterday"] else 0)
        return (None if as_of is None else as_of - ago), word.end(), False
    day = next(iter_days(text), None)
    if day is None or day.start != 0 or day.year is not None:
        return None
    date = None
    if as_of is not None:
        # The crawler came after the item, so a later day is one of the year before.
        year = as_of.year - ((day.month, day.day) > (as_of.month, as_of.day))
        dated = next(iter_dates(text, default_year=year), None)
        date = None if dated is None else dated.date
    return date, day.end, False


def trailing_date(line: str) -> tuple[str, dt.date] | None:
    """The text before a date that closes `line`, and that date; None where no text or no date is there."""
    stripped = line.rstrip(" )")
    mentions = list(iter_dates(stripped))
    if not mentions:
        return None
    last = mentions[-1]
    after = stripped[last.end :]
    if after and not _TIME_AFTER.fullmatch(after):
        return None
    before = line[: last.start].rstrip(" (|•·–—-")
    return (before, last.date) if before else None


def first_inner_stamp(text: str) -> int | None:
    """Where the first date with a time stands in `text`, glued to its neighbours or not, or None."""
    match = _TIMED_DATE.search(text)
    return match.start() if match else None


def count_stamps(line: str) -> int:
    """How many dates with a time stand in `line`, glued to their neighbours or not."""
    return len(_TIMED_DATE.findall(line))
