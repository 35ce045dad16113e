"""`qostil serve`: the memory over HTTP, and the tokens that open it."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli.app import app
from aligner.cli.memory import MemoryOption, existing_memory
from aligner.cli.terminal import (
    EncoderOption,
    encoder_named,
    messages,
    progress_bar,
    tell,
)

if TYPE_CHECKING:
    from aligner.serve import TokenFile

__all__ = ["serve"]

_log = logging.getLogger(__name__)
_CATCH_UP_EVERY_S = 30.0


@app.command(epilog="Example: `qostil serve --memory memory.db`")
def serve(
    memory: MemoryOption = "memory.db",
    host: Annotated[str, typer.Option(help="The address to listen on; 0.0.0.0 is all of them.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8888,
    private: Annotated[bool, typer.Option("--private", help="Reading needs a token too.")] = False,
    allow_host: Annotated[
        list[str] | None, typer.Option(help="Another name under which clients may address the server. Repeatable.")
    ] = None,
    rate: Annotated[
        float, typer.Option(min=0, help="Texts a second that one client may look up in the long run. 0: no limit.")
    ] = 0.0,
    threads: Annotated[int, typer.Option(min=1, max=64, help="How many lookups run at the same time.")] = 4,
    semantic: Annotated[bool, typer.Option("--semantic", help="Offer matches by meaning; loads the encoder.")] = False,
    encoder: EncoderOption = None,
    tokens: Annotated[
        Path | None,
        typer.Option(help="The file of tokens; by default it stands beside the memory, as FILE.tokens.json."),
    ] = None,
    new_token: Annotated[
        str | None, typer.Option(metavar="NAME", help="Make a token that may add to the memory, print it, and end.")
    ] = None,
    reading_token: Annotated[
        str | None, typer.Option(metavar="NAME", help="Make a token that may only read, print it, and end.")
    ] = None,
    revoke_token: Annotated[
        str | None, typer.Option(metavar="NAME", help="Take a token back, also from a running server, and end.")
    ] = None,
    list_tokens: Annotated[bool, typer.Option("--list-tokens", help="Name the tokens, and end.")] = False,
) -> None:
    """Serve a memory to CAT tools (Virtaal, Weblate, Okapi) and programs."""
    from aligner.serve import TokenFile

    file = TokenFile(tokens or _tokens_beside(memory))
    if new_token or reading_token or revoke_token or list_tokens:
        if sum(map(bool, (new_token, reading_token, revoke_token, list_tokens))) > 1:
            raise typer.BadParameter("do one thing with the tokens at a time")
        _keep_tokens(file, new_token or reading_token, bool(new_token), revoke_token)
        return
    _serve(memory, file, host, port, private, tuple(allow_host or ()), rate, threads, semantic, encoder)


def _keep_tokens(file: TokenFile, new: str | None, may_write: bool, revoked: str | None) -> None:
    if new:
        secret = file.issue(new, dt.datetime.now(dt.UTC), may_write=may_write)
        typer.echo(secret)
        tell("token.made.write" if may_write else "token.made.read", name=new)
        tell("token.kept", path=file.path)
    elif revoked:
        file.revoke(revoked)
        tell("token.revoked", name=revoked)
    else:
        for token in file.tokens():
            right = messages()("token.adds" if token.may_write else "token.reads")
            typer.echo(f"{token.name}\t{right}\t{token.made}")


def _serve(
    place: str,
    tokens: TokenFile,
    host: str,
    port: int,
    is_private: bool,
    other_names: tuple[str, ...],
    rate: float,
    readers: int,
    semantic: bool,
    encoder: str | None,
) -> None:
    from aligner.memory.lookup import Lookup, SemanticIndex
    from aligner.memory.lookup.matches import Language
    from aligner.serve import (
        Settings,
        Upkeep,
        address_of,
        create_app,
        is_loopback,
        listen,
        log_as_json,
        refuse_open_door,
        run_server,
    )

    refuse_open_door(host, bool(tokens.tokens()))
    if is_private and not tokens.tokens():
        raise typer.BadParameter("--private needs a token; make one with --new-token or --reading-token NAME")
    settings = Settings(host, other_names, is_private, rate, readers, has_encoder=semantic)
    with ExitStack() as stack:
        memory = stack.enter_context(existing_memory(place))
        listener = stack.enter_context(listen(host, port))
        meanings: dict[Language, SemanticIndex] = {}
        with progress_bar(False) as progress:
            if semantic:
                vectors = encoder_named(encoder)
                meanings = {"kk": SemanticIndex(memory, "kk", vectors), "ru": SemanticIndex(memory, "ru", vectors)}
                for meaning in meanings.values():
                    meaning.catch_up(progress)
            lookup = stack.enter_context(Lookup(memory, progress=progress, semantic=meanings))
        application = create_app(lookup, tokens, settings)
        if not is_loopback(host) and not is_private:
            tell("serve.reachable", host=host)
        tell("serve.serving", place=_without_password(place), address=address_of(listener))
        stack.enter_context(log_as_json(sys.stderr))
        if meanings:
            stack.enter_context(Upkeep(lambda: [each.catch_up() for each in meanings.values()], _CATCH_UP_EVERY_S))

        def ready() -> None:
            _log.info("listening", extra={"facts": {"event": "listening", "address": address_of(listener)}})

        run_server(application, listener, ready)


def _is_dsn(place: str) -> bool:
    return place.startswith(("postgresql://", "postgres://"))


def _without_password(place: str) -> str:
    from urllib.parse import urlsplit

    if not _is_dsn(place):
        return place
    parts = urlsplit(place)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _tokens_beside(place: str) -> Path:
    """Beside a file; for a database, in the user's own folder, so that it is found from everywhere."""
    if not _is_dsn(place):
        path = Path(place)
        return path.with_name(f"{path.name}.tokens.json")
    import platformdirs

    name = hashlib.sha256(_without_password(place).encode()).hexdigest()[:16]
    return platformdirs.user_config_path("qostil") / f"tokens-{name}.json"
