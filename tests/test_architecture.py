"""The rules of the house that a machine can check: which way imports point, what an import costs, what is public."""

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HEAVY = {
    "torch",
    "onnxruntime",
    "faiss",
    "nltk",
    "trafilatura",
    "docx",
    "sentence_transformers",
    "transformers",
    "scipy",
    "ray",
}
LEAVES = {
    "records",
    "errors",
    "centring",
    "dates",
    "delimiters",
    "language",
    "evidence",
    "messages",
    "look_alikes",
    "scripts",
    "duplicates",
}
STAGES = {
    "ingest",
    "segment",
    "encode",
    "pair",
    "align",
    "mine",
    "judge",
    "memory",
    "export",
    "filter",
    "dataset",
    "terms",
}
JOINERS = {"pipeline", "batching", "mining", "cluster", "pretranslate", "corpus", "fetch"}
FACES = {"api", "doctor", "summary", "report", "cli", "review", "serve", "__main__"}


def modules(package: str) -> list[tuple[str, Path]]:
    found = []
    for path in sorted((ROOT / package).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found.append((".".join(parts[:-1] if parts[-1] == "__init__" else parts), path))
    return found


def imports_of(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import"
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def room(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


def allowed_rooms(own: str) -> set[str]:
    if own in LEAVES:
        return LEAVES
    if own in STAGES:
        return LEAVES | {own}
    if own in JOINERS:
        return LEAVES | STAGES | JOINERS
    return LEAVES | STAGES | JOINERS | FACES


@pytest.mark.parametrize(("module", "path"), modules("aligner"), ids=lambda value: str(value))
def test_imports_point_one_way(module: str, path: Path) -> None:
    own = room(module)
    assert own in LEAVES | STAGES | JOINERS | FACES | {""}, f"{module}: which room is this?"
    for name in imports_of(path):
        if name == "aligner" or name.startswith("aligner."):
            target = room(name)
            assert not target or own == "" or target in allowed_rooms(own), f"{module} imports {name}"
        if (name == "tmx" or name.startswith("tmx.")) and own:
            assert own in {"export", "memory", "ingest", "cli"}, f"{module} imports {name}"


@pytest.mark.parametrize(("module", "path"), modules("tmx"), ids=lambda value: str(value))
def test_tmx_stands_alone(module: str, path: Path) -> None:
    assert not any(name.split(".")[0] == "aligner" for name in imports_of(path)), module


def test_importing_loads_nothing_heavy() -> None:
    names = [module for package in ("aligner", "tmx") for module, _ in modules(package)]
    names = [name for name in names if not name.endswith("__main__")]
    code = (
        "import importlib, sys\n"
        f"for name in {names!r}: importlib.import_module(name)\n"
        f"print(sorted({HEAVY!r} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() == "[]"


@pytest.mark.parametrize("package", ["aligner", "tmx"])
def test_what_is_public_exists(package: str) -> None:
    for name, path in modules(package):
        if path.name == "__main__.py":
            continue
        module = importlib.import_module(name)
        if path.name == "__init__.py" and path.stat().st_size:
            for public in getattr(module, "__all__", ()):
                assert hasattr(module, public), f"{name}.{public}"
        else:
            assert hasattr(module, "__all__"), f"{name} says not what is public"


def test_no_print_and_no_exit_outside_the_command_line() -> None:
    for _, path in [*modules("aligner"), *modules("tmx")]:
        if "cli" in (path.stem, path.parent.name):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                assert called not in {"print", "sys.exit", "exit", "quit"}, f"{path}: {called}"
            if isinstance(node, ast.ExceptHandler):
                assert node.type is not None, f"{path}: bare except"
