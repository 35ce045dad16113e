"""How surely documents find their counterparts among others, and how surely the lonely are left alone.

usage: python -m benchmarks.pairing

The documents of `gold/alignment_dev.json`, without dates, stand among the 989 Kazakh releases of `seeds/`; then the
same with every second Russian document taken away, so that half of the Kazakh ones have no counterpart. Last,
5,000 × 5,000 made-up documents of 20 segments on 200 topics, of which every tenth has no counterpart, for the time.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from aligner.encode import CachedEncoder, load_encoder
from aligner.encode.means import usual_means
from aligner.ingest import read_documents
from aligner.pair import DocumentView, pair_documents, view
from aligner.pipeline import encode_texts, segments_of
from aligner.records import Document
from benchmarks.results_file import corpus_hashes, installed_versions, write_results
from benchmarks.shared_data import SHARED, missing_files, shared_files
from benchmarks.shared_data import read_documents as read_gold

GOLD, SEEDS = "gold/alignment_dev.json", "seeds/003_57d1faffc6cabcd6.txt"


def main() -> None:
    missing = missing_files(GOLD, SEEDS)
    if missing:
        print(f"skipped: {', '.join(missing)} not beside this checkout")
        return
    encoder = CachedEncoder(load_encoder())
    texts: list[tuple[Document, list[str]]] = []
    for document in read_gold(GOLD):
        texts += [(Document(document["id"], language, ()), document[language]) for language in ("kk", "ru")]
    for document in read_documents(SHARED / SEEDS):
        texts.append((replace(document, date=None), [segment.text for segment in segments_of(document)[0]]))
    vectors = encode_texts([text for _, own in texts for text in own], encoder)
    views, start = [], 0
    for document, own in texts:
        views.append(view(document, own, vectors[start : start + len(own)]))
        start += len(own)
    kk = [each for each in views if each.document.language == "kk"]
    ru = [each for each in views if each.document.language == "ru"]
    means = usual_means(encoder)
    results = {
        "all": measured(kk, ru, means),
        "half of the Russian documents": measured(kk, ru[::2], means),
        "half of the Kazakh documents": measured([*kk[: len(ru) : 2], *kk[len(ru) :]], ru, means),
    }
    results["5,000 × 5,000 made up"] = measured(*made_up(5000), None)
    print(f"{'':32}{'pairs':>7}{'precision':>11}{'recall':>8}{'F1':>7}{'lowest true':>13}{'highest false':>15}{'s':>7}")
    for name, row in results.items():
        print(
            f"{name:32}{row['pairs']:7}{row['precision']:11.3f}{row['recall']:8.3f}{row['f1']:7.3f}"
            f"{row['lowest_true']:13.3f}{row['highest_false']:15.3f}{row['seconds']:7.1f}"
        )
    path = write_results(
        "pairing", results, installed_versions("faiss-cpu", "numpy"), corpus_hashes(shared_files(GOLD, SEEDS), SHARED)
    )
    print(path)


def made_up(count: int) -> tuple[list[DocumentView], list[DocumentView]]:
    """Documents of random vectors, figures and names; those of a topic share a little, versions of one much more."""
    random = np.random.default_rng(0)
    topics = random.normal(size=(200, 384))

    def a_view(language: str, name: str, vectors: np.ndarray) -> DocumentView:
        unit = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
        keys = [Counter(f"{kind}{key}" for key in random.integers(0, 600, 6)) for kind in ("figure", "name")]
        return DocumentView(Document(name, language, ()), unit, np.full(len(unit), 10, np.float32), *keys)

    kk, ru = [], []
    for number in range(count):
        topic = 0.4 * topics[number % len(topics)]
        text = topic + random.normal(size=(20, 384))
        is_lonely = number % 10 == 0
        other = topic + random.normal(size=text.shape) if is_lonely else text + 0.8 * random.normal(size=text.shape)
        kk.append(a_view("kk", f"kk{number}" if is_lonely else str(number), text))
        ru.append(a_view("ru", f"ru{number}" if is_lonely else str(number), other))
    return kk, ru


def measured(kk: Sequence[DocumentView], ru: Sequence[DocumentView], means: tuple | None) -> dict[str, float]:
    """Precision, recall and F1 of the pairs; the score of the least sure true one and of the surest false one."""
    started = time.perf_counter()
    pairs, unpaired = pair_documents(kk, ru, means)
    seconds = time.perf_counter() - started
    gold = {each.document.source for each in kk} & {each.document.source for each in ru}
    true = [pair.score for pair in pairs if pair.kk.source == pair.ru.source]
    false = [pair.score for pair in pairs if pair.kk.source != pair.ru.source]
    false += [each.score for each in unpaired if each.nearest and each.nearest.source != each.document.source]
    precision, recall = len(true) / max(1, len(pairs)), len(true) / max(1, len(gold))
    return {
        "pairs": len(pairs),
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / max(1e-9, precision + recall),
        "lowest_true": min(true, default=0.0),
        "highest_false": max(false, default=0.0),
        "seconds": seconds,
    }


if __name__ == "__main__":
    main()
