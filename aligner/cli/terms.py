"""`qostil terms`: bilingual term candidates as a glossary."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from aligner.cli.app import app
from aligner.cli.export import SourceArgument
from aligner.cli.terminal import (
    EncoderOption,
    JsonOption,
    QuietOption,
    encoder_named,
    print_json,
    tell,
)

__all__ = ["terms"]


@app.command(epilog="Example: `qostil terms memory.db -o terms.tsv`")
def terms(
    source: SourceArgument,
    output: Annotated[Path, typer.Option("--output", "-o", help="The glossary to write: .tsv or .tbx.")],
    format: Annotated[
        Literal["tsv", "tbx", "tbx3"] | None,
        typer.Option(help="Where the suffix does not say it; `tbx` is TBX-Basic of 2008, `tbx3` of 2019."),
    ] = None,
    min_count: Annotated[int, typer.Option(min=2, help="In how many units a pair of terms must stand.")] = 3,
    min_score: Annotated[float, typer.Option(min=0.0, max=1.0, help="Leave less certain terms out.")] = 0.6,
    max_units: Annotated[int, typer.Option(min=1, help="Look at so many units at the most.")] = 20_000,
    statistics_only: Annotated[
        bool, typer.Option("--statistics-only", help="Ask no encoder: quicker, and less precise.")
    ] = False,
    encoder: EncoderOption = None,
    quiet: QuietOption = False,
    json_summary: JsonOption = False,
) -> None:
    """Find which words and phrases translate each other, with counts and examples."""
    from aligner.corpus import Request, open_source, terms_of
    from aligner.export import check_writable, writing_bytes
    from aligner.terms import glossary_lines

    kind = format or output.suffix.lower().lstrip(".")
    if kind not in ("tsv", "tbx", "tbx3"):
        raise typer.BadParameter("name the output .tsv or .tbx, or say --format")
    check_writable(output)
    if Path(source).exists() and output.exists() and output.samefile(source):
        raise typer.BadParameter(f"{output} is the source itself; give -o another name")
    model = None if statistics_only else encoder_named(encoder)
    found = terms_of(open_source(source), Request(normalise=True), model, min_count, max_units)
    kept = [term for term in found if term.score >= min_score]
    with writing_bytes(output) as file:
        for line in glossary_lines(kept, kind):
            file.write(line.encode())
    if json_summary:
        print_json({"terms": len(kept), "withheld": len(found) - len(kept), "output": str(output)})
    elif not quiet:
        tell("terms.done", count=len(kept), name=output, withheld=len(found) - len(kept), least=f"{min_score:g}")
