"""Glyphs on pages → paragraphs: lines, columns, headers and footers, words broken at line ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise, takewhile
from statistics import median

from aligner.ingest.broken_lines import Words, ends_sentence, is_hyphened, join_lines, starts_high
from aligner.ingest.draft import Block
from aligner.ingest.lines import clean_line, without_bullet
from aligner.records import Dropped

__all__ = ["Glyph", "paragraphs_of"]

# In heights of the line.
_WORD_GAP = 0.16
_LEVEL = 0.15
_RAISED_SIZE = 0.8
_RAISED_OVERLAP = 0.4
_FRAGMENT_GAP = 0.6
_GUTTER = 0.7
_FEWEST_COLUMN_LINES = 3
# In characters. Columns of single words, as in glossaries, are told from chance by their number.
_MIN_COLUMN_TEXT = 12
_FEWEST_SHORT_LINES = 8
_MIN_COLUMN_SHARE = 0.15
_PARAGRAPH_GAP = 1.35
_SLIGHT_GAP = 1.12
_WIDE_PITCH = 1.4
_INDENT = 0.8
_SHORT_LINE = 0.85
_HEADING_SIZE = 1.15
_SMALL_PRINT = 0.9
_FAR_ABOVE = 1.5
_MAX_HEADING = 300
# In the outermost lines of a page only.
_EDGE_LINES = 2
# Of page headers from page to page, in points; scans that were read by a machine are not exact.
_SAME_HEIGHT = 4.0
_NUMBER_LINE = re.compile(
    r"(?:стр(?:аница|\.)?|бет|page|с\.)?\s*[-–—]?\s*\d{1,4}\s*(?:[-–—]|бет|(?:/|из|of)\s*\d{1,4})?", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_BULLET = re.compile(r"^(?:[•◦▪●■○\ue000-\uf8ff–—*]|\(?\d{1,3}[.)]|[a-zа-яәғқңөұүһі]\))\s")


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and the box it is set in, in points from the lower left corner of the page."""

    text: str
    left: float
    right: float
    bottom: float
    top: float


@dataclass(frozen=True, slots=True)
class _Line:
    """A stretch of one line, or all of it. `is_last` where a page or column ends with it."""

    text: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom


def paragraphs_of(pages: Sequence[Sequence[Glyph]]) -> tuple[list[Block], tuple[Dropped, ...]]:
    """The paragraphs and headings in reading order, and the headers, footers and page numbers left out."""
    rows_of = [list(_rows(page)) for page in pages]
    edges = _repeated(rows_of)
    dropped: list[Dropped] = []
    columns: list[list[_Line]] = []
    for rows in rows_of:
        outer = [bool(_NUMBER_LINE.fullmatch(_text_of_row(row))) or _is_repeated(row, edges) for row in rows]
        above = sum(takewhile(bool, outer[:_EDGE_LINES]))
        below = sum(takewhile(bool, outer[above:][: -_EDGE_LINES - 1 : -1]))
        kept = rows[above : len(rows) - below]
        outside = (*rows[:above], *rows[len(rows) - below :])
        dropped.extend(Dropped(_text_of_row(row), "page header") for row in outside)
        columns.extend(_columns(kept))
    lines = [line for column in columns for line in column]
    if not lines:
        return [], tuple(dropped)
    usual = _usual_height(lines)
    words = Words.of(line.text for line in lines)
    columns[0] = _without_running_head(columns[0], usual, dropped)
    blocks: list[Block] = []
    open_end = False
    for column in columns:
        for group in _paragraphs(column, usual):
            text = _joined(group, words)
            is_heading = median(line.height for line in group) >= _HEADING_SIZE * usual and len(text) <= _MAX_HEADING
            is_same_kind = bool(blocks) and blocks[-1].is_heading == is_heading
            # The last line of a heading across two columns may be no longer than one of them.
            if is_same_kind and (open_end or is_heading) and _goes_on(blocks[-1].text, text):
                blocks[-1] = replace(blocks[-1], text=join_lines(blocks[-1].text, text, words))
            elif text:
                blocks.append(Block(text, is_heading))
            open_end = False
        open_end = True
    cleaned = [Block(text, block.is_heading) for block in blocks if (text := clean_line(without_bullet(block.text)))]
    return cleaned, tuple(dropped)


def _without_running_head(column: Sequence[_Line], usual: float, dropped: list[Dropped]) -> list[_Line]:
    """The lines without the first one, where it is in small print or stands far above, and a heading follows."""
    if len(column) < 2 or column[1].height < _HEADING_SIZE * usual:
        return list(column)
    first, second = column[:2]
    gap = first.bottom - second.top
    is_far = first.height < _HEADING_SIZE * usual and gap > _FAR_ABOVE * usual and not ends_sentence(first.text)
    if first.height < _SMALL_PRINT * usual or is_far:
        dropped.append(Dropped(clean_line(first.text), "page header"))
        return list(column[1:])
    return list(column)


