"""tmx.writer: atomic, deterministic, and never a broken file."""

from __future__ import annotations

import gzip
import io
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from shared_data import shared_path
from tmx_documents import as_bytes, memory

from tmx import Document, Foreign, Header, Inline, Note, Prop, TranslationUnit, Ude, Variant, Writer, read, write
from tmx.context import Context, context_of, with_context
from tmx.errors import LanguageError, TmxError, WriteError
from tmx.split import write_parts

PAIR = ("Су – тіршілік көзі.", "Вода – источник жизни.")


def test_the_file_reads_as_tools_expect(tmp_path: Path) -> None:
    path = tmp_path / "memory.tmx"
    header = Header(srclang="kk", creationtool="qostil", creationtoolversion="0.1", creationdate="20240102T030405Z")
    report = write(path, memory(PAIR).units, header)
    assert report.units == 1
    assert report.bytes == path.stat().st_size
    assert path.read_text(encoding="utf-8") == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'
        '<tmx version="1.4">\n'
        '  <header creationtool="qostil" creationtoolversion="0.1" segtype="sentence" o-tmf="tmx" adminlang="en"'
        ' srclang="kk" datatype="plaintext" creationdate="20240102T030405Z"/>\n'
        "  <body>\n"
        "    <tu>\n"
        '      <tuv xml:lang="kk"><seg>Су – тіршілік көзі.</seg></tuv>\n'
        '      <tuv xml:lang="ru"><seg>Вода – источник жизни.</seg></tuv>\n'
        "    </tu>\n"
        "  </body>\n"
        "</tmx>\n"
    )


def test_packed_files_are_the_same_every_time(tmp_path: Path) -> None:
    paths = [tmp_path / "a.tmx.gz", tmp_path / "b.tmx.gz"]
    for path in paths:
        write(path, memory(PAIR).units)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert gzip.decompress(paths[0].read_bytes()) == as_bytes(memory(PAIR), compress=None).replace(
        b'srclang="kk"', b'srclang="*all*"'
    )


def test_nothing_appears_before_the_file_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "memory.tmx"
    path.write_text("former", encoding="utf-8")

    def units() -> Iterator[TranslationUnit]:
        yield memory(PAIR).units[0]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write(path, units())
    assert path.read_text(encoding="utf-8") == "former"
    assert [each.name for each in tmp_path.iterdir()] == ["memory.tmx"]


def test_a_written_file_has_the_usual_rights_and_links_stay_links(tmp_path: Path) -> None:
    plain, target, link = tmp_path / "plain", tmp_path / "target.tmx", tmp_path / "link.tmx"
    plain.touch()
    link.symlink_to(target)
    write(link, memory(PAIR).units)
    assert link.is_symlink()
    assert stat.S_IMODE(target.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)


def test_a_folder_that_is_missing_is_one_clear_error(tmp_path: Path) -> None:
    for path in (tmp_path / "none" / "memory.tmx", tmp_path):
        with pytest.raises(WriteError, match="can't be written"):
            write(path, [])


def test_characters_that_xml_forbids_are_removed_and_counted() -> None:
    stream = io.BytesIO()
    unit = TranslationUnit.from_texts(
        {"kk": "бір\x0bекі\x1f\ud800", "ru": "раз\ufffeдва\x00"}, {"tuid": "a\x01"}, [Prop("x-p", "\x02")]
    )
    report = write(stream, [unit])
    assert report.illegal_characters == 7
    (read_back,) = read(io.BytesIO(stream.getvalue()))
    assert (read_back.text("kk"), read_back.text("ru")) == ("бірекі", "раздва")
    assert read_back.tuid == "a"


def test_line_breaks_and_tabs_survive() -> None:
    text = "a\r\nb\tc\rd\ne"
    unit = TranslationUnit.from_texts({"kk": text}, {"changeid": text})
    (read_back,) = read(io.BytesIO(as_bytes(Document(Header(), (unit,)))))
    assert read_back == unit


@pytest.mark.parametrize(
    ("languages", "expected"),
    [
        ("as-is", ["kaz", "RU_ru"]),
        ("bare", ["kk", "ru"]),
        ("regional", ["kk-KZ", "ru-RU"]),
        ({"kk": "kk-Cyrl-KZ"}, ["kk-Cyrl-KZ", "RU_ru"]),
    ],
)
def test_language_profiles(languages: str, expected: list[str]) -> None:
    document = memory(PAIR, srclang="kaz", target="RU_ru")
    written = read(io.BytesIO(as_bytes(document, languages=languages)))
    assert [each.language for each in written.units[0].variants] == expected
    assert written.header.srclang == expected[0]


def test_an_unknown_profile_is_an_error() -> None:
    with pytest.raises(LanguageError, match="no language profile"):
        as_bytes(memory(PAIR), languages="short")


def test_identifiers_for_all_or_none() -> None:
    document = memory(PAIR, ("бір", "один"))
    units = (document.units[0].with_attributes(tuid="own"), document.units[1])
    document = Document(document.header, units)
    kept, every, none = (
        [unit.tuid for unit in read(io.BytesIO(as_bytes(document, tuid=tuid)))] for tuid in ("keep", "all", "none")
    )
    assert kept == ["own", None]
    assert every[0] == "own"
    assert every[1]
    assert none == [None, None]
    assert [unit.tuid for unit in read(io.BytesIO(as_bytes(document, tuid="all")))] == every


