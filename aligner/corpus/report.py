"""What an export did and what the filters say, in words for a person and as records for a machine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aligner.corpus.compile import Compiled
from aligner.corpus.explain import Explained

__all__ = ["compiled_record", "compiled_text", "explained_record", "explained_text"]


def compiled_record(made: Compiled, output: Path) -> dict[str, Any]:
    """The keys of `qostil export --json`."""
    return {
        "read": made.read,
        "written": made.written,
        "pairs": made.pairs,
        "dropped": made.dropped,
        "documents": made.documents,
        "scores": made.histogram,
        "files": [each["name"] for each in made.manifest["outputs"]],
        "output": str(output),
    }


def compiled_text(made: Compiled, output: Path) -> str:
    """A few lines."""
    lines = [f"read: {made.read:,} pairs"]
    if made.dropped:
        reasons = ", ".join(f"{count:,} {reason}" for reason, count in made.dropped.items())
        lines.append(f"left out: {made.read - made.written:,} ({reasons})")
    if len(made.pairs) > 1:
        lines.append("parts: " + ", ".join(f"{name} {count:,}" for name, count in made.pairs.items()))
    lines.append(f"written: {made.written:,} pairs from {made.documents:,} documents to {output}")
    return "\n".join(lines)


def explained_record(explained: Explained) -> dict[str, Any]:
    """One object of `qostil explain --format jsonl`."""
    unit = explained.unit
    return {
        "unit": explained.number,
        "kk": unit.kk,
        "ru": unit.ru,
        "score": round(unit.score, 4),
        "kept": explained.reason is None,
        "reason": explained.reason,
        "filters": [
            {
                "name": each.filter,
                "score": round(each.score, 4),
                "threshold": each.threshold,
                "accepted": each.accepted,
                "asked": each.filter in explained.asked,
                "reason": each.reason or None,
            }
            for each in explained.findings
        ],
        "repaired": dict(zip(("kk", "ru"), explained.repaired, strict=True)) if explained.repaired else None,
        "personal_data": {
            side: [{"kind": each.kind, "start": each.start, "end": each.end} for each in found]
            for side, found in zip(("kk", "ru"), explained.personal, strict=True)
        },
    }


def explained_text(explained: Explained) -> str:
    """The pair, the verdict, and a line for each filter that was asked or that has something to say."""
    unit = explained.unit
    verdict = f"left out: {explained.reason}" if explained.reason else "kept"
    lines = [f"unit {explained.number}, score {unit.score:.2f}: {verdict}", f"  kk  {unit.kk}", f"  ru  {unit.ru}"]
    for each in explained.findings:
        is_asked = each.filter in explained.asked
        if not is_asked and each.accepted:
            continue
        mark = "ok" if each.accepted else "no" if is_asked else "no (not asked)"
        lines.append(f"  {each.filter:14} {each.score:8.2f}  threshold {each.threshold:g}  {mark}")
    if explained.repaired:
        lines += ["  with --normalise:", f"  kk  {explained.repaired[0]}", f"  ru  {explained.repaired[1]}"]
    kinds = [each.kind for found in explained.personal for each in found]
    if kinds:
        lines.append(f"  personal data: {', '.join(kinds)}")
    return "\n".join(lines)
