"""`qostil memory`: what a person types and reads."""

import json
from functools import partial
from pathlib import Path

import pytest

from aligner.memory import Memory
from tmx import read as read_tmx

TABLE = (
    "kk\tru\tstatus\tscore\nРақмет.\tСпасибо.\treviewed\t0.9\nСәлем.\tПривет.\t\t0.4\nҚате.\tНеверно.\trejected\t0.1\n"
)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qostil):
    """Run `qostil memory` in an empty folder: exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QOSTIL_MEMORY", "m.db")
    (tmp_path / "a.tsv").write_text(TABLE, encoding="utf-8")
    return partial(qostil, "memory")


def test_import_export_and_back(run, tmp_path: Path) -> None:
    assert run("import", "a.tsv", "--by", "Айгүл")[:2] == (0, "a.tsv: 3 new units\n")
    assert run("import", "a.tsv")[1] == "a.tsv: 0 new units, 3 known before\n"
    assert run("export", "-o", "all.tmx")[:2] == (0, "2 units written to all.tmx\n")
    props = [(unit.text("kk"), unit.prop("x-status"), unit.attributes["creationid"]) for unit in read_tmx("all.tmx")]
    assert props == [("Рақмет.", "reviewed", "Айгүл"), ("Сәлем.", None, "Айгүл")]
    assert run("export", "-o", "some.tsv", "--min-score", "0.5")[1].startswith("1 unit ")
    assert run("export", "-o", "bad.tsv", "--status", "rejected")[1].startswith("1 unit ")
    assert run("import", "all.tmx", "-m", "other.db")[0] == 0
    with Memory.open(tmp_path / "other.db") as memory:
        assert [(unit.kk, unit.status, unit.creator) for unit in memory.units()] == [
            ("Рақмет.", "reviewed", "Айгүл"),
            ("Сәлем.", "automatic", "Айгүл"),
        ]


def test_a_file_that_can_not_be_imported_leaves_nothing(run, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text('{"kk": "Иә.", "ru": "Да."}\n{\n', encoding="utf-8")
    code, out, err = run("import", "bad.jsonl")
    assert (code, out) == (1, "")
    assert "bad.jsonl, line 2" in err
    assert "0 units" in run("check")[1]
    code, out, _ = run("import", "bad.jsonl", "--lenient", "--json")
    assert code == 3
    record = json.loads(out)
    assert record == {"file": "bad.jsonl", "units_added": 1, "units_known": 0, "left_out": {"broken": 1}}
    assert run("import", "none.tmx")[0] == 1


def test_history_undo_and_redo(run) -> None:
    run("import", "a.tsv", "--by", "Айгүл")
    code, out, _ = run("history")
    assert code == 0
    assert out.split()[0] == "1"
    assert out.rstrip().endswith("Айгүл  import  3 units of a.tsv")
    (record,) = map(json.loads, run("history", "--json")[1].splitlines())
    assert (record["id"], record["who"], record["undone_by"]) == (1, "Айгүл", None)
    assert run("undo")[1].startswith("undone: 1 ")
    assert run("undo")[1] == "nothing to be undone\n"
    assert run("redo")[1].startswith("done again: 1 ")
    assert "3 units" in run("check")[1]
    assert run("redo")[1] == "nothing to be done again\n"
    assert run("undo", "--change", "77")[2].startswith("error: the history has no change 77")


def test_stats_check_vacuum_and_backup(run) -> None:
    run("import", "a.tsv")
    record = json.loads(run("stats", "--json")[1])
    assert (record["units"], record["statuses"]) == (3, {"automatic": 1, "reviewed": 1, "rejected": 1})
    assert "1 at 0.4–0.5" in run("stats")[1]
    assert run("check")[:2] == (0, "in order: 0 documents, 0 pairs, 3 units\n")
    assert " MB → " in run("vacuum")[1]
    assert run("dedupe")[1] == "0 units merged into others; 3 left\n"
    assert run("backup", "-o", "b.db")[0] == 0
    assert run("backup", "-o", "b.db")[0] == 1
    assert "3 units" in run("check", "-m", "b.db")[1]
    assert run("import", "b.db", "-m", "c.db")[:2] == (0, "b.db: 3 new units\n")
    assert run("import", "b.db", "-m", "./b.db")[0] == 2


def test_a_mistyped_memory_is_an_error(run, tmp_path: Path) -> None:
    for verb in (["stats"], ["check"], ["history"], ["undo"], ["vacuum"], ["dedupe"], ["export", "-o", "x.tmx"]):
        code, out, err = run(*verb)
        assert (code, out) == (1, "")
        assert "there is no memory" in err
    assert [path.name for path in tmp_path.iterdir()] == ["a.tsv"]


def test_a_damaged_memory_is_exit_code_1(run, tmp_path: Path) -> None:
    run("import", "a.tsv")
    with Memory.open(tmp_path / "m.db") as memory, memory.engine.writing() as session:
        session.execute("UPDATE units SET ru = 'Бұзылған' WHERE kk = 'Рақмет.'")
    code, out, _ = run("check")
    assert code == 1
    assert "not those it was stored with; restore a backup" in out
