"""What becomes of each unit: its part, or the reason for which it has none."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aligner.corpus.request import Request
from aligner.corpus.survey import KEPT, Survey
from aligner.dataset import split_pairs, take_pairs
from aligner.duplicates import Texts
from aligner.errors import EmptyInputError
from aligner.ingest import UNIT_SUFFIXES, read_text_lines, read_units

__all__ = ["DROPPED", "WHY", "Plan", "held_out_texts", "plan_corpus"]

DROPPED = -1
WHY = {
    "duplicate": "the same pair stands elsewhere with a score as good",
    "near_duplicate": "a pair nearly the same has a score as good",
    "excluded": "a side stands, or nearly, in one of the files to keep out",
    "boilerplate": "a side stands in very many documents",
    "sample": "not among those taken",
    "split": "a side stands, or nearly, in another part",
}
"""Reasons that depend on other pairs, with what they mean."""


@dataclass(frozen=True, slots=True)
class Plan:
    """`parts`: for each unit its place in `PARTS`, or -1. `codes`: for each unit a place in `reasons`, 0 if kept."""

    parts: NDArray[np.int8]
    codes: NDArray[np.int16]
    reasons: tuple[str, ...]
    documents: int

    def dropped(self) -> dict[str, int]:
        """How many units go for each kind of reason, most frequent first."""
        counts = Counter({self.reasons[code]: int(count) for code, count in enumerate(np.bincount(self.codes)) if code})
        return {reason: count for reason, count in counts.most_common() if count}


def plan_corpus(survey: Survey, request: Request) -> Plan:
    """Decide on every unit that no filter has dropped."""
    codes = survey.codes.copy()
    # The likeness of texts is known of the units that the filters kept, in their order.
    judged = np.flatnonzero(codes == KEPT)

    def drop(units: NDArray[np.int64], reason: str) -> None:
        codes[units[codes[units] == KEPT]] = survey.code_of(reason)

    if request.drop_duplicates:
        drop(_all_but_best(judged, survey.keys[judged], survey.scores), "duplicate")
    if request.most_documents:
        drop(judged[_is_boilerplate(survey, judged, request.most_documents)], "boilerplate")
    if survey.likeness:
        for texts in survey.likeness if request.excluded else ():
            drop(judged[_is_excluded(texts, request.excluded)], "excluded")
        kk, ru = (each.clusters()[: len(judged)] for each in survey.likeness)
        if request.drop_near_duplicates:
            left = codes[judged] == KEPT
            pairs = kk[left].astype(np.uint64) << np.uint64(32) | ru[left].astype(np.uint64)
            drop(_all_but_best(judged[left], pairs, survey.scores), "near_duplicate")
    if request.max_pairs is not None:
        left = np.flatnonzero(codes == KEPT)
        taken = take_pairs(survey.keys[left], survey.scores[left], request.max_pairs, request.take, request.seed)
        drop(left[~taken], "sample")
    parts = np.where(codes == KEPT, np.int8(0), np.int8(DROPPED))
    if request.dev or request.test:
        is_left = codes[judged] == KEPT
        left = judged[is_left]
        documents = survey.documents[left] if request.split_by == "document" else np.arange(len(left))
        found = split_pairs(
            documents, kk[is_left], ru[is_left], survey.keys[left], request.dev, request.test, request.seed
        )
        parts[left] = found
        drop(left[found < 0], "split")
    documents = len(np.unique(survey.documents[parts >= 0]))
    return Plan(parts, codes, tuple(survey.reasons), documents)


def _all_but_best(units: NDArray[np.int64], keys: NDArray[np.uint64], scores: NDArray[np.float32]) -> NDArray[np.int64]:
    """Of the units with the same key all but the one with the best score, the first of equals."""
    order = np.lexsort((units, -scores[units], keys))
    is_further = np.concatenate(([False], keys[order][1:] == keys[order][:-1])) if len(units) else np.zeros(0, bool)
    return units[order][is_further]


def _is_boilerplate(survey: Survey, units: NDArray[np.int64], most: int) -> NDArray[np.bool_]:
    found = np.zeros(len(units), dtype=bool)
    for keys in survey.side_keys:
        _, texts = np.unique(keys[units], return_inverse=True)
        places = np.unique(texts.astype(np.int64) << 32 | survey.documents[units])
        found |= np.bincount(places >> 32)[texts] > most
    return found


def _is_excluded(texts: Texts, files: tuple[Path, ...]) -> NDArray[np.bool_]:
    own = len(texts)
    for file in files:
        texts.add(list(held_out_texts(file)))
    is_known = np.arange(len(texts)) >= own
    return texts.near(is_known)[:own]


def held_out_texts(path: Path) -> Iterator[str]:
    """The texts of a file to keep out: both sides of its pairs, or its lines. Raises `InputError`."""
    if path.name.lower().endswith(UNIT_SUFFIXES):
        for unit in read_units(path):
            yield unit.kk
            yield unit.ru
        return
    lines = [unicodedata.normalize("NFC", line).strip() for line in read_text_lines(path)]
    if not any(lines):
        raise EmptyInputError(str(path), "holds no text", "give a file with a sentence in each line")
    yield from filter(None, lines)
