"""The units that say the same in other words, by the vectors of an encoder, with FAISS.

Vectors are compared without what all texts of the memory share. What a cosine means is another thing with each encoder
and each memory, so it is measured on the memory itself: that of texts taken by chance is 0 %, and that of the two sides
of a unit, which say the same in words as different as can be, is 85 %. A percentage then means about the same whatever
the encoder.
"""

from __future__ import annotations

import json
import logging
import os
import threading
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.centring import language_mean, unit
from aligner.memory.interface import Memory
from aligner.memory.lookup.index import Progress, default_folder
from aligner.memory.lookup.matches import Language
from aligner.memory.lookup.segment import hash_of
from aligner.memory.lookup.vectors import Encoder, Vectors
from aligner.memory.lookup.words import normalised
from aligner.memory.records import StoredUnit

__all__ = ["SemanticIndex"]

_log = logging.getLogger(__name__)

_VERSION = 1
_UNITS_PER_STEP = 1_024
# Up to here every vector is compared; beyond, those in the nearest cells of a Voronoi partition.
_MOST_COMPARED = 20_000
# Of a million vectors, 64 cells give 98 % of the five nearest in 4 ms, 24 cells 96 % in 1 ms.
_CELLS, _CELLS_LOOKED_INTO = 1_024, 64
_TRAINED_ON = 40_000
_UNRELATED_PAIRS = 4_000
_FEWEST_COMPARED, _MOST_TRANSLATIONS = 30, 500
_PERCENT_OF_TRANSLATIONS = 85.0
# Where translations stand between unrelated texts and the same text, if a memory is too small to tell.
_USUAL_SHARE, _SHARES = 0.65, (0.55, 0.9)
_SEED = 6
_GROWTH = 2.0


@dataclass(frozen=True, slots=True, eq=False)
class _State:
    """A FAISS index with unit ids, what was taken off each vector, the cosines of unrelated texts and of translations,
    and the memory's write it knows. It had `built_for` vectors when these were measured, and has `count` now."""

    index: Any
    mean: NDArray[np.float32]
    unrelated: float
    same: float
    seq: int
    count: int
    built_for: int


