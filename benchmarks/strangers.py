"""How long three strangers take, from an empty environment to what they came for: docs/first-ten-minutes.md.

usage: python -m benchmarks.strangers WHEEL [--torch 'torch==2.13.0+cpu']

The wheel is installed as the README says, into a fresh environment that sees no source tree, and the commands of the
three tutorials are run on the sample releases, which lie in one folder as Word files with names that say nothing.
Written: benchmarks/results/strangers.json, seconds for each step. Installing depends on the line: the package index of
the machine is used.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path

import docx

from aligner.pipeline import read_inputs
from benchmarks.explained import ROOT, SAMPLE, sample_files
from benchmarks.results_file import corpus_hashes, installed_versions, write_results

__all__ = ["word_folder"]

_TORCH = ("torch", "--index-url", "https://download.pytorch.org/whl/cpu")
_PORT = 8931


def word_folder(folder: Path) -> int:
    """Write every release of the sample as a Word file; how many there are."""
    documents = read_inputs([SAMPLE / "kk", SAMPLE / "ru"]).usable
    for number, each in enumerate(sorted(documents, key=lambda one: Path(one.name).stem[::-1])):
        written = docx.Document()
        written.add_heading(each.title or "", 1)
        for paragraph in each.paragraphs:
            written.add_paragraph(paragraph.text)
        written.save(str(folder / f"Документ{number}.docx"))
    return len(documents)


class _Stranger:
    """One who works in a folder of their own; `steps` says how many seconds each command took."""

    def __init__(self, place: Path, name: str, bin_folder: Path) -> None:
        self.folder = place / name
        self.folder.mkdir()
        self.bin = bin_folder
        self.steps: dict[str, float] = {}
        kept = {key: value for key, value in os.environ.items() if key.startswith(("PIP_", "SSL_", "http", "HTTP"))}
        self._environment = kept | {
            "PATH": f"{bin_folder}:/usr/bin:/bin",
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "QOSTIL_CACHE_DIR": str(self.folder / "cache"),
        }

    def timed(self, step: str, act: Callable[[], object]) -> None:
        start = time.perf_counter()
        act()
        self.steps[step] = round(time.perf_counter() - start, 1)
        print(f"{self.folder.name}: {step}: {self.steps[step]} s", flush=True)

    def run(self, step: str, *words: str) -> None:
        """Run a command and time it; CalledProcessError where it fails."""
        self.timed(step, lambda: self._run(words))

    def until_answered(self, step: str, words: Sequence[str], address: str | None = None) -> None:
        """Start a server and time how long it takes until its page, the printed one or `address`, is there."""

        def act() -> None:
            command = [str(self.bin / words[0]), *words[1:]]
            with subprocess.Popen(
                command,
                cwd=self.folder,
                env=self._environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            ) as server:
                assert server.stdout is not None
                try:
                    _wait_for(address or server.stdout.readline().strip())
                finally:
                    server.terminate()

        self.timed(step, act)

    def _run(self, words: Sequence[str]) -> None:
        command = [str(self.bin / words[0]), *words[1:]]
        subprocess.run(command, cwd=self.folder, env=self._environment, check=True, capture_output=True)


def _wait_for(address: str, patience_s: float = 60) -> None:
    """Until the address answers 200; TimeoutError where it never does."""
    # The review page lets in who has its cookie.
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    start = time.monotonic()
    while time.monotonic() - start < patience_s:
        try:
            with browser.open(address, timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"{address} did not answer")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("wheel", type=Path)
    parser.add_argument("--torch", help="the requirement to be had from the machine's own package index", default=None)
    options = parser.parse_args()
    wheel = options.wheel.resolve()
    with tempfile.TemporaryDirectory() as made:
        place = Path(made)
        installing = _Stranger(place, "install", place / "venv" / "bin")
        system_python = Path(sys.base_prefix) / "bin" / "python3"
        installing.timed(
            "environment", lambda: subprocess.run([system_python, "-m", "venv", place / "venv"], check=True)
        )
        installing.run(
            "torch", "pip", "install", *([options.torch] if options.torch else _TORCH), "--no-cache-dir", "-q"
        )
        installing.run("qostil", "pip", "install", f"{wheel}[serve,parquet]", "--no-cache-dir", "-q")

        translator = _Stranger(place, "translator", installing.bin)
        (translator.folder / "releases").mkdir()
        files = word_folder(translator.folder / "releases")
        translator.run("inspect", "qostil", "inspect", "releases")
        translator.run("batch", "qostil", "batch", "releases", "-o", "memory.tmx")
        translator.until_answered("review", ["qostil", "review", "memory.db", "--no-open"])
        translator.run(
            "memory export",
            "qostil",
            "memory",
            "export",
            "-o",
            "checked.tmx",
            "--memory",
            "memory.db",
            "--min-score",
            "0.8",
        )
        assert (translator.folder / "checked.tmx").stat().st_size

        researcher = _Stranger(place, "researcher", installing.bin)
        (researcher.folder / "releases").symlink_to(translator.folder / "releases")
        researcher.run("batch", "qostil", "batch", "releases", "-o", "memory.tmx", "--quiet")
        researcher.run(
            "export a table", "qostil", "export", "memory.db", "-o", "corpus.tsv", "--test", "50", "--min-score", "0.8"
        )
        researcher.run(
            "export Parquet", "qostil", "export", "memory.db", "-o", "corpus", "--test", "50", "--min-score", "0.8"
        )
        assert (researcher.folder / "corpus" / "README.md").exists()

        engineer = _Stranger(place, "engineer", installing.bin)
        (engineer.folder / "releases").symlink_to(translator.folder / "releases")
        engineer.run("doctor", "qostil", "doctor")
        engineer.run("batch", "qostil", "batch", "releases", "-o", "memory.tmx", "--quiet")
        engineer.run("token", "qostil", "serve", "--memory", "memory.db", "--new-token", "weblate")
        engineer.until_answered(
            "serve",
            ["qostil", "serve", "--memory", "memory.db", "--port", str(_PORT)],
            f"http://127.0.0.1:{_PORT}/health",
        )
        engineer.run("backup", "qostil", "memory", "backup", "-o", "monday.db", "--memory", "memory.db")
        size = sum(
            path.stat().st_size for path in (place / "venv").rglob("*") if path.is_file() and not path.is_symlink()
        )
        results = {
            "files": files,
            "installed_mb": round(size / 1e6),
            "seconds": {each.folder.name: each.steps for each in (installing, translator, researcher, engineer)},
        }
    write_results("strangers", results, installed_versions("qostil", "pip"), corpus_hashes(sample_files(), ROOT))


if __name__ == "__main__":
    main()
