"""One text file that holds many publications → each of them, told apart by structure alone.

Four shapes are known: parts between lines of `///`; items opened by a line with a date and a time
(agency strips); items whose headline ends with a date and whose text ends with its source (gov.kz); and
what a crawler saved under one ` date YYYY-MM-DD` each.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aligner.ingest.draft import Draft
from aligner.ingest.headlines import blocks_from_lines, is_headline
from aligner.ingest.residue import drop_residue, residue_reason
from aligner.ingest.stamps import Stamp, crawl_stamp, leading_stamp, trailing_date
from aligner.records import Dropped

__all__ = ["iter_publications"]

_SLASHES = re.compile(r"/{3,}")
_SLASHES_AT_EDGE = re.compile(r"^\s*/{3,}|(?<![:/])/{3,}\s*$")
_SLASHES_INSIDE = re.compile(r"(?<!:)/{3,}")
_SOURCE_AT_END = re.compile(
    r"(?:source|источник|дереккөз[іи]?|сілтеме|ссылка)\s*[:：]\s*(?:https?://|www\.)\S+$", re.IGNORECASE
)
_DATE_AFTER_PREPOSITION = re.compile(
    r"(?:\b(?:от|с|со|до|по|на|к|за|из|from|on|until|by|of|бастап|дейін)|№\s*\S+)$", re.IGNORECASE
)
_MAX_STRIP_TITLE = 300
# A dump has headlines where at least this share of its parts opens with one.
_MIN_HEADLINE_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class _Item:
    """The lines of one publication, and what its opening line said of it."""

    lines: tuple[str, ...]
    title: str | None = None
    date: dt.date | None = None
    dropped: tuple[Dropped, ...] = ()


def iter_publications(lines: Sequence[str]) -> Iterator[Draft]:
    """The publications in `lines`, which are clean and may be empty: one without `part`, or many with it."""
    parts = _split_at_slashes(lines)
    if len(parts) > 1:
        yield from _parts_of_dump(parts)
        return
    text_lines = [line for line in parts[0] if line] if parts else []
    items = _split_items(text_lines)
    if len(items) == 1:
        yield _publication(items[0], part=None, has_title_line=None)
        return
    for number, item in enumerate(items, start=1):
        yield _publication(item, part=number, has_title_line=True)


def _split_at_slashes(lines: Sequence[str]) -> list[list[str]]:
    """The parts between `///`; where such a line is found, it also counts when glued inside another."""
    if not any(_SLASHES_AT_EDGE.search(line) for line in lines):
        return [list(lines)]
    parts: list[list[str]] = [[]]
    for line in lines:
        pieces = _SLASHES_INSIDE.split(line)
        parts[-1].append(pieces[0].strip())
        parts.extend([piece.strip()] for piece in pieces[1:])
    return [part for part in parts if any(part)] + [[]]


def _parts_of_dump(parts: Sequence[Sequence[str]]) -> Iterator[Draft]:
    full = [[line for line in part if line] for part in parts if any(part)]
    headlines = sum(is_headline(part[0]) and len(part) > 1 for part in full)
    has_headlines = headlines >= _MIN_HEADLINE_SHARE * len(full)
    for number, part in enumerate(full, start=1):
        item = _without_crawl_stamp(part)
        yield _publication(item, part=number, has_title_line=None if has_headlines else False)


def _without_crawl_stamp(lines: Sequence[str]) -> _Item:
    stamp = crawl_stamp(lines[0]) if lines else None
    if stamp is None:
        return _Item(tuple(lines))
    rest = (stamp.rest,) if stamp.rest else ()
    return _Item((*rest, *lines[1:]), date=stamp.date, dropped=(Dropped(stamp.text, "date stamp"),))


def _split_items(lines: Sequence[str]) -> list[_Item]:
    crawled = [index for index, line in enumerate(lines) if crawl_stamp(line) is not None]
    if len(crawled) > 1:
        bounds = [0, *crawled] if crawled[0] > 0 else crawled
        return [_without_crawl_stamp(piece) for piece in _pieces(lines, bounds)]
    whole = _without_crawl_stamp(lines)
    for split in (_by_stamps, _by_dated_headlines, _by_sources):
        items = split(whole.lines)
        if len(items) > 1:
            first = items[0]
            items[0] = _Item(first.lines, first.title, first.date, (*whole.dropped, *first.dropped))
            return [_Item(item.lines, item.title, item.date or whole.date, item.dropped) for item in items]
    return [whole]


def _by_stamps(lines: Sequence[str]) -> list[_Item]:
    """Items opened by a line with a date and a time, or with their headline right before that line."""
    stamps = {index: stamp for index, line in enumerate(lines) if (stamp := _opening_stamp(line)) is not None}
    alone = [index for index, stamp in stamps.items() if not stamp.rest and (stamp.is_timed or stamp.has_views)]
    if len(alone) < 2:
        alone = _date_lines_that_open(lines, stamps)
    if len(alone) >= 2:
        return _items_from(lines, _shifted_to_titles(lines, alone), stamps)
    titled = [
        index
        for index, stamp in stamps.items()
        if stamp.rest and stamp.is_timed and index + 1 < len(lines) and index + 1 not in stamps
    ]
    return _items_from(lines, titled, stamps) if len(titled) >= 2 else []


def _opening_stamp(line: str) -> Stamp | None:
    return leading_stamp(line) if len(line) <= _MAX_STRIP_TITLE and residue_reason(line) is None else None


def _date_lines_that_open(lines: Sequence[str], stamps: dict[int, Stamp]) -> list[int]:
    """Lines that are a bare date, where each stands beside a headline and the first at the very top."""
    bare = [index for index, stamp in stamps.items() if not stamp.rest]
    if len(bare) < 2 or bare[0] > 1:
        return []
    before = bare[0] == 1
    beside = [index - 1 if before else index + 1 for index in bare]
    return bare if all(index < len(lines) and is_headline(lines[index]) for index in beside) else []


def _shifted_to_titles(lines: Sequence[str], stamps: Sequence[int]) -> list[int]:
    """Where the items begin: at their stamps, or one line earlier where headlines stand before the stamps."""
    before = sum(index > 0 and is_headline(lines[index - 1]) for index in stamps)
    after = sum(index + 1 < len(lines) and is_headline(lines[index + 1]) for index in stamps)
    if before <= after:
        return list(stamps)
    return [index - 1 if index > 0 and is_headline(lines[index - 1]) else index for index in stamps]


def _by_dated_headlines(lines: Sequence[str]) -> list[_Item]:
    """Items whose headline ends with a date; each, or at least a third of them, ends with its source."""
    openers: dict[int, tuple[str, dt.date]] = {}
    for index, line in enumerate(lines):
        if len(line) > _MAX_STRIP_TITLE or index + 1 >= len(lines):
            continue
        dated = trailing_date(line)
        if dated is not None and not _DATE_AFTER_PREPOSITION.search(dated[0]) and any(map(str.isalpha, dated[0])):
            openers[index] = dated
    sources = sum(_SOURCE_AT_END.search(line) is not None for line in lines)
    if len(openers) < 2 or 3 * sources < len(openers):
        return []
    items = []
    for position, piece in enumerate(_pieces(lines, list(openers))):
        title, date = list(openers.values())[position]
        stamp = piece[0][len(title) :].strip(" (|•·–—-)")
        items.append(_Item(tuple(piece[1:]), title, date, (Dropped(stamp, "date stamp"),)))
    return _with_preamble(items, lines[: next(iter(openers))])


def _by_sources(lines: Sequence[str]) -> list[_Item]:
    """Items that each end with a line `Source: URL`."""
    ends = [index for index, line in enumerate(lines) if _SOURCE_AT_END.search(line)]
    if len(ends) < 2:
        return []
    bounds = [0, *(index + 1 for index in ends)]
    pieces = _pieces(lines, bounds)
    return [_Item(tuple(piece)) for piece in pieces if any(residue_reason(line) is None for line in piece)]


def _items_from(lines: Sequence[str], openers: Sequence[int], stamps: dict[int, Stamp]) -> list[_Item]:
    items = []
    for start, piece in zip(openers, _pieces(lines, openers), strict=True):
        stamp_at = start if start in stamps else start + 1
        stamp = stamps[stamp_at]
        rest = [line for offset, line in enumerate(piece) if start + offset != stamp_at]
        dropped = (Dropped(stamp.text, "date stamp"),)
        items.append(_Item(tuple(rest), stamp.rest or None, stamp.date, dropped))
    return _with_preamble(items, lines[: openers[0]])


def _with_preamble(items: list[_Item], preamble: Sequence[str]) -> list[_Item]:
    """What stands before the first item: a publication where it has a sentence, a rubric otherwise."""
    if not preamble:
        return items
    if any(len(line) > 100 or line[-1] in ".!?…" for line in preamble):
        return [_Item(tuple(preamble)), *items]
    first = items[0]
    rubric = tuple(Dropped(line, residue_reason(line) or "navigation") for line in preamble)
    return [_Item(first.lines, first.title, first.date, (*rubric, *first.dropped)), *items[1:]]


def _pieces(lines: Sequence[str], starts: Sequence[int]) -> list[Sequence[str]]:
    bounds = [*starts, len(lines)]
    return [lines[start:end] for start, end in itertools.pairwise(bounds) if start < end]


def _publication(item: _Item, part: int | None, has_title_line: bool | None) -> Draft:
    """`has_title_line`: True where the dump's shape gives each item one, None where its look decides."""
    cleaned = drop_residue(item.lines)
    texts = [line.text for line in cleaned.lines]
    title = item.title
    if title is None and len(texts) > 1 and not cleaned.lines[0].had_dateline:
        first = texts[0]
        if (has_title_line and len(first) <= _MAX_STRIP_TITLE and first[-1] not in ".…:;,") or (
            has_title_line is None and is_headline(first)
        ):
            title = first
            texts = texts[1:]
    return Draft(
        blocks=blocks_from_lines(texts, title),
        title=title,
        date=_publication_date(item, cleaned.date, part),
        part=part,
        dropped=(*item.dropped, *cleaned.dropped),
    )


def _publication_date(item: _Item, stated: dt.date | None, part: int | None) -> dt.date | None:
    return item.date or stated
