"""corpora/sample is what its sources say, and holds what its card promises."""

from __future__ import annotations

import html
import importlib.util
import io
import json
import re
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "corpora" / "sample"


def _load_builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_sample", ROOT / "corpora" / "build_sample.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["build_sample"] = module
    spec.loader.exec_module(module)
    return module


builder = _load_builder()


@pytest.fixture(scope="module")
def releases() -> list[Any]:
    return list(builder.read_releases(SAMPLE.parent / "sources"))


@pytest.fixture(scope="module")
def gold() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SAMPLE / "gold.jsonl").read_text(encoding="utf-8").splitlines()]


def _plain_text(name: str) -> str:
    """All text of a rendered file, its white space made plain, without the code under test."""
    data = (SAMPLE / name).read_bytes()
    if name.endswith(".docx"):
        import docx

        text = " ".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)
    else:
        codec = "utf-16" if data[:2] == b"\xff\xfe" else "utf-8-sig"
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            text = data.decode("windows-1251")
    if name.endswith(".html"):
        text = html.unescape(re.sub("<[^>]+>", "", text))
    return " ".join(text.split())


def test_check_finds_everything_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert builder.main(["--check"]) == 0, capsys.readouterr().out


def test_rendering_twice_gives_the_same_bytes(releases: list[Any]) -> None:
    assert builder.rendered_files(releases) == builder.rendered_files(releases)


def test_sources_raise_no_warnings(releases: list[Any]) -> None:
    assert [warning for release in releases for warning in builder.warnings(release)] == []


def test_sample_has_its_pairs_and_two_lonely_releases(gold: list[dict[str, Any]]) -> None:
    assert sum(pair["kk"] is not None and pair["ru"] is not None for pair in gold) >= 24
    assert sum(pair["kk"] is None for pair in gold) == 1
    assert sum(pair["ru"] is None for pair in gold) == 1


def test_gold_names_every_file_once(gold: list[dict[str, Any]]) -> None:
    named = Counter(pair[language] for pair in gold for language in ("kk", "ru") if pair[language])
    on_disk = {
        path.relative_to(SAMPLE).as_posix() for language in ("kk", "ru") for path in (SAMPLE / language).iterdir()
    }
    assert set(named) == on_disk
    assert set(named.values()) == {1}


def test_every_gold_sentence_stands_in_its_file_in_order(gold: list[dict[str, Any]]) -> None:
    for pair in gold:
        for language in ("kk", "ru"):
            if pair[language] is None:
                continue
            text, place = _plain_text(pair[language]), 0
            for sentence in (sentence for bead in pair["beads"] for sentence in bead[language]):
                place = text.find(sentence, place)
                assert place >= 0, f"{pair[language]} lacks, or has too early: {sentence}"
                place += len(sentence)


def test_formats_are_balanced_and_often_differ_within_a_pair(gold: list[dict[str, Any]]) -> None:
    names = [pair[language] for pair in gold for language in ("kk", "ru") if pair[language]]
    formats = Counter(Path(name).suffix for name in names)
    assert set(formats) == {".txt", ".html", ".docx"}
    assert min(formats.values()) >= 0.25 * len(names)
    pairs = [pair for pair in gold if pair["kk"] and pair["ru"]]
    assert sum(Path(pair["kk"]).suffix != Path(pair["ru"]).suffix for pair in pairs) >= len(pairs) / 3


def test_beads_are_those_of_two_natural_versions(gold: list[dict[str, Any]]) -> None:
    types = Counter((len(bead["kk"]), len(bead["ru"])) for pair in gold for bead in pair["beads"])
    total = sum(types.values())
    assert 0.65 <= types[1, 1] / total <= 0.85
    assert 0.03 <= (types[0, 1] + types[1, 0]) / total <= 0.12
    assert {(1, 2), (2, 1), (2, 2), (1, 3), (3, 1)} <= set(types)


def test_card_counts_the_beads_that_gold_holds(gold: list[dict[str, Any]]) -> None:
    card = (SAMPLE.parent / "CARD.md").read_text(encoding="utf-8")
    counted = {
        (int(kk), int(ru)): int(count) for kk, ru, count in re.findall(r"^\| (\d)–(\d) \| (\d+) \|", card, re.MULTILINE)
    }
    assert counted == Counter((len(bead["kk"]), len(bead["ru"])) for pair in gold for bead in pair["beads"])


def test_some_files_are_in_other_encodings(releases: list[Any]) -> None:
    encodings = {release.header.get(f"{language}_encoding") for release in releases for language in release.languages}
    assert {"utf-16", "windows-1251", "utf-8-bom-crlf"} <= encodings


