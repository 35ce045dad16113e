"""Files → documents, and documents in chunks of a size that can be encoded in one go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from aligner.errors import InputError, MissingExtraError
from aligner.ingest import SkippedFile, path_text, read_contents
from aligner.records import AlignedText, Document

__all__ = ["FileContents", "Item", "chunks", "read_file"]

_CHARACTERS_PER_CHUNK = 64_000
"""Some five hundred sentences. What a vector is depends, in its last digit, on those it is made with: a chunk that is
cut off is made again whole, and so comes out the same."""


@dataclass(frozen=True, slots=True)
class Item:
    """A document, its place in the ledger, and that of the file it is in. `partner`: of what is aligned already, the
    place of the other version."""

    document: Document
    location: str
    file: str
    partner: str | None = None


@dataclass(frozen=True, slots=True)
class FileContents:
    """What is in a file. `skipped`: what of it is not read, `(name, reason)`. `error`: why it can't be read at all."""

    documents: tuple[Document, ...] = ()
    aligned: tuple[AlignedText, ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()
    error: InputError | MissingExtraError | None = None


def read_file(path: Path) -> FileContents:
    """Read one file; that it can't be read is part of the result."""
    try:
        contents = list(read_contents(path))
    except InputError as error:
        return FileContents(skipped=((path_text(path), error.problem),), error=error)
    except MissingExtraError as error:
        return FileContents(skipped=((path_text(path), str(error)),), error=error)
    return FileContents(
        tuple(each for each in contents if isinstance(each, Document)),
        tuple(each for each in contents if isinstance(each, AlignedText)),
        tuple((each.name, each.reason) for each in contents if isinstance(each, SkippedFile)),
    )


def chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    """The items, as many at a time as are encoded in one go; a document is never split."""
    chunk: list[Item] = []
    characters = 0
    for item in items:
        chunk.append(item)
        characters += sum(len(each.text) for each in item.document.paragraphs)
        if characters >= _CHARACTERS_PER_CHUNK:
            yield chunk
            chunk, characters = [], 0
    if chunk:
        yield chunk
