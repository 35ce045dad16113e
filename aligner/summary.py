"""What a job did, in words for a person and as plain records for a machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from aligner.batching import BatchReport
from aligner.memory import Totals
from aligner.mining import MiningReport
from aligner.pipeline import DOUBTFUL_BELOW, Aligned, Inputs, segments_of
from aligner.records import DocumentPair, Unit, Unpaired

__all__ = [
    "alignment_record",
    "alignment_text",
    "batch_record",
    "batch_text",
    "inspected",
    "inspected_table",
    "mining_record",
    "mining_text",
    "pairing_text",
]

_LISTED = 20
"""Longer lists are cut in the text for people; `--json` and `inspect` give them whole."""


def inspected(inputs: Inputs) -> list[dict[str, Any]]:
    """One record a document or unreadable file, with the keys of the `inspect` contract."""
    records = [
        {
            "source": document.source,
            "part": document.part,
            "language": document.language,
            "date": document.date.isoformat() if document.date else None,
            "title": document.title,
            "paragraphs": len(document.paragraphs),
            "segments": len(segments_of(document)[0]),
            "skipped": document.skipped,
        }
        for document in inputs.documents
    ]
    records += [
        {
            "source": document.source,
            "part": document.part,
            "language": document.language,
            "date": None,
            "title": None,
            "paragraphs": len(document.paragraphs),
            "segments": len(document.paragraphs),
            "skipped": None,
        }
        for text in inputs.aligned
        for document in (text.kk, text.ru)
    ]
    nothing = dict.fromkeys(("part", "language", "date", "title")) | {"paragraphs": 0, "segments": 0}
    return records + [{"source": str(file.path)} | nothing | {"skipped": file.reason} for file in inputs.skipped_files]


def inspected_table(records: Sequence[dict[str, Any]]) -> str:
    """The records as aligned columns, and a line of totals."""
    rows = [("source", "lang", "date", "paragraphs", "segments", "title or reason")]
    for record in records:
        name = record["source"] if record["part"] is None else f"{record['source']}#{record['part']}"
        text = f"skipped: {record['skipped']}" if record["skipped"] else record["title"] or ""
        sizes = str(record["paragraphs"]), str(record["segments"])
        rows.append((name, record["language"] or "", record["date"] or "", *sizes, text))
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    lines = [
        "  ".join((*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[5])).rstrip()
        for row in rows
    ]
    languages = Counter(record["language"] or "unread" for record in records)
    skipped = sum(record["skipped"] is not None for record in records)
    counted = f" ({_counted(languages)})" if records else ""
    lines.append(f"{_number(len(records), 'document')}{counted}, {skipped} skipped")
    return "\n".join(lines)


def alignment_record(aligned: Aligned, units: Sequence[Unit]) -> dict[str, Any]:
    """The summary of one aligned pair."""
    return {
        "kk": aligned.pair.kk.name,
        "ru": aligned.pair.ru.name,
        "kk_segments": len(aligned.kk),
        "ru_segments": len(aligned.ru),
        "beads": dict(_shapes(aligned)),
        "aligned": len(units),
        "doubtful": sum(unit.score < DOUBTFUL_BELOW for unit in units),
        "dropped": [{"text": each.text, "reason": each.reason} for each in aligned.dropped],
    }


def alignment_text(aligned: Aligned, units: Sequence[Unit], output: Path) -> str:
    """The same in words."""
    record = alignment_record(aligned, units)
    lines = [
        f"{record['kk_segments']} Kazakh and {record['ru_segments']} Russian segments → {_number(len(units), 'unit')}",
        f"beads: {_counted(record['beads'])}",
        f"doubtful (below {DOUBTFUL_BELOW}): {record['doubtful']}",
    ]
    dropped = record["dropped"]
    lines += [f"left out, {each['reason']}: {_shortened(each['text'])}" for each in dropped[:_LISTED]]
    lines += _and_more(len(dropped))
    return "\n".join([*lines, f"written to {output}"])


def pairing_text(inputs: Inputs, pairs: Sequence[DocumentPair], unpaired: Sequence[Unpaired]) -> str:
    """How many documents were paired, and why the others were not."""
    lines = [_read_line(inputs), f"paired: {_number(len(pairs), 'document pair')}"]
    return "\n".join(lines + _unpaired_lines(unpaired) + _skipped_lines(inputs))


def batch_record(report: BatchReport, totals: Totals) -> dict[str, Any]:
    """The summary of a batch."""
    return {
        "documents": report.documents,
        "languages": report.languages,
        "pairs": [{"kk": pair.kk, "ru": pair.ru, "score": round(pair.score, 4)} for pair in report.pairs],
        "known_pairs": report.known_pairs,
        "given": [{"kk": kk, "ru": ru, "pairs": count} for kk, ru, count in report.given],
        "unpaired": [
            {
                "document": each.name,
                "language": each.language,
                "reason": each.reason,
                "nearest": each.nearest,
                "score": round(each.score, 4),
            }
            for each in report.unpaired
        ],
        "skipped": [{"source": source, "reason": reason} for source, reason in report.skipped],
        "segments": report.segments,
        "beads": report.beads,
        "aligned": report.aligned_beads,
        "doubtful": report.doubtful,
        "dropped": [{"document": name, "text": each.text, "reason": each.reason} for name, each in report.dropped],
        "new": report.new,
        "changed": report.changed,
        "redone": report.redone,
        "unchanged": report.unchanged,
        "waiting": report.waiting,
        "paired": report.paired,
        "failed": report.failed,
        "continued": report.is_continued,
        "units_added": report.units_added,
        "units_removed": report.units_removed,
        "memory_units": totals.units,
        "memory_pairs": totals.pairs,
    }


def batch_text(report: BatchReport, totals: Totals, written: int, output: Path, memory: str) -> str:
    """The same in words."""
    lines = ["went on where an earlier run was cut off"] if report.is_continued else []
    lines.append(_documents_line(report.languages, bool(report.given)))
    if report.unchanged or report.redone or report.changed:
        counts = {"new": report.new, "changed": report.changed, "unchanged": report.unchanged}
        lines[-1] += ": " + ", ".join(f"{count} {what}" for what, count in counts.items() if count)
    if report.redone:
        lines.append(f"worked on again, for the encoder or Qostil is another one: {report.redone}")
    paired = f"paired: {_number(len(report.pairs) - len(report.given), 'document pair')}"
    lines.append(paired + (f", {report.known_pairs} of them known to the memory" if report.known_pairs else ""))
    if report.given:
        count = sum(each[2] for each in report.given)
        sources = {each[0].rpartition("#")[0] for each in report.given}
        lines.append(f"aligned already: {_number(count, 'pair')} in {_number(len(sources), 'file')}")
    lines += _lonely_lines(
        [(each.name, each.language, each.reason, each.nearest, each.score) for each in report.unpaired]
    )
    others = report.waiting - len(report.unpaired)
    if others > 0:
        lines.append(f"waiting for a counterpart from earlier batches: {_number(others, 'document')}")
    lines += _skip_lines(report.skipped)
    if report.aligned_beads:
        segments = ", ".join(f"{report.segments[key]} {name}" for key, name in (("kk", "Kazakh"), ("ru", "Russian")))
        lines.append(f"sentences: {segments}")
        lines.append(f"beads: {_counted(report.beads)}")
        share = report.doubtful / report.aligned_beads
        total = _number(report.aligned_beads, "unit")
        lines.append(f"doubtful (below {DOUBTFUL_BELOW}): {report.doubtful} of {total} ({share:.1%})")
    if report.dropped:
        lines.append(f"sentences left out because of their language: {len(report.dropped)} (listed by --json)")
    lines.append(
        f"memory: {memory} ({_number(totals.units, 'unit')} from {_number(totals.pairs, 'pair')}; "
        f"{report.units_added} new, {report.units_removed} removed)"
    )
    withheld = totals.units - written
    lines.append(
        f"output: {output} ({_number(written, 'unit')}"
        + (f"; {_number(withheld, 'less certain one')} withheld by --min-score)" if withheld else ")")
    )
    return "\n".join(lines)


def mining_record(report: MiningReport) -> dict[str, Any]:
    """The summary of what was mined."""
    return {
        "documents": len(report.inputs.usable),
        "skipped": _skipped_records(report.inputs),
        "sentences": report.sentences,
        "set_aside": report.set_aside,
        "identical": report.identical,
        "pairs": len(report.units),
        "min_score": report.min_score,
        "doubtful": sum(unit.score < DOUBTFUL_BELOW for unit in report.units),
        "search": {
            language: {"method": "exact"}
            if recall is None
            else {
                "method": "approximate",
                "recall_at_1": round(recall.at_1, 4),
                "recall_at_16": round(recall.at_k, 4),
                "probes": recall.probes,
                "cells": recall.cells,
            }
            for language, recall in report.recall.items()
        },
    }


def mining_text(report: MiningReport, output: Path) -> str:
    """The same in words."""
    lines = [_read_line(report.inputs), *_skipped_lines(report.inputs)]
    for language, name in (("kk", "Kazakh"), ("ru", "Russian")):
        aside = report.set_aside[language]
        reasons = f", {sum(aside.values())} of them set aside ({_counted(aside)})" if aside else ""
        lines.append(f"{name} sentences: {report.sentences[language]}{reasons}")
    for language, recall in report.recall.items():
        if recall is not None:
            lines.append(
                f"approximate search for {language}: in a sample it found {recall.at_1:.1%} of the nearest sentences, "
                f"{recall.at_k:.1%} of the 16 nearest ({recall.probes} of {recall.cells} cells)"
            )
    if all(recall is None for recall in report.recall.values()):
        lines.append("search: exact")
    if report.identical:
        lines.append(f"left out, the same text on both sides: {report.identical}")
    doubtful = sum(unit.score < DOUBTFUL_BELOW for unit in report.units)
    lines.append(
        f"pairs: {len(report.units)} with a score of {report.min_score} or more, "
        f"{doubtful} of them doubtful (below {DOUBTFUL_BELOW})"
    )
    return "\n".join([*lines, f"written to {output}"])


def _skipped_records(inputs: Inputs) -> list[dict[str, str | None]]:
    return [{"source": document.name, "reason": document.skipped} for document in inputs.skipped] + [
        {"source": str(file.path), "reason": file.reason} for file in inputs.skipped_files
    ]


def _read_line(inputs: Inputs) -> str:
    return _documents_line(Counter(document.language for document in inputs.usable), bool(inputs.aligned))


def _documents_line(languages: Mapping[str, int], has_aligned: bool) -> str:
    if not languages and has_aligned:
        return "read: only what is aligned already"
    if not languages:
        return "read: no Kazakh or Russian document"
    return f"read: {_number(sum(languages.values()), 'document')} ({_counted(dict(languages))})"


def _unpaired_lines(unpaired: Sequence[Unpaired]) -> list[str]:
    return _lonely_lines(
        [
            (
                each.document.name,
                each.document.language,
                each.reason,
                each.nearest.name if each.nearest else None,
                each.score,
            )
            for each in unpaired
        ]
    )


def _lonely_lines(lonely: Sequence[tuple[str, str, str, str | None, float]]) -> list[str]:
    """Names, languages, reasons, nearest candidates and their scores, as lines."""
    if not lonely:
        return []
    by_language = Counter(language for _, language, *_ in lonely)
    lines = [f"no counterpart: {_number(len(lonely), 'document')} ({_counted(by_language)})"]
    for name, _, reason, nearest, score in sorted(lonely, key=lambda each: -each[4])[:_LISTED]:
        lines.append(f"  {name}: {reason}" + (f"; nearest: {nearest}, {score:.2f}" if nearest else ""))
    return lines + _and_more(len(lonely))


def _skipped_lines(inputs: Inputs) -> list[str]:
    skipped = [(document.name, document.skipped or "") for document in inputs.skipped]
    return _skip_lines(skipped + [(str(file.path), file.reason) for file in inputs.skipped_files])


def _skip_lines(skipped: Sequence[tuple[str, str]]) -> list[str]:
    if not skipped:
        return []
    lines = [f"skipped: {len(skipped)}"] + [f"  {name}: {reason}" for name, reason in skipped[:_LISTED]]
    return lines + _and_more(len(skipped))


def _and_more(count: int) -> list[str]:
    return [f"  … and {count - _LISTED} more, listed by --json"] if count > _LISTED else []


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _shapes(aligned: Aligned) -> Counter[str]:
    return Counter(f"{len(bead.kk)}-{len(bead.ru)}" for bead in aligned.beads)


def _counted(counts: Iterable[str] | dict[str, int]) -> str:
    counter = Counter(counts)
    return ", ".join(f"{count} {name}" for name, count in sorted(counter.items(), key=lambda item: (-item[1], item[0])))


def _shortened(text: str, width: int = 80) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
