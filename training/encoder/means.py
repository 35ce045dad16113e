"""What the embedded encoder gives for Kazakh and for Russian on average → `usual_means.npy` beside the model.

Prints how alike translations are with them, `SHIPPED_LIKENESS` in `aligner/encode/means.py`. Also writes
`aligner/encode/reference.tsv`, sentences of our own sample corpus from which the means of any other encoder are taken
at run time. Sentences of ../shared/gold are left out.

usage: python training/encoder/means.py
"""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np

from aligner.encode import EmbeddedEncoder, Encoder
from aligner.encode.means import mean_likeness

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
STRINGS = ("debian_installer", "moodle_langpack", "unicef_usupport", "udhr", "psiphon_website", "scratch_l10n")
GOVERNMENT = ("udp", "enu1", "knb", "minplan", "dingov", "election", "muftyat1")
STRINGS_TAKEN, GOVERNMENT_TAKEN, REFERENCE_TAKEN = 600, 200, 150


def gold_sentences() -> set[str]:
    found: set[str] = set()
    for path in sorted((SHARED / "gold").glob("*.txt")):
        found.update(path.read_text(encoding="utf-8").splitlines())
    for path in sorted((SHARED / "gold").rglob("*.json")):
        for document in json.loads(path.read_text(encoding="utf-8")).get("docs", ()):
            found.update(document["kk"])
            found.update(document["ru"])
    return found


def sentences(language: str, excluded: set[str], chooser: random.Random) -> list[str]:
    column = ("kk", "ru").index(language)
    strings = []
    for name in STRINGS:
        for line in (SHARED / "parallel" / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
            text = line.split("\t")[column]
            if len(text.split()) >= 5:
                strings.append(text)
    taken = chooser.sample(sorted(set(strings) - excluded), STRINGS_TAKEN)
    for name in GOVERNMENT:
        path = SHARED / "parallel" / "apertium-gov" / f"{name}.{language}.txt"
        lines = {line.strip() for line in path.read_text(encoding="utf-8").splitlines()} - excluded
        usable = sorted(line for line in lines if len(line.split()) >= 5)
        taken += chooser.sample(usable, min(GOVERNMENT_TAKEN, len(usable)))
    return taken


def write_reference() -> None:
    chooser = random.Random(1)
    gold = (ROOT / "corpora/sample/gold.jsonl").read_text(encoding="utf-8").splitlines()
    beads = [bead for line in gold for bead in json.loads(line)["beads"]]
    pairs = [(bead["kk"][0], bead["ru"][0]) for bead in beads if len(bead["kk"]) == len(bead["ru"]) == 1]
    lines = [f"{kk}\t{ru}\n" for kk, ru in chooser.sample(pairs, REFERENCE_TAKEN)]
    (ROOT / "aligner/encode/reference.tsv").write_text("".join(lines), encoding="utf-8")


def language_means(encoder: Encoder) -> np.ndarray:
    """Float32 `[2, d]`: Kazakh and Russian, from software strings and government text, nothing of gold."""
    excluded = gold_sentences()
    chooser = random.Random(1)
    means = [encoder.encode(sentences(language, excluded, chooser)).mean(axis=0) for language in ("kk", "ru")]
    return np.stack(means).astype(np.float32)


def main() -> None:
    write_reference()
    encoder = EmbeddedEncoder()
    np.save(encoder.path / "usual_means.npy", language_means(encoder))
    print(f"mean centred cosine of translations: {mean_likeness(encoder):.3f}")


if __name__ == "__main__":
    main()
