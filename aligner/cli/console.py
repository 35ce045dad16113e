"""What the console can show: its encoding, its colours, and the language it is addressed in."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO

from aligner.messages import LANGUAGES, Language, language_of

__all__ = ["can_show", "has_colours", "has_letters", "prepare_streams", "wanted_language"]

_OWN_LETTERS: dict[Language, str] = {"kk": "әғқңөұүһі", "ru": "щыъэя", "en": ""}
# https://learn.microsoft.com/openspecs/windows_protocols/ms-lcid
_WINDOWS_LANGUAGES: dict[int, Language] = {0x3F: "kk", 0x19: "ru"}


def prepare_streams() -> None:
    """See to it that no letter ends a command with an error, whatever the code page of the console.

    What goes into a file or a pipe is UTF-8, unless `PYTHONIOENCODING` says otherwise. On a console that has no such
    letter, its number is shown.
    """
    # Who closes a stream, or has none (pythonw on Windows), wants nothing said there.
    sys.stdout, sys.stderr = (
        stream or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - it stays open as long as the command runs
        for stream in (sys.stdout, sys.stderr)
    )
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):
            continue
        if _is_utf8(stream):
            # A file name may hold bytes that are no letters of any alphabet.
            if stream.errors == "strict":
                stream.reconfigure(errors="backslashreplace")
            continue
        if stream.isatty() or os.environ.get("PYTHONIOENCODING"):
            stream.reconfigure(errors="backslashreplace")
        else:
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")


def wanted_language(stated: str | None, environment: Mapping[str, str]) -> Language:
    """What `--lang` asks for, or else the environment, or on Windows the system; English where it can't be shown."""
    for language in LANGUAGES:
        if language == stated:
            return language
    language = language_of(environment)
    if not any(environment.get(name) for name in ("QOSTIL_LANG", "LC_ALL", "LC_MESSAGES", "LANG")):
        language = _language_of_windows()
    return language if can_show(language, sys.stderr) and can_show(language, sys.stdout) else "en"


def can_show(language: Language, stream: TextIO) -> bool:
    """Whether the stream has the letters of the language."""
    return has_letters(_OWN_LETTERS[language], stream)


def has_letters(letters: str, stream: TextIO) -> bool:
    """Whether the encoding of the stream has these letters."""
    try:
        letters.encode(getattr(stream, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def has_colours(stream: TextIO) -> bool:
    """Colours are for terminals only, and not where the user wants none (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _is_utf8(stream: io.TextIOWrapper) -> bool:
    return stream.encoding.lower().replace("-", "").replace("_", "") == "utf8"


def _language_of_windows() -> Language:
    if sys.platform != "win32":
        return "en"
    import ctypes

    return _WINDOWS_LANGUAGES.get(ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF, "en")
