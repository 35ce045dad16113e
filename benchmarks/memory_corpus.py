"""Real translations varied up to any number of units, and what translators would look up in such a memory."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.shared_data import SHARED

__all__ = ["Asked", "changed_queries", "corpus_files", "read_pairs", "unrelated_queries", "varied_pairs"]

_NO_SENTENCES = ("SOURCES", "debian_gettext_pkg_licenses")
_UNRELATED = {
    "kk": ("gold/flores-dev.kk.txt", "gold/xwmt.kk.txt"),
    "ru": ("gold/flores-dev.ru.txt", "gold/xwmt.ru.txt"),
}
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+")
# What is put behind a word, or instead of its last letters, to make another form of it.
_ENDINGS = {
    "kk": ("ды", "ға", "дан", "дың", "лар", "лары", "мен", "да", "сы", "дағы"),
    "ru": ("а", "у", "ом", "е", "ы", "ов", "ами", "ах", "ый", "ого"),
}
_SEED = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """A text to look up, its language, and what was done to a unit's text to make it."""

    text: str
    language: str
    change: str


def corpus_files() -> list[str]:
    """What is read, relative to ../shared."""
    names = sorted((SHARED / "parallel").glob("*.tsv"))
    kept = [path for path in names if not path.stem.startswith("dict_") and path.stem not in _NO_SENTENCES]
    return [*(f"parallel/{path.name}" for path in kept), *_UNRELATED["kk"], *_UNRELATED["ru"]]


def read_pairs() -> list[tuple[str, str]]:
    """Every distinct pair of texts with a word on either side, shuffled, always in the same way."""
    pairs = {
        (row[0].strip(), row[1].strip())
        for name in corpus_files()
        if name.startswith("parallel/")
        for line in (SHARED / name).read_text(encoding="utf-8").splitlines()
        if len(row := line.split("\t")) > 1 and _WORD.search(row[0]) and _WORD.search(row[1])
    }
    ordered = sorted(pairs)
    random.Random(_SEED).shuffle(ordered)
    return ordered


def varied_pairs(pairs: Sequence[tuple[str, str]], size: int) -> Iterator[tuple[str, str]]:
    """`size` different pairs: the real ones, then such with one to three words or numbers changed on both sides."""
    chance = random.Random(_SEED + 1)
    words = [_frequent_words(pairs, side) for side in (0, 1)]
    seen = set(pairs[:size])
    yield from pairs[:size]
    while len(seen) < size:
        kk, ru = pairs[chance.randrange(len(pairs))]
        count = chance.randint(1, 3)
        made = _varied(kk, words[0], count, chance), _varied(ru, words[1], count, chance)
        if made not in seen:
            seen.add(made)
            yield made


def changed_queries(texts: Sequence[str], language: str, count: int) -> list[Asked]:
    """`count` texts of units with one to three words changed, inflected or dropped, or a number changed."""
    chance = random.Random(_SEED + 2)
    vocabulary = sorted(
        {word for text in chance.sample(texts, min(len(texts), 20_000)) for word in _WORD.findall(text)}
    )
    asked = []
    while len(asked) < count:
        text = texts[chance.randrange(len(texts))]
        words = list(_WORD.finditer(text))
        if len(words) < 2:
            continue
        change = chance.choice(("changed", "inflected", "dropped", "number"))
        if change == "number":
            if not _NUMBER.search(text):
                continue
            made = _NUMBER.sub(lambda match: str(chance.randint(1, 9_999)), text)
        else:
            made = text
            most = min(3, max(1, len(words) // 3))
            for word in sorted(chance.sample(words, chance.randint(1, most)), key=lambda each: -each.start()):
                made = made[: word.start()] + _other(word[0], change, vocabulary, language, chance) + made[word.end() :]
        made = " ".join(made.split())
        if _WORD.search(made):
            asked.append(Asked(made, language, change))
    return asked


def unrelated_queries(language: str, count: int) -> list[Asked]:
    """Sentences of newspapers and encyclopedias, which the memory's software texts have nothing to do with."""
    lines = [line for name in _UNRELATED[language] for line in (SHARED / name).read_text(encoding="utf-8").splitlines()]
    return [Asked(line, language, "unrelated") for line in random.Random(_SEED).sample(lines, min(count, len(lines)))]


def _frequent_words(pairs: Sequence[tuple[str, str]], side: int) -> list[str]:
    """Words as often as they occur, so that a variation is made of what texts are made of."""
    return [word for pair in pairs[:30_000] for word in _WORD.findall(pair[side])]


def _varied(text: str, words: Sequence[str], count: int, chance: random.Random) -> str:
    places = list(_WORD.finditer(text))
    for place in sorted(chance.sample(places, min(count, len(places))), key=lambda each: -each.start()):
        text = text[: place.start()] + chance.choice(words) + text[place.end() :]
    return _NUMBER.sub(lambda match: str(chance.randint(1, 9_999)), text)


def _other(word: str, change: str, vocabulary: Sequence[str], language: str, chance: random.Random) -> str:
    if change == "dropped":
        return ""
    if change == "changed":
        return chance.choice(vocabulary)
    ending = chance.choice(_ENDINGS[language])
    return word + ending if language == "kk" or word[-1] not in "аеиоуыэюяйь" else word[:-1] + ending
