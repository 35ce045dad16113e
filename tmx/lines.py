"""A text file line by line, packed or not, and no line longer than memory should hold."""

from __future__ import annotations

from collections.abc import Iterator

from tmx.errors import LimitError
from tmx.limits import Limits
from tmx.source import ByteSource, Source

__all__ = ["iter_lines"]


def iter_lines(source: Source, limits: Limits) -> Iterator[bytes]:
    """The lines as UTF-8 with their line feeds. A byte-order mark names the encoding, or it is UTF-8.

    Raises MissingFileError, EncodingError, and LimitError for a line over `max_unit_bytes`.
    """
    chunks = ByteSource(source, limits)
    rest = b""
    number = 1
    try:
        for chunk in chunks:
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                number += 1
                yield line + b"\n"
            if len(rest) > limits.max_unit_bytes:
                raise LimitError(chunks.name, f"the line is longer than {limits.max_unit_bytes:,} bytes", number)
        if rest:
            yield rest
    finally:
        chunks.close()
