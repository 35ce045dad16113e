"""`qostil tmx VERB`: parse, call, print. Exit codes: 0 done, 1 an error, 2 wrong usage, 3 units were skipped."""

from __future__ import annotations

import functools
import json
from collections import Counter
from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn, ParamSpec, TypeVar

import typer

from tmx.convert import Format
from tmx.errors import TmxError
from tmx.records import Skipped

__all__ = ["app"]

app = typer.Typer(help="Work on anybody's TMX, in any languages.", no_args_is_help=True)

P = ParamSpec("P")
R = TypeVar("R")

_SHOWN = 10

Input = Annotated[Path, typer.Argument(help="A TMX file; .gz, too.", show_default=False)]
Output = Annotated[Path, typer.Option("--output", "-o", help="The file to write.", show_default=False)]
Lenient = Annotated[bool, typer.Option(help="Skip units that can't be read, and list them.")]


class LevelChoice(StrEnum):
    """The levels of the validator."""

    WELL_FORMED = "well-formed"
    SCHEMA = "schema"
    INTEROP = "interop"


class PreferChoice(StrEnum):
    """What wins where one text has several translations."""

    NEWEST = "newest"
    RELIABLE = "reliable"
    FIRST = "first"
    ALL = "all"


class DiffChoice(StrEnum):
    """How differences are printed."""

    TEXT = "text"
    JSON = "json"


class FormatChoice(StrEnum):
    """The formats, where the suffix does not tell."""

    TMX = "tmx"
    TSV = "tsv"
    CSV = "csv"
    JSONL = "jsonl"
    XLSX = "xlsx"
    XLIFF = "xliff"
    XLIFF2 = "xliff2"


