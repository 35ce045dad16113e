"""What a document is known by where it is paired: little enough to hold tens of thousands at once."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from aligner.evidence import figures, names
from aligner.records import Document

__all__ = ["DocumentView", "Profile", "Profiles", "VectorsOf", "profile_of", "view", "weights_of"]

Floats = NDArray[np.float32]
Keys = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """What pairing looks at: a document's unit segment vectors `[n, d]`, their weights `[n]`, figures and names."""

    document: Document
    vectors: Floats
    weights: Floats
    figures: Counter[str]
    names: Counter[str]


@dataclass(frozen=True, slots=True)
class Profile:
    """A document without its text. `key` tells it from all others, `name` is what people call it.

    `mean` is that of its `segments` vectors, `[d]` in half precision: rounded, so that a profile that was stored
    equals one that was just made. `figures` and `names` are sorted digests of what the text holds.
    """

    key: str
    name: str
    language: str
    date: dt.date | None
    segments: int
    mean: NDArray[np.float16]
    figures: Keys
    names: Keys


class Profiles(Protocol):
    """The profiles of one language's documents, by place: a list, or a file of those that memory should not hold."""

    def __len__(self) -> int: ...

    def __getitem__(self, place: int, /) -> Profile: ...

    def __iter__(self) -> Iterator[Profile]: ...


VectorsOf = Callable[[Profile], tuple[Floats, Floats]]
"""Gives the unit vectors `[n, d]` of a document's segments and their weights `[n]`; never called for all at once."""


def view(document: Document, texts: Sequence[str], vectors: Floats) -> DocumentView:
    """Collect what pairing needs of a document with these segments and their unit vectors."""
    whole = "\n".join(texts)
    language = document.language
    return DocumentView(document, vectors, weights_of(texts), figures(whole, language), names(whole))


def weights_of(texts: Sequence[str]) -> Floats:
    """What each segment counts: a very long one, a list say, must not outweigh the rest of the text."""
    return np.sqrt(np.array([max(1, len(text)) for text in texts], np.float32))


def profile_of(seen: DocumentView, key: str | None = None) -> Profile:
    """The profile of a document; its `key` is its name where none is given."""
    document = seen.document
    count = len(seen.vectors)
    mean = seen.vectors.mean(axis=0) if count else np.zeros(seen.vectors.shape[1:], np.float32)
    return Profile(
        document.name if key is None else key,
        document.name,
        document.language,
        document.date,
        count,
        mean.astype(np.float16),
        _digests(seen.figures),
        _digests(seen.names),
    )


def _digests(keys: Iterable[str]) -> Keys:
    found = [int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "little") for key in keys]
    return np.array(sorted(found), np.uint64)
