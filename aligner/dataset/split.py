"""Train, dev and test, so that no sentence of one part stands in another, not even nearly."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from aligner.dataset.sampling import seeded_ranks
from aligner.errors import OptionError

__all__ = ["CROSSING", "PARTS", "split_pairs"]

PARTS = ("train", "dev", "test")
CROSSING = -1
Ints = NDArray[np.int64]

# A sentence that stands in more documents than this is a formula («Сурет: …», «Конец»): it binds none of them.
_MOST_BOUND_DOCUMENTS = 20
# No group may grow beyond this share of all pairs, or nearly everything would be one group in the end.
_LARGEST_GROUP_SHARE, _LARGEST_GROUP_PAIRS = 0.02, 100
_OVERSHOOT = 1.05


def split_pairs(
    documents: Ints, kk: Ints, ru: Ints, keys: NDArray[np.uint64], dev: float, test: float, seed: int
) -> NDArray[np.int8]:
    """For each pair its place in `PARTS`, or `CROSSING` where it must be left out.

    `documents`, `kk` and `ru` number the document of each pair and the cluster of near-duplicates that each of its
    sides belongs to; `keys` say what it is. A `dev` or `test` below 1 is a share of the pairs, else a number of pairs.

    Documents that share a sentence go to the same part, as far as their group stays small. A sentence that after
    that stands in two parts stays in the first of them, and the pairs of the others that have it are left out.
    Raises `OptionError` where a part can't be filled.
    """
    total = len(documents)
    wanted = {2: test if test >= 1 else test * total, 1: dev if dev >= 1 else dev * total}
    if sum(wanted.values()) >= total > 0:
        raise OptionError(f"dev and test would take {sum(wanted.values()):.0f} of {total} pairs; ask for fewer")
    sentences = np.concatenate((_numbered(kk), _numbered(ru) + total))
    own_documents = _numbered(documents)
    groups = _bound_documents(own_documents, sentences)[own_documents]
    is_loose = _stand_in_two(groups, sentences)
    # A pair with a formula falls out of dev and test later on, so it does not fill them now.
    counted = np.bincount(groups, weights=~(is_loose[sentences[:total]] | is_loose[sentences[total:]]))
    ranks = np.full(len(counted), np.iinfo(np.uint64).max, dtype=np.uint64)
    np.minimum.at(ranks, groups, seeded_ranks(keys, seed))
    part_of_group = np.zeros(len(counted), dtype=np.int8)
    candidates = [group for group in np.argsort(ranks, kind="stable") if counted[group]]
    for part, size in wanted.items():
        taken = 0.0
        for group in candidates:
            if taken >= size:
                break
            if part_of_group[group] == 0 and taken + counted[group] <= max(size * _OVERSHOOT, size + 1):
                part_of_group[group] = part
                taken += counted[group]
        if size and not taken:
            raise OptionError(
                f"no document is small enough for {size:.0f} pairs of {PARTS[part]}; ask for a larger part, or for none"
            )
    parts = part_of_group[groups]
    first_part = np.full(2 * total, len(PARTS), dtype=np.int8)
    np.minimum.at(first_part, sentences, np.concatenate((parts, parts)))
    is_kept = (parts == first_part[sentences[:total]]) & (parts == first_part[sentences[total:]])
    return np.where(is_kept, parts, np.int8(CROSSING))


def _numbered(labels: Ints) -> Ints:
    return np.unique(labels, return_inverse=True)[1].astype(np.int64)


def _bound_documents(documents: Ints, sentences: Ints) -> Ints:
    """For each document its group: documents that share a sentence, those of the rarest sentences first."""
    total = len(documents)
    sizes = np.bincount(documents)
    largest = max(_LARGEST_GROUP_SHARE * total, _LARGEST_GROUP_PAIRS)
    places = np.unique(sentences << 32 | np.concatenate((documents, documents)))
    owners, members = places >> 32, places & 0xFFFF_FFFF
    starts = np.flatnonzero(np.concatenate(([True], owners[1:] != owners[:-1]))) if total else np.zeros(0, np.int64)
    counts = np.diff(np.concatenate((starts, [len(owners)])))
    parents = list(range(len(sizes)))
    weights = sizes.tolist()
    for start, count in _rarest_first(starts, counts):
        roots = {_root(parents, member) for member in members[start : start + count].tolist()}
        if len(roots) > 1 and sum(weights[root] for root in roots) <= largest:
            kept = min(roots)
            weights[kept] = sum(weights[root] for root in roots)
            for root in roots:
                parents[root] = kept
    return _numbered(np.array([_root(parents, document) for document in range(len(sizes))], dtype=np.int64))


def _rarest_first(starts: Ints, counts: Ints) -> Iterator[tuple[int, int]]:
    binding = np.flatnonzero((counts > 1) & (counts <= _MOST_BOUND_DOCUMENTS))
    for place in binding[np.argsort(counts[binding], kind="stable")]:
        yield int(starts[place]), int(counts[place])


def _root(parents: list[int], member: int) -> int:
    while parents[member] != member:
        parents[member] = parents[parents[member]]
        member = parents[member]
    return member


def _stand_in_two(groups: Ints, sentences: Ints) -> NDArray[np.bool_]:
    """For each sentence whether it stands in documents of two groups."""
    both = np.concatenate((groups, groups))
    least = np.full(len(sentences), np.iinfo(np.int64).max)
    most = np.full(len(sentences), -1)
    np.minimum.at(least, sentences, both)
    np.maximum.at(most, sentences, both)
    result: NDArray[np.bool_] = most > least
    return result