def _rows(glyphs: Sequence[Glyph]) -> Iterator[list[_Line]]:
    """The lines from top to bottom, each as its stretches from left to right; wide gaps cut them.

    Lines of neighbouring columns that are not level are rows of their own.
    """
    drawn = [glyph for glyph in glyphs if not glyph.text.isspace() and glyph.top > glyph.bottom]
    rows: list[list[Glyph]] = []
    for glyph in sorted(drawn, key=lambda each: -each.bottom):
        if rows and rows[-1][0].bottom - glyph.bottom <= _LEVEL * (glyph.top - glyph.bottom):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    for row in _with_raised(rows):
        row.sort(key=lambda each: each.left)
        yield list(_stretches(row))


def _with_raised(rows: Sequence[list[Glyph]]) -> list[list[Glyph]]:
    """The rows with raised and lowered small print (superscripts) put into the line that it belongs to."""
    kept: list[list[Glyph]] = []
    for row in rows:
        if kept and _belongs_to(kept[-1], row):
            kept[-1] = [*row, *kept[-1]]
        elif kept and _belongs_to(row, kept[-1]):
            kept[-1].extend(row)
        else:
            kept.append(row)
    return kept


def _belongs_to(small: Sequence[Glyph], row: Sequence[Glyph]) -> bool:
    """Whether glyphs in small print stand beside a row, a little higher or lower than its letters."""
    height = median(glyph.top - glyph.bottom for glyph in row)
    if median(glyph.top - glyph.bottom for glyph in small) > _RAISED_SIZE * height:
        return False
    overlap = min(small[0].top, row[0].top) - max(small[0].bottom, row[0].bottom)
    left, right = min(glyph.left for glyph in row), max(glyph.right for glyph in row)
    return overlap > _RAISED_OVERLAP * (small[0].top - small[0].bottom) and all(
        left - height <= glyph.left and glyph.right <= right + height for glyph in small
    )


def _stretches(row: Sequence[Glyph]) -> Iterator[_Line]:
    height = median(glyph.top - glyph.bottom for glyph in row)
    own, pieces = [row[0]], [row[0].text]
    right = row[0].right
    for glyph in row[1:]:
        gap = glyph.left - right
        if gap > _FRAGMENT_GAP * height:
            yield _line(pieces, own)
            own, pieces = [], []
        elif gap > _WORD_GAP * height:
            pieces.append(" ")
        own.append(glyph)
        pieces.append(glyph.text)
        right = max(right, glyph.right)
    yield _line(pieces, own)


def _line(pieces: Sequence[str], own: Sequence[Glyph]) -> _Line:
    # The columns of a page need not stand on the same lines.
    bottom, top = median(glyph.bottom for glyph in own), median(glyph.top for glyph in own)
    return _Line("".join(pieces), own[0].left, max(glyph.right for glyph in own), bottom, top)


def _text_of_row(row: Sequence[_Line]) -> str:
    return clean_line(" ".join(line.text for line in row))


def _shape(text: str) -> str:
    return _DIGITS.sub("#", text.casefold())


def _repeated(pages: Sequence[Sequence[Sequence[_Line]]]) -> dict[str, float]:
    """The shapes of the outermost lines that most pages, or most of every other page, have, and how high they stand."""
    heights: dict[str, list[float]] = {}
    for rows in pages:
        edge = {*range(min(_EDGE_LINES, len(rows))), *range(max(0, len(rows) - _EDGE_LINES), len(rows))}
        for shape, height in {_shape(_text_of_row(rows[place])): rows[place][0].bottom for place in edge}.items():
            heights.setdefault(shape, []).append(height)
    full = sum(bool(rows) for rows in pages)
    repeated = {}
    for shape, each in heights.items():
        usual = median(each)
        if full > 1 and sum(abs(height - usual) <= _SAME_HEIGHT for height in each) >= max(2, 0.4 * full):
            repeated[shape] = usual
    return repeated


def _is_repeated(row: Sequence[_Line], edges: Mapping[str, float]) -> bool:
    height = edges.get(_shape(_text_of_row(row)))
    return height is not None and abs(row[0].bottom - height) <= _SAME_HEIGHT


def _columns(rows: Sequence[Sequence[_Line]]) -> Iterator[list[_Line]]:
    """The stretches in reading order: where a gutter runs down several lines, its left side before its right."""
    if not rows:
        return
    gutter = _gutter(rows)
    if gutter is None:
        yield [_whole(row) for row in rows]
        return
    for is_cut, band in groupby(rows, key=lambda row: not _crosses(row, gutter)):
        own = list(band)
        sides = [[line for line in row if line.right <= gutter] for row in own]
        others = [[line for line in row if line.left >= gutter] for row in own]
        if is_cut and any(sides) and any(others):
            yield from _columns([row for row in sides if row])
            yield from _columns([row for row in others if row])
        else:
            yield [_whole(row) for row in own]


def _whole(row: Sequence[_Line]) -> _Line:
    text = " ".join(line.text for line in row)
    return _Line(text, row[0].left, row[-1].right, row[0].bottom, row[0].top)


