"""aligner.memory.reading: files of other tools become units, hostile and broken ones an error with its place."""

import datetime as dt
import gzip
from dataclasses import replace
from pathlib import Path

import pytest

from aligner.errors import FormatError, InputError, LanguageError, MissingInputError
from aligner.export import export_units
from aligner.memory import Memory
from aligner.memory.reading import UnitFile, import_format
from aligner.records import Unit

NOW = dt.datetime(2026, 11, 22, 10, 0, tzinfo=dt.UTC)
UNIT = Unit(
    "Келісімшартқа қол қойылды.",
    "Контракт подписан.",
    0.87,
    "kk.txt",
    "ru.txt",
    dt.date(2026, 5, 4),
    ("number_mismatch: 25 ≠ 52", "length_ratio 2.1"),
    "Алдыңғы.",
    "Келесі.",
    status="reviewed",
    reviewer="Айгүл",
    note="тексерілді",
    creator="batch",
    created=NOW,
    changed=NOW,
)


def read(path: Path, **options) -> list[Unit]:
    return list(UnitFile(path, import_format(path), **options))


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_memory_goes_into_another(tmp_path: Path, memory_place: Path | str) -> None:
    units = [UNIT, replace(UNIT, ru="Неверно.", status="rejected", score=0.1)]
    with Memory.open(tmp_path / "old.db") as old:
        old.add_units(units, "a.tmx", "Айгүл", NOW)
        wanted = list(old.units(statuses=("automatic", "reviewed", "rejected")))
    with Memory.open(memory_place) as memory:
        assert memory.add_units(UnitFile(tmp_path / "old.db", "memory"), "old.db", "Болат", NOW).units_added == 2
        assert list(memory.units(statuses=("automatic", "reviewed", "rejected"))) == wanted
        assert memory.add_units(UnitFile(tmp_path / "old.db", "memory"), "old.db", "Болат", NOW).units_known == 2
    written(tmp_path / "bad.db", "no database" * 100)
    with pytest.raises(FormatError, match=r"^\S+bad.db: not a usable memory"):
        read(tmp_path / "bad.db")


def test_our_tmx_comes_back_whole(tmp_path: Path) -> None:
    export_units([UNIT], tmp_path / "m.tmx", "tmx", NOW, "regional")
    assert read(tmp_path / "m.tmx") == [UNIT]


@pytest.mark.parametrize("kind", ["jsonl", "tsv", "csv"])
def test_our_lines_come_back(tmp_path: Path, kind: str) -> None:
    dangerous = replace(UNIT, kk="=қосынды(1)", ru="-5 градусов; холодно, «ветер»")
    export_units([UNIT, dangerous], tmp_path / f"m.{kind}", kind)
    back = read(tmp_path / f"m.{kind}")
    assert [(each.kk, each.ru) for each in back] == [(UNIT.kk, UNIT.ru), (dangerous.kk, dangerous.ru)]
    assert (back[0].score, back[0].reasons, back[0].kk_source, back[0].date) == (
        UNIT.score,
        UNIT.reasons,
        UNIT.kk_source,
        UNIT.date,
    )
    if kind == "jsonl":
        assert (back[0].status, back[0].reviewer, back[0].note) == ("reviewed", "Айгүл", "тексерілді")


def test_a_tmx_of_another_tool(tmp_path: Path) -> None:
    path = written(
        tmp_path / "trados.tmx",
        """<?xml version="1.0" encoding="utf-8"?><tmx version="1.4"><header creationtool="X" creationtoolversion="1"
        segtype="sentence" o-tmf="x" adminlang="en" srclang="ru-RU" datatype="xml"/><body>
        <tu creationid="ИВАНОВ" creationdate="20200102T030405Z"><prop type="x-previous-source-text">До.</prop>
        <tuv xml:lang="ru-RU"><seg>Нажмите <bpt i="1">&lt;b></bpt>ОК<ept i="1">&lt;/b></ept>.</seg></tuv>
        <tuv xml:lang="KK"><seg>ОК <ph/>басыңыз.</seg></tuv></tu>
        <tu><tuv xml:lang="ru-RU"><seg>Только русский.</seg></tuv><tuv xml:lang="en"><seg>Only.</seg></tuv></tu>
        <tu><tuv xml:lang="ru-RU"><seg> </seg></tuv><tuv xml:lang="kk-KZ"><seg>Бос емес.</seg></tuv></tu>
        </body></tmx>""",
    )
    file = UnitFile(path, "tmx", score=0.9)
    (unit,) = file
    assert (unit.kk, unit.ru, unit.score, unit.status) == ("ОК басыңыз.", "Нажмите ОК.", 0.9, "automatic")
    assert (unit.creator, unit.created) == ("ИВАНОВ", dt.datetime(2020, 1, 2, 3, 4, 5, tzinfo=dt.UTC))
    assert (unit.previous_ru, unit.previous_kk) == ("До.", None)
    assert dict(file.left_out) == {"without a Kazakh and a Russian text": 1, "with an empty side": 1}


