"""What the page asks of the desk: one model for each thing that a key does."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from aligner.memory.records import Side

__all__ = [
    "Align",
    "Change",
    "Edit",
    "Link",
    "Marked",
    "MarksAsked",
    "Merge",
    "Note",
    "Redo",
    "Request",
    "Shift",
    "Split",
    "StoryAsked",
    "Undo",
    "Unlink",
    "Where",
]

Place = Annotated[int, Field(ge=0)]
Text = Annotated[str, Field(max_length=20_000, pattern=r"^[^\x00]*$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Where(_Strict):
    """A bead by the segments it holds: that names it whatever has happened around it."""

    kk: list[Place] = Field(max_length=1_000)
    ru: list[Place] = Field(max_length=1_000)


class CutAt(_Strict):
    """Before this segment of a side, or inside it, before its character `offset` (code points)."""

    place: Place
    offset: Place = 0


class Marked(_Strict):
    """Accept or reject a bead, or take that back."""

    kind: Literal["accept", "reject", "clear"]
    bead: Where


class Merge(_Strict):
    """Make one of a bead and the next."""

    kind: Literal["merge"]
    bead: Where


class Split(_Strict):
    """Make two of a bead."""

    kind: Literal["split"]
    bead: Where
    kk: CutAt
    ru: CutAt


class Shift(_Strict):
    """Move a segment of one side to the row above or below."""

    kind: Literal["shift"]
    bead: Where
    side: Side
    step: Literal[-1, 1]


class Unlink(_Strict):
    """Take the sides of a bead apart."""

    kind: Literal["unlink"]
    bead: Where


class Link(_Strict):
    """Make one of two beads, wherever they stand."""

    kind: Literal["link"]
    bead: Where
    other: Where


class Edit(_Strict):
    """Other texts for a bead; the original stays."""

    kind: Literal["edit"]
    bead: Where
    kk: Text | None = None
    ru: Text | None = None


class Note(_Strict):
    """A note on a bead; an empty one goes."""

    kind: Literal["note"]
    bead: Where
    note: Text


class Undo(_Strict):
    """Take the last change of this pair back, or the one with this number."""

    kind: Literal["undo"]
    change: int | None = None


class Redo(_Strict):
    """Take the last undo of this pair back."""

    kind: Literal["redo"]


class Align(_Strict):
    """Align everything again but what is fixed."""

    kind: Literal["align"]


Change = Annotated[
    Marked | Merge | Split | Shift | Unlink | Link | Edit | Note | Undo | Redo | Align, Field(discriminator="kind")
]


class Request(_Strict):
    """A change, and the revision of the pair that it is based on."""

    revision: int
    change: Change


class StoryAsked(_Strict):
    """The row whose history is wanted."""

    bead: Where


class MarksAsked(_Strict):
    """The texts of the rows on the screen, kk and ru each."""

    texts: list[tuple[Text, Text]] = Field(max_length=200)
