"""`--help` in the language of the user: the texts of a command and of all below it, exchanged before they are shown."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import typer

from aligner.cli.mistakes import usage_line
from aligner.messages import HELP, Messages

__all__ = ["translate_help"]

# By what name Typer keeps the headings of its pages, and by what key we do.
_HEADINGS = {
    "ARGUMENTS_PANEL_TITLE": "help.arguments",
    "OPTIONS_PANEL_TITLE": "help.options",
    "COMMANDS_PANEL_TITLE": "help.commands",
    "REQUIRED_LONG_STRING": "help.required",
    "DEFAULT_STRING": "help.default",
    "ENVVAR_STRING": "help.variable",
}


def translate_help(command: Any, say: Messages) -> None:
    """Exchange the texts of a command (as `typer.main.get_command` makes it), its parameters and its subcommands.

    What nobody has translated stays in English.
    """
    _simplify(command, say)
    if say.language == "en":
        return
    _translate_headings(say)
    _translate(command, say)


def _simplify(command: Any, say: Messages) -> None:
    """Leave out of usage lines and pages what only programmers read: braces, and the types of flags."""
    usage_of = command.get_usage
    command.get_usage = lambda ctx: usage_line(usage_of(ctx), say)
    for parameter in [*command.params, _help_option(command)]:
        if getattr(parameter, "is_flag", False):
            parameter.metavar = ""
    for below in getattr(command, "commands", {}).values():
        _simplify(below, say)


def _help_option(command: Any) -> Any:
    return command.get_help_option(typer.Context(command, help_option_names=["-h", "--help"]))


def _translate(command: Any, say: Messages) -> None:
    command.help = _worded(command.help, say)
    if command.epilog:
        command.epilog = command.epilog.replace("Example:", f"{say('help.example')}:", 1)
    for parameter in [*command.params, _help_option(command)]:
        if getattr(parameter, "help", None):
            parameter.help = _worded(parameter.help, say)
    for below in getattr(command, "commands", {}).values():
        _translate(below, say)


def _worded(text: str | None, say: Messages) -> str | None:
    message = HELP.get(text or "")
    return text if message is None else str(message[say.language])


def _translate_headings(say: Messages) -> None:
    rich_utils = _rich_utils()
    for name, key in _HEADINGS.items():
        if rich_utils is not None and hasattr(rich_utils, name):
            setattr(rich_utils, name, say(key))


def _rich_utils() -> ModuleType | None:
    try:
        from typer import rich_utils
    except ImportError:
        return None
    return rich_utils
