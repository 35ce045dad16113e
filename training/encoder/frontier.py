"""Quality × size × speed of the models that were made, side by side in one run.

    python -m training.encoder.frontier NAME=FOLDER[/DIMENSIONS] … [--to FILE | --no-write]

Each folder is like that of the embedded encoder; with a number after it, its vectors are cut to so many principal
directions. Alignment is measured with the same settings for all.
Written: `benchmarks/results/encoder-models.json`, or another file.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from aligner.align import align_segments
from aligner.encode import CachedEncoder, EmbeddedEncoder, Encoder
from benchmarks.align import GOLD
from benchmarks.bead_scores import score_beads
from benchmarks.encoder import measure_retrieval, read_set
from benchmarks.government import government_errors
from benchmarks.results_file import corpus_hashes, installed_versions, write_results
from benchmarks.sentence_meaning import composition, mixed_scores, paraphrase_scores
from benchmarks.shared_data import SHARED, read_documents, shared_files
from training.encoder.fewer_dimensions import FewerDimensions
from training.encoder.means import language_means
from training.encoder.pairs import WORK

__all__ = ["alignment_scores", "measure"]

_ROUNDS = 3
_TIMED = 400


def alignment_scores(encoder: Encoder, means: np.ndarray) -> dict[str, dict[str, float]]:
    """Strict, lax and unaligned F1 on each alignment gold set, and F1 by the kind of bead on alignment_dev."""
    found = {}
    for name, path in GOLD.items():
        documents = read_documents(path)
        beads = {}
        for document in documents:
            vectors = [encoder.encode(document[side]) for side in ("kk", "ru")]
            made = align_segments(document["kk"], document["ru"], *vectors, (means[0], means[1]), encode=encoder.encode)
            beads[document["id"]] = [(bead.kk, bead.ru) for bead in made]
        scores = score_beads(documents, beads)
        found[name] = {"strict": scores.strict_f1, "lax": scores.lax_f1, "unaligned": scores.unaligned_f1}
        if name == "alignment_dev":
            found[name] |= {f"F1 {kind}": value for kind, value in scores.by_type.items()}
    return found


def measure(folders: Mapping[str, Path]) -> dict[str, Any]:
    """By the name of the model; speeds are taken in turns."""
    encoders = {name: EmbeddedEncoder(_model(folder)) for name, folder in folders.items()}
    results: dict[str, Any] = {}
    for name, plain in encoders.items():
        encoder: Encoder = CachedEncoder(plain)
        if plain.path != folders[name]:
            encoder = FewerDimensions(encoder, int(folders[name].name), WORK)
        means = language_means(encoder)
        kk, ru = read_set(["xwmt"])
        config = json.loads((plain.path / "config.json").read_text(encoding="utf-8"))
        results[name] = {
            "encoder": encoder.name,
            "dimension": encoder.dimension,
            "layers": config["num_hidden_layers"],
            "megabytes": sum(path.stat().st_size for path in plain.path.rglob("*") if path.is_file()) / 1e6,
            "errors": measure_retrieval(encoder) | {"government": government_errors(encoder)},
            "composition": {"kk": composition(encoder, kk), "ru": composition(encoder, ru)},
            "paraphrases": paraphrase_scores(encoder),
            "mixed": mixed_scores(encoder),
            "alignment": alignment_scores(encoder, means),
        }
        print(_line(name, results[name]), flush=True)
    texts = [text for side in read_set(["xwmt"]) for text in side[: _TIMED // 2]]
    speeds: dict[str, list[float]] = {name: [] for name in encoders}
    for _ in range(_ROUNDS):
        for name, plain in encoders.items():
            started = time.perf_counter()
            plain.encode(texts)
            speeds[name].append(len(texts) / (time.perf_counter() - started))
    for name, found in speeds.items():
        results[name]["sentences_per_second"] = statistics.median(found)
        print(f"{name}: {results[name]['sentences_per_second']:.0f} sentences/s")
    return results


def _model(folder: Path) -> Path:
    """The folder without the number of dimensions that may follow it."""
    return folder.parent if folder.name.isdecimal() else folder


def _line(name: str, found: Mapping[str, Any]) -> str:
    errors = " · ".join(
        f"{label} {kinds['margin']['kk→ru']:.2f}/{kinds['margin']['ru→kk']:.2f}"
        for label, kinds in found["errors"].items()
    )
    alignment = " ".join(
        f"{label} {scores['strict']:.4f}/{scores['lax']:.4f}/{scores['unaligned']:.4f}"
        for label, scores in found["alignment"].items()
    )
    return (
        f"{name}: {found['layers']} layers, {found['dimension']} dimensions, {found['megabytes']:.1f} MB\n"
        f"  margin errors {errors}\n"
        f"  alignment {alignment}\n  composition {found['composition']}\n  {found['paraphrases']} {found['mixed']}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("models", nargs="+", metavar="NAME=FOLDER")
    parser.add_argument("--no-write", action="store_true", help="leave the results file as it is")
    parser.add_argument("--to", type=Path, metavar="FILE", help="write here what is tried and not shipped")
    arguments = parser.parse_args()
    results = measure({name: Path(folder) for name, folder in (each.split("=", 1) for each in arguments.models)})
    if arguments.to:
        arguments.to.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    elif not arguments.no_write:
        versions = installed_versions("qostil", "onnxruntime", "tokenizers", "numpy")
        print(write_results("encoder-models", results, versions, corpus_hashes(shared_files(*GOLD.values()), SHARED)))


if __name__ == "__main__":
    main()
