"""`qostil pretranslate`: a file to be translated, with what the memory knows of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from aligner.cli.app import app
from aligner.cli.memory import MemoryOption, existing_memory
from aligner.cli.memory_lookup import FromOption, MinPercentOption, MinScoreOption, SemanticOption, lookup_in
from aligner.cli.terminal import (
    EncoderOption,
    JsonOption,
    QuietOption,
    messages,
    print_json,
    progress_bar,
    refuse_input_as_output,
    tell,
)

__all__ = ["pretranslate"]


@app.command(epilog="Example: `qostil pretranslate letter.docx --memory memory.db -o letter.xlf`")
def pretranslate(
    file: Annotated[Path, typer.Argument(help="A .txt, .docx or XLIFF file in Kazakh or Russian.", metavar="FILE")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The XLIFF file to write.")],
    memory: MemoryOption,
    from_: FromOption = None,
    format: Annotated[
        Literal["xliff12", "xliff21"] | None,
        typer.Option(help="The version of XLIFF for a text; an XLIFF file keeps its own."),
    ] = None,
    min_percent: MinPercentOption = 70,
    min_score: MinScoreOption = 0.0,
    semantic: SemanticOption = False,
    encoder: EncoderOption = None,
    quiet: QuietOption = False,
    json_summary: JsonOption = False,
) -> None:
    """Look up every sentence of a file and write XLIFF with the matches, ready for any CAT tool."""
    from aligner.export import check_writable, write_bytes
    from aligner.memory.lookup import DEFAULT_KINDS
    from aligner.pretranslate import XLIFF_SUFFIXES, source_language
    from aligner.pretranslate import pretranslate as run

    refuse_input_as_output(output, [file])
    check_writable(output)
    if format and file.suffix.lower() in XLIFF_SUFFIXES:
        raise typer.BadParameter("an XLIFF file keeps its version; leave --format out")
    language = source_language(file, from_)
    kinds = (*DEFAULT_KINDS, "semantic") if semantic else DEFAULT_KINDS
    with (
        existing_memory(memory) as opened,
        lookup_in(opened, language, semantic, encoder, quiet) as found,
        progress_bar(quiet) as progress,
    ):
        done = run(
            file,
            found,
            language=language,
            format=format or "xliff12",
            min_percent=min_percent,
            kinds=kinds,
            min_score=min_score,
            progress=progress,
        )
    write_bytes(done.xliff, output)
    summary = done.summary
    counts = {
        "segments": summary.segments,
        "context": summary.context,
        "exact": summary.exact,
        "fuzzy": summary.fuzzy,
        "semantic": summary.semantic,
        "none": summary.without,
    }
    if json_summary:
        print_json({"language": done.language, **counts, "output": str(output)})
    elif not quiet:
        say = messages()
        kinds_found = [(kind, count) for kind, count in counts.items() if kind != "segments" and count]
        told = ", ".join(say(f"pretranslated.{kind}", count=count) for kind, count in kinds_found)
        tell("pretranslated", n=summary.segments, kinds=told)
        tell("written_to", name=output)
