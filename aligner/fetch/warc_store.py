"""Pages as records of web archives (WARC 1.1, ISO 28500), with the headers of their answers."""

from __future__ import annotations

import datetime as dt
import io
import os
from importlib.metadata import version
from pathlib import Path
from typing import Any

from aligner.errors import OutputError
from aligner.fetch.clock import Clock
from aligner.fetch.manifest import Archive, Manifest, Page
from aligner.fetch.records import Answer
from aligner.fetch.stores import Place

__all__ = ["WarcStore"]

# Several times smaller than what our own reader takes at once.
_FULL_AT_BYTES = 64 * 2**20
# The body is kept unpacked and in one piece, so that headers about the way it came no longer hold.
_OF_THE_WAY = ("content-encoding", "transfer-encoding", "content-length", "connection", "keep-alive")


class WarcStore:
    """Appends to `kk/pages-00001.warc.gz`, `ru/pages-00001.warc.gz`, and so on.

    Each record is a gzip member of its own. What stands behind the last record that the manifest knows was written
    in the moment in which a run was killed, and is cut off.
    """

    def __init__(self, folder: Path, manifest: Manifest, clock: Clock, user_agent: str) -> None:
        self._folder, self._manifest, self._clock = folder, manifest, clock
        self._user_agent = user_agent
        self._open: dict[str, Archive] = {}
        for archive in manifest.archives():
            path = folder / archive.file
            if path.is_file() and path.stat().st_size > archive.bytes:
                os.truncate(path, archive.bytes)

    def keep(self, answer: Answer, draft: Path, language: str, known: Page | None) -> Place:
        archive = self._archive(language)
        path = self._folder / archive.file
        try:
            with path.open("ab") as file:
                file.truncate(archive.bytes)
                file.seek(archive.bytes)
                if archive.bytes == 0:
                    file.write(self._head(path.name))
                file.write(self._record(answer))
                file.flush()
                os.fsync(file.fileno())
                size = file.tell()
        except OSError as error:
            raise OutputError(f"{path}: can't be written: {error.strerror or error}") from error
        draft.unlink(missing_ok=True)
        grown = Archive(archive.file, size, archive.records + 1)
        self._open[language] = grown
        earlier = known.file if known is not None else None
        return Place(f"{grown.file}/{grown.records}{draft.suffix}", earlier, grown)

    def has(self, page: Page) -> bool:
        return page.file is not None

    def drop(self, page: Page) -> None:
        """A record stays what it was: the page as it stood there then."""

    def _archive(self, language: str) -> Archive:
        """The archive to append to: the last one, where it is still there and not full, or a new one."""
        ours = [each for each in self._manifest.archives() if each.file.startswith(f"{language}/")]
        last = self._open.get(language) or (ours[-1] if ours else None)
        if last is not None and last.bytes < _FULL_AT_BYTES and self._is_whole(last):
            return last
        number = len(ours) + 1
        while (self._folder / _name(language, number)).exists():
            number += 1
        (self._folder / language).mkdir(parents=True, exist_ok=True)
        archive = Archive(_name(language, number), 0, 0)
        self._manifest.begin_archive(archive.file)
        return archive

    def _is_whole(self, archive: Archive) -> bool:
        path = self._folder / archive.file
        return archive.bytes == 0 or (path.is_file() and path.stat().st_size >= archive.bytes)

    def _head(self, name: str) -> bytes:
        about = {"software": f"qostil/{version('qostil')}", "format": "WARC File Format 1.1", "robots": "obey"}
        about["http-header-user-agent"] = self._user_agent
        sink = io.BytesIO()
        writer = _writer(sink)
        writer.write_record(writer.create_warcinfo_record(name, about))
        return sink.getvalue()

    def _record(self, answer: Answer) -> bytes:
        from warcio.statusandheaders import StatusAndHeaders

        headers = [
            (f"X-Archive-Orig-{name}" if name in _OF_THE_WAY else name, value) for name, value in answer.headers.items()
        ]
        headers.append(("Content-Length", str(len(answer.body))))
        sink = io.BytesIO()
        writer = _writer(sink)
        now = self._clock.now().astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        record = writer.create_warc_record(
            answer.url,
            "response",
            payload=io.BytesIO(answer.body),
            length=len(answer.body),
            http_headers=StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1"),
            warc_headers_dict={"WARC-Date": now},
        )
        writer.write_record(record)
        return sink.getvalue()


def _writer(sink: io.BytesIO) -> Any:
    from warcio.warcwriter import WARCWriter

    return WARCWriter(sink, gzip=True, warc_version="1.1")


def _name(language: str, number: int) -> str:
    return f"{language}/pages-{number:05}.warc.gz"
