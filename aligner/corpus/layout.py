"""Which files a dataset is made of, and how they appear all at once."""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from aligner.dataset import PARTS
from aligner.errors import OptionError, OutputError
from aligner.export import FORMATS, check_writable, format_of

__all__ = ["MANIFEST", "Layout", "layout_of", "made_folder"]

MANIFEST, CARD = "manifest.json", "README.md"
MADE_BY = "qostil export"


@dataclass(frozen=True, slots=True)
class Layout:
    """`target` is a file, or a folder with `data/`, a card and a manifest; `files` are by part, in `target` if that
    is a folder."""

    target: Path
    kind: str
    is_folder: bool
    files: dict[str, Path]


def layout_of(target: Path, kind: str | None, parts: tuple[int, ...], as_folder: bool = False) -> Layout:
    """A name without a suffix is a folder, of Parquet unless `kind` says otherwise; a file of several parts is
    `NAME.train.SUFFIX` and so on. Raises `OutputError` where it can't be written, and `OptionError`."""
    is_folder = as_folder or target.is_dir() or not target.suffix
    names = [PARTS[part] for part in parts]
    if is_folder:
        found = kind or "parquet"
        suffix = FORMATS[found][0]
        _refuse_foreign_folder(target)
        return Layout(target, found, True, {name: Path("data") / f"{name}{suffix}" for name in names})
    found = format_of(target, kind)
    check_writable(target)
    if len(parts) == 1:
        return Layout(target, found, False, {names[0]: target})
    suffix = next((each for each in FORMATS[found] if target.name.lower().endswith(each)), target.suffix)
    stem = target.name[: -len(suffix)]
    if not stem:
        raise OptionError(f"{target}: has no name before its suffix")
    return Layout(target, found, False, {name: target.with_name(f"{stem}.{name}{suffix}") for name in names})


def _refuse_foreign_folder(target: Path) -> None:
    """A folder is replaced only where an earlier run has made it."""
    if not target.parent.is_dir():
        raise OutputError(f"{target}: there is no folder {target.parent}; make it first")
    if target.exists() and (not target.is_dir() or (any(target.iterdir()) and not _is_ours(target))):
        raise OutputError(f"{target}: stands there already and is no dataset of ours; name another folder")


def _is_ours(folder: Path) -> bool:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(manifest, dict) and manifest.get("made_by") == MADE_BY


@contextmanager
def made_folder(target: Path) -> Iterator[Path]:
    """A folder to work in, which takes the place of `target` at the end, or goes away where something fails."""
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        (draft / "data").mkdir(parents=True)
        yield draft
        if target.exists():
            old = target.with_name(f".{target.name}.{secrets.token_hex(4)}.old")
            target.rename(old)
            draft.rename(target)
            shutil.rmtree(old)
        else:
            draft.rename(target)
    except OSError as error:
        raise OutputError(f"{target}: can't be written ({error}); nothing was left half-written") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
