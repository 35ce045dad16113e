"""One text file that holds many publications → each of them, told apart by structure alone.

Four shapes are known: parts between lines of `///`; items opened by a line with a date and a time
(agency strips); items whose headline ends with a date and whose text ends with its source (gov.kz); and
what a crawler saved under one ` date YYYY-MM-DD` each.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from aligner.ingest.datelines import find_inner_dateline
from aligner.ingest.draft import Draft
from aligner.ingest.headlines import blocks_from_lines, is_headline
from aligner.ingest.navigation import find_inline_source
from aligner.ingest.residue import Cleaned, drop_residue, residue_reason
from aligner.ingest.stamps import Stamp, crawl_stamp, first_inner_stamp, leading_stamp, trailing_date
from aligner.records import Dropped

__all__ = ["iter_publications"]

# Not the three slashes of `file:///`.
_SLASHES = re.compile(r"(?<![:/])/{3,}")
_SLASHES_AT_EDGE = re.compile(r"^/{3,}|(?<![:/])/{3,}$")
_AFTER_PREPOSITION = re.compile(r"(?:\b(?:от|с|со|до|по|на|к|за|из|в|from|on|until|by|of|in)|№\s*\S+)$", re.IGNORECASE)
_MAX_STRIP_TITLE = 300
_MAX_PREAMBLE_LINE = 100
_FEWEST_SENTENCE_WORDS = 2
# A strip consists of items from its beginning, apart from the names of the site and the rubric.
_MAX_LINES_ABOVE = 5
_FEWEST_TITLE_WORDS = 3
# A dump has headlines where at least this share of its parts opens with what reads like one.
_MIN_HEADLINE_SHARE = 0.5
# Of the items with dated headlines, at least this share has to name its source.
_MIN_SOURCE_SHARE = 1 / 3


@dataclass(frozen=True, slots=True)
class _Item:
    """The lines of one publication, what its opening line says of it, and the day on which it was saved.

    `is_opened` where there is such a line, so that what comes next is the title, whatever mark ends it.
    """

    lines: tuple[str, ...]
    is_opened: bool = False
    title: str | None = None
    date: dt.date | None = None
    saved: dt.date | None = None
    dropped: tuple[Dropped, ...] = ()


def iter_publications(lines: Sequence[str]) -> Iterator[Draft]:
    """The publications in `lines`, which are clean and may be empty: one without `part`, or many with it."""
    parts = _split_at_slashes(lines)
    if parts is not None:
        items = [_without_crawl_stamp(part) for part in parts]
        cleaned = [drop_residue(item.lines, item.saved) for item in items]
        headlines = sum(_opens_with_headline(one) for one in cleaned)
        has_headlines = headlines >= _MIN_HEADLINE_SHARE * len(cleaned)
        for number, (item, one) in enumerate(zip(items, cleaned, strict=True), start=1):
            yield _publication(item, one, number, has_title=has_headlines and _opens_with_headline(one))
        return
    items = _split_items([line for line in lines if line]) if any(lines) else []
    cleaned = [drop_residue(item.lines, item.saved, in_strip=len(items) > 1) for item in items]
    items, cleaned = _with_cut_off_item(*_without_listed_headlines(items, cleaned))
    for number, (item, one) in enumerate(zip(items, cleaned, strict=True), start=1):
        has_title = _opens_with_title(one) if item.is_opened else _opens_with_headline(one)
        yield _publication(item, one, number if len(items) > 1 else None, has_title)


def _without_listed_headlines(items: list[_Item], cleaned: list[Cleaned]) -> tuple[list[_Item], list[Cleaned]]:
    """Two or more items at the end that are only headlines are a list of other items, dropped with the last."""
    end = len(items)
    while end > 1 and _is_only_headline(items[end - 1], cleaned[end - 1]):
        end -= 1
    if len(items) - end < 2:
        return items, cleaned
    listed = tuple(
        Dropped(line, "navigation")
        for item in items[end:]
        for line in (*(drop.text for drop in item.dropped), item.title, *item.lines)
        if line
    )
    last = replace(cleaned[end - 1], dropped=(*cleaned[end - 1].dropped, *listed))
    return items[:end], [*cleaned[: end - 1], last]


def _with_cut_off_item(items: list[_Item], cleaned: list[Cleaned]) -> tuple[list[_Item], list[Cleaned]]:
    """The first headline of a list glued to the end of a strip is its last item, of which nothing else was kept."""
    listed = cleaned[-1].dropped[-1] if len(items) > 1 and cleaned[-1].dropped else None
    if listed is None or listed.reason != "navigation" or not items[-1].is_opened:
        return items, cleaned
    stamp = leading_stamp(listed.text)
    after = first_inner_stamp(stamp.rest) if stamp is not None and stamp.is_timed else None
    if stamp is None or not after or not is_headline(title := stamp.rest[:after].strip()):
        return items, cleaned
    rest = Dropped(stamp.rest[after:].strip(), "navigation")
    last = replace(cleaned[-1], dropped=(*cleaned[-1].dropped[:-1], rest))
    item = _Item((), is_opened=True, title=title, date=stamp.date, dropped=(Dropped(stamp.text, "date stamp"),))
    return [*items, item], [*cleaned[:-1], last, Cleaned((), (), None, None)]


def _is_only_headline(item: _Item, cleaned: Cleaned) -> bool:
    texts = [line.text for line in cleaned.lines]
    return not texts or (item.title is None and len(texts) == 1 and is_headline(texts[0]))


def _publication(item: _Item, cleaned: Cleaned, part: int | None, has_title: bool) -> Draft:
    texts = [line.text for line in cleaned.lines]
    title = item.title
    if title is None and has_title:
        title = texts.pop(0)
    return Draft(
        blocks=blocks_from_lines(texts, title),
        title=title,
        date=item.date or cleaned.stamp_date or item.saved or cleaned.text_date,
        part=part,
        dropped=(*item.dropped, *cleaned.dropped),
    )


def _opens_with_headline(cleaned: Cleaned) -> bool:
    lines = cleaned.lines
    return len(lines) > 1 and not lines[0].had_dateline and is_headline(lines[0].text)


def _opens_with_title(cleaned: Cleaned) -> bool:
    lines = cleaned.lines
    return len(lines) > 1 and not lines[0].had_dateline and _can_be_title(lines[0].text)


def _can_be_title(line: str) -> bool:
    return len(line) <= _MAX_STRIP_TITLE and line[-1] not in ".…:;," and any(map(str.isalpha, line))


def _split_at_slashes(lines: Sequence[str]) -> list[list[str]] | None:
    """The parts between `///` that have text, or None where no line begins or ends with it.

    In a dump of this kind it also counts where it is glued into the middle of a line.
    """
    if not any(_SLASHES_AT_EDGE.search(line) for line in lines):
        return None
    parts: list[list[str]] = [[]]
    for line in lines:
        first, *others = _SLASHES.split(line)
        parts[-1].append(first.strip())
        parts.extend([other.strip()] for other in others)
    return [full for part in parts if (full := [line for line in part if line])]


def _without_crawl_stamp(lines: Sequence[str]) -> _Item:
    stamp = crawl_stamp(lines[0])
    if stamp is None:
        return _Item(tuple(lines))
    rest = (stamp.rest,) if stamp.rest else ()
    return _Item((*rest, *lines[1:]), saved=stamp.date, dropped=(Dropped(stamp.text, "date stamp"),))


def _split_items(lines: Sequence[str]) -> list[_Item]:
    saved = [index for index, line in enumerate(lines) if crawl_stamp(line) is not None]
    if len(saved) > 1:
        starts = saved if saved[0] == 0 else [0, *saved]
        return [item for piece in _pieces(lines, starts) for item in _split_items(piece)]
    whole = _without_crawl_stamp(lines)
    items = _by_stamps(whole.lines, whole.saved) or _by_dated_headlines(whole.lines) or _by_sources(whole.lines)
    if not items:
        return [whole]
    items[0] = replace(items[0], dropped=(*whole.dropped, *items[0].dropped))
    return [replace(item, saved=whole.saved) for item in items]


def _by_stamps(lines: Sequence[str], as_of: dt.date | None) -> list[_Item]:
    """Items opened by a line with a date and a time, or with their headline right before that line."""
    stamps = {
        index: stamp
        for index, line in enumerate(lines)
        if (stamp := leading_stamp(line, as_of)) is not None and residue_reason(line) is None
    }
    alone = [index for index, stamp in stamps.items() if not stamp.rest and (stamp.is_timed or stamp.has_views)]
    titled = [index for index, stamp in stamps.items() if stamp.rest and stamp.is_timed]
    titled = [index for index in titled if index + 1 < len(lines) and index + 1 not in stamps]
    shapes = (alone, _bare_dates_that_open(lines, stamps), titled)
    openers = next((shape for shape in shapes if len(shape) >= 2), alone)
    # The stamps of a programme have no text below them; under a lone release other headlines may be listed.
    have_text = [any(map(_is_sentence, piece)) for piece in _pieces(lines, openers)]
    is_lone_release = bool(openers) and openers[0] <= 1 and have_text[0]
    is_strip = sum(have_text) >= 2 and openers[0] <= _MAX_LINES_ABOVE
    if not is_strip and not is_lone_release:
        return []
    return _items_at(lines, _moved_to_titles(lines, openers, stamps), stamps)


def _is_sentence(line: str) -> bool:
    return len(line) > _MAX_PREAMBLE_LINE or (line[-1] in ".!?…" and len(line.split()) >= _FEWEST_SENTENCE_WORDS)


def _bare_dates_that_open(lines: Sequence[str], stamps: Mapping[int, Stamp]) -> list[int]:
    """Lines that are a bare date, where each stands beside a headline and the first at the very top."""
    bare = [index for index, stamp in stamps.items() if not stamp.rest]
    if len(bare) < 2 or bare[0] > 1:
        return []
    step = -1 if bare[0] == 1 else 1
    return bare if all(0 <= index + step < len(lines) and is_headline(lines[index + step]) for index in bare) else []


def _moved_to_titles(lines: Sequence[str], openers: Sequence[int], stamps: Mapping[int, Stamp]) -> list[int]:
    """Where the items begin: at their stamps, or one line earlier where headlines stand before the stamps."""
    if any(stamps[index].rest for index in openers):
        return list(openers)
    titles = {
        index
        for index in openers
        if index > 0
        and index - 1 not in stamps
        and _can_be_title(lines[index - 1])
        and residue_reason(lines[index - 1]) is None
    }
    before = sum(_is_more_than_rubric(lines[index - 1]) for index in titles)
    after = sum(index + 1 < len(lines) and is_headline(lines[index + 1]) for index in openers)
    if before <= after and before < len(openers):
        return list(openers)
    return [index - 1 if index in titles else index for index in openers]


def _is_more_than_rubric(line: str) -> bool:
    return len(line.split()) >= _FEWEST_TITLE_WORDS


def _items_at(lines: Sequence[str], starts: Sequence[int], stamps: Mapping[int, Stamp]) -> list[_Item]:
    items = []
    for start, piece in zip(starts, _pieces(lines, starts), strict=True):
        stamp_at = start if start in stamps else start + 1
        stamp = stamps[stamp_at]
        title, *text = _headline_and_text(stamp.rest)
        items.append(
            _Item(
                (*text, *(line for index, line in enumerate(piece, start) if index != stamp_at)),
                is_opened=True,
                title=title or None,
                date=stamp.date,
                dropped=(Dropped(stamp.text, "date stamp"),),
            )
        )
    return _with_preamble(items, lines[: starts[0]])


def _headline_and_text(rest: str) -> tuple[str, ...]:
    """What follows a stamp in its line: a headline (or none), and the text that is glued to it."""
    inner = find_inner_dateline(rest)
    if inner is not None:
        return rest[:inner].strip(), rest[inner:]
    return (rest,) if not rest or _can_be_title(rest) else ("", rest)


def _by_dated_headlines(lines: Sequence[str]) -> list[_Item]:
    """Items whose headline ends with a date, of which enough end with their source."""
    openers: dict[int, tuple[str, dt.date]] = {}
    for index, line in enumerate(lines[:-1]):
        dated = trailing_date(line) if len(line) <= _MAX_STRIP_TITLE else None
        if dated is not None and any(map(str.isalpha, dated[0])) and not _AFTER_PREPOSITION.search(dated[0]):
            openers[index] = dated
    sources = sum(find_inline_source(line) is not None for line in lines)
    if not openers or min(openers) > _MAX_LINES_ABOVE or sources < max(1, _MIN_SOURCE_SHARE * len(openers)):
        return []
    items = []
    for (title, date), piece in zip(openers.values(), _pieces(lines, list(openers)), strict=True):
        stamp = piece[0][len(title) :].strip(" (|•·–—-)")
        items.append(
            _Item(tuple(piece[1:]), is_opened=True, title=title, date=date, dropped=(Dropped(stamp, "date stamp"),))
        )
    return _with_preamble(items, lines[: next(iter(openers))])


def _by_sources(lines: Sequence[str]) -> list[_Item]:
    """Items that each begin with a headline and end with a `Source: URL`."""
    starts = [0, *(index + 1 for index, line in enumerate(lines) if find_inline_source(line) is not None)]
    items: list[_Item] = []
    for piece in _pieces(lines, starts):
        if items and all(residue_reason(line) is not None for line in piece):
            items[-1] = replace(items[-1], lines=(*items[-1].lines, *piece))
        else:
            items.append(_Item(tuple(piece)))
    return items if len(items) > 1 and all(is_headline(item.lines[0]) for item in items) else []


def _with_preamble(items: list[_Item], preamble: Sequence[str]) -> list[_Item]:
    """What stands before the first item: a publication where it has a sentence, a rubric otherwise."""
    if not preamble:
        return items
    if any(map(_is_sentence, preamble)):
        return [_Item(tuple(preamble)), *items]
    rubric = tuple(Dropped(line, residue_reason(line) or "navigation") for line in preamble)
    return [replace(items[0], dropped=(*rubric, *items[0].dropped)), *items[1:]]


def _pieces(lines: Sequence[str], starts: Sequence[int]) -> list[Sequence[str]]:
    return [lines[start:end] for start, end in pairwise([*starts, len(lines)]) if start < end]
