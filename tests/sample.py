"""The sample corpus and its gold, and how well beads agree with it."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aligner.pipeline import Aligned

SAMPLE = Path(__file__).resolve().parents[1] / "corpora" / "sample"


@dataclass(frozen=True)
class GoldPair:
    """A true pair with its beads as tuples of sentences; a lonely document has None on the other side."""

    kk: str | None
    ru: str | None
    beads: frozenset[tuple[tuple[str, ...], tuple[str, ...]]]


def gold_pairs() -> list[GoldPair]:
    records = [json.loads(line) for line in (SAMPLE / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    return [
        GoldPair(
            record["kk"],
            record["ru"],
            frozenset((plain(bead["kk"]), plain(bead["ru"])) for bead in record["beads"] if bead["kk"] and bead["ru"]),
        )
        for record in records
    ]


def plain(sentences: Sequence[str]) -> tuple[str, ...]:
    """The sentences with their white space made alike: pages hold no-break spaces where the gold has none."""
    return tuple(re.sub(r"\s+", " ", sentence).strip() for sentence in sentences)


def found_beads(aligned: Aligned) -> set[tuple[tuple[str, ...], tuple[str, ...]]]:
    return {
        (plain([aligned.kk[place].text for place in bead.kk]), plain([aligned.ru[place].text for place in bead.ru]))
        for bead in aligned.beads
        if bead.kk and bead.ru
    }
