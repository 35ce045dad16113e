import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.errors import FormatError
from aligner.ingest import lines as lines_module
from aligner.ingest import read_text, read_text_lines
from aligner.ingest.lines import clean_line, split_lines

TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r\n\x00"), max_size=60)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb\n", ["a", "b"]),
        ("a\r\nb", ["a", "b"]),
        ("a\rb\r", ["a", "b"]),
        ("a\n\nb\n\n", ["a", "", "b", ""]),
        ("a\u2028b\x0bc\x0cd\x85e\u2029f\x1cg", ["a\u2028b\x0bc\x0cd\x85e\u2029f\x1cg"]),
        ("", []),
        ("\n", [""]),
    ],
)
def test_only_line_ends_end_lines(text: str, expected: list[str]) -> None:
    assert split_lines(text, "a.txt") == expected


def test_a_line_of_excessive_length_is_refused_with_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines_module, "MAX_LINE_CHARACTERS", 100)
    with pytest.raises(FormatError, match=r"a\.txt, line 2: .*101 characters.*break the text"):
        split_lines("short\n" + "x" * 101, "a.txt")


def test_clean_line() -> None:
    assert clean_line("\u00a0 Қаза\u00adқстан\t\u200bРеспуб\u200dликасы \u2003\ufeff") == "Қазақстан Республикасы"
    assert clean_line("и\u0306\u0301") == unicodedata.normalize("NFC", "й\u0301")


@given(TEXT)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean_line(text)
    assert clean_line(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(st.lists(TEXT, min_size=1), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_text_lines_round_trip(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], end: str, closes: bool
) -> None:
    path = tmp_path_factory.mktemp("lines") / "a.txt"
    # A byte order mark, so that no detection is involved; a last empty line needs its end to be a line.
    closes = closes or lines[-1] == ""
    path.write_bytes(("\ufeff" + end.join(lines) + end * closes).encode())
    if any(ord(character) < 32 or ord(character) == 127 for line in lines for character in line):
        return
    assert read_text_lines(path) == [unicodedata.normalize("NFC", line) for line in lines]


def test_blank_lines_and_spaces_stay_in_segmented_input(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("  Бірінші сөйлем. Екінші.  \n\n– Үшінші\u2028жол\n", encoding="utf-8")
    assert read_text_lines(path) == ["  Бірінші сөйлем. Екінші.  ", "", "– Үшінші\u2028жол"]


def test_read_text_detects_the_encoding_and_composes(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Елдегі жағдай\nТұрақты".encode("utf-16"))
    assert read_text(path) == "Елдегі жағдай\nТұрақты"
    path.write_text("и\u0306", encoding="utf-8")
    assert read_text(path) == "й"
