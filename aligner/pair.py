"""Which Kazakh document is which Russian document: candidates by vectors, judged by sentences and evidence.

Nothing is asked of file names and addresses. FAISS proposes for every document its nearest neighbours in the
other language; each proposal is then judged by how much of both texts finds a counterpart in the other, and
by the dates, figures and names they share; the best one-to-one assignment is kept, and what stays below the
threshold has no counterpart.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.centring import language_mean, unit
from aligner.evidence import figures, names
from aligner.records import Document, DocumentPair, Unpaired

__all__ = ["ACCEPTED_FROM", "DocumentView", "PairEvidence", "pair_documents", "probability", "view"]

Floats = NDArray[np.float32]

ACCEPTED_FROM = 0.5
"""The probability from which two documents are taken for versions of each other."""

_NEIGHBOURS = 16
_MEAN_PRIOR = 3000.0
"""The usual mean of a language counts as much as so many segments: where one side holds a thousand releases of one
office that the other lacks, its own mean would say more of that office than of the language."""

_ALIKE_FROM, _ALIKE_STEEPNESS = 0.38, 14.0
_USUAL_FIGURES, _USUAL_NAMES = 0.5, 0.35
_CONTAINED_FROM, _CONTAINED_MARGIN = 0.7, 0.25
_DOUBT_OF_FEW = 3.0
"""How much rarity must speak before what two documents share outweighs what is usual."""


@dataclass(frozen=True, slots=True)
class DocumentView:
    """What pairing looks at: a document's unit segment vectors `[n, d]`, their weights `[n]`, figures and names."""

    document: Document
    vectors: Floats
    weights: Floats
    figures: Counter[str]
    names: Counter[str]


@dataclass(frozen=True, slots=True)
class PairEvidence:
    """What speaks for two documents being versions of each other.

    `coverage`: the share of both texts that finds a counterpart in the other, 0..1. `figures`, `names`: the share,
    weighted by rarity, that they have in common, 0..1, or None where either has none. `days_apart`: the distance
    of their dates, or None where either has none.
    """

    coverage: float
    figures: float | None = None
    names: float | None = None
    days_apart: int | None = None


def view(document: Document, texts: Sequence[str], vectors: Floats) -> DocumentView:
    """Collect what pairing needs of a document with these segments and their unit vectors."""
    whole = "\n".join(texts)
    # A very long segment, a list say, must not outweigh the rest of the text.
    weights = np.sqrt(np.array([max(1, len(text)) for text in texts], np.float32))
    return DocumentView(document, vectors, weights, figures(whole, document.language), names(whole))


def probability(evidence: PairEvidence) -> float:
    """How probable it is that the two are versions of each other.

    Coverage decides; the rest moves the odds by what it is worth: two releases on the same event share most
    of their names, two versions of one release nearly all of them.
    """
    odds = 18.0 * (evidence.coverage - 0.60)
    if evidence.names is not None:
        odds += 3.0 * (evidence.names - _USUAL_NAMES)
    if evidence.figures is not None:
        odds += 5.0 * (evidence.figures - _USUAL_FIGURES)
    if evidence.days_apart is not None:
        odds += 1.0 if evidence.days_apart <= 1 else -min(4.0, 0.5 * math.log2(evidence.days_apart))
    return 1 / (1 + math.exp(-odds))


