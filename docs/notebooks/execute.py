"""Run a notebook from top to bottom, in this process, and put what its cells print and draw into it.

`python docs/notebooks/execute.py docs/notebooks/researcher.ipynb` refreshes the outputs of a notebook. The tests run it
the same way, so that no kernel has to be installed. Cells may print, end in an expression, and draw with matplotlib.
"""

from __future__ import annotations

import ast
import base64
import contextlib
import io
import json
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def execute(path: Path, workplace: Path, names: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The notebook at `path` with fresh outputs. It runs in `workplace`, from which `corpora` can be reached."""
    import matplotlib

    matplotlib.use("agg")
    notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    (workplace / "corpora").symlink_to(ROOT / "corpora", target_is_directory=True)
    namespace: dict[str, Any] = {"__name__": "__main__", **(names or {})}
    with contextlib.chdir(workplace):
        count = 0
        for number, cell in enumerate(notebook["cells"]):
            if cell["cell_type"] == "code":
                count += 1
                cell["execution_count"] = count
                cell["outputs"] = _outputs("".join(cell["source"]), f"{path.name}, cell {number}", namespace, count)
    return notebook


def _outputs(source: str, name: str, namespace: dict[str, Any], count: int) -> list[dict[str, Any]]:
    from matplotlib import pyplot

    tree = ast.parse(source, name)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, name, "exec"), namespace)
        value = eval(compile(ast.Expression(last.value), name, "eval"), namespace) if last else None
    outputs: list[dict[str, Any]] = []
    if printed.getvalue():
        lines = printed.getvalue().splitlines(keepends=True)
        outputs.append({"name": "stdout", "output_type": "stream", "text": lines})
    for figure in map(pyplot.figure, pyplot.get_fignums()):
        drawn = io.BytesIO()
        figure.savefig(drawn, format="png", dpi=110, metadata={"Software": None})
        data = {"image/png": base64.b64encode(drawn.getvalue()).decode(), "text/plain": ["<Figure>"]}
        outputs.append({"data": data, "metadata": {}, "output_type": "display_data"})
    pyplot.close("all")
    if value is not None and not outputs:
        data = {"text/plain": repr(value).splitlines(keepends=True)}
        outputs.append({"data": data, "execution_count": count, "metadata": {}, "output_type": "execute_result"})
    return outputs


def main() -> None:
    for name in sys.argv[1:]:
        path = Path(name).resolve()
        with tempfile.TemporaryDirectory() as folder:
            os.environ["QOSTIL_CACHE_DIR"] = folder
            notebook = execute(path, Path(folder))
        path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
