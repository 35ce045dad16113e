"""What translators' tools keep (.tmx, .xliff, .po) → the pairs of Kazakh and Russian in them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from aligner.errors import EmptyInputError, FormatError
from aligner.ingest.bilingual import aligned_draft, draft_from_rows
from aligner.ingest.decode import decode_text
from aligner.ingest.draft import AlignedDraft
from aligner.ingest.extras import load_extra
from aligner.ingest.tables import OWN_RESULT
from aligner.records import Dropped
from tmx.errors import TmxError
from tmx.limits import Limits
from tmx.reader import Reader

__all__ = ["is_own_tmx", "iter_po", "iter_tmx", "iter_xliff"]

_LIMITS = Limits(max_bytes=2**30)


def iter_tmx(data: bytes, source: str) -> Iterator[AlignedDraft]:
    """The units of a TMX, packed or not, that have both languages; what can't be understood is dropped."""
    try:
        with Reader(io.BytesIO(data), lenient=True, limits=_LIMITS) as reader:
            if _is_own(reader):
                raise FormatError(source, OWN_RESULT, "add it with `qostil memory import`")
            yield _from_units(reader, source)
    except TmxError as error:
        raise FormatError(source, _problem(error), "`qostil tmx validate` says more") from error


def is_own_tmx(path: Path) -> bool:
    """Whether the header of a TMX says that Qostil wrote it."""
    try:
        with Reader(path, lenient=True, limits=_LIMITS) as reader:
            return _is_own(reader)
    except TmxError:
        return False


def iter_xliff(data: bytes, source: str) -> Iterator[AlignedDraft]:
    """The translated units of an XLIFF 1.2 or 2.x whose languages are Kazakh and Russian."""
    from tmx.convert_xliff import XliffReader

    try:
        with XliffReader(io.BytesIO(data), lenient=True, limits=_LIMITS) as reader:
            yield _from_units(reader, source)
    except TmxError as error:
        raise FormatError(source, _problem(error), "save it as XLIFF 1.2 or TMX") from error


def iter_po(data: bytes, source: str) -> Iterator[AlignedDraft]:
    """The translated messages of a gettext catalogue between Kazakh and Russian, told by their language.

    Fuzzy and obsolete messages are left out, and so are plural forms, which no pair of sentences is.
    """
    polib = load_extra("polib", "gettext catalogues")
    text = decode_text(data, source)
    try:
        catalogue = polib.pofile(text if "\n" in text else text + "\n")
    except (OSError, ValueError, IndexError, KeyError, AttributeError, TypeError) as error:
        raise FormatError(source, "is no gettext catalogue that can be read", "`msgfmt --check` says more") from error
    rows = [[entry.msgid, entry.msgstr] for entry in catalogue if entry.translated() and not entry.msgid_plural]
    if not rows:
        raise EmptyInputError(source, "holds no translated message", "give a catalogue with translations")
    draft = draft_from_rows(rows)
    if draft is None:
        raise FormatError(source, "is no catalogue between Kazakh and Russian", "give one whose msgid is one of them")
    yield draft


def _is_own(reader: Reader) -> bool:
    return reader.header.creationtool == "qostil"


def _from_units(reader: Any, source: str) -> AlignedDraft:
    draft = aligned_draft((unit.text("kk") or "", unit.text("ru") or "") for unit in reader)
    if draft is None:
        raise FormatError(source, "has no unit in Kazakh and Russian", "give one in both languages")
    skipped = tuple(Dropped(f"unit {each.unit}", each.problem) for each in reader.skipped)
    return AlignedDraft(draft.kk, draft.ru, (*draft.dropped, *skipped))


def _problem(error: TmxError) -> str:
    return getattr(error, "problem", None) or str(error)
