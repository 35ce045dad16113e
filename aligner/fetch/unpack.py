"""Packed answers → their content, with a limit."""

from __future__ import annotations

import zlib

__all__ = ["PACKINGS", "TooLargeError", "unpack_gzip"]

PACKINGS = ("gzip", "x-gzip")
_GZIP = 31


class TooLargeError(Exception):
    """What is packed is larger than it may be."""


def unpack_gzip(data: bytes, max_bytes: int) -> bytes:
    """The content of a gzip file (RFC 1952), all its members.

    Raises TooLargeError before more than `max_bytes` are unpacked, ValueError for what is damaged or ends too early.
    """
    parts: list[bytes] = []
    left = max_bytes
    while data:
        unpacker = zlib.decompressobj(_GZIP)
        try:
            part = unpacker.decompress(data, left + 1)
        except zlib.error as error:
            raise ValueError(str(error)) from error
        left -= len(part)
        if left < 0:
            raise TooLargeError
        if not unpacker.eof:
            raise ValueError("it ends too early")
        parts.append(part)
        # Some servers fill up with zero bytes behind the last member.
        data = unpacker.unused_data.lstrip(b"\x00")
    return b"".join(parts)
