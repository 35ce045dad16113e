"""tmx.reader: every form of TMX that tools write, errors that say where, and no harm from hostile files."""

from __future__ import annotations

import contextlib
import gzip
import io
import tracemalloc
import zlib
from pathlib import Path

import pytest

from tmx import Foreign, Inline, Limits, Note, Prop, Reader, TranslationUnit, Variant, iter_units, read, write
from tmx.errors import (
    EncodingError,
    LimitError,
    MalformedError,
    MissingFileError,
    NotTmxError,
    ReadError,
    UnitError,
)

HEAD = (
    '<tmx version="1.4"><header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="t"'
    ' adminlang="en" srclang="kk" datatype="plaintext"/><body>'
)
TAIL = "</body></tmx>"
KK, RU = "Су – тіршілік көзі.", "Вода – источник жизни."
UNIT = f'<tu><tuv xml:lang="kk"><seg>{KK}</seg></tuv><tuv xml:lang="ru"><seg>{RU}</seg></tuv></tu>'


def stream(body: str, prolog: str = "") -> io.BytesIO:
    return io.BytesIO(f"{prolog}{HEAD}{body}{TAIL}".encode())


def texts(source: io.BytesIO | Path, **options: bool) -> list[list[tuple[str, str]]]:
    return [[(each.language, each.text) for each in unit.variants] for unit in iter_units(source, **options)]


EXPECTED = [[("kk", KK), ("ru", RU)]]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-8", ""),
        ("utf-16", "UTF-16"),
        ("utf-16", ""),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
        ("utf-8", "utf-16"),
    ],
)
def test_encodings(encoding: str, declared: str) -> None:
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else '<?xml version="1.0"?>'
    assert texts(io.BytesIO(f"{declaration}\n{HEAD}{UNIT}{TAIL}".encode(encoding))) == EXPECTED


def test_an_eight_bit_encoding() -> None:
    russian = f'<tu><tuv xml:lang="ru"><seg>{RU}</seg></tuv></tu>'
    data = f'<?xml version="1.0" encoding="windows-1251"?>{HEAD}{russian}{TAIL}'.encode("cp1251")
    assert texts(io.BytesIO(data)) == [[("ru", RU)]]


def test_gzip_is_told_by_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "memory.tmx"
    packed = gzip.compress(f"{HEAD}{UNIT}".encode()) + gzip.compress(f"{UNIT}{TAIL}".encode()) + b"\0" * 9
    path.write_bytes(packed)
    assert texts(path) == EXPECTED * 2


def test_old_versions_name_the_language_without_a_prefix() -> None:
    old = f'<tmx version="1.1"><header srclang="KK"/><body>{UNIT.replace("xml:lang", "lang")}{TAIL}'
    with Reader(io.BytesIO(old.encode())) as reader:
        assert (reader.version, reader.header.srclang) == ("1.1", "KK")
        assert [each.language for unit in reader for each in unit.variants] == ["kk", "ru"]


@pytest.mark.parametrize(
    "doctype",
    [
        "",
        '<!DOCTYPE tmx SYSTEM "tmx14.dtd">',
        '<!DOCTYPE tmx SYSTEM "http://192.0.2.1/tmx14.dtd">',
        '<!DOCTYPE tmx PUBLIC "-//LISA OSCAR:1998//DTD for Translation Memory eXchange//EN" "tmx14.dtd">',
        '<!DOCTYPE tmx [<!ELEMENT note (#PCDATA)> <!ENTITY nbsp "&#160;">]>',
        '<!DOCTYPE tmx [<!ENTITY lt "&#38;#60;"> <!ENTITY amp "&#38;#38;">]>',
    ],
)
def test_any_document_type_passes_and_none_is_fetched(doctype: str) -> None:
    assert texts(stream(UNIT, doctype)) == EXPECTED


def test_a_short_entity_is_replaced() -> None:
    doctype = '<!DOCTYPE tmx [<!ENTITY tenge "₸">]>'
    assert texts(stream('<tu><tuv xml:lang="kk"><seg>5 &tenge;</seg></tuv></tu>', doctype)) == [[("kk", "5 ₸")]]


@pytest.mark.parametrize("place", ["<seg>a&nbsp;b</seg>", '<seg changeid="a&nbsp;b">x</seg>'])
def test_an_entity_that_nobody_declared_is_no_silent_loss(place: str) -> None:
    with pytest.raises(MalformedError, match="undefined entity"):
        read(stream(f'<tu><tuv xml:lang="kk">{place}</tuv></tu>', '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'))


