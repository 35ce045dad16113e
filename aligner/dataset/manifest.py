"""What a dataset was made from and how, so that it can be made again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aligner.errors import MissingInputError

__all__ = ["file_digest", "write_manifest"]

_STEP = 1 << 20


def file_digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal digits."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(_STEP):
                digest.update(block)
    except FileNotFoundError:
        raise MissingInputError(str(path), "no such file", "check the path") from None
    return digest.hexdigest()


def write_manifest(path: Path, manifest: Mapping[str, Any]) -> None:
    """As JSON with sorted keys. There is no time in it: the same run writes the same bytes."""
    draft = path.with_name(f".{path.name}.part")
    draft.write_text(json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    draft.replace(path)
