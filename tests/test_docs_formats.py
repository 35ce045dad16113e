"""docs/formats/: a page for each format that is read, whose examples run and whose links lead somewhere."""

import re
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from aligner import cli
from aligner.ingest import limits
from aligner.ingest.files import READABLE_SUFFIXES
from benchmarks.console_examples import blocks, far_apart, with_what_is_printed

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGES = sorted((DOCS / "formats").glob("*.md"))
WITH_EXAMPLES = [page for page in PAGES if "```console" in page.read_text(encoding="utf-8")]
INDEX = (DOCS / "formats.md").read_text(encoding="utf-8")


def test_each_suffix_stands_in_the_heading_of_one_page_that_the_index_links() -> None:
    named = []
    for page in PAGES:
        heading = page.read_text(encoding="utf-8").partition("\n")[0]
        suffixes = re.findall(r"`(\.[\w.]+)`", heading)
        row = next(line for line in INDEX.splitlines() if f"](formats/{page.name})" in line)
        assert re.findall(r"`(\.[\w.]+)`", row) == suffixes
        named += suffixes
    assert sorted(named) == sorted(READABLE_SUFFIXES)


@pytest.mark.parametrize(
    "page", [page for page in PAGES if "```console" in page.read_text("utf-8")], ids=lambda p: p.stem
)
def test_the_examples_run(
    page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(words: Sequence[str]) -> str:
        monkeypatch.setattr(sys, "argv", [*words])
        with pytest.raises(SystemExit) as stopped:
            cli.main()
        captured = capsys.readouterr()
        assert not stopped.value.code, captured.err
        return captured.out + captured.err

    monkeypatch.chdir(tmp_path)
    for name, kind, text in blocks(f"docs/formats/{page.name}"):
        if name:
            (tmp_path / name).write_text(text, encoding="utf-8")
        elif kind == "console":
            assert far_apart(text, with_what_is_printed(text, run)) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_no_link_is_broken(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        path, _, anchor = target.partition("#")
        linked = page.parent / path if path else page
        assert linked.exists(), target
        headings = re.findall(r"^#+ (.*)$", linked.read_text(encoding="utf-8"), re.MULTILINE)
        slugs = {re.sub(r"[^\w\s-]", "", heading).strip().lower().replace(" ", "-") for heading in headings}
        assert not anchor or anchor in slugs, target


def test_the_limits_are_those_of_the_code() -> None:
    pages = {page.stem: page.read_text(encoding="utf-8") for page in PAGES}
    megabytes = {
        "plain-text": limits.MAX_FILE_BYTES,
        "markdown": limits.MAX_MARKUP_BYTES,
        "html": limits.MAX_MARKUP_BYTES,
        "word": limits.MAX_DOCX_UNPACKED_BYTES,
        "rtf": limits.MAX_RTF_BYTES,
        "pdf": limits.MAX_FILE_BYTES,
        "zip": limits.MAX_FILE_BYTES,
        "web-archives": limits.MAX_MARKUP_BYTES,
    }
    assert all(f"{size >> 20} MB" in pages[name] for name, size in megabytes.items())
    numbers = {
        "plain-text": (limits.MAX_LINE_CHARACTERS,),
        "pdf": (limits.MAX_PAGES, limits.MAX_PAGE_GLYPHS),
        "json-lines": (limits.MAX_RECORDS,),
        "zip": (limits.MAX_ARCHIVE_ENTRIES,),
    }
    assert all(f"{number:,}" in pages[name] for name, each in numbers.items() for number in each)
