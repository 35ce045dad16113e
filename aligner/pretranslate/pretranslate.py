"""A file to be translated → XLIFF with what the memory knows of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from aligner.errors import LanguageError
from aligner.ingest import read_paragraphs
from aligner.ingest.limits import MAX_MARKUP_BYTES
from aligner.ingest.source import read_bytes
from aligner.language import identify_language
from aligner.memory.lookup import DEFAULT_KINDS, Kind, Language, Lookup
from aligner.pipeline import Progress
from aligner.pretranslate.given_xliff import GivenXliff
from aligner.pretranslate.matching import filled, summary_of
from aligner.pretranslate.new_xliff import Format, new_xliff
from aligner.pretranslate.records import Filled, Pretranslation
from aligner.segment import segment_text

__all__ = ["XLIFF_SUFFIXES", "pretranslate", "source_language"]

XLIFF_SUFFIXES = (".xlf", ".xliff", ".xliff2", ".sdlxliff", ".mqxliff", ".mxliff")


def pretranslate(
    path: Path,
    lookup: Lookup,
    *,
    language: Language | None = None,
    format: Format = "xliff12",
    min_percent: int = 70,
    kinds: Sequence[Kind] = DEFAULT_KINDS,
    min_score: float = 0.0,
    progress: Progress | None = None,
) -> Pretranslation:
    """Look up every segment of a .txt, .docx or XLIFF file.

    A text becomes a new XLIFF of the given format; an XLIFF stays what it is, with matches added, and targets where it
    had none. `language` is that of the source, told from the text where it is None. Raises InputErrors.
    """
    spoken = source_language(path, language)
    if path.suffix.lower() in XLIFF_SUFFIXES:
        given = _given(path)
        segments = filled(given.texts, lookup, spoken, min_percent, kinds, min_score, progress)
        return Pretranslation(given.with_matches(segments), spoken, summary_of(segments))
    paragraphs = read_paragraphs(path)
    pieces = [list(_pieces(paragraph, spoken)) for paragraph in paragraphs]
    texts = [text for paragraph in pieces for text, is_segment in paragraph if is_segment]
    segments = filled(texts, lookup, spoken, min_percent, kinds, min_score, progress)
    following = iter(segments)
    parts: list[list[Filled | str]] = [
        [next(following) if is_segment else text for text, is_segment in paragraph] for paragraph in pieces
    ]
    xliff = new_xliff(parts, path.name, spoken, format)
    return Pretranslation(xliff, spoken, summary_of(segments))


def source_language(path: Path, stated: Language | None = None) -> Language:
    """The language to translate from: as stated, as the XLIFF says, or as the text shows. Raises InputErrors."""
    if path.suffix.lower() in XLIFF_SUFFIXES:
        found = _given(path).language
        if stated not in (None, found):
            raise LanguageError(str(path), f"says that it is in {found}", "leave --from out")
        return found
    return stated or _language_of(read_paragraphs(path), path)


def _given(path: Path) -> GivenXliff:
    return GivenXliff(read_bytes(path, MAX_MARKUP_BYTES), str(path))


def _pieces(paragraph: str, language: Language) -> Iterator[tuple[str, bool]]:
    """The segments of a paragraph and the white space between them; whether it is a segment."""
    end = 0
    for segment in segment_text(paragraph, language):
        if segment.start > end:
            yield paragraph[end : segment.start], False
        yield segment.text, True
        end = segment.end


def _language_of(paragraphs: Sequence[str], path: Path) -> Language:
    found = identify_language("\n".join(paragraphs))
    if found not in ("kk", "ru"):
        problem = "is in no language that could be told" if found == "und" else f"is in {found}"
        raise LanguageError(str(path), problem, "say --from kk or --from ru if it is one of them")
    return "kk" if found == "kk" else "ru"
