"""Where pages are kept: a file each, or records in web archives. Both by language, as `qostil batch` reads them."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from aligner.errors import OutputError
from aligner.fetch.manifest import Archive, Page
from aligner.fetch.names import folder_for, name_for
from aligner.fetch.records import Answer

__all__ = ["FileStore", "Place", "Store"]

_EARLIER = ".earlier"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page is kept, as a path in the folder; where its earlier content is now; the archive that has grown."""

    file: str
    earlier: str | None = None
    archive: Archive | None = None


class Store(Protocol):
    """Keeps pages. What it has kept when the manifest is not told of it, it keeps once all the same."""

    def keep(self, answer: Answer, draft: Path, language: str, known: Page | None) -> Place:
        """Keep what stands in `draft`; `known` is what the manifest has of this page. Raises OutputError."""
        ...

    def has(self, page: Page) -> bool:
        """Whether a page is still there, so that the site may answer that it has not changed."""
        ...

    def drop(self, page: Page) -> None:
        """Take away the content of a page that stands at another address now, and is kept from there."""
        ...


class FileStore:
    """A file a page: `kk/HOST/NAME.html`. An earlier content goes to a hidden folder, which no batch reads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, answer: Answer, draft: Path, language: str, known: Page | None) -> Place:
        name = f"{language}/{folder_for(answer.url)}/{name_for(answer.url, draft.suffix)}"
        path = self._folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            earlier = None if known is None else self._set_aside(known)
            draft.replace(path)
            if known is not None and known.file is not None and known.file != name:
                (self._folder / known.file).unlink(missing_ok=True)
        except OSError as error:
            raise OutputError(f"{path}: can't be written: {error.strerror or error}") from error
        return Place(name, earlier)

    def has(self, page: Page) -> bool:
        return page.file is not None and (self._folder / page.file).is_file()

    def drop(self, page: Page) -> None:
        if self._set_aside(page) is not None and page.file is not None:
            (self._folder / page.file).unlink(missing_ok=True)

    def _set_aside(self, known: Page) -> str | None:
        """Give the earlier content a second name; its first is taken over by the new one without a moment between."""
        if known.file is None or known.sha256 is None or not self.has(known):
            return None
        old = Path(known.file)
        name = f"{_EARLIER}/{old.with_name(f'{old.stem}-{known.sha256[:8]}{old.suffix}').as_posix()}"
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            part = path.with_name(f".{path.name}.part")
            part.unlink(missing_ok=True)
            try:
                os.link(self._folder / old, part)
            except OSError:
                # Some disks know no links.
                shutil.copyfile(self._folder / old, part)
            part.replace(path)
        return name
