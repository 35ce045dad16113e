"""What every command shares at the terminal: options, messages, progress, exit codes."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from aligner.cli.console import has_colours, has_letters
from aligner.errors import InputError, QostilError
from aligner.messages import COMMAND_LINE, COMMON, MEMORY_VERBS, Language, Messages, translated

if TYPE_CHECKING:
    from aligner.encode import Encoder
    from aligner.pipeline import Inputs, Progress

__all__ = [
    "DONE",
    "FAILED",
    "INTERRUPTED",
    "READER_GONE",
    "SOME_SKIPPED",
    "WRONG_USAGE",
    "EncoderOption",
    "JsonOption",
    "LanguagesOption",
    "PathsArgument",
    "QuietOption",
    "address_in",
    "announce_start",
    "encoder_named",
    "error_text",
    "exit_for",
    "messages",
    "print_json",
    "progress_bar",
    "refuse_input_as_output",
    "say",
    "say_error",
    "tell",
    "worded",
]

DONE, FAILED, WRONG_USAGE, SOME_SKIPPED, INTERRUPTED = 0, 1, 2, 3, 130
# As a shell has it for a program that ends when the reader of its pipe has gone: 128 + SIGPIPE.
READER_GONE = 141

PathsArgument = Annotated[
    list[Path], typer.Argument(help="Files and folders, both languages in any mix.", metavar="PATH...")
]
EncoderOption = Annotated[
    str | None,
    typer.Option("--encoder", help="Any sentence-transformers model, by name or folder. See `qostil encoders`."),
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary.")]
JsonOption = Annotated[bool, typer.Option("--json", help="The summary as one JSON object on stdout.")]
LanguagesOption = Annotated[
    Literal["bare", "regional"], typer.Option("--tmx-languages", help="`bare`: kk, ru. `regional`: kk-KZ, ru-RU.")
]


_addressed: list[Language] = ["en"]


def address_in(language: Language) -> None:
    """Speak this language from now on."""
    _addressed[:] = [language]


def messages() -> Messages:
    """The texts of the command line in the language of the user. English numbers stay plain: scripts may read them."""
    return _messages(_addressed[0])


@cache
def _messages(language: Language) -> Messages:
    return Messages(language, COMMAND_LINE, COMMON, MEMORY_VERBS, is_grouped=language != "en")


def error_text(error: QostilError) -> str:
    """An error of the library in the language of the user; what nobody has worded stays in English."""
    language = messages().language
    if language == "en" or not isinstance(error, InputError):
        return worded(str(error))
    problem, remedy, place = map(worded, (error.problem, error.remedy, error.place))
    where = f"{error.source}, {place}" if place else error.source
    return f"{where}: {problem}" + (f"; {remedy}" if remedy else "")


def worded(text: str) -> str:
    """What the library says in English, in the language of the user where somebody has translated it."""
    return translated(text, messages().language) or text


def encoder_named(name: str | None) -> Encoder:
    from aligner.encode import CachedEncoder, load_encoder

    return CachedEncoder(load_encoder(name))


_announced: list[bool] = []


def announce_start() -> None:
    """Show on a terminal that something happens, before what takes a second to load is loaded."""
    if sys.stderr.isatty():
        _announced.append(True)
        dots = "…" if has_letters("…", sys.stderr) else "..."
        sys.stderr.write(f"{messages()('progress.starting')} {dots}\r")
        sys.stderr.flush()


def _clear_announcement() -> None:
    if _announced:
        _announced.clear()
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


def say(text: str) -> None:
    _clear_announcement()
    typer.echo(text, err=True)


def tell(key: str, **values: object) -> None:
    """A message for the person at the terminal, on stderr."""
    say(messages()(key, **values))


def say_error(text: str) -> None:
    """What went wrong, on stderr; its first word stands out on a terminal."""
    told = messages()("error", text=text)
    word, colon, rest = told.partition(":")
    say(typer.style(word + colon, fg="red", bold=True) + rest if has_colours(sys.stderr) else told)


def print_json(record: dict[str, object]) -> None:
    typer.echo(json.dumps(record, ensure_ascii=False))


def refuse_input_as_output(output: Path, inputs: Iterable[Path]) -> None:
    """No command overwrites what it was given to read."""
    if any(_is_there(each) and _is_there(output) and output.samefile(each) for each in inputs):
        raise typer.BadParameter(f"{output} is one of the inputs; give -o another name")


def _is_there(path: Path) -> bool:
    """Of a name that no disk could hold, too."""
    try:
        return path.exists()
    except OSError:
        return False


def exit_for(inputs: Inputs) -> None:
    """Some inputs took no part: each is named already, and the exit code says so."""
    if inputs.skipped or inputs.skipped_files:
        raise typer.Exit(SOME_SKIPPED)


@contextmanager
def progress_bar(is_quiet: bool) -> Iterator[Progress | None]:
    """A progress bar on stderr; on no terminal, or when quiet, none. Ctrl-C ends the command in one sentence."""
    _clear_announcement()
    try:
        if is_quiet or not sys.stderr.isatty():
            yield None
        else:
            with _bar() as show:
                yield show
    except KeyboardInterrupt:
        tell("stopped")
        raise typer.Exit(INTERRUPTED) from None


@contextmanager
def _bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, TaskID] = {}
        # Something is seen at once, while models and files are still being opened.
        starting = bar.add_task(_job("starting"), total=None)

        def show(what: str, done: int, total: int) -> None:
            if what not in tasks:
                bar.update(starting, visible=False)
                tasks[what] = bar.add_task(_job(what))
            bar.update(tasks[what], completed=done, total=total or None)

        yield show


def _job(what: str) -> str:
    """A job of the library, which it names in English."""
    say_it = messages()
    return say_it(f"progress.{what}") if f"progress.{what}" in say_it else what
