"""What stands in a publication's file and is not its text: credits, datelines, counters, navigation."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aligner.dates import parse_date
from aligner.ingest.credits import find_inline_credit, is_credit, leading_credit_end
from aligner.ingest.datelines import place_and_date, split_dateline
from aligner.ingest.headlines import is_headline
from aligner.ingest.navigation import find_inline_source, is_byline, is_navigation, is_source, is_view_count
from aligner.ingest.stamps import count_stamps, leading_stamp
from aligner.records import Dropped

__all__ = ["Cleaned", "Line", "drop_residue", "residue_reason"]

_CLOCK = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d")
_BARE_NUMBER = re.compile(r"\d{1,3}(?:\s\d{3})+|\d+")
_GLUED_CLOCK = re.compile(r"\d\d:\d\d(?:\d{3,})?[^\W\d]")
# A date alone in its line is the date of publication only near the top.
_LINES_ABOVE_A_STAMP = 2
_MAX_BARE_DATE = 60


@dataclass(frozen=True, slots=True)
class Line:
    """A line that stays; `had_dateline` where a dateline was cut off its beginning."""

    text: str
    had_dateline: bool = False


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The lines that stay, what was dropped, and the dates that were found on the way.

    `stamp_date` comes of a dropped stamp; `text_date` of a dateline or a signature, where they name a year.
    """

    lines: tuple[Line, ...]
    dropped: tuple[Dropped, ...]
    stamp_date: dt.date | None
    text_date: dt.date | None


def drop_residue(lines: Sequence[str], as_of: dt.date | None = None, in_strip: bool = False) -> Cleaned:
    """`lines` of one publication, clean and not empty, without what is not its text.

    `as_of` is the day on which it was saved, where that is known. `in_strip` says that the lines are an item
    of a news strip, where a time stamp opens something else wherever it stands; in any other text it may be
    the text of a programme.
    """
    kept: list[Line] = []
    dropped: list[Dropped] = []
    timed_dates: list[dt.date] = []
    other_dates: list[dt.date] = []
    dateline_date: dt.date | None = None
    is_after_stamp = False
    for line in lines:
        reason = residue_reason(line)
        was_after_stamp, is_after_stamp = is_after_stamp, False
        if reason is None:
            is_near_top = len(kept) <= _LINES_ABOVE_A_STAMP
            stamp = leading_stamp(line, as_of)
            if stamp is not None and stamp.rest:
                if stamp.is_labelled:
                    dropped.append(Dropped(stamp.text, "date stamp"))
                    line = stamp.rest
                elif is_headline(stamp.rest) and stamp.is_timed and (stamp.has_views or in_strip):
                    reason = "navigation"
            elif stamp is not None and (
                is_near_top or stamp.has_views or stamp.is_labelled or (in_strip and stamp.is_timed)
            ):
                reason, is_after_stamp = "date stamp", True
                if stamp.date is not None and (is_near_top or stamp.is_labelled):
                    (timed_dates if stamp.is_timed and is_near_top else other_dates).append(stamp.date)
            elif is_near_top and _CLOCK.fullmatch(line):
                reason = "date stamp"
            elif was_after_stamp and _BARE_NUMBER.fullmatch(line):
                reason = "view count"
        if reason is not None:
            dropped.append(Dropped(line, reason))
            continue
        text, glued = _without_glued(line)
        dropped.extend(glued)
        dateline = split_dateline(text)
        if dateline is not None:
            dropped.append(Dropped(dateline.text, "dateline"))
            text = dateline.rest
            dateline_date = dateline_date or dateline.date
        if text:
            kept.append(Line(text, dateline is not None))
    # Several days without a time are the days of other items, as on a page that lists them.
    stated = timed_dates[:1] or (other_dates if len(set(other_dates)) == 1 else [])
    return Cleaned(tuple(kept), tuple(dropped), stated[0] if stated else None, dateline_date or _signature_date(kept))


def residue_reason(line: str) -> str | None:
    """Why the whole of `line` is no text of its publication, or None where it is."""
    if not any(map(str.isalnum, line)):
        return "section mark"
    if is_credit(line):
        return "photo credit"
    if is_view_count(line):
        return "view count"
    if is_source(line):
        return "source link"
    if is_navigation(line) or _is_headline_strip(line):
        return "navigation"
    if is_byline(line):
        return "byline"
    return None


def _without_glued(line: str) -> tuple[str, list[Dropped]]:
    """`line` without the credits and the source that are glued to its ends."""
    dropped: list[Dropped] = []
    start = leading_credit_end(line)
    if start:
        dropped.append(Dropped(line[:start].strip(), "photo credit"))
    text = line[start:]
    for match, reason in _glued_ends(text):
        dropped.append(Dropped(match[0].strip(), reason))
        text = text[: match.start()].rstrip()
    return text, dropped


def _glued_ends(text: str) -> Iterator[tuple[re.Match[str], str]]:
    source = find_inline_source(text)
    if source is not None:
        yield source, "source link"
        text = text[: source.start()].rstrip()
    credit = find_inline_credit(text)
    if credit is not None:
        yield credit, "photo credit"


def _is_headline_strip(line: str) -> bool:
    """True for headlines of other items, each behind its date and time, in one line."""
    stamps = count_stamps(line)
    is_strip = stamps >= 3 or (stamps == 2 and _GLUED_CLOCK.search(line) is not None)
    return is_strip and leading_stamp(line) is not None


def _signature_date(lines: Sequence[Line]) -> dt.date | None:
    """The date of a «Астана, Ақорда, 2015 жылғы 29 сәуір» near the beginning or the end."""
    texts = [line.text for line in lines]
    edges = texts if len(texts) <= 7 else texts[:3] + texts[-4:]
    found = {place_and_date(text) or (parse_date(text) if len(text) <= _MAX_BARE_DATE else None) for text in edges}
    dates = found - {None}
    return dates.pop() if len(dates) == 1 else None
