"""How long an export of many pairs takes, and how much memory.

usage: python -m benchmarks.export [PAIRS]

Pairs (a million by default) are made from the sentences of `parallel/apertium-gov` and of Debian's translations: halves
of two pairs and a number, so that words, lengths and near-duplicates are those of real text. They are put in a TSV,
with twenty pairs a document, and exported in a process of its own each time: to Parquet with the default filters, the
same without filters, and with dev and test split off.
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

from benchmarks.results_file import installed_versions, write_results
from benchmarks.shared_data import SHARED, missing_files

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
    results = {}
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "made.tsv"
        make_pairs(source, total)
        print(f"{total:,} pairs, {source.stat().st_size / 2**20:,.0f} MB of TSV")
        for name, options in RUNS.items():
            started = time.perf_counter()
            command = [
                sys.executable,
                "-m",
                "benchmarks.export",
                "--one",
                str(source),
                str(Path(folder) / "out"),
                *options,
            ]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            row = json.loads(done.stdout.splitlines()[-1])
            results[name] = {"seconds": round(time.perf_counter() - started, 1), **row}
            print(f"{name:32}{results[name]['seconds']:8.1f} s{row['peak_mb']:8,.0f} MB{row['written']:12,} written")
    print(write_results("export", {"pairs": total, "runs": results}, installed_versions("numpy", "pyarrow"), {}))


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
    """One export, with the peak of its memory as the last line of what it prints."""
    from typer.testing import CliRunner

    from aligner.cli import app

    done = CliRunner().invoke(app, ["export", source, "-o", output, "--json", "--quiet", *options])
    if done.exit_code:
        raise SystemExit(done.output)
    written = json.loads(done.stdout.splitlines()[-1])["written"]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"written": written, "peak_mb": round(peak)}))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        export_one(sys.argv[2], sys.argv[3], sys.argv[4:])
    else:
        main()
