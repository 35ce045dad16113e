"""«Астана. 28 ноября. KAZAKHSTAN TODAY – …»: the place, day and agency that open a news text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from aligner.dates import iter_dates, iter_days

__all__ = ["Dateline", "find_inner_dateline", "place_and_date", "split_dateline"]

_MAX_DATELINE = 110
_MAX_PARTS = 4

# Names that are no common words. Any capitalised name counts where a day stands before it.
_AGENCY_NAMES = (
    "казинформ|kazinform|qazinform|қазақпарат|qazaqparat|казтаг|қазтаг|kaztag|kazakhstan today|qazaqstan today"
    "|интерфакс-казахстан|интерфакс|interfax-kazakhstan|interfax|итар-тасс|тасс|tass|риа[ -]новости|sputnik казахстан"
    "|sputnik қазақстан|sputnik kazakhstan|sputnik|bnews|tengrinews|reuters|рейтер|afp|xinhua|синьхуа|regnum"
    "|акипресс|akipress|белта|анадолу|anadolu|[\\w-]+\\.(?:kz|kg|uz|ru|com)"
)
_KNOWN_AGENCY = re.compile(_AGENCY_NAMES, re.IGNORECASE)
_ENDS_WITH_KNOWN_AGENCY = re.compile(rf"(?:^|[.,]\s)(?:{_AGENCY_NAMES})$", re.IGNORECASE)
_INNER = re.compile(rf"\s[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ-]{{3,}}\. (?i:{_AGENCY_NAMES})\s*[-–—]\s")
_AGENCY_AFTER_DASH = re.compile(rf"(?:{_AGENCY_NAMES})[.,:]\s+", re.IGNORECASE)

_UPPER = "A-ZА-ЯЁӘҒҚҢӨҰҮҺІ"
_PLACE = re.compile(
    rf"(?:(?:г|қ|гор|пос|с|а)\. ?|город |село )?[{_UPPER}][\w’'ʼ-]{{2,}}(?: [{_UPPER}][\w’'ʼ-]*){{0,3}}"
    r"(?: (?:қ|г|қаласы|облысы|ауданы|ауылы|кенті|область|район))?"
)
_AGENCY_SHAPE = re.compile(rf"[«\"]?[{_UPPER}\d][\w.-]*(?: [«\"]?[{_UPPER}\d][\w.-]*(?: [\w-]+)?[»\"]?){{0,3}}[»\"]?")
_SHORT_DAY = re.compile(r"\d{1,2}\s+[а-яәқіңү]{3,4}\.?")
_TOWN_MARK = re.compile(r"(?:^|(?<=[,.]\s))(?:г|қ|гор|пос|с|а)\.\s+")
_DASH = re.compile(r"\s+[-–—−]+\s*|\s*[–—−]\s*|-\s+")
_BRACKETED = re.compile(
    r"\s*(?:/\s*(?P<slashes>[^/]{2,40}?)\s*/|\((?P<round>[^()]{2,40})\))\s*[.,:]?\s*(?:[-–—−]+\s*)?"
)
_STOP = re.compile(r"\.\s+|\.?$")
_PART_END = re.compile(r"\s*[.,:]\s+|\s*[.,:]$")
# `""` is in it: the day may open or close the dateline.
_PART_MARKS = ".,:/"
_YEAR_WORD = re.compile(r"^\s*(?:года|г\.|жыл\w*)")
# «КазТАГ – Мадина Алимханова. …»
_WRITER = re.compile(rf"[{_UPPER}][а-яёәғқңөұүһі]+ [{_UPPER}][а-яёәғқңөұүһі-]+\. (?=[{_UPPER}«\"])")
_SIGNATURE_WORD = re.compile(
    rf"[{_UPPER}«\"„][\w’'ʼ»\"“.-]*|қаласы|облысы|ауданы|ауылы|қ\.?|г\.?|город|резиденциясы|резиденция"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline, the text after it, and its date where the dateline names the year."""

    text: str
    rest: str
    date: dt.date | None


