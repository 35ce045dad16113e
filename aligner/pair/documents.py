"""Documents with their vectors in hand → pairs, in one call."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from aligner.pair.candidates import find_candidates
from aligner.pair.choice import choose
from aligner.pair.evidence import language_means, rarity_of, weigh
from aligner.pair.profile import DocumentView, Profile, profile_of
from aligner.records import DocumentPair, Unpaired

__all__ = ["pair_documents"]

Floats = NDArray[np.float32]


def pair_documents(
    kk: Sequence[DocumentView], ru: Sequence[DocumentView], usual_means: tuple[Floats, Floats] | None = None
) -> tuple[list[DocumentPair], list[Unpaired]]:
    """The pairs, in the order of the Kazakh documents, and every document that is in none, with the reason.

    `usual_means`: what the encoder gives for Kazakh and for Russian on average, `[d]` each.
    """
    profiles = [
        [profile_of(each, f"{side} {n}") for n, each in enumerate(views)] for side, views in enumerate((kk, ru))
    ]
    view_of = {
        profile.key: each
        for own, views in zip(profiles, (kk, ru), strict=True)
        for profile, each in zip(own, views, strict=True)
    }

    def vectors_of(profile: Profile) -> tuple[Floats, Floats]:
        return view_of[profile.key].vectors, view_of[profile.key].weights

    means = language_means(profiles[0], profiles[1], usual_means)
    candidates = find_candidates(profiles[0], profiles[1], means)
    rarity = rarity_of(*profiles)
    weighed = weigh(profiles[0], profiles[1], candidates, vectors_of, means, rarity)
    matching = choose(profiles[0], profiles[1], weighed)
    unpaired = []
    for alone in matching.alone:
        own, others = (kk, ru) if alone.language == "kk" else (ru, kk)
        nearest = None if alone.nearest is None else others[alone.nearest].document
        unpaired.append(Unpaired(own[alone.place].document, alone.reason, nearest, alone.score))
    return [DocumentPair(kk[i].document, ru[j].document, score) for i, j, score in matching.pairs], unpaired
