"""Wrong usage → a sentence that helps: what was meant, and the command to type instead."""

from __future__ import annotations

import os
import re
import shlex
import subprocess  # only for its quoting on Windows # nosec B404
from collections.abc import Collection, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from aligner.messages import Messages, translated

__all__ = [
    "eaten_quote_text",
    "nearest_command",
    "unknown_command_text",
    "usage_error_text",
    "usage_line",
    "welcome",
]

_RUSSIAN_KEYS = "йцукенгшщзхъфывапролджэячсмитьбю"
_ENGLISH_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
_AS_ON_ENGLISH_KEYS = str.maketrans(_RUSSIAN_KEYS, _ENGLISH_KEYS)
_UNFIT = (
    (r"Input should be a valid number.*|.* is not a valid float(?: range)?", "value.number"),
    (r"Input should be a valid integer.*|.* is not a valid integer(?: range)?", "value.integer"),
    (r"Input should be less than or equal to (?P<most>.*)", "value.most"),
    (r"Input should be greater than or equal to (?P<least>.*)", "value.least"),
    (r".* is not in the range (?P<range>.*)", "value.range"),
    (r"(?P<value>'.*?') is not one of (?P<known>.*)", "value.choice"),
    (r"(?P<value>'.*?') does not match the formats? .*", "value.date"),
    (r".*?(?P<path>'.*') is not readable", "value.unreadable"),
)
_MEMORY_SUFFIXES = (".db", ".sqlite", ".sqlite3")


def welcome(say: Messages) -> str:
    """For a person who has typed `qostil` and nothing else."""
    steps = (
        ("welcome.batch", f"qostil batch {say('welcome.folder')} -o memory.tmx"),
        ("welcome.review", "qostil review memory.db"),
        ("welcome.align", "qostil align kk.docx ru.docx -o memory.tmx"),
        ("welcome.doctor", "qostil doctor"),
        ("welcome.help", "qostil --help"),
    )
    return "\n\n".join([say("welcome.what"), *(f"{say(key)}\n    {command}" for key, command in steps)])


def unknown_command_text(arguments: Sequence[str], path: str, commands: Collection[str], say: Messages) -> str:
    """What to do where the first of `arguments` is no command of `path` (`qostil`, or `qostil memory`)."""
    name = arguments[0]
    given = Path(name)
    if path == "qostil" and given.exists():
        command = f"qostil {_command_for(given, arguments[1:])}"
        return say("usage.folder" if given.is_dir() else "usage.file", name=name, command=command)
    near = nearest_command(name, commands)
    unknown = say("usage.no_command", name=repr(name))
    if near is None:
        return f"{unknown}\n{say('usage.more', command=f'{path} --help')}"
    meant = " ".join([path, *map(_quoted, [near, *arguments[1:]])])
    return f"{unknown}\n{say('usage.did_you_mean', command=meant)}"


def nearest_command(name: str, commands: Collection[str]) -> str | None:
    """The command that was probably meant: misspelt, in capitals, or typed with the Russian keys on."""
    lowered = name.lower()
    for typed in (lowered, lowered.translate(_AS_ON_ENGLISH_KEYS)):
        near = get_close_matches(typed, commands, n=1)
        if near:
            return near[0]
    return None


def usage_error_text(error: Any, say: Messages) -> str:
    """A `UsageError` of Typer in words; those of its texts that are not known stay in English.

    Its kinds are told by their names: Typer has kept them in Click, and later in a package of its own.
    """
    kind = type(error).__name__
    parameter = getattr(error, "param", None)
    if kind == "MissingParameter" and parameter is not None:
        key = "usage.missing_option" if parameter.param_type_name == "option" else "usage.missing_argument"
        return say(key, name=_hint(parameter))
    if kind == "NoSuchOption":
        text = say("usage.no_option", name=error.option_name)
        if not error.possibilities:
            return text
        nearest = get_close_matches(error.option_name, error.possibilities, n=1, cutoff=0)
        return f"{text}; {say('usage.maybe', names=nearest[0])}"
    if kind == "BadOptionUsage" and "requires an argument" in error.message:
        return say("usage.needs_value", name=repr(error.option_name))
    if "does not take a value" in error.message:
        return say("usage.flag_value", name=repr(error.option_name))
    problem = _unfit(error.message, say) or translated(error.message.rstrip("."), say.language) or error.message
    if kind == "BadParameter" and parameter is not None:
        return say("usage.bad_value", name=_hint(parameter), problem=problem)
    if error.message == "Missing command.":
        return say("usage.missing_command")
    if error.message.startswith("Got unexpected extra argument"):
        return say("usage.extra", names=error.message.partition("(")[2].rpartition(")")[0])
    return problem


def eaten_quote_text(arguments: Sequence[str], say: Messages) -> str | None:
    """What to say to who typed `"C:\\My files\\" -o …` on Windows.

    A backslash before a quotation mark makes it a letter there, and the rest of the line a part of the name. The shell
    completes names of folders so, and no file can have such a name.
    """
    for argument in arguments:
        folder, quote, _ = argument.partition('"')
        if quote and folder:
            return say("usage.eaten_quote", path=f'"{folder.rstrip(chr(92))}"')
    return None


def _unfit(message: str, say: Messages) -> str | None:
    """What is wrong with a value, where Typer says it in one of the ways in which its versions do."""
    for pattern, key in _UNFIT:
        if found := re.fullmatch(pattern, message.removeprefix("Value error, ").rstrip(".")):
            return say(key, **found.groupdict())
    return None


def usage_line(text: str, say: Messages) -> str:
    """The `Usage: …` of Typer in the language of the user; what is to be given stands there without braces."""
    text = re.sub(r"\{([^{}]*?)(?:\.\.\.)?\}", r"\1", text)
    for word, key in (("[OPTIONS]", "usage.options"), ("COMMAND", "usage.command"), ("[ARGS]...", "usage.arguments")):
        text = text.replace(word, say(key), 1)
    return text.replace("Usage:", say("help.usage"), 1)


def _hint(parameter: Any) -> str:
    return " / ".join(repr(each) for each in parameter.opts if each.startswith("-")) or repr(
        parameter.metavar or parameter.name
    )


def _quoted(word: str) -> str:
    """The word as it is typed into a shell; letters of any alphabet need no quotes."""
    if re.fullmatch(r"[\w@%+=:,./-]+", word):
        return word
    return subprocess.list2cmdline([word]) if os.name == "nt" else shlex.quote(word)


def _command_for(given: Path, others: Sequence[str]) -> str:
    """The command that most people want for a folder or file."""
    name = _quoted(str(given))
    if given.is_dir():
        output = "" if {"-o", "--output"} & set(others) else " -o memory.tmx"
        return f"batch {' '.join([name, *map(_quoted, others)])}{output}"
    suffix = given.suffix.lower()
    if suffix in _MEMORY_SUFFIXES:
        return f"review {name}"
    if suffix == ".tmx":
        return f"memory import {name} --memory memory.db"
    second = [each for each in others if Path(each).is_file()]
    if second:
        output = "" if {"-o", "--output"} & set(others) else " -o memory.tmx"
        return f"align {' '.join([name, *map(_quoted, others)])}{output}"
    return f"inspect {name}"
