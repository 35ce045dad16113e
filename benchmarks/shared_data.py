"""Where the development data beside the project lies, for the benchmarks that can use it.

`tests/shared_data.py` names the same folder for itself: the source distribution carries the tests without the
benchmarks, and the benchmarks must run where pytest is not installed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

__all__ = ["SHARED", "missing_files", "read_documents", "shared_files"]

SHARED = Path(__file__).resolve().parents[2] / "shared"


def shared_files(*relative: str) -> list[Path]:
    """The paths of `relative` under ../shared, whether they exist or not."""
    return [SHARED / name for name in relative]


def missing_files(*relative: str) -> list[str]:
    """Those of `relative` that are not under ../shared, each as a reader would write it."""
    return [f"../shared/{name}" for name in relative if not (SHARED / name).exists()]


def read_documents(relative: str) -> list[dict[str, Any]]:
    """The documents of an alignment gold file: `id`, `kk`, `ru`, `gold`, and `ignore` where lines are junk."""
    documents: list[dict[str, Any]] = json.loads((SHARED / relative).read_text(encoding="utf-8"))["docs"]
    return documents
