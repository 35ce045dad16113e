"""Kazakh in the Latin alphabets of 2018 and 2021 and in Arabic (töte) script → Cyrillic, for comparison only.

The way back is not unique. What is lost, and how it is decided:

- Latin: и and й are one letter (й after a vowel, и otherwise); х and һ are one (х); э is read as е, ё as ио or йо,
  щ as шш (or шч), ц as тс, ъ and ь are gone; ia and iu after a consonant are я and ю. Of 2018's and 2021's letters `i`,
  `ı`, `y` and `u` stand for different sounds: the alphabet is told from the rest of the text.
- Arabic: и and й, е and э, у and в before vowels in old texts; ұ, ү, о, ө, ы, і, а, ә are told by the high hamza, or by
  к, г, е in the word, so that a loan word with front and back vowels («министрлік») may come out with the wrong ones;
  there are no capitals.
"""

from __future__ import annotations

import re
from typing import Literal

__all__ = ["Script", "script_of", "to_cyrillic"]

Script = Literal["Cyrl", "Latn", "Arab"]

_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3\u06d5\u0674]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_OF_2018 = frozenset("áǵńóúý")
_OF_2021 = frozenset("äğŋñöūüş")
_BOTH = dict(zip("abdefgjklmnoprstvzq", "абдефгжклмнопрствзқ", strict=True)) | {"h": "х", "y": "ы"}
_LATIN_2018 = _BOTH | dict(zip("áǵńóúýuiı", "әғңөүуұіи", strict=True)) | {"sh": "ш", "ch": "ч", "c": "ц", "x": "кс"}
_LATIN_2021 = (
    _BOTH | dict(zip("äğŋñöūüşuç", "әғңңөұүшуч", strict=True)) | {"ı": "і", "i": "и", "c": "ц", "w": "у", "x": "х"}
)
_NOT_AFTER_VOWEL = re.compile("(?<![aáäeioóöuúüūıyý])[iı](?![aáu])")
_LATIN_WORD = re.compile("[A-Za-z\u00c0-\u024f]+")
_VOWELS = frozenset("аәеёиоөуұүыіэюя")
_ARABIC_LETTERS = dict(zip("ابۆگعدەجزيكقلمنڭوپرستۋۇفحھچشى", "абвгғдежзикқлмнңопрстуұфхһчшы", strict=True)) | {
    "ه": "һ",
    "ة": "е",
    "ۈ": "ү",
    "ۉ": "ү",
    "ی": "и",
    "ک": "к",
    "ژ": "ж",
    "غ": "ғ",
    "ئ": "",
    "ء": "",
    "ٴ": "",
}
_FRONT = str.maketrans("аоұы", "әөүі")
_ARABIC_WORD = re.compile("[\u0620-\u064a\u066e-\u06d3\u06d5\u0674]+")
_FRONT_MARKS = frozenset("ءٴكگەکئ")
_SIGNS = str.maketrans("؟،؛٪٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "?,;%01234567890123456789")


def script_of(text: str) -> Script:
    """The script that most letters of `text` are in; `Cyrl` where there are none."""
    counts = {
        "Cyrl": len(_CYRILLIC.findall(text)),
        "Latn": len(_LATIN.findall(text)),
        "Arab": len(_ARABIC.findall(text)),
    }
    if counts["Arab"] > max(counts["Cyrl"], counts["Latn"]):
        return "Arab"
    return "Latn" if counts["Latn"] > counts["Cyrl"] else "Cyrl"


def to_cyrillic(text: str, script: Script, sample: str = "") -> str:
    """Kazakh `text` in Cyrillic letters. `sample` is more of the same document, from which the alphabet is told.

    What is not of the script (figures, signs, words in Cyrillic) stays as it is.
    """
    if script == "Arab":
        return _ARABIC_WORD.sub(lambda match: _from_arabic(match[0]), text).translate(_SIGNS)
    if script == "Latn":
        letters = _latin_letters(sample or text)
        return _LATIN_WORD.sub(lambda match: _from_latin(match[0], letters), text)
    return text


def _latin_letters(text: str) -> dict[str, str]:
    """The letters of the alphabet of `text`.

    Between `i` and `ı` habits differ: і is three times as frequent as и and й that are not after a vowel.
    """
    lower = text.lower()
    old = sum(map(lower.count, _OF_2018)) > sum(map(lower.count, _OF_2021))
    letters = dict(_LATIN_2018 if old else _LATIN_2021)
    if old and "ý" not in lower:
        letters["u"] = "у"
    found = _NOT_AFTER_VOWEL.findall(lower)
    dotted, dotless = found.count("i"), found.count("ı")
    is_dotted_short = not old if dotted == dotless else dotless > dotted
    letters["i"], letters["ı"] = ("и", "і") if is_dotted_short else ("і", "и")
    return letters


def _from_latin(word: str, letters: dict[str, str]) -> str:
    lower = word.replace("İ", "i").lower()
    pieces: list[str] = []
    place = 0
    while place < len(lower):
        pair = lower[place : place + 2]
        size = 2 if pair in letters else 1
        piece = letters.get(lower[place : place + size], lower[place])
        before = pieces[-1][-1:] if pieces else ""
        # After у an ending may begin: «баруы», «келуі».
        if piece in ("и", "і", "ы") and before and before in _VOWELS and (piece == "и" or before != "у"):
            piece = "й"
        elif piece in ("а", "у") and before and before in "иій":
            pieces[-1], piece = pieces[-1][:-1], "я" if piece == "а" else "ю"
        pieces.append(piece)
        place += size
    cyrillic = "".join(pieces)
    if len(word) > 1 and word.isupper():
        return cyrillic.upper()
    return cyrillic[:1].upper() + cyrillic[1:] if word[0].isupper() else cyrillic


def _from_arabic(word: str) -> str:
    cyrillic = word.replace("شش", "щ").replace("تس", "ц").replace("يۋ", "ю").replace("يا", "я")
    is_front = not _FRONT_MARKS.isdisjoint(word)
    pieces: list[str] = []
    for character in cyrillic:
        piece = _ARABIC_LETTERS.get(character, character)
        if piece == "и" and pieces and pieces[-1][-1:] in _VOWELS:
            piece = "й"
        pieces.append(piece)
    joined = "".join(pieces)
    return joined.translate(_FRONT) if is_front else joined
