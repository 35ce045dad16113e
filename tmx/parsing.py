"""Expat, made safe: nothing is fetched, nothing expands, and nothing grows without bound."""

from __future__ import annotations

import re
from xml.parsers import expat

from tmx.errors import LimitError, MalformedError
from tmx.limits import Limits

__all__ = ["SecureParser"]

_PREDEFINED = frozenset({"amp", "apos", "gt", "lt", "quot"})
_EXTERNAL = "declares an external entity, which is never fetched"


# XML 1.0, production 23. Version numbers other than 1.0 are for the parser to judge.
_DECLARATION = re.compile(
    rb"""<\?xml\s+version\s*=\s*(?:"1\.0"|'1\.0')(?:\s+encoding\s*=\s*(?:"[A-Za-z0-9._-]+"|'[A-Za-z0-9._-]+'))?"""
    rb"""(?:\s+standalone\s*=\s*(?:"(?:yes|no)"|'(?:yes|no)'))?\s*\?>"""
)


def _standalone(start: bytes) -> bytes:
    """The start of a document with a declaration that nothing outside of it matters.

    Otherwise expat, seeing a document type that it does not fetch, would drop an entity that nobody
    declared without a word, for it might have been declared there.
    """
    match = _DECLARATION.match(start)
    if match is None and start.startswith(b"<?xml"):
        return start
    breaks = b"\n" * match[0].count(b"\n") if match else b""
    return b'<?xml version="1.0"' + breaks + b' standalone="yes"?>' + start[match.end() if match else 0 :]


class SecureParser:
    """One expat parser over UTF-8. Set the handlers on `expat`, then `feed` chunks and `finish`.

    Any document type passes and none is fetched. Refused with LimitError: external and parameter
    entities, entities made of entities, too many or too long ones; a tag or comment over
    `max_token_bytes`; more than `max_names` names. An entity without a declaration is not well-formed.
    """

    def __init__(self, source: str, limits: Limits) -> None:
        self._source, self._limits = source, limits
        self._names: dict[str, str] = {}
        self._entities = 0
        self.fed = 0
        self.expat = expat.ParserCreate("utf-8", None, self._names)
        self.expat.buffer_text = True
        self.expat.buffer_size = 1 << 16
        # A document type could give every element a large default attribute.
        self.expat.specified_attributes = True
        self.expat.EntityDeclHandler = self._entity

    @property
    def line(self) -> int:
        """The line where the parser stands, from 1."""
        return self.expat.CurrentLineNumber

    def feed(self, chunk: bytes) -> None:
        """Parse a chunk. Raises expat.ExpatError, LimitError, and whatever the handlers raise."""
        if not self.fed:
            chunk = _standalone(chunk)
        self.fed += len(chunk)
        self.expat.Parse(chunk, False)
        if self.fed - self.expat.CurrentByteIndex > self._limits.max_token_bytes:
            raise LimitError(
                self._source, f"a tag or comment is longer than {self._limits.max_token_bytes:,} bytes", self.line
            )
        if len(self._names) > self._limits.max_names:
            raise LimitError(self._source, f"has more than {self._limits.max_names:,} different names", self.line)

    def finish(self) -> None:
        """Say that the file ends here. Raises expat.ExpatError where it should not."""
        self.expat.Parse(b"", True)

    def malformed(self, error: expat.ExpatError, lines_before: int = 0, unit: int | None = None) -> MalformedError:
        """The error of expat as one of ours."""
        return MalformedError(
            self._source, f"not well-formed: {expat.ErrorString(error.code)}", error.lineno + lines_before, unit
        )

    def _entity(
        self,
        name: str,
        is_parameter: bool,
        value: str | None,
        base: str | None,
        system: str | None,
        public: str | None,
        notation: str | None,
    ) -> None:
        if name in _PREDEFINED and not is_parameter:
            return
        problem = None
        self._entities += 1
        if system is not None or public is not None or notation is not None or value is None:
            problem = f"{_EXTERNAL} ({name})"
        elif is_parameter:
            problem = f"declares the parameter entity {name}; those are refused"
        elif "&" in value or "<" in value:
            problem = f"declares the entity {name}, made of other entities or elements, as an entity bomb does"
        elif len(value) > self._limits.max_entity_chars:
            problem = f"declares the entity {name} with more than {self._limits.max_entity_chars:,} characters"
        elif self._entities > self._limits.max_entities:
            problem = f"declares more than {self._limits.max_entities:,} entities"
        if problem:
            raise LimitError(self._source, problem, self.line)
