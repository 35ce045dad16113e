"""`qostil memory ledger`: what batches have seen, and what became of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Literal, get_args

import typer

from aligner.cli.memory import MemoryOption, existing_memory, memory_app
from aligner.cli.terminal import messages, print_json, worded

if TYPE_CHECKING:
    from aligner.memory.ledger import Release

__all__ = ["ledger"]

_State = Literal["paired", "waiting", "skipped", "copy", "gone", "matched", "new"]
_KEYS = (
    *("name", "location", "language", "date", "title", "state", "reason", "partner", "score", "nearest"),
    "segments",
)


@memory_app.command(epilog="Example: `qostil memory ledger --memory memory.db --state waiting`")
def ledger(
    memory: MemoryOption,
    state: Annotated[
        _State | None,
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
                    typer.echo(f"{_state('skipped')} --  {name}: {worded(reason)}")
    if format == "text":
        say = messages()
        counted = sorted(counts.items())
        told = [say("ledger.count", count=count, state=say(f"ledger.{what}")) for what, count in counted]
        typer.echo(", ".join(told) or say("ledger.nothing"))


def _line(release: Release) -> str:
    head = f"{_state(release.state)} {release.language:3} {release.name}"
    if release.state in ("paired", "matched"):
        return f"{head} = {release.partner} ({release.score or 0.0:.2f})"
    if not release.reason:
        return head
    score = f"{release.score or 0.0:.2f}"
    nearest = f"; {messages()('alone.nearest', name=release.nearest, score=score)}" if release.nearest else ""
    return f"{head}: {worded(release.reason)}{nearest}"


def _state(state: str) -> str:
    """The state as a column of one width."""
    say = messages()
    width = max(len(say(f"ledger.{each}")) for each in get_args(_State))
    return say(f"ledger.{state}").ljust(width + 1)


def _record(release: Release) -> dict[str, object]:
    return {key: getattr(release, key) for key in _KEYS} | {
        "date": release.date.isoformat() if release.date else None,
        "score": None if release.score is None else round(release.score, 4),
    }
