"""Taking out of a memory what helps nobody: each with its reason, and none without being listed."""

from __future__ import annotations

import math
import os
import sqlite3
import statistics
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Literal, Protocol, TypeAlias

from tmx.errors import MissingExtraError
from tmx.keys import content_form, fingerprint, normalised_text, source_variant
from tmx.languages import canonical, primary
from tmx.limits import DEFAULT_LIMITS, Limits
from tmx.reader import Reader
from tmx.records import Prop, Skipped, TranslationUnit, Variant
from tmx.scratch import scratch_database
from tmx.scripts import main_script
from tmx.writer import Writer

__all__ = ["REASON_PROP", "CleanReport", "CleanRules", "LanguageDetector", "Reason", "clean", "py3langid_detector"]

Reason: TypeAlias = Literal["empty", "markup-only", "identical", "length", "language", "duplicate", "near-duplicate"]

REASON_PROP = "x-clean-reason"

_SAMPLE_UNITS = 10_000
_TABLES = "CREATE TABLE seen (key BLOB PRIMARY KEY) WITHOUT ROWID;"


class LanguageDetector(Protocol):
    """Says which of the candidate languages (BCP 47, primary) a text is in, and how sure it is, 0..1."""

    def __call__(self, text: str, candidates: Sequence[str]) -> tuple[str, float]: ...


@dataclass(frozen=True, slots=True)
class CleanRules:
    """What goes. Lengths count characters of plain text.

    `length` compares with what is usual in this file: a text is an outlier if it is more than
    `max_length_ratio` times as long as its counterpart lets expect, and `length_slack` characters more.
    `language` looks at the script, and with a detector at the language, of texts with at least
    `min_letters` letters; the detector must be `min_confidence` sure. `near_duplicates` differ in case,
    white space, quotes and dashes only.
    """

    empty: bool = True
    markup_only: bool = True
    identical: bool = True
    length: bool = True
    language: bool = True
    duplicates: bool = True
    near_duplicates: bool = True
    max_length_ratio: float = 3.0
    length_slack: int = 15
    min_letters: int = 25
    min_confidence: float = 0.95


@dataclass(frozen=True, slots=True)
class CleanReport:
    """Units read and written, and what was taken out by reason: units, and single variants of large units."""

    read: int
    written: int
    dropped: Mapping[Reason, int]
    variants_dropped: Mapping[Reason, int]
    skipped: tuple[Skipped, ...] = ()


def clean(
    source: str | os.PathLike[str],
    target: str | os.PathLike[str],
    rules: CleanRules | None = None,
    *,
    dropped: str | os.PathLike[str] | None = None,
    detector: LanguageDetector | None = None,
    lenient: bool = False,
    limits: Limits = DEFAULT_LIMITS,
) -> CleanReport:
    """Write the units worth keeping to `target`, and the others to `dropped`, a TMX, each with its reason
    in a property `x-clean-reason`.

    A unit of more than two languages loses the variants that are wrong, and goes only if no translation
    is left. Of duplicates the first stays. Memory does not grow with the file.
    """
    rules = rules or CleanRules()
    usual = _usual(source, lenient, limits)
    units: Counter[Reason] = Counter()
    variants: Counter[Reason] = Counter()
    read = 0
    with ExitStack() as stack:
        database = stack.enter_context(scratch_database(_TABLES))
        reader = stack.enter_context(Reader(source, lenient=lenient, limits=limits))
        rest = stack.enter_context(Writer(dropped, reader.header)) if dropped is not None else None
        writer = stack.enter_context(Writer(target, reader.header))
        for unit in reader:
            read += 1
            kept, reasons = _judged(unit, reader.header.srclang, rules, usual, detector)
            if kept is not None:
                reason = _repeated(kept, reader.header.srclang, rules, database)
                if reason is None:
                    writer.write(kept)
                    variants.update(reasons)
                    continue
                reasons = [reason]
            units[reasons[0]] += 1
            if rest is not None:
                mark = Prop(REASON_PROP, reasons[0])
                rest.write(replace(unit, annotations=(*unit.annotations, mark)))
        skipped = tuple(reader.skipped)
        written = writer.report.units
    return CleanReport(read, written, dict(units), dict(variants), skipped)


@dataclass(frozen=True, slots=True)
class _Usual:
    """What is usual in a file: the script of each language, and for each target the log of its length per
    character of the source."""

    scripts: Mapping[str, str]
    log_ratios: Mapping[str, float]

    @property
    def languages(self) -> list[str]:
        return sorted({primary(code) for code in self.scripts})


