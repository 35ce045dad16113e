"""tmx.convert: there and back again, in every format."""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree
from tmx_documents import as_bytes, documents, memory

from tmx import Document, Header, Inline, Note, Prop, TranslationUnit, Variant, read, write
from tmx.convert import convert, format_of
from tmx.convert_jsonl import unit_from_json, unit_to_json
from tmx.errors import (
    ConversionError,
    EncodingError,
    LanguageError,
    LimitError,
    MissingExtraError,
    TmxError,
    WriteError,
)

PAIRS = (("Су – тіршілік «көзі».", 'Вода – источник, <жизни> & "сил".'), ("екі\tбаған\nекі жол", "=1+1"))

BOLD, END = Inline("bpt", {"i": "1", "x": "1", "type": "bold"}, ("<b>",)), Inline("ept", {"i": "1"}, ("</b>",))
IMAGE = Inline("ph", {"x": "2", "type": "image"}, ("<img/>",))
ITALIC_END = Inline("it", {"pos": "end", "x": "3"}, ("</i>",))
TERM = Inline("hi", {"type": "term"}, ("көзі",))
CODED = TranslationUnit(
    (
        Variant("kk", ("Су ", BOLD, "тіршілік", END, " ", IMAGE, ITALIC_END, TERM)),
        Variant("ru", ("Вода ", BOLD, "жизнь", END)),
    ),
    {"tuid": "a1"},
    (Prop("x-score", "0.9"), Note("ескерту")),
)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source.tmx"
    path.write_bytes(as_bytes(memory(*PAIRS)))
    return path


@pytest.fixture
def coded(tmp_path: Path) -> Path:
    path = tmp_path / "coded.tmx"
    write(path, [CODED], Header(srclang="kk"))
    return path


def there_and_back(source: Path, name: str, **options: str) -> Document:
    middle, back = source.with_name(name), source.with_name("back.tmx")
    assert convert(source, middle, **options).written == len(read(source))  # type: ignore[arg-type]
    convert(middle, back)
    return read(back)


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.xlsx", "a.xlf", "a.csv.gz", "a.jsonl.gz"])
def test_plain_texts_come_back(source: Path, name: str) -> None:
    back = there_and_back(source, name)
    assert [(unit.text("kk"), unit.text("ru")) for unit in back] == list(PAIRS)
    assert back.header.srclang == "kk"


def test_tsv_has_no_tabs_inside(source: Path) -> None:
    back = there_and_back(source, "a.tsv")
    assert source.with_name("a.tsv").read_text(encoding="utf-8").splitlines() == [
        "kk\tru",
        "\t".join(PAIRS[0]),
        "екі баған екі жол\t=1+1",
    ]
    assert back.units[1].text("kk") == "екі баған екі жол"


@pytest.mark.parametrize("form", ["xliff", "xliff2"])
def test_xliff_keeps_codes_notes_and_properties(coded: Path, form: str) -> None:
    back = there_and_back(coded, "a.xlf", target_format=form)
    (unit,) = back
    assert unit == CODED


def test_xliff_is_what_the_standards_ask(coded: Path) -> None:
    for form, version, space in (
        ("xliff", "1.2", "urn:oasis:names:tc:xliff:document:1.2"),
        ("xliff2", "2.1", "urn:oasis:names:tc:xliff:document:2.0"),
    ):
        target = coded.with_name("a.xlf")
        convert(coded, target, target_format=form)  # type: ignore[arg-type]
        root = etree.parse(str(target)).getroot()
        assert root.tag == f"{{{space}}}xliff"
        assert root.get("version") == version
        for side in ("source", "target"):
            (element,) = root.iter(f"{{{space}}}{side}")
            ids = [each.get("id") for each in element.iter() if each.get("id")]
            assert len(ids) == len(set(ids)) > 0


def test_xliff_of_others(tmp_path: Path) -> None:
    path, target = tmp_path / "a.xlf", tmp_path / "a.tmx"
    path.write_text(
        '<x:xliff xmlns:x="urn:oasis:names:tc:xliff:document:1.2" version="1.2"><x:file source-language="kk"'
        ' target-language="ru" original="a" datatype="html"><x:body><x:group><x:trans-unit id="1"><x:source>Су '
        '<x:g id="1">бар</x:g><x:x id="2"/></x:source><x:target>Есть <x:g id="1">вода</x:g><x:mrk mtype="seg">!</x:mrk>'
        "</x:target><x:alt-trans><x:target>нет</x:target></x:alt-trans></x:trans-unit><x:trans-unit id='2'>"
        "<x:source>от</x:source></x:trans-unit></x:group></x:body></x:file></x:xliff>",
        encoding="utf-8",
    )
    assert convert(path, target).written == 1
    (unit,) = read(target)
    assert (unit.text("kk"), unit.text("ru")) == ("Су бар", "Есть вода!")
    assert [each.name for each in unit.variants[0].content if isinstance(each, Inline)] == ["bpt", "ept", "ph"]


