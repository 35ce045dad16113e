"""Made-up releases in both languages, and an encoder for them that costs nothing."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np

from aligner.encode import CachedEncoder

__all__ = ["FigureEncoder", "batch_command", "texts_of", "write_release"]

_SENTENCES = (
    ("Облыста биыл {} жаңа нысан пайдалануға берілді.", "В области в этом году введено в строй {} новых объектов."),
    ("Министрліктің мәліметінше, {} мектеп жөнделді.", "По данным министерства, отремонтировано {} школ."),
    ("Бұл мақсатқа {} миллион теңге бөлінді.", "На эти цели выделено {} миллионов тенге."),
    ("Ауылда {} отбасы жаңа баспанаға көшті.", "В селе {} семей переехали в новое жильё."),
    ("Жиналысқа {} маман қатысып, пікір алмасты.", "В собрании приняли участие {} специалистов."),
    ("Су қоймаларында {} текше метр су жиналды.", "В водохранилищах накоплено {} кубометров воды."),
)


class FigureEncoder:
    """Two texts are alike if they hold the same figures. Counts the texts it is given."""

    dimension = 48

    def __init__(self, name: str = "figures") -> None:
        self.name = name
        self.seen: list[str] = []

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.seen.extend(texts)
        return np.array([_vector(text) for text in texts], np.float32).reshape(len(texts), self.dimension)


def texts_of(number: int, sentences: int = 6, first: int = 0) -> tuple[str, str]:
    """The Kazakh and the Russian text of release `number`."""
    sides: tuple[list[str], list[str]] = ([], [])
    for place in range(first, first + sentences):
        figure = str(10_000 + number * 100 + place)
        for side, template in zip(sides, _SENTENCES[place % len(_SENTENCES)], strict=True):
            side.append(template.format(figure))
    return "\n".join(sides[0]) + "\n", "\n".join(sides[1]) + "\n"


def write_release(folder: Path, number: int, languages: str = "kk ru", sentences: int = 6, first: int = 0) -> None:
    """Write a release to `folder/kkN.txt` and `folder/ruN.txt`, or one of them."""
    folder.mkdir(exist_ok=True)
    for language, text in zip(("kk", "ru"), texts_of(number, sentences, first), strict=True):
        if language in languages:
            (folder / f"{language}{number:03}.txt").write_text(text, encoding="utf-8")


def batch_command(words: Sequence[str], environment: dict[str, str], messages: Path) -> None:
    """`qostil batch` with these words and the cheap encoder; for a process of its own."""
    import aligner.cli.batch as command
    from aligner.cli import main

    os.environ.update(environment)
    command.encoder_named = lambda name: CachedEncoder(FigureEncoder())
    sys.argv = ["qostil", "batch", *words]
    with messages.open("w", encoding="utf-8") as sys.stdout:
        sys.stderr = sys.stdout
        main()


def _vector(text: str) -> np.ndarray:
    keys = re.findall(r"\d+", text) or [_references().get(text, text)]
    vector = sum(_noise(key) for key in keys)
    return vector / np.linalg.norm(vector)


@cache
def _references() -> dict[str, str]:
    """What `aligner.encode.means` measures an encoder by: translations must be alike to this one too."""
    text = files("aligner.encode").joinpath("reference.tsv").read_text(encoding="utf-8")
    return {side: f"line {n}" for n, line in enumerate(text.splitlines()) for side in line.split("\t")}


@cache
def _noise(key: str) -> np.ndarray:
    seed = int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "little")
    return np.random.default_rng(seed).standard_normal(FigureEncoder.dimension)
