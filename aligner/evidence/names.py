"""Names of people, places and bodies, as keys that their Kazakh and Russian forms share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import compress
from operator import attrgetter

from aligner.evidence.gazetteer import find_phrase
from aligner.evidence.words import Reading, read_text

__all__ = ["NameMention", "iter_names", "names"]


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name as it stands in a text: its key, and the words `words[start:end]` of `text_words`."""

    key: str
    start: int
    end: int


def names(text: str) -> Counter[str]:
    """The names in `text`, each as a key that is the same for its Kazakh and its Russian forms.

    A key is `@` and an entry of names.tsv, or the first letters of the folded stem of a capitalised word that is
    not one of those that often open a sentence.
    """
    return Counter(mention.key for mention in iter_names(read_text(text)))


_IS_TELLING = attrgetter("is_telling")


def iter_names(reading: Reading) -> Iterator[NameMention]:
    """The names in a text, in order."""
    telling = list(compress(enumerate(reading.known), map(_IS_TELLING, reading.known)))
    if not telling:
        return
    words = reading.words
    # Any Latin word stands out of a Cyrillic text; in a Latin one only the capitalised are names.
    is_cyrillic = any("\u0400" <= word[0] <= "\u04ff" for word in words)
    end = 0
    for place, word in telling:
        if place < end:
            continue
        phrase = find_phrase(words, place) if word.opens_phrase else None
        key = phrase.key if phrase else word.key_in_cyrillic if is_cyrillic else word.key
        end = place + (phrase.width if phrase else 1)
        if key:
            yield NameMention(key, place, end)
