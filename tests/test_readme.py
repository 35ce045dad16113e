"""The READMEs and the measured pages say what benchmarks/results say, and the three languages say the same."""

from __future__ import annotations

import json
import re

import pytest

from benchmarks.explained import ROOT, sample_files
from benchmarks.readme_figures import BLOCK, PAGES, outdated
from benchmarks.results_file import RESULTS, corpus_hashes

READMES = [page for page in PAGES if page.startswith("README")]


def test_every_figure_is_that_of_the_results() -> None:
    assert [str(path.relative_to(ROOT)) for path, _ in outdated()] == [], "say make figures"


def test_the_pictures_show_the_sample_as_it_is() -> None:
    explained = json.loads((RESULTS / "explained.json").read_text(encoding="utf-8"))
    assert explained["corpora_sha256"] == corpus_hashes(sample_files(), ROOT), "say make figures"


@pytest.mark.parametrize("page", PAGES)
def test_each_page_has_its_figures(page: str) -> None:
    _, blocks = PAGES[page]
    assert [match[2] for match in BLOCK.finditer((ROOT / page).read_text(encoding="utf-8"))] == blocks


def in_english(name: str) -> str:
    """A command or the name of a page or a picture as the English README has it."""
    name = re.sub(r"docs/(?:kk|ru)/", "docs/", re.sub(" --lang (?:kk|ru)", "", name))
    return re.sub(r"(chart)-(?:kk|ru)\b", r"\1", re.sub(r"(pair|dark|phone)-(?:kk|ru)\.png", r"\1-en.png", name))


@pytest.mark.parametrize("page", READMES)
def test_the_languages_are_equally_complete(page: str) -> None:
    english, other = ((ROOT / each).read_text(encoding="utf-8") for each in ("README.md", page))
    for part in (r"^## ", r"^```\w+$", r"^\$ .*$", r"^make \w+", r"docs/[\w./-]+", r"^- "):
        counted = [re.findall(part, text, re.MULTILINE) for text in (english, other)]
        assert len(counted[0]) == len(counted[1]), part
        if "$" in part or "docs" in part:
            assert counted[0] == [in_english(each) for each in counted[1]], part
    assert all(each == page or f"]({each})" in other for each in READMES)
