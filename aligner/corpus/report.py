"""What an export did and what the filters say, in words for a person and as records for a machine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from aligner.corpus.compile import Compiled
from aligner.corpus.explain import Explained
from aligner.messages import CORPORA, Language, Messages, translated

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


def compiled_text(made: Compiled, output: Path, language: Language = "en") -> str:
    """A few lines."""
    say = Messages(language, CORPORA)
    lines = [say("export.read", count=made.read)]
    if made.dropped:
        reasons = ", ".join(
            f"{say.number(count)} {translated(name, language) or name}" for name, count in made.dropped.items()
        )
        lines.append(say("export.left_out", count=made.read - made.written, reasons=reasons))
    if len(made.pairs) > 1:
        parts = ", ".join(f"{name} {say.number(count)}" for name, count in made.pairs.items())
        lines.append(say("export.parts", parts=parts))
    lines.append(say("export.written", pairs=made.written, documents=made.documents, name=output))
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


def explained_text(explained: Explained, language: Language = "en") -> str:
    """The pair, the verdict, and a line for each filter that was asked or that has something to say."""
    say = Messages(language, CORPORA, is_grouped=False)
    unit, reason = explained.unit, explained.reason
    verdict = say("explain.left_out", reason=translated(reason, language) or reason) if reason else say("explain.kept")
    lines = [
        say("explain.unit", number=explained.number, score=f"{unit.score:.2f}", verdict=verdict),
        f"  kk  {unit.kk}",
        f"  ru  {unit.ru}",
    ]
    for each in explained.findings:
        is_asked = each.filter in explained.asked
        if not is_asked and each.accepted:
            continue
        mark = say("explain.ok" if each.accepted else "explain.no" if is_asked else "explain.not_asked")
        threshold = say("explain.threshold", value=f"{each.threshold:g}")
        lines.append(f"  {each.filter:14} {each.score:8.2f}  {threshold}  {mark}")
    if explained.repaired:
        lines += [f"  {say('explain.normalised')}", f"  kk  {explained.repaired[0]}", f"  ru  {explained.repaired[1]}"]
    kinds = [each.kind for found in explained.personal for each in found]
    if kinds:
        lines.append(f"  {say('explain.personal', kinds=', '.join(kinds))}")
    return "\n".join(lines)