def _usual(source: str | os.PathLike[str], lenient: bool, limits: Limits) -> _Usual:
    scripts: dict[str, Counter[str]] = {}
    ratios: dict[str, list[float]] = {}
    with Reader(source, lenient=lenient, limits=limits) as reader:
        for number, unit in enumerate(reader):
            if number >= _SAMPLE_UNITS:
                break
            left = source_variant(unit, reader.header.srclang)
            for each in unit.variants:
                code, text = canonical(each.language), each.text
                script = main_script(text, 1)
                counts = scripts.setdefault(code, Counter())
                if script:
                    counts[script] += 1
                if each is not left and min(len(text), len(left.text)) >= 10:
                    ratios.setdefault(code, []).append(math.log(len(text) / len(left.text)))
    return _Usual(
        {code: counts.most_common(1)[0][0] if counts else "" for code, counts in scripts.items()},
        {code: statistics.median(values) for code, values in ratios.items()},
    )


def _judged(
    unit: TranslationUnit, srclang: str, rules: CleanRules, usual: _Usual, detector: LanguageDetector | None
) -> tuple[TranslationUnit | None, list[Reason]]:
    """The unit with the variants that pass, or None, and the reasons against the others."""
    source = source_variant(unit, srclang)
    reason = next(_faults(source, rules, usual, detector), None)
    if reason is not None:
        return None, [reason]
    reasons: list[Reason] = []
    kept = []
    for each in unit.variants:
        fault = None
        if each is not source:
            fault = next(_faults(each, rules, usual, detector), None) or next(
                _pair_faults(source, each, rules, usual), None
            )
        if fault is None:
            kept.append(each)
        else:
            reasons.append(fault)
    if len(kept) < 2 and reasons:
        return None, reasons
    return (unit if not reasons else replace(unit, variants=tuple(kept))), reasons


def _faults(variant: Variant, rules: CleanRules, usual: _Usual, detector: LanguageDetector | None) -> Iterator[Reason]:
    text = variant.text
    has_sign = any(map(str.isalnum, text))
    if rules.empty and not variant.content:
        yield "empty"
    if not text.strip():
        if rules.empty and not any(not isinstance(part, str) for part in variant.content):
            yield "empty"
        elif rules.markup_only and variant.content:
            yield "markup-only"
        return
    if rules.markup_only and not has_sign:
        yield "markup-only"
    if not rules.language:
        return
    expected = usual.scripts.get(canonical(variant.language), "")
    script = main_script(text, rules.min_letters)
    if script and expected and script != expected:
        yield "language"
    elif detector is not None and script and len(usual.languages) > 1:
        language, confidence = detector(text, usual.languages)
        if confidence >= rules.min_confidence and language != primary(variant.language):
            yield "language"


def _pair_faults(source: Variant, target: Variant, rules: CleanRules, usual: _Usual) -> Iterator[Reason]:
    left, right = source.text.strip(), target.text.strip()
    if (
        rules.identical
        and left == right
        and primary(source.language) != primary(target.language)
        and any(map(str.isalpha, left))
    ):
        yield "identical"
    if rules.length:
        expected = len(left) * math.exp(usual.log_ratios.get(canonical(target.language), 0.0))
        longer, shorter = max(expected, len(right)), min(expected, len(right))
        if longer > shorter * rules.max_length_ratio + rules.length_slack:
            yield "length"


def _repeated(unit: TranslationUnit, srclang: str, rules: CleanRules, database: sqlite3.Connection) -> Reason | None:
    source = source_variant(unit, srclang)
    ordered = (source, *sorted((e for e in unit.variants if e is not source), key=lambda e: e.language.lower()))
    exact = fingerprint(*(part for each in ordered for part in (canonical(each.language), content_form(each.content))))
    loose = fingerprint(
        "loose", *(part for each in ordered for part in (canonical(each.language), normalised_text(each.text)))
    )
    reason: Reason | None = None
    if rules.near_duplicates and not _is_new(loose, database):
        reason = "near-duplicate"
    if rules.duplicates and not _is_new(exact, database):
        reason = "duplicate"
    return reason


def _is_new(key: bytes, database: sqlite3.Connection) -> bool:
    return database.execute("INSERT OR IGNORE INTO seen VALUES (?)", (key,)).rowcount > 0


def py3langid_detector() -> LanguageDetector:
    """A detector for 97 languages that works offline. Raises MissingExtraError without `py3langid`."""
    try:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier
    except ImportError as error:
        raise MissingExtraError("telling languages apart needs py3langid: pip install py3langid") from error
    # Version 0.4 gave the loader another name.
    load = getattr(LanguageIdentifier, "from_model_file", None) or LanguageIdentifier.from_pickled_model
    identifier = load(MODEL_FILE, norm_probs=True)
    known = set(identifier.nb_classes)
    current: list[str] = []

    def detect(text: str, candidates: Sequence[str]) -> tuple[str, float]:
        usable = [code for code in candidates if code in known]
        if len(usable) < 2:
            return (usable[0] if usable else "und"), 0.0
        if usable != current:
            identifier.set_languages(usable)
            current[:] = usable
        language, confidence = identifier.classify(text)
        return str(language), float(confidence)

    return detect
