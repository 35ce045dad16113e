"""Damaged files of every kind: no crash, no hang, no memory; only the package's own errors.

The whole run of 200,000 files: `TMX_FUZZ_FILES=200000 pytest tests/test_tmx_fuzz.py`. Whatever such a run finds
is kept in FOUND.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import os
import random
import resource
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from shared_data import SHARED
from tmx_documents import as_bytes, memory

from tmx import Document, Header, Inline, Note, Prop, Reader, TmxError, TranslationUnit, Variant
from tmx.convert_jsonl import JsonlReader
from tmx.convert_tabular import TabularReader
from tmx.convert_xliff import XliffReader
from tmx.errors import WriteError
from tmx.texts import iter_texts
from tmx.validate import validate

FILES = int(os.environ.get("TMX_FUZZ_FILES", "1500"))
TIME_S = 20

TOKENS = [
    b"<tu>", b"</tu>", b"<tuv xml:lang='kk'>", b"</tuv>", b"<seg>", b"</seg>", b"<seg/>", b"<body>", b"</body>",
    b"</tmx>", b"<header>", b"<hi>", b"</hi>", b"<sub>", b"<bpt i='1'>", b"<g>",
    b"<ude name='x'><map unicode='x'/></ude>", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?x ?>", b"&amp;",
    b"&x;", b"&#0;", b"&#xFFFF;", b"&#x10FFFF;", b"\x00", b"\x0b", b"\xff\xfe", b"\xef\xbb\xbf",
    b"<!DOCTYPE tmx [<!ENTITY x 'y'>]>", b"<!ENTITY x SYSTEM 'x'>", b"xml:lang=''", b"lang='ru'", b'"', b"<",
    b">", b" xmlns:a='b'", b"\xd0", b"\xed\xa0\x80", b"<?xml version='1.0' encoding='utf-16'?>", b"\t", b",",
    b"{", b"]", b"\\ud800",
]  # fmt: skip

# Inputs that once did what no input may do.
FOUND = [
    # A lenient reader went on from the tag that it could not read, for ever.
    b'<tmx><header/><body><tu changeid="&x;"><tuv xml:lang="kk"><seg>a</seg></tuv></tu></body></tmx>',
]


def seeds() -> list[bytes]:
    """Files of all kinds to damage; the compliance kit, too, where it is at hand."""
    code = Inline("bpt", {"i": "1"}, ("<b>", Inline("sub", {}, ("ішкі",))))
    kk = Variant("kk", ("Су ", code, "– тіршілік", Inline("ept", {"i": "1"})))
    ru = Variant("ru", ("Вода ", Inline("hi", {}, ("жизнь",))), {"changedate": "20240101"}, (Prop("x-p", "1"),))
    rich = TranslationUnit((kk, ru), {"tuid": "1"}, (Note("ескерту"),))
    plain = as_bytes(memory(("Сәлем, әлем!", "Привет, мир!"), ("Қош келдіңіз", "Добро пожаловать")))
    full = as_bytes(Document(Header(srclang="kk"), (rich, rich)))
    utf16 = full.decode().replace("UTF-8", "UTF-16").encode("utf-16")
    kit = [path.read_bytes() for path in sorted((SHARED / "tmx" / "lisa-compliance-kit").glob("*.tmx"))]
    return [plain, full, utf16, gzip.compress(full), *kit]


def mutated(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    """The file with one to six damages."""
    result = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(result) + 1)
        match chance.randrange(8):
            case 0 if result:
                result[place % len(result)] = chance.randrange(256)
            case 1:
                del result[place : place + chance.randint(1, 40)]
            case 2:
                result[place:place] = chance.choice(TOKENS)
            case 3:
                result[place:place] = result[place : place + chance.randint(1, 200)] * chance.randint(1, 4)
            case 4:
                other = chance.choice(others)
                start = chance.randrange(len(other))
                result[place:place] = other[start : start + chance.randint(1, 300)]
            case 5:
                del result[place:]
            case 6 if result:
                result[place % len(result)] ^= 1 << chance.randrange(8)
            case _:
                result[place:place] = chance.choice(TOKENS) * chance.randint(1, 60)
    return bytes(result)


@contextlib.contextmanager
def no_hang(data: bytes) -> Iterator[None]:
    """Fail where a file takes longer than it may."""

    def alarm(*_: object) -> None:
        raise AssertionError(f"hangs on {data!r}")

    before = signal.signal(signal.SIGALRM, alarm)
    signal.alarm(TIME_S)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def attempt(data: bytes, path: Path, is_thorough: bool) -> None:
    """Read the bytes in every way. Only errors of the package may come."""
    units = None
    with contextlib.suppress(TmxError), Reader(io.BytesIO(data)) as reader:
        units = list(reader)
    with contextlib.suppress(TmxError), Reader(io.BytesIO(data), lenient=True) as reader:
        leniently = list(reader)
        assert units is None or (leniently == units and not reader.skipped)
    with contextlib.suppress(TmxError):
        pairs = list(iter_texts(io.BytesIO(data), "kk", "ru"))
        if units is not None:
            both = [(unit.text("kk"), unit.text("ru")) for unit in units]
            assert pairs == [pair for pair in both if None not in pair]
    if units:
        # A language that is none can't be written.
        with contextlib.suppress(WriteError):
            again = as_bytes(Document(reader.header, tuple(units)), foreign="drop", languages="bare")
            assert len(list(Reader(io.BytesIO(again)))) == len(units)
    if is_thorough:
        path.write_bytes(data)
        with contextlib.suppress(TmxError):
            list(validate(path))
        for other in (XliffReader, JsonlReader, lambda file: TabularReader(file, "csv", ("kk", "ru"))):
            with contextlib.suppress(TmxError), other(path) as source:
                list(source)


@pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="needs SIGALRM to notice a hang")
def test_damaged_files_do_no_harm(tmp_path: Path) -> None:
    originals = seeds()
    path = tmp_path / "damaged.tmx"
    chance = random.Random(FILES)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(FILES):
        data = mutated(chance.choice(originals), chance, originals)
        try:
            with no_hang(data):
                attempt(data, path, number % 50 == 0)
        except TmxError:
            raise
        except Exception as error:
            raise AssertionError(f"{type(error).__name__}: {error} on {data!r}") from error
    growth_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert growth_kib < 150_000


@pytest.mark.parametrize("data", FOUND)
def test_what_was_found_stays_mended(data: bytes, tmp_path: Path) -> None:
    attempt(data, tmp_path / "found.tmx", True)
