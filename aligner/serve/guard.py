"""What stands before an application: its name, the client's rate, the size of a body, the log, the last resort.

It knows nothing of translation memories, so that any of our local applications can stand behind it.
"""

from __future__ import annotations

import asyncio
import functools
import ipaddress
import logging
import secrets
import socket
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aligner.serve.limits import MAX_BODY_BYTES, RateLimit
from aligner.serve.metrics import Metrics
from aligner.serve.problems import problem_response

__all__ = ["Guard", "HostNames", "is_loopback"]

_log = logging.getLogger(__name__)
_BODY_TIMEOUT_S = 30.0
_KNOWN_METHODS = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"}
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'none'; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}


def is_loopback(host: str) -> bool:
    """Whether a server bound to `host` (a name or an address) can be reached from its own machine only."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class HostNames:
    """The names under which a server may be addressed.

    A web page that makes its own name point at this machine (DNS rebinding) sends that name. So on loopback only
    loopback's names are known; where the server listens wider, so are addresses in figures, which no page can own,
    and the machine's name. `others` are those that its keeper allows.
    """

    is_local: bool
    others: frozenset[str] = frozenset()

    @classmethod
    def for_binding(cls, host: str, others: Iterable[str] = ()) -> HostNames:
        names = {name.lower().rstrip(".") for name in others}
        if not is_loopback(host):
            names |= {host.lower(), socket.gethostname().lower()}
        return cls(is_loopback(host), frozenset(names))

    def knows(self, header: str) -> bool:
        """Whether a `Host` header names this server."""
        name = header.strip().lower()
        name = name[1:].partition("]")[0] if name.startswith("[") else name.partition(":")[0]
        name = name.rstrip(".")
        if name in self.others or is_loopback(name):
            return True
        if self.is_local:
            return False
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True


@dataclass(slots=True)
class _Exchange:
    """One request and what has become of it."""

    number: str
    began: float
    status: int = 0
    facts: dict[str, object] = field(default_factory=dict)


class Guard:
    """An ASGI application around another one.

    An endpoint may put facts for the log into `scope["qostil.facts"]`, and report work that is larger than one
    lookup by `scope["qostil.charge"](cost)`. Neither paths nor bodies are logged: they hold what is being translated.
    """

    def __init__(self, app: ASGIApp, hosts: HostNames, rate: RateLimit, metrics: Metrics) -> None:
        self._app, self._hosts, self._rate, self._metrics = app, hosts, rate, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        exchange = _Exchange(secrets.token_hex(8), time.perf_counter())
        scope["qostil.request"], scope["qostil.facts"] = exchange.number, exchange.facts
        scope["qostil.charge"] = functools.partial(self._rate.charge, _client(scope))
        self._metrics.began()

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                exchange.status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers["X-Request-ID"] = exchange.number
            await send(message)

        try:
            await self._admit(scope, receive, sending)
        except Exception:
            # Nothing above us could answer better; the client has its answer, and the log the whole story.
            _log.exception("request failed", extra={"facts": {"event": "failure", "request": exchange.number}})
            if not exchange.status:
                await problem_response(500, f"the server failed; its log tells more under {exchange.number}")(
                    scope, receive, sending
                )
        finally:
            self._record(scope, exchange)

    async def _admit(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        if not self._hosts.knows(headers.get("host", "")):
            answer = problem_response(
                421, "this server is not known by the name in the Host header; its keeper can allow it (--allow-host)"
            )
            await answer(scope, receive, send)
            return
        wait_s = self._rate.seconds_to_wait(_client(scope))
        if wait_s:
            answer = problem_response(429, f"too many requests; try again in {wait_s} s", {"Retry-After": str(wait_s)})
            await answer(scope, receive, send)
            return
        body = await _body(headers, receive)
        if isinstance(body, _Refused):
            answer = problem_response(body.status, body.message, {"Connection": "close"})
            await answer(scope, receive, send)
            return
        await self._app(scope, _replayed(body, receive), send)

    def _record(self, scope: Scope, exchange: _Exchange) -> None:
        route = getattr(scope.get("route"), "path_format", None) or "other"
        method = scope["method"] if scope["method"] in _KNOWN_METHODS else "other"
        seconds = time.perf_counter() - exchange.began
        self._metrics.ended(route, method, exchange.status, seconds)
        facts = {
            "event": "request",
            "request": exchange.number,
            "method": method,
            "route": route,
            "status": exchange.status,
            "ms": round(seconds * 1000, 2),
            "client": _client(scope),
        }
        _log.info("request", extra={"facts": facts | exchange.facts})


@dataclass(frozen=True, slots=True)
class _Refused:
    status: int
    message: str


def _client(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else "unknown"


async def _body(headers: Headers, receive: Receive) -> bytes | _Refused:
    """The whole body, read within bounds of size and time before anything looks at it."""
    too_large = _Refused(413, f"the body is larger than {MAX_BODY_BYTES} bytes; send it in parts")
    length = headers.get("content-length", "0")
    if not length.isdecimal():
        return _Refused(400, "Content-Length is no number")
    if int(length) > MAX_BODY_BYTES:
        return too_large
    if length == "0" and "transfer-encoding" not in headers:
        return b""
    body = bytearray()
    try:
        async with asyncio.timeout(_BODY_TIMEOUT_S):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    return _Refused(400, "the client went away")
                body += message.get("body", b"")
                if len(body) > MAX_BODY_BYTES:
                    return too_large
                if not message.get("more_body", False):
                    return bytes(body)
    except TimeoutError:
        return _Refused(408, f"the body did not come within {_BODY_TIMEOUT_S:.0f} s")


def _replayed(body: bytes, receive: Receive) -> Receive:
    is_given = False

    async def replay() -> Message:
        nonlocal is_given
        if is_given:
            return await receive()
        is_given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
