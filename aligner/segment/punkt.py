"""NLTK's Punkt with parameters trained on Kazakhstani official prose (training/punkt/train.py)."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from aligner.segment.lexicon import load_lexicon

if TYPE_CHECKING:
    from nltk.tokenize.punkt import PunktLanguageVars, PunktSentenceTokenizer, PunktToken

    from aligner.segment.lexicon import Lexicon

__all__ = ["TrainedPunkt", "language_vars", "load_punkt", "stem", "token_class"]

_STEM_LETTERS: Final = 6


def language_vars() -> PunktLanguageVars:
    """How Punkt cuts words: NLTK's rules, and the quotation marks and dashes of Cyrillic typography."""
    from nltk.tokenize.punkt import PunktLanguageVars

    class CyrillicLanguageVars(PunktLanguageVars):  # type: ignore[misc]
        sent_end_chars = (".", "?", "!", "…")
        internal_punctuation = ",:;–—"
        _re_word_start = r"[^\(\"\`{\[:;&\#\*@\)}\]\-,«»„“”–—]"

        @property
        def _re_non_word_chars(self) -> str:
            return r"(?:[)\";}\]\*:@\'\({\[«»„“”–—?!…])"

    return CyrillicLanguageVars()


def token_class() -> type[PunktToken]:
    """Punkt's token for languages that inflect, where a word is known by its first six letters.

    Kazakh and Russian words have too many forms to be counted one by one. Only a capital is an initial here: «г.» and
    «ж.» are abbreviations like any other.
    """
    from nltk.tokenize.punkt import PunktToken

    class InflectedToken(PunktToken):  # type: ignore[misc]
        __slots__ = ()

        def _get_type(self, tok: str) -> str:
            whole: str = super()._get_type(tok)
            return stem(whole) if whole.isalpha() else whole

        @property
        def is_initial(self) -> bool:
            return bool(self.first_upper and super().is_initial)

    return InflectedToken


def stem(word: str) -> str:
    """What Punkt counts a word by."""
    return word[:_STEM_LETTERS]


class TrainedPunkt:
    """Answers of one trained model.

    `parameters` is the object that training/punkt/train.py writes: `abbreviations`, `collocations` (pairs),
    `sentence_starters` and `orthographic_context` (NLTK's flags → stems). `lexicon` adds its abbreviations and
    sentence openers to what was learnt.
    """

    def __init__(self, parameters: dict[str, Any], lexicon: Lexicon) -> None:
        from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

        learnt = PunktParameters()
        learnt.abbrev_types.update(parameters["abbreviations"], lexicon.anywhere, lexicon.after_number)
        learnt.collocations.update(map(tuple, parameters["collocations"]))
        learnt.sent_starters.update(parameters["sentence_starters"], map(stem, lexicon.openers))
        for flags, words in parameters["orthographic_context"].items():
            learnt.ortho_context.update(dict.fromkeys(words, int(flags)))
        self._abbreviations = frozenset(parameters["abbreviations"])
        self._tokenizer: PunktSentenceTokenizer = PunktSentenceTokenizer(
            learnt, lang_vars=language_vars(), token_cls=token_class()
        )
        self._breaks = lru_cache(maxsize=65536)(self._decide)

    def is_abbreviation(self, word: str) -> bool:
        """Whether `word` (lower case, no final full stop) was learnt to be an abbreviation."""
        return word in self._abbreviations

    def breaks(self, before: str, after: str) -> bool:
        """Whether a sentence ends after `before`, an abbreviation with its full stop, where `after` follows."""
        return self._breaks(before, after)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Start and end of each sentence by Punkt alone, without our rules; for comparison."""
        return list(self._tokenizer.span_tokenize(text))

    def _decide(self, before: str, after: str) -> bool:
        return bool(self._tokenizer.text_contains_sentbreak(f"{before} {after}"))


@cache
def load_punkt(language: str) -> TrainedPunkt:
    """The shipped model of `kk` or `ru`."""
    text = files("aligner.segment").joinpath(f"punkt_{language}.json").read_text(encoding="utf-8")
    return TrainedPunkt(json.loads(text), load_lexicon(language))
