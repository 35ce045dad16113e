"""What a job did, in words for a person and as plain records for a machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from aligner.batching import BatchReport
from aligner.memory import Totals
from aligner.messages import COMMAND_LINE, COMMON, Messages, translated
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

ENGLISH = Messages("en", COMMAND_LINE, COMMON, is_grouped=False)
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
    return records + [{"source": file.name} | nothing | {"skipped": file.reason} for file in inputs.skipped_files]


def inspected_table(records: Sequence[dict[str, Any]], say: Messages = ENGLISH) -> str:
    """The records as aligned columns, and a line of totals."""
    columns = ("source", "language", "date", "paragraphs", "segments", "title")
    rows = [tuple(say(f"inspect.{column}") for column in columns)]
    for record in records:
        name = record["source"] if record["part"] is None else f"{record['source']}#{record['part']}"
        skipped = record["skipped"]
        text = say("inspect.skipped", reason=_worded(skipped, say)) if skipped else record["title"] or ""
        sizes = str(record["paragraphs"]), str(record["segments"])
        rows.append((name, record["language"] or "", record["date"] or "", *sizes, text))
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    lines = [
        "  ".join((*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[5])).rstrip()
        for row in rows
    ]
    languages = Counter(record["language"] or say("inspect.unread") for record in records)
    passed_over = sum(record["skipped"] is not None for record in records)
    counted = f" ({_counted(languages)})" if records else ""
    lines.append(say("inspect.total", n=len(records), languages=counted, skipped=passed_over))
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


def alignment_text(aligned: Aligned, units: Sequence[Unit], output: Path, say: Messages = ENGLISH) -> str:
    """The same in words."""
    record = alignment_record(aligned, units)
    counted = say("units", n=len(units))
    lines = [
        say("segments", kk=record["kk_segments"], ru=record["ru_segments"], units=counted),
        say("beads", shapes=_counted(record["beads"])),
        say("doubtful", below=DOUBTFUL_BELOW, count=record["doubtful"]),
    ]
    dropped = record["dropped"]
    lines += [
        say("left_out", reason=_worded(each["reason"], say), text=_shortened(each["text"]))
        for each in dropped[:_LISTED]
    ]
    lines += _and_more(len(dropped), say)
    return "\n".join([*lines, say("written_to", name=output)])


def pairing_text(
    inputs: Inputs, pairs: Sequence[DocumentPair], unpaired: Sequence[Unpaired], say: Messages = ENGLISH
) -> str:
    """How many documents were paired, and why the others were not."""
    lines = [_read_line(inputs, say), say("paired", n=len(pairs))]
    return "\n".join(lines + _unpaired_lines(unpaired, say) + _skipped_lines(inputs, say))


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


def batch_text(
    report: BatchReport, totals: Totals, written: int, output: Path, memory: str, say: Messages = ENGLISH
) -> str:
    """The same in words."""
    lines = [say("batch.continued")] if report.is_continued else []
    lines.append(_documents_line(report.languages, bool(report.given), say))
    if report.unchanged or report.redone or report.changed:
        counts = {"new": report.new, "changed": report.changed, "unchanged": report.unchanged}
        lines[-1] += ": " + ", ".join(say(f"read.{what}", n=count) for what, count in counts.items() if count)
    if report.redone:
        lines.append(say("batch.redone", n=report.redone))
    paired = say("paired", n=len(report.pairs) - len(report.given))
    lines.append(paired + (f", {say('paired.known', n=report.known_pairs)}" if report.known_pairs else ""))
    if report.given:
        count = sum(each[2] for each in report.given)
        sources = {each[0].rpartition("#")[0] for each in report.given}
        lines.append(say("aligned_already", pairs=say("pairs", n=count), files=say("in_files", n=len(sources))))
    lines += _lonely_lines(
        [(each.name, each.language, each.reason, each.nearest, each.score) for each in report.unpaired], say
    )
    others = report.waiting - len(report.unpaired)
    if others > 0:
        lines.append(say("waiting", n=others))
    lines += _skip_lines(report.skipped, say)
    if report.aligned_beads:
        lines.append(say("sentences", kk=report.segments["kk"], ru=report.segments["ru"]))
        lines.append(say("beads", shapes=_counted(report.beads)))
        share = report.doubtful / report.aligned_beads
        lines.append(
            say(
                "doubtful.share",
                below=DOUBTFUL_BELOW,
                count=report.doubtful,
                units=say("of_units", n=report.aligned_beads),
                share=_share(share, say),
            )
        )
    if report.dropped:
        lines.append(say("left_out.language", n=len(report.dropped)))
    lines.append(
        say(
            "memory",
            name=memory,
            units=say("units", n=totals.units),
            pairs=say("pairs", n=totals.pairs),
            added=report.units_added,
            removed=report.units_removed,
        )
    )
    withheld = totals.units - written
    counted = say("units", n=written)
    if withheld:
        lines.append(say("output.withheld", name=output, units=counted, n=withheld))
    else:
        lines.append(say("output", name=output, units=counted))
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


def mining_text(report: MiningReport, output: Path, say: Messages = ENGLISH) -> str:
    """The same in words."""
    lines = [_read_line(report.inputs, say), *_skipped_lines(report.inputs, say)]
    for language in ("kk", "ru"):
        aside = report.set_aside[language]
        line = say(f"mine.sentences.{language}", count=report.sentences[language])
        if aside:
            line += f", {say('mine.set_aside', count=sum(aside.values()), reasons=_counted(_worded_keys(aside, say)))}"
        lines.append(line)
    for language, recall in report.recall.items():
        if recall is not None:
            lines.append(
                say(
                    "mine.approximate",
                    language=language,
                    at_1=_share(recall.at_1, say),
                    at_k=_share(recall.at_k, say),
                    probes=recall.probes,
                    cells=recall.cells,
                )
            )
    if all(recall is None for recall in report.recall.values()):
        lines.append(say("mine.exact"))
    if report.identical:
        lines.append(say("mine.identical", count=report.identical))
    doubtful = sum(unit.score < DOUBTFUL_BELOW for unit in report.units)
    lines.append(
        say("mine.pairs", count=len(report.units), least=report.min_score, doubtful=doubtful, below=DOUBTFUL_BELOW)
    )
    return "\n".join([*lines, say("written_to", name=output)])


def _skipped_records(inputs: Inputs) -> list[dict[str, str | None]]:
    return [{"source": document.name, "reason": document.skipped} for document in inputs.skipped] + [
        {"source": file.name, "reason": file.reason} for file in inputs.skipped_files
    ]


def _read_line(inputs: Inputs, say: Messages) -> str:
    return _documents_line(Counter(document.language for document in inputs.usable), bool(inputs.aligned), say)


def _documents_line(languages: Mapping[str, int], has_aligned: bool, say: Messages) -> str:
    if not languages:
        return say("read.only_aligned" if has_aligned else "read.nothing")
    return say("read.documents", n=sum(languages.values()), languages=_counted(dict(languages)))


def _unpaired_lines(unpaired: Sequence[Unpaired], say: Messages) -> list[str]:
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
        ],
        say,
    )


def _lonely_lines(lonely: Sequence[tuple[str, str, str, str | None, float]], say: Messages) -> list[str]:
    """Names, languages, reasons, nearest candidates and their scores, as lines."""
    if not lonely:
        return []
    by_language = Counter(language for _, language, *_ in lonely)
    lines = [say("alone", n=len(lonely), languages=_counted(by_language))]
    for name, _, reason, nearest, score in sorted(lonely, key=lambda each: -each[4])[:_LISTED]:
        near = f"; {say('alone.nearest', name=nearest, score=f'{score:.2f}')}" if nearest else ""
        lines.append(f"  {name}: {_worded(reason, say)}{near}")
    return lines + _and_more(len(lonely), say)


def _skipped_lines(inputs: Inputs, say: Messages) -> list[str]:
    skipped = [(document.name, document.skipped or "") for document in inputs.skipped]
    return _skip_lines(skipped + [(file.name, file.reason) for file in inputs.skipped_files], say)


def _skip_lines(skipped: Sequence[tuple[str, str]], say: Messages) -> list[str]:
    if not skipped:
        return []
    lines = [say("skipped", n=len(skipped))] + [f"  {name}: {_worded(why, say)}" for name, why in skipped[:_LISTED]]
    return lines + _and_more(len(skipped), say)


def _and_more(count: int, say: Messages) -> list[str]:
    return [f"  {say('and_more', n=count - _LISTED)}"] if count > _LISTED else []


def _worded(reason: str, say: Messages) -> str:
    """A reason of the library, which it gives in English."""
    return translated(reason, say.language) or reason


def _worded_keys(counts: Mapping[str, int], say: Messages) -> dict[str, int]:
    return {_worded(reason, say): count for reason, count in counts.items()}


def _share(share: float, say: Messages) -> str:
    return f"{share:.1%}" if say.language == "en" else say.percent(share, 1)


def _shapes(aligned: Aligned) -> Counter[str]:
    return Counter(f"{len(bead.kk)}-{len(bead.ru)}" for bead in aligned.beads)


def _counted(counts: Iterable[str] | dict[str, int]) -> str:
    counter = Counter(counts)
    return ", ".join(f"{count} {name}" for name, count in sorted(counter.items(), key=lambda item: (-item[1], item[0])))


def _shortened(text: str, width: int = 80) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
