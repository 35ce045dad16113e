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
