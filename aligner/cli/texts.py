"""`qostil inspect`, `segment`, `encode`, `encoders`: look at texts and what becomes of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from aligner.cli.app import app
from aligner.cli.terminal import (
    EncoderOption,
    JsonOption,
    QuietOption,
    encoder_named,
    exit_for,
    messages,
    print_json,
    progress_bar,
    refuse_input_as_output,
    tell,
    worded,
)

__all__ = ["encode", "encoders", "inspect", "segment"]


@app.command(epilog="Example: `qostil inspect releases/ --format jsonl`")
def inspect(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders.", metavar="PATH...")],
    format: Annotated[Literal["table", "jsonl"], typer.Option(help="A table, or one JSON object a line.")] = "table",
    show_dropped: Annotated[
        bool, typer.Option("--dropped", help="Also list the text that was kept out of each document, and why.")
    ] = False,
    quiet: QuietOption = False,
) -> None:
    """Show which documents are in the files: language, date, title, sizes, and what is skipped."""
    from aligner.pipeline import read_inputs
    from aligner.summary import inspected, inspected_table

    with progress_bar(quiet) as progress:
        inputs = read_inputs(paths, progress)
    records = inspected(inputs)
    if format == "jsonl":
        for record in records:
            print_json(record)
    else:
        typer.echo(inspected_table(records, messages()))
    if show_dropped:
        for document in inputs.documents:
            for dropped in document.dropped:
                typer.echo(f"{document.name}: {worded(dropped.reason)}: {dropped.text}", err=format == "jsonl")
    exit_for(inputs)


@app.command(epilog="Example: `qostil segment speech.txt --language kk`")
def segment(
    file: Annotated[Path, typer.Argument(help="A text in any format that is read.", metavar="FILE")],
    language: Annotated[Literal["kk", "ru"] | None, typer.Option(help="The language, if you know it.")] = None,
) -> None:
    """Print the sentences of a text, one a line, with an empty line between paragraphs."""
    from aligner.pipeline import segmented_paragraphs

    for number, sentences in enumerate(segmented_paragraphs(file, language)):
        if number:
            typer.echo()
        for sentence in sentences:
            typer.echo(sentence)


@app.command(epilog="Example: `qostil encode sentences.txt -o sentences.npy`")
def encode(
    file: Annotated[Path, typer.Argument(help="A text with one segment a line.", metavar="FILE")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The .npy file to write.")],
    encoder: EncoderOption = None,
    quiet: QuietOption = False,
) -> None:
    """Turn each line into a vector: float32 [lines, dimensions], rows of unit length."""
    from aligner.export import check_writable, write_vectors
    from aligner.ingest import read_text_lines
    from aligner.pipeline import encode_texts

    refuse_input_as_output(output, [file])
    check_writable(output)
    lines = read_text_lines(file)
    with progress_bar(quiet) as progress:
        vectors = encode_texts(lines, encoder_named(encoder), progress)
    write_vectors(vectors, output)
    if not quiet:
        tell("encode.done", name=output, count=vectors.shape[0], dimensions=vectors.shape[1])


@app.command(epilog="Example: `qostil encoders`")
def encoders(json_summary: JsonOption = False) -> None:
    """List the sentence encoders that are at hand, and some that can be had online."""
    from aligner.encode import available_encoders

    for each in available_encoders():
        if json_summary:
            print_json(each.as_dict())
        else:
            say = messages()
            megabytes = f"{each.size_mb:,}" if say.language == "en" else say.number(each.size_mb)
            size = say("encoders.size", megabytes=megabytes) if each.size_mb else ""
            about = worded(each.description)
            typer.echo(f"{each.name:48} {each.dimension:>5}  {size:>9}  {each.licence:12} {about}")
