"""What a second run may write over, and what it must leave to its owner."""

import gzip
from pathlib import Path

import pytest

from aligner.export import export_units
from aligner.ingest import is_replaceable
from aligner.records import Unit

UNIT = '<tu><tuv xml:lang="kk"><seg>Сәлем!</seg></tuv><tuv xml:lang="ru"><seg>Привет!</seg></tuv></tu>'


def tmx(tool: str, body: str = f"{UNIT}</body></tmx>") -> bytes:
    header = (
        f'<header creationtool="{tool}" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" '
        'srclang="kk" datatype="plaintext"/>'
    )
    return f'<tmx version="1.4">{header}<body>{body}'.encode()


def test_no_file_and_an_empty_one_are_nobodys(tmp_path: Path) -> None:
    empty = tmp_path / "empty.tmx"
    empty.touch()
    assert is_replaceable(empty)
    assert is_replaceable(tmp_path / "absent.tmx")


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_tmx_is_told_by_the_tool_in_its_header(tmp_path: Path, pack) -> None:
    path = tmp_path / ("memory.tmx" if pack is bytes else "memory.tmx.gz")
    path.write_bytes(pack(tmx("qostil")))
    assert is_replaceable(path)
    path.write_bytes(pack(tmx("OmegaT")))
    assert not is_replaceable(path)


def test_only_the_header_of_a_tmx_is_read(tmp_path: Path) -> None:
    path = tmp_path / "cut.tmx"
    path.write_bytes(tmx("qostil", UNIT * 20_000 + "<tu><tuv"))
    assert is_replaceable(path)


def test_somebodys_texts_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "table.tsv"
    path.write_text("kk\tru\nСәлем!\tПривет!\n", encoding="utf-8")
    assert not is_replaceable(path)
    other = tmp_path / "broken.tmx"
    other.write_bytes(b"<html>")
    assert not is_replaceable(other)


@pytest.mark.parametrize("suffix", [".tsv", ".csv", ".jsonl", ".xlsx", ".tmx"])
def test_what_was_exported_may_be_replaced(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"memory{suffix}"
    export_units([Unit("Сәлем, «әлем»!", "Привет, мир!", 0.93), Unit("Иә.", "Да.", 0.5)], path, suffix[1:])
    assert is_replaceable(path)


@pytest.mark.parametrize("suffix", [".tsv", ".csv", ".jsonl"])
def test_only_the_first_line_of_a_text_is_read(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"memory{suffix}"
    export_units([Unit("Сәлем!", "Привет!", 0.93)], path, suffix[1:])
    with path.open("ab") as file:
        file.write(b"\n\xff\x00 what no reader would take")
    assert is_replaceable(path)


def test_only_the_first_row_of_a_sheet_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "memory.xlsx"
    export_units([Unit(f"Сәлем {number}!", f"Привет {number}!", 0.93) for number in range(200)], path, "xlsx")
    monkeypatch.setattr("aligner.ingest.tables.MAX_CELLS", 50)
    assert is_replaceable(path)


@pytest.mark.parametrize("name", ["a.tsv", "a.csv", "a.jsonl", "a.xlsx", "a.txt", "a.tmx.gz", "a.pdf"])
@pytest.mark.parametrize(
    "data", [b"\xff\xfe\x00", b"[" * 100_000, b'"' * 200_000, b"PK\x03\x04", b"\n", b'{"kk": "a", "ru": "b"}']
)
def test_whatever_else_there_is_stays(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert not is_replaceable(path)