@pytest.mark.parametrize(
    "text",
    [
        """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file source-language="ru-RU"
        target-language="kk-KZ" original="a" datatype="plaintext"><body><trans-unit id="1"><source>Добрый
        <g id="1">день</g></source><target>Қайырлы <g id="1">күн</g></target></trans-unit>
        <trans-unit id="2"><source>Пусто</source></trans-unit></body></file></xliff>""",
        """<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="ru" trgLang="kk"><file id="f">
        <unit id="1"><segment><source>Добрый <pc id="1">день</pc></source><target>Қайырлы <pc id="1">күн</pc></target>
        </segment></unit></file></xliff>""",
    ],
)
def test_xliff(tmp_path: Path, text: str) -> None:
    (unit,) = read(written(tmp_path / "a.xlf", text))
    assert (unit.kk, " ".join(unit.ru.split())) == ("Қайырлы күн", "Добрый день")


def test_hostile_xml_is_refused(tmp_path: Path) -> None:
    bomb = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    for suffix, root in (("tmx", "tmx"), ("xlf", "xliff")):
        text = f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY e0 "қыл">{bomb}]><{root} version="1.4">&e9;</{root}>'
        with pytest.raises(FormatError):
            read(written(tmp_path / f"bomb.{suffix}", text))


def test_tables_name_their_columns_or_begin_with_kazakh(tmp_path: Path) -> None:
    headed = written(tmp_path / "h.csv", 'ru-RU;Status;kk_KZ;Reviewer\r\n"Да; нет.";reviewed;Иә; Болат\r\n')
    (unit,) = read(headed)
    assert (unit.kk, unit.ru, unit.status, unit.reviewer) == ("Иә", "Да; нет.", "reviewed", "Болат")
    plain = written(tmp_path / "p.tsv", "Қайырлы таң.\tДоброе утро.\nРақмет.\tСпасибо.\tесть 3-й столбец\n\n")
    assert [(each.kk, each.ru, each.score) for each in read(plain)] == [
        ("Қайырлы таң.", "Доброе утро.", 1.0),
        ("Рақмет.", "Спасибо.", 1.0),
    ]
    swapped = written(
        tmp_path / "s.tsv",
        "Правительство утвердило новый порядок.\tҮкімет жаңа тәртіпті бекітті.\n"
        "Сегодня прошло заседание.\tБүгін кеңес өтті, оған министрлер қатысты.\n",
    )
    with pytest.raises(LanguageError, match="first line with the words"):
        read(swapped)


def test_packed_files_and_byte_order_marks(tmp_path: Path) -> None:
    path = tmp_path / "m.tsv.gz"
    path.write_bytes(gzip.compress("\ufeffkk\tru\nИә.\tДа.\n".encode()))
    assert [each.ru for each in read(path)] == ["Да."]
    path = tmp_path / "m.tsv"
    path.write_bytes("kk\tru\nИә.\tДа.\n".encode("utf-16"))
    assert [each.ru for each in read(path)] == ["Да."]


def test_broken_lines_have_a_place_or_are_left_out(tmp_path: Path) -> None:
    cases = {
        "a.tsv": "kk\tru\nИә.\tДа.\nжалғыз\nЖоқ.\tНет.\n",
        "a.jsonl": '{"kk": "Иә.", "ru": "Да."}\n\n{"kk": \n{"kk": "Жоқ.", "ru": "Нет."}\n',
    }
    for name, text in cases.items():
        path = written(tmp_path / name, text)
        with pytest.raises(FormatError, match="line 3"):
            read(path)
        file = UnitFile(path, import_format(path), is_lenient=True)
        assert [each.ru for each in file] == ["Да.", "Нет."]
        assert file.left_out["broken"] == 1


def test_what_no_database_keeps_is_left_out(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", '{"kk": "И\\u0000ә", "ru": "Да"}\n{"kk": "\\ud83d", "ru": "Да"}\n[1]\n')
    file = UnitFile(path, "jsonl", is_lenient=True)
    assert list(file) == []
    assert sum(file.left_out.values()) == 3


def test_what_is_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no format of translation units"):
        import_format(tmp_path / "a.pdf")
    with pytest.raises(MissingInputError):
        read(tmp_path / "none.tmx")
    with pytest.raises(FormatError):
        read(written(tmp_path / "text.tmx", "Бұл TMX емес."))
    path = tmp_path / "cp1251.tsv"
    path.write_bytes("Иә\tДа\n".replace("ә", "а").encode("cp1251"))
    with pytest.raises(FormatError, match="UTF-8"):
        read(path)


def test_names_of_formats() -> None:
    assert import_format(Path("A.TMX.GZ")) == "tmx"
    assert import_format(Path("a.b.mxliff")) == "xliff"
    assert import_format(Path("a.txt"), "tsv") == "tsv"


def test_the_texts_are_composed(tmp_path: Path) -> None:
    (unit,) = read(written(tmp_path / "a.tsv", "kk\tru\n\u0438\u0306е\tи\u0306од\n"))
    assert (unit.kk, unit.ru) == ("йе", "йод")
