"""`qostil review`: a local page for mending alignments."""

from __future__ import annotations

import datetime as dt
import threading
import webbrowser
from contextlib import ExitStack
from typing import Annotated, Literal

import typer

from aligner.cli.app import app
from aligner.cli.memory import ByOption, MemoryOption, existing_memory, who_does
from aligner.cli.terminal import (
    EncoderOption,
    encoder_named,
    tell,
)

__all__ = ["review"]

_GRACE_S = 5


@app.command(epilog="Example: `qostil review memory.db`")
def review(
    place: Annotated[
        str | None, typer.Argument(help="The memory, instead of `--memory`.", metavar="[MEMORY]", show_default=False)
    ] = None,
    memory: MemoryOption = "memory.db",
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 0,
    lang: Annotated[
        Literal["kk", "ru", "en"] | None, typer.Option(help="The language of the page; by default the browser's.")
    ] = None,
    by: ByOption = None,
    no_open: Annotated[bool, typer.Option("--no-open", help="Print the address, and open no browser.")] = False,
    encoder: EncoderOption = None,
) -> None:
    """Open a local page on which a person accepts, mends and rejects what was aligned."""
    from aligner.review import Desk, Mender, Session, create_review_app
    from aligner.serve import address_of, is_loopback, listen, run_server

    with ExitStack() as stack:
        opened = stack.enter_context(existing_memory(place or memory))
        listener = stack.enter_context(listen(host, port))
        session = Session()
        desk = Desk(opened, Mender(encoder_named(encoder)), who_does(by), lambda: dt.datetime.now(dt.UTC))
        application = create_review_app(desk, session, host, language=lang)
        url = session.opening_url(address_of(listener))
        if not is_loopback(host):
            tell("review.reachable", host=host)

        def ready() -> None:
            typer.echo(url)
            tell("review.open")
            if not no_open:
                threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()

        run_server(application, listener, ready, _GRACE_S)
