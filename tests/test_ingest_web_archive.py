"""aligner.ingest.web_archive: of a page that was fetched several times the newest version, and nothing that hurts."""

import gzip
import io
from pathlib import Path

import format_samples as made
import pytest
from format_samples import KK, RU, warc_record
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from aligner.errors import FormatError
from aligner.ingest import SkippedFile, read_contents
from aligner.ingest.archive import Budget, Member, Refused
from aligner.ingest.web_archive import iter_warc_members
from aligner.records import Document

PAGE = "https://example.kz/kz/1"
OTHER = "https://example.kz/kz/2"
FIRST, SECOND, THIRD = ("2026-03-14T10:00:00Z", "2026-03-15T10:00:00Z", "2026-03-15T10:00:00.5Z")


def found(archive: bytes) -> dict[str, bytes | str]:
    """The text of what is read, and the reason of what is not, by name."""
    members = iter_warc_members(archive, "a.warc.gz", Budget())
    return {each.name: each.data if isinstance(each, Member) else each.reason for each in members}


def newer(name: str) -> str:
    return f"a newer version of the page is in the archive: {name}"


def test_of_a_page_that_changed_the_newest_version_is_read(tmp_path: Path) -> None:
    archive = tmp_path / "a.warc.gz"
    old, new = made.page(KK), made.page([*KK, "Жиналыс соңында жаңа тапсырма берілді."])
    archive.write_bytes(
        warc_record(PAGE, FIRST, old) + warc_record(OTHER, FIRST, made.page(RU), 1) + warc_record(PAGE, SECOND, new, 2)
    )
    contents = list(read_contents(archive))
    documents = [each for each in contents if isinstance(each, Document)]
    assert [each.source.removeprefix(f"{archive}/") for each in documents] == ["2.html", "3.html"]
    assert "жаңа тапсырма" in documents[1].text
    assert [(str(each.path), each.reason) for each in contents if isinstance(each, SkippedFile)] == [
        (f"{archive}/1.html", newer("3.html"))
    ]


@pytest.mark.parametrize("is_packed", [True, False])
def test_the_date_says_which_is_the_newest_and_where_it_says_nothing_the_place(is_packed: bool) -> None:
    def record(address: str, date: str, body: bytes) -> bytes:
        return warc_record(address, date, body, is_packed=is_packed)

    archive = record(PAGE, SECOND, b"new") + record(PAGE, FIRST, b"old")
    assert found(archive) == {"1.html": b"new", "2.html": newer("1.html")}
    archive = record(PAGE, SECOND, b"a") + record(f"{PAGE}#part", SECOND, b"b") + record(PAGE, THIRD, b"c")
    assert found(archive) == {"1.html": newer("3.html"), "2.html": newer("3.html"), "3.html": b"c"}
    assert found(record(PAGE, "", b"a") + record(PAGE, "yesterday", b"b")) == {
        "1.html": newer("2.html"),
        "2.html": b"b",
    }


def test_what_has_no_address_is_no_version_of_anything() -> None:
    resource = b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/plain\r\nContent-Length: 1\r\n\r\n%b\r\n\r\n"
    assert found(resource % b"a" + resource % b"b") == {"1.txt": b"a", "2.txt": b"b"}


def test_an_answer_that_is_no_page_takes_the_place_of_none() -> None:
    archive = warc_record(PAGE, FIRST, b"text") + warc_record(PAGE, SECOND, b"gone", 1, status="404 Not Found")
    assert found(archive) == {"1.html": b"text", "2.html": "the answer was 404, not a page"}


ID = "WARC-Refers-To: <urn:uuid:00000000000000000000000000000000>\r\n"
AT = f"WARC-Refers-To-Target-URI: {PAGE}\r\nWARC-Refers-To-Date: {FIRST}\r\n"
DIGEST = "WARC-Payload-Digest: sha1:B2LTWWPUOYAH7UIPQ7ZUPQ4VMBSVC36A\r\n"
UNCHANGED = "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/server-not-modified\r\n"


