"""Government documents as the judge meets them: aligned, and with something gone wrong in some of their beads."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aligner.align import align_segments
from aligner.centring import unit
from aligner.encode import Encoder
from aligner.encode.means import usual_means, usual_scale
from aligner.judge.texts import NameRates, look_at
from aligner.judge.words import WordTable
from aligner.records import Bead

__all__ = [
    "LIKELY",
    "MISALIGNED_KINDS",
    "SAMPLE",
    "AlignedFile",
    "Beaded",
    "aligned_files",
    "misaligned",
    "sample_files",
    "sound_beads",
]

Floats = NDArray[np.float32]

SURE, LIKELY, SURE_NEIGHBOUR = 0.85, 0.6, 0.9
MISALIGNED_KINDS = ("neighbour", "left alone", "cut short", "one too many", "alike")
SAMPLE = "sample"
_MOST_LINES = 2_000
_FEWEST_LETTERS = 4
_MOST_ALIKE = 0.9
_AROUND = 8
_CUT_OFF = re.compile(r"^.{170,200}(?<![.!?:;»)”])$")
"""Some of the files were cut at 190 letters."""
_NO_RATES = NameRates(*({"kk": {}, "ru": {}},) * 2, {"kk": frozenset(), "ru": frozenset()})
_NO_WORDS = WordTable({}, ({}, {}))


@dataclass(frozen=True, slots=True)
class AlignedFile:
    """The lines of a pair of files, their unit vectors, and the beads that the aligner finds."""

    name: str
    kk: tuple[str, ...]
    ru: tuple[str, ...]
    kk_vectors: Floats
    ru_vectors: Floats
    beads: tuple[Bead, ...]

    def kk_text(self, bead: Bead) -> str:
        return " ".join(self.kk[place] for place in bead.kk)

    def ru_text(self, bead: Bead) -> str:
        return " ".join(self.ru[place] for place in bead.ru)


@dataclass(frozen=True, slots=True)
class Beaded:
    """All beads of a document after something went wrong, and which of them are wrong: place → kind."""

    beads: tuple[Bead, ...]
    wrong: dict[int, str]


def aligned_files(
    folder: Path, names: Sequence[str], encoder: Encoder, told: Callable[[str], None] = lambda _: None
) -> Iterator[AlignedFile]:
    """Read, encode and align the pairs NAME.kk.txt and NAME.ru.txt; of very long ones the beginning."""
    means, scale = usual_means(encoder), usual_scale(encoder)
    for name in names:
        sides = [_lines(folder / f"{name}.{language}.txt") for language in ("kk", "ru")]
        vectors = [encoder.encode(lines) for lines in sides]
        beads = align_segments(sides[0], sides[1], vectors[0], vectors[1], means, None, scale, encoder.encode)
        told(f"{name}: {len(sides[0])} and {len(sides[1])} lines, {sum(bool(b.kk and b.ru) for b in beads)} beads")
        yield AlignedFile(name, tuple(sides[0]), tuple(sides[1]), vectors[0], vectors[1], tuple(beads))


def sample_files(folder: Path, encoder: Encoder) -> Iterator[AlignedFile]:
    """The pairs of our own sample corpus with their true beads: short news, none of it chosen by an aligner."""
    for number, line in enumerate((folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()):
        record = json.loads(line)
        if not record["kk"] or not record["ru"]:
            continue
        kk: list[str] = []
        ru: list[str] = []
        beads = []
        for bead in record["beads"]:
            places = [tuple(range(len(own), len(own) + len(bead[side]))) for own, side in ((kk, "kk"), (ru, "ru"))]
            beads.append(Bead(*places, 1.0 if all(places) else 0.0))
            kk.extend(bead["kk"])
            ru.extend(bead["ru"])
        yield AlignedFile(
            f"{SAMPLE} {number}", tuple(kk), tuple(ru), encoder.encode(kk), encoder.encode(ru), tuple(beads)
        )


def _lines(path: Path) -> list[str]:
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines()[:_MOST_LINES])
    return [line for line in lines if line]


def sound_beads(file: AlignedFile) -> list[int]:
    """The places of the beads held to be true: sure ones, and likely ones between two that are sure.

    The second kind is taken so that not all that is true is also easy. Neither copies nor lines that were cut off
    are taken, nor pairs whose figures contradict each other: those are other faults than an aligner's, but faults.
    """
    scores = [bead.score for bead in file.beads]
    sound = []
    for place, bead in enumerate(file.beads):
        around = [scores[beside] for beside in (place - 1, place + 1) if 0 <= beside < len(scores)]
        is_supported = len(around) == 2 and min(around) >= SURE_NEIGHBOUR
        is_likely = bead.score >= SURE or (bead.score >= LIKELY and is_supported)
        if bead.kk and bead.ru and is_likely and _is_sound(file.kk_text(bead), file.ru_text(bead)):
            sound.append(place)
    return sound


def _is_sound(kk: str, ru: str) -> bool:
    if not any(map(str.isalpha, kk)) or any(map(_CUT_OFF.search, (kk, ru))):
        return False
    seen = look_at(kk, ru, _NO_RATES, _NO_WORDS)
    is_contradicted = seen.figures.only_kk and seen.figures.only_ru
    return not (is_contradicted or seen.is_copy or seen.languages != (None, None))


def misaligned(file: AlignedFile, seed: int) -> Iterator[Beaded]:
    """The document with beads that an aligner could have got wrong, in several versions."""
    chooser = random.Random(f"{seed} {file.name}")
    sound = set(sound_beads(file))
    yield _neighbours_paired(file, chooser, sound)
    yield _left_alone_paired(file)
    yield _cut_short(file, chooser, sound)
    yield _widened(file, chooser, sound)
    yield _swapped_for_alike(file, chooser, sound)


def _neighbours_paired(file: AlignedFile, chooser: random.Random, sound: set[int]) -> Beaded:
    """A Kazakh segment with the counterpart of the one after it."""
    beads: list[Bead] = []
    wrong: dict[int, str] = {}
    place = 0
    while place < len(file.beads):
        pair = file.beads[place : place + 2]
        if len(pair) == 2 and {place, place + 1} <= sound and chooser.random() < 0.3 and _differ(file, *pair):
            wrong[len(beads)] = "neighbour"
            first, second = pair if chooser.random() < 0.5 else (pair[1], pair[0])
            beads.append(Bead(first.kk, second.ru, 0.0))
            beads.extend((Bead((), first.ru, 0.0), Bead(second.kk, (), 0.0)))
            place += 2
        else:
            beads.append(pair[0])
            place += 1
    return Beaded(tuple(beads), wrong)


def _left_alone_paired(file: AlignedFile) -> Beaded:
    """Segments that the aligner left alone side by side, paired all the same."""
    beads: list[Bead] = []
    wrong: dict[int, str] = {}
    place = 0
    while place < len(file.beads):
        pair = file.beads[place : place + 2]
        joined = Bead((*pair[0].kk, *pair[-1].kk), (*pair[0].ru, *pair[-1].ru), 0.0)
        is_pair = len(pair) == 2 and all(bool(bead.kk) != bool(bead.ru) for bead in pair) and joined.kk and joined.ru
        if is_pair and min(len(file.kk_text(joined)), len(file.ru_text(joined))) >= _FEWEST_LETTERS:
            wrong[len(beads)] = "left alone"
            beads.append(joined)
            place += 2
        else:
            beads.append(pair[0])
            place += 1
    return Beaded(tuple(beads), wrong)


def _cut_short(file: AlignedFile, chooser: random.Random, sound: set[int]) -> Beaded:
    """Beads of several segments without one of them, or without that part of one that follows its first sentence."""
    beads: list[Bead] = []
    wrong: dict[int, str] = {}
    for place, bead in enumerate(file.beads):
        sides = [side for side, own in enumerate((bead.kk, bead.ru)) if len(own) > 1]
        if place not in sound or not sides:
            beads.append(bead)
            continue
        side = chooser.choice(sides)
        own = (bead.kk, bead.ru)[side]
        cut = chooser.choice((0, len(own) - 1))
        left = tuple(each for number, each in enumerate(own) if number != cut)
        wrong[len(beads)] = "cut short"
        beads.append(replace(bead, kk=left) if side == 0 else replace(bead, ru=left))
        beads.append(Bead((own[cut],), (), 0.0) if side == 0 else Bead((), (own[cut],), 0.0))
    return Beaded(tuple(beads), wrong)


def _widened(file: AlignedFile, chooser: random.Random, sound: set[int]) -> Beaded:
    """Beads with a segment more than is theirs: one left alone beside them, or one of the next bead."""
    beads: list[Bead] = []
    wrong: dict[int, str] = {}
    place = 0
    while place < len(file.beads):
        bead = file.beads[place]
        following = file.beads[place + 1] if place + 1 < len(file.beads) else None
        if place in sound and following and chooser.random() < (0.3 if following.kk and following.ru else 0.6):
            takes_kk = bool(following.kk) and (not following.ru or chooser.random() < 0.5)
            if (len(following.kk) if takes_kk else len(following.ru)) == 1 and _is_beside(bead, following):
                wrong[len(beads)] = "one too many"
                if takes_kk:
                    beads.append(replace(bead, kk=(*bead.kk, *following.kk)))
                else:
                    beads.append(replace(bead, ru=(*bead.ru, *following.ru)))
                left = Bead((), following.ru, 0.0) if takes_kk else Bead(following.kk, (), 0.0)
                beads.extend([left] if left.kk or left.ru else [])
                place += 2
                continue
        beads.append(bead)
        place += 1
    return Beaded(tuple(beads), wrong)


def _swapped_for_alike(file: AlignedFile, chooser: random.Random, sound: set[int]) -> Beaded:
    """A Kazakh side with the Russian segment that is most like its counterpart and does not say the same."""
    ru = unit(file.ru_vectors - file.ru_vectors.mean(axis=0))
    beads = list(file.beads)
    wrong: dict[int, str] = {}
    for place in sorted(sound):
        bead = beads[place]
        if len(bead.ru) != 1 or chooser.random() > 0.35:
            continue
        cosines = ru @ ru[bead.ru[0]]
        cosines[cosines > _MOST_ALIKE] = -1
        nearest = np.argsort(-cosines)[:_AROUND]
        other = int(chooser.choice(nearest.tolist()))
        if cosines[other] > 0 and other not in bead.ru:
            wrong[place] = "alike"
            beads[place] = replace(bead, ru=(other,))
    return Beaded(tuple(beads), wrong)


def _differ(file: AlignedFile, one: Bead, other: Bead) -> bool:
    """Whether neither side of the one says the same as that of the other."""
    kk = unit(file.kk_vectors[[one.kk[0], other.kk[0]]] - file.kk_vectors.mean(axis=0))
    ru = unit(file.ru_vectors[[one.ru[0], other.ru[0]]] - file.ru_vectors.mean(axis=0))
    return float(max(kk[0] @ kk[1], ru[0] @ ru[1])) < _MOST_ALIKE


def _is_beside(bead: Bead, following: Bead) -> bool:
    return all(
        not own or not others or others[0] == own[-1] + 1
        for own, others in ((bead.kk, following.kk), (bead.ru, following.ru))
    )
