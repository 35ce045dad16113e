"""What is installed and how this machine is set up: findings, each with what to do where something is wrong.

A finding says what was looked at and what was found by keys and values; `aligner.messages.doctor` has the words.
"""

from __future__ import annotations

import importlib.util
import locale
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

from aligner.errors import EncoderError, QostilError

__all__ = ["EXTRAS", "Finding", "Level", "examine"]

Level = Literal["fine", "advice", "problem"]

EXTRAS: dict[str, tuple[str, ...]] = {
    "formats": ("defusedxml", "openpyxl", "polib", "pypdfium2", "pysubs2", "striprtf", "warcio"),
    "fetch": ("feedparser", "idna", "protego", "truststore", "urllib3", "warcio"),
    "parquet": ("pyarrow",),
    "postgres": ("psycopg",),
    "xlsx": ("openpyxl",),
    "serve": ("fastapi", "prometheus_client", "uvicorn"),
}
"""The extras, each with the modules that it brings."""

_CORE = (
    "babel",
    "charset_normalizer",
    "docx",
    "faiss",
    "htmldate",
    "jinja2",
    "lxml",
    "lxml_html_clean",
    "markdown_it",
    "nltk",
    "numpy",
    "onnxruntime",
    "platformdirs",
    "py3langid",
    "rapidfuzz",
    "rich",
    "scipy",
    "threadpoolctl",
    "tokenizers",
    "trafilatura",
    "typer",
)
# What multiplies 8-bit numbers in one instruction, and what at least adds many numbers at once, on x86 and on ARM.
_FAST = {"avx512_vnni", "avx_vnni", "asimddp", "i8mm"}
_PLAIN = {"avx2", "avx512f", "asimd"}
_FEATURES = _FAST | _PLAIN
_FREE_BYTES_WANTED = 500_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """`subject` is what was looked at, `state` what was found, `values` what its words are about."""

    subject: str
    state: str
    level: Level
    values: Mapping[str, object] = field(default_factory=dict)


def examine(memory: str | None = None) -> Iterator[Finding]:
    """Look at one thing after the other; nothing is changed, and nothing asked of the network.

    `memory` is a file or `postgresql://…` to be looked at as well.
    """
    yield _qostil()
    yield _python()
    yield from _core()
    yield from _extras()
    yield _torch()
    yield _encoder()
    yield _processor()
    yield _threads()
    yield _cache()
    yield _temporary()
    yield _console()
    if memory is not None:
        yield _memory(memory)


def _qostil() -> Finding:
    try:
        found = version("qostil")
    except PackageNotFoundError:
        return Finding("qostil", "not_installed", "problem")
    return Finding("qostil", "found", "fine", {"version": found, "place": str(Path(__file__).parent)})


def _python() -> Finding:
    values = {"version": platform.python_version(), "system": f"{platform.system()} {platform.machine()}"}
    return Finding("python", "found", "fine", values | {"place": sys.executable})


def _core() -> Iterator[Finding]:
    missing = [name for name in _CORE if not _is_there(name)]
    if missing:
        yield Finding("packages", "missing", "problem", {"names": ", ".join(missing)})
    else:
        yield Finding("packages", "found", "fine", {"count": len(_CORE)})


def _extras() -> Iterator[Finding]:
    for extra, modules in EXTRAS.items():
        missing = [name for name in modules if not _is_there(name)]
        if missing:
            values = {"extra": extra, "names": ", ".join(missing), "command": f"pip install 'qostil[{extra}]'"}
            yield Finding("extra", f"missing_{extra}", "advice", values)
        else:
            yield Finding("extra", "found", "fine", {"extra": extra})


def _torch() -> Finding:
    if _is_there("torch") and _is_there("sentence_transformers"):
        return Finding("other_encoders", "found", "fine", {"version": _version_of("torch")})
    return Finding("other_encoders", "missing", "advice", {"command": "pip install sentence-transformers"})