def pair_documents(
    kk: Sequence[DocumentView], ru: Sequence[DocumentView], usual_means: tuple[Floats, Floats] | None = None
) -> tuple[list[DocumentPair], list[Unpaired]]:
    """The pairs, in the order of the Kazakh documents, and every document that is in none, with the reason.

    `usual_means`: what the encoder gives for Kazakh and for Russian on average, `[d]` each.
    """
    sides = (
        _centred(kk, usual_means[0] if usual_means else None),
        _centred(ru, usual_means[1] if usual_means else None),
    )
    scores: dict[tuple[int, int], float] = {}
    shares: dict[tuple[int, int], tuple[float, float]] = {}
    rarity = _rarity([each.figures for each in (*kk, *ru)]), _rarity([each.names for each in (*kk, *ru)])
    for left, right in sorted(_candidates(sides)):
        first, second = kk[left], ru[right]
        dates = (first.document.date, second.document.date)
        shares[left, right] = _covered(sides[0][left], sides[1][right], first.weights, second.weights)
        evidence = PairEvidence(
            sum(shares[left, right]) / 2,
            _in_common(first.figures, second.figures, rarity[0], _USUAL_FIGURES),
            _in_common(first.names, second.names, rarity[1], _USUAL_NAMES),
            abs((dates[0] - dates[1]).days) if dates[0] and dates[1] else None,
        )
        scores[left, right] = probability(evidence)
    chosen = _assignment({pair: score for pair, score in scores.items() if score >= ACCEPTED_FROM})
    pairs = [DocumentPair(kk[i].document, ru[j].document, scores[i, j]) for i, j in sorted(chosen)]
    partner_of_kk, partner_of_ru = dict(chosen), {j: i for i, j in chosen}
    turned = {(j, i): score for (i, j), score in scores.items()}
    turned_shares = {(j, i): share[::-1] for (i, j), share in shares.items()}
    return pairs, [
        *_unpaired(kk, ru, scores, shares, partner_of_kk, partner_of_ru),
        *_unpaired(ru, kk, turned, turned_shares, partner_of_ru, partner_of_kk),
    ]


def _centred(views: Sequence[DocumentView], usual_mean: Floats | None) -> list[Floats]:
    """Each document's segment vectors without their language's mean, of unit length."""
    count = sum(len(each.vectors) for each in views)
    if not count:
        return [each.vectors for each in views]
    total = np.sum([each.vectors.sum(axis=0) for each in views if len(each.vectors)], axis=0)
    mean = language_mean(total, count, usual_mean, _MEAN_PRIOR)
    return [unit(each.vectors - mean) for each in views]


def _candidates(sides: tuple[list[Floats], list[Floats]]) -> set[tuple[int, int]]:
    """For each document with text its nearest neighbours in the other language, by the mean of its segments."""
    import faiss

    places = [[place for place, vectors in enumerate(side) if len(vectors)] for side in sides]
    if not places[0] or not places[1]:
        return set()
    means = []
    for side, own in zip(sides, places, strict=True):
        vectors = unit(np.stack([side[place].mean(axis=0) for place in own]))
        if len(own) > _NEIGHBOURS:
            # What all documents of a batch have in common tells none of them apart.
            vectors = unit(vectors - vectors.mean(axis=0))
        means.append(vectors)
    found: set[tuple[int, int]] = set()
    for queries, base in ((0, 1), (1, 0)):
        index = faiss.IndexFlatIP(means[base].shape[1])
        index.add(means[base])
        _, nearest = index.search(means[queries], min(_NEIGHBOURS, len(means[base])))
        for query, row in enumerate(nearest):
            for hit in row:
                pair = places[queries][query], places[base][int(hit)]
                found.add(pair if queries == 0 else pair[::-1])
    return found


def _covered(left: Floats, right: Floats, left_weights: Floats, right_weights: Floats) -> tuple[float, float]:
    """The weighted share of the segments of each text whose best counterpart looks like a translation."""
    likeness = left @ right.T

    def share(best: Floats, weights: Floats) -> float:
        found = 1 / (1 + np.exp(-_ALIKE_STEEPNESS * (best - _ALIKE_FROM)))
        return float(found @ weights / weights.sum())

    return share(likeness.max(axis=1), left_weights), share(likeness.max(axis=0), right_weights)


