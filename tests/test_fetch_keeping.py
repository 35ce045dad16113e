"""What is kept under which name, and what is written down of it."""

from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from news_site import NOW

from aligner.errors import FetchError, MissingExtraError, OutputError
from aligner.fetch.content import Useless, examine, suffix_for
from aligner.fetch.manifest import FILE_NAME, Archive, Manifest, Page
from aligner.fetch.names import folder_for, name_for
from aligner.fetch.records import Answer
from aligner.fetch.stores import FileStore
from aligner.ingest import iter_input_files

URL = "https://example.kz/kk/news/1"
KAZAKH = """<html><body><article>
<p>Мемлекет басшысы су ресурстарын басқару мәселелері жөнінде кеңес өткізді.</p></article></body></html>"""


# ---- names ----


@given(st.text(max_size=300), st.sampled_from([".html", ".pdf"]))
def test_any_path_becomes_a_name_that_is_safe_on_any_disk(path: str, suffix: str) -> None:
    name = name_for(f"https://example.kz/{path}", suffix)
    assert name == Path(name).name
    assert not name.startswith((".", "~", "-"))
    assert name.endswith(suffix)
    assert all(character.isalnum() or character in "-." for character in name.removesuffix(suffix))
    assert len(name.encode()) <= 110
    assert name.casefold() == name


@given(st.text(max_size=300))
def test_any_host_becomes_a_folder_that_is_safe(host: str) -> None:
    name = folder_for(f"https://{host.translate(str.maketrans('', '', '[]/?#@:'))}/")
    assert name == Path(name).name
    assert not name.startswith(".")
    assert name
    assert len(name) <= 90


@pytest.mark.parametrize(
    ("address", "stem"),
    [
        ("/kz/memleket-basshysy-555737", "memleket-basshysy-555737"),
        ("/kk/%D0%B6%D0%B0%D2%A3%D0%B0%20%D0%B7%D0%B0%D2%A3.html", "жаңа-заң"),
        ("/view?id=7", "view"),
        ("/a/../../../etc/passwd", "passwd"),
        ("/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "etc-passwd"),
        ("/CON", "con"),
        ("/a%00b", "a-b"),
        ("/", ""),
    ],
)
def test_names_can_be_read(address: str, stem: str) -> None:
    name = name_for(f"https://example.kz{address}", ".html")
    assert name.removesuffix(".html")[:-8].rstrip("-") == stem


def test_addresses_that_look_alike_have_names_of_their_own() -> None:
    paths = ("/a", "/A", "/a/", "/a?x=1", "/a?x=2", "/b/a", "/a.html", "/a.php")
    assert len({name_for(f"https://example.kz{path}", ".html") for path in paths}) == len(paths)


# ---- formats and languages ----


def answer(content_type: str, path: str = "/1", body: bytes = b"") -> Answer:
    return Answer(f"https://example.kz{path}", 200, {"content-type": content_type}, body)


@pytest.mark.parametrize(
    ("content_type", "path", "body", "suffix"),
    [
        ("text/html; charset=utf-8", "/1", b"", ".html"),
        ("APPLICATION/XHTML+XML", "/1", b"", ".html"),
        ("application/pdf", "/download.php", b"", ".pdf"),
        ("application/octet-stream", "/a.docx", b"", ".docx"),
        ("", "/a.odt?x", b"", ".odt"),
        ("", "/a", b"\n<!DOCTYPE html><html>", ".html"),
        ("application/octet-stream", "/a.exe", b"MZ", None),
        ("application/zip", "/a.docx", b"", None),
        ("image/png", "/a.html", b"", None),
        ("application/json", "/a", b"{}", None),
    ],
)
def test_the_format_of_an_answer(content_type: str, path: str, body: bytes, suffix: str | None) -> None:
    found = suffix_for(answer(content_type, path, body))
    assert isinstance(found, Useless) if suffix is None else found == suffix


def test_the_language_is_that_of_the_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.html"
    page.write_text(KAZAKH.replace("<html>", '<html lang="ru">'), encoding="utf-8")
    assert examine(page, "ru") == "kk"
    page.write_text("<html><body></body></html>", encoding="utf-8")
    empty = examine(page, "ru")
    assert isinstance(empty, Useless)
    assert "without text" in empty.reason

    def missing(path: Path) -> None:
        raise MissingExtraError("PDF files are read by pypdfium2")

    monkeypatch.setattr("aligner.fetch.content.read_contents", missing)
    assert [examine(page, stated) for stated in ("kk", "en", None)] == ["kk", "other", "other"]


# ---- files ----


def test_a_name_that_can_not_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "kk").write_text("a file where a folder should be")
    draft = tmp_path / ".draft.html"
    draft.write_text(KAZAKH, encoding="utf-8")
    with pytest.raises(OutputError, match="can't be written"):
        FileStore(tmp_path).keep(answer("text/html"), draft, "kk", None)


