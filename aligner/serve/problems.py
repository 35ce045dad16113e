"""How a request is refused: one JSON shape, `{"error": {"code": …, "message": …}}`, and never a stack trace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

__all__ = ["Problem", "ProblemBody", "RefusedError", "answer_problems", "problem_response", "validation_message"]

_CODES = {
    400: "bad_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    408: "timeout",
    413: "too_large",
    415: "unsupported_format",
    421: "wrong_host",
    422: "invalid",
    429: "too_many_requests",
    500: "internal",
    503: "unavailable",
}


class ProblemBody(BaseModel):
    """What went wrong: a code for programs, a sentence for people."""

    code: str = Field(examples=["unauthorized"])
    message: str = Field(examples=["this needs a token; send it as Authorization: Bearer TOKEN"])


class Problem(BaseModel):
    """The answer to a request that is refused."""

    error: ProblemBody


class RefusedError(Exception):
    """A request is refused with this status, for this reason."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        self.status, self.message, self.headers = status, message, dict(headers or {})
        super().__init__(message)


def problem_response(status: int, message: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The answer that says why."""
    body = {"error": {"code": _CODES.get(status, "error"), "message": message}}
    return JSONResponse(body, status, headers=dict(headers or {}))


def answer_problems(app: FastAPI) -> None:
    """Make every error of this application an answer of the one shape."""

    @app.exception_handler(RefusedError)
    async def refused(request: Request, refusal: RefusedError) -> JSONResponse:
        return problem_response(refusal.status, refusal.message, refusal.headers)

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> JSONResponse:
        if error.status_code == 400:
            # FastAPI's way to say that a body is in no encoding, or nested too deep, to be JSON.
            return problem_response(422, "the body is not JSON")
        messages = {
            404: "there is nothing here; /docs lists the addresses",
            405: f"{request.method} is not understood here; /docs says what is",
        }
        return problem_response(error.status_code, messages.get(error.status_code, error.detail), error.headers)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        return problem_response(422, validation_message(error.errors()))

    @app.exception_handler(Exception)
    async def failed(request: Request, error: Exception) -> JSONResponse:
        number = request.scope.get("qostil.request", "")
        return problem_response(500, f"the server failed on this request; its log tells more under {number}")


def validation_message(errors: Sequence[Mapping[str, Any]]) -> str:
    """What is out of its bounds, the first five of it."""
    return "; ".join(_sentence(each) for each in errors[:5])


def _sentence(error: Mapping[str, Any]) -> str:
    """Where and what, without the value: it may be long, secret, or no text at all."""
    place = ".".join(str(part) for part in error["loc"] if part not in ("body", "query", "path"))
    if error["type"] == "json_invalid":
        return "the body is not JSON"
    return f"{place or 'the body'}: {error['msg'][:1].lower()}{error['msg'][1:]}"