def _rarity(counters: Sequence[Counter[str]]) -> dict[str, float]:
    """What each key tells: ln of the number of documents over the number of those that have it, and 1."""
    documents = Counter(key for counter in counters for key in counter)
    return {key: 1.0 + math.log(len(counters) / count) for key, count in documents.items()}


def _in_common(left: Counter[str], right: Counter[str], rarity: dict[str, float], usual: float) -> float | None:
    if not left or not right:
        return None

    def total(keys: set[str]) -> float:
        return sum(rarity[key] for key in keys)

    # Versions differ in what they leave out, so the shorter list decides.
    shared, possible = total(left.keys() & right.keys()), min(total(set(left)), total(set(right)))
    return (shared + _DOUBT_OF_FEW * usual) / (possible + _DOUBT_OF_FEW)


def _assignment(scores: dict[tuple[int, int], float]) -> list[tuple[int, int]]:
    """The one-to-one choice with the highest total of log-odds, each group of connected documents by itself."""
    from scipy.optimize import linear_sum_assignment

    chosen: list[tuple[int, int]] = []
    for group in _groups(scores):
        rows, columns = sorted({i for i, _ in group}), sorted({j for _, j in group})
        gain = np.zeros((len(rows), len(columns)))
        for i, j in group:
            score = min(scores[i, j], 1 - 1e-9)
            gain[rows.index(i), columns.index(j)] = math.log(score / (1 - score)) + 1e-6
        for row, column in zip(*linear_sum_assignment(gain, maximize=True), strict=True):
            if gain[row, column] > 0:
                chosen.append((rows[row], columns[column]))
    return chosen


def _groups(pairs: dict[tuple[int, int], float]) -> list[list[tuple[int, int]]]:
    """The pairs, grouped by connection: documents of different groups are nobody's rivals."""
    by_row: dict[int, list[int]] = {}
    by_column: dict[int, list[int]] = {}
    for i, j in pairs:
        by_row.setdefault(i, []).append(j)
        by_column.setdefault(j, []).append(i)
    groups, seen = [], set[int]()
    for start in by_row:
        if start in seen:
            continue
        seen.add(start)
        waiting, group = [start], []
        while waiting:
            row = waiting.pop()
            for column in by_row[row]:
                group.append((row, column))
                fresh = [other for other in by_column[column] if other not in seen]
                seen.update(fresh)
                waiting.extend(fresh)
        groups.append(group)
    return groups


def _unpaired(
    own: Sequence[DocumentView],
    others: Sequence[DocumentView],
    scores: dict[tuple[int, int], float],
    shares: dict[tuple[int, int], tuple[float, float]],
    partner: dict[int, int],
    taken_by: dict[int, int],
) -> list[Unpaired]:
    best: dict[int, int] = {}
    holder: dict[int, int] = {}
    for place, other in scores:
        if place not in best or scores[place, other] > scores[place, best[place]]:
            best[place] = other
        if place not in holder or shares[place, other][0] > shares[place, holder[place]][0]:
            holder[place] = other
    result = []
    for place, each in enumerate(own):
        if place in partner:
            continue
        if not others:
            result.append(Unpaired(each.document, "there is no document in the other language"))
        elif place not in best:
            result.append(Unpaired(each.document, "there is no text in it to compare"))
        else:
            other = best[place]
            score = scores[place, other]
            mine, theirs = shares[place, holder[place]]
            if mine >= _CONTAINED_FROM and theirs <= mine - _CONTAINED_MARGIN:
                other = holder[place]
                reason = f"it seems to be a part of {others[other].document.name}"
                if other in taken_by:
                    reason += f", which is paired with {own[taken_by[other]].document.name}"
                result.append(Unpaired(each.document, reason, others[other].document, scores[place, other]))
                continue
            reason = (
                f"its counterpart is closer to {own[taken_by[other]].document.name}"
                if score >= ACCEPTED_FROM and other in taken_by
                else "no document is near enough"
            )
            result.append(Unpaired(each.document, reason, others[other].document, score))
    return result
