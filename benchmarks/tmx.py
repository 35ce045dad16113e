"""TMX libraries side by side: write, read with everything, read the texts alone; time and peak memory.

    python benchmarks/tmx.py [--units 200000] [--runs 3] [--only tmx] [--folder DIR] [--json FILE]

Every measurement is a process of its own, so that its peak memory is its own; the best of the runs counts, in
processor seconds, for other work on the machine does not change those much. The units are made up: two texts
of 90 characters, dates, two properties; every tenth has inline elements. Each library reads the one file that
`tmx` wrote, and iterates over units, both texts, properties and attributes. translate-toolkit is
3.20.4 (`pip install translate-toolkit`); hypomnema (0.8, Python 3.13) takes part where it is installed.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.metadata
import importlib.util
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path = [path for path in sys.path if Path(path or ".").resolve() != Path(__file__).resolve().parent]
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import tmx  # noqa: E402 the folder of this script has a module of the same name
from tmx.texts import iter_texts  # noqa: E402

KK = "Қазақстан Республикасының Үкіметі № {} қаулыны қабылдады, онда су & жер мәселелері <қамтылған>."
RU = "Правительство Республики Казахстан приняло постановление № {}, где <учтены> вопросы воды & земли."


def units(count: int) -> Iterator[tmx.TranslationUnit]:
    """The units of the benchmark."""
    bold, end = (
        tmx.Inline("bpt", {"i": "1", "x": "1", "type": "bold"}, ("<b>",)),
        tmx.Inline("ept", {"i": "1"}, ("</b>",)),
    )
    for number in range(count):
        attributes = {"tuid": str(number), "creationdate": "20240101T000000Z", "changedate": "20240201T000000Z"}
        props = (tmx.Prop("x-score", "0.98"), tmx.Prop("x-source", f"doc-{number % 1000}.html"))
        sides = []
        for code, text in (("kk", KK.format(number)), ("ru", RU.format(number))):
            content: tmx.Content = (text[:20], bold, text[20:40], end, text[40:]) if number % 10 == 0 else (text,)
            sides.append(tmx.Variant(code, content))
        yield tmx.TranslationUnit(tuple(sides), attributes, props)


def write_tmx(path: Path, count: int) -> int:
    return tmx.write(path, units(count), tmx.Header(srclang="kk")).units


def read_tmx(path: Path, count: int) -> int:
    total = 0
    for unit in tmx.iter_units(path):
        left, right = unit.variants
        total += len(left.text) + len(right.text) + len(unit.attributes)
        total += sum(len(prop.text) for prop in unit.props)
    return total


def texts_tmx(path: Path, count: int) -> int:
    return sum(len(left) + len(right) for left, right in iter_texts(path, "kk", "ru"))


def write_toolkit(path: Path, count: int) -> int:
    from translate.storage import tmx as toolkit

    store = toolkit.tmxfile(sourcelanguage="kk", targetlanguage="ru")
    for number in range(count):
        store.addtranslation(KK.format(number), "kk", RU.format(number), "ru")
    store.savefile(str(path))
    return count


def read_toolkit(path: Path, count: int) -> int:
    from translate.storage import tmx as toolkit

    total = 0
    for unit in toolkit.tmxfile.parsefile(str(path)).units:
        element = unit.xmlelement
        total += len(str(unit.source)) + len(str(unit.target)) + len(element.attrib)
        total += sum(len(prop.text) for prop in element.iterchildren("{*}prop"))
    return total


def read_hypomnema(path: Path, count: int) -> int:
    import hypomnema

    return sum(1 for _ in hypomnema.load(path, filter="tu"))


TASKS = {
    ("tmx", "write"): write_tmx,
    ("tmx", "read"): read_tmx,
    ("tmx", "texts"): texts_tmx,
    ("translate-toolkit", "write"): write_toolkit,
    ("translate-toolkit", "read"): read_toolkit,
    ("hypomnema", "read"): read_hypomnema,
}
MODULES = {"tmx": "tmx", "translate-toolkit": "translate", "hypomnema": "hypomnema"}


def measure(library: str, task: str, path: Path, count: int) -> dict[str, float]:
    """One task in this process."""
    start, wall = time.process_time(), time.perf_counter()
    TASKS[library, task](path, count)
    return {
        "cpu_s": time.process_time() - start,
        "wall_s": time.perf_counter() - wall,
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def best(library: str, task: str, path: Path, count: int, runs: int) -> dict[str, float]:
    """The best of some processes, and the largest peak of them."""
    command = [sys.executable, __file__, "--one", library, task, str(path), str(count)]
    results = [
        json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout) for _ in range(runs)
    ]
    return {
        "cpu_s": round(min(each["cpu_s"] for each in results), 2),
        "wall_s": round(min(each["wall_s"] for each in results), 2),
        "peak_mib": round(max(each["peak_mib"] for each in results), 1),
    }


def main() -> None:
    """Run everything and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, default=200_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", choices=sorted(MODULES))
    parser.add_argument("--folder", type=Path, help="where the files go (some 650 MB for a million units)")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--one", nargs=4, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        library, task, path, count = options.one
        print(json.dumps(measure(library, task, Path(path), int(count))))
        return
    libraries = [name for name in MODULES if options.only in (None, name)]
    missing = [name for name in libraries if importlib.util.find_spec(MODULES[name]) is None]
    results: dict[str, dict[str, dict[str, float]]] = {}
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        shared = Path(folder) / "shared.tmx"
        write_tmx(shared, options.units)
        with shared.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        for library, task in TASKS:
            if library not in libraries or library in missing:
                continue
            target = Path(folder) / "written.tmx" if task == "write" else shared
            results.setdefault(library, {})[task] = best(library, task, target, options.units, options.runs)
            (Path(folder) / "written.tmx").unlink(missing_ok=True)
        size = shared.stat().st_size
    versions = {}
    for name in libraries:
        if name not in missing and name != "tmx":
            versions[name] = importlib.metadata.version(name)
    report = {
        "units": options.units,
        "bytes": size,
        "sha256": digest,
        "runs": options.runs,
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "versions": versions,
        "missing": missing,
        "results": results,
    }
    print(f"{options.units:,} units, {size:,} bytes; best of {options.runs}; Python {report['python']}; {versions}")
    print(f"{'library':<20}{'task':<8}{'cpu s':>9}{'wall s':>9}{'peak MiB':>10}{'x toolkit':>11}")
    peers = results.get("translate-toolkit", {})
    for library, tasks in results.items():
        for task, figures in tasks.items():
            peer = peers.get("read" if task == "texts" else task)
            ratio = f"{peer['cpu_s'] / figures['cpu_s']:.2f}" if peer else ""
            print(
                f"{library:<20}{task:<8}{figures['cpu_s']:>9}{figures['wall_s']:>9}{figures['peak_mib']:>10}{ratio:>11}"
            )
    for name in missing:
        print(f"{name:<20}not installed here")
    if options.json:
        options.json.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