def test_foreign_data_can_be_dropped_and_is_counted() -> None:
    unit = TranslationUnit(
        (Variant("kk", ("бір ", Inline("g", {}, ("екі",)), Inline("sub", {}, ("үш",))), {"own": "1"}),),
        {"own": "2", "segtype": "line"},
        (Foreign("own", {}, ("төрт",)), Prop("x-p", "бес", {}, (Inline("seg", {}, ("бес",)),))),
    )
    stream = io.BytesIO()
    assert write(stream, [unit], foreign="drop").foreign_dropped == 7
    (left,) = read(io.BytesIO(stream.getvalue()))
    assert left == TranslationUnit((Variant("kk", ("бір екі",)),), {}, (Prop("x-p", "бес"),))


def test_inline_elements_get_the_attributes_that_they_lack() -> None:
    unit = TranslationUnit(
        (Variant("kk", (Inline("bpt"), Inline("it"), Inline("it", {"pos": "BEGIN"}), Inline("ept"))),)
    )
    stream = io.BytesIO()
    assert write(stream, [unit]).repaired == 3
    tree = etree.fromstring(stream.getvalue())
    dtd = etree.DTD(str(shared_path("tmx/tmx14.dtd")))
    assert dtd.validate(tree), dtd.error_log


@pytest.mark.parametrize(
    "unit",
    [
        TranslationUnit(()),
        TranslationUnit((Variant("", ("a",)),)),
        TranslationUnit((Variant(" kk", ("a",)),)),
        TranslationUnit((Variant("kk", (Inline("a b"),)),)),
        TranslationUnit((Variant("kk", (), {"a=b": "c"}),)),
        TranslationUnit((Variant("kk", ()),), {}, (Foreign("<"),)),
        TranslationUnit((Variant("kk", ()),), {}, (Ude({}, ()),)),  # type: ignore[arg-type]
    ],
)
def test_a_unit_without_a_form_is_refused_and_leaves_no_trace(unit: TranslationUnit) -> None:
    stream = io.BytesIO()
    with Writer(stream) as writer:
        with pytest.raises(WriteError):
            writer.write(unit)
        writer.write(memory(PAIR).units[0])
    assert len(read(io.BytesIO(stream.getvalue()))) == 1


def test_a_closed_writer_takes_no_more(tmp_path: Path) -> None:
    with Writer(tmp_path / "memory.tmx") as writer:
        pass
    with pytest.raises(WriteError, match="closed"):
        writer.write(memory(PAIR).units[0])


@pytest.mark.parametrize("form", ["phrase", "xtm"])
def test_context(form: str) -> None:
    unit = memory(PAIR).units[0]
    context = Context("Алдыңғы.", None)
    enriched = with_context(with_context(unit, "kk", Context("x", "y"), form), "kk", context, form)  # type: ignore[arg-type]
    (written,) = read(io.BytesIO(as_bytes(Document(Header(), (enriched,)))))
    assert context_of(written) == context
    holder = written.variants[0] if form == "phrase" else written
    assert [prop.text for prop in holder.props] == ["Алдыңғы."]
    with pytest.raises(LanguageError):
        with_context(unit, "en", context)


def test_records_are_handy() -> None:
    unit = TranslationUnit.from_texts({"kk-KZ": "бір", "ru": ""}, {"tuid": "1"}, [Note("n"), Prop("x-p", "v")])
    assert unit.text("kk") == "бір"
    assert unit.text("ru") == ""
    assert unit.text("en") is None
    assert unit.prop("x-p") == "v"
    assert [note.text for note in unit.notes] == ["n"]
    assert unit.with_attributes(tuid=None, creationdate="x").attributes == {"creationdate": "x"}
    header = Header(annotations=(Prop("x-h", "1"), Note("n")))
    assert header.prop("x-h") == "1"
    assert len(header.notes) == len(header.props) == 1


def test_parts_are_small_enough_and_complete(tmp_path: Path) -> None:
    units = memory(*[(f"бір {n}", f"один {n}") for n in range(100)]).units
    by_units = write_parts(tmp_path / "u.tmx", units, max_units=30)
    assert [path.name for path in by_units.paths] == ["u-001.tmx", "u-002.tmx", "u-003.tmx", "u-004.tmx"]
    assert [len(read(path)) for path in by_units.paths] == [30, 30, 30, 10]
    by_bytes = write_parts(tmp_path / "b.tmx", units, max_bytes=2_000)
    assert all(path.stat().st_size <= 2_000 for path in by_bytes.paths)
    assert [unit for path in by_bytes.paths for unit in read(path)] == list(units)
    alone = write_parts(tmp_path / "one.tmx.gz", units, max_units=100)
    assert [path.name for path in alone.paths] == ["one.tmx.gz"]
    packed = write_parts(tmp_path / "two.tmx.gz", units, max_units=50)
    assert [path.name for path in packed.paths] == ["two-001.tmx.gz", "two-002.tmx.gz"]


def test_a_unit_that_fits_nowhere_leaves_no_part(tmp_path: Path) -> None:
    units = memory(("бір", "один"), ("ұзақ" * 1000, "длинный" * 1000)).units
    with pytest.raises(WriteError, match="unit 2 alone is larger"):
        write_parts(tmp_path / "b.tmx", units, max_bytes=1_500)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ValueError):
        write_parts(tmp_path / "b.tmx", units)


def test_every_error_is_of_the_package() -> None:
    import tmx.errors as errors

    for name in errors.__all__:
        assert issubclass(getattr(errors, name), TmxError)
