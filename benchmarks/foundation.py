"""The three things everything else stands on, in one run: segmentation F1, alignment F1, and encoder sentences/s.

usage: python -m benchmarks.foundation

Each part runs in a process of its own, so that one that binds itself to a core, or fills memory, leaves the
others' figures alone. Parts whose data under ../shared is absent say so and are skipped.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

__all__ = ["PARTS", "main"]

PARTS = (
    ("Segmentation: boundary F1", ("benchmarks.segmentation",)),
    ("Alignment: strict, lax and unaligned F1", ("benchmarks.align", "--summary")),
    ("Encoding: sentences a second, beside a LaBSE-shaped model", ("benchmarks.encoder",)),
)


def main() -> int:
    failed = []
    for title, arguments in PARTS:
        print(f"\n== {title} ==", flush=True)
        root = Path(__file__).resolve().parents[1]
        if subprocess.run([sys.executable, "-m", *arguments], cwd=root, check=False).returncode:
            failed.append(title.partition(":")[0].lower())
    if failed:
        print(f"\nnot measured: {', '.join(failed)}", file=sys.stderr)
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