class SemanticIndex:
    """Vectors of one language's side of a memory, kept in `folder` (None: beside the memory).

    Encoding is what costs time, at some hundred texts a second: `catch_up` does it for what was added since, and is
    not called by a lookup. Rejected and removed units may be among what is nearest; the lookup drops them.
    """

    def __init__(self, memory: Memory, language: Language, encoder: Encoder, folder: Path | None = None) -> None:
        """Raises nothing for a folder that can't be read: the index is then made anew by `catch_up`."""
        self._memory, self._language, self._encoder = memory, language, encoder
        base = default_folder(memory) if folder is None else folder
        self._stem = base / f"meaning-{language}-{hash_of(encoder.name):016x}"
        self._lock = threading.Lock()
        self._state = self._loaded()

    def __len__(self) -> int:
        """How many vectors there are."""
        return 0 if self._state is None else self._state.count

    @property
    def is_behind(self) -> bool:
        """Whether the memory was written to since `catch_up`."""
        return self._state is None or self._state.seq != self._memory.seq()

    def catch_up(self, progress: Progress | None = None) -> int:
        """Encode what was added since the last time and keep it; returns how many units that were."""
        with self._lock:
            state = self._state
            now = self._memory.seq()
            if state is not None and (state.seq > now or state.count > _GROWTH * max(state.built_for, _MOST_COMPARED)):
                state = None
            if state is not None and state.seq == now:
                return 0
            since = 0 if state is None else state.seq
            ids, vectors = self._encoded(self._memory.changed_units(since), progress)
            if state is None:
                self._state = _built(ids, vectors, now, self._cosine_of_translations(ids, vectors))
            else:
                self._state = _extended(state, ids, vectors, now)
            if len(ids):
                self._save()
            return len(ids)

    def nearest(self, text: str, limit: int) -> list[tuple[int, int]]:
        """`(unit id, percent)` of the units whose text is nearest in meaning, at most `limit`, the nearest first."""
        return self.nearest_to(self._encoder.encode([text])[0], limit)

    def nearest_to(self, vector: NDArray[np.float32], limit: int) -> list[tuple[int, int]]:
        """`nearest`, to a unit vector that is at hand already."""
        state = self._state
        if state is None or not state.count:
            return []
        cosines, ids = state.index.search(unit(vector[None] - state.mean), min(limit, state.count))
        return [
            (int(unit), _percent(float(cosine), state.unrelated, state.same))
            for cosine, unit in zip(cosines[0], ids[0], strict=True)
            if unit >= 0
        ]

    def _encoded(self, units: Iterator[StoredUnit], progress: Progress | None) -> tuple[NDArray[np.int64], Vectors]:
        known = self._known()
        ids: list[int] = []
        parts: list[Vectors] = []
        while batch := list(islice(units, _UNITS_PER_STEP)):
            new = {unit.id: unit for unit in batch if unit.id not in known and unit.status != "rejected"}
            known |= new.keys()
            if new:
                texts = [normalised(unit.kk if self._language == "kk" else unit.ru) for unit in new.values()]
                parts.append(self._encoder.encode(texts).astype(np.float32))
                ids += new
            if progress:
                progress("encoding", len(ids), 0)
        vectors: Vectors = np.concatenate(parts) if parts else np.zeros((0, self._encoder.dimension), np.float32)
        return np.array(ids, np.int64), vectors

    def _cosine_of_translations(self, ids: NDArray[np.int64], vectors: Vectors) -> float | None:
        """What half of the memory's translations exceed; None where there are too few to say."""
        if len(ids) < _FEWEST_COMPARED:
            return None
        random = np.random.default_rng(_SEED)
        places = np.sort(random.choice(len(ids), min(_MOST_TRANSLATIONS, len(ids)), replace=False))
        units = {each.id: each for each in self._memory.stored_units(ids[places].tolist())}
        places = np.array([place for place in places if int(ids[place]) in units], np.int64)
        if len(places) < _FEWEST_COMPARED:
            return None
        others = [units[int(ids[place])] for place in places]
        texts = [normalised(each.ru if self._language == "kk" else each.kk) for each in others]
        sides = [vectors[places], self._encoder.encode(texts).astype(np.float32)]
        left, right = (unit(side - language_mean(side.sum(axis=0), len(side), None, 0.0)) for side in sides)
        return float(np.median(np.einsum("nd,nd->n", left, right)))

    def _known(self) -> set[int]:
        import faiss

        if self._state is None or not self._state.count:
            return set()
        return set(_ids_in(faiss, self._state.index).tolist())

    def _loaded(self) -> _State | None:
        import faiss

        try:
            stated = json.loads(self._stem.with_suffix(".json").read_text(encoding="utf-8"))
            if stated["version"] != _VERSION or stated["encoder"] != self._encoder.name:
                return None
            index = faiss.read_index(str(self._stem.with_name(stated["file"])))
            if isinstance(index, faiss.IndexIVF):
                index.nprobe = _CELLS_LOOKED_INTO
            mean = np.array(stated["mean"], np.float32)
            return _State(
                index,
                mean,
                stated["unrelated"],
                stated["same"],
                stated["seq"],
                int(index.ntotal),
                stated["built_for"],
            )
        except FileNotFoundError:
            return None
        # FAISS says RuntimeError of a file that is cut off or none of its own.
        except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
            _log.warning("%s: the index of meanings is damaged (%s) and is made anew", self._stem, error)
            return None

    def _save(self) -> None:
        import faiss

        state = self._state
        if state is None:
            return
        name = f"{self._stem.name}-{uuid.uuid4().hex}.faiss"
        stated = {
            "version": _VERSION,
            "encoder": self._encoder.name,
            "file": name,
            "seq": state.seq,
            "mean": state.mean.tolist(),
            "unrelated": state.unrelated,
            "same": state.same,
            "built_for": state.built_for,
        }
        try:
            self._stem.parent.mkdir(parents=True, exist_ok=True)
            faiss.write_index(state.index, str(self._stem.with_name(name)))
            draft = self._stem.with_name(f"{self._stem.name}.{os.getpid()}.part")
            draft.write_text(json.dumps(stated), encoding="utf-8")
            draft.replace(self._stem.with_suffix(".json"))
            for old in self._stem.parent.glob(f"{self._stem.name}-*.faiss"):
                if old.name != name:
                    old.unlink(missing_ok=True)
        except (OSError, RuntimeError) as error:
            _log.warning("%s: the index of meanings can't be kept (%s)", self._stem, error)


