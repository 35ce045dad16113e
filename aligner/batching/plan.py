"""Who is whose counterpart, among all that the ledger knows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from aligner.batching.freed_memory import return_freed_memory
from aligner.batching.profiles import ProfileFile, unpacked_profile
from aligner.memory.ledger import Decision, Release, State
from aligner.pair import (
    ACCEPTED_FROM,
    Alone,
    Matching,
    Nearest,
    Profile,
    Profiles,
    VectorsOf,
    choose,
    find_candidates,
    language_means,
    rarity_of,
    weigh,
)

__all__ = ["Pool", "Standing", "decisions_of", "make_plan", "newly_alone", "pool_of"]

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Standing:
    """What became of a document so far: little enough to hold for each of tens of thousands."""

    state: State
    score: float | None


@dataclass(frozen=True, slots=True)
class Pool:
    """The documents of both languages, and what is decided before anything is compared.

    `standings`: of the Kazakh and of the Russian documents, by place.
    `settled`: pairs that stand, by place. `again`: those of them that are aligned anew, for neither text has changed.
    `kept`: partners one of whom has changed; they stay together as long as they are like each other. `apart`: pairs
    that a person took apart.
    """

    kk: Profiles
    ru: Profiles
    standings: tuple[list[Standing], list[Standing]]
    settled: dict[int, int] = field(default_factory=dict)
    again: dict[int, int] = field(default_factory=dict)
    kept: tuple[tuple[int, int], ...] = ()
    apart: frozenset[tuple[int, int]] = frozenset()


def pool_of(documents: Iterable[tuple[Release, bytes]], kk: ProfileFile, ru: ProfileFile) -> Pool:
    """Sort the documents of the ledger and their packed profiles for pairing; the profiles go into the two files."""
    sides: dict[str, tuple[ProfileFile, list[Standing]]] = {"kk": (kk, []), "ru": (ru, [])}
    unscored: dict[State, Standing] = {}
    linked: dict[str, Release] = {}
    place: dict[str, int] = {}
    for release, data in documents:
        if release.language in sides:
            profiles, standings = sides[release.language]
            standing = Standing(release.state, release.score)
            if release.partner is not None or release.apart is not None:
                linked[release.location] = release
            place[release.location] = len(profiles)
            standings.append(standing if release.score is not None else unscored.setdefault(release.state, standing))
            profiles.append(unpacked_profile(release, data))
    settled: dict[int, int] = {}
    again: dict[int, int] = {}
    kept: list[tuple[int, int]] = []
    apart: set[tuple[int, int]] = set()
    for release in linked.values():
        own = place[release.location]
        if release.apart is not None and release.apart in place:
            other = place[release.apart]
            apart.add((own, other) if release.language == "kk" else (other, own))
        partner = linked.get(release.partner or "")
        if release.language != "kk" or partner is None or partner.partner != release.location:
            continue
        pair = own, place[partner.location]
        states = {release.state, partner.state}
        if states <= {"paired", "matched"}:
            settled[pair[0]] = pair[1]
        elif all(each.state in ("paired", "matched") or each.news == "redone" for each in (release, partner)):
            settled[pair[0]] = again[pair[0]] = pair[1]
        else:
            kept.append(pair)
    return Pool(kk, ru, (sides["kk"][1], sides["ru"][1]), settled, again, tuple(kept), frozenset(apart))


def make_plan(
    pool: Pool, vectors_of: VectorsOf, usual_means: tuple[Floats, Floats] | None, nearest_of: Nearest | None = None
) -> Matching:
    """Compare the documents that are new with all others, and pair those that are in no settled pair.

    Documents that wait have been compared with each other when they came. `nearest_of`: who searches, if it is not
    done here.
    """
    means = language_means(pool.kk, pool.ru, usual_means)
    rarity = rarity_of(pool.kk, pool.ru)
    return_freed_memory()
    former = weigh(pool.kk, pool.ru, _places(pool.kept), vectors_of, means, rarity)
    together = [
        (i, j, score)
        for (i, j), score in zip(former.candidates.tolist(), former.scores.tolist(), strict=True)
        if score >= ACCEPTED_FROM
    ]
    settled = pool.settled | {i: j for i, j, _ in together}
    settled_ru = set(settled.values())
    free = (
        np.array([n for n in range(len(pool.kk)) if n not in settled], np.int64),
        np.array([n for n in range(len(pool.ru)) if n not in settled_ru], np.int64),
    )
    found = find_candidates(pool.kk, pool.ru, means, free, nearest_of)
    return_freed_memory()
    is_new = [_is_new(standings, own) for standings, own in zip(pool.standings, free, strict=True)]
    wanted = found[is_new[0][found[:, 0]] | is_new[1][found[:, 1]]]
    if pool.apart:
        wanted = _places([(i, j) for i, j in wanted.tolist() if (i, j) not in pool.apart])
    matching = choose(pool.kk, pool.ru, weigh(pool.kk, pool.ru, wanted, vectors_of, means, rarity), settled)
    return Matching((*together, *matching.pairs), matching.alone)


def _is_new(standings: list[Standing], free: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Of each document of a language, whether it is in no pair and was not compared with others yet."""
    result = np.zeros(len(standings), bool)
    result[free] = [standings[place].state != "waiting" for place in free.tolist()]
    return result


def _places(pairs: Collection[tuple[int, ...]]) -> NDArray[np.int64]:
    return np.array(sorted(pairs), np.int64).reshape(-1, 2)


def decisions_of(pool: Pool, matching: Matching) -> Iterator[Decision]:
    """The plan as the ledger keeps it."""
    for i, j in pool.again.items():
        kk, ru = pool.kk[i], pool.ru[j]
        score = pool.standings[0][i].score
        yield from _both(kk, ru, 1.0 if score is None else score)
    for i, j, score in matching.pairs:
        yield from _both(pool.kk[i], pool.ru[j], score)
    for alone in matching.alone:
        own, others = (pool.kk, pool.ru) if alone.language == "kk" else (pool.ru, pool.kk)
        nearest = None if alone.nearest is None else others[alone.nearest].name
        before = _before(pool, alone)
        if before.state == "waiting" and (nearest is None or alone.score <= (before.score or 0.0)):
            continue
        yield Decision(own[alone.place].key, alone.score, None, alone.reason, nearest)


def newly_alone(pool: Pool, matching: Matching) -> Iterator[str]:
    """Where those documents are that have found no counterpart, and have not waited for one before."""
    for alone in matching.alone:
        if _before(pool, alone).state != "waiting":
            yield (pool.kk if alone.language == "kk" else pool.ru)[alone.place].key


def _before(pool: Pool, alone: Alone) -> Standing:
    return pool.standings[0 if alone.language == "kk" else 1][alone.place]


def _both(kk: Profile, ru: Profile, score: float) -> Iterator[Decision]:
    yield Decision(kk.key, score, ru.key)
    yield Decision(ru.key, score, kk.key)
