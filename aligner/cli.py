"""The `qostil` command: parse, call, print. What it does is written elsewhere."""

from __future__ import annotations

import datetime as dt
import json
import logging
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

import typer

from aligner.errors import QostilError
from tmx.cli import app as tmx_app

if TYPE_CHECKING:
    from aligner.encode import Encoder
    from aligner.pipeline import Inputs, Progress

__all__ = ["app", "main"]

DONE, FAILED, SOME_SKIPPED, INTERRUPTED = 0, 1, 3, 130

app = typer.Typer(
    name="qostil",
    help="Kazakh and Russian versions of the same publications → an aligned, checked translation memory.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)

app.add_typer(tmx_app, name="tmx")

EncoderOption = Annotated[
    str | None,
    typer.Option("--encoder", help="Any sentence-transformers model, by name or folder. See `qostil encoders`."),
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary.")]
JsonOption = Annotated[bool, typer.Option("--json", help="The summary as one JSON object on stdout.")]
LanguagesOption = Annotated[
    Literal["bare", "regional"], typer.Option("--tmx-languages", help="`bare`: kk, ru. `regional`: kk-KZ, ru-RU.")
]


def main() -> NoReturn:
    """Run the command line; errors become one sentence on stderr and an exit code."""
    logging.basicConfig(level=logging.WARNING, format="qostil: %(message)s", stream=sys.stderr)
    try:
        app(standalone_mode=True)
    except QostilError as error:
        _say(f"error: {error}")
        sys.exit(FAILED)
    sys.exit(DONE)


def _print_version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"qostil {version('qostil')}")
        raise typer.Exit


@app.callback()
def qostil(
    _: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Kazakh and Russian versions of the same publications → an aligned, checked translation memory."""


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

    with _progress(quiet) as progress:
        inputs = read_inputs(paths, progress)
    records = inspected(inputs)
    if format == "jsonl":
        for record in records:
            _print_json(record)
    else:
        typer.echo(inspected_table(records))
    if show_dropped:
        for document in inputs.documents:
            for dropped in document.dropped:
                typer.echo(f"{document.name}: {dropped.reason}: {dropped.text}", err=format == "jsonl")
    _exit_for(inputs)


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

    _refuse_input_as_output(output, [file])
    check_writable(output)
    lines = read_text_lines(file)
    with _progress(quiet) as progress:
        vectors = encode_texts(lines, _encoder(encoder), progress)
    write_vectors(vectors, output)
    if not quiet:
        _say(f"{output}: {vectors.shape[0]} vectors of {vectors.shape[1]} dimensions")


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
        _refuse_input_as_output(output, [kk, ru])
        check_writable(output)
    kind = format_of(output, format) if output else format or "beads"
    with _progress(quiet) as progress:
        aligned, is_swapped = align_files(kk, ru, _encoder(encoder), segmented, progress)
    if is_swapped:
        _say(f"{kk} is Russian and {ru} is Kazakh: taken the other way round")
    target = output or sys.stdout.buffer
    units = units_of(aligned)
    if kind == "beads":
        write_beads(aligned.beads, target)
    else:
        export_units(units, target, kind, dt.datetime.now(dt.UTC), tmx_languages)
    if json_summary:
        _print_json(alignment_record(aligned, units) | {"output": str(output)})
    elif output and not quiet:
        _say(alignment_text(aligned, units, output))


@app.command(epilog="Example: `qostil batch releases/ -o memory.tmx`")
def batch(
    paths: Annotated[
        list[Path], typer.Argument(help="Files and folders, both languages in any mix.", metavar="PATH...")
    ],
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
    from aligner.memory import Memory
    from aligner.pipeline import batch as run_batch
    from aligner.pipeline import match_documents, read_inputs
    from aligner.summary import batch_record, batch_text, pairing_text

    if format == "pairs":
        with _progress(quiet) as progress:
            inputs = read_inputs(paths, progress)
            pairs, unpaired = match_documents(inputs.documents, _encoder(encoder), progress)
        for pair in pairs:
            _print_json({"kk": pair.kk.name, "ru": pair.ru.name, "score": round(pair.score, 4)})
        for lonely in unpaired:
            record: dict[str, object] = {"kk": None, "ru": None}
            record[lonely.document.language] = lonely.document.name
            _print_json(record | {"score": 0.0})
        if not quiet:
            _say(pairing_text(inputs, pairs, unpaired))
        _exit_for(inputs)
        return
    if output is None:
        raise typer.BadParameter("say where to write with -o memory.tmx, or give --format pairs")
    check_writable(output)
    kind = format_of(output, format)
    store = memory or output.with_name(output.name.split(".")[0] + ".db")
    if store.resolve() == output.resolve():
        raise typer.BadParameter(f"{output} is the name of the memory too; give -o another name")
    with _progress(quiet) as progress:
        inputs = _without_own_files(read_inputs(paths, progress), output, store)
    _refuse_input_as_output(output, {Path(document.source) for document in inputs.documents})
    loaded = _encoder(encoder)
    with Memory.open(store) as opened, _progress(quiet) as progress:
        report = run_batch(inputs, loaded, opened, dt.datetime.now(dt.UTC), progress)
        written = export_units(opened.units(min_score), output, kind, opened.last_change(), tmx_languages)
        totals = opened.totals()
    if json_summary:
        _print_json(batch_record(report, totals) | {"written": written, "output": str(output), "memory": str(store)})
    elif not quiet:
        typer.echo(batch_text(report, totals, written, output, store))
    _exit_for(inputs)


@app.command(epilog="Example: `qostil mine news/ -o mined.tsv`")
def mine(
    paths: Annotated[
        list[Path], typer.Argument(help="Files and folders, both languages in any mix.", metavar="PATH...")
    ],
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
    from aligner.pipeline import mine_documents, mine_lines, read_inputs
    from aligner.summary import mining_record, mining_text

    if output is None and format in (None, "tmx"):
        raise typer.BadParameter("say where to write with -o OUT.tmx, or give --format tsv, csv or jsonl")
    if output is None and json_summary:
        raise typer.BadParameter("--json prints the summary on stdout; write the result to a file with -o")
    if segmented and len(paths) != 2:
        raise typer.BadParameter("--segmented takes two files: the Kazakh sentences and the Russian ones")
    if output:
        _refuse_input_as_output(output, paths)
        check_writable(output)
    kind = format_of(output, format) if output else format or "tsv"
    with _progress(quiet) as progress:
        if segmented:
            report = mine_lines(paths[0], paths[1], _encoder(encoder), min_score, progress)
        else:
            inputs = read_inputs(paths, progress)
            if output:
                inputs = _without_own_files(inputs, output)
                _refuse_input_as_output(output, {Path(document.source) for document in inputs.documents})
            report = mine_documents(inputs, _encoder(encoder), min_score, progress)
    export_units(report.units, output or sys.stdout.buffer, kind, dt.datetime.now(dt.UTC), tmx_languages)
    if json_summary:
        _print_json(mining_record(report) | {"output": str(output)})
    elif output and not quiet:
        _say(mining_text(report, output))
    _exit_for(report.inputs)


@app.command(epilog="Example: `qostil encoders`")
def encoders(json_summary: JsonOption = False) -> None:
    """List the sentence encoders that are at hand, and some that can be had online."""
    from aligner.encode import available_encoders

    for each in available_encoders():
        if json_summary:
            _print_json(each.as_dict())
        else:
            size = f"{each.size_mb:,} MB" if each.size_mb else ""
            typer.echo(f"{each.name:48} {each.dimension:>5}  {size:>9}  {each.licence:12} {each.description}")


def _encoder(name: str | None) -> Encoder:
    from aligner.encode import CachedEncoder, load_encoder

    return CachedEncoder(load_encoder(name))


def _say(text: str) -> None:
    typer.echo(text, err=True)


def _print_json(record: dict[str, object]) -> None:
    typer.echo(json.dumps(record, ensure_ascii=False))


def _refuse_input_as_output(output: Path, inputs: Iterable[Path]) -> None:
    """No command overwrites what it was given to read."""
    if any(each.exists() and output.exists() and output.samefile(each) for each in inputs):
        raise typer.BadParameter(f"{output} is one of the inputs; give -o another name")


def _without_own_files(inputs: Inputs, *own_files: Path) -> Inputs:
    """What an earlier run left in a folder of inputs is nobody's input, and not skipped either."""
    own = {path.resolve() for path in own_files}
    return replace(inputs, skipped_files=tuple(each for each in inputs.skipped_files if each.path.resolve() not in own))


def _exit_for(inputs: Inputs) -> None:
    """Some inputs took no part: each is named already, and the exit code says so."""
    if inputs.skipped or inputs.skipped_files:
        raise typer.Exit(SOME_SKIPPED)


@contextmanager
def _progress(is_quiet: bool) -> Iterator[Progress | None]:
    """A progress bar on stderr; on no terminal, or when quiet, none. Ctrl-C ends the command in one sentence."""
    try:
        if is_quiet or not sys.stderr.isatty():
            yield None
        else:
            with _bar() as show:
                yield show
    except KeyboardInterrupt:
        _say("stopped; what was finished is kept, and the same command goes on from there")
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