def test_inline_elements_become_a_typed_content() -> None:
    body = (
        '<tu><tuv xml:lang="kk"><seg>А <bpt i="1" type="bold">&lt;b></bpt>бір<ept i="1">&lt;/b></ept>'
        '<ph x="2">&lt;img alt="<sub>сурет</sub>"/></ph> <hi type="t">екі</hi>'
        '<ut>{</ut><it pos="end">x</it></seg></tuv></tu>'
    )
    (unit,) = read(stream(body))
    assert unit.variants[0].content == (
        "А ",
        Inline("bpt", {"i": "1", "type": "bold"}, ("<b>",)),
        "бір",
        Inline("ept", {"i": "1"}, ("</b>",)),
        Inline("ph", {"x": "2"}, ('<img alt="', Inline("sub", {}, ("сурет",)), '"/>')),
        " ",
        Inline("hi", {"type": "t"}, ("екі",)),
        Inline("ut", {}, ("{",)),
        Inline("it", {"pos": "end"}, ("x",)),
    )
    assert unit.variants[0].text == "А бір екі"


def test_what_tmx_does_not_know_is_kept() -> None:
    body = (
        '<tu own="1"><note>ескерту</note><okp:data a="b">x<y/></okp:data><prop type="x-p"><seg>алдыңғы</seg></prop>'
        '<tuv xml:lang="kk" own="2"><seg>бір <g id="1">екі</g></seg></tuv></tu>'
    )
    (unit,) = read(stream(body))
    assert unit == TranslationUnit(
        (Variant("kk", ("бір ", Inline("g", {"id": "1"}, ("екі",))), {"own": "2"}),),
        {"own": "1"},
        (
            Note("ескерту"),
            Foreign("okp:data", {"a": "b"}, ("x", Inline("y"))),
            Prop("x-p", "алдыңғы", {}, (Inline("seg", {}, ("алдыңғы",)),)),
        ),
    )
    assert unit.text("kk") == "бір екі"


def test_comments_and_instructions_do_not_cut_a_text() -> None:
    body = '<!--<tu>--><tu><?x?><tuv xml:lang="kk"><seg>бі<!-- - -->р<?x?><![CDATA[ <&> ]]>екі</seg></tuv></tu>'
    assert read(stream(body)).units[0].variants[0].content == ("бір <&> екі",)


def test_a_text_longer_than_a_chunk() -> None:
    long = "ұзақ мәтін " * 30_000
    assert texts(stream(f'<tu><tuv xml:lang="kk"><seg>{long}</seg></tuv></tu>')) == [[("kk", long)]]


@pytest.mark.parametrize(
    ("unit", "problem"),
    [
        ("<tu><tuv><seg>a</seg></tuv></tu>", "names no language"),
        ('<tu><tuv xml:lang="kk"/></tu>', "has no seg"),
        ("<tu/>", "has no tuv"),
        ('<tu><tuv xml:lang="kk"><seg>a</seg><seg>b</seg></tuv></tu>', "two seg"),
        (f"<tu>{UNIT}</tu>", "inside another one"),
    ],
)
def test_an_error_names_file_line_and_unit(tmp_path: Path, unit: str, problem: str) -> None:
    path = tmp_path / "broken.tmx"
    path.write_text(f"{HEAD}\n{UNIT}\n\n{unit}{TAIL}", encoding="utf-8")
    with pytest.raises(UnitError, match=problem) as caught:
        read(path)
    error = caught.value
    assert (error.source, error.line, error.unit) == (str(path), 4, 2)
    assert str(error).startswith(f"{path}, line 4, unit 2: ")


def test_the_units_before_an_error_come_first() -> None:
    units = iter_units(stream(f"{UNIT}{UNIT}<tu><tuv></tu>"))
    assert next(units).text("kk") == KK
    assert next(units).text("ru") == RU
    with pytest.raises(MalformedError, match="mismatched tag"):
        next(units)


