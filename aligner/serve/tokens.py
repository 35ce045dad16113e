"""Who may use a served memory: named tokens, of which only a digest is kept.

A token is 256 random bits, so that one round of SHA-256 protects it as well as a slow hash would: there is nothing
to guess from a word list. It is shown once, when it is made.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import logging
import os
import re
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from aligner.errors import ServerError

__all__ = ["Token", "TokenFile"]

_log = logging.getLogger(__name__)
_PREFIX = "qostil_"
_NAME = re.compile(r"[\w.@-]{1,64}")
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Token:
    """What is kept of a token: its holder's name, its SHA-256, whether it may write, and when it was made."""

    name: str
    sha256: str
    may_write: bool
    made: str


class TokenFile:
    """The tokens of one memory, in a JSON file that only its owner may read.

    A running server sees a token that is made or revoked by another process at the next request.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._known: tuple[Token, ...] = ()
        self._stamp: tuple[int, int, int] | None = None

    def tokens(self) -> tuple[Token, ...]:
        """All tokens, in the order in which they were made. Raises `ServerError` where the file is none of ours."""
        try:
            state = self.path.stat()
            stamp = (state.st_mtime_ns, state.st_size, state.st_ino)
            if stamp != self._stamp:
                self._known, self._stamp = _parsed(self.path), stamp
        except FileNotFoundError:
            self._known, self._stamp = (), None
        except OSError as error:
            raise ServerError(
                f"{self.path}: the tokens can't be read ({error.strerror}); check its permissions"
            ) from error
        return self._known

    def issue(self, name: str, now: dt.datetime, *, may_write: bool = True) -> str:
        """Make a token for `name`, and return it this one time. Raises `ServerError` where the name is taken."""
        if not _NAME.fullmatch(name):
            raise ServerError(f"{name!r} is no name for a token; use up to 64 letters, digits and . _ - @")
        known = self.tokens()
        if any(token.name == name for token in known):
            raise ServerError(f"there is a token for {name} already; revoke it first, or choose another name")
        secret = _PREFIX + secrets.token_urlsafe(32)
        made = now.astimezone(dt.UTC).isoformat(timespec="seconds")
        self._write([*known, Token(name, _digest(secret), may_write, made)])
        return secret

    def revoke(self, name: str) -> None:
        """Forget the token of `name`. Raises `ServerError` where there is none."""
        known = self.tokens()
        if all(token.name != name for token in known):
            names = ", ".join(token.name for token in known) or "none"
            raise ServerError(f"{self.path}: there is no token for {name}; there are: {names}")
        self._write(token for token in known if token.name != name)

    def holder(self, secret: str) -> Token | None:
        """The token that `secret` is, compared in constant time, or None.

        A file that can't be read opens nothing: nobody holds a token until it is mended.
        """
        try:
            known = self.tokens()
        except ServerError as error:
            _log.error("%s", error)
            return None
        presented = _digest(secret)
        found = None
        for token in known:
            if hmac.compare_digest(token.sha256, presented):
                found = token
        return found

    def _write(self, tokens: Iterable[Token]) -> None:
        content = {"version": _VERSION, "tokens": [asdict(token) for token in tokens]}
        draft = self.path.with_name(f"{self.path.name}.{os.getpid()}.part")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            draft.touch(0o600)
            draft.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            draft.replace(self.path)
        except OSError as error:
            draft.unlink(missing_ok=True)
            raise ServerError(f"{self.path}: the tokens can't be written ({error.strerror})") from error


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _parsed(path: Path) -> tuple[Token, ...]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["version"] != _VERSION:
            raise ServerError(f"{path}: tokens of a newer qostil; update qostil, or give --tokens another file")
        return tuple(
            Token(str(each["name"]), str(each["sha256"]), each["may_write"] is True, str(each["made"]))
            for each in content["tokens"]
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ServerError(f"{path}: not a file of tokens; restore it, or remove it and make new tokens") from error
