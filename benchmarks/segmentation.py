"""Sentence boundaries, ours beside Punkt and razdel: F1 on the gold data, and sentences a second on one core.

    python -m benchmarks.segmentation

F1 counts inner boundaries by character offset, each paragraph's sentences joined by a space; `hard` is scored with its
sentences on lines of their own too. `punkt` is NLTK's tokenizer as it comes, untrained; `punkt+` the same with the
parameters that we train, and without our rules; `razdel` takes part where it is installed. Speed is measured on the
government texts and the Kazakh releases in one pass, so that nothing has been seen before.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec

from aligner.segment import segment_text
from aligner.segment.punkt import load_punkt
from benchmarks.results_file import corpus_hashes, installed_versions, write_results
from benchmarks.shared_data import SHARED, missing_files

GOLD = "gold/segmentation_dev.json"
SPEED_TEXTS = {
    "kk": ("seeds/003_57d1faffc6cabcd6.txt", "parallel/apertium-gov/dingov.kk.txt"),
    "ru": ("parallel/apertium-gov/enu1.ru.txt", "parallel/apertium-gov/dingov.ru.txt"),
}

Segmenter = Callable[[str, str], list[int]]


def our_ends(text: str, language: str) -> list[int]:
    return [segment.end for segment in segment_text(text, language)]


def make_punkt() -> Segmenter:
    from nltk.tokenize.punkt import PunktSentenceTokenizer

    tokenizer = PunktSentenceTokenizer()

    def ends(text: str, language: str) -> list[int]:
        return [end for _, end in tokenizer.span_tokenize(text)]

    return ends


def trained_punkt_ends(text: str, language: str) -> list[int]:
    return [end for _, end in load_punkt(language).spans(text)]


def make_razdel() -> Segmenter:
    from razdel import sentenize  # type: ignore[import-not-found, import-untyped, unused-ignore]

    def ends(text: str, language: str) -> list[int]:
        return [sentence.stop for sentence in sentenize(text)]

    return ends


def segmenters() -> dict[str, Segmenter]:
    found: dict[str, Segmenter] = {"ours": our_ends, "punkt+": trained_punkt_ends, "punkt": make_punkt()}
    if find_spec("razdel"):
        found["razdel"] = make_razdel()
    return found


def boundary_f1(paragraphs: list[list[str]], language: str, segmenter: Segmenter, joint: str = " ") -> float:
    """F1 over inner boundaries of paragraphs whose sentences are joined by `joint`."""
    hits = found = expected = 0
    for sentences in paragraphs:
        gold, end = set(), 0
        for sentence in sentences[:-1]:
            end += len(sentence)
            gold.add(end)
            end += len(joint)
        ends = segmenter(joint.join(sentences), language)
        ours = set(ends[:-1])
        hits += len(gold & ours)
        found += len(ours)
        expected += len(gold)
    return 2 * hits / (found + expected)


def sentences_per_second(segmenter: Segmenter, texts: dict[str, list[str]]) -> float:
    segmenter("Жаңа жыл. Бұл мереке.", "kk")
    segmenter("Новый год. Это праздник.", "ru")
    start, count = time.perf_counter(), 0
    for language, lines in texts.items():
        for line in lines:
            count += len(segmenter(line, language))
    return count / (time.perf_counter() - start)


def iter_rows(results: dict[str, dict[str, float]], names: list[str]) -> Iterator[str]:
    yield f"{'':14}" + "".join(f"{name:>10}" for name in names)
    for part, scores in results.items():
        form = "{:>10,.0f}" if part == "sentences/s" else "{:>10.4f}"
        yield f"{part:14}" + "".join(form.format(scores[name]) for name in names)


def main() -> int:
    needed = [GOLD, *(name for names in SPEED_TEXTS.values() for name in names)]
    missing = missing_files(*needed)
    if missing:
        print(f"needs {', '.join(missing)}, which are not beside this checkout", file=sys.stderr)
        return 1
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    gold = json.loads((SHARED / GOLD).read_text(encoding="utf-8"))
    peers = segmenters()
    results: dict[str, dict[str, float]] = {}
    for part, paragraphs in gold.items():
        results[part] = {
            name: round(boundary_f1(paragraphs, part[-2:], segmenter), 4) for name, segmenter in peers.items()
        }
        if part.startswith("hard"):
            results[f"{part} lines"] = {
                name: round(boundary_f1(paragraphs, part[-2:], segmenter, "\n"), 4) for name, segmenter in peers.items()
            }
    texts = {
        language: [
            line for name in names for line in (SHARED / name).read_text(encoding="utf-8").splitlines() if line.strip()
        ]
        for language, names in SPEED_TEXTS.items()
    }
    results["sentences/s"] = {name: round(sentences_per_second(peer, texts)) for name, peer in peers.items()}
    print("\n".join(iter_rows(results, list(peers))))
    versions = installed_versions("qostil", "nltk", "razdel")
    path = write_results("segmentation", results, versions, corpus_hashes((SHARED / name for name in needed), SHARED))
    print(f"\n{path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