def test_a_page_that_changes_its_language_stands_in_one_folder_only(tmp_path: Path) -> None:
    store, draft = FileStore(tmp_path), tmp_path / ".draft.html"
    draft.write_text("one")
    kept = store.keep(answer("text/html"), draft, "kk", None)
    page = Page("https://example.kz/1", "kept", NOW, sha256="1" * 64, file=kept.file)
    draft.write_text("two")
    moved = store.keep(answer("text/html"), draft, "ru", page)
    assert moved.file == kept.file.replace("kk/", "ru/")
    assert [path.read_text() for path in iter_input_files([tmp_path]) if isinstance(path, Path)] == ["two"]
    assert moved.earlier is not None
    assert (tmp_path / moved.earlier).read_text() == "one"


# ---- the manifest ----

PAGE = Page(
    URL,
    state="kept",
    found=NOW,
    status=200,
    etag='"e"',
    last_modified="Sun, 22 Nov 2026 09:00:00 GMT",
    sha256="ab" * 32,
    bytes=17,
    media_type="text/html",
    language="kk",
    file="kk/a.html",
    checked=NOW,
    changed=NOW,
)


def test_what_is_written_down_is_read_again(tmp_path: Path) -> None:
    with Manifest(tmp_path) as manifest:
        manifest.put(PAGE, archive=Archive("kk/pages-00001.warc.gz", 100, 1))
    with Manifest(tmp_path) as manifest:
        assert manifest.page(URL) == PAGE
        assert manifest.page_with("ab" * 32) == PAGE
        assert manifest.archives() == [Archive("kk/pages-00001.warc.gz", 100, 1)]
        later = replace(PAGE, sha256="cd" * 32, checked=NOW + dt.timedelta(days=1))
        manifest.put(later, earlier=replace(PAGE, file=".earlier/a.html"))
        assert manifest.earlier(URL) == [("ab" * 32, ".earlier/a.html")]
    record = PAGE.record()
    assert record["checked"] == "2026-11-22T09:00:00+00:00"
    assert "leads_to" not in record


def test_an_entry_is_made_whole_or_not_at_all(tmp_path: Path) -> None:
    with Manifest(tmp_path) as manifest:
        manifest.put(PAGE)
        with pytest.raises(sqlite3.Error):
            manifest.put(replace(PAGE, status=500), archive=Archive("x", None, 1))  # type: ignore[arg-type]
        assert manifest.page(URL) == PAGE
        manifest.put(replace(PAGE, url=f"{URL}2"))
    with Manifest(tmp_path) as manifest:
        assert [page.url for page in manifest.pages()] == [URL, f"{URL}2"]


def test_what_is_no_manifest_of_ours_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("a note of somebody else, long enough to be no database" * 20)
    with pytest.raises(FetchError, match="no manifest that can be read"):
        Manifest(tmp_path)
    newer = tmp_path / "newer"
    newer.mkdir()
    with sqlite3.connect(newer / FILE_NAME) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(FetchError, match="newer qostil"):
        Manifest(newer)
    with pytest.raises(FetchError, match="can't be opened"):
        Manifest(tmp_path / "none")
