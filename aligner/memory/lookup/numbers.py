"""Numbers as placeables: the translation of a sentence with one number is nearly that with another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from aligner.memory.lookup.words import NUMBER, kind_of, tokens_of

__all__ = ["number_changes", "with_numbers"]


def number_changes(asked: Sequence[str], stored: Sequence[str], target: str) -> tuple[tuple[str, str], ...] | None:
    """Which numbers of a stored source become which of the query's, in `target` too; None where that is not clear.

    It is clear where both have as many numbers, no stored number would become two different ones, and each that
    changes stands in the target, written alike and as often as in the source.
    """
    if len(asked) != len(stored):
        return None
    becomes: dict[str, str] = {}
    for new, old in zip(asked, stored, strict=True):
        if becomes.setdefault(old, new) != new:
            return None
    changes = tuple((old, new) for old, new in becomes.items() if old != new)
    if not changes:
        return ()
    in_source = Counter(stored)
    in_target = Counter(_plain(token) for token in tokens_of(target) if kind_of(token) == NUMBER)
    if any(in_target[_plain(old)] != in_source[old] for old, _ in changes):
        return None
    return changes


def with_numbers(target: str, changes: Sequence[tuple[str, str]]) -> str:
    """`target` with its numbers replaced, all at once, so that 1 → 2 and 2 → 3 do not meet."""
    new = {_plain(old): new for old, new in changes}
    pieces: list[str] = []
    end = 0
    for token in tokens_of(target):
        start = target.index(token, end)
        pieces.append(target[end:start])
        pieces.append(new.get(_plain(token), token) if kind_of(token) == NUMBER else token)
        end = start + len(token)
    return "".join((*pieces, target[end:]))


def _plain(number: str) -> str:
    """A written number whatever space parts its thousands: the three spaces mean the same."""
    return number.replace("\u00a0", " ").replace("\u202f", " ")