@pytest.mark.parametrize("more", [ID, AT, DIGEST])
def test_a_revisit_makes_the_page_that_it_means_the_newest(more: str) -> None:
    first = warc_record(PAGE, FIRST, b"as it was", 0, more=DIGEST)
    second = warc_record(PAGE, SECOND, b"changed", 1)
    assert found(first + second + warc_record(PAGE, THIRD, None, 2, more=more)) == {
        "1.html": b"as it was",
        "2.html": newer("1.html"),
    }
    # Of another address: both are what the one page says.
    assert found(first + second + warc_record(OTHER, THIRD, None, 2, more=more)) == {
        "1.html": b"as it was",
        "2.html": b"changed",
    }
    # It may stand before what it means.
    assert found(warc_record(PAGE, THIRD, None, 2, more=more) + second + first) == {
        "1.html": newer("2.html"),
        "2.html": b"as it was",
    }


def test_a_revisit_of_what_is_not_there_is_told() -> None:
    first = warc_record(PAGE, FIRST, b"text", 5)
    said = "says “as before” of a page that is not in the archive"
    assert found(first + warc_record(PAGE, SECOND, None, 6, more=ID)) == {"1.html": b"text", "record 2": said}
    assert found(first + warc_record(PAGE, SECOND, None, 6, more=UNCHANGED)) == {"1.html": b"text"}
    assert found(warc_record(PAGE, SECOND, None, 6, more=UNCHANGED)) == {"record 1": said}


def test_revisits_as_warcio_writes_them() -> None:
    sink = io.BytesIO()
    writer = WARCWriter(sink, gzip=True, warc_version="1.1")

    def headers() -> StatusAndHeaders:
        return StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")

    def response(body: bytes, date: str) -> str:
        record = writer.create_warc_record(
            PAGE, "response", io.BytesIO(body), len(body), http_headers=headers(), warc_headers_dict={"WARC-Date": date}
        )
        writer.write_record(record)
        return record.rec_headers.get_header("WARC-Payload-Digest") or ""

    digest = response(b"as it was", FIRST)
    response(b"changed", SECOND)
    revisit = writer.create_revisit_record(PAGE, digest, PAGE, FIRST, headers(), {"WARC-Date": "2026-03-16T10:00:00Z"})
    writer.write_record(revisit)
    assert found(sink.getvalue()) == {"1.html": b"as it was", "2.html": newer("1.html")}


def head(length: int | None, more: bytes = b"") -> bytes:
    lines = [b"WARC/1.0", b"WARC-Type: response", b"WARC-Target-URI: https://example.kz/", more]
    lines += [] if length is None else [b"Content-Length: %d" % length]
    return b"\r\n".join(filter(None, lines)) + b"\r\n\r\n"


CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\n"


@pytest.mark.parametrize(
    "record",
    [
        head(100 << 20) + CHUNKED + bytes(100 << 20),
        head(None) + CHUNKED + bytes(100 << 20),
        head(9, b"X: " + b"x" * (100 << 20)) + b"HTTP/1.1 ",
        head(9, b"\r\n".join(b"X: y" for _ in range(1 << 18))) + b"HTTP/1.1 ",
        head(100 << 20) + b"HTTP/1.1 200 OK\r\nX: " + b"x" * (100 << 20),
        b"WARC/1.0" * (20 << 20),
        bytes(100 << 20),
    ],
    ids=["one piece", "no length", "a header", "headers", "a header of the page", "no line", "zeros"],
)
def test_what_unpacks_to_much_takes_little_memory(record: bytes) -> None:
    import tracemalloc

    archive = gzip.compress(record, 1) + warc_record(PAGE, FIRST, b"text")
    del record
    tracemalloc.start()
    try:
        members = [each for each in iter_warc_members(archive, "a.warc.gz", Budget()) if isinstance(each, Refused)]
        assert len(members) == 1
    except FormatError:
        pass
    finally:
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 80 << 20


def test_an_archive_that_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aligner.ingest.web_archive.MAX_PASSED_BYTES", 1 << 20)
    body = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n" + bytes(2 << 20)
    with pytest.raises(FormatError, match="unpacks to more than"):
        found(gzip.compress(head(len(body)) + body))
