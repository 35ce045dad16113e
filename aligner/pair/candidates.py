"""For each document the few in the other language that may be its counterpart (FAISS, https://faiss.ai)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from aligner.centring import unit
from aligner.pair.evidence import LanguageMeans
from aligner.pair.profile import Profile

__all__ = ["NEIGHBOURS", "document_vectors", "find_candidates"]

Floats = NDArray[np.float32]

NEIGHBOURS = 16


def find_candidates(
    kk: Sequence[Profile],
    ru: Sequence[Profile],
    means: LanguageMeans,
    asked: tuple[NDArray[np.int64], NDArray[np.int64]] | None = None,
) -> NDArray[np.int64]:
    """For each document with text its nearest neighbours in the other language: places in kk and ru, `[n, 2]`, sorted,
    each pair once. `asked`: the places in kk and in ru of those that look for neighbours, if not all do."""
    import faiss

    places = [np.array([n for n, each in enumerate(side) if each.segments], np.int64) for side in (kk, ru)]
    if not len(places[0]) or not len(places[1]):
        return np.zeros((0, 2), np.int64)
    vectors = [
        document_vectors([side[place] for place in own], mean)
        for side, own, mean in zip((kk, ru), places, means, strict=True)
    ]
    found = []
    for queries, base in ((0, 1), (1, 0)):
        asking = np.arange(len(places[queries]))
        if asked is not None:
            asking = np.flatnonzero(np.isin(places[queries], asked[queries]))
        if not len(asking):
            continue
        index = faiss.IndexFlatIP(vectors[base].shape[1])
        index.add(vectors[base])
        _, nearest = index.search(vectors[queries][asking], min(NEIGHBOURS, len(vectors[base])))
        pairs = np.stack([np.repeat(places[queries][asking], nearest.shape[1]), places[base][nearest.ravel()]], axis=1)
        found.append(pairs if queries == 0 else pairs[:, ::-1])
    return np.unique(np.concatenate(found), axis=0) if found else np.zeros((0, 2), np.int64)


def document_vectors(profiles: Sequence[Profile], mean: Floats) -> Floats:
    """A unit vector for each document, `[n, d]`: what it is about, without its language and what all have in common."""
    vectors = unit(np.stack([each.mean for each in profiles]).astype(np.float32) - mean)
    if len(profiles) > NEIGHBOURS:
        # What all documents of a batch have in common tells none of them apart.
        vectors = unit(vectors - vectors.mean(axis=0))
    return vectors