def _percent(cosine: float, unrelated: float, same: float) -> int:
    return int(np.interp(cosine, (unrelated, same, 1.0), (0.0, _PERCENT_OF_TRANSLATIONS, 99.0)) + 1e-6)


def _built(ids: NDArray[np.int64], vectors: Vectors, seq: int, same: float | None) -> _State:
    import faiss

    mean = language_mean(vectors.sum(axis=0), len(vectors), None, 0.0)
    # A million vectors are 1.5 GB: they are changed where they are.
    vectors -= mean
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    dimension = vectors.shape[1]
    index: Any
    if len(ids) <= _MOST_COMPARED:
        index = faiss.IndexIDMap2(
            faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
        )
    else:
        kind = faiss.ScalarQuantizer.QT_8bit
        index = faiss.IndexIVFScalarQuantizer(
            faiss.IndexFlatIP(dimension), dimension, _CELLS, kind, faiss.METRIC_INNER_PRODUCT, False
        )
        # FAISS would warn on the terminal of fewer than 39 texts a cell; they serve as well.
        index.cp.min_points_per_centroid = 1
        random = np.random.default_rng(_SEED)
        sample = random.choice(len(vectors), min(_TRAINED_ON, len(vectors)), replace=False)
        index.train(np.ascontiguousarray(vectors[np.sort(sample)]))
        index.nprobe = _CELLS_LOOKED_INTO
    if len(ids):
        index.add_with_ids(np.ascontiguousarray(vectors), ids)
    unrelated = _cosine_of_unrelated(vectors)
    usual, least, most = (unrelated + share * (1 - unrelated) for share in (_USUAL_SHARE, *_SHARES))
    # A memory of wrong translations must not make strangers alike.
    same = usual if same is None else min(most, max(least, same))
    return _State(index, mean, unrelated, same, seq, len(ids), len(ids))


def _extended(state: _State, ids: NDArray[np.int64], vectors: Vectors, seq: int) -> _State:
    import faiss

    if not len(ids):
        return replace(state, seq=seq)
    # Others may be searching in the old one.
    index = faiss.clone_index(state.index)
    index.add_with_ids(unit(vectors - state.mean), ids)
    return replace(state, index=index, seq=seq, count=state.count + len(ids))


def _cosine_of_unrelated(vectors: Vectors) -> float:
    """The cosine that one pair in twenty of the texts, taken by chance, exceeds."""
    if len(vectors) < 2:
        return 0.0
    random = np.random.default_rng(_SEED)
    left, right = random.integers(0, len(vectors), (2, _UNRELATED_PAIRS))
    differ = left != right
    cosines = np.einsum("nd,nd->n", vectors[left[differ]], vectors[right[differ]])
    return float(min(0.8, max(0.0, np.quantile(cosines, 0.95))))


def _ids_in(faiss: Any, index: Any) -> NDArray[np.int64]:
    if isinstance(index, faiss.IndexIDMap2 | faiss.IndexIDMap):
        ids: NDArray[np.int64] = faiss.vector_to_array(index.id_map)
        return ids
    lists = index.invlists
    parts = [
        faiss.rev_swig_ptr(lists.get_ids(cell), lists.list_size(cell)).copy()
        for cell in range(lists.nlist)
        if lists.list_size(cell)
    ]
    return np.concatenate(parts) if parts else np.zeros(0, np.int64)
