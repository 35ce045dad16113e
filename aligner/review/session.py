"""Who may open the page: whoever was given its address by `qostil review`, and no web page of anybody else."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["OPENING_PATH", "Door", "Session"]

OPENING_PATH = "/open"
_OPEN_TO_ALL = ("/static/",)
_READING = ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class Session:
    """The secret of one run. It travels once in the opened address, then in a cookie that scripts can't read."""

    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    # Cookies know no ports: two pages on one machine must not overwrite each other's.
    cookie: str = field(default_factory=lambda: f"qostil_{secrets.token_hex(4)}")

    def opening_url(self, address: str) -> str:
        """What to open in a browser; `address` is that of the server."""
        return f"{address}{OPENING_PATH}?token={self.token}"

    def admits(self, token: str) -> bool:
        return hmac.compare_digest(token.encode(), self.token.encode())


class Door:
    """An ASGI application around another one, which lets in who holds the session's token.

    A change must come from a page of this very server: its Origin is compared with the Host, which `Guard` has found
    to be ours.
    """

    def __init__(self, app: ASGIApp, session: Session, refuse: Callable[[Scope, int], Response]) -> None:
        self._app, self._session, self._refuse = app, session, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(_OPEN_TO_ALL):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if scope["path"] == OPENING_PATH and scope["method"] == "GET":
            await self._opened(scope)(scope, receive, send)
        elif not self._session.admits(_cookie(headers, self._session.cookie)):
            await self._refuse(scope, 401)(scope, receive, send)
        elif scope["method"] not in _READING and not _is_own(headers):
            await self._refuse(scope, 403)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _opened(self, scope: Scope) -> Response:
        token = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if not self._session.admits(token):
            return self._refuse(scope, 401)
        answer = RedirectResponse("/", 303)
        answer.set_cookie(self._session.cookie, self._session.token, path="/", httponly=True, samesite="strict")
        return answer


def _cookie(headers: Headers, name: str) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


def _is_own(headers: Headers) -> bool:
    origin = urlsplit(headers.get("origin", ""))
    return origin.scheme in ("http", "https") and origin.netloc == headers.get("host", "")
