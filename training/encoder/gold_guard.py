"""Keeps what is measured out of what is trained on: exact and near-duplicate search (MinHash over letter 5-grams)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from datasketch import MinHash, MinHashLSH

__all__ = ["Guard", "gold_texts", "plain"]

_PERMUTATIONS = 64
_NEAR = 0.6
_GRAM = 5


def plain(text: str) -> str:
    """The letters and digits alone, small: two texts that differ in no more are the same."""
    return re.sub(r"[\W_]+", " ", text.lower()).strip()


def gold_texts(shared: Path) -> Iterator[str]:
    """Every sentence under `shared`/gold, in both languages, whatever set it belongs to."""
    for path in sorted((shared / "gold").glob("*.txt")):
        yield from path.read_text(encoding="utf-8").splitlines()
    for path in sorted((shared / "gold").rglob("*.json")):
        for document in json.loads(path.read_text(encoding="utf-8")).get("docs", ()):
            yield from document["kk"]
            yield from document["ru"]


class Guard:
    """Texts that nothing like them may be trained on: the same letters and digits, or a Jaccard of .6 or more."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._exact = {plain(text) for text in texts} - {""}
        self._near = MinHashLSH(threshold=_NEAR, num_perm=_PERMUTATIONS)
        with self._near.insertion_session() as session:
            for text in sorted(self._exact):
                session.insert(text, _sketch(text))

    def why(self, text: str) -> str | None:
        """`exact`, `near`, or None where the text is free to be used."""
        letters = plain(text)
        if letters in self._exact:
            return "exact"
        found = self._near.query(_sketch(letters)) if letters else []
        return "near" if any(_jaccard(letters, other) >= _NEAR for other in found) else None


def _grams(text: str) -> set[str]:
    return {text[place : place + _GRAM] for place in range(max(1, len(text) - _GRAM + 1))}


def _sketch(text: str) -> MinHash:
    sketch = MinHash(num_perm=_PERMUTATIONS)
    sketch.update_batch([gram.encode() for gram in _grams(text)])
    return sketch


def _jaccard(one: str, other: str) -> float:
    left, right = _grams(one), _grams(other)
    return len(left & right) / len(left | right)
