"""`qostil review`: a local page for mending alignments."""

from __future__ import annotations

import datetime as dt
import getpass
import threading
import webbrowser
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Literal

import typer

from aligner.cli.app import app
from aligner.cli.terminal import EncoderOption, encoder_named, say

__all__ = ["review"]

_GRACE_S = 5


@app.command(epilog="Example: `qostil review memory.db`")
def review(
    place: Annotated[
        str | None, typer.Argument(help="The memory: a file, or `postgresql://…`.", metavar="[MEMORY]")
    ] = None,
    memory: Annotated[
        str | None, typer.Option(help="The same, as an option; memory.db by default.", metavar="FILE.db|DSN")
    ] = None,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 0,
    lang: Annotated[
        Literal["kk", "ru", "en"] | None, typer.Option(help="The language of the page; by default the browser's.")
    ] = None,
    name: Annotated[
        str | None, typer.Option("--as", metavar="NAME", help="Who reviews; by default your login name.")
    ] = None,
    no_open: Annotated[bool, typer.Option("--no-open", help="Print the address, and open no browser.")] = False,
    encoder: EncoderOption = None,
) -> None:
    """Open a local page on which a person accepts, mends and rejects what was aligned."""
    from aligner.errors import MissingInputError
    from aligner.memory import Memory
    from aligner.review import Desk, Mender, Session, create_review_app
    from aligner.serve import address_of, is_loopback, listen, run_server

    if place and memory:
        raise typer.BadParameter("name the memory once")
    store = place or memory or "memory.db"
    if "://" not in store and not Path(store).exists():
        raise MissingInputError(
            store, "there is no such memory", "make one with qostil batch, and name it: qostil review FILE.db"
        )
    with ExitStack() as stack:
        listener = stack.enter_context(listen(host, port))
        opened = stack.enter_context(Memory.open(store))
        session = Session()
        desk = Desk(opened, Mender(encoder_named(encoder)), name or _login_name(), lambda: dt.datetime.now(dt.UTC))
        application = create_review_app(desk, session, host, language=lang)
        url = session.opening_url(address_of(listener))
        if not is_loopback(host):
            say(f"whoever knows this address and reaches {host} can change the memory; it travels unencrypted")

        def ready() -> None:
            typer.echo(url)
            say("open this address in a browser; Ctrl-C ends it, and everything is saved already")
            if not no_open:
                threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()

        run_server(application, listener, ready, _GRACE_S)


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "reviewer"
