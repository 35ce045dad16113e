"""aligner.pretranslate: texts and XLIFF files → XLIFF with matches, as CAT tools read it."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from memories import TEXTS, memory_of

from aligner.errors import EmptyInputError, FormatError, LanguageError
from aligner.memory.lookup import Lookup
from aligner.pretranslate import pretranslate

KK = f"{TEXTS[0][0]} 2025 жылы ауылда 17 мектеп салынды.\n\nЖиналыс аяқталды.\nМұндай сөйлем бұрын-соңды болмаған.\n"
NS = {
    "x": "urn:oasis:names:tc:xliff:document:1.2",
    "y": "urn:oasis:names:tc:xliff:document:2.0",
    "mtc": "urn:oasis:names:tc:xliff:matches:2.0",
}


@pytest.fixture
def lookup(tmp_path: Path):
    with memory_of(tmp_path) as memory, Lookup(memory) as opened:
        yield opened


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "хат.txt"
    path.write_text(KK, encoding="utf-8")
    return path


def test_xliff_12_has_targets_states_and_matches(lookup: Lookup, text: Path) -> None:
    done = pretranslate(text, lookup)
    assert (done.language, done.summary.segments, done.summary.exact, done.summary.fuzzy) == ("kk", 4, 2, 1)
    assert done.summary.without == 1
    root = etree.fromstring(done.xliff)
    (file,) = root.xpath("x:file", namespaces=NS)
    assert (file.get("original"), file.get("source-language"), file.get("target-language")) == ("хат.txt", "kk", "ru")
    assert file.xpath("string(x:header/x:tool/@tool-id)", namespaces=NS) == file.get("tool-id")
    units = root.xpath("//x:trans-unit", namespaces=NS)
    assert [unit.get("id") for unit in units] == ["1", "2", "3", "4"]
    targets = [unit.find("x:target", NS) for unit in units]
    assert [(target.get("state"), target.get("state-qualifier")) for target in targets] == [
        ("translated", "exact-match"),
        ("needs-review-translation", "fuzzy-match"),
        ("needs-review-translation", "exact-match"),
        ("needs-translation", None),
    ]
    assert targets[1].text == "В 2025 году в сёлах построено 17 школ."
    assert [each.get("match-quality") for each in units[2].findall("x:alt-trans", NS)] == ["100%", "100%"]
    assert [etree.QName(child).localname for child in units[0]] == ["source", "target", "alt-trans"]
    assert len(root.xpath("//x:group", namespaces=NS)) == 3


def test_xliff_21_has_a_unit_a_paragraph_and_white_space_between(lookup: Lookup, text: Path) -> None:
    root = etree.fromstring(pretranslate(text, lookup, format="xliff21").xliff)
    assert (root.get("version"), root.get("srcLang"), root.get("trgLang")) == ("2.1", "kk", "ru")
    units = root.xpath("//y:unit", namespaces=NS)
    assert len(units) == 3
    said = [
        "".join(unit.xpath("y:segment/y:source/text() | y:ignorable/y:source/text()", namespaces=NS)) for unit in units
    ]
    assert said == [line for line in KK.splitlines() if line]
    first = units[0]
    assert [etree.QName(child).localname for child in first] == ["matches", "segment", "ignorable", "segment"]
    ids = {segment.get("id") for segment in first.findall("y:segment", NS)}
    for match in first.xpath("mtc:matches/mtc:match", namespaces=NS):
        assert match.get("ref")[1:] in ids
        assert 0 <= float(match.get("similarity")) <= 100
        assert 0 <= float(match.get("matchQuality")) <= 100
        assert [etree.QName(child).localname for child in match] == ["source", "target"]
    assert [segment.get("state") for segment in root.xpath("//y:segment", namespaces=NS)] == [
        "translated",
        "initial",
        "initial",
        "initial",
    ]
    assert not root.xpath("//y:segment[@state != 'initial' and not(y:target)]", namespaces=NS)


def test_translate_toolkit_reads_what_is_written(lookup: Lookup, text: Path, tmp_path: Path) -> None:
    xliff = pytest.importorskip("translate.storage.xliff", reason="needs translate-toolkit")
    xliff2 = pytest.importorskip("translate.storage.xliff2", reason="needs translate-toolkit")
    (tmp_path / "12.xlf").write_bytes(pretranslate(text, lookup).xliff)
    units = xliff.xlifffile.parsefile(str(tmp_path / "12.xlf")).units
    assert (units[0].source, units[0].target) == TEXTS[0]
    assert {each.target for each in units[2].getalttrans()} == {"Собрание закончилось.", "Заседание завершено."}
    (tmp_path / "21.xlf").write_bytes(pretranslate(text, lookup, format="xliff21").xliff)
    units = xliff2.Xliff2File.parsefile(str(tmp_path / "21.xlf")).units
    assert (units[0].source, units[0].target) == TEXTS[0]


def test_the_sentences_around_count(tmp_path: Path) -> None:
    from memories import NOW

    from aligner.records import Unit

    with memory_of(tmp_path, ()) as memory:
        memory.add_units([Unit("Рақмет.", "Спасибо.", 0.9, previous_kk="Сәлем!")], "a", "b", NOW)
        (tmp_path / "t.txt").write_text("Сәлем!\nРақмет.\n", encoding="utf-8")
        with Lookup(memory) as lookup:
            assert pretranslate(tmp_path / "t.txt", lookup, language="kk").summary.context == 1


def test_a_word_document_is_taken_whole(lookup: Lookup, tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    for line in ("Суретті түсірген: Д. Мұсаев", *(line for line in KK.splitlines() if line)):
        document.add_paragraph(line)
    document.save(str(tmp_path / "хат.docx"))
    done = pretranslate(tmp_path / "хат.docx", lookup)
    assert "Суретті түсірген: Д. Мұсаев" in done.xliff.decode()


XLIFF_12 = """<?xml version="1.0"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:z="urn:z">
<file original="a.txt" source-language="kk-KZ" target-language="ru-RU" datatype="plaintext" z:keep="yes"><body>
<trans-unit id="1"><source>{0}</source><note>бірінші</note></trans-unit>
<trans-unit id="2"><source>Кеңеске <g id="1">министрлер</g> мен облыс әкімдері қатысты.</source></trans-unit>
<trans-unit id="3"><source>{2}</source><target state="final">Готово.</target></trans-unit>
<trans-unit id="4"><source>Жиналыс аяқталды.</source><target/></trans-unit>
<trans-unit id="5" translate="no"><source>{0}</source></trans-unit>
<trans-unit id="6"><source>{0} {3}</source><seg-source><mrk mtype="seg" mid="0">{0}</mrk>
<mrk mtype="seg" mid="1">{3}</mrk></seg-source></trans-unit>
</body></file></xliff>""".format(*(kk for kk, _ in TEXTS))


def test_a_given_xliff_12_keeps_what_is_in_it(lookup: Lookup, tmp_path: Path) -> None:
    (tmp_path / "a.xlf").write_text(XLIFF_12, encoding="utf-8")
    done = pretranslate(tmp_path / "a.xlf", lookup)
    assert done.summary.segments == 6
    root = etree.fromstring(done.xliff)
    units = {unit.get("id"): unit for unit in root.xpath("//x:trans-unit", namespaces=NS)}
    assert units["1"].findtext("x:target", namespaces=NS) == TEXTS[0][1]
    assert [etree.QName(child).localname for child in units["1"]] == ["source", "target", "alt-trans", "note"]
    assert units["2"].find("x:target", NS) is None
    assert units["2"].find("x:alt-trans", NS).get("match-quality") == "99%"
    assert (units["3"].find("x:target", NS).text, units["3"].find("x:target", NS).get("state")) == ("Готово.", "final")
    assert units["4"].find("x:target", NS).get("state") == "needs-review-translation"
    assert len(units["5"]) == 1
    assert {each.get("mid") for each in units["6"].findall("x:alt-trans", NS)} == {"0", "1"}
    assert units["6"].find("x:target", NS) is None
    assert root.find("x:file", NS).get("{urn:z}keep") == "yes"


def test_a_given_xliff_2_gets_ids_matches_and_a_language(lookup: Lookup, tmp_path: Path) -> None:
    given = f"""<xliff version="2.0" srcLang="kk" xmlns="{NS["y"]}"><file id="f"><unit id="u">