BROKEN = [
    '<tu><tuv xml:lang="kk"><seg>a & b</seg></tuv></tu>',
    '<tu><tuv xml:lang="kk"><seg>\x0b</seg></tuv></tu>',
    '<tu><tuv xml:lang="kk"><seg>&#x1F;</seg></tuv></tu>',
    '<tu><tuv xml:lang="kk"><seg>a</tuv></tu>',
    '<tu><tuv xml:lang="kk"><seg>a</seg></tuv>',
    '<tu><tuv xml:lang="kk><seg>a</seg></tuv></tu>',
    '<tu><tuv xml:lang="kk"><seg>&nbsp;</seg></tuv></tu>',
    '<tu><tuv xml:lang="kk" xml:lang="ru"><seg>a</seg></tuv></tu>',
    "<tu><tuv><seg>a</seg></tuv></tu>",
    "<tu></tu>",
    '<tu changeid="&x;"><tuv xml:lang="kk"><seg>a</seg></tuv></tu>',
    f'<tu><tuv xml:lang="kk"><seg>{"<g>" * 150}</seg></tuv></tu>',
]


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("filler", [0, 70_000])
def test_a_lenient_reader_skips_what_is_broken_and_goes_on(broken: str, filler: int) -> None:
    body = f"{UNIT}\n{' ' * filler}{broken}\n{UNIT}{' ' * filler}\n{UNIT}"
    with pytest.raises(ReadError):
        read(stream(body))
    with Reader(stream(body), lenient=True) as reader:
        units = list(reader)
    assert [unit.text("kk") for unit in units] == [KK] * 3
    skipped = [each for each in reader.skipped if each.line <= 3]
    assert skipped[0].unit == 2
    assert skipped[0].line in (2, 3)


def test_lines_are_right_after_a_broken_unit() -> None:
    body = "\n".join([UNIT, "<tu>&</tu>", UNIT, "", "<tu/>", "<tu>&</tu>"])
    with Reader(stream(body), lenient=True) as reader:
        assert len(list(reader)) == 2
    assert [(each.line, each.unit) for each in reader.skipped] == [(2, 2), (5, 4), (6, 5)]


def test_a_lenient_reader_keeps_what_a_cut_file_has() -> None:
    data = f"{HEAD}{UNIT}{UNIT}{UNIT}".encode()[:-30]
    with Reader(io.BytesIO(data), lenient=True) as reader:
        assert len(list(reader)) == 2
    assert len(reader.skipped) == 1


def test_bytes_that_are_no_utf8() -> None:
    data = (
        f"{HEAD}{UNIT}<tu><tuv xml:lang='ru'><seg>".encode() + b"\xff\xfe" + f"</seg></tuv></tu>{UNIT}{TAIL}".encode()
    )
    with pytest.raises(MalformedError, match="unit 2"):
        read(io.BytesIO(data))
    assert len(read(io.BytesIO(data), lenient=True)) == 2


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", MalformedError),
        (b"<html/>", NotTmxError),
        (b"kk\tru\n", NotTmxError),
        (b"\x89PNG\r\n\x1a\n", NotTmxError),
        (b'<?xml version="1.0" encoding="zlib_codec"?><tmx/>', EncodingError),
        (b'<?xml version="1.0" encoding="nonsense"?><tmx/>', EncodingError),
        (f"{HEAD}{UNIT}{TAIL}".encode("utf-16")[:-3], EncodingError),
        (gzip.compress(HEAD.encode())[:-9], MalformedError),
        (b"\x1f\x8b" + b"x" * 40, MalformedError),
        (HEAD.encode(), MalformedError),
    ],
)
def test_other_files_are_one_clear_error(data: bytes, kind: type[ReadError]) -> None:
    with pytest.raises(kind) as caught:
        read(io.BytesIO(data))
    assert "\n" not in str(caught.value)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match="No such file"):
        read(tmp_path / "none.tmx")
    with pytest.raises(MissingFileError):
        read(tmp_path)


MANY = "".join(f"<!ENTITY e{n} 'x'>" for n in range(300))
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    ("doctype", "problem"),
    [
        (f'<!DOCTYPE tmx [<!ENTITY l0 "ха">{LAUGHS}]>', "entity bomb"),
        ('<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "external entity"),
        ('<!DOCTYPE tmx [<!ENTITY x PUBLIC "x" "http://192.0.2.1/x">]>', "external entity"),
        ('<!DOCTYPE tmx [<!ENTITY % x SYSTEM "http://192.0.2.1/x"> %x;]>', "external entity"),
        ("<!DOCTYPE tmx [<!ENTITY % x \"<!ENTITY y 'z'>\"> %x;]>", "parameter entity"),
        (f'<!DOCTYPE tmx [<!ENTITY x "{"x" * 10_000}">]>', "more than 256 characters"),
        (f"<!DOCTYPE tmx [{MANY}]>", "more than 256 entities"),
    ],
)
@pytest.mark.parametrize("lenient", [False, True])
def test_entities_do_no_harm(doctype: str, problem: str, lenient: bool) -> None:
    with pytest.raises(LimitError, match=problem):
        read(stream('<tu><tuv xml:lang="kk"><seg>&x;</seg></tuv></tu>', doctype), lenient=lenient)


