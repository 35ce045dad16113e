"""The bytes of an XML file as UTF-8 chunks: unpacked, decoded, and never more than one chunk at a time."""

from __future__ import annotations

import codecs
import os
import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO, TypeAlias

from tmx.errors import EncodingError, LimitError, MalformedError, MissingFileError
from tmx.limits import Limits

__all__ = ["ByteSource", "Source"]

Source: TypeAlias = str | os.PathLike[str] | BinaryIO

_CHUNK = 1 << 16
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
# Python's codecs hold more than character sets (zlib, rot13, unicode_escape), which no file may ask for.
_CHARSETS = re.compile(
    r"(utf-?(8|16|32)(-?[lb]e)?|us-?ascii|ascii|iso-?8859-?\d{1,2}|latin-?\d|windows-?\d{3,4}|cp-?\d{3,4}"
    r"|koi8-?[rtu]|mac-?(cyrillic|roman|latin2|greek|turkish|iceland)|big5(-?hkscs)?|gbk|gb2312|gb18030"
    r"|euc-?(jp|kr)|shift-?jis|iso-?2022-?(jp|kr)|kz-?1048|ptcp154|tis-?620)\Z"
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED = ((b"<\0?\0", "utf-16-le"), (b"\0<\0?", "utf-16-be"), (b"<\0t\0", "utf-16-le"), (b"\0<\0t", "utf-16-be"))


class ByteSource:
    """Iterating gives UTF-8 chunks without a byte-order mark, whatever the encoding of the file.

    `encoding` is what the file is in, `has_bom` and `is_packed` how it comes. Gzip is told by its first
    bytes, not by the name. Raises MissingFileError, EncodingError, LimitError (a gzip bomb, a file over
    `max_bytes`) and MalformedError (an empty file, a damaged `.gz`). `lenient` replaces bytes that the
    encoding does not allow; in UTF-8 the parser sees to that.
    """

    def __init__(self, source: Source, limits: Limits, lenient: bool = False) -> None:
        self._limits, self._lenient = limits, lenient
        self._owns = isinstance(source, str | os.PathLike)
        if isinstance(source, str | os.PathLike):
            self.name = os.fspath(source)
            try:
                self._raw: BinaryIO = open(source, "rb", buffering=0)  # noqa: PTH123, SIM115 closed by close()
            except (OSError, ValueError) as error:
                reason = error.strerror if isinstance(error, OSError) else str(error)
                raise MissingFileError(self.name, f"can't be opened: {reason}") from error
        else:
            self.name = str(getattr(source, "name", "<stream>"))
            self._raw = source
        self.encoding, self.has_bom, self.is_packed = "utf-8", False, False

    def close(self) -> None:
        """Close the file, unless it was given as a stream."""
        if self._owns:
            self._raw.close()

    def __iter__(self) -> Iterator[bytes]:
        chunks = self._unpacked()
        first = b""
        for chunk in chunks:
            first += chunk
            if len(first) >= 512:
                break
        if not first:
            raise MalformedError(self.name, "the file is empty", 1)
        skip = self._detect(first)
        first = first[skip:]
        if self.encoding == "utf-8":
            yield first
            yield from chunks
        else:
            yield from self._decoded(first, chunks)

    def _unpacked(self) -> Iterator[bytes]:
        read = self._read
        first = read(_CHUNK)
        self.is_packed = first[:2] == b"\x1f\x8b"
        chunks = self._gunzipped(first) if self.is_packed else self._plain(first)
        total, bound = 0, self._limits.max_bytes
        for chunk in chunks:
            total += len(chunk)
            if bound is not None and total > bound:
                raise LimitError(self.name, f"the file is larger than {bound:,} bytes")
            yield chunk

    def _plain(self, chunk: bytes) -> Iterator[bytes]:
        while chunk:
            yield chunk
            chunk = self._read(_CHUNK)

    def _read(self, size: int) -> bytes:
        try:
            return self._raw.read(size)
        except OSError as error:
            raise MissingFileError(self.name, f"can't be read: {error.strerror}") from error

    def _gunzipped(self, data: bytes) -> Iterator[bytes]:
        packed, unpacked, limits = len(data), 0, self._limits
        unpacker = zlib.decompressobj(31)
        try:
            while data:
                chunk = unpacker.decompress(data, _CHUNK)
                unpacked += len(chunk)
                if unpacked > limits.gzip_grace_bytes and unpacked > packed * limits.max_gzip_ratio:
                    raise LimitError(
                        self.name,
                        f"the .gz unpacks to more than {limits.max_gzip_ratio:g} times its size, as a gzip bomb does",
                    )
                if chunk:
                    yield chunk
                if unpacker.eof:
                    data = unpacker.unused_data or self._read(_CHUNK)
                    # Zeros may pad the end; another member may follow.
                    if not data.strip(b"\0"):
                        return
                    unpacker = zlib.decompressobj(31)
                    continue
                data = unpacker.unconsumed_tail
                if not data:
                    data = self._read(_CHUNK)
                    packed += len(data)
        except zlib.error as error:
            raise MalformedError(self.name, f"the .gz is damaged ({error})") from error
        if not unpacker.eof:
            raise MalformedError(self.name, "the .gz is cut off")

    def _detect(self, first: bytes) -> int:
        """Set `encoding` and `has_bom`; the length of the byte-order mark."""
        for mark, encoding in _BOMS:
            if first.startswith(mark):
                self.encoding, self.has_bom = encoding, True
                return len(mark)
        for start, encoding in _UNMARKED:
            if first.startswith(start):
                self.encoding = encoding
                return 0
        match = _DECLARED.match(first.lstrip()[:512])
        if match is None:
            return 0
        declared = match[1].decode("ascii")
        name = declared.lower().replace("_", "-")
        if _CHARSETS.match(name) is None:
            raise EncodingError(self.name, f"declares the encoding {declared!r}, which is unknown", 1)
        try:
            encoding = codecs.lookup(name).name
        except LookupError as error:
            raise EncodingError(self.name, f"declares the encoding {declared!r}, which is unknown", 1) from error
        # Whoever declares two bytes a character in single bytes has converted the file, not the declaration.
        if encoding not in ("utf-8", "ascii") and not encoding.startswith(("utf-16", "utf-32")):
            self.encoding = encoding
        return 0

    def _decoded(self, first: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
        decoder = codecs.getincrementaldecoder(self.encoding)("replace" if self._lenient else "strict")
        line, data = 1, first
        try:
            while data:
                text = decoder.decode(data)
                line += text.count("\n")
                if text:
                    yield text.encode()
                data = next(chunks, b"")
            rest = decoder.decode(b"", True)
        except UnicodeError as error:
            raise EncodingError(self.name, f"is not in {self.encoding}, which it claims to be", line) from error
        if rest:
            yield rest.encode()
