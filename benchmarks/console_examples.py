"""Run every command that the READMEs and the docs show, and put the numbers that it prints into the page.

usage: python -m benchmarks.console_examples [PAGE…]      (make figures runs it)

In a ```console block, a line `$ qostil …` is a command, and what follows is what it prints. A line `…` stands for any
lines, a final `…` for the rest of a line. `<!-- file NAME -->` above a block says that it is the content of a file.
tests/test_docs.py runs the same commands and holds the pages to it.
"""

from __future__ import annotations

import itertools
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

__all__ = ["PAGES", "blocks", "far_apart", "masked", "with_what_is_printed"]

ROOT = Path(__file__).resolve().parents[1]
PAGES = [
    *("README.md", "README.kk.md", "README.ru.md"),
    *(
        f"docs/{language}tutorials/{name}.md"
        for language in ("", "kk/", "ru/")
        for name in ("translator", "researcher", "server")
    ),
    *("docs/how-to/encoders.md", "docs/commands.md", "docs/cron.md"),
]
"""The pages whose commands are run; docs/tmx.md has examples of another kind, and tests/test_tmx_docs.py."""
_FILE_OR_BLOCK = re.compile(r"(?:<!-- file (?P<name>\S+) -->\n)?```(?P<kind>\w+)\n(?P<text>.*?)```", re.DOTALL)
_COMMAND = re.compile(r"^\$ (?P<command>.*)\n(?P<printed>(?:(?!\$ ).*\n)*)", re.MULTILINE)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*%?")


def blocks(page: str) -> Iterator[tuple[str | None, str, str]]:
    """The code blocks of a page: the file it is the content of, its kind, its text."""
    for match in _FILE_OR_BLOCK.finditer((ROOT / page).read_text(encoding="utf-8")):
        yield match["name"], match["kind"], match["text"]


def with_what_is_printed(text: str, run: Callable[[Sequence[str]], str]) -> str:
    """A console block with the numbers that its commands print; ValueError where they print something else.

    `run` takes the words of a command, and gives what it prints.
    """

    def fresh(match: re.Match[str]) -> str:
        command = match["command"]
        try:
            printed = _filled(match["printed"], run(shlex.split(command)))
        except ValueError as error:
            raise ValueError(f"$ {command}\n{error}") from error
        return f"$ {command}\n{printed}"

    return _COMMAND.sub(fresh, text)


def far_apart(shown: str, printed: str) -> list[tuple[str, str]]:
    """The numbers of a page that are not those that were printed, but for what another processor makes of them.

    Vectors are rounded otherwise by another processor, which moves a unit or two over a threshold.
    """
    pairs = zip(_NUMBER.findall(shown), _NUMBER.findall(printed), strict=True)
    return [pair for pair in pairs if not _is_near(*pair)]


def _is_near(shown: str, printed: str) -> bool:
    if shown == printed:
        return True
    try:
        left, right = (float(number.rstrip("%").replace(",", "")) for number in (shown, printed))
    except ValueError:
        return False
    if printed.endswith("%"):
        leeway = 0.5
    elif printed.isdigit():
        leeway = max(2, right / 100)
    else:
        leeway = 0.02
    return abs(left - right) <= leeway


def masked(line: str) -> str:
    """The line with its numbers and the widths of its columns made alike."""
    return re.sub(r"\s+", " ", _NUMBER.sub("0", line)).strip()


def _filled(expected: str, printed: str) -> str:
    lines = iter(printed.splitlines())
    may_skip = False
    filled = []
    for line in expected.splitlines():
        if line.strip() == "…":
            may_skip = True
            filled.append(line)
            continue
        candidates = lines if may_skip else itertools.islice(lines, 1)
        found = next((candidate for candidate in candidates if _is_same(line, candidate)), None)
        if found is None:
            raise ValueError(f"not printed: {line}\nbut:\n{printed}")
        filled.append(_with_numbers_of(found, line) if line.endswith("…") else found.rstrip())
        may_skip = False
    if not may_skip and list(lines):
        raise ValueError(f"more than the page shows:\n{printed}")
    return "".join(f"{line}\n" for line in filled)


def _is_same(shown: str, printed: str) -> bool:
    wanted, found = masked(shown.removesuffix("…")), masked(printed)
    return found.startswith(wanted) if shown.endswith("…") else found == wanted


def _with_numbers_of(printed: str, shown: str) -> str:
    numbers = iter(_NUMBER.findall(printed))
    return _NUMBER.sub(lambda _: next(numbers), shown)


def _refresh(page: str, cache: Path) -> bool:
    """Run the examples of a page in a folder of their own; whether the page has changed."""
    path = ROOT / page
    text = path.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "corpora").symlink_to(ROOT / "corpora", target_is_directory=True)
        environment = os.environ | {"QOSTIL_LANG": "en", "QOSTIL_CACHE_DIR": str(cache)}

        def run(words: Sequence[str]) -> str:
            command = [sys.executable, "-m", "aligner", *words[1:]]
            done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8")
            if done.returncode:
                raise ValueError(f"exit code {done.returncode}: {done.stderr}")
            return done.stdout + done.stderr

        def fresh(match: re.Match[str]) -> str:
            if match["name"]:
                (Path(folder) / match["name"]).write_text(match["text"], encoding="utf-8")
            if match["kind"] != "console":
                return match[0]
            head, block, foot = match[0].partition(match["text"])
            return head + with_what_is_printed(block, run) + foot

        made = _FILE_OR_BLOCK.sub(fresh, text)
    if path.read_text(encoding="utf-8") != text:
        raise RuntimeError(f"{page} was changed while its examples ran; run them again")
    path.write_text(made, encoding="utf-8")
    return made != text


def main(pages: Sequence[str]) -> None:
    with tempfile.TemporaryDirectory() as cache:
        for page in pages or PAGES:
            print(f"{'written' if _refresh(page, Path(cache)) else 'as it was'}: {page}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
