"""aligner.ingest.units: what Qostil wrote is read again, and so is what others write."""

import datetime as dt
from pathlib import Path

import pytest

from aligner.errors import EmptyInputError, FormatError, InputError, MissingInputError
from aligner.export import export_units
from aligner.ingest import read_units
from aligner.records import Unit

UNITS = [
    Unit("«Сәлем» & қош", "Привет\u00a0и пока", 0.9321, "а.txt", "б.txt#2", dt.date(2026, 5, 4), ("length_ratio 2.1",)),
    Unit("=1+1 екі", "- Это два", 0.5),
]


@pytest.mark.parametrize("suffix", [".tmx", ".tmx.gz", ".csv", ".jsonl", ".xlf", ".parquet"])
def test_what_was_written_is_read(suffix: str, tmp_path: Path) -> None:
    if suffix == ".parquet":
        pytest.importorskip("pyarrow", reason="Parquet needs qostil[parquet]")
    path = tmp_path / f"u{suffix}"
    kind = {".tmx.gz": "tmx", ".xlf": "xliff"}.get(suffix, suffix[1:])
    export_units(UNITS, path, kind)
    read = list(read_units(path))
    assert [(unit.kk, unit.ru, unit.date, unit.reasons) for unit in read] == [
        (unit.kk, unit.ru, unit.date, unit.reasons) for unit in UNITS
    ]
    assert [round(unit.score, 4) for unit in read] == [unit.score for unit in UNITS]
    assert [(unit.kk_source, unit.ru_source) for unit in read] == [("а.txt", "б.txt#2"), (None, None)]


def test_tables_of_others(tmp_path: Path) -> None:
    path = tmp_path / "t.tsv"
    path.write_text("\ufeffru\tid\tkk\nпривет\t5\tсәлем\n\n", encoding="utf-8")
    assert list(read_units(path)) == [Unit("сәлем", "привет", 1.0)]
    path.write_text("сәлем\tпривет\tнечто\r\n\tбез пары\n", encoding="utf-8")
    assert list(read_units(path)) == [Unit("сәлем", "привет", 1.0)]


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("a.tsv", b"one column\n", FormatError),
        ("a.tsv", b"", EmptyInputError),
        ("a.tsv", "сәлем\tпривет".encode("cp1251", "replace"), FormatError),
        ("a.jsonl", b'{"kk": "a"}\n', FormatError),
        ("a.jsonl", b"[1, 2]\n", FormatError),
        ("a.tmx", b"<tmx><body>", FormatError),
        ("a.docx", b"PK", InputError),
    ],
)
def test_what_can_not_be_read_is_said(name: str, content: bytes, error: type[InputError], tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(error):
        list(read_units(tmp_path / name))


def test_missing_files_and_unequal_ones(tmp_path: Path) -> None:
    with pytest.raises(MissingInputError):
        list(read_units(tmp_path / "a.tmx"))
    (tmp_path / "a.kk").write_text("сәлем\nқош\n", encoding="utf-8")
    (tmp_path / "a.ru").write_text("привет\n", encoding="utf-8")
    with pytest.raises(FormatError, match="different numbers"):
        list(read_units(tmp_path / "a.moses"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b'kk,ru\n"a"x\ry,b\n'),
        ("a.csv", b"kk,ru\n" + b"x" * 200_000 + b",b\n"),
        ("a.jsonl", b'{"kk": 5, "ru": {"a": 1}}\n'),
        ("a.jsonl", b'{"kk": ' + b"[" * 100_000),
    ],
)
def test_what_is_no_text_is_refused(name: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FormatError):
        list(read_units(path))


def test_what_is_beside_the_texts_may_be_anything(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"kk": "сәлем", "ru": "привет", "reasons": 5, "kk_source": [], "date": {}}\n', encoding="utf-8")
    assert list(read_units(path)) == [Unit("сәлем", "привет", 1.0)]


def test_parquet_of_others(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow", reason="Parquet needs qostil[parquet]")
    pq = pytest.importorskip("pyarrow.parquet", reason="Parquet needs qostil[parquet]")
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"kk": ["сәлем"], "ru": ["привет"], "date": [dt.datetime(2026, 5, 4, 10)]}), path)
    assert list(read_units(path)) == [Unit("сәлем", "привет", 1.0, date=dt.date(2026, 5, 4))]
    pq.write_table(pa.table({"kk": [1], "ru": [2]}), path)
    with pytest.raises(FormatError, match="no Parquet file that can be read"):
        list(read_units(path))
    pq.write_table(pa.table({"kk": pa.array([b"\xff"]).cast(pa.string(), safe=False), "ru": ["a"]}), path)
    with pytest.raises(FormatError, match="no Parquet file that can be read"):
        list(read_units(path))
    days = pa.array([-1_660_923_858], pa.int32()).view(pa.date32())
    pq.write_table(pa.table({"kk": ["сәлем"], "ru": ["привет"], "date": days}), path)
    with pytest.raises(FormatError, match="no Parquet file that can be read"):
        list(read_units(path))
