"""Mining: known translations found among distractors, and the cost of searching a million sentences.

usage: python -m benchmarks.mining [--distractors N ...] [--scale N ...] [--no-write]

The FLORES-200 and X-WMT sentences stand among government pages, seed releases and software texts. Distractors may
be translations of each other, so only pairs that involve a gold sentence count. Beside the probability that `qostil
mine` gives, plain cosine and the ratio margin alone choose one-to-one pairs from the same neighbours, each with the
threshold that suits it best on X-WMT; FLORES is the check. Nothing else is chosen here.

--scale searches made-up vectors, N on each side, in a process of its own: two noisy views of the same points, in
topics. The exact search of a sample says what the approximate one finds.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.encode import CachedEncoder, Encoder, load_encoder
from aligner.encode.means import usual_means
from aligner.mine import TAKEN_FROM
from aligner.mine.margin import NEIGHBOURS, find_candidates
from aligner.mine.miner import one_to_one, without_identical
from aligner.mine.neighbours import EXACT_UP_TO, CentredVectors, find_neighbours
from aligner.mine.score import features_of, log_odds
from benchmarks.encoder import peak_memory_bytes
from benchmarks.mining_corpus import GOLD_SETS, HiddenPairs, hide, needed_files, read_distractors, read_gold
from benchmarks.results_file import installed_versions, write_results
from benchmarks.shared_data import missing_files

__all__ = ["Chosen", "choose", "find_hidden", "main", "measure_scale", "rate"]

Floats = NDArray[np.float32]
Chosen = list[tuple[float, str, str]]
"""Pairs of texts, each with its score."""

DISTRACTORS = (3_000,)
SCALES = (100_000,)
DIMENSION, LATENT, TOPICS = 384, 96, 2_000


def find_hidden(hidden: HiddenPairs, encoder: Encoder) -> tuple[dict[str, Chosen], dict[str, Any]]:
    """What each way of scoring chooses one to one, and how the search went."""
    means = usual_means(encoder)
    left = CentredVectors(encoder.encode(hidden.kk), means[0])
    right = CentredVectors(encoder.encode(hidden.ru), means[1])
    started = time.perf_counter()
    forward, backward = find_neighbours(left, right, NEIGHBOURS), find_neighbours(right, left, NEIGHBOURS)
    searched = time.perf_counter()
    found, _ = without_identical(find_candidates(left, right, forward, backward), hidden.kk, hidden.ru)
    odds = log_odds(found, features_of(found, hidden.kk, hidden.ru))
    scores = {"probability": 1 / (1 + np.exp(-odds)), "margin": found.margins, "cosine": found.cosines}
    chosen = {
        way: [
            (float(score[number]), hidden.kk[found.left[number]], hidden.ru[found.right[number]])
            for number in one_to_one(found, score, -np.inf)
        ]
        for way, score in scores.items()
    }
    seconds = {"search": searched - started, "choice": time.perf_counter() - searched}
    recall = [neighbours.recall and neighbours.recall.at_1 for neighbours in (forward, backward)]
    return chosen, {"seconds": seconds, "recall_of_search": recall}


def rate(chosen: Chosen, gold: Sequence[tuple[str, str]], threshold: float) -> dict[str, float]:
    """Precision, recall and F1 of the pairs from `threshold` on that involve a sentence of `gold`."""
    kk, ru = ({pair[side] for pair in gold} for side in (0, 1))
    taken = [(left, right) for score, left, right in chosen if score >= threshold and (left in kk or right in ru)]
    hits = len(set(taken) & set(gold))
    return {
        "precision": hits / max(1, len(taken)),
        "recall": hits / len(gold),
        "f1": 2 * hits / (len(taken) + len(gold)),
    }


def choose(chosen: Chosen, gold: Sequence[tuple[str, str]]) -> float:
    """The threshold with the best F1 on `gold`."""
    kk, ru = ({pair[side] for pair in gold} for side in (0, 1))
    known, hits, best = set(gold), 0, (0.0, 0.0)
    own = sorted(((s, left, right) for s, left, right in chosen if left in kk or right in ru), reverse=True)
    for count, (score, left, right) in enumerate(own, 1):
        hits += (left, right) in known
        best = max(best, (2 * hits / (count + len(gold)), score))
    return best[1]


def _measure_hidden(size: int, distractors: dict[str, list[str]], encoder: Encoder) -> dict[str, Any]:
    gold = {name: read_gold(name) for name in GOLD_SETS}
    hidden = hide([pair for pairs in gold.values() for pair in pairs], distractors, size)
    chosen, measured = find_hidden(hidden, encoder)
    thresholds = {way: choose(pairs, gold["xwmt"]) for way, pairs in chosen.items()} | {"probability": TAKEN_FROM}
    everything = [pair for pairs in gold.values() for pair in pairs]
    return {
        "sentences": {"kk": len(hidden.kk), "ru": len(hidden.ru)},
        "gold_pairs": len(everything),
        **measured,
        "found": {
            way: {"threshold": thresholds[way]}
            | {name: rate(pairs, own, thresholds[way]) for name, own in (gold | {"both": everything}).items()}
            for way, pairs in chosen.items()
        },
    }


def measure_scale(size: int, exact_up_to: int = EXACT_UP_TO) -> dict[str, Any]:
    """Search two sets of `size` made-up vectors both ways, in a process of its own."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_measure_scale, size, exact_up_to).result()


