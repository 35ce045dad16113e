"""What a fetch did, in words and as a record."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from aligner.fetch.crawl import FetchReport

__all__ = ["fetch_record", "fetch_text"]

_SHOWN = 20


def fetch_text(report: FetchReport, folder: Path) -> str:
    """The report for a person; of long lists the beginning."""
    languages = ", ".join(f"{count:,} {language}" for language, count in sorted(report.by_language.items()))
    lines = [
        f"new: {report.new:,}; changed: {report.changed:,}" + (f" ({languages})" if languages else ""),
        f"known: {report.known + report.unchanged:,}, of which asked for again: {report.unchanged:,}",
    ]
    if report.waiting:
        lines.append(f"left for the next run: {report.waiting:,}")
    for title, entries in (
        ("not kept", report.skipped),
        ("failed", report.failed),
        ("lists that could not be read", report.troubles),
        ("left alone", list(report.left_alone.items())),
    ):
        lines += _listed(title, entries)
    lines.append(f"asked of servers: {report.requests:,} requests, {report.bytes:,} bytes")
    lines.append(f"folder: {folder}")
    return "\n".join(lines)


def fetch_record(report: FetchReport, folder: Path) -> dict[str, object]:
    """The report for a program, complete."""
    return {
        "new": report.new,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "known": report.known,
        "waiting": report.waiting,
        "lists": report.lists,
        "requests": report.requests,
        "bytes": report.bytes,
        "languages": dict(sorted(report.by_language.items())),
        "skipped": _records(report.skipped),
        "failed": _records(report.failed),
        "troubles": _records(report.troubles),
        "left_alone": report.left_alone,
        "folder": str(folder),
    }


def _listed(title: str, entries: Sequence[tuple[str, str]]) -> list[str]:
    if not entries:
        return []
    lines = [f"{title}: {len(entries):,}", *(f"  {place}: {reason}" for place, reason in entries[:_SHOWN])]
    if len(entries) > _SHOWN:
        lines.append(f"  … and {len(entries) - _SHOWN:,} more; --json and --manifest list all")
    return lines


def _records(entries: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"url": url, "reason": reason} for url, reason in entries]
