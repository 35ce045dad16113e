"""The `qostil` application and its way out: errors become one sentence on stderr and an exit code."""

from __future__ import annotations

import errno
import io
import logging
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import version
from typing import Annotated, Any, Literal, NoReturn

import typer
from typer.core import TyperGroup

from aligner.cli.console import prepare_streams, wanted_language
from aligner.cli.help_texts import translate_help
from aligner.cli.mistakes import eaten_quote_text, unknown_command_text, usage_error_text, welcome
from aligner.cli.terminal import (
    DONE,
    FAILED,
    INTERRUPTED,
    READER_GONE,
    WRONG_USAGE,
    address_in,
    announce_start,
    error_text,
    messages,
    say,
    say_error,
    tell,
    worded,
)
from aligner.errors import QostilError

__all__ = ["HelpfulGroup", "app", "main"]

# Typer keeps its exceptions in Click, or in a package of its own; those that it names are of the same tree.
_UsageError: Any = typer.BadParameter.__mro__[1]


# What most people come for, in the order in which they need it.
_FIRST = ("batch", "review", "align", "export", "serve", "doctor")


class HelpfulGroup(TyperGroup):
    """A group of commands that says what was meant where a command is not known, and where to begin where none is."""

    def list_commands(self, ctx: Any) -> list[str]:
        names = super().list_commands(ctx)
        return [*(name for name in _FIRST if name in names), *(name for name in names if name not in _FIRST)]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args and ctx.parent is None and not ctx.resilient_parsing:
            typer.echo(welcome(messages()))
            raise typer.Exit(WRONG_USAGE)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            tell("interrupted")
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            _drop_output()
            raise typer.Exit(READER_GONE) from None

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        is_known = args[0].startswith("-") or self.get_command(ctx, args[0]) is not None
        if is_known or ctx.resilient_parsing:
            found = super().resolve_command(ctx, args)
            is_long = found[1] is not None and any(each.name == "quiet" for each in found[1].params)
            if is_long and not {"-q", "--quiet", "-h", "--help"} & set(args):
                announce_start()
            return found
        say_error(unknown_command_text(args, ctx.command_path, list(self.commands), messages()))
        raise typer.Exit(WRONG_USAGE)


app = typer.Typer(
    name="qostil",
    cls=HelpfulGroup,
    help="Kazakh and Russian versions of the same publications → an aligned, checked translation memory.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)


def main() -> NoReturn:
    """Run the command line; errors become one sentence on stderr and an exit code."""
    logging.basicConfig(level=logging.WARNING, format="qostil: %(message)s", stream=sys.stderr)
    prepare_streams()
    command = typer.main.get_command(app)
    arguments, language = _language_first(sys.argv[1:], command)
    address_in(wanted_language(language, os.environ))
    translate_help(command, messages())
    if arguments[:1] == ["help"]:
        arguments = [*arguments[1:], "--help"]
    try:
        code = command.main(arguments, prog_name="qostil", standalone_mode=False)
        # What is still to be written is written here, where a full disk or a closed pipe can be told.
        sys.stdout.flush()
    except QostilError as error:
        if _is_reader_gone(error):
            _leave_quietly()
        say_error(error_text(error))
        _tell_eaten_quote(arguments)
        sys.exit(FAILED)
    except _UsageError as error:
        _tell_wrong_usage(error, arguments, command)
        sys.exit(WRONG_USAGE)
    except (typer.Abort, KeyboardInterrupt):
        tell("interrupted")
        sys.exit(INTERRUPTED)
    except OSError as error:
        if _is_reader_gone(error):
            _leave_quietly()
        _drop_output()
        say_error(_system_text(error))
        sys.exit(FAILED)
    sys.exit(code if isinstance(code, int) else DONE)


def _is_reader_gone(error: BaseException | None) -> bool:
    """Whether it comes of a pipe whose reader, such as `head`, has read enough."""
    while error is not None:
        if isinstance(error, BrokenPipeError):
            return True
        error = error.__cause__
    return False


def _leave_quietly() -> NoReturn:
    _drop_output()
    sys.exit(READER_GONE)


def _drop_output() -> None:
    """Let nothing more be written to stdout, which Python would try once more at its end."""
    # A program that calls us may have put something in its place that is no file.
    with suppress(io.UnsupportedOperation):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _system_text(error: OSError) -> str:
    reason = worded(error.strerror or str(error))
    key = "system_error.name" if error.errno == errno.ENAMETOOLONG else "system_error"
    return messages()(key, problem=f"{error.filename}: {reason}" if error.filename else reason)


def _tell_wrong_usage(error: Any, arguments: Sequence[str], command: Any) -> None:
    if type(error).__name__ == "NoArgsIsHelpError":
        # Typer has shown the help already, or has it as the message of the error.
        typer.echo(error.format_message(), err=True)
        return
    say_error(usage_error_text(error, messages()))
    if error.ctx is not None:
        say(error.ctx.get_usage())
    names = ["qostil", *(name for name, _ in _commands_in(arguments, command))]
    _tell_eaten_quote(arguments)
    say(messages()("usage.more", command=f"{' '.join(names)} --help"))


def _tell_eaten_quote(arguments: Sequence[str]) -> None:
    hint = eaten_quote_text(arguments, messages()) if sys.platform == "win32" else None
    if hint:
        say(hint)


def _commands_in(arguments: Sequence[str], command: Any) -> list[tuple[str, Any]]:
    """The commands that the arguments name, from the outer to the inner one."""
    found = []
    for argument in arguments:
        below = getattr(command, "commands", {}).get(argument)
        if below is not None:
            command = below
            found.append((argument, below))
    return found


def _language_first(arguments: Sequence[str], command: Any) -> tuple[list[str], str | None]:
    """The arguments with `--lang`, an option of `qostil`, at the front, and its value.

    A command that has a `--lang` of its own (for the page that it makes) keeps it.
    """
    named = _commands_in(arguments, command)
    own = {option for _, each in named for parameter in each.params for option in parameter.opts}
    for place, argument in enumerate(arguments):
        if argument == "--" or (named and argument == named[0][0] and "--lang" in own):
            break
        if argument == "--lang" and place + 1 < len(arguments):
            value = arguments[place + 1]
            return ["--lang", value, *arguments[:place], *arguments[place + 2 :]], value
        if argument.startswith("--lang="):
            return [argument, *arguments[:place], *arguments[place + 1 :]], argument.partition("=")[2]
    return list(arguments), None


def _print_version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"qostil {version('qostil')}")
        raise typer.Exit


@app.callback()
def qostil(
    _: Annotated[
        bool,
        typer.Option("--version", "-V", help="Print the version and exit.", callback=_print_version, is_eager=True),
    ] = False,
    __: Annotated[
        Literal["kk", "ru", "en"] | None,
        typer.Option("--lang", help="The language of messages.", show_default=False),
    ] = None,
) -> None:
    """Kazakh and Russian versions of the same publications → an aligned, checked translation memory."""
