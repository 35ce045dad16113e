"""Rows of features with what they should be judged as, made by the very code that judges."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from aligner.encode import Encoder
from aligner.evidence import text_words
from aligner.evidence.name_comparison import names_of
from aligner.judge import Background, Likeness, bead_likeness, pair_likeness
from aligner.judge.judge import feature_rows
from aligner.judge.texts import COMMON_LETTERS, RATED_KINDS, NameRates, look_at, unanswered_names
from aligner.judge.words import WordTable
from aligner.records import Bead
from training.judge.documents import AlignedFile, misaligned, sound_beads
from training.judge.made import MADE_KINDS, Wrong, WrongMaker

__all__ = ["MADE_WEIGHT", "TRUE", "Examples", "common_words", "from_files", "from_strings", "name_rates"]

Floats = NDArray[np.float32]

TRUE = "true"
_ROUNDS = 12
"""How often some of a file's beads get a made fault: few sentences have a name."""
MADE_WEIGHT = 0.25
"""What a fault made in a file's bead weighs beside one of an aligner's, being made so often."""
_CHANGED_IN_A_ROUND = 0.3
_BLOCK = 40
_KIND_SHARES = {
    "wrong number": 3.0,
    "wrong name": 2.0,
    "dropped clause": 1.5,
    "added clause": 1.5,
    "half translation": 1.5,
    "copy": 0.3,
    "half copied": 0.4,
}
_FEWEST_MENTIONS = 4
_PRIOR_MENTIONS = 4.0
_MOST_COMMON = 10_000


@dataclass(slots=True)
class Examples:
    """`rows` `[n, len(FEATURES)]` and for each its texts, kind (`TRUE` or what is wrong), source, the group that must
    not be parted in cross-validation, and whether it was judged without its document."""

    rows: list[Floats] = field(default_factory=list)
    kk: list[str] = field(default_factory=list)
    ru: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    is_alone: list[bool] = field(default_factory=list)

    def add(self, other: Examples) -> None:
        for name in Examples.__slots__:
            getattr(self, name).extend(getattr(other, name))

    @property
    def is_true(self) -> NDArray[np.bool_]:
        return np.array([kind == TRUE for kind in self.kinds])

    @property
    def matrix(self) -> Floats:
        return np.stack(self.rows)


@dataclass(frozen=True, slots=True)
class _Case:
    kk: str
    ru: str
    kk_vector: Floats
    ru_vector: Floats
    kind: str
    group: str


@dataclass(frozen=True, slots=True)
class _Look:
    """What texts are looked at with."""

    rates: NameRates
    table: WordTable | None