def _measure_scale(size: int, exact_up_to: int) -> dict[str, Any]:
    views, place = _made_up(size)
    before = peak_memory_bytes()
    left, right = (CentredVectors(view) for view in views)
    started = time.perf_counter()
    forward = find_neighbours(left, right, NEIGHBOURS, exact_up_to)
    backward = find_neighbours(right, left, NEIGHBOURS, exact_up_to)
    candidates = find_candidates(left, right, forward, backward)
    taken = one_to_one(candidates, candidates.margins, -np.inf)
    seconds = time.perf_counter() - started
    hits = int((place[candidates.right[taken]] == candidates.left[taken]).sum())
    return {
        "sentences_a_side": size,
        "seconds": seconds,
        "peak_gib": peak_memory_bytes() / 2**30,
        "of_which_vectors_gib": before / 2**30,
        "views_of_one_point_paired": hits / size,
        "search": [
            "exact"
            if each.recall is None
            else {
                "recall_at_1": each.recall.at_1,
                "recall_at_16": each.recall.at_k,
                "probes": each.recall.probes,
                "cells": each.recall.cells,
            }
            for each in (forward, backward)
        ],
    }


def _made_up(size: int) -> tuple[list[NDArray[np.float16]], NDArray[np.int64]]:
    """Two noisy views of the same points, float16 `[size, DIMENSION]`, the second shuffled, and by which order."""
    random = np.random.default_rng(0)
    plane = random.standard_normal((LATENT, DIMENSION)).astype(np.float32) / LATENT**0.5
    topics = 0.7 * random.standard_normal((TOPICS, LATENT)).astype(np.float32)
    views = [np.empty((size, DIMENSION), np.float16) for _ in range(2)]
    place = random.permutation(size)
    back = np.argsort(place)
    for start in range(0, size, 50_000):
        stop = min(size, start + 50_000)
        topic = topics[random.integers(0, TOPICS, stop - start)]
        points = (topic + random.standard_normal(topic.shape).astype(np.float32)) @ plane
        for view, rows in zip(views, (slice(start, stop), back[start:stop]), strict=True):
            noisy = points + 0.6 * random.standard_normal(points.shape).astype(np.float32)
            view[rows] = noisy / np.linalg.norm(noisy, axis=1, keepdims=True)
    return views, place


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--distractors", type=int, nargs="*", default=DISTRACTORS, help="how many a side; none: skip")
    parser.add_argument("--scale", type=int, nargs="*", default=SCALES, help="made-up vectors a side; none: skip")
    parser.add_argument("--no-write", action="store_true", help="leave results/mining*.json as they are")
    arguments = parser.parse_args()
    results: dict[str, Any] = {"hidden": []}
    if missing := missing_files(*needed_files()):
        print(f"skipped: {', '.join(missing)} not here")
    elif arguments.distractors:
        encoder = CachedEncoder(load_encoder())
        results["encoder"] = encoder.name
        distractors = {language: read_distractors(language) for language in ("kk", "ru")}
        for size in arguments.distractors:
            results["hidden"].append(_measure_hidden(size, distractors, encoder))
            _print_hidden(results["hidden"][-1])
    scale = []
    for size in arguments.scale:
        scale.append(measure_scale(size))
        _print_scale(scale[-1])
    if not arguments.no_write:
        versions = installed_versions("qostil", "faiss-cpu", "numpy", "onnxruntime")
        if results["hidden"]:
            write_results("mining", results, versions, {})
        if scale:
            write_results("mining-scale", {"scale": scale}, versions, {})
    return 0


def _print_hidden(measured: dict[str, Any]) -> None:
    sentences, seconds = measured["sentences"], measured["seconds"]
    print(
        f"{measured['gold_pairs']} pairs hidden in {sentences['kk']} × {sentences['ru']} sentences; "
        f"search {seconds['search']:.1f} s, choice {seconds['choice']:.1f} s"
    )
    for way, found in measured["found"].items():
        figures = "  ".join(
            f"{name} {found[name]['precision']:.4f} {found[name]['recall']:.4f} {found[name]['f1']:.4f}"
            for name in (*GOLD_SETS, "both")
        )
        print(f"  {way:12} from {found['threshold']:.3f}: P R F1  {figures}")


def _print_scale(measured: dict[str, Any]) -> None:
    print(
        f"{measured['sentences_a_side']} × {measured['sentences_a_side']} vectors: {measured['seconds']:.0f} s, "
        f"{measured['peak_gib']:.2f} GiB at most; pairs found {measured['views_of_one_point_paired']:.4f}; "
        f"{measured['search']}"
    )


if __name__ == "__main__":
    sys.exit(main())
