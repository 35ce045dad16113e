"""aligner.export: units and beads in the files that others read."""

import csv
import datetime as dt
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import tmx
from aligner.errors import MissingExtraError, OutputError
from aligner.export import FORMATS, check_writable, export_units, format_of, paths_of, write_beads, write_vectors
from aligner.records import Bead, Unit
from tmx.context import Context, context_of

STAMP = dt.datetime(2026, 11, 22, 10, 0, tzinfo=dt.UTC)
UNITS = [
    Unit("Сәлем & <қош>.", "Привет & <пока>.", 0.93211, "а.txt", "б.txt", dt.date(2026, 5, 4), (), None, "Рақмет."),
    Unit("Рақмет.", "Спасибо\tвсем.", 0.5, "а.txt", "б.txt", None, ("length_ratio 2.1",), "Сәлем & <қош>.", None),
]


def test_tmx_holds_everything_and_is_the_same_each_time(tmp_path: Path) -> None:
    for name in ("1.tmx", "2.tmx"):
        assert export_units(UNITS, tmp_path / name, "tmx", STAMP) == 2
    data = (tmp_path / "1.tmx").read_bytes()
    assert data == (tmp_path / "2.tmx").read_bytes()
    document = tmx.read(tmp_path / "1.tmx")
    assert document.header.srclang == "kk"
    assert document.header.creationdate == "20261122T100000Z"
    assert [(unit.text("kk"), unit.text("ru")) for unit in document] == [(unit.kk, unit.ru) for unit in UNITS]
    first, second = document.units
    assert (first.prop("x-score"), first.prop("x-kk-source"), first.prop("x-date")) == ("0.9321", "а.txt", "2026-05-04")
    assert context_of(first) == Context(None, "Рақмет.")
    assert first.variants[0].prop("context_next") == "Рақмет."
    assert context_of(second) == Context("Сәлем & <қош>.", None)
    assert second.prop("x-reasons") == "length_ratio 2.1"
    assert first.tuid != second.tuid


def test_tmx_with_regional_codes(tmp_path: Path) -> None:
    export_units(UNITS, tmp_path / "r.tmx", "tmx", STAMP, "regional")
    document = tmx.read(tmp_path / "r.tmx")
    assert document.header.srclang == "kk-KZ"
    assert [variant.language for variant in document.units[0].variants] == ["kk-KZ", "ru-RU"]


