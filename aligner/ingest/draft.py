"""What every reader yields: a publication whose languages are not told yet, and how it becomes a Document."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from aligner.language import identify_language
from aligner.records import AlignedText, Document, Dropped, Paragraph

__all__ = ["AlignedDraft", "Block", "Draft", "aligned_text_from", "document_from"]

_LANGUAGES = frozenset({"kk", "ru"})
# Other languages are told apart on long texts only.
_PARAGRAPH_LANGUAGES = frozenset({"kk", "ru", "en"})
_MIN_PARAGRAPH_LETTERS = 40
_KAZAKH_LETTERS = frozenset("әғқңөұүһіӘҒҚҢӨҰҮҺІ")


@dataclass(frozen=True, slots=True)
class Block:
    """One clean line of a publication: a paragraph or a heading."""

    text: str
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """One publication. `part` is its 1-based place in a dump; `language` what its markup claims, or None."""

    blocks: tuple[Block, ...]
    title: str | None = None
    date: dt.date | None = None
    part: int | None = None
    language: str | None = None
    dropped: tuple[Dropped, ...] = ()


@dataclass(frozen=True, slots=True)
class AlignedDraft:
    """Texts that translate each other, by place: `kk[n]` and `ru[n]` are clean and not empty."""

    kk: tuple[str, ...]
    ru: tuple[str, ...]
    dropped: tuple[Dropped, ...] = ()


def aligned_text_from(draft: AlignedDraft, source: str, part: int) -> AlignedText:
    """The two documents of `draft`, the Kazakh one at `part`, the Russian one after it."""
    kk, ru = (
        Document(source, language, tuple(Paragraph(text, language) for text in texts), number, dropped=dropped)
        for language, texts, number, dropped in (
            ("kk", draft.kk, part, draft.dropped),
            ("ru", draft.ru, part + 1, ()),
        )
    )
    return AlignedText(kk, ru)


def document_from(draft: Draft, source: str) -> Document:
    """The Document of `draft`, with its languages, and with the reason where it takes no part in the work."""
    texts = [block.text for block in draft.blocks]
    if draft.title is not None:
        texts.insert(0, draft.title)
    language = identify_language("\n".join(texts))
    if language == "und" and draft.language is not None:
        language = draft.language
    skipped = None
    if not texts:
        skipped = "no text"
    elif language == "und":
        skipped = "language: und (it could not be told)"
    elif language not in _LANGUAGES:
        skipped = f"language: {language} (only kk and ru are aligned)"
    return Document(
        source=source,
        language=language,
        paragraphs=tuple(
            Paragraph(block.text, _paragraph_language(block.text, language), block.is_heading) for block in draft.blocks
        ),
        part=draft.part,
        title=draft.title,
        date=draft.date,
        skipped=skipped,
        dropped=draft.dropped,
    )


def _paragraph_language(text: str, document_language: str) -> str:
    letters = sum(map(str.isalpha, text))
    if letters < _MIN_PARAGRAPH_LETTERS:
        return document_language
    kazakh = sum(character in _KAZAKH_LETTERS for character in text)
    if document_language == "kk" and kazakh >= 0.05 * letters:
        return document_language
    if document_language == "ru" and kazakh == 0 and _is_cyrillic(text, letters):
        return document_language
    language = identify_language(text)
    return language if language in _PARAGRAPH_LANGUAGES else document_language


def _is_cyrillic(text: str, letters: int) -> bool:
    return sum("\u0400" <= character <= "\u04ff" for character in text) > 0.5 * letters
