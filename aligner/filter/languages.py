"""Whether each side is in its language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from aligner.filter.block import PairBlock, packed, sign
from aligner.language import identify_language
from aligner.look_alikes import repair_look_alikes
from aligner.records import Unit

__all__ = ["Language"]

# In fewer words a name or a loanword is all there is, and there is no telling.
_FEWEST_WORDS = 4
_WORD = re.compile(r"[^\W\d_]+")
_OTHER_ALPHABETS = re.compile("[їєґўѓѕјљњќџђћқғңөүұәһіҗҙҡҫҳӣӯҷӑӗҥӱӧӓӹ]")
_NOT_KAZAKH = re.compile("[їєґўѓѕјљњќџђћҗҙҡҫҳӣӯҷӑӗҥӱӧӓӹ]")
# Words that no other language with these letters has; «не» and «о» are Kazakh, too.
_RUSSIAN_WORDS = frozenset(("и", "в", "на", "по", "с", "к", "что", "для", "от", "при", "или"))
_RUSSIAN_WORD = re.compile(rf"\b(?:{'|'.join(sorted(_RUSSIAN_WORDS))})\b")
# Two of these beside ы or э: on interface texts without prepositions, and no other language with ы has them.
_RUSSIAN_ENDINGS = (
    "ый ий ая яя ое ее ые ие ых их ым ого его ому ему ыми ими ую юю ание ания аний ании ение ения ений ении "
    "ость ости ться ать ить еть ется ются ует уют ции цию ций цией"
)
_ENDING_WORD = re.compile(rf"\b\w{{2,}}(?:{_RUSSIAN_ENDINGS.replace(' ', '|')})\b")
_FEWEST_ENDINGS, _FEWEST_BEFORE_ENDING = 2, 2
_KAZAKH_I, _KAZAKH_ALONE = sign("і", of_small=True), sign("[қғұ]", of_small=True)
_IS_NOT_KAZAKH = sign(_NOT_KAZAKH.pattern, of_small=True)
_RUSSIAN_VOWEL, _IS_OF_OTHERS = sign("[ыэ]"), sign(_OTHER_ALPHABETS.pattern, of_small=True)
_PACKED_RUSSIAN_WORDS = sorted(map(packed, _RUSSIAN_WORDS))
_PACKED_ENDINGS = {
    size: sorted(packed(each) for each in _RUSSIAN_ENDINGS.split() if len(each) == size)
    for size in sorted(set(map(len, _RUSSIAN_ENDINGS.split())))
}


@dataclass(frozen=True, slots=True)
class Language:
    """Score: 1 where the side is in its language, 0 where it is surely in another, 0.5 where there is no telling."""

    side: str
    threshold: float = 0.5

    @property
    def name(self) -> str:
        return f"language_{self.side}"

    def score(self, pair: Unit) -> float:
        text = pair.kk if self.side == "kk" else pair.ru
        if _is_surely(text, self.side):
            return 1.0
        found = _language(repair_look_alikes(text, self.side))
        if found == self.side:
            return 1.0
        is_short = len(_WORD.findall(text)) < _FEWEST_WORDS
        return 0.5 if found == "und" or is_short else 0.0

    def accept(self, score: float) -> bool:
        return score >= self.threshold

    def clears(self, block: PairBlock) -> NDArray[np.bool_]:
        place = ("kk", "ru").index(self.side)
        texts, words = block.sides[place], block.words[place]
        is_russian = texts.has_word(words, _PACKED_RUSSIAN_WORDS)
        if self.side == "kk":
            has_letters = texts.has(_KAZAKH_I) & texts.has(_KAZAKH_ALONE) & ~texts.has(_IS_NOT_KAZAKH)
            is_sure = has_letters & ~is_russian
        else:
            is_russian |= texts.count_endings(words, _PACKED_ENDINGS, _FEWEST_BEFORE_ENDING) >= _FEWEST_ENDINGS
            is_sure = texts.has(_RUSSIAN_VOWEL) & is_russian & ~texts.has(_IS_OF_OTHERS)
        is_short = np.bincount(block.letter_words[place].rows, minlength=len(block)) < _FEWEST_WORDS
        return (is_sure & self.accept(1.0) | is_short & self.accept(0.5) & self.accept(1.0)) & ~block.is_odd

    def reason(self, pair: Unit, score: float) -> str:
        text = pair.kk if self.side == "kk" else pair.ru
        return f"language_{self.side}: {_language(repair_look_alikes(text, self.side))} on the {self.side} side"


@lru_cache(maxsize=8_192)
def _language(text: str) -> str:
    return identify_language(text)


def _is_surely(text: str, language: str) -> bool:
    """Whether the letters alone say so: far quicker than identifying, and enough for most sentences."""
    lower = text.lower()
    if language == "kk":
        # Only Kazakh has both і and one of these.
        has_letters = "і" in lower and ("қ" in lower or "ғ" in lower or "ұ" in lower)
        return has_letters and _NOT_KAZAKH.search(lower) is None and _RUSSIAN_WORD.search(lower) is None
    if not ("ы" in text or "э" in text) or _OTHER_ALPHABETS.search(lower):
        return False
    return _has_russian_word(lower) or len(_ENDING_WORD.findall(lower)) >= _FEWEST_ENDINGS


def _has_russian_word(lower: str) -> bool:
    """One that stands between spaces is found sooner than one beside a comma."""
    return not _RUSSIAN_WORDS.isdisjoint(lower.split()) or _RUSSIAN_WORD.search(lower) is not None
