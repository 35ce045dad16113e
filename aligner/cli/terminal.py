"""What every command shares at the terminal: options, messages, progress, exit codes."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from aligner.encode import Encoder
    from aligner.pipeline import Inputs, Progress

__all__ = [
    "DONE",
    "FAILED",
    "INTERRUPTED",
    "SOME_SKIPPED",
    "EncoderOption",
    "JsonOption",
    "LanguagesOption",
    "PathsArgument",
    "QuietOption",
    "encoder_named",
    "exit_for",
    "print_json",
    "progress_bar",
    "refuse_input_as_output",
    "say",
]

DONE, FAILED, SOME_SKIPPED, INTERRUPTED = 0, 1, 3, 130

PathsArgument = Annotated[
    list[Path], typer.Argument(help="Files and folders, both languages in any mix.", metavar="PATH...")
]
EncoderOption = Annotated[
    str | None,
    typer.Option("--encoder", help="Any sentence-transformers model, by name or folder. See `qostil encoders`."),
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary.")]
JsonOption = Annotated[bool, typer.Option("--json", help="The summary as one JSON object on stdout.")]
LanguagesOption = Annotated[
    Literal["bare", "regional"], typer.Option("--tmx-languages", help="`bare`: kk, ru. `regional`: kk-KZ, ru-RU.")
]


def encoder_named(name: str | None) -> Encoder:
    from aligner.encode import CachedEncoder, load_encoder

    return CachedEncoder(load_encoder(name))


def say(text: str) -> None:
    typer.echo(text, err=True)


def print_json(record: dict[str, object]) -> None:
    typer.echo(json.dumps(record, ensure_ascii=False))


def refuse_input_as_output(output: Path, inputs: Iterable[Path]) -> None:
    """No command overwrites what it was given to read."""
    if any(each.exists() and output.exists() and output.samefile(each) for each in inputs):
        raise typer.BadParameter(f"{output} is one of the inputs; give -o another name")


def exit_for(inputs: Inputs) -> None:
    """Some inputs took no part: each is named already, and the exit code says so."""
    if inputs.skipped or inputs.skipped_files:
        raise typer.Exit(SOME_SKIPPED)


@contextmanager
def progress_bar(is_quiet: bool) -> Iterator[Progress | None]:
    """A progress bar on stderr; on no terminal, or when quiet, none. Ctrl-C ends the command in one sentence."""
    try:
        if is_quiet or not sys.stderr.isatty():
            yield None
        else:
            with _bar() as show:
                yield show
    except KeyboardInterrupt:
        say("stopped; what was finished is kept, and the same command goes on from there")
        raise typer.Exit(INTERRUPTED) from None


@contextmanager
def _bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def show(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what)
            bar.update(tasks[what], completed=done, total=total or None)

        yield show
