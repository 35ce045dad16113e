"""Names and paths as other systems have them: bytes that are no text, very long names, no home, any console."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from sample import SAMPLE

import tmx
from aligner import cli
from aligner.ingest import path_text

KK = SAMPLE / "kk" / "2025-03-14-su-resurstary-kenesi.html"
RU = SAMPLE / "ru" / "soveshchanie-po-vodnym-resursam.docx"

only_posix = pytest.mark.skipif(os.name == "nt", reason="a system whose file names are bytes")


@pytest.fixture
def qostil(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, encoder, use_in_commands):
    use_in_commands(encoder)

    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["qostil", *map(str, words)])
        with pytest.raises(SystemExit) as stopped:
            cli.main()
        captured = capsys.readouterr()
        return int(stopped.value.code or 0), captured.out, captured.err

    return run


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    folder = tmp_path / "releases"
    folder.mkdir()
    (folder / "kk.html").write_bytes(KK.read_bytes())
    (folder / "ru.docx").write_bytes(RU.read_bytes())
    return folder


@only_posix
def test_a_name_of_another_code_page_is_read_like_any_other(qostil, releases: Path, tmp_path: Path) -> None:
    # As an archive from Windows leaves it on Linux.
    try:
        (releases / "kk.html").rename(releases / os.fsdecode("жаңалық".encode("cp1251", "ignore") + b".html"))
    except OSError:
        pytest.skip("the disk has names in UTF-8 only")
    code, out, err = qostil("batch", releases, "-o", tmp_path / "a.tmx")
    assert (code, err) == (0, "")
    assert "paired: 1 document pair\n" in out
    assert "\\xe6" in (tmp_path / "a.tmx").read_text(encoding="utf-8")
    assert "2 unchanged" in qostil("batch", releases, "-o", tmp_path / "a.tmx")[1]
    assert qostil("batch", releases, "--format", "pairs")[0] == 0
    assert qostil("inspect", releases)[0] == 0
    assert qostil("report", releases, "-o", tmp_path / "a.html")[0] == 0


@only_posix
def test_the_text_of_a_path_can_be_stored() -> None:
    assert path_text(Path("қалта/файл.txt")) == "қалта/файл.txt"
    assert path_text(Path(os.fsdecode(b"a\xcd.txt"))) == "a\\xcd.txt"


def test_a_name_as_long_as_a_disk_has_them(qostil, releases: Path, tmp_path: Path) -> None:
    pair = releases / "kk.html", releases / "ru.docx"
    for name in (f"{'a' * 251}.tmx", f"{'қ' * 125}.tmx"):
        code, _, err = qostil("align", *pair, "-o", tmp_path / name, "--quiet")
        assert (code, err) == (0, "")
        assert len(tmx.read(tmp_path / name)) > 15
    assert sorted(each.name for each in tmp_path.iterdir() if each.name.startswith(".")) == []
    code, _, err = qostil("align", *pair, "-o", tmp_path / f"{'a' * 300}.tmx")
    assert (code, err.count("\n")) == (1, 1)
    assert "shorter" in err


LINES = ["Министр тапсырма берді.", "Жұмыс 12 ақпанда басталады."]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_ends_of_lines_and_marks_of_any_system(qostil, tmp_path: Path, encoding: str, ending: str) -> None:
    (tmp_path / "a.txt").write_bytes(ending.join(LINES).encode(encoding))
    assert qostil("segment", tmp_path / "a.txt", "--language", "kk")[:2] == (0, "\n\n".join(LINES) + "\n")
    if ending != "\r" and encoding != "utf-16":
        rows = ["kk\tru", *(f"{line}\tПеревод {number} есть." for number, line in enumerate(LINES))]
        (tmp_path / "a.tsv").write_bytes((ending.join(rows) + ending).encode(encoding))
        assert "2 new units" in qostil("memory", "import", tmp_path / "a.tsv", "--memory", tmp_path / "a.db")[1]
        qostil("memory", "export", "-o", tmp_path / "b.tsv", "--memory", tmp_path / "a.db")
        written = (tmp_path / "b.tsv").read_bytes()
        assert sorted(line.split(b"\t")[0].decode() for line in written.splitlines()) == sorted(LINES)
        assert b"\r" not in written


@only_posix
def test_a_path_that_sqlite_does_not_open_is_told(qostil, releases: Path, tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["терең" * 20] * 4)
    deep.mkdir(parents=True)
    code, _, err = qostil("batch", releases, "-o", deep / "a.tmx")
    assert code == 1
    assert "--memory" in err
    assert list(deep.iterdir()) == []
    code, _, err = qostil("batch", releases, "-o", deep / "a.tmx", "--memory", tmp_path / "a.db")
    assert (code, err) == (0, "")
    assert len(str(deep / "a.tmx")) > 400
    assert (deep / "a.tmx").is_file()


def test_a_name_in_two_normal_forms_is_one_input(qostil, releases: Path, tmp_path: Path) -> None:
    # macOS writes «й» as two characters.
    name = unicodedata.normalize("NFD", "Қазақ тілі й.html")
    (releases / "kk.html").rename(releases / name)
    code, out, _ = qostil("batch", releases, "-o", tmp_path / "a.tmx")
    assert (code, "paired: 1 document pair\n" in out) == (0, True)
    code, _, err = qostil("align", releases / name, releases / "ru.docx", "-o", releases / name, "--format", "tsv")
    assert (code, "one of the inputs" in err) == (2, True)


def test_spaces_and_letters_in_the_home_and_the_folders(qostil, releases: Path, tmp_path: Path) -> None:
    target = tmp_path / "Менің құжаттарым (көшірме) & т.б."
    releases.rename(target)
    code, _, err = qostil("batch", target, "-o", target / "жад.tmx")
    assert (code, err) == (0, "")
    assert (target / "жад.db").is_file()


@only_posix
def test_no_home_and_a_locale_without_letters_are_no_obstacle(releases: Path) -> None:
    """As under cron, in a container, and in a console of Windows."""
    (releases / "kk.html").rename(releases / "жаңалық.html")
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path(cli.__file__).parents[2]),
        "HOME": "/nonexistent/үй",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONIOENCODING": "cp1251",
    }
    command = [sys.executable, "-m", "aligner", "batch", ".", "-o", "out.tmx"]
    done = subprocess.run(command, cwd=releases, env=environment, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "жаңалық.html" in (releases / "out.tmx").read_text(encoding="utf-8")
