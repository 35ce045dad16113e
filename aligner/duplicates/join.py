"""All pairs of sets with a Jaccard likeness of a threshold or more, exactly, without comparing all with all.

Two sets that share so much share one of their rarest members: only sets that do are compared (prefix filter of
Chaudhuri et al. 2006 and Bayardo et al. 2007; position filter of Xiao et al. 2008). What is left goes through parity
bits (Sandes et al. 2020), which differ in no more places than the sets do, and at last the sets are intersected.
"""

from __future__ import annotations

import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

__all__ = ["SetJoin"]

Ints = NDArray[np.int64]
_MOST_BUCKET_BITS = 24
_ROWS_A_STEP = 1 << 12
_CANDIDATES_A_STEP = 1 << 20
_MEMBERS_A_STEP = 1 << 22
_PARITY_BITS = 256
_SIZE_BITS = 20
_LARGEST = (1 << _SIZE_BITS) - 1
_POSTINGS_AT_ONCE = 1 << 20
_MOST_PARTS = 64


@dataclass(frozen=True, slots=True)
class _Postings:
    """Where the rarest members stand, by member and then by the size of the set.

    `order` is member and size in one number; `rows` are the sets, `places` the 0-based ranks of the member in them.
    """

    order: NDArray[np.uint64]
    rows: NDArray[np.int32]
    places: NDArray[np.int32]


