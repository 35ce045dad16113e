"""Subtitles (.srt, .vtt) → publications, through pysubs2: the cues joined to sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from aligner.errors import EmptyInputError, FormatError
from aligner.ingest.decode import decode_text
from aligner.ingest.draft import Block, Draft
from aligner.ingest.extras import load_extra
from aligner.ingest.lines import clean_line, split_lines

__all__ = ["iter_srt", "iter_vtt"]

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>|\{\\[^{}]{0,200}\}|<\d\d:[\d:.]{5,12}>")
# pysubs2 looks for the end of a tag from each of these to the end of the cue.
_NO_TAG = re.compile(r"<(?![^<>\n]{0,200}>)")
_SPEECH = re.compile(r"^[-–—]\s*")
_SOUND = re.compile(r"^[\[(][^\])]*[\])]$|^[♪♫#\s]+$")
_SENTENCE_END = re.compile(r"[.!?…؟]['\"»”)]*$")
_MOST_JOINED_CHARACTERS = 600


def iter_srt(data: bytes, source: str) -> Iterator[Draft]:
    """The speech in a SubRip file. Raises FormatError where it is none, EmptyInputError where nothing is said."""
    yield _speech(data, source, "srt")


def iter_vtt(data: bytes, source: str) -> Iterator[Draft]:
    """The speech in a WebVTT file."""
    yield _speech(data, source, "vtt")


def _speech(data: bytes, source: str, kind: str) -> Draft:
    pysubs2 = load_extra("pysubs2", "subtitles")
    text = decode_text(data, source)
    split_lines(text, source)
    if "-->" not in text:
        raise FormatError(source, "holds no subtitles: there is no time in it", "save it as .txt")
    try:
        subtitles = pysubs2.SSAFile.from_string(_NO_TAG.sub(" ", text.replace("\r\n", "\n")), format_=kind)
    except (pysubs2.exceptions.Pysubs2Error, ValueError, IndexError, OverflowError) as error:
        raise FormatError(source, f"holds no subtitles of the type .{kind}", "save it as .txt") from error
    blocks = [Block(text) for text in _joined(line for cue in subtitles for line in _lines(cue.text))]
    if not blocks:
        raise EmptyInputError(source, "holds no speech", "give a file with text in it")
    return Draft(tuple(blocks))


def _lines(cue: str) -> Iterator[str]:
    """The lines of a cue: one, unless several people speak in it."""
    lines = [clean_line(_TAG.sub("", line)) for line in cue.replace("\\N", "\n").replace("\\n", "\n").split("\n")]
    lines = [line for line in lines if line and not _SOUND.match(line)]
    if sum(bool(_SPEECH.match(line)) for line in lines) > 1:
        yield from (_SPEECH.sub("", line) for line in lines)
    elif lines:
        yield _SPEECH.sub("", " ".join(lines))


def _joined(lines: Iterable[str]) -> Iterator[str]:
    """The lines put together to sentences; a caption that rolls on, and says again what it said, counts once."""
    pending, before = "", ""
    for line in lines:
        if line == before:
            continue
        before = line
        pending = f"{pending} {line}" if pending else line
        if _SENTENCE_END.search(pending) or len(pending) > _MOST_JOINED_CHARACTERS:
            yield pending
            pending = ""
    if pending:
        yield pending
