"""`qostil export`: a memory, or a file of pairs, as a dataset."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from aligner.cli.app import app
from aligner.cli.terminal import JsonOption, LanguagesOption, QuietOption, messages, print_json, progress_bar, say

__all__ = [
    "BoilerplateOption",
    "ExcludeOption",
    "FilterOption",
    "MinScoreOption",
    "NearDuplicatesOption",
    "NoFiltersOption",
    "NormaliseOption",
    "SourceArgument",
    "StatusOption",
    "WithoutOption",
    "chosen_filters",
    "export",
]

SourceArgument = Annotated[
    str, typer.Argument(help="A memory (file or postgresql://…), or a TMX, TSV, CSV, JSONL, XLIFF or Parquet.")
]
MinScoreOption = Annotated[float, typer.Option(min=0.0, max=1.0, help="Leave less certain pairs out.")]
StatusOption = Annotated[
    list[str] | None,
    typer.Option(
        "--status",
        metavar="automatic|reviewed|rejected",
        help="Take the pairs of this status; may be repeated. Default: all but the rejected.",
    ),
]
FilterOption = Annotated[
    list[str] | None,
    typer.Option("--filter", metavar="NAME[=THRESHOLD]", help="Ask this filter too, or with another threshold."),
]
WithoutOption = Annotated[
    list[str] | None, typer.Option("--without", metavar="NAME", help="Do not ask this one of the default filters.")
]
NoFiltersOption = Annotated[bool, typer.Option("--no-filters", help="Ask no filter but those of --filter.")]
NearDuplicatesOption = Annotated[
    Literal["keep", "drop"], typer.Option(help="`drop`: of pairs that are nearly the same the best one stays.")
]
BoilerplateOption = Annotated[
    int, typer.Option("--boilerplate", min=0, help="Leave out a text that stands in more documents than this.")
]
NormaliseOption = Annotated[
    bool, typer.Option("--normalise", help="Repair Latin letters typed for Cyrillic ones, and the reverse.")
]
ExcludeOption = Annotated[
    list[Path] | None,
    typer.Option("--exclude", help="Leave out what stands, or nearly, in this file (a test set); may be repeated."),
]


@app.command(epilog="Example: `qostil export memory.db -o corpus --dev 1000 --test 1000`")
def export(
    source: SourceArgument,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The file to write; a name without a suffix is a dataset folder.")
    ],
    format: Annotated[
        Literal["tmx", "tsv", "csv", "jsonl", "moses", "parquet", "xlsx", "xliff", "xliff2"] | None,
        typer.Option(help="The format, where the suffix of the output does not say it; in a folder Parquet."),
    ] = None,
    min_score: MinScoreOption = 0.5,
    status: StatusOption = None,
    filters: FilterOption = None,
    without: WithoutOption = None,
    no_filters: NoFiltersOption = False,
    near_duplicates: NearDuplicatesOption = "keep",
    boilerplate: BoilerplateOption = 0,
    exclude: ExcludeOption = None,
    normalise: NormaliseOption = False,
    mask_personal_data: Annotated[
        bool, typer.Option("--mask-personal-data", help="Replace IINs, telephones, e-mails and accounts.")
    ] = False,
    max_pairs: Annotated[int | None, typer.Option(min=1, help="Take at most so many pairs.")] = None,
    take: Annotated[Literal["random", "best"], typer.Option(help="Which ones --max-pairs takes.")] = "random",
    dev: Annotated[float, typer.Option(min=0.0, help="The size of dev: a share below 1, or a number of pairs.")] = 0.0,
    test: Annotated[float, typer.Option(min=0.0, help="The size of test, likewise.")] = 0.0,
    split_by: Annotated[
        Literal["document", "sentence"], typer.Option(help="Whether a document may not, or may, be parted.")
    ] = "document",
    seed: Annotated[int, typer.Option(help="Another number gives another sample and other parts.")] = 0,
    licence: Annotated[
        list[str] | None, typer.Option("--licence", help="For the dataset card, such as cc-by-4.0; may be repeated.")
    ] = None,
    title: Annotated[str, typer.Option(help="The name of the dataset on its card.")] = "",
    dropped: Annotated[
        Path | None, typer.Option("--dropped", help="List what is left out in this file, with reasons, as JSON lines.")
    ] = None,
    manifest: Annotated[
        Path | None, typer.Option("--manifest", help="Write the manifest here; a dataset folder has one anyway.")
    ] = None,
    tmx_languages: LanguagesOption = "bare",
    quiet: QuietOption = False,
    json_summary: JsonOption = False,
) -> None:
    """Filter, deduplicate, split and write the pairs of a memory or of a file."""
    from aligner.corpus import (
        Request,
        compile_corpus,
        compiled_record,
        compiled_text,
        layout_of,
        open_source,
        usable_workers,
    )
    from aligner.export import check_writable

    request = Request(
        filters=chosen_filters(filters, without, no_filters),
        min_score=min_score,
        statuses=tuple(status or ("automatic", "reviewed")),
        drop_near_duplicates=near_duplicates == "drop",
        most_documents=boilerplate,
        normalise=normalise,
        mask_personal_data=mask_personal_data,
        excluded=tuple(exclude or ()),
        max_pairs=max_pairs,
        take=take,
        dev=dev,
        test=test,
        split_by=split_by,
        seed=seed,
        licences=tuple(licence or ()),
        title=title,
    )
    opened = open_source(source)
    layout = layout_of(output, format, request.parts)
    for extra in (dropped, manifest):
        if extra:
            check_writable(extra)
    written = [
        *(layout.target / each if layout.is_folder else each for each in layout.files.values()),
        dropped,
        manifest,
    ]
    for each in written:
        if each and each.exists() and Path(source).exists() and each.samefile(source):
            raise typer.BadParameter(f"{each} is the source itself; give -o another name")
    with progress_bar(quiet) as progress:
        made = compile_corpus(
            opened, layout, request, tmx_languages, dropped, manifest, progress, workers=usable_workers()
        )
    if json_summary:
        print_json(compiled_record(made, output))
    elif not quiet:
        say(compiled_text(made, output, messages().language))


def chosen_filters(added: list[str] | None, without: list[str] | None, is_bare: bool) -> tuple[str, ...]:
    """The default filters less those of `without`, and with those of `added`, which replace their namesakes."""
    from aligner.filter import DEFAULT_FILTERS, FILTERS

    for name in without or ():
        if name not in FILTERS:
            raise typer.BadParameter(f"there is no filter {name!r}; there are {', '.join(FILTERS)}")
    chosen = {} if is_bare else {name: name for name in DEFAULT_FILTERS if name not in (without or ())}
    chosen |= {each.partition("=")[0]: each for each in added or ()}
    return tuple(chosen.values())