class _PostingsOnDisk:
    """Postings in temporary files, each of a stretch of the members: one stretch at a time is held in memory.

    `most`: how many postings there may be. `buckets`: how many members there are at most.
    """

    _RECORD = np.dtype([("order", np.uint64), ("row", np.int32), ("place", np.int32)])

    def __init__(self, most: int, buckets: int) -> None:
        parts = min(_MOST_PARTS, buckets, 1 << max(0, (most - 1) // _POSTINGS_AT_ONCE).bit_length())
        self._shift = np.uint64(_SIZE_BITS + (buckets // parts).bit_length() - 1)
        self._files: list[BinaryIO] = [tempfile.TemporaryFile() for _ in range(parts)]  # noqa: SIM115 - open as long as this is
        weakref.finalize(self, _close, self._files)

    def add(self, order: NDArray[np.uint64], rows: Ints, places: Ints) -> None:
        """Append postings, as `_Postings` has them, in any order."""
        records = np.empty(len(order), self._RECORD)
        records["order"], records["row"], records["place"] = order, rows, places
        part = order >> self._shift
        sorting = np.argsort(part, kind="stable")
        edges = np.searchsorted(part[sorting], np.arange(len(self._files) + 1, dtype=np.uint64)).tolist()
        for file, start, end in zip(self._files, edges, edges[1:], strict=False):
            file.write(records[sorting[start:end]].tobytes())

    def __iter__(self) -> Iterator[_Postings]:
        for file in self._files:
            file.seek(0)
            records = np.frombuffer(file.read(), self._RECORD)
            sorting = np.argsort(records["order"], kind="stable")
            yield _Postings(*(records[name][sorting] for name in ("order", "row", "place")))


class SetJoin:
    """Sets of hashes, laid one after the other, of which those in `rows` are compared.

    `hashes` may be a memory map: it is read in order, a stretch at a time, and for single sets. `let_go` is called
    after each stretch, so that what was read of it need not stay in memory.
    """

    def __init__(
        self,
        hashes: NDArray[np.uint32],
        sizes: NDArray[np.int32],
        rows: Ints,
        threshold: float,
        let_go: Callable[[], None] = lambda: None,
    ) -> None:
        self._let_go = let_go
        self._hashes, self._sizes, self._threshold = hashes, sizes.astype(np.int64), threshold
        self._starts = np.concatenate(([0], np.cumsum(self._sizes)))
        self._is_compared = np.zeros(len(sizes), dtype=bool)
        self._is_compared[rows] = True
        self._parity = np.zeros((len(sizes), _PARITY_BITS // 64), dtype=np.uint64)
        # Members that share a bucket count as one where frequency is concerned, which costs time but no pair.
        self._buckets = 1 << min(_MOST_BUCKET_BITS, int(self._sizes.sum()).bit_length() + 2)
        self._postings = self._posted(self._frequencies())

    def clusters(self) -> Ints:
        """A number for each set, the same for sets that a chain of likenesses joins."""
        labels = np.arange(len(self._sizes))
        for postings in self._postings:
            labels = self._clustered(labels, postings)
        return labels

    def near(self, is_known: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Of each set that is not known, whether a known one is like it."""
        found = np.zeros(len(self._sizes), dtype=bool)
        for postings in self._postings:
            self._find_near(found, is_known, postings)
        return found

    def _clustered(self, labels: Ints, postings: _Postings) -> Ints:
        order, rows = postings.order, postings.rows
        ends = np.searchsorted(order, _bound(order, self._sizes[rows] / self._threshold), side="right")
        places = np.arange(len(rows))
        # What stands side by side is the likeliest to be alike: large clusters grow together before all is compared.
        for gap in (1, 2, 4):
            near = places[places + gap < ends]
            labels = self._joined(labels, postings, near, near + gap)
        own = labels[rows]
        changes = np.flatnonzero(own[1:] != own[:-1]) + 1
        run_ends = np.concatenate((changes, [len(own)]))[np.searchsorted(changes, places, side="right")]
        open_places = places[run_ends < ends]
        for left, right in _spread(open_places, open_places + 1, ends[open_places]):
            labels = self._joined(labels, postings, left, right)
        return labels

    def _find_near(self, found: NDArray[np.bool_], is_known: NDArray[np.bool_], postings: _Postings) -> None:
        order, rows = postings.order, postings.rows
        known = np.flatnonzero(is_known[rows])
        sizes = self._sizes[rows[known]]
        member = order[known] >> np.uint64(_SIZE_BITS) << np.uint64(_SIZE_BITS)
        least = np.ceil(sizes * self._threshold - 1e-9).astype(np.uint64)
        most = np.minimum(np.floor(sizes / self._threshold + 1e-9), _LARGEST).astype(np.uint64)
        starts, ends = np.searchsorted(order, member | least), np.searchsorted(order, member | most, side="right")
        for left, right in _spread(known, starts, ends):
            is_new = ~is_known[rows[right]] & ~found[rows[right]]
            _, matched = self._alike(postings, left[is_new], right[is_new])
            found[matched] = True

    def _joined(self, labels: Ints, postings: _Postings, left: Ints, right: Ints) -> Ints:
        rows = postings.rows
        is_open = labels[rows[left]] != labels[rows[right]]
        first, second = self._alike(postings, left[is_open], right[is_open])
        if not len(first):
            return labels
        from scipy.sparse import coo_array
        from scipy.sparse.csgraph import connected_components

        edges = (np.ones(len(first), dtype=np.int8), (labels[first], labels[second]))
        _, merged = connected_components(coo_array(edges, shape=(len(labels), len(labels))), directed=False)
        result: Ints = merged.astype(np.int64)[labels]
        return result

    def _alike(self, postings: _Postings, left: Ints, right: Ints) -> tuple[Ints, Ints]:
        """Of candidates, given by posting, the pairs of rows that are alike; each once."""
        rows, places = postings.rows, postings.places
        first, second = rows[left].astype(np.int64), rows[right].astype(np.int64)
        total = self._sizes[first] + self._sizes[second]
        needed = np.ceil(total * (self._threshold / (1 + self._threshold)) - 1e-9).astype(np.int64)
        rest = np.minimum(self._sizes[first] - places[left], self._sizes[second] - places[right])
        is_possible = rest >= needed
        first, second, total, needed = (each[is_possible] for each in (first, second, total, needed))
        differing = np.bitwise_count(self._parity[first] ^ self._parity[second]).sum(axis=1, dtype=np.int64)
        is_possible = differing <= total - 2 * needed
        pairs = np.unique(first[is_possible] << 32 | second[is_possible])
        first, second = pairs >> 32, pairs & 0xFFFF_FFFF
        is_alike = self._shared(first, second) >= np.ceil(
            (self._sizes[first] + self._sizes[second]) * (self._threshold / (1 + self._threshold)) - 1e-9
        )
        return first[is_alike], second[is_alike]

    def _shared(self, first: Ints, second: Ints) -> Ints:
        """How many members the sets share, pair by pair."""
        counts = np.zeros(len(first), dtype=np.int64)
        weights = np.cumsum(self._sizes[first] + self._sizes[second])
        last = weights[-1] if len(weights) else 0
        steps = np.searchsorted(weights, np.arange(0, last, _MEMBERS_A_STEP)).tolist()
        for start, end in zip(steps, [*steps[1:], len(first)], strict=False):
            numbers = np.arange(end - start)
            members = np.concatenate(
                [
                    np.repeat(numbers, self._sizes[side[start:end]]).astype(np.uint64) << np.uint64(32)
                    | self._members(side[start:end])
                    for side in (first, second)
                ]
            )
            members.sort()
            twice = members[1:][members[1:] == members[:-1]] >> np.uint64(32)
            counts[start:end] = np.bincount(twice.astype(np.int64), minlength=end - start)
            self._let_go()
        return counts

    def _members(self, rows: Ints) -> NDArray[np.uint64]:
        sizes = self._sizes[rows]
        shift = np.repeat(self._starts[rows] - np.concatenate(([0], np.cumsum(sizes)[:-1])), sizes)
        members: NDArray[np.uint64] = self._hashes[np.arange(len(shift)) + shift].astype(np.uint64)
        return members

    def _steps(self) -> Iterator[tuple[NDArray[np.uint32], Ints]]:
        """The members of a stretch of rows, with the row of each."""
        for start in range(0, len(self._sizes), _ROWS_A_STEP):
            end = min(start + _ROWS_A_STEP, len(self._sizes))
            rows = np.repeat(np.arange(start, end), self._sizes[start:end])
            hashes = np.asarray(self._hashes[self._starts[start] : self._starts[end]])
            is_compared = self._is_compared[rows]
            yield hashes[is_compared], rows[is_compared]
            self._let_go()

    def _frequencies(self) -> NDArray[np.int32]:
        counts = np.zeros(self._buckets, dtype=np.int32)
        for hashes, _ in self._steps():
            buckets, found = np.unique(hashes % np.uint32(self._buckets), return_counts=True)
            counts[buckets] += found.astype(np.int32)
        return counts

    def _posted(self, frequencies: NDArray[np.int32]) -> _PostingsOnDisk:
        overlap = np.ceil(self._sizes * self._threshold - 1e-9).astype(np.int64)
        prefixes = self._sizes - overlap + 1
        postings = _PostingsOnDisk(int(prefixes[self._is_compared].sum()), self._buckets)
        for hashes, rows in self._steps():
            if not len(rows):
                continue
            buckets = hashes % np.uint32(self._buckets)
            self._add_parity(hashes, rows)
            first = rows[0]
            # A rank is frequency, then bucket: rare members first, and the same order in every set.
            frequency = np.minimum(frequencies[buckets], _LARGEST).astype(np.uint64)
            rank = frequency << np.uint64(_MOST_BUCKET_BITS) | buckets
            keys = (rows - first).astype(np.uint64) << np.uint64(44) | rank
            keys.sort()
            own_rows = (keys >> np.uint64(44)).astype(np.int64) + first
            places = np.arange(len(keys)) - np.searchsorted(own_rows, own_rows)
            # A member that stands in one set only joins nothing.
            kept = (places < prefixes[own_rows]) & (keys >> np.uint64(_MOST_BUCKET_BITS) & np.uint64(_LARGEST) > 1)
            buckets_kept = keys[kept] & np.uint64(self._buckets - 1)
            sizes = np.minimum(self._sizes[own_rows[kept]], _LARGEST).astype(np.uint64)
            postings.add(buckets_kept << np.uint64(_SIZE_BITS) | sizes, own_rows[kept], places[kept])
        return postings

    def _add_parity(self, hashes: NDArray[np.uint32], rows: Ints) -> None:
        first, count = rows[0], rows[-1] - rows[0] + 1
        bits = (rows - first) * _PARITY_BITS + (hashes >> np.uint32(24)).astype(np.int64)
        counts = np.bincount(bits, minlength=count * _PARITY_BITS)
        packed = np.packbits((counts & 1).astype(bool).reshape(count, _PARITY_BITS), axis=1)
        self._parity[first : first + count] = packed.view(np.uint64)


def _spread(lefts: Ints, starts: Ints, ends: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Each `left` with each number from its start to before its end, in steps of bounded size."""
    counts = np.maximum(ends - starts, 0)
    total = np.cumsum(counts)
    first = 0
    while first < len(lefts):
        done = total[first - 1] if first else 0
        last = max(first + 1, int(np.searchsorted(total, done + _CANDIDATES_A_STEP, side="right")))
        own = counts[first:last]
        left = np.repeat(lefts[first:last], own)
        shift = np.repeat(starts[first:last] - (np.cumsum(own) - own), own)
        yield left, np.arange(len(left)) + shift
        first = last


def _bound(order: NDArray[np.uint64], sizes: NDArray[np.float64]) -> NDArray[np.uint64]:
    """Up to where in the order each posting has partners: the same member in sets of `sizes` at most."""
    member = order >> np.uint64(_SIZE_BITS) << np.uint64(_SIZE_BITS)
    return member | np.minimum(np.floor(sizes + 1e-9), _LARGEST).astype(np.uint64)


def _close(files: Iterable[BinaryIO]) -> None:
    for file in files:
        file.close()
