"""Batches that are killed at random moments, and what becomes of them.

usage: python -m benchmarks.kills [--kills N] [--seed N] [--no-write]

A batch of 16 releases, a dump and a table, with an encoder that costs nothing, is killed (`kill -9`) at a random moment
of the time it takes, three times over the same memory, and then let go on to its end. It must leave what an undisturbed
one leaves: the same TMX, byte for byte, the same counts, the same history, a memory without a fault, and no other file.
What is killed, and how that is checked, is in `tests/killing.py`; a test does the same six times.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from benchmarks.results_file import installed_versions, write_results

_TESTS = Path(__file__).resolve().parents[1] / "tests"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--no-write", action="store_true", help="leave results/kills.json as it is")
    options = parser.parse_args()
    sys.path.insert(0, str(_TESTS))
    # Where processes are forked from, the tests' modules must be found, too.
    os.environ["PYTHONPATH"] = os.pathsep.join([str(_TESTS), *filter(None, [os.environ.get("PYTHONPATH")])])
    from killing import finished, outcome_of, rounds_of_kills, said, start, write_inputs

    stages: Counter[str] = Counter()
    moments: list[float] = []
    same = rounds = 0
    with tempfile.TemporaryDirectory(prefix="qostil-kills-") as scratch:
        folder = Path(scratch)
        write_inputs(folder)
        # The first process pays for loading everything.
        for name in ("first", "whole"):
            began = time.monotonic()
            if finished(start(folder / name)) != 0:
                raise RuntimeError(said(folder / name))
            seconds = time.monotonic() - began
        expected = outcome_of(folder / "whole")
        for killed, outcome in rounds_of_kills(folder, options.kills, seconds, options.seed):
            rounds += 1
            same += outcome == expected
            stages.update(kill.stage for kill in killed)
            moments += [kill.at_s for kill in killed]
            print(f"{stages.total()} kills, {rounds} memories, {same} of them as if undisturbed", flush=True)
    for stage, count in stages.most_common():
        print(f"  {stage:24}{count:5}")
    results = {
        "seed": options.seed,
        "kills": stages.total(),
        "memories": rounds,
        "same": same,
        "undisturbed_seconds": round(seconds, 3),
        "killed_at_s": {"first": min(moments), "last": max(moments)},
        "killed_while": dict(stages.most_common()),
    }
    if not options.no_write:
        print(write_results("kills", results, installed_versions("qostil"), {}))
    is_met = same == rounds and stages.total() >= options.kills
    print(f"{'met   ' if is_met else 'MISSED'} every batch that was killed ends with the same memory")
    return 0 if is_met else 1


if __name__ == "__main__":
    sys.exit(main())
