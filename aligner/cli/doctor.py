"""`qostil doctor`: is everything in place, and what to do where it is not."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli.app import app
from aligner.cli.console import can_show, has_colours
from aligner.cli.terminal import FAILED, messages, print_json

if TYPE_CHECKING:
    from aligner.doctor import Finding
    from aligner.messages import Messages

__all__ = ["doctor"]

_MARKS = {"fine": ("✓", "ok"), "advice": ("–", "--"), "problem": ("✗", "!!")}
_COLOURS = {"fine": "green", "advice": "yellow", "problem": "red"}


@app.command(epilog="Example: `qostil doctor --memory memory.db`")
def doctor(
    memory: Annotated[
        str | None,
        typer.Option(
            "--memory",
            "-m",
            envvar="QOSTIL_MEMORY",
            metavar="FILE.db",
            help="Also look at this memory: a file, or `postgresql://USER@HOST/DATABASE`.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The findings as one JSON object on stdout.")] = False,
) -> None:
    """Look at what is installed and how this machine is set up, with a remedy for each problem."""
    from aligner.doctor import examine
    from aligner.messages import DOCTOR
    from aligner.messages import Messages as Wording

    language = messages().language
    say, english = (Wording(each, DOCTOR, is_grouped=each != "en") for each in (language, "en"))
    records = []
    problems = 0
    for finding in examine(memory):
        problems += finding.level == "problem"
        if as_json:
            text, remedy = _worded(english, finding)
            records.append(
                {
                    "subject": finding.subject,
                    "state": finding.state,
                    "level": finding.level,
                    "text": text,
                    "remedy": remedy or None,
                    "values": dict(finding.values),
                }
            )
            continue
        text, remedy = _worded(say, finding)
        typer.echo(f"{_mark(finding.level)} {text}")
        if remedy:
            typer.echo(f"    → {remedy}" if can_show("kk", sys.stdout) else f"    {remedy}")
    if as_json:
        print_json({"problems": problems, "findings": records})
    else:
        typer.echo(say("doctor.problems", n=problems) if problems else say("doctor.all_fine"))
    if problems:
        raise typer.Exit(FAILED)


def _worded(say: Messages, finding: Finding) -> tuple[str, str]:
    """What was found, and the remedy, or nothing."""
    key = f"doctor.{finding.subject}.{finding.state}"
    whole = finding.state.partition("_")[0] if finding.subject == "extra" else finding.state
    remedy = f"doctor.{finding.subject}.{whole}.remedy"
    return say(key, **finding.values), say(remedy, **finding.values) if remedy in say else ""


def _mark(level: str) -> str:
    sign = _MARKS[level][0 if can_show("kk", sys.stdout) else 1]
    return typer.style(sign, fg=_COLOURS[level]) if has_colours(sys.stdout) else sign
