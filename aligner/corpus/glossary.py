"""The terms of a memory or of a file of pairs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from aligner.centring import unit as at_unit_length
from aligner.corpus.request import Request
from aligner.corpus.sift import objections_to
from aligner.corpus.source import UnitSource
from aligner.corpus.survey import Contents, prepared_units
from aligner.dataset import seeded_ranks
from aligner.duplicates import text_keys
from aligner.encode import Encoder
from aligner.encode.means import usual_means
from aligner.filter import filters_named
from aligner.records import Unit
from aligner.terms import Term, find_terms

__all__ = ["terms_of"]

_TEXTS_A_CALL = 512
_UNITS_A_STEP = 4_096


def terms_of(source: UnitSource, request: Request, encoder: Encoder | None, fewest: int, max_units: int) -> list[Term]:
    """The term candidates of the units that the request takes, with the encoder's judgement where there is one.

    Of more than `max_units` units so many are taken, the same ones each time.
    """
    units = _sampled(source, request, max_units)
    if encoder is None:
        return find_terms(units, fewest=fewest)
    kk_mean, ru_mean = usual_means(encoder)
    return find_terms(units, _centred(encoder, kk_mean), _centred(encoder, ru_mean), fewest)


def _sampled(source: UnitSource, request: Request, most: int) -> list[Unit]:
    filters = filters_named(request.filters)
    taken: list[Unit] = []
    units = prepared_units(source, request, Contents())
    while step := list(islice(units, _UNITS_A_STEP)):
        found = objections_to(step, request, filters)
        taken += [unit for unit, reason in zip(step, found, strict=True) if reason is None]
        if len(taken) >= 2 * most:
            taken = _of_least_rank(taken, most)
    return _of_least_rank(taken, most) if len(taken) > most else taken


def _of_least_rank(units: list[Unit], most: int) -> list[Unit]:
    ranks = seeded_ranks(text_keys([unit.kk for unit in units]), 0)
    return [units[place] for place in sorted(np.argsort(ranks, kind="stable")[:most].tolist())]


def _centred(encoder: Encoder, mean: NDArray[np.float32]) -> Callable[[Sequence[str]], NDArray[np.float32]]:
    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        return at_unit_length(np.concatenate(list(_encoded(texts))) - mean)

    def _encoded(texts: Sequence[str]) -> Iterator[NDArray[np.float32]]:
        for start in range(0, len(texts), _TEXTS_A_CALL):
            yield encoder.encode(texts[start : start + _TEXTS_A_CALL])

    return encode
