"""What a fetch did, in words and as a record."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from aligner.fetch.crawl import FetchReport
from aligner.messages import FETCHING, Language, Messages, translated

__all__ = ["fetch_record", "fetch_text"]

_SHOWN = 20


def fetch_text(report: FetchReport, folder: Path, language: Language = "en") -> str:
    """The report for a person; of long lists the beginning."""
    say = Messages(language, FETCHING, is_grouped=language != "en")
    languages = ", ".join(f"{count} {code}" for code, count in sorted(report.by_language.items()))
    lines = [
        say("fetch.got", new=report.new, changed=report.changed) + (f" ({languages})" if languages else ""),
        say("fetch.known", known=report.known + report.unchanged, unchanged=report.unchanged),
    ]
    if report.waiting:
        lines.append(say("fetch.waiting", waiting=report.waiting))
    for title, entries in (
        ("fetch.skipped", report.skipped),
        ("fetch.failed", report.failed),
        ("fetch.troubles", report.troubles),
        ("fetch.left_alone", list(report.left_alone.items())),
    ):
        lines += _listed(title, entries, say)
    lines.append(say("fetch.asked", requests=report.requests, bytes=report.bytes))
    lines.append(say("fetch.folder", folder=folder))
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


def _listed(title: str, entries: Sequence[tuple[str, str]], say: Messages) -> list[str]:
    if not entries:
        return []
    lines = [say(title, count=len(entries))]
    lines += [f"  {place}: {translated(reason, say.language) or reason}" for place, reason in entries[:_SHOWN]]
    if len(entries) > _SHOWN:
        lines.append("  " + say("fetch.more", count=len(entries) - _SHOWN))
    return lines


def _records(entries: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"url": url, "reason": reason} for url, reason in entries]