def _reporting(command: Callable[P, R]) -> Callable[P, R]:
    """Errors of the package become one line on stderr and exit code 1."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except TmxError as error:
            typer.echo(f"error: {error}", err=True)
            raise typer.Exit(1) from error

    return run


def _finish(skipped: Iterable[Skipped]) -> None:
    """List what was skipped; exit code 3 if anything was."""
    is_any = False
    for each in skipped:
        is_any = True
        typer.echo(f"skipped: {each}", err=True)
    if is_any:
        raise typer.Exit(3)


def _wrong_usage(message: str) -> NoReturn:
    raise typer.BadParameter(message)


@app.command()
@_reporting
def validate(
    files: Annotated[list[Path], typer.Argument(help="TMX files.", show_default=False)],
    level: Annotated[LevelChoice, typer.Option(help="How much to check.")] = LevelChoice.INTEROP,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Print every finding, not ten per rule.")] = False,
) -> None:
    """Check that files are well-formed, valid, and fit for CAT tools. Exit code 1 if any has an error."""
    from tmx.rules import Severity
    from tmx.validate import validate as find_issues

    severities: Counter[Severity] = Counter()
    for file in files:
        counts: Counter[str] = Counter()
        for issue in find_issues(file, level.value):
            rule = issue.rule
            counts[rule.id] += 1
            severities[rule.severity] += 1
            if as_json:
                record = {
                    "file": str(file),
                    "rule": rule.id,
                    "severity": rule.severity,
                    "message": issue.message,
                    "line": issue.line,
                    "unit": issue.unit,
                    "reason": rule.reason,
                    "tools": rule.tools,
                }
                typer.echo(json.dumps(record, ensure_ascii=False))
            elif every or counts[rule.id] <= _SHOWN:
                if counts[rule.id] == 1:
                    typer.echo(f"{rule.id} {rule.severity}: {rule.title} ({', '.join(rule.tools)}): {rule.reason}")
                typer.echo(f"  {file}: {issue}")
        if not as_json:
            for rule_id, count in sorted(counts.items()):
                if count > _SHOWN and not every:
                    typer.echo(f"  {file}: {rule_id}: {count - _SHOWN:,} more")
            typer.echo(f"{file}: {counts.total():,} findings" if counts else f"{file}: nothing found")
    if severities["error"]:
        raise typer.Exit(1)


@app.command()
@_reporting
def merge(
    files: Annotated[list[Path], typer.Argument(help="TMX files, the most important first.", show_default=False)],
    output: Output,
    prefer: Annotated[PreferChoice, typer.Option(help="What wins, or all.")] = PreferChoice.NEWEST,
    reliability_prop: Annotated[str, typer.Option(help="The property that tells reliability.")] = "x-score",
    by_context: Annotated[bool, typer.Option(help="Keep translations of one text in different contexts.")] = False,
    languages: Annotated[str, typer.Option(help="as-is, bare (kk) or regional (kk-KZ).")] = "as-is",
    lenient: Lenient = False,
) -> None:
    """Make one memory of several."""
    from tmx.merge import merge as merge_files

    report = merge_files(
        files,
        output,
        prefer=prefer.value,
        reliability_prop=reliability_prop,
        by_context=by_context,
        languages=languages,
        lenient=lenient,
    )
    typer.echo(
        f"{report.read:,} units read, {report.written:,} written;"
        f" {report.duplicates:,} duplicates, {report.conflicts:,} conflicts decided"
    )
    _finish(report.skipped)


@app.command()
@_reporting
def diff(
    old: Input,
    new: Input,
    form: Annotated[DiffChoice, typer.Option("--format", help="For people or for programs.")] = DiffChoice.TEXT,
    lenient: Lenient = False,
) -> None:
    """Show what NEW says that OLD does not, and the other way round."""
    from tmx.diff import as_json, as_text
    from tmx.diff import diff as differences

    skipped: list[Skipped] = []
    counts: Counter[str] = Counter()
    for change in differences(old, new, lenient=lenient, skipped=skipped):
        counts[change.kind] += 1
        typer.echo(as_json(change) if form is DiffChoice.JSON else as_text(change))
    typer.echo(f"{counts['added']:,} added, {counts['removed']:,} removed, {counts['changed']:,} changed", err=True)
    _finish(skipped)


@app.command()
@_reporting
def clean(
    file: Input,
    output: Output,
    dropped: Annotated[Path | None, typer.Option(help="A TMX for what is taken out.", show_default=False)] = None,
    empty: Annotated[bool, typer.Option(help="Take out empty segments.")] = True,
    markup_only: Annotated[bool, typer.Option(help="Take out segments without a letter or digit.")] = True,
    identical: Annotated[bool, typer.Option(help="Take out translations that repeat the source.")] = True,
    length: Annotated[bool, typer.Option(help="Take out translations much too long or short.")] = True,
    language: Annotated[bool, typer.Option(help="Take out text in another language.")] = True,
    duplicates: Annotated[bool, typer.Option(help="Take out repeated units.")] = True,
    near_duplicates: Annotated[bool, typer.Option(help="Those that differ in case, spaces, quotes, too.")] = True,
    max_length_ratio: Annotated[float, typer.Option(help="How many times longer than expected.", min=1.0)] = 3.0,
    lenient: Lenient = False,
) -> None:
    """Take out what helps nobody, each with its reason."""
    from tmx.clean import CleanRules, py3langid_detector
    from tmx.clean import clean as clean_file

    rules = CleanRules(
        empty=empty,
        markup_only=markup_only,
        identical=identical,
        length=length,
        language=language,
        duplicates=duplicates,
        near_duplicates=near_duplicates,
        max_length_ratio=max_length_ratio,
    )
    detector = py3langid_detector() if language else None
    report = clean_file(file, output, rules, dropped=dropped, detector=detector, lenient=lenient)
    typer.echo(f"{report.read:,} units read, {report.written:,} written")
    for reason, count in sorted(report.dropped.items()):
        typer.echo(f"  {reason}: {count:,} units")
    for reason, count in sorted(report.variants_dropped.items()):
        typer.echo(f"  {reason}: {count:,} single variants")
    _finish(report.skipped)


@app.command()
@_reporting
def stats(
    file: Input,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    lenient: Lenient = False,
) -> None:
    """Count units, languages, lengths, dates, duplicates and properties."""
    from tmx.stats import stats as count_units

    result = count_units(file, lenient=lenient)
    if as_json:
        typer.echo(json.dumps(result.as_dict(), ensure_ascii=False, indent=2))
    else:
        typer.echo(f"{file}: TMX {result.version}, {result.encoding}, by {result.creationtool}")
        typer.echo(f"units: {result.units:,}, {result.with_tuid:,} with tuid, {result.with_inline:,} with inline tags")
        typer.echo(f"duplicates: {result.duplicates:,}; other translations of the same text: {result.ambiguous:,}")
        if result.first_date and result.last_date:
            typer.echo(f"dates: {result.first_date:%Y-%m-%d} to {result.last_date:%Y-%m-%d}")
        for code, each in result.languages.items():
            mark = " (source)" if code == result.srclang else ""
            typer.echo(
                f"{code}{mark}: {each.variants:,} segments, {each.empty:,} empty, {each.words:,} words,"
                f" {each.characters:,} characters; length {each.shortest}/{each.median}/{each.p95}/{each.longest}"
                " (shortest/median/95 %/longest)"
            )
        for kind, count in result.props.items():
            typer.echo(f"prop {kind}: {count:,}")
        for name, count in result.inline.items():
            typer.echo(f"inline {name}: {count:,}")
        typer.echo(f"notes: {result.notes:,}")
    _finish(result.skipped)


@app.command()
@_reporting
def convert(
    file: Annotated[Path, typer.Argument(help="TMX, TSV, CSV, JSONL, XLSX or XLIFF.", show_default=False)],
    output: Output,
    languages: Annotated[str, typer.Option("--languages", "-l", help="As kk,ru: the source first.")] = "",
    source_format: Annotated[FormatChoice | None, typer.Option("--from", help="If the suffix does not tell.")] = None,
    target_format: Annotated[FormatChoice | None, typer.Option("--to", help="If the suffix does not tell.")] = None,
    profile: Annotated[str, typer.Option(help="Codes in a TMX: as-is, bare (kk) or regional (kk-KZ).")] = "as-is",
    lenient: Lenient = False,
) -> None:
    """Write a memory in another format; .xlf is XLIFF 1.2, and --to xliff2 is 2.1."""
    from tmx.convert import convert as convert_file
    from tmx.convert import format_of

    def form(choice: FormatChoice | None, path: Path) -> Format:
        try:
            return choice.value if choice else format_of(path)
        except ValueError as error:
            _wrong_usage(str(error))

    report = convert_file(
        file,
        output,
        source_format=form(source_format, file),
        target_format=form(target_format, output),
        languages=tuple(code.strip() for code in languages.split(",") if code.strip()),
        profile=profile,
        lenient=lenient,
    )
    typer.echo(f"{report.read:,} units read, {report.written:,} written, {report.untranslated:,} untranslated")
    _finish(report.skipped)


@app.command()
@_reporting
def split(
    file: Input,
    output: Output,
    max_units: Annotated[int | None, typer.Option(help="Units a file.", min=1, show_default=False)] = None,
    max_bytes: Annotated[int | None, typer.Option(help="Bytes a file, unpacked.", min=1, show_default=False)] = None,
    lenient: Lenient = False,
) -> None:
    """Write a memory as several files: OUTPUT-001.tmx, OUTPUT-002.tmx …"""
    from tmx.split import split as split_file

    if max_units is None and max_bytes is None:
        _wrong_usage("say --max-units or --max-bytes")
    report = split_file(file, output, max_units=max_units, max_bytes=max_bytes, lenient=lenient)
    for path in report.paths:
        typer.echo(str(path))
    _finish(report.skipped)


@app.command()
@_reporting
def sample(
    file: Input,
    output: Output,
    count: Annotated[int, typer.Option("--count", "-n", help="How many units.", min=0)] = 100,
    seed: Annotated[int, typer.Option(help="Another seed, another sample.")] = 0,
    lenient: Lenient = False,
) -> None:
    """Choose units by chance, the same for the same seed."""
    from tmx.sample import sample as sample_file

    report = sample_file(file, output, count, seed=seed, lenient=lenient)
    typer.echo(f"{report.written:,} of {report.read:,} units written")
    _finish(report.skipped)


@app.command()
@_reporting
def reverse(
    file: Input,
    output: Output,
    source_language: Annotated[str | None, typer.Option(help="The new source.", show_default=False)] = None,
    lenient: Lenient = False,
) -> None:
    """Turn the direction of translation."""
    from tmx.reverse import reverse as reverse_file

    report = reverse_file(file, output, source_language, lenient=lenient)
    left_out = f", {report.without_source:,} without it left out" if report.without_source else ""
    typer.echo(f"{report.written:,} units written with the source {report.source_language}{left_out}")
    _finish(report.skipped)


if __name__ == "__main__":
    app()
