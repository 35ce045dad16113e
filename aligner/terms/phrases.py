"""The words and short phrases of a text that might be terms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from aligner.terms.stems import stem
from aligner.terms.stop_words import STOP_WORDS

__all__ = ["Phrase", "iter_phrases"]

_TOKEN = re.compile(r"[^\W\d_]+(?:[-‑’'][^\W\d_]+)*|\d+|[^\w\s]")
_FEWEST_LETTERS = 2
# Between the words of a Russian term a preposition may stand: «налог на имущество».
_INNER = {"kk": frozenset[str](), "ru": frozenset(["на", "по", "с", "в", "о", "об", "от", "для", "и"])}
_LONGEST = 3
# What no term ends with. Kazakh: a converb, a participle, a finite verb. Russian: an adjective, a finite verb.
_NO_NAME = {
    "kk": re.compile(
        "(?:.{2}[ыі]п|.{2}(?:ған|ген)|.{2}[пткқсш](?:қан|кен)|.{2}(?:атын|етін|йтын|йтін)|.{2}(?:ады|еді|йды|йді)|"
        ".{3}(?:мақ|мек|бақ|бек|пақ|пек)|.{2}(?:ылса|ілсе|етсе|алса|елсе)|.{3}(?:ылды|ілді|ынды|інді))$"
    ),
    "ru": re.compile(
        "(?:.{2}(?:ться|ется|ются|ится|ятся|овать|ывать|ивать|ил|ился|илась|илось|ились|ался|алась|алось|ались|али|или)|"
        ".{3}(?:ый|[^р]ий|ая|яя|ое|ее|ые|[^нтвсч]ие|ого|его|ому|ему|ыми|ими|ым|ых|[^нтвсч]их|ую|юю|ой|енно|ельно))$"
    ),
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """`key` are its stems; `surface` is how it was written; `is_first` says that it opens the text."""

    key: tuple[str, ...]
    surface: str
    is_first: bool


def iter_phrases(text: str, language: str) -> Iterator[Phrase]:
    """One to three words in a row that punctuation does not part and stop words do not begin or end."""
    words = _TOKEN.findall(text)
    stops, inner, no_name = STOP_WORDS[language], _INNER[language], _NO_NAME[language]
    lowers = [word.lower() for word in words]
    is_word = [word[0].isalpha() for word in words]
    for start in range(len(words)):
        if not is_word[start] or lowers[start] in stops or len(words[start]) < _FEWEST_LETTERS:
            continue
        for end in range(start + 1, min(start + _LONGEST, len(words)) + 1):
            last = end - 1
            if not is_word[last]:
                break
            if last > start and lowers[last] in stops:
                if lowers[last] not in inner:
                    break
                continue
            if len(words[last]) < _FEWEST_LETTERS or no_name.search(lowers[last]):
                continue
            key = tuple(stem(word, language) for word in lowers[start:end])
            yield Phrase(key, " ".join(words[start:end]), start == 0)
