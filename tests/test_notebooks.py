"""docs/notebooks: each runs from top to bottom, with the checks in its cells, and is kept with its outputs."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

import aligner.api

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "notebooks"


def runner():
    found = importlib.util.spec_from_file_location("execute", FOLDER / "execute.py")
    assert found
    assert found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.ipynb")), ids=lambda path: path.stem)
def test_it_runs_from_top_to_bottom(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoder) -> None:
    pytest.importorskip("matplotlib", reason="needs matplotlib")
    pytest.importorskip("pyarrow", reason="Parquet needs qostil[parquet]")
    monkeypatch.setattr(aligner.api, "_own_encoder", lambda: encoder)
    monkeypatch.setenv("MPLCONFIGDIR", str(tmp_path / "matplotlib"))
    made = runner().execute(path, tmp_path)
    for fresh, kept in zip(made["cells"], json.loads(path.read_text(encoding="utf-8"))["cells"], strict=True):
        if fresh["cell_type"] == "code":
            kinds = [[output["output_type"] for output in cell["outputs"]] for cell in (fresh, kept)]
            assert kinds[0] == kinds[1], f"run `python docs/notebooks/execute.py {path.relative_to(ROOT)}`"
    assert sum(len(cell.get("outputs", ())) for cell in made["cells"]) >= 8
