"""Zip archives → what is in them, without writing anything to the disk."""

from __future__ import annotations

import io
import re
import stat
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from aligner.errors import FormatError
from aligner.ingest.limits import MAX_ARCHIVE_BYTES, MAX_ARCHIVE_ENTRIES, MAX_MEMBER_BYTES
from aligner.ingest.package import BROKEN_ZIP, is_bomb

__all__ = ["Budget", "Member", "Refused", "iter_zip_members", "shown"]

_STRANGE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_RUSSIAN_LETTER = re.compile("[А-яЁё]")
_MAX_NAME = 1_000
_HIDDEN = (".", "~$", "__MACOSX")
_UTF8_NAME = 0x800


@dataclass(frozen=True, slots=True)
class Member:
    """One file in an archive. `name` is safe to show; its suffix says the format."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Refused:
    """A file in an archive that is not read, and why."""

    name: str
    reason: str


@dataclass(slots=True)
class Budget:
    """How many bytes an archive with all that is nested in it may still unpack to."""

    left: int = MAX_ARCHIVE_BYTES

    def take(self, size: int, source: str) -> None:
        """Raises FormatError where it is used up."""
        self.left -= size
        if self.left < 0:
            raise FormatError(source, f"unpacks to more than {MAX_ARCHIVE_BYTES:,} bytes", "split it, or unpack it")


def iter_zip_members(data: bytes, source: str, budget: Budget) -> Iterator[Member | Refused]:
    """The files in a zip archive, in the order of their names; hidden ones are passed over.

    Names that lead out of the archive, links, bombs and what is encrypted or damaged are refused one by one.
    Raises FormatError for what is no zip archive, or too large as a whole.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except BROKEN_ZIP:
        raise FormatError(source, "is a broken zip archive", "pack it again") from None
    if len(entries) > MAX_ARCHIVE_ENTRIES:
        raise FormatError(source, f"holds {len(entries):,} files, more than {MAX_ARCHIVE_ENTRIES:,}", "split it")
    seen: set[str] = set()
    for entry in sorted(entries, key=lambda each: each.filename):
        name = shown(_true_name(entry))
        parts = name.replace("\\", "/").split("/")
        if entry.filename.endswith("/") or any(part.startswith(_HIDDEN) and part not in (".", "..") for part in parts):
            continue
        reason = _reason_against(entry, parts, name in seen)
        seen.add(name)
        if reason is not None:
            yield Refused(name, reason)
            continue
        budget.take(entry.file_size, source)
        try:
            content = archive.read(entry)
        except BROKEN_ZIP:
            yield Refused(name, "is damaged in the archive")
            continue
        yield Member(name, content) if content else Refused(name, "is empty")


def _true_name(entry: zipfile.ZipInfo) -> str:
    """The name; where the archive does not say its encoding, UTF-8, or CP866 or windows-1251 as on Windows."""
    if entry.flag_bits & _UTF8_NAME or entry.filename.isascii():
        return entry.filename
    try:
        raw = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return max((raw.decode(page, "replace") for page in ("cp866", "cp1251")), key=_count_russian_letters)


def _count_russian_letters(name: str) -> int:
    return len(_RUSSIAN_LETTER.findall(name))


def shown(name: str) -> str:
    """The name without what plays tricks with a terminal or a reader."""
    return _STRANGE.sub("\ufffd", unicodedata.normalize("NFC", name))[:_MAX_NAME]


def _reason_against(entry: zipfile.ZipInfo, parts: list[str], is_repeated: bool) -> str | None:
    if parts == [""]:
        return "has no name"
    if ".." in parts or not parts[0] or (len(parts[0]) == 2 and parts[0][1] == ":"):
        return "a name that leads out of the archive"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "a link"
    if is_repeated:
        return "a second file of the same name"
    if entry.flag_bits & 1:
        return "is encrypted"
    if entry.file_size > MAX_MEMBER_BYTES:
        return f"unpacks to {entry.file_size:,} bytes, too large to be read"
    return "is refused as a zip bomb" if is_bomb(entry) else None