def split_dateline(text: str) -> Dateline | None:
    """The dateline that opens `text`, or None.

    A dateline names a place, and beside it an agency or a full date. What follows has to begin like a
    sentence, not in lower case.
    """
    head = text[:_MAX_DATELINE]
    if not head or not (head[0].isupper() or head[0].isdigit() or head[0] in "/(гқ"):
        return None
    for end, rest_start, bracketed in sorted(_ends(head), key=lambda found: found[:2]):
        kinds = _kinds(head[:end].strip(" .,:/("))
        if kinds is None:
            continue
        if bracketed is not None:
            if not _is_agency(bracketed, has_day=bool(kinds & {"day", "date"})):
                continue
            kinds.add("agency")
        if kinds & {"day", "date"} and (after := _AGENCY_AFTER_DASH.match(text, rest_start)):
            kinds.add("agency")
            rest_start = after.end()
        if "place" not in kinds or not kinds & {"agency", "date"}:
            continue
        if "agency" in kinds and (writer := _WRITER.match(text, rest_start)):
            rest_start = writer.end()
        rest = text[rest_start:].strip()
        if rest and rest[0].islower():
            continue
        dateline = text[:rest_start].strip()
        mention = next(iter_dates(dateline), None)
        return Dateline(dateline, rest, mention.date if mention else None)
    return None


def find_inner_dateline(text: str) -> int | None:
    """Where a dateline in capitals with a known agency begins behind a headline in one line with it, or None."""
    match = _INNER.search(text)
    return None if match is None else match.start() + 1


def _ends(head: str) -> Iterator[tuple[int, int, str | None]]:
    """Where a dateline may end: its own end, where the text begins, and the agency in brackets."""
    for match in _BRACKETED.finditer(head, 1):
        yield match.start(), match.end(), match["slashes"] or match["round"]
    for match in _DASH.finditer(head, 1):
        yield match.start(), match.end(), None
    for match in _STOP.finditer(head, 1):
        if _ENDS_WITH_KNOWN_AGENCY.search(head[: match.start()]):
            yield match.start(), match.end(), None


def _kinds(head: str) -> set[str] | None:
    """What the parts of `head` are, or None where one is none of place, day, full date and agency."""
    head = _TOWN_MARK.sub("", head)
    days = list(iter_days(head))
    if len(days) > 1:
        return None
    kinds: set[str] = set()
    pieces = [head]
    if days:
        kinds.add("day" if days[0].year is None else "date")
        before, after = head[: days[0].start].rstrip(), _YEAR_WORD.sub("", head[days[0].end :]).lstrip()
        if before[-1:] not in _PART_MARKS or after[:1] not in _PART_MARKS:
            return None
        pieces = [before, after]
    parts = [part.strip(" ./:,") for piece in pieces for part in _PART_END.split(piece)]
    parts = [part for part in parts if part]
    if not days and len(parts) > 1 and _SHORT_DAY.fullmatch(parts[-1]):
        kinds.add("day")
        parts.pop()
    if not parts or len(parts) > _MAX_PARTS:
        return None
    is_shouted = len(parts[0]) > 2 and parts[0].isupper()
    for position, part in enumerate(parts):
        if 0 < position == len(parts) - 1 and _is_agency(part, has_day=bool(days) or (is_shouted and part.isupper())):
            kinds.add("agency")
        elif _PLACE.fullmatch(part):
            kinds.add("place")
        else:
            return None
    return kinds


def _is_agency(part: str, has_day: bool) -> bool:
    if _KNOWN_AGENCY.fullmatch(part.strip('«»"')):
        return True
    return has_day and _AGENCY_SHAPE.fullmatch(part) is not None


def place_and_date(text: str) -> dt.date | None:
    """The date of a line that is nothing but a place and a full date: «Астана, Ақорда, 2015 жылғы 29 сәуір»."""
    if len(text) > 90:
        return None
    mentions = list(iter_dates(text))
    if len(mentions) != 1 or text[mentions[0].end :].strip(" ."):
        return None
    words = [word for word in re.split(r"[,;\s]+", text[: mentions[0].start]) if word]
    is_place = len(words) <= 6 and all(_SIGNATURE_WORD.fullmatch(word) for word in words)
    return mentions[0].date if is_place else None
