"""What can be seen in the texts of a pair: figures, names, signs, lengths, languages, copies."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from aligner.evidence import FigureComparison, Reading, read_text, text_words
from aligner.evidence.comparison import compare_figures_in
from aligner.evidence.name_comparison import NAME_KINDS, Name, NameComparison, compare_names_in
from aligner.judge.words import WORD_FEATURES, Said, WordTable, compare_words, load_word_table
from aligner.language import identify_language

__all__ = [
    "COMMON_LETTERS",
    "RATED_KINDS",
    "TEXT_FEATURES",
    "NameRates",
    "TextEvidence",
    "look_at",
    "unanswered_names",
]

TEXT_FEATURES = (
    "length",
    "size",
    "figures_shared",
    "figures_kk",
    "figures_ru",
    "small_figures",
    "contradicting_figures",
    "names_shared",
    "names_kk",
    "names_ru",
    "strangest_name",
    "contradicting_names",
    "markup",
    "sentences",
    "commas",
    "quotes",
    "brackets",
    "end",
    "kazakh_kk",
    "kazakh_ru",
    "wrong_language",
    "copied",
    "copied_run",
    *WORD_FEATURES,
)
"""The numbers that `TextEvidence.row` gives, in order."""

_LENGTH_SLACK = 10
"""Characters added to both lengths: a short text varies in length for reasons of grammar alone."""
_SMALL_FIGURE = re.compile(r"\d|--\d\d")
_MARKUP = re.compile(
    r"https?://[^\s<>«»\"]+|www\.[^\s<>«»\"]+|[\w.+-]+@[\w-]+\.[\w.]+|[\w-]+\.(?:kz|com|org|ru|net)\b"
    r"|%\d?\$?[sdiufl]\b|%\([a-z_]+\)s|\{[\w.]*\}|\$\{?\w+\}?|</?[a-zA-Z][^<>]*>|&[a-z]+;|\\n"
)
_MARKUP_SIGN = re.compile(r"[@%{<&\\$]|\.\w|//")
_SENTENCE_END = re.compile(r"[.!?…]+(?=[\s»\")]|$)")
_SENTENCE_SIGNS = tuple(".!?…–—")
_QUOTE = re.compile('[«»“”„"]')
_KAZAKH = re.compile("[әғқңөұүһіӘҒҚҢӨҰҮҺІ]")
_CYRILLIC = re.compile("[а-яёА-ЯЁәғқңөұүһіӘҒҚҢӨҰҮҺІ]+")
_CYRILLIC_WORD = re.compile("[а-яёА-ЯЁәғқңөұүһіӘҒҚҢӨҰҮҺІ]{2}")
_OTHER_WORD = re.compile(r"[^\W\d_]{2,}")
_ROMAN = re.compile(r"[IVX]+")
"""A number, which is compared as one."""
_FEWEST_LETTERS = 12
_LEAST_KAZAKH_SHARE = 0.04
_MOST_KAZAKH_SHARE = 0.015
_QUOTATION = re.compile(r"[«“„\"][^«»“”„\"]*[»”“\"]")
_MISSING_IN_OTHERS = 0.95
"""How often a name of one text is missing in another one that does not translate it."""
_MOST_CERTAIN = 0.985
_MOST_CERTAIN_OF_A_KIND = 0.85
_UNTRANSLATED = 2.0
"""In place of the share of words that are copied: all are, and they should not be."""
RATED_KINDS = (*NAME_KINDS, "common")
COMMON_LETTERS = 7


@dataclass(frozen=True, slots=True)
class NameRates:
    """How often names of each kind, and names by their keys, are answered in true translations, by language.

    `common`: the first `COMMON_LETTERS` of words that are usually written small; such a word is hardly a name, whatever
    it looks like.
    """

    kinds: Mapping[str, Mapping[str, float]]
    keys: Mapping[str, Mapping[str, float]]
    common: Mapping[str, frozenset[str]]

    def kind_of(self, name: Name, language: str) -> str:
        """The name's kind, one of `RATED_KINDS`."""
        if name.kind in ("opening", "word", "person") and name.text.lower()[:COMMON_LETTERS] in self.common[language]:
            return "common"
        return name.kind

    def strangeness(self, name: Name, language: str) -> float:
        """The log of how much likelier the name is to be missing where the texts do not correspond, 0 or more."""
        kind = self.kind_of(name, language)
        # A common noun may be put in many ways.
        if kind == "common":
            return 0.0
        rate = self.keys[language].get(name.key)
        if rate is None:
            rate = min(self.kinds[language].get(kind, 0.0), _MOST_CERTAIN_OF_A_KIND)
        return max(0.0, math.log(_MISSING_IN_OTHERS / (1 - min(rate, _MOST_CERTAIN))))


@dataclass(frozen=True, slots=True)
class TextEvidence:
    """`row`: a number for each of `TEXT_FEATURES`. The rest is what reasons are worded from.

    `names`: the unanswered names by how strange that is. `languages`: of the Kazakh and the Russian side, None where
    nothing speaks against what they should be.
    """

    row: tuple[float, ...]
    figures: FigureComparison
    names: tuple[tuple[float, Name], ...]
    markup: tuple[str, ...]
    length_ratio: float
    languages: tuple[str | None, str | None]
    is_copy: bool
    is_wordless: bool
    ends: tuple[str, str]