def common_words(texts: dict[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    """How the words begin that these texts write small, of those seen most often."""
    result = {}
    for language, own in texts.items():
        words = Counter(word for text in own for word in text_words(text) if word.islower() and len(word) > 2)
        beginnings = Counter[str]()
        for word, count in words.items():
            beginnings[word[:COMMON_LETTERS]] += count
        usual = [each for each, count in beginnings.most_common(_MOST_COMMON) if count >= _FEWEST_MENTIONS]
        result[language] = frozenset(usual)
    return result


def name_rates(pairs: Sequence[tuple[str, str]], common: dict[str, frozenset[str]], table: WordTable) -> NameRates:
    """How often names are answered in these true translations: by kind, and by key where it is seen often enough."""
    rates = NameRates({}, {}, common)
    seen = {language: (Counter[str](), Counter[str]()) for language in ("kk", "ru")}
    missing = {language: (Counter[str](), Counter[str]()) for language in ("kk", "ru")}
    for kk, ru in pairs:
        compared = unanswered_names(kk, ru, table)
        for language, text, unanswered in (("kk", kk, compared.only_kk), ("ru", ru, compared.only_ru)):
            for counters, names in ((seen, names_of(text)), (missing, unanswered)):
                counters[language][0].update(rates.kind_of(name, language) for name in names)
                counters[language][1].update(name.key for name in names if name.kind != "opening")
    kinds = {
        language: {
            kind: round(1 - missing[language][0][kind] / max(1, seen[language][0][kind]), 3) for kind in RATED_KINDS
        }
        for language in seen
    }
    # What a key is like is drawn towards the average, so that a few mentions don't make it certain.
    keys = {
        language: {
            key: round((count - missing[language][1][key] + _PRIOR_MENTIONS * 0.7) / (count + _PRIOR_MENTIONS), 2)
            for key, count in sorted(seen[language][1].items())
            if count >= _FEWEST_MENTIONS
        }
        for language in seen
    }
    return NameRates(kinds, keys, common)


def from_files(
    files: Sequence[AlignedFile],
    encoder: Encoder,
    background: Background,
    rates: NameRates,
    is_barred: Callable[[str], bool],
    seed: int,
    tables: Mapping[str, WordTable] | None = None,
    own_rates: Mapping[str, NameRates] | None = None,
) -> Examples:
    """True beads, misaligned ones, and ones with a made fault; each in its document and alone.

    Nothing is taken of which a side `is_barred`, and no pair twice. `tables` and `own_rates`: which words answer each
    other and how often names are answered, by the names of files; others are looked at with the table that comes with
    Qostil and with `rates`.
    """
    sound = {file.name: sound_beads(file) for file in files}
    pairs = [(file.kk_text(file.beads[p]), file.ru_text(file.beads[p])) for file in files for p in sound[file.name]]
    maker = WrongMaker(pairs, seed)
    seen: set[tuple[str, str]] = set()
    result = Examples()
    for file in files:
        plan = _Plan(file, sound[file.name], maker, random.Random(f"{seed} {file.name}"), is_barred, seen)
        look = _Look((own_rates or {}).get(file.name, rates), (tables or {}).get(file.name))
        result.add(_rows_of(file, plan, encoder, background, look, seed))
    return result


class _Plan:
    """Which beads of a file are examples, and what is made of them, before anything is encoded."""

    def __init__(
        self,
        file: AlignedFile,
        sound: Sequence[int],
        maker: WrongMaker,
        chooser: random.Random,
        is_barred: Callable[[str], bool],
        seen: set[tuple[str, str]],
    ) -> None:
        self.is_free = {line: not is_barred(line) for line in dict.fromkeys((*file.kk, *file.ru))}
        self.true: list[int] = []
        for place in sound:
            bead = file.beads[place]
            texts = file.kk_text(bead), file.ru_text(bead)
            if self.allows(file, bead) and texts not in seen:
                seen.add(texts)
                self.true.append(place)
        single = [p for p in self.true if len(file.beads[p].kk) == len(file.beads[p].ru) == 1]
        kinds, shares = list(_KIND_SHARES), list(_KIND_SHARES.values())
        self.rounds: list[dict[int, Wrong]] = []
        for _ in range(_ROUNDS):
            chosen = [place for place in single if chooser.random() < _CHANGED_IN_A_ROUND]
            made = {}
            for place in chosen:
                kk, ru = file.kk[file.beads[place].kk[0]], file.ru[file.beads[place].ru[0]]
                # A second choice, since most sentences have no number and many no name.
                for kind in chooser.choices(kinds, shares, k=2):
                    if wrong := maker.make(kk, ru, kind):
                        made[place] = wrong
                        break
            self.rounds.append(made)

    def allows(self, file: AlignedFile, bead: Bead) -> bool:
        return all(self.is_free[file.kk[place]] for place in bead.kk) and all(
            self.is_free[file.ru[place]] for place in bead.ru
        )


def _rows_of(
    file: AlignedFile, plan: _Plan, encoder: Encoder, background: Background, look: _Look, seed: int
) -> Examples:
    changed = [wrong.ru if wrong.changed else wrong.kk for made in plan.rounds for wrong in made.values()]
    vector_of = dict(zip(changed, encoder.encode(changed), strict=True)) if changed else {}
    result = Examples()
    alone: list[_Case] = []

    def take(document: AlignedFile, beads: Sequence[Bead], kinds: dict[int, str]) -> None:
        """The rows of those of the document's beads whose places have a kind."""
        likeness = bead_likeness(
            beads,
            document.kk_vectors,
            document.ru_vectors,
            np.array([len(line) for line in document.kk], np.float32),
            np.array([len(line) for line in document.ru], np.float32),
            background,
        )
        two_sided = [place for place, bead in enumerate(beads) if bead.kk and bead.ru]
        chosen = [(row, place) for row, place in enumerate(two_sided) if place in kinds]
        cases = [
            _Case(
                document.kk_text(beads[place]),
                document.ru_text(beads[place]),
                _joined(document.kk, document.kk_vectors, beads[place].kk),
                _joined(document.ru, document.ru_vectors, beads[place].ru),
                kinds[place],
                f"{file.name} {beads[place].kk[0] // _BLOCK}",
            )
            for _, place in chosen
        ]
        result.add(_examples(cases, _only(likeness, [row for row, _ in chosen]), look, file.name, is_alone=False))
        alone.extend(cases)

    take(file, file.beads, dict.fromkeys(plan.true, TRUE))
    for version in misaligned(file, seed):
        wrong = {place: kind for place, kind in version.wrong.items() if plan.allows(file, version.beads[place])}
        take(file, version.beads, wrong)
    for made in plan.rounds:
        kk, ru, kk_vectors, ru_vectors = list(file.kk), list(file.ru), file.kk_vectors.copy(), file.ru_vectors.copy()
        for place, wrong in made.items():
            bead = file.beads[place]
            if wrong.changed:
                ru[bead.ru[0]], ru_vectors[bead.ru[0]] = wrong.ru, vector_of[wrong.ru]
            else:
                kk[bead.kk[0]], kk_vectors[bead.kk[0]] = wrong.kk, vector_of[wrong.kk]
        document = replace(file, kk=tuple(kk), ru=tuple(ru), kk_vectors=kk_vectors, ru_vectors=ru_vectors)
        take(document, file.beads, {place: wrong.kind for place, wrong in made.items()})
    result.add(_alone(alone, background, look, file.name, seed))
    return result


def from_strings(
    pairs: Sequence[tuple[str, str]],
    encoder: Encoder,
    background: Background,
    rates: NameRates,
    seed: int,
    table: WordTable | None = None,
) -> Examples:
    """Pairs that were translated one by one: as they are, with the next one's translation, and made wrong."""
    maker = WrongMaker(pairs, seed)
    chooser = random.Random(seed)
    kinds = chooser.choices(list(_KIND_SHARES), list(_KIND_SHARES.values()), k=len(pairs))
    made = [maker.make(*pair, kind) for pair, kind in zip(pairs, kinds, strict=True)]
    wrong = [(number, each) for number, each in enumerate(made) if each and number % 2]
    texts = [text for pair in pairs for text in pair] + [each.ru if each.changed else each.kk for _, each in wrong]
    vector_of = dict(zip(texts, encoder.encode(texts), strict=True))

    def case(number: int, kk: str, ru: str, kind: str) -> _Case:
        return _Case(kk, ru, vector_of[kk], vector_of[ru], kind, f"strings {number // _BLOCK}")

    cases = [case(number, *pair, TRUE) for number, pair in enumerate(pairs)]
    cases += [case(n, pairs[n][0], pairs[n - 1][1], "neighbour") for n in range(1, len(pairs), 3)]
    cases += [case(number, each.kk, each.ru, each.kind) for number, each in wrong]
    return _alone(cases, background, _Look(rates, table), "strings", seed)


def _alone(cases: Sequence[_Case], background: Background, look: _Look, source: str, seed: int) -> Examples:
    """The cases as pairs of no document, in an order that tells nothing."""
    shuffled = list(cases)
    random.Random(f"{seed} {source}").shuffle(shuffled)
    if not shuffled:
        return Examples()
    likeness = pair_likeness(
        np.stack([case.kk_vector for case in shuffled]), np.stack([case.ru_vector for case in shuffled]), background
    )
    return _examples(shuffled, likeness, look, source, is_alone=True)


def _examples(cases: Sequence[_Case], likeness: Likeness, look: _Look, source: str, *, is_alone: bool) -> Examples:
    rows = feature_rows(likeness, [look_at(case.kk, case.ru, look.rates, look.table) for case in cases])
    return Examples(
        list(rows),
        [case.kk for case in cases],
        [case.ru for case in cases],
        [case.kind for case in cases],
        [source] * len(cases),
        [case.group for case in cases],
        [is_alone] * len(cases),
    )


def _joined(lines: Sequence[str], vectors: Floats, places: Sequence[int]) -> Floats:
    total = sum(len(lines[place]) * vectors[place] for place in places)
    joined: Floats = (total / np.linalg.norm(total)).astype(np.float32)
    return joined


def _only(likeness: Likeness, chosen: Sequence[int]) -> Likeness:
    places = np.array(chosen, np.int64)
    return Likeness(*(getattr(likeness, name)[places] for name in Likeness.__slots__))


assert set(_KIND_SHARES) == set(MADE_KINDS)