def test_lines(tmp_path: Path) -> None:
    export_units(UNITS, tmp_path / "u.tsv", "tsv")
    rows = [line.split("\t") for line in (tmp_path / "u.tsv").read_text(encoding="utf-8").splitlines()]
    assert [row[:3] for row in rows] == [
        ["Сәлем & <қош>.", "Привет & <пока>.", "0.9321"],
        ["Рақмет.", "Спасибо всем.", "0.5000"],
    ]
    export_units(UNITS, tmp_path / "u.csv", "csv")
    read = list(csv.DictReader(io.StringIO((tmp_path / "u.csv").read_text(encoding="utf-8-sig"), newline="")))
    assert [row["ru"] for row in read] == [unit.ru for unit in UNITS]
    export_units(UNITS, tmp_path / "u.jsonl", "jsonl")
    records = [json.loads(line) for line in (tmp_path / "u.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [record["reasons"] for record in records] == [[], ["length_ratio 2.1"]]


def test_format_of() -> None:
    assert format_of(Path("a.tmx")) == format_of(Path("A.TMX.GZ")) == "tmx"
    assert format_of(Path("a.txt"), "tsv") == "tsv"
    with pytest.raises(OutputError, match=r"a\.docx: no format"):
        format_of(Path("a.docx"))


def test_beads_and_vectors(tmp_path: Path) -> None:
    write_beads([Bead((0, 1), (0,), 0.93), Bead((), (1,), 0.0), Bead((2,), (2,), 0.5, moved=True)], tmp_path / "b")
    assert (tmp_path / "b").read_text(encoding="utf-8").splitlines() == [
        '{"kk": [0, 1], "ru": [0], "score": 0.93}',
        '{"kk": [], "ru": [1], "score": 0.0}',
        '{"kk": [2], "ru": [2], "score": 0.5, "moved": true}',
    ]
    vectors = np.eye(3, dtype=np.float32)
    write_vectors(vectors, tmp_path / "v.npy")
    assert np.array_equal(np.load(tmp_path / "v.npy"), vectors)


def test_what_can_not_be_written_is_said_before_the_work(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="is a folder"):
        check_writable(tmp_path)
    with pytest.raises(OutputError, match="there is no folder"):
        check_writable(tmp_path / "no" / "out.tmx")
    check_writable(tmp_path / "out.tmx")
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_export_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "out.tmx"
    target.write_text("the old one", encoding="utf-8")

    def failing():
        yield UNITS[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_units(failing(), target, "tmx", STAMP)
    assert target.read_text(encoding="utf-8") == "the old one"
    assert [path.name for path in tmp_path.iterdir()] == ["out.tmx"]


FORMULAS = [Unit("=1+1 екі", "-это два", 1.0), Unit("+7 нөмір", "@кто-то", 0.25)]


@pytest.mark.parametrize("kind", sorted(FORMATS))
def test_every_format_is_the_same_each_time(kind: str, tmp_path: Path) -> None:
    if kind == "parquet":
        pytest.importorskip("pyarrow", reason="Parquet needs qostil[parquet]")
    files = []
    for name in ("1", "2"):
        target = tmp_path / f"{name}{FORMATS[kind][0]}"
        assert export_units([*UNITS, *FORMULAS], target, kind, STAMP) == 4
        files.append([path.read_bytes() for path in paths_of(target, kind)])
    assert files[0] == files[1]
    assert len(list(tmp_path.iterdir())) == 2 * len(files[0])


def test_no_text_is_a_formula(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="Excel files need qostil[xlsx]")
    export_units(FORMULAS, tmp_path / "u.xlsx", "xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "u.xlsx").active
    assert [[cell.value for cell in row[:3]] for row in sheet.iter_rows(min_row=2)] == [
        ["=1+1 екі", "-это два", 1],
        ["+7 нөмір", "@кто-то", 0.25],
    ]
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row[:2]} == {"s"}
    assert sheet.freeze_panes == "A2"
    export_units(FORMULAS, tmp_path / "u.csv", "csv")
    lines = (tmp_path / "u.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[1].startswith("'=1+1 екі,'-это два,")


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_xlsx_opens_in_libreoffice(tmp_path: Path) -> None:
    export_units([*UNITS, *FORMULAS], tmp_path / "u.xlsx", "xlsx")
    profile, columns = f"-env:UserInstallation=file://{tmp_path}/profile", "csv:Text - txt - csv (StarCalc):44,34,76"
    subprocess.run(
        [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            columns,
            "--outdir",
            str(tmp_path),
            str(tmp_path / "u.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    rows = list(csv.reader(io.StringIO((tmp_path / "u.csv").read_text(encoding="utf-8"))))
    assert [row[:2] for row in rows[1:]] == [[unit.kk, unit.ru] for unit in [*UNITS, *FORMULAS]]


def test_a_missing_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind, module, extra in (("parquet", "pyarrow", "parquet"), ("xlsx", "openpyxl", "xlsx")):
        monkeypatch.setitem(sys.modules, module, None)
        with pytest.raises(MissingExtraError, match=rf"qostil\[{extra}\]"):
            export_units(UNITS, tmp_path / f"u.{kind}", kind)
    assert list(tmp_path.iterdir()) == []


def test_moses_files_hold_a_line_a_unit(tmp_path: Path) -> None:
    export_units([Unit("бір\nекі\u2028үш", "раз\r\nдва", 1.0), *UNITS], tmp_path / "c.moses", "moses")
    kk, ru = ((tmp_path / f"c.{side}").read_text(encoding="utf-8").split("\n") for side in ("kk", "ru"))
    assert kk == ["бір екі үш", UNITS[0].kk, UNITS[1].kk, ""]
    assert len(ru) == len(kk)