class Endless(io.RawIOBase):
    """A start, and then the same bytes until `size` have been read."""

    def __init__(self, start: str, filler: bytes, size: int) -> None:
        self._start, self._filler, self._left = start.encode(), filler, size

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if self._start:
            start, self._start = self._start, b""
            return start
        self._left -= size
        return (self._filler * (size // len(self._filler) + 1))[:size] if self._left > 0 else b""


@pytest.mark.parametrize(
    ("start", "filler"),
    [
        (f'{HEAD}<tu><tuv xml:lang="kk"><seg>', b"a"),
        (f'{HEAD}<tu><tuv xml:lang="kk"><seg>', b"<g>"),
        (f'{HEAD}<tu><tuv xml:lang="kk"><seg>', b"<ph/>"),
        (f'{HEAD}<tu><tuv xml:lang="kk"><seg>', b"&amp;"),
        (f'{HEAD}<tu changeid="', b"a"),
        (f"{HEAD}<tu><note>", b"a"),
        (f"{HEAD}<tu>", b"<note/>"),
        (f"{HEAD}<!--", b"a"),
        (f"{HEAD}<", b"a"),
        (HEAD, b" "),
        (HEAD, b"<tu>"),
        ("<!DOCTYPE tmx [", b"<!ELEMENT a ANY>"),
        ("<", b"a"),
        ("", b" "),
    ],
)
@pytest.mark.parametrize("lenient", [False, True])
def test_gigantic_parts_are_refused_in_little_memory(start: str, filler: bytes, lenient: bool) -> None:
    source = Endless(start, filler, 200_000_000)
    tracemalloc.start()
    try:
        if lenient and start.startswith("<tmx"):
            with Reader(source, lenient=True, limits=Limits(max_skipped=100)) as reader:  # type: ignore[arg-type]
                with contextlib.suppress(LimitError):
                    assert list(reader) == []
                assert reader.skipped
        else:
            with pytest.raises((LimitError, NotTmxError, MalformedError, UnitError)):
                read(source)  # type: ignore[arg-type]
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()


def test_many_names_are_refused() -> None:
    body = "".join(f"<tu a{n}=''><tuv xml:lang='kk'><seg/></tuv></tu>" for n in range(11_000))
    with pytest.raises(LimitError, match="different names"):
        read(stream(body))


def test_a_gzip_bomb_is_refused() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = packer.compress(HEAD.encode())
    for _ in range(60):
        bomb += packer.compress(f"{UNIT}{' ' * 1_000_000}".encode())
    bomb += packer.flush()
    with pytest.raises(LimitError, match="gzip bomb"):
        read(io.BytesIO(bomb))


def test_limits_are_the_callers() -> None:
    limits = Limits(max_segment_chars=10)
    body = f'<tu><tuv xml:lang="kk"><seg>{"a" * 11}</seg></tuv></tu>{UNIT[:10]}'
    with pytest.raises(LimitError, match="longer than 10 characters"):
        read(stream(body), limits=limits)
    with pytest.raises(LimitError, match="larger than 100 bytes"):
        read(stream(UNIT), limits=Limits(max_bytes=100))


def test_attributes_that_a_document_type_adds_are_not_the_files() -> None:
    doctype = '<!DOCTYPE tmx [<!ATTLIST tu own CDATA "x">]>'
    assert read(stream(UNIT, doctype)).units[0].attributes == {}


def test_a_file_is_read_in_constant_memory(tmp_path: Path) -> None:
    path = tmp_path / "large.tmx"
    write(path, (TranslationUnit.from_texts({"kk": f"{KK} {n}", "ru": f"{RU} {n}"}) for n in range(30_000)))
    peaks = []
    for count in (3_000, 30_000):
        tracemalloc.start()
        for _, _unit in zip(range(count), iter_units(path), strict=False):
            pass
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.5
