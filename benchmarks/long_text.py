"""Speed and memory on long texts, each measured in a process of its own.

A long text is the development documents one after another, again and again. Each time round, what sets their
vectors apart from their mean is turned by a rotation of its own, the same for both languages: a copy keeps all
that is alike and unlike within it, and is as foreign to the other copies as any text.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.alignment_case import AlignmentCase, as_given, centred, without_windows
from benchmarks.bead_scores import score_beads
from benchmarks.variants import Variant

__all__ = ["Corpus", "LongRun", "measure_long"]

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LongRun:
    """`seconds`: the best of `runs`. `peak_mib`: the most memory that the process, vectors and all, held while
    aligning; None where the system can't say. A Python with the imports alone holds some 100 MiB."""

    title: str
    segments: int
    seconds: float
    runs: int
    peak_mib: float | None
    strict_f1: float


@dataclass(frozen=True, slots=True)
class Corpus:
    """Gold documents, the vectors of each one's kk and ru segments, that of `ABSENT`, and the encoder's means."""

    documents: Sequence[Mapping[str, Any]]
    vectors: Sequence[tuple[Floats, Floats]]
    absent: Floats
    usual_means: tuple[Floats, Floats]


def measure_long(variant: Variant, corpus: Corpus, segments: int) -> LongRun:
    """Align `segments` × `segments`."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_measure, variant, corpus, segments).result()


def _measure(variant: Variant, corpus: Corpus, segments: int) -> LongRun:
    document, kk_vectors, ru_vectors = _long_document(corpus, segments)

    def case_of(first: int) -> AlignmentCase:
        texts = (document["kk"][:first], kk_vectors[:first]), (document["ru"][:first], ru_vectors[:first])
        if variant.module.READS != "windows":
            kk, ru = (without_windows(*text) for text in texts)
        else:
            kk, ru = (as_given(*text, corpus.absent) for text in texts)
            if variant.is_centred:
                kk, ru = centred(kk, corpus.usual_means[0]), centred(ru, corpus.usual_means[1])
        return AlignmentCase(kk, ru, corpus.usual_means)

    case = case_of(segments)
    variant.align(case_of(20))  # imports and compiles outside the clock
    _forget_peak()
    runs, seconds = (3 if segments <= 2000 else 1), []
    for _ in range(runs):
        start = time.perf_counter()
        beads = variant.align(case)
        seconds.append(time.perf_counter() - start)
        if seconds[0] > 20:
            break
    peak = _peak_mib()
    scores = score_beads([document], {document["id"]: beads})
    return LongRun(variant.title, segments, min(seconds), len(seconds), peak, scores.strict_f1)


def _long_document(corpus: Corpus, segments: int) -> tuple[dict[str, Any], Floats, Floats]:
    texts: tuple[list[str], list[str]] = ([], [])
    parts: tuple[list[Floats], list[Floats]] = ([], [])
    gold: list[list[list[int]]] = []
    rng = np.random.default_rng(1)
    means = [np.concatenate(side).mean(axis=0) for side in zip(*corpus.vectors, strict=True)]
    turned = np.eye(len(means[0]), dtype=np.float32)
    while True:
        for document, pair in zip(corpus.documents, corpus.vectors, strict=True):
            offsets = len(texts[0]), len(texts[1])
            for side, language in enumerate(("kk", "ru")):
                texts[side].extend(document[language])
                parts[side].append((pair[side] - means[side]) @ turned + means[side])
            gold.extend(
                [[place + offset for place in side] for side, offset in zip(bead, offsets, strict=True)]
                for bead in document["gold"]
            )
            if min(len(texts[0]), len(texts[1])) >= segments:
                stacked = [np.concatenate(side)[:segments] for side in parts]
                kk_vectors, ru_vectors = (
                    (side / np.linalg.norm(side, axis=1, keepdims=True)).astype(np.float32) for side in stacked
                )
                inside = [bead for bead in gold if all(place < segments for side in bead for place in side)]
                long = {"id": "long", "kk": texts[0][:segments], "ru": texts[1][:segments], "gold": inside}
                return long, kk_vectors, ru_vectors
        turned = np.linalg.qr(rng.normal(size=turned.shape))[0].astype(np.float32)


def _peak_mib() -> float | None:
    status = Path("/proc/self/status")
    if not status.exists():
        return None
    for line in status.read_text(encoding="utf-8").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return None


def _forget_peak() -> None:
    """Set VmHWM back to what is held now (Linux, proc(5), clear_refs)."""
    marks = Path("/proc/self/clear_refs")
    if marks.exists():
        marks.write_text("5", encoding="ascii")
