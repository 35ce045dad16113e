"""How many true pairs the filters drop, beside simple rules, and how fast they are.

usage: python -m benchmarks.filters [--show]

Every line of X-WMT and FLORES-200 is a true pair, so that each one dropped is a mistake of the filter (or of the
corpus: some of them do contradict each other in a figure). The simple rules are those of OpusFilter's documentation:
`CharacterScoreFilter` with .8 Cyrillic on both sides, and `NonZeroNumeralsFilter` with a threshold of 0.5 on the
likeness of the digits other than zero. `--show` prints what our filters drop.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from difflib import SequenceMatcher

from aligner.filter import filters_named, first_objection
from aligner.records import Unit
from benchmarks.results_file import corpus_hashes, installed_versions, write_results
from benchmarks.shared_data import SHARED, missing_files, shared_files

CORPORA = ("gold/xwmt", "gold/flores-dev", "gold/flores-devtest")
FILES = [f"{name}.{language}.txt" for name in CORPORA for language in ("kk", "ru")]


def main() -> None:
    missing = missing_files(*FILES)
    if missing:
        print(f"skipped: {', '.join(missing)} not beside this checkout")
        return
    filters = filters_named()
    results: dict[str, dict[str, object]] = {}
    reasons: Counter[str] = Counter()
    pairs: list[Unit] = []
    print(f"{'':22}{'pairs':>7}{'dropped':>9}{'script rule':>13}{'numeral rule':>14}")
    for name in CORPORA:
        own = read_pairs(name)
        pairs += own
        objections = [(pair, reason) for pair in own if (reason := first_objection(pair, filters))]
        reasons.update(reason.split()[0].rstrip(":") for _, reason in objections)
        results[name] = row(own, len(objections))
        if "--show" in sys.argv:
            for pair, reason in objections:
                print(f"{reason}\n  {pair.kk}\n  {pair.ru}")
    results["all"] = row(pairs, sum(reasons.values()))
    for name, each in results.items():
        print(
            f"{name:22}{each['pairs']:7}{each['dropped']:9.4f}{each['simple_script_rule']:13.4f}"
            f"{each['simple_numeral_rule']:14.4f}"
        )
    started = time.perf_counter()
    for pair in pairs:
        first_objection(pair, filters)
    speed = len(pairs) / (time.perf_counter() - started)
    print("by filter:", dict(reasons), f"{speed:,.0f} pairs/s")
    print(
        write_results(
            "filters",
            {"corpora": results, "dropped_by": dict(reasons), "pairs_per_second": round(speed)},
            installed_versions("qostil", "py3langid"),
            corpus_hashes(shared_files(*FILES), SHARED),
        )
    )


def read_pairs(name: str) -> list[Unit]:
    kk, ru = ((SHARED / f"{name}.{side}.txt").read_text(encoding="utf-8").splitlines() for side in ("kk", "ru"))
    return [Unit(left, right, 1.0) for left, right in zip(kk, ru, strict=True)]


def row(pairs: list[Unit], dropped: int) -> dict[str, object]:
    return {
        "pairs": len(pairs),
        "dropped": dropped / len(pairs),
        "simple_script_rule": sum(map(is_dropped_by_script, pairs)) / len(pairs),
        "simple_numeral_rule": sum(map(is_dropped_by_numerals, pairs)) / len(pairs),
    }


def is_dropped_by_script(pair: Unit) -> bool:
    return any(cyrillic_share(text) < 0.8 for text in (pair.kk, pair.ru))


def cyrillic_share(text: str) -> float:
    letters = [letter for letter in text if letter.isalpha()]
    return sum("\u0400" <= letter <= "\u04ff" for letter in letters) / len(letters) if letters else 1.0


def is_dropped_by_numerals(pair: Unit) -> bool:
    kk, ru = (re.sub(r"[^1-9]", "", text) for text in (pair.kk, pair.ru))
    return SequenceMatcher(None, kk, ru).ratio() < 0.5


if __name__ == "__main__":
    main()
