"""docs/tmx.md: every example runs and prints what it says, and the public face of the package is what it shows."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import tmx
from tmx.cli import app

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"```(python|console)\n(.*?)```", re.DOTALL)


def test_the_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = BLOCK.findall((ROOT / "docs" / "tmx.md").read_text(encoding="utf-8"))
    names: dict[str, object] = {}
    verbs = set()
    for kind, text in blocks:
        if kind == "python":
            exec(compile(text, "docs/tmx.md", "exec"), names)
            continue
        command, _, expected = text.partition("\n")
        assert command.startswith("$ qostil tmx ")
        arguments = shlex.split(command)[3:]
        verbs.add(arguments[0])
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 0, result.output
        assert result.output == expected
    assert verbs == {
        command.name or command.callback.__name__ for command in app.registered_commands if command.callback
    }


def test_the_public_names_are_there() -> None:
    assert tmx.__all__ == sorted(tmx.__all__, key=lambda name: (name[0].islower(), name))
    assert all(hasattr(tmx, name) for name in tmx.__all__)


def test_the_package_stands_alone_and_is_cheap_to_import() -> None:
    code = "import sys, tmx, tmx.texts, tmx.validate, tmx.merge; print(*sorted(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in run.stdout.split()}
    assert not loaded & {"aligner", "lxml", "typer", "openpyxl", "py3langid", "numpy", "translate"}
    for path in (ROOT / "tmx").glob("*.py"):
        assert "aligner" not in path.read_text(encoding="utf-8")
