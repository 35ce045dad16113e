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
_OTHER_ALPHABETS = re.compile("[їєґўѓѕјљњќџђћқғңөүұәһіҗҙҡҫҳӣӯҷӑӗҥӱӧӓӹ]")
_NOT_KAZAKH = re.compile("[їєґўѓѕјљњќџђћҗҙҡҫҳӣӯҷӑӗҥӱӧӓӹ]")
# Words that no other language with these letters has; «не» and «о» are Kazakh, too.
_RUSSIAN_WORDS = frozenset(("и", "в", "на", "по", "с", "к", "что", "для", "от", "при", "или"))
_RUSSIAN_WORD = re.compile(rf"\b(?:{'|'.join(sorted(_RUSSIAN_WORDS))})\b")


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
    lower = text.lower()
    if language == "kk":
        # Only Kazakh has both і and one of these.
        has_letters = "і" in lower and ("қ" in lower or "ғ" in lower or "ұ" in lower)
        return has_letters and _NOT_KAZAKH.search(lower) is None and _RUSSIAN_WORD.search(lower) is None
    has_letters = "ы" in text or "э" in text
    return has_letters and _has_russian_word(lower) and _OTHER_ALPHABETS.search(lower) is None


def _has_russian_word(lower: str) -> bool:
    """One that stands between spaces is found sooner than one beside a comma."""
    return not _RUSSIAN_WORDS.isdisjoint(lower.split()) or _RUSSIAN_WORD.search(lower) is not None
