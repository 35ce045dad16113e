"""What the load test reports, and what it asks."""

from __future__ import annotations

import random
from collections import Counter

import pytest

pytest.importorskip("benchmarks", reason="the source distribution carries no benchmarks")

from benchmarks.server import Load, varied


def test_the_percentiles_are_those_of_the_answers() -> None:
    load = Load([number / 1000 for number in range(100, 0, -1)], Counter({"503": 2, "EOFError": 1}))
    summary = load.summary(lasted_s=10.0)
    assert (summary["answers"], summary["answers_per_s"], summary["errors"]) == (100, 10.0, 3)
    assert (summary["p50_ms"], summary["p95_ms"], summary["p99_ms"], summary["max_ms"]) == (51.0, 96.0, 100.0, 100.0)
    assert Load().summary(1.0)["p99_ms"] == 0.0


def test_a_query_keeps_most_of_its_words() -> None:
    rng = random.Random(5)
    words = ["Жиналыс", "сағат", "онда", "үлкен", "залда", "басталады"]
    for _ in range(200):
        asked = varied(" ".join(words), rng).split()
        assert len(words) - 1 <= len(asked) <= len(words) + 1
        assert set(asked) <= set(words)
        assert varied("бір", rng) in {"бір", "бір бір"}
