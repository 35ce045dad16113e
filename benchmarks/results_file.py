"""A benchmark's result as JSON: what was measured, on which machine, with which versions and which corpora."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import platform
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

__all__ = ["RESULTS", "corpus_hashes", "installed_versions", "machine", "write_results"]

RESULTS = Path(__file__).resolve().parent / "results"


def machine() -> dict[str, Any]:
    """The processor, the cores this process may use, memory in GiB, system, Python, and how busy it was."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "cpu": _cpu_model(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_gib": round(memory, 1),
        "system": platform.platform(),
        "python": platform.python_version(),
        "load_average_at_start": [round(load, 2) for load in os.getloadavg()],
    }


def installed_versions(*distributions: str) -> dict[str, str | None]:
    """The installed version of each distribution, or None."""
    return {name: _version(name) for name in distributions}


def corpus_hashes(paths: Iterable[Path], base: Path) -> dict[str, str]:
    """SHA-256 of each file, by its path relative to `base`."""
    return {path.relative_to(base).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def write_results(
    name: str, results: Mapping[str, Any], versions: Mapping[str, str | None], corpora: Mapping[str, str]
) -> Path:
    """Write `benchmarks/results/NAME.json` in one move and return its path."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}.json"
    written = {
        "measured": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "machine": machine(),
        "versions": dict(versions),
        "corpora_sha256": dict(corpora),
        "results": results,
    }
    draft = path.with_suffix(".json.part")
    draft.write_text(json.dumps(written, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    draft.replace(path)
    return path


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _cpu_model() -> str:
    listing = Path("/proc/cpuinfo")
    if listing.exists():
        for line in listing.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
