"""The first time through the units: what each of them is, in a few bytes, and which of them a filter drops."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from aligner.corpus.request import Request
from aligner.corpus.sift import Sifted, sift_units
from aligner.corpus.source import UnitSource
from aligner.duplicates import Texts
from aligner.filter import mask_personal_data
from aligner.look_alikes import repair_look_alikes
from aligner.records import Unit

__all__ = ["KEPT", "Contents", "Survey", "prepared", "prepared_units"]

_Scalar = TypeVar("_Scalar", bound=np.generic)

KEPT = 0
_ACCEPTED = 2.0
"""More than any score: of two that are alike the one that a person has accepted stays."""


class Contents:
    """A digest of units, the same for the same units in the same order."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()

    def add(self, unit: Unit) -> None:
        known = (unit.kk_source or "", unit.ru_source or "", unit.status, unit.reviewer or "")
        row = (unit.kk, unit.ru, f"{unit.score:.4f}", *known, *unit.reasons)
        self._digest.update(("\x1f".join(row) + "\x1e").encode("utf-8", "replace"))

    @property
    def hex(self) -> str:
        return self._digest.hexdigest()


def prepared(unit: Unit, request: Request) -> Unit:
    """The unit as it would be written."""
    if request.normalise:
        kk, ru = repair_look_alikes(unit.kk, "kk"), repair_look_alikes(unit.ru, "ru")
        if (kk, ru) != (unit.kk, unit.ru):
            unit = replace(unit, kk=kk, ru=ru)
    return mask_personal_data(unit) if request.mask_personal_data else unit


def prepared_units(source: UnitSource, request: Request, contents: Contents) -> Iterator[Unit]:
    """The units of the source as they would be written; `contents` takes in what was read."""
    for unit in source.units(request.statuses):
        contents.add(unit)
        yield prepared(unit, request)


class Survey:
    """What is kept in mind of each unit: the reason it is dropped for, or its key, score and document."""

    def __init__(self, source: UnitSource, request: Request, workers: int = 1) -> None:
        self.request, self.contents = request, Contents()
        self.reasons: list[str] = ["kept"]
        self._codes: list[NDArray[np.int16]] = []
        self._keys: list[NDArray[np.uint64]] = []
        self._scores: list[NDArray[np.float32]] = []
        self._documents: list[NDArray[np.int64]] = []
        self._sides: tuple[list[NDArray[np.uint64]], list[NDArray[np.uint64]]] = ([], [])
        self.likeness = (Texts(), Texts()) if request.needs_likeness else None
        self._registry = _Documents()
        for step, found in sift_units(prepared_units(source, request, self.contents), request, workers):
            self._take_in(step, found)
        self.codes = _joined(self._codes, np.int16)
        self.keys = _joined(self._keys, np.uint64)
        self.scores = _joined(self._scores, np.float32)
        self.side_keys = tuple(_joined(each, np.uint64) for each in self._sides)
        self.documents = self._registry.roots(_joined(self._documents, np.int64))

    def code_of(self, reason: str) -> int:
        """The number of a kind of reason, a new one where it is new."""
        if reason not in self.reasons:
            self.reasons.append(reason)
        return self.reasons.index(reason)

    def _take_in(self, units: list[Unit], found: Sifted) -> None:
        codes = np.zeros(len(units), dtype=np.int16)
        for place, reason in found.reasons.items():
            codes[place] = self.code_of(reason.split()[0].rstrip(":"))
        self._codes.append(codes)
        self._keys.append(found.keys[0] * np.uint64(3) ^ found.keys[1])
        for side, own in zip(self._sides, found.keys, strict=True):
            side.append(own)
        scores = [_ACCEPTED if unit.status == "reviewed" else unit.score for unit in units]
        self._scores.append(np.array(scores, dtype=np.float32))
        self._documents.append(np.array([self._registry.number(unit) for unit in units], dtype=np.int64))
        for texts, shingles in zip(self.likeness or (), found.shingles or (), strict=True):
            texts.add_shingles(shingles)


class _Documents:
    """Numbers for documents. Both sides of a pair of documents, and whatever else is paired with them, are one."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], int] = {}
        self._parents: list[int] = []

    def number(self, unit: Unit) -> int:
        names = [(side, name) for side, name in (("kk", unit.kk_source), ("ru", unit.ru_source)) if name]
        if not names:
            self._parents.append(len(self._parents))
            return len(self._parents) - 1
        for name in names:
            if name not in self._numbers:
                self._numbers[name] = len(self._parents)
                self._parents.append(len(self._parents))
        roots = {self._root(self._numbers[name]) for name in names}
        for root in roots:
            self._parents[root] = min(roots)
        return min(roots)

    def roots(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.array([self._root(number) for number in range(len(self._parents))], dtype=np.int64)[numbers]

    def _root(self, number: int) -> int:
        while self._parents[number] != number:
            self._parents[number] = self._parents[self._parents[number]]
            number = self._parents[number]
        return number


def _joined(parts: list[NDArray[_Scalar]], kind: type[_Scalar]) -> NDArray[_Scalar]:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=kind)
