"""Who may do what: a token in the `Authorization` header, and what it opens."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated

from fastapi import Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from aligner.serve.problems import RefusedError
from aligner.serve.tokens import Token, TokenFile

__all__ = ["Access"]

_Described = Annotated[
    HTTPAuthorizationCredentials | None,
    Security(HTTPBearer(auto_error=False, scheme_name="token", description="as `qostil serve --new-token` prints it")),
]
_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="qostil"'}


class Access:
    """Reading is open to all unless `is_private`; writing needs a token that may write.

    A token comes as `Authorization: Bearer TOKEN`, or as the password of `Basic` for clients that can only be given
    an address (`http://any:TOKEN@server/`). Basic is never asked for, so that no browser sends one by itself.
    """

    def __init__(self, tokens: TokenFile, is_private: bool) -> None:
        self._tokens, self.is_private = tokens, is_private

    async def to_read(self, request: Request) -> Token | None:
        """The holder, or None for anybody. Raises `RefusedError` (401): a wrong token, or a private server and none."""
        holder = self._holder(request)
        if holder is None and self.is_private:
            raise RefusedError(401, "this server is private; send a token as Authorization: Bearer TOKEN", _CHALLENGE)
        return holder

    async def to_write(self, request: Request, described: _Described = None) -> Token:
        """The holder. Raises `RefusedError`: 401 without a right token, 403 where it may only read.

        `described` only tells the OpenAPI description how a token is sent.
        """
        holder = self._holder(request)
        if holder is None:
            raise RefusedError(
                401, "adding to the memory needs a token; send it as Authorization: Bearer TOKEN", _CHALLENGE
            )
        if not holder.may_write:
            raise RefusedError(403, "this token may read, but not add to the memory")
        return holder

    def _holder(self, request: Request) -> Token | None:
        header = request.headers.get("authorization")
        if header is None:
            return None
        secret = _secret(header)
        holder = self._tokens.holder(secret) if secret else None
        if holder is None:
            raise RefusedError(401, "this token is not known here; ask the keeper of the server for one", _CHALLENGE)
        request.scope["qostil.facts"]["token"] = holder.name
        return holder


def _secret(header: str) -> str | None:
    scheme, _, value = header.partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(value.strip(), validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return None
    return None