def look_at(kk: str, ru: str, rates: NameRates, table: WordTable | None = None) -> TextEvidence:
    """Compare the two texts; `table`: which words answer each other, by default the one that comes with Qostil."""
    table = table or load_word_table()
    kk_reading, ru_reading = read_text(kk), read_text(ru)
    kk_words, ru_words = kk_reading.words, ru_reading.words
    kk_said, ru_said = table.read(kk_words, 0), table.read(ru_words, 1)
    figures = compare_figures_in(kk_reading, ru_reading)
    names = _unanswered_names(kk_reading, ru_reading, kk_said, ru_said, table)
    strange, opening = _strange(kk, ru, names, rates)
    kk_sum, ru_sum = (sum(own) for own in (strange[0].values(), strange[1].values()))
    # Acronyms are put in too many ways to contradict each other.
    strangest = [max((value for name, value in own.items() if name.kind != "acronym"), default=0.0) for own in strange]
    markup = _unanswered_markup(kk, ru)
    kk_own, ru_own = _unquoted(kk), _unquoted(ru)
    languages, shares = _languages(kk_own, ru_own)
    copied, copied_run = _copied(
        kk_words if kk_own is kk else text_words(kk_own), ru_words if ru_own is ru else text_words(ru_own)
    )
    is_copy = _is_copy(kk, kk_words, ru_words)
    if is_copy and _is_of_one_language(kk_words, rates.common):
        copied = _UNTRANSLATED
    ends = _end(kk), _end(ru)
    small, kk_large, ru_large = _by_size(figures)
    length_ratio = (len(kk) + _LENGTH_SLACK) / (len(ru) + _LENGTH_SLACK)
    return TextEvidence(
        (
            math.log(length_ratio),
            math.log(min(len(kk), len(ru)) + 1),
            float(figures.shared.total()),
            kk_large,
            ru_large,
            small,
            float(min(figures.only_kk.total(), figures.only_ru.total())),
            float(names.shared),
            kk_sum,
            ru_sum,
            max(strangest),
            _contradiction(strangest, opening),
            float(len(markup)),
            float(_sentences(kk) - _sentences(ru)),
            float(kk.count(",") - ru.count(",")),
            float(len(_QUOTE.findall(kk)) - len(_QUOTE.findall(ru))),
            float(kk.count("(") - ru.count("(")),
            float(ends[0] != ends[1]) + float("?" in ends and ends[0] != ends[1]),
            shares[0],
            shares[1],
            float(languages != (None, None)),
            copied,
            float(copied_run),
            *compare_words(kk_said, ru_said),
        ),
        figures,
        tuple(
            sorted(((own, name) for side in strange for name, own in side.items()), key=lambda each: -each[0]),
        ),
        markup,
        length_ratio,
        languages,
        is_copy,
        _is_wordless(kk, ru),
        ends,
    )


def _is_wordless(kk: str, ru: str) -> bool:
    """Whether neither side has a word in either language's letters, nor half of the others in common."""
    if _CYRILLIC_WORD.search(kk) or _CYRILLIC_WORD.search(ru):
        return False
    words = [{word.lower() for word in _OTHER_WORD.findall(text)} for text in (kk, ru)]
    return all(words) and len(words[0] & words[1]) < len(words[0] | words[1]) / 2


def unanswered_names(kk: str, ru: str, table: WordTable) -> NameComparison:
    """Which names of two texts answer each other; the translation of a capitalised common noun answers it."""
    kk_reading, ru_reading = read_text(kk), read_text(ru)
    said = table.read(kk_reading.words, 0), table.read(ru_reading.words, 1)
    return _unanswered_names(kk_reading, ru_reading, *said, table)


def _unanswered_names(kk: Reading, ru: Reading, kk_said: Said, ru_said: Said, table: WordTable) -> NameComparison:
    found = compare_names_in(kk, ru)
    if not found.only_kk and not found.only_ru:
        return found
    only_kk, only_ru = (
        tuple(
            name
            for name in unanswered
            if not _ROMAN.fullmatch(name.text)
            # What stands often beside a name that is known or a person's is no translation of it.
            and (name.kind in ("known", "person") or " " in name.text or not table.answers(name.text, side, other))
        )
        for side, unanswered, other in ((0, found.only_kk, ru_said), (1, found.only_ru, kk_said))
    )
    return NameComparison(found.shared, only_kk, only_ru)