def _encoder() -> Finding:
    from aligner.encode import EmbeddedEncoder
    from aligner.encode.embedded import embedded_model_path

    folder = embedded_model_path()
    values: dict[str, object] = {"place": str(folder)}
    try:
        encoder = EmbeddedEncoder(folder)
        (vector,) = encoder.encode(["Сәлем, әлем!"])
    except EncoderError as error:
        return Finding("encoder", "broken", "problem", values | {"error": str(error)})
    except ImportError as error:
        return Finding("encoder", "no_runtime", "problem", values | {"error": str(error)})
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    values |= {"name": encoder.name.partition("@")[0], "dimension": len(vector), "megabytes": round(size / 1e6)}
    return Finding("encoder", "found", "fine", values)


def _processor() -> Finding:
    flags = _processor_flags()
    if flags is None:
        return Finding("processor", "unknown", "fine", {"name": platform.machine() or "?"})
    values = {"name": platform.machine(), "features": ", ".join(sorted(flags & _FEATURES)) or "-"}
    if flags & _FAST:
        return Finding("processor", "fast", "fine", values)
    if flags & _PLAIN:
        return Finding("processor", "plain", "fine", values)
    return Finding("processor", "slow", "advice", values)


def _processor_flags() -> set[str] | None:
    """What the processor can do, by the names of Linux; None where the system does not say it in a file."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    lines = (line.partition(":") for line in text.splitlines())
    return next((set(value.split()) for name, _, value in lines if name.strip() in ("flags", "Features")), None)


def _threads() -> Finding:
    """Processors that this process may use, which in a container are fewer than the machine has."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    limits = [f"{name}={os.environ[name]}" for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS") if os.environ.get(name)]
    values: dict[str, object] = {"usable": usable, "all": os.cpu_count() or usable, "limits": ", ".join(limits)}
    return Finding("threads", "limited" if limits else "found", "fine", values)


def _cache() -> Finding:
    from aligner.encode import default_cache_dir

    folder = default_cache_dir()
    values: dict[str, object] = {"place": str(folder)}
    nearest = next(each for each in (folder, *folder.parents) if each.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK):
        return Finding("cache", "not_writable", "problem", values)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else 0
    free = shutil.disk_usage(nearest).free
    values |= {"megabytes": round(size / 1e6), "free_megabytes": round(free / 1e6)}
    is_full = free < _FREE_BYTES_WANTED
    return Finding("cache", "full" if is_full else "found", "advice" if is_full else "fine", values)


def _temporary() -> Finding:
    folder = tempfile.gettempdir()
    free = shutil.disk_usage(folder).free
    values = {"place": folder, "free_megabytes": round(free / 1e6)}
    is_full = free < _FREE_BYTES_WANTED
    return Finding("temporary", "full" if is_full else "found", "advice" if is_full else "fine", values)


def _console() -> Finding:
    encoding = (getattr(sys.stdout, "encoding", None) or "utf-8").lower()
    values = {"encoding": encoding, "locale": locale.setlocale(locale.LC_CTYPE), "files": locale.getencoding()}
    try:
        "Әлем: ғқңөұүһі → мир".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return Finding("console", "no_letters", "advice", values)
    return Finding("console", "found", "fine", values)


def _memory(place: str) -> Finding:
    from aligner.memory import Memory

    name = place.rpartition("@")[2] if "://" in place else place
    try:
        with Memory.open(place, create=False) as opened:
            problems = opened.check()
            totals = opened.totals()
    except QostilError as error:
        return Finding("memory", "closed", "problem", {"name": name, "error": str(error)})
    if problems:
        first = f"{problems[0].problem}; {problems[0].remedy}"
        return Finding("memory", "damaged", "problem", {"name": name, "count": len(problems), "error": first})
    return Finding("memory", "found", "fine", {"name": name, "units": totals.units, "pairs": totals.pairs})


def _is_there(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):
        return False


def _version_of(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "?"
