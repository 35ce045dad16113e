"""Profiles as the ledger keeps them: a few hundred bytes of vector, and the digests of figures and names."""

from __future__ import annotations

import pickle  # nosec B403
import struct
import tempfile
from array import array
from collections.abc import Iterator
from typing import IO, Self

import numpy as np

from aligner.memory.ledger import Release
from aligner.pair import Profile, profile_of, view
from aligner.pipeline import Prepared

__all__ = ["ProfileFile", "packed_profile", "unpacked_profile"]

_HEAD = struct.Struct("<IIII")


def packed_profile(prepared: Prepared) -> bytes:
    """What pairing needs of a prepared document, as bytes."""
    profile = profile_of(view(prepared.document, prepared.texts, prepared.vectors))
    head = _HEAD.pack(profile.segments, len(profile.mean), len(profile.figures), len(profile.names))
    return b"".join(
        (
            head,
            profile.mean.astype("<f2").tobytes(),
            profile.figures.astype("<u8").tobytes(),
            profile.names.astype("<u8").tobytes(),
        )
    )


def unpacked_profile(release: Release, data: bytes) -> Profile:
    """The profile of a document of the ledger."""
    segments, dimension, figures, names = _HEAD.unpack_from(data)
    keys = np.frombuffer(data, "<u8", figures + names, _HEAD.size + 2 * dimension)
    return Profile(
        release.location,
        release.name,
        release.language,
        release.date,
        segments,
        np.frombuffer(data, "<f2", dimension, _HEAD.size).astype(np.float16),
        keys[:figures].astype(np.uint64),
        keys[figures:].astype(np.uint64),
    )


class ProfileFile:
    """Profiles in a nameless file that goes with the process: tens of thousands take more memory than all else.

    Only this process has written what it unpickles.
    """

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile(prefix="qostil-")  # noqa: SIM115
        self._ends = array("Q", [0])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, place: int) -> Profile:
        if not 0 <= place < len(self):
            raise IndexError(place)
        start, end = self._ends[place : place + 2]
        self._file.seek(start)
        profile: Profile = pickle.loads(self._file.read(end - start))  # nosec B301
        return profile

    def __iter__(self) -> Iterator[Profile]:
        return map(self.__getitem__, range(len(self)))

    def append(self, profile: Profile) -> None:
        """Put a profile behind the others."""
        data = pickle.dumps(profile, pickle.HIGHEST_PROTOCOL)
        self._file.seek(self._ends[-1])
        self._file.write(data)
        self._ends.append(self._ends[-1] + len(data))
