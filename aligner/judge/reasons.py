"""What speaks against a pair, in words that people read and machines can sort by.

Each reason opens with its kind, one of `REASON_KINDS`, and goes on with what was seen.
"""

from __future__ import annotations

from collections.abc import Iterator

from aligner.judge.texts import TextEvidence

__all__ = ["REASON_KINDS", "reasons_against"]

REASON_KINDS = (
    "untranslated",
    "wordless",
    "language",
    "number_mismatch",
    "name_missing",
    "markup_missing",
    "length_ratio",
    "partial",
    "punctuation",
    "unlike",
    "rival",
)
"""The kinds of reasons, the plainest first."""

_LENGTH_RATIO_FROM, _LENGTH_RATIO_TO = 0.55, 1.8
_STRANGE_FROM = 1.6
_STRANGE_PERSON_FROM = 0.9
"""People are seldom left out, but rarely named often enough to know it of each."""
_UNLIKE_BELOW = 0.45
_RIVAL_FROM = 0.05
_PARTIAL_FROM = 0.03
_MOST_NAMED = 3


def reasons_against(evidence: TextEvidence, cosine: float, gap: float, lesser: float, wider: float) -> Iterator[str]:
    """The reasons, `REASON_KINDS` in order.

    `cosine`, and by how much it is over that of the best rival (`gap`), of the bead without one of its segments
    (`lesser`) and with one more (`wider`), on the encoder's scale; NaN where not known.
    """
    if evidence.is_copy:
        yield "untranslated copy"
    if evidence.is_wordless:
        yield "wordless"
    for language, side in zip(evidence.languages, ("kk", "ru"), strict=True):
        if language and not evidence.is_copy:
            yield f"language {language} on the {side} side"
    figures = evidence.figures
    if figures.only_kk or figures.only_ru:
        only_kk, only_ru = (", ".join(sorted(only)) or "∅" for only in (figures.only_kk, figures.only_ru))
        yield f"number_mismatch: {only_kk} ≠ {only_ru}"
    strange = [
        name.text
        for strangeness, name in evidence.names
        if strangeness >= (_STRANGE_PERSON_FROM if name.kind == "person" else _STRANGE_FROM)
    ]
    if strange:
        yield f"name_missing: {', '.join(strange[:_MOST_NAMED])}"
    if evidence.markup:
        yield f"markup_missing: {', '.join(evidence.markup[:_MOST_NAMED])}"
    if not _LENGTH_RATIO_FROM <= evidence.length_ratio <= _LENGTH_RATIO_TO:
        yield f"length_ratio {evidence.length_ratio:.1f}"
    if lesser < -_PARTIAL_FROM:
        yield "partial: one segment less would be nearer"
    elif wider < -_PARTIAL_FROM:
        yield "partial: goes on in a segment beside it"
    if "?" in evidence.ends and evidence.ends[0] != evidence.ends[1]:
        kk_end, ru_end = (end or "∅" for end in evidence.ends)
        yield f"punctuation: {kk_end} ≠ {ru_end}"
    if cosine < _UNLIKE_BELOW:
        yield f"unlike: {max(0.0, cosine):.2f} of what translations have"
    if gap < -_RIVAL_FROM:
        yield "rival: another segment is nearer"
