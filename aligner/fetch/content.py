"""What an answer is: a document that can be read, in Kazakh or Russian, or nothing for us."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from aligner.errors import InputError, MissingExtraError
from aligner.fetch.records import Answer
from aligner.ingest import Content, SkippedFile, read_contents
from aligner.ingest.files import READABLE_SUFFIXES
from aligner.records import AlignedText

__all__ = ["Useless", "examine", "suffix_for"]

_SUFFIX_OF_TYPE = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "application/epub+zip": ".epub",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
# Servers that know no better say one of these; then the name of the page decides.
_SAY_NOTHING = (
    "",
    "application/octet-stream",
    "application/x-download",
    "application/force-download",
    "binary/octet-stream",
)
_DOCUMENTS = frozenset(_SUFFIX_OF_TYPE.values())
_LANGUAGES = ("kk", "ru")
UNTOLD = "other"


@dataclass(frozen=True, slots=True)
class Useless:
    """Why an answer is not kept."""

    reason: str


def suffix_for(answer: Answer) -> str | Useless:
    """The suffix that says the format of an answer."""
    kind = answer.media_type
    if kind in _SUFFIX_OF_TYPE:
        return _SUFFIX_OF_TYPE[kind]
    suffix = Path(urlsplit(answer.url).path).suffix.lower()
    if kind in _SAY_NOTHING:
        if suffix in _DOCUMENTS & READABLE_SUFFIXES:
            return suffix
        if answer.body.lstrip()[:14].lower().startswith((b"<!doctype html", b"<html")):
            return ".html"
    return Useless(f"pages of the type {kind[:80] or 'unknown'} are not read")


def examine(file: Path, stated: str | None) -> str | Useless:
    """The language of the document in `file`, `kk` or `ru`, or why it is not kept.

    What its text says counts more than what is `stated` in links to it. Where the library that reads it is not
    installed, what is stated counts; where nothing is, the language is `other`.
    """
    try:
        contents = list(read_contents(file))
    except MissingExtraError:
        return stated if stated in _LANGUAGES else UNTOLD
    except InputError as error:
        return Useless(error.problem)
    languages = [language for each in contents if (language := _language(each)) is not None]
    if languages:
        return stated if stated in languages else languages[0]
    reasons = [each.reason if isinstance(each, SkippedFile) else _reason(each) for each in contents]
    return Useless(reasons[0] if reasons else "no text")


def _language(content: Content) -> str | None:
    if isinstance(content, SkippedFile):
        return None
    if isinstance(content, AlignedText):
        return content.kk.language
    return content.language if content.skipped is None and content.language in _LANGUAGES else None


def _reason(content: Content) -> str:
    if isinstance(content, SkippedFile):
        return content.reason
    return "no text" if isinstance(content, AlignedText) else content.skipped or "no text"
