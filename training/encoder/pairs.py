"""Build the pairs that the encoder is trained on.

    python -m training.encoder.pairs [--work FOLDER]

Writes `train.jsonl` and `pairs.json` (what was taken, what was left out and why, hashes) into the work folder. Nothing
like ../shared/gold or the held-out government text (`benchmarks/government.py`) is taken. Deterministic.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from aligner.encode import CachedEncoder, Encoder, load_encoder
from aligner.encode.means import usual_means
from benchmarks.government import held_out_files, held_out_pairs
from training.encoder.gold_guard import Guard, gold_texts, plain
from training.encoder.government import GovernmentPair, aligned_file, file_names
from training.encoder.strings import sentence_strings

__all__ = ["WORK", "TrainingPair", "build", "read_pairs"]

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / ".work" / "encoder"
SEED = 1
LEAST_STRING_LIKENESS = 0.35
"""Strings below this centred cosine are mostly no translations of each other (read by eye)."""


@dataclass(frozen=True, slots=True)
class TrainingPair:
    """A pair, where it comes from, and its number there: neighbours in a file may be joined."""

    kk: str
    ru: str
    source: str
    first: int
    last: int
    ru_first: int
    ru_last: int


def read_pairs(path: Path) -> list[TrainingPair]:
    return [TrainingPair(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def build(shared: Path, encoder: Encoder, work: Path) -> dict[str, object]:
    """Write the two files; returns what is worth knowing of them."""
    left_out: Counter[str] = Counter()
    gold = Guard(gold_texts(shared))
    barred = Guard(text for side in held_out_pairs() for text in side)
    train: list[TrainingPair] = []
    held_out = held_out_files()
    rest = [name for name in file_names(shared) if name not in held_out]
    government = _distinct([pair for name in rest for pair in aligned_file(shared, name, encoder)], gold, left_out)
    for pair in government:
        why = barred.why(pair.kk) or barred.why(pair.ru)
        if why:
            left_out[f"government: {why} in held-out files"] += 1
        else:
            train.append(pair)
    strings = sentence_strings(shared, SEED)
    for number, (pair, likeness) in enumerate(zip(strings, _likeness(strings, encoder), strict=True)):
        why = gold.why(pair.kk) or gold.why(pair.ru) or barred.why(pair.kk) or barred.why(pair.ru)
        if why:
            left_out[f"strings: {why} in gold or held-out files"] += 1
        elif likeness < LEAST_STRING_LIKENESS:
            left_out["strings: unlike"] += 1
        else:
            # Twice its number, so that no two strings look like neighbours in a text.
            train.append(TrainingPair(pair.kk, pair.ru, pair.source, *(2 * number,) * 4))
    work.mkdir(parents=True, exist_ok=True)
    report: dict[str, object] = {
        "encoder": encoder.name,
        "seed": SEED,
        "held_out_files": sorted(held_out),
        "train": dict(Counter(pair.source for pair in train).most_common()),
        "train_pairs": len(train),
        "left_out": dict(left_out.most_common()),
        "sha256": {"train.jsonl": _write(train, work / "train.jsonl")},
    }
    (work / "pairs.json").write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return report


def _distinct(pairs: Iterable[GovernmentPair], gold: Guard, left_out: Counter[str]) -> list[TrainingPair]:
    """Each Kazakh and each Russian text once, the surest pair first asked, and nothing that is like gold."""
    seen: set[tuple[str, str]] = set()
    kept: list[TrainingPair] = []
    for pair in sorted(pairs, key=lambda pair: -pair.score):
        sides = ("kk", plain(pair.kk)), ("ru", plain(pair.ru))
        if not seen.isdisjoint(sides):
            left_out["government: seen before"] += 1
            continue
        seen.update(sides)
        why = gold.why(pair.kk) or gold.why(pair.ru)
        if why:
            left_out[f"government: {why} in gold"] += 1
        elif sides[0][1] == sides[1][1]:
            left_out["government: copy"] += 1
        else:
            kept.append(TrainingPair(pair.kk, pair.ru, pair.file, pair.first, pair.last, pair.ru_first, pair.ru_last))
    return sorted(kept, key=lambda pair: (pair.source, pair.first))


def _likeness(pairs: Sequence[object], encoder: Encoder) -> np.ndarray:
    means = usual_means(encoder)
    sides = []
    for side, mean in zip(("kk", "ru"), means, strict=True):
        vectors = encoder.encode([getattr(pair, side) for pair in pairs]) - mean
        sides.append(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
    return (sides[0] * sides[1]).sum(axis=1)


def _write(pairs: Sequence[TrainingPair], path: Path) -> str:
    text = "".join(json.dumps(asdict(pair), ensure_ascii=False) + "\n" for pair in pairs)
    path.write_text(text, encoding="utf-8")
    return hashlib.sha256(text.encode()).hexdigest()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="where the data is")
    parser.add_argument("--work", type=Path, default=WORK, help="where to write")
    arguments = parser.parse_args()
    report = build(arguments.shared, CachedEncoder(load_encoder()), arguments.work)
    print(json.dumps(report, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