HEADER = "date: 2025-03-14\ndate_shown: none\nkk_name: kk-a\nkk_format: txt\nru_name: ru-a\nru_format: txt\n"
TITLE = "\nkk+: Үкіметте кеңес өтті\nru+: В Правительстве прошло совещание\n"
FIRST = "\nkk+: Бұл – 0-сөйлем.\nru+: Это предложение 0.\n"
OTHERS = "".join(f"\nkk: Бұл – {number}-сөйлем.\nru: Это предложение {number}.\n" for number in range(1, 9))
GOOD = HEADER + TITLE + FIRST + OTHERS


def test_a_good_source_is_read(tmp_path: Path) -> None:
    path = tmp_path / "01-good.txt"
    path.write_text(GOOD, encoding="utf-8")
    release = builder.read_release(path)
    assert len(release.beads) == 10
    title, paragraphs = builder.paragraphs(release, "kk")
    assert title == "Үкіметте кеңес өтті"
    assert len(paragraphs) == 1
    assert builder.render(release, "ru").decode("utf-8").splitlines()[0] == "В Правительстве прошло совещание"


@pytest.mark.parametrize(
    ("old", "new", "where", "problem"),
    [
        ("date: 2025-03-14", "date: 14.03.2025", 1, "not YYYY-MM-DD"),
        ("kk_format: txt", "kk_format: pdf", 1, "kk_format"),
        ("kk_format: txt\n", "", 1, "missing kk_format"),
        ("date_shown: none", "date_shown: perhaps", 1, "date_shown"),
        ("date_shown: none", "date_shown none", 2, "key: value"),
        ("ru_name: ru-a", "ru_name: ru a.txt", 1, "ru_name"),
        ("kk: Бұл – 3-сөйлем.", "kz: Бұл – 3-сөйлем.", 20, "kk: …"),
        ("kk: Бұл – 3-сөйлем.", "kk: Бұл –  3-сөйлем.", 20, "white space"),
        (
            "Это предложение 3.",
            "Э\u0301то пред\u043b\u043e\u0436\u0435\u043d\u0438\u0438\u0306 3.",
            21,
            "NFC",
        ),
        ("Бұл – 3-сөйлем.", "Это предложение 3.", 20, "same sentence"),
        ("kk+: Үкіметте кеңес өтті", "kk: Үкіметте кеңес өтті", 8, "headline"),
        ("kk+: Бұл – 0-сөйлем.", "kk: Бұл – 0-сөйлем.", 11, "open with kk+"),
        ("kk: Бұл – 3-сөйлем.\nru: Это предложение 3.\n", "", 1, "9 kk sentences"),
        ("ru_format: txt", "ru_format: txt\nru_encoding: latin-1", 1, "ru_encoding"),
        ("kk_format: txt", "kk_format: txt\nkk_encoding: windows-1251", 1, "can't hold"),
        ("ru: Это предложение 3.", "ru: А.\nru: Б.\nru: В.\nru: Г.\nru: Д.", 20, "more than 5"),
    ],
)
def test_a_broken_source_is_named_with_file_and_line(
    tmp_path: Path, old: str, new: str, where: int, problem: str
) -> None:
    assert old in GOOD
    path = tmp_path / "07-broken.txt"
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(builder.SourceError) as caught:
        builder.read_release(path)
    assert str(caught.value).startswith(f"07-broken.txt:{where}: ")
    assert problem in str(caught.value)


def test_warnings_name_latin_letters_inside_cyrillic_words(tmp_path: Path) -> None:
    path = tmp_path / "01-latin.txt"
    path.write_text(GOOD.replace("Бұл – 4-сөйлем.", "Бұл – 4-сөйлeм."), encoding="utf-8")
    (warning,) = builder.warnings(builder.read_release(path))
    assert warning.startswith("01-latin.txt:23: ")
    assert "сөйлeм" in warning


def test_stale_missing_and_left_over_files_are_reported(tmp_path: Path, releases: list[Any]) -> None:
    expected = builder.rendered_files(releases)
    builder.write_files(expected, tmp_path)
    assert builder.stale_files(expected, tmp_path) == []
    stale, missing = (next(name for name in expected if name.endswith(end)) for end in (".txt", ".docx"))
    (tmp_path / stale).write_text("другое", encoding="utf-8")
    (tmp_path / missing).unlink()
    (tmp_path / "ru" / "lishnij.txt").write_text("лишний", encoding="utf-8")
    assert set(builder.stale_files(expected, tmp_path)) == {
        f"{stale} is stale",
        f"{missing} is missing",
        "ru/lishnij.txt is left over",
    }
    builder.write_files(expected, tmp_path)
    assert builder.stale_files(expected, tmp_path) == []
