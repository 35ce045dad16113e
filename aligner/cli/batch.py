"""`qostil batch`: whole folders into a memory."""

from __future__ import annotations

import datetime as dt
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
    print_json,
    progress_bar,
    refuse_input_as_output,
    say,
)

__all__ = ["batch"]


@app.command(epilog="Example: `qostil batch releases/ -o memory.tmx`")
def batch(
    paths: PathsArgument,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The TMX (or .tsv, .csv, .jsonl) to write.")
    ] = None,
    memory: Annotated[
        Path | None, typer.Option(help="The memory to add to; by default it stands beside the output, as OUT.db.")
    ] = None,
    format: Annotated[
        Literal["tmx", "tsv", "csv", "jsonl", "pairs"] | None,
        typer.Option(help="`pairs` only prints which document is which one's counterpart, as JSON lines."),
    ] = None,
    min_score: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Leave less certain units out of the output.")
    ] = 0.5,
    encoder: EncoderOption = None,
    tmx_languages: LanguagesOption = "bare",
    quiet: QuietOption = False,
    json_summary: JsonOption = False,
) -> None:
    """Pair, align and judge whole folders, add them to the memory, and export it."""
    from aligner.export import check_writable, export_units, format_of
    from aligner.ingest import is_replaceable
    from aligner.memory import Memory
    from aligner.pipeline import batch as run_batch
    from aligner.pipeline import match_documents, read_inputs
    from aligner.summary import batch_record, batch_text, pairing_text

    if format == "pairs":
        with progress_bar(quiet) as progress:
            inputs = read_inputs(paths, progress)
            pairs, unpaired = match_documents(inputs.documents, encoder_named(encoder), progress)
        for pair in pairs:
            print_json({"kk": pair.kk.name, "ru": pair.ru.name, "score": round(pair.score, 4)})
        for text in inputs.aligned:
            print_json({"kk": text.kk.name, "ru": text.ru.name, "score": 1.0})
        for lonely in unpaired:
            record: dict[str, object] = {"kk": None, "ru": None}
            record[lonely.document.language] = lonely.document.name
            print_json(record | {"score": 0.0})
        if not quiet:
            say(pairing_text(inputs, pairs, unpaired))
        exit_for(inputs)
        return
    if output is None:
        raise typer.BadParameter("say where to write with -o memory.tmx, or give --format pairs")
    check_writable(output)
    kind = format_of(output, format)
    store = memory or output.with_name(output.name.split(".")[0] + ".db")
    if store.resolve() == output.resolve():
        raise typer.BadParameter(f"{output} is the name of the memory too; give -o another name")
    refuse_input_as_output(output, paths)
    own_files = (output, store) if is_replaceable(output) else (store,)
    with progress_bar(quiet) as progress:
        inputs = read_inputs(paths, progress, own_files)
    refuse_input_as_output(output, inputs.sources)
    loaded = encoder_named(encoder)
    with Memory.open(store) as opened, progress_bar(quiet) as progress:
        report = run_batch(inputs, loaded, opened, dt.datetime.now(dt.UTC), progress)
        written = export_units(opened.units(min_score), output, kind, opened.last_change(), tmx_languages)
        totals = opened.totals()
    if json_summary:
        print_json(batch_record(report, totals) | {"written": written, "output": str(output), "memory": str(store)})
    elif not quiet:
        typer.echo(batch_text(report, totals, written, output, store))
    exit_for(inputs)