def _crosses(row: Sequence[_Line], gutter: float) -> bool:
    return any(line.left < gutter < line.right for line in row)


def _gutter(rows: Sequence[Sequence[_Line]]) -> float | None:
    """Where white space runs down between columns: the place with the most lines on both its sides.

    The lines of the two sides need not be level. Words that happen to stand below each other, as in justified
    narrow columns, are no column.
    """
    lines = [line for row in rows for line in row]
    low, high = min(line.left for line in lines), max(line.right for line in lines)
    width, height = high - low, median(line.height for line in lines)
    best, most = None, (0, 0.0)
    for edge in sorted({round(line.left) for line in lines}):
        # To the left of a column's edge, which the round letters of some lines overstep a little.
        place = edge - 0.1 * height
        if not low + _MIN_COLUMN_SHARE * width <= place <= high - _MIN_COLUMN_SHARE * width:
            continue
        cut = [row for row in rows if not _crosses(row, place)]
        left = [own for row in cut if (own := [line for line in row if line.right <= place])]
        right = [own for row in cut if (own := [line for line in row if line.left >= place])]
        if 2 * len(cut) <= len(rows) or min(len(left), len(right)) < _FEWEST_COLUMN_LINES:
            continue
        free = min(row[0].left for row in right) - max(row[-1].right for row in left)
        if free < _GUTTER * height:
            continue
        both = _side_by_side(rows, place)
        length = min(median(sum(len(line.text) for line in row) for row in side) for side in (left, right))
        is_enough = both >= _FEWEST_COLUMN_LINES if length >= _MIN_COLUMN_TEXT else both >= _FEWEST_SHORT_LINES
        if is_enough and (both, free) > most:
            best, most = place, (both, free)
    return best


def _side_by_side(rows: Sequence[Sequence[_Line]], place: float) -> int:
    """How many lines on either side of `place` have some on the other side at their height."""
    count = 0
    for is_cut, band in groupby(rows, key=lambda row: not _crosses(row, place)):
        if not is_cut:
            continue
        own = [line for row in band for line in row]
        sides = [[line for line in own if line.right <= place], [line for line in own if line.left >= place]]
        if all(sides):
            top = min(max(line.top for line in side) for side in sides)
            bottom = max(min(line.bottom for line in side) for side in sides)
            count += min(
                len({round(line.bottom) for line in side if line.top > bottom and line.bottom < top}) for side in sides
            )
    return count


def _usual_height(lines: Sequence[_Line]) -> float:
    """The height of the line that most characters stand in."""
    sizes = Counter[float]()
    for line in lines:
        sizes[round(line.height * 2) / 2] += len(line.text)
    return max(sizes, key=sizes.__getitem__) or 1.0


def _paragraphs(column: Sequence[_Line], usual: float) -> Iterator[list[_Line]]:
    if not column:
        return
    pitches = [upper.bottom - lower.bottom for upper, lower in pairwise(column) if upper.bottom > lower.bottom]
    pitch = median(pitches) if pitches else usual
    left, right = median(line.left for line in column), max(line.right for line in column)
    group = [column[0]]
    for before, line in pairwise(column):
        distance = (before.bottom - line.bottom) / max(before.height, line.height)
        # The lines of a heading are as far apart as its letters are high.
        scale = max(1.0, min(before.height, line.height) / usual)
        gap = (before.bottom - line.bottom) / min(scale * pitch, 2.2 * max(before.height, line.height))
        other_size = abs(before.height - line.height) > 0.1 * max(before.height, line.height)
        is_indented = line.left > left + _INDENT * line.height and before.left < line.left - _INDENT * line.height / 2
        was_short = before.right < left + _SHORT_LINE * (right - left)
        ended = ends_sentence(before.text)
        starts_new = starts_high(line.text)
        if (
            gap > _PARAGRAPH_GAP
            # At the end of a sentence a break too many does no harm.
            or (
                ended
                and starts_new
                and (gap > _SLIGHT_GAP or distance > _WIDE_PITCH or _would_fit(line, before, right))
            )
            or other_size
            or _BULLET.match(line.text)
            or (is_indented and (ended or starts_new))
            or (was_short and (ended or (starts_new and before.right < left + 0.6 * (right - left))))
        ):
            yield group
            group = []
        group.append(line)
    yield group


def _would_fit(line: _Line, before: _Line, right: float) -> bool:
    """Whether the first word of a line had room in the one before: then it was not the margin that broke it."""
    first = len(line.text.split(" ", 1)[0]) + 1
    return before.right + first * (line.right - line.left) / max(1, len(line.text)) < right


def _goes_on(before: str, after: str) -> bool:
    """Whether a paragraph goes on over the end of a column or page."""
    return not ends_sentence(before) and (is_hyphened(before) or not starts_high(after))


def _joined(group: Sequence[_Line], words: Words) -> str:
    text = group[0].text
    for line in group[1:]:
        text = join_lines(text, line.text, words)
    return text
