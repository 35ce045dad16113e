"""The beads of a pair as a list of rows, and what a person's hand does to it. Nothing here knows a database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from aligner.memory.records import NewBead, Side, Status, StoredPair
from aligner.memory.rows import joined

__all__ = [
    "Cut",
    "Row",
    "link",
    "merge_with_next",
    "replacement",
    "row_at",
    "rows_of",
    "shift",
    "split_row",
    "unlink",
]

Segments = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A bead. `id` is None where it is not in the memory yet; the texts are None where they are the segments' own."""

    kk: Segments
    ru: Segments
    id: int | None = None
    score: float = 0.0
    reasons: tuple[str, ...] = ()
    moved: bool = False
    status: Status = "automatic"
    note: str | None = None
    kk_text: str | None = None
    ru_text: str | None = None

    @property
    def is_fixed(self) -> bool:
        """Whether a person has said something of it: then no machine changes it."""
        return self.status != "automatic" or any(each is not None for each in (self.note, self.kk_text, self.ru_text))

    @property
    def has_both(self) -> bool:
        return bool(self.kk and self.ru)

    def side(self, side: Side) -> Segments:
        return self.kk if side == "kk" else self.ru


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a side is cut: before the segment `place`, or inside it, before its character `offset`."""

    place: int
    offset: int = 0


def rows_of(pair: StoredPair) -> list[Row]:
    """The beads of a stored pair, in order."""
    return [
        Row(
            bead.kk,
            bead.ru,
            bead.id,
            bead.score,
            bead.reasons,
            bead.moved,
            bead.status,
            bead.note,
            bead.kk_text if bead.is_edited and bead.kk_text != joined(pair.kk_segments, bead.kk) else None,
            bead.ru_text if bead.is_edited and bead.ru_text != joined(pair.ru_segments, bead.ru) else None,
        )
        for bead in pair.beads
    ]


def row_at(rows: Sequence[Row], kk: Sequence[int], ru: Sequence[int]) -> int | None:
    """Where the row with exactly these segments stands, or None."""
    wanted = (tuple(kk), tuple(ru))
    return next((place for place, row in enumerate(rows) if (row.kk, row.ru) == wanted), None)


def merge_with_next(rows: Sequence[Row], at: int) -> list[Row]:
    """The row and the next one as one. Raises ValueError at the end."""
    if at + 1 >= len(rows):
        raise ValueError("there is no next row")
    return [*rows[:at], _joined_rows(rows[at], rows[at + 1]), *rows[at + 2 :]]


def split_row(rows: Sequence[Row], at: int, kk: Cut, ru: Cut) -> list[Row]:
    """The row as two. A part with a single segment on a side is what the person means; one with several on both
    may be divided further by the machine, but never across the cut. A part with one side only is loose."""
    row = rows[at]
    parts = [
        Row(tuple(p for p in row.kk if p < kk.place), tuple(p for p in row.ru if p < ru.place)),
        Row(tuple(p for p in row.kk if p >= kk.place), tuple(p for p in row.ru if p >= ru.place)),
    ]
    if not all(part.kk or part.ru for part in parts):
        raise ValueError("a part would be empty")
    is_meant = [part.has_both and min(len(part.kk), len(part.ru)) == 1 for part in parts]
    if not any(is_meant):
        is_meant[0] = parts[0].has_both
    made = [replace(part, status="reviewed") if meant else part for part, meant in zip(parts, is_meant, strict=True)]
    made[0] = replace(made[0], note=row.note)
    return [*rows[:at], *made, *rows[at + 1 :]]


def shift(rows: Sequence[Row], at: int, side: Side, step: int) -> list[Row]:
    """Move the last segment of one side to the next row (`step` 1), or the first one to the row before (-1).

    What stays is fixed where it still has both sides. The row that receives keeps its own status: one that nobody
    has looked at may be aligned again. Raises ValueError where there is nothing to move, or no row to move it to.
    """
    to = at + step
    row = rows[at]
    own = row.side(side)
    if not own or not 0 <= to < len(rows):
        raise ValueError("there is nothing to move there")
    moved = own[-1] if step > 0 else own[0]
    left = _with_side(row, side, own[:-1] if step > 0 else own[1:])
    left = replace(left, status="reviewed" if left.has_both else "automatic")
    received = _with_side(rows[to], side, tuple(sorted((*rows[to].side(side), moved))))
    result = list(rows)
    result[at], result[to] = left, received
    return [each for each in result if each.kk or each.ru]


def unlink(rows: Sequence[Row], at: int) -> list[Row]:
    """Each segment of the row in a row of its own, held to have no counterpart. Raises ValueError for a loose one."""
    row = rows[at]
    if not row.has_both:
        raise ValueError("it is loose already")
    alone = [Row((place,), (), status="reviewed") for place in row.kk]
    alone += [Row((), (place,), status="reviewed") for place in row.ru]
    alone[0] = replace(alone[0], note=row.note)
    return [*rows[:at], *alone, *rows[at + 1 :]]


def link(rows: Sequence[Row], at: int, other: int) -> list[Row]:
    """The two rows as one, where the one with the Kazakh side stood; it is moved if that breaks the order."""
    if at == other:
        raise ValueError("these are the same row")
    keeps = at if rows[at].kk or not rows[other].kk else other
    goes = other if keeps == at else at
    made = _joined_rows(rows[min(at, other)], rows[max(at, other)])
    result = [made if place == keeps else row for place, row in enumerate(rows) if place != goes]
    place = keeps - (goes < keeps)
    result[place] = replace(made, moved=_breaks_order(result, place))
    return result


def replacement(old: Sequence[Row], new: Sequence[Row]) -> tuple[list[int], list[NewBead]]:
    """What to put in the place of what, so that `old` becomes `new`: the ids of beads that go, and new beads."""
    start, old_end, new_end = 0, len(old), len(new)
    while start < min(old_end, new_end) and old[start] == new[start]:
        start += 1
    while min(old_end, new_end) > start and old[old_end - 1] == new[new_end - 1]:
        old_end, new_end = old_end - 1, new_end - 1
    gone = [row.id for row in old[start:old_end] if row.id is not None]
    return gone, [
        NewBead(row.kk, row.ru, row.score, row.reasons, row.moved, row.status, row.note, row.kk_text, row.ru_text)
        for row in new[start:new_end]
    ]


def _with_side(row: Row, side: Side, places: Segments) -> Row:
    """Other segments on one side. An edited text no longer says what they do, so it goes."""
    if side == "kk":
        return replace(row, kk=places, kk_text=None, id=None, score=0.0, reasons=())
    return replace(row, ru=places, ru_text=None, id=None, score=0.0, reasons=())


def _joined_rows(first: Row, second: Row) -> Row:
    notes = [row.note for row in (first, second) if row.note]
    return Row(
        tuple(sorted(first.kk + second.kk)),
        tuple(sorted(first.ru + second.ru)),
        status="reviewed",
        moved=first.moved and second.moved,
        note="\n".join(notes) or None,
    )


def _breaks_order(rows: Sequence[Row], at: int) -> bool:
    """Whether a row crosses another one that keeps the order."""
    row = rows[at]
    if not row.has_both:
        return False
    return any(
        other.has_both and not other.moved and (other.kk < row.kk) != (other.ru < row.ru)
        for place, other in enumerate(rows)
        if place != at
    )
