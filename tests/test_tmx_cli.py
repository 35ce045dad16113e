"""tmx.cli: thin, with exit codes that scripts can rely on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tmx_documents import memory
from typer.testing import CliRunner

from tmx import Header, read, write
from tmx.cli import app

runner = CliRunner()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.tmx"
    write(path, memory(("су", "вода"), ("от", "огонь"), ("су", "водичка")).units, Header(srclang="kk"))
    return path


@pytest.fixture
def broken(path: Path) -> Path:
    broken = path.with_name("broken.tmx")
    broken.write_text(path.read_text(encoding="utf-8").replace("<seg>огонь</seg>", ""), encoding="utf-8")
    return broken


COMMANDS = [
    ["merge", "{in}", "{in}", "-o", "{out}"],
    ["clean", "{in}", "-o", "{out}"],
    ["convert", "{in}", "-o", "{out}", "-l", "kk,ru"],
    ["split", "{in}", "-o", "{out}", "--max-units", "9"],
    ["sample", "{in}", "-o", "{out}", "-n", "9"],
    ["reverse", "{in}", "-o", "{out}", "--source-language", "ru"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_exit_codes(command: list[str], path: Path, broken: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.tmx"

    def run(source: Path, *more: str) -> tuple[int, str]:
        result = runner.invoke(app, [part.format(**{"in": source, "out": out}) for part in command] + list(more))
        return result.exit_code, result.output

    assert run(path)[0] == 0
    assert len(read(out)) in (2, 3)
    out.unlink()
    code, output = run(broken)
    assert code == 1
    assert f"error: {broken}, line" in output
    assert "unit 2" in output
    assert not out.exists()
    code, output = run(broken, "--lenient")
    assert code == 3
    assert "skipped: " in output
    assert out.exists()
    out.unlink()
    assert run(tmp_path / "none.tmx")[0] == 1
    assert run(path, "--nonsense")[0] == 2
    assert not out.exists()


def test_validate(path: Path, broken: Path) -> None:
    result = runner.invoke(app, ["validate", str(path)])
    assert result.exit_code == 0
    assert "T007 warning: several translations of one text (Phrase, OmegaT): " in result.output
    result = runner.invoke(app, ["validate", str(broken), "--level", "schema", "--json"])
    assert result.exit_code == 1
    (finding,) = [json.loads(line) for line in result.output.splitlines()]
    assert (finding["rule"], finding["unit"]) == ("S004", 2)
    assert runner.invoke(app, ["validate", str(path), "--level", "perfect"]).exit_code == 2


def test_validate_sums_up(path: Path) -> None:
    write(path, memory(*[(f" {n}", "a") for n in range(30)]).units, Header(srclang="kk"))
    result = runner.invoke(app, ["validate", str(path)])
    assert result.output.count("T001") == 12
    assert "T001: 20 more" in result.output
    assert runner.invoke(app, ["validate", str(path), "--all"]).output.count("T001") == 31


def test_diff(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "b.tmx"
    write(other, memory(("су", "вода"), ("от", "пламя")).units, Header(srclang="kk"))
    result = runner.invoke(app, ["diff", str(path), str(other)])
    assert result.exit_code == 0
    assert "- ru: огонь\n+ ru: пламя" in result.output
    assert "0 added, 1 removed, 1 changed" in result.output
    lines = runner.invoke(app, ["diff", str(path), str(other), "--format", "json"]).stdout.splitlines()
    assert [json.loads(line)["kind"] for line in lines if line.startswith("{")] == ["changed", "removed"]


def test_stats(path: Path, broken: Path) -> None:
    result = runner.invoke(app, ["stats", str(path)])
    assert "units: 3" in result.output
    assert "kk (source): 3 segments" in result.output
    assert json.loads(runner.invoke(app, ["stats", str(path), "--json"]).output)["ambiguous"] == 1
    assert runner.invoke(app, ["stats", str(broken)]).exit_code == 1


def test_wrong_usage(path: Path, tmp_path: Path) -> None:
    for command in (
        ["split", str(path), "-o", "x.tmx"],
        ["convert", str(path), "-o", str(tmp_path / "x.doc")],
        ["merge", "-o", "x.tmx"],
        ["nothing"],
    ):
        assert runner.invoke(app, command).exit_code == 2


def test_an_unknown_profile_is_an_error(path: Path, tmp_path: Path) -> None:
    result = runner.invoke(app, ["merge", str(path), "-o", str(tmp_path / "x.tmx"), "--languages", "short"])
    assert result.exit_code == 1
    assert "no language profile" in result.output
