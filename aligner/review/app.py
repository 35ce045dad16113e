"""The application: pages for people, JSON for the script of the pair's page, behind the door and the guard."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Message, Receive, Scope, Send

from aligner.errors import ConflictError, MissingRecordError, QostilError, StoreError
from aligner.messages import Language
from aligner.review.actions import action_routes
from aligner.review.desk import BuiltUponError, Desk, NothingToDoError
from aligner.review.pages import Pages, page_routes
from aligner.review.session import Door, Session
from aligner.serve.guard import Guard, HostNames
from aligner.serve.limits import RateLimit
from aligner.serve.metrics import Metrics

__all__ = ["create_review_app"]

_STATIC = Path(__file__).with_name("static")
_HEADERS = {
    b"content-security-policy": (
        b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        b"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    # `no-referrer` would also take the Origin from our own forms.
    b"referrer-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
}


def create_review_app(
    desk: Desk, session: Session, host: str = "127.0.0.1", names: Iterable[str] = (), language: Language | None = None
) -> Guard:
    """The whole ASGI application; the memory stays the caller's to close. `language`: None takes the browser's."""
    pages = Pages(desk, language)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.mount("/static", StaticFiles(directory=_STATIC))
    app.include_router(page_routes(pages))
    app.include_router(action_routes(desk))
    _answer_errors(app, pages)

    def refuse(scope: Scope, status: int) -> Response:
        return pages.problem(HTTPConnection(scope), status, "no_session" if status == 401 else "foreign_page")

    hosts = HostNames.for_binding(host, names)
    return Guard(_with_headers(Door(app, session, refuse)), hosts, RateLimit(0.0), Metrics())


def _answer_errors(app: FastAPI, pages: Pages) -> None:
    def answer(request: Request, status: int, code: str, detail: str = "") -> Response:
        if "application/json" in request.headers.get("accept", ""):
            return JSONResponse({"error": {"code": code, "message": detail}}, status)
        return pages.problem(request, status, code, detail)

    @app.exception_handler(NothingToDoError)
    async def nothing(request: Request, error: NothingToDoError) -> Response:
        return answer(request, 422, "built_upon" if isinstance(error, BuiltUponError) else "nothing", str(error))

    @app.exception_handler(QostilError)
    async def failed(request: Request, error: QostilError) -> Response:
        kinds: dict[type[QostilError], tuple[int, str]] = {
            ConflictError: (409, "conflict"),
            MissingRecordError: (404, "missing"),
            StoreError: (503, "store"),
        }
        status, code = next((known for kind, known in kinds.items() if isinstance(error, kind)), (500, "store"))
        return answer(request, status, code, str(error))

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        return answer(request, error.status_code, "missing" if error.status_code == 404 else "request", error.detail)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        return answer(request, 422, "request")


def _with_headers(app: Any) -> Any:
    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", []))
                headers.extend(_HEADERS.items())
                if scope["path"].startswith("/static/"):
                    headers.append((b"cache-control", b"no-cache"))
                message = {**message, "headers": headers}
            await send(message)

        await app(scope, receive, sending)

    return wrapped
