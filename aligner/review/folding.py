"""Text as people without a Kazakh keyboard type it: қазақ is found by казак, and Әлия by алия."""

from __future__ import annotations

__all__ = ["FOLDED_LETTERS", "folded"]

FOLDED_LETTERS = dict(zip("әғқңөұүһіёйi", "агкноуухиеии", strict=True))
_TABLE = str.maketrans(FOLDED_LETTERS)


def folded(text: str) -> str:
    """Small letters, without what a Russian keyboard lacks."""
    return " ".join(text.casefold().translate(_TABLE).split())
