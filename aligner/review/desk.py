"""What the page does to the memory: every change is written before it is answered."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from threading import Lock

from aligner.errors import ConflictError, MissingRecordError, StoreError
from aligner.memory import Memory
from aligner.memory.records import (
    BeadEdit,
    Change,
    NewBead,
    PairSummary,
    Side,
    Status,
    StoredDocument,
    StoredPair,
    StoredSegment,
)
from aligner.review import requests as asked
from aligner.review.mender import Mender
from aligner.review.rows import (
    Cut,
    Row,
    link,
    merge_with_next,
    replacement,
    row_at,
    rows_of,
    shift,
    split_row,
    unlink,
)
from aligner.review.sheet import Delta, delta_between, sheet_of
from aligner.review.story import MADE_ELSEWHERE, SPLIT_SEGMENT, Event, story_of

__all__ = ["BuiltUponError", "Desk", "NothingToDoError"]

_PAIRS_KEPT = 4
_STATUS_OF: dict[str, Status] = {"accept": "reviewed", "reject": "rejected", "clear": "automatic"}
_BY_HAND = "qostil review"


class NothingToDoError(ValueError):
    """The change can't be made on this row: there is no next row, nothing to undo, nothing to move."""


class BuiltUponError(NothingToDoError):
    """A change can't be taken back before those that were built upon it."""


