"""How long an export of many pairs takes, and how much memory.

usage: python -m benchmarks.export [PAIRS]

Pairs (a million by default) are made from Debian's translations: two of them and a number between, so that words,
lengths and near-duplicates are those of real text. They are put in a TSV, with twenty pairs a document, and exported to
Parquet in a process of its own each time: with the default filters, the same without filters, and with dev and test
split off; then a tenth of them with the default filters, which shows how memory grows. The peak of memory is that of
the process that writes; each of its helpers, of which there is one a core and four at most, has its own.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from aligner.corpus import usable_workers
from benchmarks.results_file import corpus_hashes, installed_versions, write_results
from benchmarks.shared_data import SHARED, missing_files, shared_files

SOURCES = ("parallel/debian_gettext.tsv", "parallel/debian_mozilla.tsv", "parallel/debian_libreoffice.tsv")
RUNS = {
    "default filters": [],
    "no filters": ["--no-filters"],
    "default filters, dev and test": ["--dev", "2000", "--test", "2000"],
}


def main() -> None:
    missing = missing_files(*SOURCES)
    if missing:
        print(f"skipped: {', '.join(missing)} not beside this checkout")
        return
    total = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    results: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "made.tsv"
        make_pairs(source, total)
        megabytes = round(source.stat().st_size / 2**20)
        print(f"{total:,} pairs, {megabytes:,} MB of TSV")
        print(f"{'':32}{'seconds':>9}{'of processor':>14}{'peak MB':>9}{'a helper':>10}{'written':>11}")
        for name, options in RUNS.items():
            results[name] = measured(source, Path(folder) / "out", options)
            print(line_of(name, results[name]))
        fewer = Path(folder) / "fewer.tsv"
        make_pairs(fewer, total // 10)
        results["a tenth, default filters"] = measured(fewer, Path(folder) / "out", [])
        print(line_of("a tenth, default filters", results["a tenth, default filters"]))
    made = {"pairs": total, "megabytes": megabytes, "helpers": usable_workers(), "runs": results}
    versions = installed_versions("qostil", "numpy", "pyarrow", "py3langid")
    print(write_results("export", made, versions, corpus_hashes(shared_files(*SOURCES), SHARED)))


def measured(source: Path, output: Path, options: list[str]) -> dict[str, float]:
    started = time.perf_counter()
    command = [sys.executable, "-m", "benchmarks.export", "--one", str(source), str(output), *options]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    row = json.loads(done.stdout.splitlines()[-1])
    return {"seconds": round(time.perf_counter() - started, 1), **row}


def line_of(name: str, row: dict[str, float]) -> str:
    return (
        f"{name:32}{row['seconds']:9.1f}{row['processor_seconds']:14.1f}{row['peak_mb']:9,.0f}"
        f"{row['peak_mb_of_a_helper']:10,.0f}{row['written']:11,}"
    )


def make_pairs(path: Path, total: int) -> None:
    pairs = []
    for name in SOURCES:
        for line in (SHARED / name).read_text(encoding="utf-8").splitlines():
            kk, ru = line.split("\t")[:2]
            if len(kk.split()) >= 5 and len(ru.split()) >= 5:
                pairs.append((kk.split(), ru.split()))
    chance = random.Random(0)
    with path.open("w", encoding="utf-8") as file:
        for number in range(total):
            one, two = chance.choice(pairs), chance.choice(pairs)
            figure = str(chance.randrange(10**6))
            kk, ru = (" ".join([*a, figure, *b]) for a, b in zip(one, two, strict=True))
            document = number // 20
            file.write(f"{kk}\t{ru}\t{chance.uniform(0.5, 1):.4f}\t\tkk{document}\tru{document}\t\n")


def export_one(source: str, output: str, options: list[str]) -> None:
    """One export; what it took stands in the last line of what it prints."""
    from typer.testing import CliRunner

    from aligner.cli import app

    done = CliRunner().invoke(app, ["export", source, "-o", output, "--json", "--quiet", *options])
    if done.exit_code:
        raise SystemExit(done.output)
    written = json.loads(done.stdout.splitlines()[-1])["written"]
    own, helpers = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    row = {
        "processor_seconds": round(sum(each.ru_utime + each.ru_stime for each in (own, helpers)), 1),
        "peak_mb": round(own.ru_maxrss / 1024),
        "peak_mb_of_a_helper": round(helpers.ru_maxrss / 1024),
        "written": written,
    }
    print(json.dumps(row))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        export_one(sys.argv[2], sys.argv[3], sys.argv[4:])
    else:
        main()
