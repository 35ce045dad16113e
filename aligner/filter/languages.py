"""Whether each side is in its language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from aligner.language import identify_language
from aligner.look_alikes import repair_look_alikes
from aligner.records import Unit

__all__ = ["Language"]

# In fewer words a name or a loanword is all there is, and there is no telling.
_FEWEST_WORDS = 4
_WORD = re.compile(r"[^\W\d_]+")
_KAZAKH_ONLY = "қғұі"
_OTHER_ALPHABETS = re.compile("[їєґўѓѕјљњќџђћқғңөүұәһіҗҙҡҫҳӣӯҷӑӗҥӱӧӓӹ]", re.IGNORECASE)
_NOT_KAZAKH = re.compile("[їєґўѓѕјљњќџђћҗҙҡҫҳӣӯҷӑӗҥӱӧӓӹ]", re.IGNORECASE)
_RUSSIAN_WORD = re.compile(r"\b(?:и|в|на|не|по|что|для|от|из|к|о|об|его|это|как|при|или)\b", re.IGNORECASE)
_SURELY_KAZAKH_SHARE = 0.05


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

    def reason(self, pair: Unit, score: float) -> str:
        text = pair.kk if self.side == "kk" else pair.ru
        return f"language_{self.side}: {_language(repair_look_alikes(text, self.side))} on the {self.side} side"


@lru_cache(maxsize=8_192)
def _language(text: str) -> str:
    return identify_language(text)


def _is_surely(text: str, language: str) -> bool:
    """Whether the letters alone say so: far quicker than identifying, and enough for most sentences."""
    if language == "kk":
        lower = text.lower()
        letters = sum(map(lower.count, _KAZAKH_ONLY))
        is_dense = letters >= 3 and "і" in lower and letters > _SURELY_KAZAKH_SHARE * len(text)
        return is_dense and not _NOT_KAZAKH.search(text)
    has_russian_letters = "ы" in text and ("э" in text or "ь" in text or "щ" in text)
    return has_russian_letters and _RUSSIAN_WORD.search(text) is not None and not _OTHER_ALPHABETS.search(text)