<notes><note>x</note></notes>
<segment><source>{TEXTS[0][0]}</source></segment><segment id="s1"><source>Жиналыс <pc id="1">аяқталды</pc>.</source>
</segment></unit></file></xliff>"""
    (tmp_path / "a.xliff").write_text(given, encoding="utf-8")
    root = etree.fromstring(pretranslate(tmp_path / "a.xliff", lookup).xliff)
    assert root.get("trgLang") == "ru"
    (unit,) = root.xpath("//y:unit", namespaces=NS)
    assert [etree.QName(child).localname for child in unit] == ["matches", "notes", "segment", "segment"]
    first, second = unit.findall("y:segment", NS)
    assert (first.get("state"), first.findtext("y:target", namespaces=NS)) == ("translated", TEXTS[0][1])
    assert second.find("y:target", NS) is None
    ids = [each.get("id") for each in (first, second)]
    assert len(set(ids)) == 2
    assert {match.get("ref") for match in unit.iter(f"{{{NS['mtc']}}}match")} == {f"#{each}" for each in ids}


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("a.xlf", "<xliff", FormatError),
        ("a.xlf", "<tmx/>", FormatError),
        ("a.xlf", XLIFF_12.replace("ru-RU", "de-DE"), LanguageError),
        ("a.xlf", XLIFF_12.replace("kk-KZ", "en"), LanguageError),
        ("a.txt", "This is an English letter about nothing in particular, and quite long.", LanguageError),
        ("a.txt", "\n \n", EmptyInputError),
        ("a.odt", "x", FormatError),
    ],
)
def test_what_cannot_be_done_is_said(
    lookup: Lookup, tmp_path: Path, name: str, content: str, error: type[Exception]
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(error):
        pretranslate(tmp_path / name, lookup)


def test_entities_of_a_file_are_not_opened(lookup: Lookup, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("құпия", encoding="utf-8")
    hostile = XLIFF_12.replace(
        '<?xml version="1.0"?>', f'<!DOCTYPE xliff [<!ENTITY e SYSTEM "file://{tmp_path}/secret">]>'
    ).replace("Жиналыс аяқталды.", "&e;")
    (tmp_path / "a.xlf").write_text(hostile, encoding="utf-8")
    assert "құпия" not in pretranslate(tmp_path / "a.xlf", lookup).xliff.decode()
