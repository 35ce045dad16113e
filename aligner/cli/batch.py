"""`qostil batch`: whole folders into a memory."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from aligner.cli.app import app
from aligner.cli.terminal import (
    SOME_SKIPPED,
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

if TYPE_CHECKING:
    from aligner.batching import Workers
    from aligner.encode import Encoder

__all__ = ["batch"]


@app.command(epilog="Example: `qostil batch releases/ -o memory.tmx`")
def batch(
    paths: PathsArgument,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The TMX (or .tsv, .csv, .jsonl) to write.")
    ] = None,
    memory: Annotated[
        str | None,
        typer.Option(
            help="The memory to add to, a file or `postgresql://…`; by default it stands beside the output, as OUT.db."
        ),
    ] = None,
    format: Annotated[
        Literal["tmx", "tsv", "csv", "jsonl", "pairs"] | None,
        typer.Option(help="`pairs` only prints which document is which one's counterpart, as JSON lines."),
    ] = None,
    min_score: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Leave less certain units out of the output.")
    ] = 0.5,
    shard_size: Annotated[
        int | None,
        typer.Option(min=1, help="Write the output as files of so many units each: NAME-00000.parquet and so on."),
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS|local",
            help="Let a Ray cluster do the work: that at HOST:PORT, or `local`, one process for each core.",
        ),
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="With --cluster: so many workers, not one for each core.")
    ] = None,
    encoder: EncoderOption = None,
    tmx_languages: LanguagesOption = "bare",
    quiet: QuietOption = False,
    json_summary: JsonOption = False,
) -> None:
    """Pair, align and judge whole folders, add them to the memory, and export it."""
    from aligner.batching import alone, check_readable, run_batch, shards_of, survey_files, write_output, write_shards
    from aligner.export import check_writable, format_of
    from aligner.ingest import is_replaceable
    from aligner.memory import Memory
    from aligner.pipeline import match_documents, read_inputs
    from aligner.summary import batch_record, batch_text, pairing_text

    if workers and not cluster:
        raise typer.BadParameter("--workers goes with --cluster")
    if format == "pairs":
        if cluster:
            raise typer.BadParameter("--format pairs is found on this machine alone; leave --cluster out")
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
            say(pairing_text(inputs, pairs, unpaired, messages()))
        exit_for(inputs)
        return
    if output is None:
        raise typer.BadParameter("say where to write with -o memory.tmx, or give --format pairs")
    check_writable(output)
    kind = format_of(output, format)
    store = memory or str(output.with_name(output.name.split(".")[0] + ".db"))
    is_file = "://" not in store
    if is_file and Path(store).resolve() == output.resolve():
        raise typer.BadParameter(f"{output} is the name of the memory too; give -o another name")
    refuse_input_as_output(output, paths)
    own_files = [Path(store + end) for end in ("", "-wal", "-shm")] if is_file else []
    if is_replaceable(output):
        own_files.append(output)
    own_files += shards_of(output)
    looked = survey_files(paths, own_files)
    refuse_input_as_output(output, [file.path for file in looked.files])
    if is_file and not Path(store).exists():
        check_readable(looked)
    loaded = encoder_named(encoder)
    with (
        progress_bar(quiet) as progress,
        _doing(cluster, workers, encoder, loaded) as hands,
        Memory.open(store) as opened,
        alone(opened),
    ):
        report = run_batch(looked, loaded, opened, _now(), progress, hands)
        if shard_size is None:
            written = write_output(opened, output, kind, min_score, tmx_languages)
        else:
            written = write_shards(opened, output, kind, min_score, tmx_languages, shard_size)
        totals = opened.totals()
    if json_summary:
        print_json(
            batch_record(report, totals) | {"written": written, "output": str(output), "memory": opened.engine.name}
        )
    elif not quiet:
        typer.echo(batch_text(report, totals, written, output, opened.engine.name, messages()))
    if report.skipped:
        raise typer.Exit(SOME_SKIPPED)


@contextmanager
def _doing(address: str | None, count: int | None, name: str | None, encoder: Encoder) -> Iterator[Workers | None]:
    """Those who do the work, if it is not this process."""
    if address is None:
        yield None
        return
    from aligner.cluster import cluster_workers, worker_encoder
    from aligner.pipeline import recipe

    with cluster_workers(address, partial(worker_encoder, name), recipe(encoder), count) as hands:
        yield hands


def _now() -> dt.datetime:
    """The time that units are stamped with: that of the clock, or `SOURCE_DATE_EPOCH`
    (https://reproducible-builds.org/specs/source-date-epoch/)."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    return dt.datetime.fromtimestamp(int(fixed), dt.UTC) if fixed.isdecimal() else dt.datetime.now(dt.UTC)
