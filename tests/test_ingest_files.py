import os
from pathlib import Path

import pytest

from aligner.errors import EmptyInputError, FormatError, InputError, MissingInputError
from aligner.ingest import SkippedFile, iter_input_files, path_text
from aligner.ingest.source import read_bytes


def touch(path: Path, text: str = "x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_folder_is_walked_in_sorted_order(tmp_path: Path) -> None:
    expected = [touch(tmp_path / name) for name in ("a.txt", "b/1.HTML", "b/2.docx", "c.md")]
    assert list(iter_input_files([tmp_path])) == expected


def test_what_is_passed_over_says_why(tmp_path: Path) -> None:
    touch(tmp_path / ".hidden.txt")
    touch(tmp_path / ".git/config.txt")
    touch(tmp_path / "~$open.docx")
    touch(tmp_path / "plan.pptx")
    touch(tmp_path / "README")
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nowhere.txt")
    skipped = list(iter_input_files([tmp_path]))
    assert all(isinstance(entry, SkippedFile) for entry in skipped)
    reasons = {entry.path.name: entry.reason for entry in skipped if isinstance(entry, SkippedFile)}
    assert reasons == {
        "plan.pptx": "files of the type .pptx are not read",
        "README": "a file without a suffix is read only where it is named itself",
        "broken.txt": "a link that leads nowhere",
    }


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("жаңа\n\x1b[2J.txt", r"жаңа\n\x1b[2J.txt"),
        ("gpj.\u202etxt.txt", r"gpj.\u202etxt.txt"),
        (os.fsdecode(b"\xcf.txt"), r"\xcf.txt"),
        ("Қазақша (1) – №2.txt", "Қазақша (1) – №2.txt"),
    ],
)
def test_a_name_plays_no_tricks(name: str, shown: str) -> None:
    assert path_text(Path(name)) == shown


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    file = touch(tmp_path / "deep/a.txt")
    (tmp_path / "deep/back").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    found = list(iter_input_files([tmp_path]))
    assert found[0] == file
    assert found[1:] == [
        SkippedFile(tmp_path / "deep/back", "a link back to a folder that contains it"),
        SkippedFile(tmp_path / "self.txt", "a link that leads nowhere"),
    ]


def test_a_file_is_read_once_by_whatever_names(tmp_path: Path) -> None:
    file = touch(tmp_path / "a.txt")
    (tmp_path / "b.txt").symlink_to(file)
    found = list(iter_input_files([file, tmp_path, tmp_path]))
    assert found == [
        file,
        SkippedFile(tmp_path / "a.txt", "the same file was read already"),
        SkippedFile(tmp_path / "b.txt", "the same file was read already"),
        SkippedFile(tmp_path, "the same folder was read already"),
    ]


def test_a_named_file_is_yielded_whatever_it_is(tmp_path: Path) -> None:
    paths = [touch(tmp_path / "notes"), touch(tmp_path / ".dot.txt"), tmp_path / "missing.txt", Path("bad\x00name")]
    assert list(iter_input_files(paths)) == paths


def test_an_unreadable_folder_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()

    def refuse(self: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert list(iter_input_files([folder])) == [SkippedFile(folder, "the folder can't be opened: Permission denied")]


def test_bytes_of_a_file(tmp_path: Path) -> None:
    assert read_bytes(touch(tmp_path / "a.txt", "abc")) == b"abc"


@pytest.mark.parametrize("name", ["missing.txt", "a.txt/below.txt", "bad\x00name"])
def test_a_missing_file(tmp_path: Path, name: str) -> None:
    touch(tmp_path / "a.txt")
    with pytest.raises(MissingInputError):
        read_bytes(tmp_path / name)


def test_an_empty_file(tmp_path: Path) -> None:
    with pytest.raises(EmptyInputError, match=r"a\.txt: is empty"):
        read_bytes(touch(tmp_path / "a.txt", ""))


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"is a folder.*qostil batch"):
        read_bytes(tmp_path)


def test_a_device_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="device"):
        read_bytes(Path("/dev/zero"))
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(InputError, match="pipe"):
        read_bytes(tmp_path / "pipe.txt")


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"more than the .* split it"):
        read_bytes(touch(tmp_path / "a.txt", "x" * 100), max_bytes=99)


def test_a_file_that_may_not_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = touch(tmp_path / "a.txt")

    def refuse(self: Path, *_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputError, match="permissions"):
        read_bytes(file)