def _strange(
    kk: str, ru: str, names: NameComparison, rates: NameRates
) -> tuple[tuple[dict[Name, float], ...], tuple[float, ...]]:
    """How strange it is that the names of either side are unanswered; and the same of the strangest word of either side
    that opens a sentence, where any word is capitalised: by itself it says nothing."""
    named: tuple[dict[Name, float], ...] = ({}, {})
    opening = [0.0, 0.0]
    for side, (language, text, unanswered) in enumerate((("kk", kk, names.only_kk), ("ru", ru, names.only_ru))):
        for name in unanswered:
            seen = _as_opening(name, text)
            strangeness = rates.strangeness(seen, language)
            if seen.kind == "opening":
                opening[side] = max(opening[side], strangeness)
                strangeness = 0.0
            named[side][name] = strangeness
    return named, tuple(opening)


def _contradiction(named: Sequence[float], opening: Sequence[float]) -> float:
    """How strange it is that a name stands on one side and another one on the other, which may open a sentence."""
    return max(min(named), min(named[0], opening[1]), min(named[1], opening[0]))


def _as_opening(name: Name, text: str) -> Name:
    """The name as one of those that open a text, where it stands behind the end of a sentence or a dash: any word is
    capitalised there."""
    if name.kind != "word":
        return name
    before = text[: text.find(name.text)].rstrip(' \u00a0«“"(')
    return replace(name, kind="opening") if before[-1:] in _SENTENCE_SIGNS else name


def _unquoted(text: str) -> str:
    return _QUOTATION.sub(" ", text) if _QUOTE.search(text) else text


def _by_size(figures: FigureComparison) -> tuple[float, float, float]:
    """How many figures are unanswered: small ones and months, which words may stand for, and the others by side."""
    small = large_kk = large_ru = 0
    for key, count in figures.only_kk.items():
        if _SMALL_FIGURE.fullmatch(key):
            small += count
        else:
            large_kk += count
    for key, count in figures.only_ru.items():
        if _SMALL_FIGURE.fullmatch(key):
            small += count
        else:
            large_ru += count
    return float(small), float(large_kk), float(large_ru)


def _unanswered_markup(kk: str, ru: str) -> tuple[str, ...]:
    if not _MARKUP_SIGN.search(kk) and not _MARKUP_SIGN.search(ru):
        return ()
    left, right = (Counter(match.rstrip(".,;)").lower() for match in _MARKUP.findall(text)) for text in (kk, ru))
    return tuple(sorted(((left - right) + (right - left)).elements())) if left != right else ()


def _sentences(text: str) -> int:
    return len(_SENTENCE_END.findall(text))


def _end(text: str) -> str:
    """The sign that the text ends with, `?`, `!`, `:` or `.`; nothing where it ends with a letter."""
    last = text.rstrip(' »")”*')[-1:]
    return {"…": ".", ";": "."}.get(last, last) if last in "?!:.;…" else ""


def _languages(kk: str, ru: str) -> tuple[tuple[str | None, str | None], tuple[float, float]]:
    """The languages that the sides are in where they should not be, and the share of Kazakh letters of each.

    What stands in quotation marks may be in any language: the texts are given without it.
    """
    found: list[str | None] = []
    shares: list[float] = []
    for text, own in ((kk, "kk"), (ru, "ru")):
        kazakh = len(_KAZAKH.findall(text))
        letters = sum(map(len, _CYRILLIC.findall(text))) if kazakh or own == "kk" else 0
        share = kazakh / letters if letters else 0.0
        is_doubtful = share < _LEAST_KAZAKH_SHARE if own == "kk" else share > _MOST_KAZAKH_SHARE
        # Without Cyrillic letters it is a name or an address, the same in all languages.
        is_told = is_doubtful and letters >= _FEWEST_LETTERS
        language = identify_language(text) if is_told else own
        found.append(None if language in (own, "und") else language)
        shares.append(share)
    return (found[0], found[1]), (shares[0], shares[1])


def _copied(kk: list[str], ru: list[str]) -> tuple[float, int]:
    """The share of the shorter side's words that the other has as they stand, and how many stand there in a row.

    Names keep their letters, and quotations may keep their language: both are left aside.
    """
    # Most translations share nothing of the kind.
    if not any(map(_is_copiable, set(kk).intersection(ru))):
        return 0.0, 0
    left, right = ([word for word in words if _is_copiable(word)] for words in (kk, ru))
    there = set(right)
    share = len(there.intersection(left)) / min(len(set(left)), len(there))
    longest = run = 0
    following = set(pairwise(right))
    for before, word in pairwise((None, *left)):
        run = 0 if word not in there else run + 1 if run and (before, word) in following else 1
        longest = max(longest, run)
    return share, longest


def _is_copiable(word: str) -> bool:
    return len(word) > 2 and word.islower() and not word.isascii()


def _is_of_one_language(words: Sequence[str], common: Mapping[str, frozenset[str]]) -> bool:
    """Whether one of the words is common in one language only; a name or «министр» is right in both."""
    beginnings = {word.lower()[:COMMON_LETTERS] for word in words if len(word) > 2}
    return any((each in common["kk"]) != (each in common["ru"]) for each in beginnings)


def _is_copy(kk: str, kk_words: list[str], ru_words: list[str]) -> bool:
    if len(kk_words) != len(ru_words) or not any(map(str.isalpha, kk)):
        return False
    return [word.lower() for word in kk_words] == [word.lower() for word in ru_words]