def test_xliff_2_of_others(tmp_path: Path) -> None:
    path, target = tmp_path / "a.xliff", tmp_path / "a.tmx"
    path.write_text(
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="kk" trgLang="ru"><file id="f">'
        '<unit id="1"><originalData><data id="d1">&lt;b&gt;</data></originalData><segment><source>Су <pc id="1"'
        ' dataRefStart="d1">бар</pc></source><target>Есть <pc id="1">вода</pc></target></segment><ignorable>'
        "<source> </source></ignorable><segment><source>От</source><target>Огонь</target></segment>"
        "</unit></file></xliff>",
        encoding="utf-8",
    )
    convert(path, target)
    assert [(unit.text("kk"), unit.text("ru")) for unit in read(target)] == [("Су бар", "Есть вода"), ("От", "Огонь")]
    assert read(target).units[0].variants[0].content[1] == Inline("bpt", {"i": "101", "x": "1"}, ("<b>",))


def test_xliff_has_one_target(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    write(path, [TranslationUnit.from_texts({"kk": "су", "ru": "вода", "en": "water"})], Header(srclang="kk"))
    with pytest.raises(LanguageError, match="name the two"):
        convert(path, tmp_path / "a.xlf")
    assert not (tmp_path / "a.xlf").exists()
    convert(path, tmp_path / "a.xlf", languages=("kk", "en"))
    convert(tmp_path / "a.xlf", tmp_path / "b.tmx")
    assert [each.language for each in read(tmp_path / "b.tmx").units[0].variants] == ["kk", "en"]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_json_keeps_everything(document: Document) -> None:
    for unit in document:
        assert unit_from_json(json.loads(json.dumps(unit_to_json(unit)))) == unit


def test_short_json_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"kk": "су", "ru": "вода"}\n\n{"kk": "от"}\n', encoding="utf-8")
    report = convert(path, tmp_path / "a.tmx", languages=("kk", "ru"))
    assert (report.read, report.written, report.untranslated) == (2, 1, 1)


def test_columns_are_named_or_given(tmp_path: Path) -> None:
    path, target = tmp_path / "a.tsv", tmp_path / "a.tmx"
    path.write_text("су\tвода\t0.9\n", encoding="utf-8")
    with pytest.raises(LanguageError, match="names no languages"):
        convert(path, target)
    convert(path, target, languages=("kk", "ru"))
    assert read(target).units == memory(("су", "вода")).units
    path.write_text("score\tru-RU\tkk-KZ\n0.9\tвода\tсу\n", encoding="utf-8-sig")
    convert(path, target)
    (unit,) = read(target)
    assert (unit.text("kk"), unit.prop("x-score")) == ("су", "0.9")


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.jsonl", b"[1]\n", ConversionError),
        ("a.jsonl", b'{"variants": []}\n', ConversionError),
        ("a.jsonl", b'{"variants": [{"language": "kk", "content": [1]}]}\n', ConversionError),
        ("a.jsonl", b"[" * 100_000, ConversionError),
        ("a.tsv", b"kk\tru\nalone\n", ConversionError),
        ("a.tsv", b"kk\tru\n\xff\xff\t1\n", EncodingError),
        ("a.csv", b'kk,ru\n"a,b\n', ConversionError),
        ("a.xlsx", b"no zip", ConversionError),
        ("a.xlf", b"<tmx/>", TmxError),
        ("a.xlf", b"<xliff><file><body><trans-unit><source>a</source><target>b</target>", TmxError),
        ("a.tsv", b"", TmxError),
    ],
)
def test_broken_files_are_one_clear_error(name: str, data: bytes, kind: type[TmxError], tmp_path: Path) -> None:
    path, target = tmp_path / name, tmp_path / "out.tmx"
    path.write_bytes(data)
    with pytest.raises(kind) as caught:
        convert(path, target, languages=("kk", "ru"))
    assert path.name in str(caught.value)
    assert not target.exists()


def test_lenient_conversion_lists_what_it_skips(tmp_path: Path) -> None:
    for name, text in (
        ("a.jsonl", '{"kk": "су", "ru": "вода"}\n[]\n'),
        ("a.tsv", "kk\tru\nсу\tвода\nalone\n"),
    ):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        report = convert(path, tmp_path / "out.tmx", lenient=True)
        assert (report.written, len(report.skipped)) == (1, 1)


def test_excel_holds_no_formula_and_has_its_limits(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = source.with_name("a.xlsx")
    convert(source, target)
    with zipfile.ZipFile(target) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    write(source, memory(("с" * 40_000, "вода")).units, Header(srclang="kk"))
    with pytest.raises(WriteError, match="32,767"):
        convert(source, target)
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingExtraError, match="pip install"):
        convert(source, target)


def test_a_zip_bomb_is_no_excel_file(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 50_000_000)
    with pytest.raises(LimitError, match="zip bomb"):
        convert(path, tmp_path / "out.tmx")


def test_formats_go_by_the_suffix() -> None:
    assert [format_of(f"x.{end}") for end in ("tmx", "TMX.gz", "xliff", "xlsx")] == ["tmx", "tmx", "xliff", "xlsx"]
    with pytest.raises(ValueError, match="no format"):
        format_of("x.doc")
