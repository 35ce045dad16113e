"""README.md and docs: every example runs and prints what it says, and no command or option is left out.

docs/tmx.md has tests/test_tmx_docs.py.
"""

from __future__ import annotations

import contextlib
import io
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
import typer.main

import aligner.encode
from aligner import cli
from aligner.export import FORMATS, export_units
from aligner.ingest.datelines import split_dateline
from aligner.ingest.files import READABLE_SUFFIXES
from aligner.ingest.residue import residue_reason
from benchmarks.console_examples import PAGES, blocks, far_apart, with_what_is_printed

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = "docs/commands.md"
READMES = PAGES[:3]
STORIES = [page for page in PAGES if "/tutorials/" in page]
QUIET_BATCH = ["qostil", "batch", "corpora/sample/kk", "corpora/sample/ru", "-o", "memory.tmx", "--quiet"]
SHARED_SECTION = "What holds for all of them"
ROOT_COMMAND = typer.main.get_command(cli.app)


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoder, use_in_commands) -> Path:
    """A folder from which the sample can be reached, and nothing else of the project."""
    (tmp_path / "corpora").symlink_to(ROOT / "corpora", target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QOSTIL_CACHE_DIR", str(tmp_path / "cache"))
    use_in_commands(encoder)
    monkeypatch.setattr(aligner.encode, "load_encoder", lambda name=None: encoder)
    return tmp_path


@pytest.fixture(scope="session")
def quiet_batch(tmp_path_factory: pytest.TempPathFactory, encoder) -> list[Path]:
    """What the command makes with which many pages begin, and which prints nothing: run once for all of them."""
    place = tmp_path_factory.mktemp("quiet")
    (place / "corpora").symlink_to(ROOT / "corpora", target_is_directory=True)
    with pytest.MonkeyPatch.context() as patch, contextlib.chdir(place):
        patch.setenv("QOSTIL_CACHE_DIR", str(place / "cache"))
        patch.setattr(aligner.cli.batch, "encoder_named", lambda name: encoder)
        patch.setattr(sys, "argv", [*QUIET_BATCH])
        with pytest.raises(SystemExit) as stopped:
            cli.main()
    assert not stopped.value.code
    return [place / "memory.db", place / "memory.tmx"]


def sections(page: str) -> dict[str, str]:
    """Each second-level heading of a page and what stands below it."""
    _, *parts = re.split(r"^## ", (ROOT / page).read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {title: text for title, _, text in (part.partition("\n") for part in parts)}


@pytest.mark.parametrize("page", PAGES)
def test_the_shell_examples_run(
    page: str,
    workplace: Path,
    quiet_batch: list[Path],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def run(words: Sequence[str]) -> str:
        assert words[0] == "qostil"
        if words == QUIET_BATCH and not Path("memory.db").exists():
            for made in quiet_batch:
                shutil.copy(made, workplace)
            return ""
        monkeypatch.setattr(sys, "argv", [*words])
        with pytest.raises(SystemExit) as stopped:
            cli.main()
        captured = capsys.readouterr()
        assert not stopped.value.code, f"{words}\n{captured.err}"
        return captured.out + captured.err

    examples = 0
    for name, kind, text in blocks(page):
        if name:
            (workplace / name).write_text(text, encoding="utf-8")
        if kind == "console":
            assert far_apart(text, with_what_is_printed(text, run)) == [], "say make figures"
            examples += 1
    assert examples


def test_a_page_is_held_to_what_is_printed() -> None:
    shown = "$ qostil a\n…\nread: 50 files, 1.8% of 500 …\n"
    made = with_what_is_printed(shown, lambda _: "starting\nread: 51 files, 2.0% of 504 units\n")
    assert made == "$ qostil a\n…\nread: 51 files, 2.0% of 504 …\n"
    assert far_apart(shown, made) == []
    assert far_apart(made, made.replace("504", "600").replace("51", "47")) == [("51", "47"), ("504", "600")]
    with pytest.raises(ValueError, match="not printed: read: 50 files"):
        with_what_is_printed(shown, lambda _: "nothing was read\n")
    with pytest.raises(ValueError, match="more than the page shows"):
        with_what_is_printed("$ qostil a\none\n", lambda _: "one\ntwo\n")


def test_the_python_examples_run(workplace: Path) -> None:
    names: dict[str, object] = {}
    examples = [text for _, kind, text in blocks("docs/python.md") if kind == "python"]
    assert len(examples) >= 9
    for text in examples:
        exec(compile(text, "docs/python.md", "exec"), names)


def test_the_formats_page_names_what_is_kept_out_and_the_columns() -> None:
    page = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([\w ]+)` \| (.*) \|$", page, re.MULTILINE))
    assert residue_reason("Суретті түсірген: Д. Мұсаев") == "photo credit"
    assert residue_reason("Автор: Айгүл Сәрсенова") == "byline"
    for reason in ("photo credit", "source link", "navigation"):
        for example in re.findall("«(.*?)»", rows[reason]):
            assert residue_reason(example.replace("…", "https://example.kz/news/1")) == reason, example
    (dateline,) = re.findall("«(.*?)»", rows["dateline"])
    assert split_dateline(f"{dateline} Сегодня прошло заседание.")
    suffixes = {suffix for each in FORMATS.values() for suffix in each} | READABLE_SUFFIXES
    assert all(f"`{suffix}`" in page for suffix in suffixes)
    sink = io.BytesIO()
    export_units([], sink, "csv")
    columns = sink.getvalue().decode("utf-8-sig").strip().split(",")
    assert ", ".join(f"`{column}`" for column in columns) in page


@pytest.mark.parametrize("name", sorted(ROOT_COMMAND.commands))
def test_each_command_has_a_section_with_an_example(name: str) -> None:
    assert f"$ qostil {name} " in sections(COMMANDS)[name] or f"$ qostil {name}\n" in sections(COMMANDS)[name]
    assert f"](#{name})" in sections_before_first(COMMANDS)


@pytest.mark.parametrize("name", sorted(ROOT_COMMAND.commands))
def test_the_options_of_a_section_are_those_of_the_command(name: str) -> None:
    command = ROOT_COMMAND.commands[name]
    section = sections(COMMANDS)[name]
    if hasattr(command, "commands"):
        assert all(f"`{verb}`" in section for verb in command.commands)
        return
    known = {option for parameter in command.params for option in parameter.opts if option.startswith("-")}
    explained = section + sections(COMMANDS)[SHARED_SECTION]
    for parameter in command.params:
        if parameter.param_type_name == "option":
            assert any(f"`{option}" in section for option in parameter.opts), f"{parameter.opts} is not in ## {name}"
            assert all(f"`{option}" in explained for option in parameter.opts)
    for hint in get_type_hints(command.callback).values():
        assert all(f"`{choice}`" in explained or f" {choice}`" in explained for choice in literals(hint)), hint
    # An example may use another command, and a sentence name its option; the table is the command's own.
    stated = re.findall(r"^\| `(--?[\w-]+)", section, re.MULTILINE)
    shared = re.findall(r"`(--[\w-]+)`", " ".join(re.findall(r"^And (.*) as above", section, re.MULTILINE)))
    assert {*stated, *shared} <= known


def test_the_options_of_qostil_itself_are_mentioned() -> None:
    page = (ROOT / COMMANDS).read_text(encoding="utf-8")
    options = [option for parameter in ROOT_COMMAND.params for option in parameter.opts if option.startswith("-")]
    assert "--version" in options
    assert all(f"`{option}`" in page or f"qostil {option}" in page for option in options)


def test_the_two_commands_of_the_readme_are_there() -> None:
    words = [
        line.split("#")[0].split()
        for _, kind, text in blocks("README.md")
        if kind == "sh"
        for line in text.splitlines()
    ]
    targets = {line[1] for line in words if line[:1] == ["make"]}
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert targets == {"demo", "test"}
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)


@pytest.mark.parametrize(
    "page",
    [
        *READMES,
        *STORIES,
        "docs/how-to/encoders.md",
        "docs/index.md",
        "docs/kk/index.md",
        "docs/ru/index.md",
        "docs/first-ten-minutes.md",
        "docs/how-to/cat-tools.md",
        "docs/how-to/postgresql.md",
        "docs/explanation/how-it-works.md",
        "docs/explanation/measured.md",
        "CHANGELOG.md",
        COMMANDS,
        "docs/cluster.md",
        "docs/cron.md",
        "docs/fetching.md",
        "docs/formats.md",
        "docs/python.md",
        "docs/server.md",
    ],
)
def test_no_link_is_broken(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if target.startswith("http"):
            continue
        path, _, anchor = target.partition("#")
        linked = (ROOT / page).parent / path if path else ROOT / page
        assert linked.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.*)$", linked.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {
                re.sub(r"[^\w\s-]", "", heading).strip().lower().replace(" ", "-") for heading in headings
            }


def literals(hint: object) -> Iterator[str]:
    """The words that a parameter of this type may be."""
    for argument in get_args(hint):
        if isinstance(argument, str):
            yield argument
        else:
            yield from literals(argument)


def sections_before_first(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8").partition("\n## ")[0]
