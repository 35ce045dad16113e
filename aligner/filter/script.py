"""Which letters the two sides are written in."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.filter.block import PairBlock, TextBlock, sign
from aligner.look_alikes import LATIN_LETTERS, has_mixed_word, mixed_words, repair_look_alikes
from aligner.records import Unit

__all__ = ["Garbled", "MixedWords", "Script"]

_CYRILLIC = re.compile(r"[\u0400-\u052F]+")
_FOREIGN_WORD = re.compile(r"[^\W\d_\u0400-\u052F]+")
_CYRILLIC_LETTER, _FOREIGN_LETTER = sign(r"[\u0400-\u052F]"), sign(r"[^\W\d_\u0400-\u052F]")
_LATIN_LETTER = sign(f"[{LATIN_LETTERS}]")
_AT, _SLASH, _DOT = sign("@"), sign("/"), sign(r"\.")
_W = sign("w")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+")


@dataclass(frozen=True, slots=True)
class Script:
    """Score: the share of Cyrillic among the letters of the poorer side.

    Names, addresses and trademarks that stand on both sides in the same letters do not count.
    """

    threshold: float = 0.4
    name: str = "script"

    def score(self, pair: Unit) -> float:
        if not (_FOREIGN_WORD.search(pair.kk) or _FOREIGN_WORD.search(pair.ru)):
            return 1.0
        kk, ru = (_ADDRESS.sub(" ", text) for text in (pair.kk, pair.ru))
        kk_foreign, ru_foreign = (_FOREIGN_WORD.findall(text) for text in (kk, ru))
        shared = {word.lower() for word in kk_foreign} & {word.lower() for word in ru_foreign}
        return min(_share(kk, kk_foreign, shared), _share(ru, ru_foreign, shared))

    def accept(self, score: float) -> bool:
        return score >= self.threshold

    def clears(self, block: PairBlock) -> NDArray[np.bool_]:
        surely = [_least_share(each) >= self.threshold for each in block.sides]
        return (surely[0] & surely[1] | ~block.has(_FOREIGN_LETTER) & self.accept(1.0)) & ~block.is_odd

    def reason(self, pair: Unit, score: float) -> str:
        return f"script {score:.2f}: too few Cyrillic letters"


def _share(text: str, foreign: list[str], shared: set[str]) -> float:
    cyrillic = sum(map(len, _CYRILLIC.findall(text)))
    other = sum(len(word) for word in foreign if word.lower() not in shared)
    return cyrillic / (cyrillic + other) if other else 1.0


def _least_share(texts: TextBlock) -> NDArray[np.float64]:
    """Of each text the share, were nothing on the other side; 0 where an address may have to be taken out."""
    cyrillic, foreign = texts.count(_CYRILLIC_LETTER), texts.count(_FOREIGN_LETTER)
    shares: NDArray[np.float64] = cyrillic / np.maximum(cyrillic + foreign, 1)
    shares[foreign == 0] = 1.0
    shares[texts.has(_AT) | texts.has_beside(_SLASH, _SLASH) | texts.has_beside(_W, _DOT)] = 0.0
    return shares


@dataclass(frozen=True, slots=True)
class MixedWords:
    """Score: the share of words that mix scripts and that no rule repairs.

    «Қaзақстан» with one Latin a is repaired by `repair_look_alikes`, and «iPhoneды» is right as it is.
    """

    threshold: float = 0.1
    name: str = "mixed_words"

    def score(self, pair: Unit) -> float:
        if not (has_mixed_word(pair.kk) or has_mixed_word(pair.ru)):
            return 0.0
        return max(len(words) / max(1, len(text.split())) for text, words in _unrepaired(pair))

    def accept(self, score: float) -> bool:
        return score <= self.threshold

    def clears(self, block: PairBlock) -> NDArray[np.bool_]:
        has_mixed = [
            each.has_beside(_CYRILLIC_LETTER, _LATIN_LETTER) | each.has_beside(_LATIN_LETTER, _CYRILLIC_LETTER)
            for each in block.sides
        ]
        return ~(has_mixed[0] | has_mixed[1]) & self.accept(0.0)

    def reason(self, pair: Unit, score: float) -> str:
        words = ", ".join(word for _, found in _unrepaired(pair) for word in found[:3])
        return f"mixed_words {score:.2f}: {words}"


def _unrepaired(pair: Unit) -> list[tuple[str, list[str]]]:
    return [(text, mixed_words(repair_look_alikes(text, side))) for side, text in (("kk", pair.kk), ("ru", pair.ru))]


# The second byte of a Cyrillic letter in UTF-8, read as Windows-1251, but for І: «ӨРІСІ». One after Р or С is right:
# «КНР», СССР – …
_SECOND_BYTE = "[ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—™љ›њќћџ\u00a0ЎўЈ¤Ґ¦§Ё©Є«¬\u00ad®Ї°±ґµ¶·ё№є»јЅѕї]"
# A letter that could not be decoded, UTF-8 read as Latin-1, Cyrillic read as Latin-1, a private or control character.
_GARBLED = re.compile(
    r"\ufffd|[\ue000-\uf8ff]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|[ÐÑ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
    rf"|[\xc0-\xff]{{4,}}|(?:[РС]{_SECOND_BYTE}){{2}}"
)
_SUSPECT = sign(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xc0-\xff]")
_LEADS, _FOLLOWS = sign("[РС]"), sign(_SECOND_BYTE)


@dataclass(frozen=True, slots=True)
class Garbled:
    """Score: how many places look as if a wrong encoding had been used to read them."""

    threshold: float = 0
    name: str = "garbled"

    def score(self, pair: Unit) -> float:
        return len(_GARBLED.findall(pair.kk)) + len(_GARBLED.findall(pair.ru))

    def accept(self, score: float) -> bool:
        return score <= self.threshold

    def clears(self, block: PairBlock) -> NDArray[np.bool_]:
        has_suspect = block.has(_SUSPECT)
        for each in block.sides:
            has_suspect |= each.has_beside(_LEADS, _FOLLOWS)
        return ~has_suspect & self.accept(0)

    def reason(self, pair: Unit, score: float) -> str:
        return f"garbled {score:.0f}: characters of a wrong encoding"
