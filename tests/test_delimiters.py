"""By what a CSV's cells are cut."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.delimiters import delimiter_of, opened_csv
from aligner.ingest import read_units
from aligner.memory.reading import UnitFile

KK, RU = "Бүгін жиын өтті, ол ұзақ, өте ұзақ болды.", "Сегодня прошло совещание, оно было долгим."
cells = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=30)


@pytest.mark.parametrize("mark", list(",;\t|"))
@pytest.mark.parametrize("head", ["kk{}ru\r\n", "\ufeffKK{}RU{}note\n", "id{}kk{}ru\n", '"kk"{}"ru"\n'])
def test_headings_tell_it_whatever_the_texts_hold(mark: str, head: str) -> None:
    lines = [head.replace("{}", mark), f"{KK}{mark}{RU}\n"]
    assert delimiter_of(lines) == mark


@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=5), st.sampled_from(",;\t|"))
def test_what_is_stated_or_headed_reads_back(rows: list[tuple[str, str]], mark: str) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=mark).writerows([("kk", "ru"), *rows])
    for opening in ("", f"sep={mark}\r\n", f"\ufeffsep={mark}\n"):
        delimiter, lines = opened_csv(io.StringIO(opening + written.getvalue(), newline=""))
        assert delimiter == mark
        assert list(map(tuple, csv.reader(lines, delimiter=delimiter))) == [("kk", "ru"), *rows]


def test_without_headings_the_mark_that_cuts_all_lines_alike_is_taken() -> None:
    lines = [f"{KK};{RU}\n", "Жоба бекітілді;Проект утверждён\n", "Ия, жиын;Да\n"]
    assert delimiter_of(lines) == ";"
    assert delimiter_of([]) == delimiter_of(["бір\n"]) == delimiter_of(["x" * 200_000]) == ","


@pytest.mark.parametrize("opening", ["kk;ru\r\n", "sep=;\r\nkk;ru\r\n", "\ufeffkk;ru\r\n", ""])
def test_what_excel_saves_in_kazakhstan_is_read_as_pairs(tmp_path: Path, opening: str) -> None:
    table = tmp_path / "excel.csv"
    table.write_text(f"{opening}{KK};{RU}\r\nЖоба бекітілді.;Проект утверждён.\r\n", encoding="utf-8", newline="")
    wanted = [(KK, RU), ("Жоба бекітілді.", "Проект утверждён.")]
    for units in (read_units(table), UnitFile(table, "csv")):
        assert [(unit.kk, unit.ru) for unit in units] == wanted
