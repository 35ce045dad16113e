"""What a second run may write over, and what it must leave to its owner."""

import gzip
from pathlib import Path

import pytest

from aligner.ingest import is_replaceable

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
