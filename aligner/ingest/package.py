"""Zip packages (OpenDocument, EPUB, XLSX): opened only once they are found to be harmless."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO
from typing import IO, Any

from aligner.errors import FormatError
from aligner.ingest.limits import (
    MAX_DOCX_PART_BYTES,
    MAX_DOCX_RATIO,
    MAX_DOCX_UNPACKED_BYTES,
    MAX_PACKAGE_ENTRIES,
)

__all__ = ["BROKEN_ZIP", "is_bomb", "open_package", "parse_xml", "read_part"]

BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    UnicodeDecodeError,
    MemoryError,
)
"""What zipfile raises at archives that are cut off, damaged, or packed by methods it does not know."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MIN_SUSPECT_BYTES = 2**20


def open_package(data: bytes | IO[bytes], source: str, kind: str) -> zipfile.ZipFile:
    """The package, whose parts unpack to a tolerable size. `kind` names the format for messages.

    Of an open file only the list of its parts is read.

    Raises FormatError for what is no zip, is encrypted, or would unpack to far more than a document needs.
    """
    file = BytesIO(data) if isinstance(data, bytes) else data
    start = file.read(len(_OLE))
    file.seek(0)
    if start == _OLE:
        raise FormatError(source, f"is encrypted or no {kind}", "remove the password and save it again")
    try:
        package = zipfile.ZipFile(file)
        entries = package.infolist()
    except BROKEN_ZIP:
        raise FormatError(source, f"is a broken {kind}", "open it where it was made and save it again") from None
    if len(entries) > MAX_PACKAGE_ENTRIES:
        raise FormatError(source, f"is refused as a zip bomb: it holds {len(entries):,} parts")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_DOCX_UNPACKED_BYTES:
        raise FormatError(source, f"is refused as a zip bomb: it unpacks to {unpacked:,} bytes")
    for entry in entries:
        if entry.flag_bits & 1:
            raise FormatError(source, "is encrypted", "save it without a password", entry.filename)
        if is_bomb(entry):
            raise FormatError(source, "is refused as a zip bomb", "open it where it was made and save it again")
    return package


def is_bomb(entry: zipfile.ZipInfo) -> bool:
    """Whether the entry unpacks to far more than text can."""
    return entry.file_size > _MIN_SUSPECT_BYTES and entry.file_size > MAX_DOCX_RATIO * max(1, entry.compress_size)


def read_part(package: zipfile.ZipFile, name: str, source: str) -> bytes:
    """The content of one part. Raises FormatError where it is missing, damaged or too large."""
    try:
        entry = package.getinfo(name)
        if entry.file_size > MAX_DOCX_PART_BYTES:
            raise FormatError(source, f"is refused: a part of it unpacks to {entry.file_size:,} bytes", "", name)
        return package.read(entry)
    except KeyError:
        raise FormatError(source, "lacks a part", "open it where it was made and save it again", name) from None
    except BROKEN_ZIP as error:
        raise FormatError(source, "is damaged inside", "open it where it was made and save it again", name) from error


def parse_xml(content: bytes, source: str, place: str = "") -> Any:
    """The root element of an XML part; entities are left alone, nothing is fetched, nesting is bounded by libxml2.

    Raises FormatError where it is not well-formed, or built of entities.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(content, parser)
    except (etree.LxmlError, ValueError) as error:
        raise FormatError(source, "is damaged inside: its XML can't be read", "save it again", place) from error
