"""`qostil report`: what came of a batch or stands in a memory, as one page for people."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from aligner.cli.app import app
from aligner.cli.memory import existing_memory
from aligner.cli.terminal import (
    EncoderOption,
    QuietOption,
    encoder_named,
    exit_for,
    progress_bar,
    refuse_input_as_output,
    tell,
)

if TYPE_CHECKING:
    from aligner.messages import Language
    from aligner.report import Report

__all__ = ["report"]


@app.command(epilog="Example: `qostil report releases/ -o report.html --lang kk`")
def report(
    output: Annotated[Path, typer.Option("--output", "-o", help="The HTML file to write.", metavar="FILE.html")],
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files and folders, both languages in any mix.", metavar="[PATH...]")
    ] = None,
    memory: Annotated[
        str | None,
        typer.Option("--memory", "-m", help="Report on this memory instead of files.", metavar="FILE.db"),
    ] = None,
    lang: Annotated[
        Literal["kk", "ru", "en"] | None, typer.Option(help="The language of the page; by default that of the system.")
    ] = None,
    details: Annotated[
        int, typer.Option(min=0, max=1000, help="So many document pairs are shown with all their text, the worst ones.")
    ] = 20,
    worst: Annotated[
        int, typer.Option(min=0, max=10_000, help="So many sentence pairs are listed, the worst ones.")
    ] = 60,
    encoder: EncoderOption = None,
    quiet: QuietOption = False,
) -> None:
    """Show what was read, paired and lost, and what to check first, on one page that needs no network."""
    from aligner.export import check_writable
    from aligner.ingest import path_text
    from aligner.messages import language_of
    from aligner.pipeline import read_inputs
    from aligner.report import report_of_batch, report_of_memory

    if paths and len(paths) == 1 and paths[0].suffix == ".db" and not memory:
        # That is how export, explain and terms are told.
        memory, paths = str(paths[0]), None
    if bool(paths) == bool(memory):
        raise typer.BadParameter("name files or folders, or give --memory FILE.db")
    check_writable(output)
    language = lang or language_of(os.environ)
    now = dt.datetime.now(dt.UTC)
    if memory:
        refuse_input_as_output(output, [Path(memory)])
        with existing_memory(memory) as opened, progress_bar(quiet) as progress:
            made = report_of_memory(opened, encoder_named(encoder), now, details, worst, progress)
        _write(made, language, output)
        _tell(made, output, quiet)
        return
    with progress_bar(quiet) as progress:
        inputs = read_inputs(paths or [], progress, [output])
        refuse_input_as_output(output, {Path(document.source) for document in inputs.documents})
        names = [path_text(path) for path in paths or []]
        made = report_of_batch(inputs, encoder_named(encoder), names, now, details, worst, progress)
    _write(made, language, output)
    _tell(made, output, quiet)
    exit_for(inputs)


def _write(made: Report, language: Language, output: Path) -> None:
    from aligner.errors import OutputError
    from aligner.report import iter_page
    from tmx.atomic import AtomicFile
    from tmx.errors import WriteError

    try:
        with AtomicFile(output, compress=False) as file:
            for piece in iter_page(made, language):
                file.write(piece.encode())
    except WriteError as error:
        raise OutputError(f"{error}; nothing was left half-written") from error


def _tell(made: Report, output: Path, is_quiet: bool) -> None:
    if is_quiet:
        return
    to_check = made.by_confidence["doubtful"] + made.by_confidence["poor"]
    tell("report.told", pairs=len(made.pairs), alone=len(made.unmatched), skipped=len(made.skipped))
    tell("report.told_pairs", count=made.units, check=to_check)
    tell("written_to", name=output)
