"""Running an application: where it may listen, its log, and how it stops. It serves any ASGI application."""

from __future__ import annotations

import datetime as dt
import json
import logging
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TextIO

import uvicorn
from starlette.types import ASGIApp

from aligner.errors import ServerError
from aligner.serve.guard import is_loopback
from aligner.serve.limits import MAX_HEADER_BYTES

__all__ = ["address_of", "listen", "log_as_json", "refuse_open_door", "run_server"]

_BACKLOG = 2048
_MAX_CONNECTIONS = 2000
_KEEP_ALIVE_S = 75
"""Longer than a person thinks between two segments: a tool may call it an error when its connection was closed."""


def refuse_open_door(host: str, has_tokens: bool) -> None:
    """Raise `ServerError` where others than this machine could reach a server that nobody has a token for."""
    if not is_loopback(host) and not has_tokens:
        raise ServerError(
            f"{host} can be reached from other machines, and there is no token yet; make one with "
            "qostil serve --new-token NAME, or leave --host out to serve this machine only"
        )


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one. Raises `ServerError` where it can't be had."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return socket.create_server(address[:2], family=family, backlog=_BACKLOG)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ServerError(f"can't listen on {host} port {port} ({reason}); try another --port or --host") from error


def address_of(listener: socket.socket) -> str:
    """The address of a listening socket as a URL."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def run_server(app: ASGIApp, listener: socket.socket, ready: Callable[[], None], grace_s: int = 30) -> None:
    """Serve until SIGTERM or Ctrl-C; then take nothing new, and finish what was begun within `grace_s`."""
    config = uvicorn.Config(
        app,
        http="h11",
        ws="none",
        loop="asyncio",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        # A client could name itself anything; who stands behind a proxy is limited as the proxy.
        proxy_headers=False,
        timeout_keep_alive=_KEEP_ALIVE_S,
        timeout_graceful_shutdown=grace_s,
        limit_concurrency=_MAX_CONNECTIONS,
        h11_max_incomplete_event_size=MAX_HEADER_BYTES,
        backlog=_BACKLOG,
    )
    with _signals_end_quietly():
        _Server(config, ready).run([listener])


@contextmanager
def log_as_json(stream: TextIO) -> Iterator[None]:
    """Write what the server says of itself as one JSON object a line."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_JsonLines())
    loggers = [logging.getLogger("aligner"), logging.getLogger("uvicorn")]
    before = [(logger.level, logger.propagate) for logger in loggers]
    for logger, level in zip(loggers, (logging.INFO, logging.WARNING), strict=True):
        logger.addHandler(handler)
        logger.setLevel(level)
        logger.propagate = False
    try:
        yield
    finally:
        for logger, (level, propagate) in zip(loggers, before, strict=True):
            logger.removeHandler(handler)
            logger.setLevel(level)
            logger.propagate = propagate


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
        }
        facts = getattr(record, "facts", None)
        line |= facts if facts is not None else {"event": "message", "message": record.getMessage()}
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


@contextmanager
def _signals_end_quietly() -> Iterator[None]:
    """uvicorn sends itself the signal again that it has obeyed; by then the work is done, and all is well."""

    def obeyed(number: int, frame: FrameType | None) -> None:
        pass

    before = {number: signal.signal(number, obeyed) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
