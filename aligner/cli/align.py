"""`qostil align`: one text and its other version."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from aligner.cli.app import app
from aligner.cli.terminal import (
    EncoderOption,
    JsonOption,
    LanguagesOption,
    QuietOption,
    encoder_named,
    messages,
    print_json,
    progress_bar,
    refuse_input_as_output,
    say,
    tell,
)

__all__ = ["align"]


@app.command(epilog="Example: `qostil align report.kk.docx report.ru.docx -o report.tmx`")
def align(
    kk: Annotated[Path, typer.Argument(help="The Kazakh version.", metavar="KK")],
    ru: Annotated[Path, typer.Argument(help="The Russian version.", metavar="RU")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Where to write; without it, beads, tsv and jsonl go to stdout."),
    ] = None,
    format: Annotated[
        Literal["tmx", "tsv", "csv", "jsonl", "beads"] | None,
        typer.Option(help="The format, where the suffix of the output does not say it."),
    ] = None,
    segmented: Annotated[
        bool, typer.Option("--segmented", help="Each line of the inputs is one segment, never split or joined.")
    ] = False,
    encoder: EncoderOption = None,
    tmx_languages: LanguagesOption = "bare",
    quiet: QuietOption = False,
    json_summary: JsonOption = False,
) -> None:
    """Align one Kazakh text with its Russian version."""
    from aligner.export import check_writable, export_units, format_of, write_beads
    from aligner.pipeline import align_files, units_of
    from aligner.summary import alignment_record, alignment_text

    if output is None and format in (None, "tmx"):
        raise typer.BadParameter("say where to write with -o OUT.tmx, or give --format beads, tsv, csv or jsonl")
    if output is None and json_summary:
        raise typer.BadParameter("--json prints the summary on stdout; write the result to a file with -o")
    if output:
        refuse_input_as_output(output, [kk, ru])
        check_writable(output)
    kind = format_of(output, format) if output else format or "beads"
    with progress_bar(quiet) as progress:
        aligned, is_swapped = align_files(kk, ru, encoder_named(encoder), segmented, progress)
    if is_swapped:
        tell("swapped", kk=kk, ru=ru)
    target = output or sys.stdout.buffer
    units = units_of(aligned)
    if kind == "beads":
        write_beads(aligned.beads, target)
    else:
        export_units(units, target, kind, dt.datetime.now(dt.UTC), tmx_languages)
    if json_summary:
        print_json(alignment_record(aligned, units) | {"output": str(output)})
    elif output and not quiet:
        say(alignment_text(aligned, units, output, messages()))
