"""Government text that no encoder of ours is trained on: pairs and the lines around them.

`held_out_government.json` names files of ../shared/parallel/apertium-gov and, for each of its pairs, the first and last
line of its Kazakh and its Russian text. The pairs are the beads of which the aligner was at least .6 sure, with the
encoder as it was before any training; each text stands once, and none is like a sentence of ../shared/gold.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from benchmarks.gold_faults import true_lines
from benchmarks.shared_data import SHARED

__all__ = ["government_errors", "held_out_files", "held_out_government", "held_out_pairs"]

_LIST = Path(__file__).with_name("held_out_government.json")
_SHORTEST = 12


def held_out_files() -> dict[str, list[list[int]]]:
    """For each file the places of its pairs: first and last line of the Kazakh text, then of the Russian one."""
    files: dict[str, list[list[int]]] = json.loads(_LIST.read_text(encoding="utf-8"))["files"]
    return files


def held_out_pairs() -> tuple[list[str], list[str]]:
    """The texts of the pairs, Kazakh and Russian."""
    sides: tuple[list[str], list[str]] = ([], [])
    for name, pairs in held_out_files().items():
        lines = [_lines(name, language) for language in ("kk", "ru")]
        for places in pairs:
            for side in (0, 1):
                first, last = places[2 * side : 2 * side + 2]
                sides[side].append(" ".join(lines[side][first : last + 1]))
    return sides


def held_out_government() -> tuple[list[str], list[str], int]:
    """Kazakh and Russian texts of those files: the first so many translate each other, the rest distract."""
    pairs = held_out_pairs()
    sides = []
    for language, texts in zip(("kk", "ru"), pairs, strict=True):
        seen = {_letters(text) for text in texts}
        parts = "\n".join(sorted(seen))
        distracting = []
        for name in held_out_files():
            for line in _lines(name, language):
                letters = _letters(line)
                if len(letters) >= _SHORTEST and letters not in seen and letters not in parts:
                    seen.add(letters)
                    distracting.append(line)
        sides.append(texts + distracting)
    return sides[0], sides[1], len(pairs[0])


def government_errors(encoder: Any) -> dict[str, Any]:
    """Per cent of the held-out pairs that another text of those files beats, by cosine and margin."""
    from benchmarks.encoder import retrieval_errors

    kk, ru, pairs = held_out_government()
    errors = retrieval_errors(encoder.encode(kk), encoder.encode(ru), true_lines("government", pairs))
    return {"pairs": pairs, "texts": [len(kk), len(ru)], **errors}


def _lines(name: str, language: str) -> list[str]:
    path = SHARED / f"parallel/apertium-gov/{name}.{language}.txt"
    return [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.lower()).strip()
