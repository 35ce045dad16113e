"""Everything the package raises on purpose.

TmxError
├── ReadError              a file that can't be read; names the file, the line and the unit
│   ├── MissingFileError       no such file, or one that may not be opened
│   ├── NotTmxError            XML, but not of the expected kind
│   ├── MalformedError         not well-formed XML
│   ├── EncodingError          in an encoding that is unknown, or not the one it declares
│   ├── LimitError             larger, deeper or more tangled than the limits allow
│   └── UnitError              one translation unit that makes no sense
├── WriteError             a unit or a file that can't be written
├── LanguageError          a language that the file does not have, or a code that is none
├── ConversionError        another format that can't be read or written
└── MissingExtraError      an optional dependency that is not installed
"""

from __future__ import annotations

__all__ = [
    "ConversionError",
    "EncodingError",
    "LanguageError",
    "LimitError",
    "MalformedError",
    "MissingExtraError",
    "MissingFileError",
    "NotTmxError",
    "ReadError",
    "TmxError",
    "UnitError",
    "WriteError",
]


class TmxError(Exception):
    """The root. `str()` is one sentence for a person: what, where, and why."""


class ReadError(TmxError):
    """`source` can't be read because of `problem`.

    `line` counts from 1 in the file, `unit` from 1 in the body; either is None where it is not known.
    """

    def __init__(self, source: str, problem: str, line: int | None = None, unit: int | None = None) -> None:
        super().__init__(source, problem, line, unit)
        self.source, self.problem, self.line, self.unit = source, problem, line, unit

    def __str__(self) -> str:
        where = self.source
        if self.line is not None:
            where += f", line {self.line}"
        if self.unit is not None:
            where += f", unit {self.unit}"
        return f"{where}: {self.problem}"


class MissingFileError(ReadError):
    """There is no such file, or it may not be opened."""


class NotTmxError(ReadError):
    """The file is XML, but not of the kind that was expected."""


class MalformedError(ReadError):
    """The file is not well-formed XML."""


class EncodingError(ReadError):
    """The encoding is unknown, or the bytes are not what it allows."""


class LimitError(ReadError):
    """The file goes beyond what `tmx.Limits` allows: it is damaged, or built to do harm."""


class UnitError(ReadError):
    """A translation unit that can't be understood, such as one without a language."""


class WriteError(TmxError):
    """A unit that has no TMX form, or a file that can't be written."""


class LanguageError(TmxError):
    """A language that the file does not hold, or that could not be told."""


class ConversionError(ReadError):
    """A file of another format that can't be turned into translation units."""


class MissingExtraError(TmxError):
    """An optional dependency is not installed; the message says how to install it."""
