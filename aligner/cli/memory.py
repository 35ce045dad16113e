"""`qostil memory`: what there is to do with a memory, besides looking things up in it."""

from __future__ import annotations

import datetime as dt
import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from aligner.cli.app import HelpfulGroup, app
from aligner.cli.terminal import (
    FAILED,
    SOME_SKIPPED,
    JsonOption,
    LanguagesOption,
    QuietOption,
    messages,
    print_json,
    progress_bar,
    refuse_input_as_output,
    tell,
    worded,
)
from aligner.messages import Messages

if TYPE_CHECKING:
    from aligner.memory import Change, Memory, Statistics

__all__ = ["ByOption", "MemoryOption", "existing_memory", "memory_app", "who_does"]

memory_app = typer.Typer(
    cls=HelpfulGroup,
    help="Import into a memory, export from it, and keep it in order.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(memory_app, name="memory")

MemoryOption = Annotated[
    str,
    typer.Option(
        "--memory",
        "-m",
        envvar="QOSTIL_MEMORY",
        metavar="FILE.db",
        help="The memory: a file, or `postgresql://USER@HOST/DATABASE`.",
    ),
]
ByOption = Annotated[
    str | None, typer.Option("--by", help="Who does it, for the history; by default, your login name.")
]


def existing_memory(place: str) -> Memory:
    """The memory at `place`, which must be there: a mistyped name shall not make an empty one."""
    from aligner.memory import Memory

    return Memory.open(place, create=False)


def who_does(given: str | None) -> str:
    """The name given, or that of the login."""
    if given:
        return given
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@memory_app.command("import", epilog="Example: `qostil memory import old.tmx --memory memory.db`")
def import_(
    files: Annotated[list[Path], typer.Argument(help="TMX, XLIFF, TSV, CSV, JSONL or a memory.", metavar="FILE...")],
    memory: MemoryOption,
    format: Annotated[
        Literal["tmx", "xliff", "tsv", "csv", "jsonl", "memory"] | None,
        typer.Option(help="The format, where the suffix does not say it."),
    ] = None,
    score: Annotated[float, typer.Option(min=0.0, max=1.0, help="The score of units that bring none along.")] = 1.0,
    status: Annotated[
        Literal["automatic", "reviewed", "rejected"], typer.Option(help="The status of units that bring none along.")
    ] = "automatic",
    source: Annotated[
        str | None, typer.Option(help="The name to keep the units under; by default, that of the file.")
    ] = None,
    lenient: Annotated[bool, typer.Option("--lenient", help="Leave broken units out, and say how many.")] = False,
    by: ByOption = None,
    quiet: QuietOption = False,
    json_summary: JsonOption = False,
) -> None:
    """Add the units of files that come from elsewhere; the memory is made where there is none."""
    from aligner.errors import MissingInputError
    from aligner.memory import Memory
    from aligner.memory.reading import UnitFile, import_format

    kinds = [import_format(path, format) for path in files]
    for path in files:
        if not path.is_file():
            raise MissingInputError(str(path), "there is no such file", "check the name")
    if "://" not in memory and any(Path(memory).exists() and path.samefile(memory) for path in files):
        raise typer.BadParameter(f"{memory} can't be imported into itself")
    has_broken = False
    with Memory.open(memory) as opened, progress_bar(quiet) as progress:
        for path, kind in zip(files, kinds, strict=True):
            units = UnitFile(path, kind, score, status, lenient)
            addition = opened.add_units(units, source or str(path), who_does(by), _now(), progress)
            has_broken |= bool(units.left_out.get("broken"))
            if json_summary:
                print_json(
                    {
                        "file": str(path),
                        "units_added": addition.units_added,
                        "units_known": addition.units_known,
                        "left_out": dict(units.left_out),
                    }
                )
            elif not quiet:
                say_it = messages()
                known = f", {say_it('memory.known', count=addition.units_known)}" if addition.units_known else ""
                typer.echo(f"{path}: {say_it('memory.new_units', n=addition.units_added)}{known}")
                for reason, count in units.left_out.items():
                    typer.echo(f"  {say_it('memory.left_out', count=count, reason=worded(reason))}")
    if has_broken:
        raise typer.Exit(SOME_SKIPPED)


@memory_app.command(epilog="Example: `qostil memory export -o memory.tmx --memory memory.db --status reviewed`")
def export(
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")],
    memory: MemoryOption,
    format: Annotated[str | None, typer.Option(help="The format, where the suffix does not say it.")] = None,
    min_score: Annotated[float, typer.Option(min=0.0, max=1.0, help="Leave less certain units out.")] = 0.0,
    status: Annotated[
        Literal["automatic", "reviewed", "rejected"] | None,
        typer.Option(help="Only units of this status. Without it, all but the rejected."),
    ] = None,
    tmx_languages: LanguagesOption = "bare",
    quiet: QuietOption = False,
) -> None:
    """Write the units of a memory to a file, as `qostil batch` does."""
    from aligner.export import FORMATS, check_writable, export_units, format_of
    from aligner.memory.records import EXPORTED

    if format is not None and format not in FORMATS:
        raise typer.BadParameter(f"there is no format {format}; use one of {', '.join(FORMATS)}")
    check_writable(output)
    kind = format_of(output, format)
    if "://" not in memory:
        refuse_input_as_output(output, [Path(memory)])
    with existing_memory(memory) as opened, progress_bar(quiet) as progress:
        units = opened.units(min_score, (status,) if status else EXPORTED)
        if progress:
            units = (unit for count, unit in enumerate(units) if not progress("writing", count, 0))
        written = export_units(units, output, kind, opened.last_change(), tmx_languages)
    if not quiet:
        say_it = messages()
        typer.echo(say_it("memory.written", units=say_it("units", n=written), name=output))


@memory_app.command(epilog="Example: `qostil memory stats --memory memory.db`")
def stats(memory: MemoryOption, json_summary: JsonOption = False) -> None:
    """Say what a memory is made of."""
    with existing_memory(memory) as opened:
        found = opened.statistics()
    if json_summary:
        print_json(_statistics_record(found))
        return
    typer.echo(_statistics_text(found, messages()))


def _statistics_text(found: Statistics, say_it: Messages) -> str:
    totals = found.totals
    statuses = [
        say_it("status.count", status=say_it(f"status.{status}"), count=count)
        for status, count in found.statuses.items()
    ]
    tenths = [(f"{place / 10:.1f}–{(place + 1) / 10:.1f}", count) for place, count in enumerate(found.scores)]
    scores = [say_it("stats.at", score=tenth, count=count) for tenth, count in reversed(tenths) if count]
    return "\n".join(
        [
            say_it("stats.units", units=totals.units, kk=found.kk_characters, ru=found.ru_characters),
            say_it("stats.status", statuses=", ".join(statuses)),
            *([say_it("stats.score", scores=", ".join(scores))] if scores else []),
            say_it("stats.repeated", kk=found.kk_repeated, ru=found.ru_repeated),
            say_it("stats.pairs", pairs=totals.pairs, documents=totals.documents),
            *(say_it("stats.imported", count=count, name=name) for name, count in found.sources.items()),
            say_it("stats.changes", count=found.changes),
            say_it("stats.size", megabytes=_megabytes(found.size_bytes)),
        ]
    )


def _megabytes(size: int) -> str:
    """With one decimal, as the language writes it."""
    say_it = messages()
    return f"{size / 1_000_000:.1f}" if say_it.language == "en" else say_it.number(size / 1_000_000, 1)


def _statistics_record(found: Statistics) -> dict[str, object]:
    return {
        "documents": found.totals.documents,
        "pairs": found.totals.pairs,
        "units": found.totals.units,
        "statuses": dict(found.statuses),
        "scores": list(found.scores),
        "sources": dict(found.sources),
        "kk_characters": found.kk_characters,
        "ru_characters": found.ru_characters,
        "kk_repeated": found.kk_repeated,
        "ru_repeated": found.ru_repeated,
        "changes": found.changes,
        "size_bytes": found.size_bytes,
    }


@memory_app.command(epilog="Example: `qostil memory dedupe --memory memory.db`")
def dedupe(memory: MemoryOption, by: ByOption = None, quiet: QuietOption = False) -> None:
    """Merge units that differ only in quotation marks, dashes and white space."""
    with existing_memory(memory) as opened, progress_bar(quiet) as progress:
        merged = opened.dedupe(who_does(by), _now(), progress)
        left = opened.totals().units
    if not quiet:
        say_it = messages()
        typer.echo(say_it("memory.merged", units=say_it("units", n=merged), left=left))


@memory_app.command(epilog="Example: `qostil memory history --memory memory.db --limit 5`")
def history(
    memory: MemoryOption,
    limit: Annotated[int, typer.Option(min=1, help="How many changes to show.")] = 20,
    pair: Annotated[int | None, typer.Option(help="Only changes of this document pair, by number.")] = None,
    unit: Annotated[int | None, typer.Option(help="Only changes of this unit, by number.")] = None,
    before: Annotated[int | None, typer.Option(help="Only changes older than this one, by number.")] = None,
    json_lines: Annotated[
        bool, typer.Option("--json", help="One JSON object a line, with the rows before and after.")
    ] = False,
) -> None:
    """List the changes, the newest first."""
    with existing_memory(memory) as opened:
        changes = opened.history(pair=pair, unit=unit, before=before, limit=limit)
    for change in changes:
        if json_lines:
            print_json(_change_record(change))
        else:
            typer.echo(_change_line(change))
    if not changes and not json_lines:
        tell("memory.no_changes")


@memory_app.command(epilog="Example: `qostil memory undo --memory memory.db`")
def undo(
    memory: MemoryOption,
    change: Annotated[int | None, typer.Option(help="The change to take back, by its number in the history.")] = None,
    by: ByOption = None,
    quiet: QuietOption = False,
) -> None:
    """Take the newest change back, or the one you name. That, too, is kept in the history."""
    with existing_memory(memory) as opened, progress_bar(quiet) as progress:
        undone = opened.undo(who_does(by), _now(), change, progress=progress)
    _tell("undo", undone, quiet)


@memory_app.command(epilog="Example: `qostil memory redo --memory memory.db`")
def redo(memory: MemoryOption, by: ByOption = None, quiet: QuietOption = False) -> None:
    """Take the newest undo back."""
    with existing_memory(memory) as opened, progress_bar(quiet) as progress:
        redone = opened.redo(who_does(by), _now(), progress=progress)
    _tell("redo", redone, quiet)


@memory_app.command(epilog="Example: `qostil memory check --memory memory.db`")
def check(memory: MemoryOption) -> None:
    """Look for damage: in the database, between its tables, in what the units say of themselves."""
    with existing_memory(memory) as opened:
        problems = opened.check()
        totals = opened.totals()
    for problem in problems:
        typer.echo(f"{worded(problem.problem)}; {worded(problem.remedy)}")
    if problems:
        raise typer.Exit(FAILED)
    counts = {"documents": totals.documents, "pairs": totals.pairs, "units": totals.units}
    typer.echo(messages()("memory.in_order", **counts))


@memory_app.command(epilog="Example: `qostil memory vacuum --memory memory.db`")
def vacuum(memory: MemoryOption) -> None:
    """Give the room that was freed back to the disk, and forget undone imports that can't be redone any more."""
    with existing_memory(memory) as opened:
        before, after = opened.vacuum()
    typer.echo(messages()("vacuumed", before=_megabytes(before), after=_megabytes(after)))


@memory_app.command(epilog="Example: `qostil memory backup -o monday.db --memory memory.db`")
def backup(
    output: Annotated[Path, typer.Option("--output", "-o", help="The new SQLite file.")],
    memory: MemoryOption,
) -> None:
    """Copy a memory of either kind to a SQLite file, while others go on using it."""
    with existing_memory(memory) as opened:
        opened.backup(output)
    typer.echo(messages()("written_to", name=output))


def _tell(done: str, change: Change | None, is_quiet: bool) -> None:
    if not is_quiet:
        say_it = messages()
        text = say_it(f"{done}.done", change=_change_line(change)) if change else say_it(f"{done}.nothing")
        typer.echo(text)


def _change_line(change: Change) -> str:
    say_it = messages()
    described = change.after.get("import") or change.before.get("import")
    if described:
        units = say_it("counted.units", n=described["units"])
        about = say_it("change.imported", units=units, source=described["source"])
    else:
        about = ", ".join(say_it(f"counted.{table}", n=len(rows)) for table, rows in change.after.items())
    what = say_it(f"change.{change.what}") if f"change.{change.what}" in say_it else change.what
    is_undone = change.undone_by and change.what != "undo"
    # Numbers of changes, pairs and units are names: they are typed as they stand here, without separators.
    parts = [
        f"{change.id}",
        f"{change.at.astimezone():%Y-%m-%d %H:%M}",
        change.who,
        say_it("change.of", what=what, number=str(change.undoes)) if change.undoes else what,
        say_it("change.in_pair", number=str(change.pair)) if change.pair else "",
        say_it("change.in_unit", number=str(change.unit)) if change.unit else "",
        about,
        say_it("change.undone_by", number=str(change.undone_by)) if is_undone else "",
    ]
    return "  ".join(part for part in parts if part)


def _change_record(change: Change) -> dict[str, object]:
    return {
        "id": change.id,
        "at": change.at.isoformat(),
        "who": change.who,
        "what": change.what,
        "pair": change.pair,
        "unit": change.unit,
        "before": change.before,
        "after": change.after,
        "undoes": change.undoes,
        "undone_by": change.undone_by,
    }
