"""What pre-translation makes of a text: its segments, what the memory has for each, and what is to be put in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from aligner.memory.lookup import Language, Match

__all__ = ["Filled", "Pretranslation", "State", "Summary"]

State = Literal["translated", "to review", "empty"]


@dataclass(frozen=True, slots=True)
class Filled:
    """A segment with its matches, the best first, and what became of its target.

    `translated`: the memory holds this very text, with one translation. `to review`: the translation is of a similar
    text, or one of several. `empty`: there is none.
    """

    source: str
    matches: tuple[Match, ...]
    state: State

    @property
    def target(self) -> str | None:
        """What to put in, or None."""
        return None if self.state == "empty" else self.matches[0].target


@dataclass(frozen=True, slots=True)
class Summary:
    """How many segments there are, and how many of them have a best match of each kind."""

    segments: int
    context: int
    exact: int
    fuzzy: int
    semantic: int

    @property
    def without(self) -> int:
        """Segments for which the memory holds nothing."""
        return self.segments - self.context - self.exact - self.fuzzy - self.semantic


@dataclass(frozen=True, slots=True)
class Pretranslation:
    """An XLIFF file, as bytes, and what is in it."""

    xliff: bytes
    language: Language
    summary: Summary
