"""`qostil mine`: parallel sentences in texts that are not versions of each other."""

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
    PathsArgument,
    QuietOption,
    encoder_named,
    exit_for,
    messages,
    print_json,
    progress_bar,
    refuse_input_as_output,
    say,
)

__all__ = ["mine"]


@app.command(epilog="Example: `qostil mine news/ -o mined.tsv`")
def mine(
    paths: PathsArgument,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where to write; without it, tsv, csv and jsonl go to stdout.")
    ] = None,
    format: Annotated[
        Literal["tmx", "tsv", "csv", "jsonl"] | None,
        typer.Option(help="The format, where the suffix of the output does not say it."),
    ] = None,
    segmented: Annotated[
        bool, typer.Option("--segmented", help="Two files, Kazakh and Russian, with one sentence a line.")
    ] = False,
    min_score: Annotated[float, typer.Option(min=0.0, max=1.0, help="Leave less probable pairs out.")] = 0.5,
    encoder: EncoderOption = None,
    tmx_languages: LanguagesOption = "bare",
    quiet: QuietOption = False,
    json_summary: JsonOption = False,
) -> None:
    """Find sentences that translate each other in texts that are not versions of each other."""
    from aligner.export import check_writable, export_units, format_of
    from aligner.ingest import is_replaceable
    from aligner.mining import mine_documents, mine_lines
    from aligner.pipeline import read_inputs
    from aligner.summary import mining_record, mining_text

    if output is None and format in (None, "tmx"):
        raise typer.BadParameter("say where to write with -o OUT.tmx, or give --format tsv, csv or jsonl")
    if output is None and json_summary:
        raise typer.BadParameter("--json prints the summary on stdout; write the result to a file with -o")
    if segmented and len(paths) != 2:
        raise typer.BadParameter("--segmented takes two files: the Kazakh sentences and the Russian ones")
    if output:
        refuse_input_as_output(output, paths)
        check_writable(output)
    kind = format_of(output, format) if output else format or "tsv"
    with progress_bar(quiet) as progress:
        if segmented:
            report = mine_lines(paths[0], paths[1], encoder_named(encoder), min_score, progress)
        else:
            own_files = (output,) if output and is_replaceable(output) else ()
            inputs = read_inputs(paths, progress, own_files)
            if output:
                refuse_input_as_output(output, inputs.sources)
            report = mine_documents(inputs, encoder_named(encoder), min_score, progress)
    export_units(report.units, output or sys.stdout.buffer, kind, dt.datetime.now(dt.UTC), tmx_languages)
    if json_summary:
        print_json(mining_record(report) | {"output": str(output)})
    elif output and not quiet:
        say(mining_text(report, output, messages()))
    exit_for(report.inputs)