class Desk:
    """A memory and the person `who` mends it. May be used from several threads at once.

    Changes are based on a revision; one that is based on an older revision than the memory's raises `ConflictError`,
    and nothing is written.
    """

    def __init__(self, memory: Memory, mender: Mender, who: str, clock: Callable[[], dt.datetime]) -> None:
        self.memory, self.who = memory, who
        self._mender, self._clock = mender, clock
        self._known: OrderedDict[int, StoredPair] = OrderedDict()
        self._lock = Lock()

    # ---- reading ----

    def pairs(self) -> list[PairSummary]:
        return self.memory.pairs()

    def unpaired(self) -> list[StoredDocument]:
        return self.memory.documents(only_unpaired=True)

    def sheet(self, pair: int) -> dict[str, object]:
        """All that the page shows of a pair, as JSON."""
        with self._lock:
            return sheet_of(self._load(pair))

    def revision(self, pair: int) -> int:
        """Which state of the pair the memory holds. Raises `MissingRecordError`."""
        return self.memory.pair_revision(pair)

    def story(self, pair: int, bead: asked.Where) -> list[Event]:
        """Who did what to a row, and when; the newest first. Raises `ConflictError` where the row is gone."""
        with self._lock:
            known = self._load(pair)
            number = known.beads[self._place(rows_of(known), bead)].id
        return story_of(number, self._history(pair))

    # ---- one pair ----

    def change(self, pair: int, request: asked.Request) -> Delta:
        """Do what a key asks for. Returns what is other than before.

        Raises `ConflictError`, `MissingRecordError`, and `NothingToDoError` where it can't be done on that row.
        """
        with self._lock:
            old = self._at_revision(pair, request.revision)
            try:
                self._do(old, request.change)
            except ConflictError:
                self._known.pop(pair, None)
                raise
            return delta_between(old, self._load(pair))

    def _do(self, pair: StoredPair, change: asked.Change) -> None:
        match change:
            case asked.Undo():
                self._undo(pair.id, change.change)
            case asked.Redo():
                self._redo(pair.id)
            case asked.Align():
                rows = rows_of(pair)
                self._store(pair, rows, self._mender.align(rows, (pair.kk_segments, pair.ru_segments)), "align")
            case asked.Split():
                self._split(pair, change)
            case asked.Marked() | asked.Edit() | asked.Note():
                self._edit(pair, change)
            case asked.Merge() | asked.Shift() | asked.Unlink() | asked.Link():
                self._rearrange(pair, change)

    def _edit(self, pair: StoredPair, change: asked.Marked | asked.Edit | asked.Note) -> None:
        bead = pair.beads[self._place(rows_of(pair), change.bead)]
        match change:
            case asked.Marked():
                edit = BeadEdit(status=_STATUS_OF[change.kind])
            case asked.Note():
                edit = BeadEdit(note=change.note.strip())
            case asked.Edit():
                texts = [None if text is None else " ".join(text.split()) for text in (change.kk, change.ru)]
                edit = BeadEdit(status="reviewed", kk_text=texts[0] or None, ru_text=texts[1] or None)
        what = change.kind if not isinstance(change, asked.Marked) else "mark"
        self.memory.edit_beads(pair.id, pair.revision, {bead.id: edit}, self.who, self._clock(), what)

    def _rearrange(self, pair: StoredPair, change: asked.Merge | asked.Shift | asked.Unlink | asked.Link) -> None:
        rows = rows_of(pair)
        at = self._place(rows, change.bead)
        try:
            match change:
                case asked.Merge():
                    new = merge_with_next(rows, at)
                case asked.Shift():
                    new = shift(rows, at, change.side, change.step)
                case asked.Unlink():
                    new = unlink(rows, at)
                case asked.Link():
                    new = link(rows, at, self._place(rows, change.other))
        except ValueError as error:
            raise NothingToDoError(str(error)) from error
        made = next((place for place, row in enumerate(new) if row.id is None and row.is_fixed), min(at, len(new) - 1))
        mended = self._mender.mend(new, made, (pair.kk_segments, pair.ru_segments))
        self._store(pair, rows, mended, change.kind)

    def _split(self, pair: StoredPair, change: asked.Split) -> None:
        """Segments are split first, where a cut goes through one; undoing takes both back."""
        rows = rows_of(pair)
        row = rows[self._place(rows, change.bead)]
        cuts: dict[Side, Cut] = {
            "kk": Cut(change.kk.place, change.kk.offset),
            "ru": Cut(change.ru.place, change.ru.offset),
        }
        places = {"kk": row.kk, "ru": row.ru}
        _check_cuts(pair, row, cuts)
        for side in ("kk", "ru"):
            cut = cuts[side]
            if cut.offset:
                try:
                    self.memory.split_segment(
                        pair.id, pair.revision, side, cut.place, cut.offset, self.who, self._clock()
                    )
                except ValueError as error:
                    raise NothingToDoError(str(error)) from error
                pair = self._load(pair.id)
                places[side] = tuple(sorted({*(p + (p > cut.place) for p in places[side]), cut.place + 1}))
                cuts[side] = Cut(cut.place + 1)
        rows = rows_of(pair)
        at = row_at(rows, places["kk"], places["ru"])
        assert at is not None
        try:
            new = split_row(rows, at, cuts["kk"], cuts["ru"])
        except ValueError as error:
            raise NothingToDoError(str(error)) from error
        self._store(pair, rows, self._mender.mend(new, at, (pair.kk_segments, pair.ru_segments)), "split")

    def _store(self, pair: StoredPair, old: Sequence[Row], new: Sequence[Row], what: str) -> None:
        gone, made = replacement(old, new)
        if gone or made:
            self.memory.replace_beads(pair.id, pair.revision, gone, made, self.who, self._clock(), what)

    def _undo(self, pair: int, number: int | None) -> None:
        """Take back this change of the pair, or the newest that holds."""
        standing = (change for change in self._history(pair) if change.what not in ("undo", "redo"))
        standing = (change for change in standing if change.undone_by is None)
        chosen = next((change for change in standing if number in (None, change.id)), None)
        if chosen is None or chosen.what in MADE_ELSEWHERE:
            raise NothingToDoError("nothing to undo")
        try:
            self.memory.undo(self.who, self._clock(), change=chosen.id)
        except ConflictError as error:
            raise BuiltUponError(str(error)) from error
        for change in standing if chosen.what == "split" else ():
            if change.what != SPLIT_SEGMENT:
                break
            # Where segments were counted anew since, the two halves stay: they are joined in one row, and lose nothing.
            with suppress(ConflictError):
                self.memory.undo(self.who, self._clock(), change=change.id)

    def _redo(self, pair: int) -> None:
        redone = self.memory.redo(self.who, self._clock(), pair=pair)
        if redone is None:
            raise NothingToDoError("nothing to redo")
        while redone is not None and redone.what == SPLIT_SEGMENT:
            redone = self.memory.redo(self.who, self._clock(), pair=pair)

    def _history(self, pair: int) -> Iterator[Change]:
        """The changes of a pair, the newest first."""
        before: int | None = None
        while changes := self.memory.history(pair=pair, before=before):
            yield from changes
            before = changes[-1].id

    def _place(self, rows: Sequence[Row], bead: asked.Where) -> int:
        at = row_at(rows, bead.kk, bead.ru)
        if at is None:
            raise ConflictError("the row is no longer as you saw it; load the pair again")
        return at

    # ---- which documents are pairs ----

    def align_again(self, pair: int, revision: int) -> None:
        """Align all of a pair again, but for what a person has fixed."""
        self.change(pair, asked.Request(revision=revision, change=asked.Align(kind="align")))

    def pair_documents(self, kk: int, ru: int) -> int:
        """Pair two documents by hand and align them. Returns the id of the pair.

        Raises `StoreError` where the text of one is not in the memory, and ValueError where a language is wrong.
        """
        segments = self.memory.segments(kk), self.memory.segments(ru)
        if not all(segments):
            raise StoreError("the text of one of them is not in the memory; run `qostil batch` over it again")
        loose = [Row((place,), ()) for place in range(len(segments[0]))]
        loose += [Row((), (place,)) for place in range(len(segments[1]))]
        beads = [
            NewBead(row.kk, row.ru, row.score, row.reasons, row.moved) for row in self._mender.align(loose, segments)
        ]
        with self._lock:
            return self.memory.add_pair(kk, ru, 1.0, _BY_HAND, beads, self.who, self._clock())

    def part_documents(self, pair: int, revision: int) -> int | None:
        """Undo a wrong pairing. Returns the number of the change, by which it can be taken back."""
        with self._lock:
            self._known.pop(pair, None)
            self.memory.remove_pair(pair, revision, self.who, self._clock())
            newest = self.memory.history(limit=1)
            return newest[0].id if newest and newest[0].what == "unpair" else None

    def take_back(self, change: int) -> None:
        """Undo the undoing of a pairing. Raises `ConflictError` where something was built upon it since."""
        with self._lock:
            found = self.memory.history(before=change + 1, limit=1)
            if not found or found[0].id != change or found[0].what != "unpair":
                raise MissingRecordError(f"change {change} has undone no pairing")
            self._known.clear()
            self.memory.undo(self.who, self._clock(), change=change)

    # ---- what is kept ----

    def _at_revision(self, pair: int, revision: int) -> StoredPair:
        """The pair as the page has seen it."""
        known = self._known.get(pair)
        if known is None or known.revision != revision:
            known = self._load(pair)
        if known.revision != revision:
            raise ConflictError(f"pair {pair} was changed elsewhere since it was loaded")
        return known

    def _load(self, pair: int) -> StoredPair:
        known = self.memory.pair(pair)
        self._known[pair] = known
        self._known.move_to_end(pair)
        while len(self._known) > _PAIRS_KEPT:
            with suppress(KeyError):
                self._known.popitem(last=False)
        return known


def _check_cuts(pair: StoredPair, row: Row, cuts: dict[Side, Cut]) -> None:
    """Raise `NothingToDoError` for a cut outside of the row, or one that would leave a part without any text."""
    parts = [False, False]
    sides: tuple[tuple[Side, Sequence[StoredSegment]], ...] = (("kk", pair.kk_segments), ("ru", pair.ru_segments))
    for side, segments in sides:
        places, cut = row.side(side), cuts[side]
        if cut.offset and cut.place not in places:
            raise NothingToDoError("the cut is outside of the row")
        if cut.offset and not 0 < cut.offset < len(segments[cut.place].text):
            raise NothingToDoError("the cut is outside of the segment")
        parts[0] |= bool(cut.offset) or any(place < cut.place for place in places)
        parts[1] |= bool(cut.offset) or any(place >= cut.place for place in places)
    if not all(parts):
        raise NothingToDoError("a part would be empty")
