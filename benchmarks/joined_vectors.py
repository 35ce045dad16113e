"""Our aligner with joined segments' composed vectors and with their true ones, side by side in one run.

usage: python -m benchmarks.joined_vectors [NAME=FOLDER …] [--sets GOLD …]

A joined segment's composed vector is the length-weighted sum of its segments' own; its true vector is that of the
joined text, encoded. Each folder is like that of the embedded encoder; without any, it is that one.
Gold: ../shared/gold (development sets). Written: benchmarks/results/joined-vectors.json.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.align.aligner import align_comparison, align_segments
from aligner.align.comparison import Comparison
from aligner.encode import CachedEncoder, EmbeddedEncoder, Encoder
from aligner.encode.embedded import embedded_model_path
from aligner.encode.means import usual_means
from benchmarks.align import GOLD
from benchmarks.alignment_case import Beads
from benchmarks.bead_scores import BeadScores, score_beads
from benchmarks.results_file import corpus_hashes, installed_versions, write_results
from benchmarks.shared_data import SHARED, read_documents, shared_files

__all__ = ["measure"]

Floats = NDArray[np.float32]


def measure(encoder: Encoder, sets: Sequence[str]) -> dict[str, dict[str, Any]]:
    """For each set of gold the figures with composed vectors, with a second look at what is in doubt, with true ones.

    `encoded`: how many joined segments were encoded for that.
    """
    means = usual_means(encoder)
    found: dict[str, dict[str, Any]] = {}
    for name in sets:
        documents = read_documents(GOLD[name])
        found[name] = {}
        for label, windows in (("composed", 0), ("second look", 0), ("true", 3)):
            beads: dict[str, Beads] = {}
            encoded: list[str] = []

            def encode(texts: Sequence[str], seen: list[str] = encoded) -> Floats:
                seen.extend(texts)
                return encoder.encode(texts)

            for each in documents:
                kk, ru = each["kk"], each["ru"]
                vectors = encoder.encode(kk), encoder.encode(ru)
                if label == "true":
                    whole = Comparison.of(kk, ru, *vectors, means)
                    made = align_comparison(
                        whole.with_encoded(encode, kk, ru, _every(kk, windows), _every(ru, windows))
                    )
                else:
                    made = align_segments(kk, ru, *vectors, means, encode=encode if label == "second look" else None)
                beads[each["id"]] = [(bead.kk, bead.ru) for bead in made]
            found[name][label] = _figures(score_beads(documents, beads)) | {"encoded": len(encoded)}
            print(f"{name:22} {label:12} {_line(found[name][label])}", flush=True)
    return found


def _every(segments: Sequence[str], longest: int) -> list[tuple[int, int]]:
    sizes = range(2, longest + 1)
    return [(end - size, end) for size in sizes for end in range(size, len(segments) + 1)]


def _figures(scores: BeadScores) -> dict[str, Any]:
    return {
        "strict_f1": scores.strict_f1,
        "lax_f1": scores.lax_f1,
        "unaligned_f1": scores.unaligned_f1,
        "by_type": scores.by_type,
    }


def _line(figures: Mapping[str, Any]) -> str:
    types = " ".join(f"{kind} {value:.3f}" for kind, value in figures["by_type"].items())
    return (
        f"{figures['strict_f1']:.4f}/{figures['lax_f1']:.4f}/{figures['unaligned_f1']:.4f} "
        f"({figures['encoded']} encoded)  {types}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("models", nargs="*", metavar="NAME=FOLDER")
    parser.add_argument("--sets", nargs="+", choices=tuple(GOLD), default=list(GOLD))
    arguments = parser.parse_args()
    folders = {name: Path(folder) for name, folder in (each.split("=", 1) for each in arguments.models)}
    results = {}
    for name, folder in (folders or {"embedded": embedded_model_path()}).items():
        encoder = EmbeddedEncoder(folder)
        print(f"{name}: {encoder.name}")
        results[name] = {"encoder": encoder.name, "sets": measure(CachedEncoder(encoder), arguments.sets)}
    versions = installed_versions("qostil", "onnxruntime", "tokenizers", "numpy")
    hashes = corpus_hashes(shared_files(*(GOLD[name] for name in arguments.sets)), SHARED)
    print(write_results("joined-vectors", results, versions, hashes))


if __name__ == "__main__":
    main()
