"""`qostil tmx VERB`: parse, call, print. Exit codes: 0 done, 1 an error, 2 wrong usage, 3 units were skipped."""

from __future__ import annotations

import functools
import json
from collections import Counter
from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, ParamSpec, TypeVar

import typer

from tmx.convert import Format
from tmx.errors import ReadError, TmxError
from tmx.records import Skipped
from tmx.wording import wording

if TYPE_CHECKING:
    from tmx.rules import Rule
    from tmx.stats import Stats
    from tmx.validate import Issue

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
            _say("error: {text}", to_stderr=True, text=_error_text(error))
            raise typer.Exit(1) from error

    return run


def _say(template: str, to_stderr: bool = False, **values: object) -> None:
    typer.echo(wording().text(template, **values), err=to_stderr)


def _error_text(error: TmxError) -> str:
    if isinstance(error, ReadError):
        return _placed(error.source, error.line, error.unit, error.problem)
    return wording().phrase(str(error))


def _placed(source: str, line: int | None, unit: int | None, problem: str) -> str:
    where = _place(line, unit)
    return f"{source}{where and ', '}{where}: {wording().phrase(problem)}"


def _place(line: int | None, unit: int | None) -> str:
    parts = (("line {number}", line), ("unit {number}", unit))
    return ", ".join(wording().text(part, number=str(number)) for part, number in parts if number is not None)


def _finish(skipped: Iterable[Skipped]) -> None:
    """List what was skipped; exit code 3 if anything was."""
    is_any = False
    for each in skipped:
        is_any = True
        text = _placed(each.source, each.line, each.unit, each.problem)
        _say("skipped: {text}", to_stderr=True, text=text)
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
                    typer.echo(_rule_text(rule))
                typer.echo(f"  {file}: {_issue_text(issue)}")
        if not as_json:
            for rule_id, count in sorted(counts.items()):
                if count > _SHOWN and not every:
                    _say("  {file}: {rule}: {count} more", file=file, rule=rule_id, count=count - _SHOWN)
            if counts:
                _say("{file}: findings: {count}", file=file, count=counts.total())
            else:
                _say("{file}: nothing found", file=file)
    if severities["error"]:
        raise typer.Exit(1)


def _rule_text(rule: Rule) -> str:
    words = wording()
    severity, title, reason = (words.phrase(each) for each in (rule.severity, rule.title, rule.reason))
    return f"{rule.id} {severity}: {title} ({', '.join(map(words.phrase, rule.tools))}): {reason}"


def _issue_text(issue: Issue) -> str:
    where = _place(issue.line, issue.unit)
    return f"{issue.rule.id} {where}{where and ': '}{wording().phrase(issue.message)}"


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
    _say(
        "{read} units read, {written} written; {duplicates} duplicates, {conflicts} conflicts decided",
        read=report.read,
        written=report.written,
        duplicates=report.duplicates,
        conflicts=report.conflicts,
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
    numbers = {kind: counts[kind] for kind in ("added", "removed", "changed")}
    _say("{added} added, {removed} removed, {changed} changed", to_stderr=True, **numbers)
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
    _say("{read} units read, {written} written", read=report.read, written=report.written)
    for reason, count in sorted(report.dropped.items()):
        _say("  {reason}: {count} units", reason=wording().phrase(reason), count=count)
    for reason, count in sorted(report.variants_dropped.items()):
        _say("  {reason}: {count} single variants", reason=wording().phrase(reason), count=count)
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
        _print_stats(file, result)
    _finish(result.skipped)


def _print_stats(file: Path, found: Stats) -> None:
    _say(
        "{file}: TMX {version}, {encoding}, by {tool}",
        file=file,
        version=found.version,
        encoding=found.encoding,
        tool=found.creationtool,
    )
    _say(
        "units: {units}, {with_tuid} with tuid, {with_inline} with inline tags",
        units=found.units,
        with_tuid=found.with_tuid,
        with_inline=found.with_inline,
    )
    _say(
        "duplicates: {duplicates}; other translations of the same text: {ambiguous}",
        duplicates=found.duplicates,
        ambiguous=found.ambiguous,
    )
    if found.first_date and found.last_date:
        _say("dates: {first} to {last}", first=f"{found.first_date:%Y-%m-%d}", last=f"{found.last_date:%Y-%m-%d}")
    for code, each in found.languages.items():
        _say(
            "{language}: {segments} segments, {empty} empty, {words} words, {characters} characters;"
            " length {lengths} (shortest/median/95 %/longest)",
            language=wording().text("{code} (source)", code=code) if code == found.srclang else code,
            segments=each.variants,
            empty=each.empty,
            words=each.words,
            characters=each.characters,
            lengths=f"{each.shortest}/{each.median}/{each.p95}/{each.longest}",
        )
    for kind, count in found.props.items():
        _say("prop {kind}: {count}", kind=kind, count=count)
    for name, count in found.inline.items():
        _say("inline {name}: {count}", name=name, count=count)
    _say("notes: {count}", count=found.notes)


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
    _say(
        "{read} units read, {written} written, {untranslated} untranslated",
        read=report.read,
        written=report.written,
        untranslated=report.untranslated,
    )
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
    _say("{written} of {read} units written", written=report.written, read=report.read)
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
    values: dict[str, Any] = {"written": report.written, "language": report.source_language}
    if report.without_source:
        _say(
            "{written} units written with the source {language}, {left} without it left out",
            **values,
            left=report.without_source,
        )
    else:
        _say("{written} units written with the source {language}", **values)
    _finish(report.skipped)


if __name__ == "__main__":
    app()
