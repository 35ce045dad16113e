"""Profiles as the ledger keeps them: a few hundred bytes of vector, and the digests of figures and names."""

from __future__ import annotations

import struct

import numpy as np

from aligner.memory.ledger import Release
from aligner.pair import Profile, profile_of, view
from aligner.pipeline import Prepared

__all__ = ["packed_profile", "unpacked_profile"]

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
