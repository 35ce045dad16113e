"""`qostil explain`: why a pair is kept or left out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from aligner.cli.app import app
from aligner.cli.export import (
    BoilerplateOption,
    ExcludeOption,
    FilterOption,
    MinScoreOption,
    NearDuplicatesOption,
    NoFiltersOption,
    NormaliseOption,
    StatusOption,
    WithoutOption,
    chosen_filters,
)
from aligner.cli.terminal import messages, print_json

__all__ = ["explain"]


@app.command(epilog="Example: `qostil explain memory.tmx --unit 12`")
def explain(
    source: Annotated[
        str | None,
        typer.Argument(help="A memory, or a TMX, TSV, CSV, JSONL, XLIFF or Parquet. Lists what an export leaves out."),
    ] = None,
    kk: Annotated[str | None, typer.Option("--kk", help="A Kazakh text, with --ru, instead of a source.")] = None,
    ru: Annotated[str | None, typer.Option("--ru", help="A Russian text, with --kk.")] = None,
    unit: Annotated[
        list[int] | None, typer.Option("--unit", min=1, help="The unit with this number, kept or not; may be repeated.")
    ] = None,
    containing: Annotated[str, typer.Option("--containing", help="The units with this text, kept or not.")] = "",
    format: Annotated[Literal["text", "jsonl"], typer.Option(help="For people, or one JSON object a line.")] = "text",
    min_score: MinScoreOption = 0.5,
    status: StatusOption = None,
    filters: FilterOption = None,
    without: WithoutOption = None,
    no_filters: NoFiltersOption = False,
    near_duplicates: NearDuplicatesOption = "keep",
    boilerplate: BoilerplateOption = 0,
    exclude: ExcludeOption = None,
    normalise: NormaliseOption = False,
) -> None:
    """Say what each filter finds in a pair, and why an export would keep it or leave it out."""
    from aligner.corpus import Request, explain_pair, explain_source, explained_record, explained_text, open_source
    from aligner.records import Unit

    if (source is None) == (kk is None or ru is None) or (kk is None) != (ru is None):
        raise typer.BadParameter("name a source, or give two texts with --kk and --ru")
    excluded: tuple[Path, ...] = tuple(exclude or ())
    request = Request(
        filters=chosen_filters(filters, without, no_filters),
        min_score=min_score,
        statuses=tuple(status or ("automatic", "reviewed")),
        drop_near_duplicates=near_duplicates == "drop",
        most_documents=boilerplate,
        excluded=excluded,
        normalise=normalise,
    )
    if source is None:
        found = iter([explain_pair(Unit(kk or "", ru or "", 1.0), request)])
    else:
        found = explain_source(open_source(source), request, frozenset(unit or ()), containing)
    is_first = True
    for each in found:
        if format == "jsonl":
            print_json(explained_record(each))
        else:
            text = explained_text(each, messages().language)
            typer.echo(text if is_first else f"\n{text}")
        is_first = False
