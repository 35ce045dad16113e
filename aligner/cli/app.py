"""The `qostil` application and its way out: errors become one sentence on stderr and an exit code."""

from __future__ import annotations

import logging
import sys
from importlib.metadata import version
from typing import Annotated, NoReturn

import typer

from aligner.cli.terminal import DONE, FAILED, say
from aligner.errors import QostilError

__all__ = ["app", "main"]

app = typer.Typer(
    name="qostil",
    help="Kazakh and Russian versions of the same publications → an aligned, checked translation memory.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)


def main() -> NoReturn:
    """Run the command line; errors become one sentence on stderr and an exit code."""
    logging.basicConfig(level=logging.WARNING, format="qostil: %(message)s", stream=sys.stderr)
    try:
        app(standalone_mode=True)
    except QostilError as error:
        say(f"error: {error}")
        sys.exit(FAILED)
    sys.exit(DONE)


def _print_version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"qostil {version('qostil')}")
        raise typer.Exit


@app.callback()
def qostil(
    _: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Kazakh and Russian versions of the same publications → an aligned, checked translation memory."""
