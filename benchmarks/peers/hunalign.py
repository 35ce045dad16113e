"""hunalign (Varga et al. 2005): length and words in common, in two passes, with no dictionary.

It is a program and neither on PyPI nor in Debian; where it is on the PATH it is run as its manual says.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from itertools import pairwise
from pathlib import Path

from benchmarks.alignment_case import AlignmentCase, Beads

__all__ = ["NEEDS", "READS", "TITLE", "align"]

TITLE = "hunalign"
NEEDS = "hunalign"
READS = "lengths"


def align(case: AlignmentCase) -> Beads:
    """`hunalign -utf -realign` with an empty dictionary; its ladder's rungs are where beads begin."""
    with tempfile.TemporaryDirectory() as folder:
        dictionary, kk, ru = (Path(folder) / name for name in ("empty.dic", "kk.txt", "ru.txt"))
        dictionary.touch()
        kk.write_text(_tokenised(case.kk.segments), encoding="utf-8")
        ru.write_text(_tokenised(case.ru.segments), encoding="utf-8")
        command = ["hunalign", "-utf", "-realign", str(dictionary), str(kk), str(ru)]
        ladder = subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder).stdout
    rungs = [tuple(int(part) for part in line.split("\t")[:2]) for line in ladder.splitlines() if line.strip()]
    steps = pairwise(rungs)
    return [
        (tuple(range(top, bottom)), tuple(range(start, end)))
        for (top, start), (bottom, end) in steps
        if bottom > top and end > start
    ]


def _tokenised(segments: tuple[str, ...]) -> str:
    return "".join(" ".join(re.findall(r"\w+|[^\w\s]", segment)) + "\n" for segment in segments)
