"""A text as a translator compares it: words, their forms and stems, numbers, and marks between them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

__all__ = [
    "MARK",
    "NUMBER",
    "WORD",
    "Words",
    "fold",
    "form_of",
    "kind_of",
    "normalised",
    "stem_of",
    "tokens_of",
    "words_of",
    "words_with_places",
]

MARK, WORD, NUMBER = 0, 1, 2
_ANY_NUMBER = "#"

# What hangs on a number: «15-те», «7-сінде», «3-ші», «5-го». It follows the number, and a number is a placeable.
_NUMBER_ENDING = (
    "[дт][ае]н?|н[ае]н?|[гғкқ][ае]|[ндт][ыі]ң?|[мбп]ен|[ыі]?н?ш[ыі](?:с[ыі])?|с?[ыі](?:нан|нен|н[ыі]ң|нд[ае]|н[ае]?)?"
    "|нд[ае]|[дт][ае]ғ?г?[ыі]|[лдт][ае]р|го|ого|му|ому|[яеймх]|[аяо]я|ое|ый|ой|ую|ых|ым"
)
_TOKEN = re.compile(
    rf"(?<=\d)[-\u2011–](?:{_NUMBER_ENDING})(?![^\W_])|"
    r"</?[a-zA-Z][^<>]{0,200}>|&\w{2,8};|%(?:\d+\$)?[-+ 0#]?[\d.]*[sdifuxgc@](?![^\W\d_])|\{\w*\}|\$\w+"
    r"|\d+(?:[ \u00a0\u202f]\d{3}(?!\d))*(?:[.,:/]\d+)*"
    r"|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*|[^\s]"
)


def normalised(text: str) -> str:
    """NFC, with every run of white space as one space and none around: what makes two texts the same."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def tokens_of(text: str) -> list[str]:
    """Words, numbers («2 500,5», «10:30»), tags and placeholders (`<b>`, `%s`, `{0}`), and each other mark alone."""
    return _TOKEN.findall(text)


def words_with_places(text: str) -> Iterator[tuple[int, str]]:
    """Where each word and number begins, and itself."""
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token[0].isalnum():
            yield match.start(), token


def kind_of(token: str) -> int:
    """`WORD`, `NUMBER`, or `MARK` for tags, placeholders and punctuation."""
    if token[0].isdigit():
        return NUMBER
    return WORD if token[0].isalpha() else MARK


# As people type Kazakh on a Russian keyboard; letter for letter, so that places in the text stay what they are.
_FOLDED = str.maketrans("әғқңөұүһіёӘҒҚҢӨҰҮҺІЁ", "агкноуухиеАГКНОУУХИЕ")


def fold(text: str) -> str:
    """`text` in small letters, Kazakh ones as their Russian look-alikes; as long as `text`."""
    small = text.lower()
    if len(small) != len(text):
        # A capital with a dot, as in İstanbul, becomes two characters.
        small = "".join(letter.lower()[:1] for letter in text)
    return small.translate(_FOLDED)


def form_of(token: str) -> str:
    """The token, case and the two dots of ё aside."""
    return token.lower().replace("ё", "е")


_KK_CASE = re.compile(
    "(?:(?<=..)(?:[нд][ыи]н|т[ыи]н|[дн][ае]н|(?<!с)т[ае]н|[мбп]ен(?:ен)?|(?<=[ыи])нд[ае](?:г[ыи])?|г[ае]|[ндт][ыи])"
    "|(?<=...)(?:[дт][ае](?:г[ыи])?|[кн][ае]|(?<![ыи])[гк][ыи]))$"
)
_KK_OWNER = re.compile("(?:(?<=..)(?:[ыи]?[мн][ыи]з)|(?<=...)(?:с[ыи]н?|[ыи][мн]?))$")
_KK_PLURAL = re.compile("(?<=..)[лдт][ае]р$")
_KK_VERB = re.compile(
    "(?<=...)(?:[гк][ае]н(?:д[ыи]к)?|[ае]т[ыи]н|йт[ыи]н|[ыи]п|[ае]д[ыи]|[ыи]лд[ыи]|с[ае]|[ае]й[ыи]к|уд[ыи]н?|у)$"
)
_KK_DERIVED = re.compile("(?<=....)(?:[лдт][ыи][кг]|[лдт][ыи])$")
_RU_REFLEXIVE = re.compile("(?<=....)с[яь]$")
_RU_PARTICIPLE = re.compile(
    "(?<=...)(?:[ауеия]вш|[аяую]щ|[ае]нн|[еи]м)(?=(?:[оеиы][йеямх]|[ая]я|[ое]го|[ое]му|[ыи]ми|[ую]ю)$)"
)
_RU_ENDING = re.compile(
    "(?:(?<=..)(?:иями|[яаыи]ми|[ое]го|[ое]му|и[ях]х|иям|ией|ост(?:и|ью?|ь)|[еи]шь|[еиу]?й?те)"
    "|(?<=...)(?:[ыио]й|[ая]я|[оеыи]е|[ыиоеая]м|ей|[ую]ю|[ыияа]х|[ое]в|и[яюи]|ь[еяю]|[юуяаеи]т|т[ьи]|(?<=[аеияы])л[аои]?)"
    "|(?<=...)[аеиоуыэюяйь])$"
)
_VOICED = str.maketrans("бг", "пк")


@lru_cache(maxsize=262_144)
def stem_of(form: str, language: str) -> str:
    """What the forms of a word share, nearly: endings cut off by rule, Kazakh letters as Russian ones.

    It need be no root; it need only be the same for «министрлігінің» and «министрлік», «законом» and «законы».
    """
    word = fold(form)
    if language == "kk":
        word = _KK_CASE.sub("", word)
        word = _KK_PLURAL.sub("", _KK_OWNER.sub("", word))
        word = _KK_VERB.sub("", word)
        word = _KK_DERIVED.sub("", _KK_OWNER.sub("", word)) if len(word) > 5 else word
        return word[:-1] + word[-1].translate(_VOICED)
    word = _RU_REFLEXIVE.sub("", word)
    word = _RU_PARTICIPLE.sub("", word)
    return _RU_ENDING.sub("", _RU_ENDING.sub("", word, count=1)) if len(word) > 6 else _RU_ENDING.sub("", word)


@dataclass(frozen=True, slots=True)
class Words:
    """A text taken apart. `tokens` is everything; `forms` and `stems` are of its words and numbers alone, any number
    being the same as any other; `numbers` are those, as written."""

    tokens: tuple[str, ...]
    forms: tuple[str, ...]
    stems: tuple[str, ...]
    numbers: tuple[str, ...]


def words_of(text: str, language: str) -> Words:
    """Take a text in `kk` or `ru` apart."""
    tokens = tokens_of(text)
    forms: list[str] = []
    stems: list[str] = []
    numbers: list[str] = []
    for token in tokens:
        kind = kind_of(token)
        if kind == WORD:
            form = form_of(token)
            forms.append(form)
            stems.append(stem_of(form, language))
        elif kind == NUMBER:
            forms.append(_ANY_NUMBER)
            stems.append(_ANY_NUMBER)
            numbers.append(token)
    return Words(tuple(tokens), tuple(forms), tuple(stems), tuple(numbers))
