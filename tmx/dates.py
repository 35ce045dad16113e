"""Dates as TMX writes them, and as other tools do."""

from __future__ import annotations

import datetime as dt
import re

__all__ = ["format_date", "parse_date"]

_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?Z?)?\Z", re.IGNORECASE)
_EXTENDED = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?\Z", re.IGNORECASE
)
_DAY_FIRST = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})(?:,? (\d{1,2}):(\d\d)(?::(\d\d))?)?\Z")


def format_date(moment: dt.datetime) -> str:
    """`YYYYMMDDThhmmssZ`, as TMX 1.4b asks. A moment without a zone is taken to be UTC."""
    if moment.tzinfo is not None:
        moment = moment.astimezone(dt.UTC)
    return f"{moment:%Y%m%dT%H%M%SZ}" if moment.year >= 1000 else f"{moment.year:04}{moment:%m%dT%H%M%SZ}"


def parse_date(text: str) -> dt.datetime | None:
    """The moment in UTC, or None where it can't be told.

    Reads the form of TMX, ISO 8601 with dashes and colons, and day.month.year; a date alone is midnight.
    """
    text = text.strip()
    if (match := _BASIC.match(text)) or (match := _EXTENDED.match(text)):
        year, month, day, *clock = match.groups()
    elif match := _DAY_FIRST.match(text):
        day, month, year, *clock = match.groups()
    else:
        return None
    hour, minute, second = (int(each or 0) for each in clock[:3])
    try:
        moment = dt.datetime(int(year), int(month), int(day), hour, minute, second, tzinfo=dt.UTC)
        zone = clock[3] if len(clock) > 3 else None
        if zone and zone not in "Zz":
            shift = dt.timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
            moment = moment - shift if zone[0] == "+" else moment + shift
    except (ValueError, OverflowError):
        return None
    return moment
