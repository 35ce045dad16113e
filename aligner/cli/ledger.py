"""`qostil memory ledger`: what batches have seen, and what became of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from aligner.cli.memory import MemoryOption, existing_memory, memory_app
from aligner.cli.terminal import print_json

if TYPE_CHECKING:
    from aligner.memory.ledger import Release

__all__ = ["ledger"]


_KEYS = (
    *("name", "location", "language", "date", "title", "state", "reason", "partner", "score", "nearest"),
    "segments",
)


@memory_app.command(epilog="Example: `qostil memory ledger --memory memory.db --state waiting`")
def ledger(
    memory: MemoryOption,
    state: Annotated[
        Literal["paired", "waiting", "skipped", "copy", "gone", "matched", "new"] | None,
        typer.Option(help="Only documents of this state."),
    ] = None,
    format: Annotated[Literal["text", "jsonl"], typer.Option(help="For people, or one JSON object a line.")] = "text",
) -> None:
    """List every document that batches have seen: paired, waiting for a counterpart, or skipped and why."""
    from aligner.memory.ledger import Ledger

    counts = Counter[str]()
    with existing_memory(memory) as opened:
        kept = Ledger(opened)
        for release in kept.everything(state):
            counts[release.state] += 1
            if format == "jsonl":
                print_json(_record(release))
            else:
                typer.echo(_line(release))
        if state in (None, "skipped"):
            for name, reason in kept.passed_over():
                counts["skipped"] += 1
                if format == "jsonl":
                    print_json(dict.fromkeys(_KEYS) | {"name": name, "state": "skipped", "reason": reason})
                else:
                    typer.echo(f"skipped  --  {name}: {reason}")
    if format == "text":
        typer.echo(", ".join(f"{count} {what}" for what, count in sorted(counts.items())) or "nothing")


def _line(release: Release) -> str:
    head = f"{release.state:8} {release.language:3} {release.name}"
    if release.state in ("paired", "matched"):
        return f"{head} = {release.partner} ({release.score or 0.0:.2f})"
    nearest = f"; nearest: {release.nearest}, {release.score or 0.0:.2f}" if release.nearest else ""
    return f"{head}: {release.reason}{nearest}" if release.reason else head


def _record(release: Release) -> dict[str, object]:
    return {key: getattr(release, key) for key in _KEYS} | {
        "date": release.date.isoformat() if release.date else None,
        "score": None if release.score is None else round(release.score, 4),
    }
