"""«Астана. 28 ноября. KAZAKHSTAN TODAY – …»: the place, day and agency that open a news text."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from aligner.dates import iter_dates, iter_days

__all__ = ["Dateline", "place_and_date", "split_dateline"]

_MAX_DATELINE = 110

_AGENCY_NAMES = (
    "казинформ|kazinform|qazinform|қазақпарат|qazaqparat|казтаг|қазтаг|kaztag|казахстан сегодня|kazakhstan today"
    "|qazaqstan today|интерфакс(?:-казахстан)?|interfax(?:-kazakhstan)?|тасс|итар-тасс|tass|риа[ -]новости|sputnik"
    "|спутник|bnews|tengrinews|nur|zakon|reuters|рейтер|afp|xinhua|синьхуа|trend|тренд|кабар|24\\.kg|аки ?press"
    "|укринформ|белта|unian|прайм|regnum|ll?s|курсив|kursiv|inbusiness|хабар(?: 24)?|егемен қазақстан"
    "|казахстанская правда|мир 24|мир|atameken business|ақпарат"
)
_KNOWN_AGENCY = re.compile(rf"(?:{_AGENCY_NAMES})(?:\.(?:kz|ru|com))?|[\w-]+\.kz", re.IGNORECASE)
_UPPER = "A-ZА-ЯЁӘҒҚҢӨҰҮҺІ"
_WORD = rf"[{_UPPER}][\w’'ʼ-]*"
_PLACE = re.compile(
    rf"(?:(?:г|қ|гор|пос|с|а)\. ?|город |село )?{_WORD}(?: {_WORD}){{0,3}}"
    r"(?: (?:қ|г)\.?| (?:қаласы|облысы|ауданы|ауылы|кенті|область|район))?"
)
_AGENCY_SHAPE = re.compile(rf"(?:МИА |ИА |АО |НИА )?[«\"]?[{_UPPER}\d][\w.-]*(?: [{_UPPER}\d][\w.-]*){{0,3}}[»\"]?")
_DASH = re.compile(r"\s+[-–—−]+\s*|\s*[–—−]\s*|-\s+")
_BRACKETED = re.compile(
    r"\s*(?:/\s*(?P<slashes>[^/]{2,40}?)\s*/|\((?P<round>[^()]{2,40})\))\s*[.,:]?\s*(?:[-–—−]+\s*)?"
)
_PART_END = re.compile(r"\s*[.,:]\s+|\s*[.,:]$")
_SIGNATURE_WORD = re.compile(
    rf"[{_UPPER}«\"„][\w’'ʼ»\"“.-]*|қаласы|облысы|қ\.|г\.|город|полигоны|күні|ауылы", re.UNICODE
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline, the text after it, and its date where the dateline names the year."""

    text: str
    rest: str
    date: dt.date | None


def split_dateline(text: str) -> Dateline | None:
    """The dateline that opens `text`, or None.

    A dateline names a place, and after it an agency or a full date. What follows the dash has to begin like
    a sentence.
    """
    head = text[:_MAX_DATELINE]
    if not head[:1].isupper() and not head[:1].isdigit() and head[:1] not in "/(г":
        return None
    opening = 1 if head[0] in "/(" else 0
    for end, rest_start, bracketed in _candidate_ends(head, opening):
        kinds = _kinds(head[opening:end].strip(" .,:/("))
        if kinds is None:
            continue
        if bracketed is not None:
            if not _is_agency(bracketed, is_certain=bool(kinds & {"day", "date"})):
                continue
            kinds |= {"agency"}
        rest = text[rest_start:]
        after = re.match(rf"(?:{_KNOWN_AGENCY.pattern})[.,]\s+", rest, re.IGNORECASE)
        if after is not None and kinds & {"day", "date"}:
            rest_start += after.end()
            rest = text[rest_start:]
            kinds |= {"agency"}
        is_dateline = "place" in kinds and ("agency" in kinds or "date" in kinds)
        if is_dateline and (not rest or not rest[0].islower()):
            line = text[:rest_start].strip()
            mention = next(iter_dates(line), None)
            return Dateline(line, rest.strip(), mention.date if mention else None)
    return None


def _candidate_ends(head: str, opening: int) -> list[tuple[int, int, str | None]]:
    """Where a dateline may end, the earliest first: (its end, where the text begins, a bracketed agency)."""
    ends: list[tuple[int, int, str | None]] = []
    for match in _BRACKETED.finditer(head, opening + 1):
        ends.append((match.start(), match.end(), match["slashes"] or match["round"]))
    for match in _DASH.finditer(head, opening + 1):
        ends.append((match.start(), match.end(), None))
    for match in re.finditer(r"\.\s+|\.$|$", head):
        known = re.search(rf"(?:^|[.,]\s)(?:{_KNOWN_AGENCY.pattern})$", head[: match.start()], re.IGNORECASE)
        if known is not None:
            ends.append((match.start(), match.end(), None))
    return sorted(ends, key=lambda end: end[:2])


def _kinds(head: str) -> set[str] | None:
    """What the parts of a dateline are, or None where one of them is none of place, day and agency."""
    days = list(iter_days(head))
    kinds: set[str] = set()
    if len(days) > 1:
        return None
    pieces = [head]
    if days:
        day = days[0]
        kinds.add("date" if day.year is not None else "day")
        pieces = [head[: day.start], re.sub(r"^\s*(?:года|г\.|жыл[ығ]\w*)", "", head[day.end :])]
    parts = [part.strip(" ./:,") for piece in pieces for part in _PART_END.split(piece)]
    parts = [part for part in parts if part]
    if not parts or len(parts) > 4:
        return None
    for position, part in enumerate(parts):
        is_last = position == len(parts) - 1
        if is_last and position > 0 and _is_agency(part, is_certain=bool(days) or _is_shouted(parts[0])):
            kinds.add("agency")
        elif _PLACE.fullmatch(part):
            kinds.add("place")
        else:
            return None
    return kinds


def _is_agency(part: str, is_certain: bool) -> bool:
    if _KNOWN_AGENCY.fullmatch(part.strip('«»"')):
        return True
    return is_certain and _AGENCY_SHAPE.fullmatch(part) is not None


def _is_shouted(part: str) -> bool:
    return len(part) > 2 and part.isupper()


def place_and_date(text: str) -> dt.date | None:
    """The date of a line that is nothing but a place and a full date: «Астана, Ақорда, 2015 жылғы 29 сәуір»."""
    if len(text) > 90:
        return None
    mentions = list(iter_dates(text))
    if len(mentions) != 1 or text[mentions[0].end :].strip(" ."):
        return None
    before = text[: mentions[0].start]
    words = [word.strip(",;") for word in before.split()]
    is_place = len(words) <= 6 and all(_SIGNATURE_WORD.fullmatch(word) for word in words if word)
    return mentions[0].date if is_place else None
