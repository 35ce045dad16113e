"""Everything Qostil raises on purpose.

QostilError
├── InputError             a file that can't be read as it should be
│   ├── MissingInputError      no such file or folder
│   ├── EmptyInputError        nothing in it, or no text in it
│   ├── BinaryInputError       not a text in any format we read
│   ├── EncodingError          text, but in no encoding we can tell
│   ├── FormatError            broken or hostile (a zip bomb, a docx that is no zip)
│   └── LanguageError          not the language that this place needs
├── OutputError            a result that can't be written
├── EncoderError           an encoder that can't be loaded or used
├── StoreError             a memory that can't be opened, read or written
│   ├── ConflictError          someone else has changed it since the caller looked
│   ├── MissingRecordError     no unit, pair, bead or change with this number
│   ├── StoreLockedError       another program holds it
│   └── StoreFullError         no room left on its disk
├── FetchError             a site that can't be fetched from, or a folder that can't be fetched into
├── ClusterError           a cluster that can't be joined, or has no worker left
├── ServerError            an HTTP server that can't be started or kept as it was asked for
├── OptionError            a request that can't be met: an unknown filter, parts larger than the whole
└── MissingExtraError      an optional dependency that is not installed
"""

from __future__ import annotations

__all__ = [
    "BinaryInputError",
    "ClusterError",
    "ConflictError",
    "EmptyInputError",
    "EncoderError",
    "EncodingError",
    "FetchError",
    "FormatError",
    "InputError",
    "LanguageError",
    "MissingExtraError",
    "MissingInputError",
    "MissingRecordError",
    "OptionError",
    "OutputError",
    "QostilError",
    "ServerError",
    "StoreError",
    "StoreFullError",
    "StoreLockedError",
]


class QostilError(Exception):
    """The root. `str()` is one sentence for a person: what, where, and how to mend it."""


class InputError(QostilError):
    """`source` can't be read. `problem` says why, `remedy` what to do, `place` where inside it."""

    def __init__(self, source: str, problem: str, remedy: str = "", place: str = "") -> None:
        self.source, self.problem, self.remedy, self.place = source, problem, remedy, place
        where = f"{source}, {place}" if place else source
        super().__init__(f"{where}: {problem}" + (f"; {remedy}" if remedy else ""))

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str, str, str]]:
        return type(self), (self.source, self.problem, self.remedy, self.place)


class MissingInputError(InputError):
    """There is no such file or folder."""


class EmptyInputError(InputError):
    """The file holds nothing, or no text."""


class BinaryInputError(InputError):
    """The file is not a text in any format we read."""


class EncodingError(InputError):
    """The text is in an encoding that could not be told."""


class FormatError(InputError):
    """The file is broken for its format, or built to do harm."""


class LanguageError(InputError):
    """The text is not in the language that is needed here."""


class OutputError(QostilError):
    """A result can't be written where it should go."""


class EncoderError(QostilError):
    """A sentence encoder can't be loaded or used."""


class StoreError(QostilError):
    """A memory can't be opened, read or written."""


class ConflictError(StoreError):
    """The change is based on something that another change has made old. Nothing was written."""


class MissingRecordError(StoreError):
    """There is nothing with this number in the memory."""


class StoreLockedError(StoreError):
    """Another program holds the memory for too long."""


class StoreFullError(StoreError):
    """The memory finds no room to grow. Nothing of the last write was stored."""


class FetchError(QostilError):
    """Nothing can be fetched: from there, or into there."""


class ClusterError(QostilError):
    """A cluster can't be joined, or no worker of it is left."""


class ServerError(QostilError):
    """An HTTP server, or its tokens, can't be set up as asked."""


class OptionError(QostilError):
    """What was asked for can't be done as it was asked."""


class MissingExtraError(QostilError):
    """An optional dependency is not installed; the message names the extra to install."""
