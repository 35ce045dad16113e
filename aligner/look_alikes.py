"""Letters of one script typed for those of another that look the same: «Қaзaқстaн» with Latin a."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["LATIN_LETTERS", "has_mixed_word", "mixed_words", "repair_look_alikes"]

_TO_CYRILLIC = str.maketrans("aceiopxyABCEHIKMOPTXəƏɵƟ", "асеіорхуАВСЕНІКМОРТХәӘөӨ")
_TO_LATIN = str.maketrans("асеіорхуАВСЕНІКМОРТХУ", "aceiopxyABCEHIKMOPTXY")
# What only a Kazakh word can mean: h is һ, and Y looks like Ү.
_KAZAKH_TO_CYRILLIC = str.maketrans("hY", "һҮ")
_LATIN_ALONE = frozenset("bdfghjklmnqrstuvwzDFGJLNQRSUVWYZ")
_CYRILLIC_ALONE = re.compile("[бвгдёжзийклмнптуфцчшщъыьэюяәғқңөұүһБГДЁЖЗИЙЛПУФЦЧШЩЪЫЬЭЮЯӘҒҚҢӨҰҮҺ]")
LATIN_LETTERS = "A-Za-zəƏɵƟ"
"""Those that a Kazakh or Russian word may have by mistake, as the inside of a class of a regular expression."""
_SEAM = rf"(?:[\u0400-\u04FF][{LATIN_LETTERS}]|[{LATIN_LETTERS}][\u0400-\u04FF])"
_MIXED_WORD = re.compile(rf"[^\W\d_]*{_SEAM}[^\W\d_]*")
# Where there is no such word, far quicker than looking for the whole of it.
_MIXED = re.compile(_SEAM)
_LATIN_LETTER = re.compile(rf"[{LATIN_LETTERS}]")
# A preposition or conjunction of one letter between two Cyrillic words.
_LONE_LETTER = re.compile(r"(?<=[\u0400-\u04FF][ \u00a0])[acoiy](?=[ \u00a0][\u0400-\u04FF«])")
# «iPhoneды», «Googleдің»: a foreign name with a Kazakh or Russian ending is written rightly.
_NAME_WITH_ENDING = re.compile(rf"[{LATIN_LETTERS}]{{2,}}[\u0430-\u04FF]{{1,8}}")
_FRONT, _BACK = frozenset("әөүіе"), frozenset("аоұы")


def has_mixed_word(text: str) -> bool:
    """Whether a word of `text` has both Latin and Cyrillic letters."""
    return _LATIN_LETTER.search(text) is not None and _MIXED.search(text) is not None


def mixed_words(text: str) -> list[str]:
    """The words with letters of both scripts, but for foreign names with a Cyrillic ending."""
    if not has_mixed_word(text):
        return []
    return [word for word in _MIXED_WORD.findall(text) if not _is_name_with_ending(word)]


def repair_look_alikes(text: str, language: str) -> str:
    """`text` in `kk` or `ru` with the words that mix look-alike letters brought to one script.

    A word becomes Cyrillic where all its Latin letters look like Cyrillic ones, and Latin where it is the other
    way round. A word that is in neither of these cases stays.
    """
    if _LATIN_LETTER.search(text) is None:
        return text
    repaired = text
    if _MIXED.search(text):
        repaired = _MIXED_WORD.sub(lambda match: _repaired_word(match[0], language), text)
    return _LONE_LETTER.sub(lambda match: match[0].translate(_TO_CYRILLIC), repaired)


def _is_name_with_ending(word: str) -> bool:
    return _NAME_WITH_ENDING.fullmatch(word) is not None and not _LATIN_ALONE.isdisjoint(word)


@lru_cache(maxsize=16_384)
def _repaired_word(word: str, language: str) -> str:
    if _is_name_with_ending(word):
        return word
    has_cyrillic_alone = _CYRILLIC_ALONE.search(word) is not None
    kazakh = _with_kazakh_letters(word) if language == "kk" and has_cyrillic_alone else word
    if _LATIN_ALONE.isdisjoint(kazakh):
        # All could be either: what there is more of decides, and of capitals an acronym is likelier Latin.
        latin = len(_LATIN_LETTER.findall(word))
        if has_cyrillic_alone or 2 * latin < len(word) + (not word.isupper()):
            return kazakh.translate(_TO_CYRILLIC)
        return word.translate(_TO_LATIN)
    return word if has_cyrillic_alone else word.translate(_TO_LATIN)


def _with_kazakh_letters(word: str) -> str:
    """A Kazakh word with h, Y, n and y as the Kazakh letters that they stand for."""
    letters = frozenset(word.lower())
    is_front = bool(letters & _FRONT) and not letters & _BACK
    return word.translate(_KAZAKH_TO_CYRILLIC).replace("y", "ү" if is_front else "у")
