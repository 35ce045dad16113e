"""Which language a text is written in."""

from __future__ import annotations

import copy
import re
import threading
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any

from aligner.scripts import to_cyrillic

__all__ = ["identify_language"]

# Under three letters («ҚР», «№ 5») there is nothing to go by.
_FEWEST_LETTERS = 3
# Below either of these a text is held to be Kazakh, Russian or English: over a hundred languages are too many
# to choose from on a headline. UDHR paragraphs and program messages of eight words are told apart safely.
_FEWEST_WORDS_FOR_ANY_LANGUAGE = 8
_FEWEST_LETTERS_FOR_ANY_LANGUAGE = 40
_FEWEST_WORDS_OUTSIDE_QUOTATIONS = 4
# A long text is judged by three stretches of it, so that a dump costs no more than a page.
_STRETCH = 1_500

_RUSSIAN_LETTERS = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
_KAZAKH_LETTERS = frozenset("әғқңөұүһі")
_ALPHABETS = {
    "kk": _RUSSIAN_LETTERS | _KAZAKH_LETTERS,
    "ru": _RUSSIAN_LETTERS,
    "ky": _RUSSIAN_LETTERS | set("ңөү"),
    "tt": _RUSSIAN_LETTERS | set("әҗңөүһ"),
    "ba": _RUSSIAN_LETTERS | set("әғҙҡңөҫүһ"),
    "mn": _RUSSIAN_LETTERS | set("өү"),
    "uz": (_RUSSIAN_LETTERS - set("щы")) | set("ўқғҳ"),
    "tg": (_RUSSIAN_LETTERS - set("щы")) | set("ғӣқӯҳҷ"),
    "uk": (_RUSSIAN_LETTERS - set("ёъыэ")) | set("ґєії"),
    "be": (_RUSSIAN_LETTERS - set("ищъ")) | set("іў"),
    "bg": _RUSSIAN_LETTERS - set("ёыэ"),
    "mk": (_RUSSIAN_LETTERS - set("ёйщъыьэюя")) | set("ѓѕјљњќџ"),
    "sr": (_RUSSIAN_LETTERS - set("ёйщъыьэюя")) | set("ђјљњћџ"),
}
# One or another of these is in any sentence of the language.
_INEVITABLE_LETTERS = {"ba": "ғҙҡҫ", "be": "іў", "ky": "ңөү"}
_COMMON_LETTERS = frozenset.intersection(*map(frozenset, _ALPHABETS.values()))
# The share of letters from outside its alphabet (names, quotations) above which a text is in none of these
# languages but in a neighbour of theirs: Karakalpak, Chuvash, Yakut, Altai …
_MOST_STRANGE_LETTERS = {"kk": 0.005, "ru": 0.015}
_MOST_STRANGE_LETTERS_ELSEWHERE = 0.03

# Latin letters that stand inside Cyrillic words, typed for want of a Kazakh keyboard.
_LOOK_ALIKES = str.maketrans("iIhəƏaAeEoOpPcCxXyYTMHKB", "іІһәӘаАеЕоОрРсСхХуУТМНКВ")
_LATIN_LETTER = re.compile("[A-Za-zəƏ]")
_MIXED_WORD = re.compile(r"[^\W\d_]*(?:[\u0400-\u04FF][A-Za-zəƏ]|[A-Za-zəƏ][\u0400-\u04FF])[^\W\d_]*")
# A quotation that is not closed ends with its line.
_QUOTATION = re.compile(r'«[^«»\n]*(?:»|$)|"[^"\n]*(?:"|$)|“[^“”\n]*(?:”|$)|„[^„“”\n]*(?:[“”]|$)', re.MULTILINE)
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+")
_CYRILLIC_WORD = re.compile(r"[\u0400-\u04FF]+(?:[-’'][\u0400-\u04FF]+)*")
_LATIN_WORD = re.compile(r"[A-Za-z\u00C0-\u024FəƏ]+(?:[-’'][A-Za-z\u00C0-\u024FəƏ]+)*")
_ARABIC_LETTER = re.compile(r"[\u0620-\u064A\u0671-\u06D3\u06D5]")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that only the one language has and that py3langid's byte features see too little of in a headline.
_KAZAKH_WORDS = _words(
    "мен пен бен де ме ма ба бе па пе ал ол осы сол мына бол ғой бар бір екі үш бес алты жеті сегіз тоғыз "
    "және деп деген дейді деді дейін туралы бойынша жоқ емес болып болды болған болады болуы болса еді "
    "еткен етті етеді ету екен үшін сияқты кейін бұрын мырза ханым жыл жылы жылғы жылдың жылдан айында "
    "айтты айтуынша кезінде арасында басты бас бірақ сондай сонымен сонда алайда олар оның оны оған біз "
    "сіз сен өз ең тек кім қай рет адам күні барлық жаңа атап әр алып алды отыр отырып тұр жатыр басқа "
    "бастап басталды ресми келді кетті арналған жеке басым көп аз ауыл қала облысы ауданы басшысы төрағасы "
    "министрі президенті губернаторы директоры капитаны чемпионы орынбасары жасады жасау шыққан орын жарты "
    "аса астам жуық бойы соң рахмет сот екеуі оларды осындай мұндай себебі жаман жас шамамен атты қалған "
    "салған барған мектебі университеті сауда даму дамыту беру алу жалпы зор табыс биыл ресей елбасы "
    "тапсырды баяндалды аударды азамат мемлекет министрлігі республикасы каласы аймак казак каулысы кеше "
    "таза ауруханасы тобы"
)
# Kyrgyz, Tatar or Bashkir have these too.
_TURKIC_WORDS = _words("мен бен де бар деп деген ал ол алты адам алды аз биз сен тек жаман жас тур атты бол")
_RUSSIAN_WORDS = _words(
    "и в на с по для из от к о за что не как это этот эта эти при до или об под со был была было были есть "
    "будет будут бы же ли его ее её их он она они мы вы я ты мне мой моя свой свои свою также так тоже там "
    "тут где когда кто если то только уже ещё еще но у без между через после перед над во ко который "
    "которая которые которого которых чтобы более менее года году лет все всё весь вся всех том тем те "
    "того тот такой такие нет один одна два две три себя нас вас им ему ей них ним нем обо про ни вот даже "
    "можно нужно может могут имеет является являются сам сама сами этого этой этом этих из-за из-под хотя "
    "прошел прошла состоялся состоялась заявил сообщил принял провел"
)
# The other Slavic languages have these too.
_SLAVIC_WORDS = _words(
    "и в на с по для от о за не при до или об под со есть их ми ви я ти мой моя там тут то уже но у без "
    "через над во все том тем те тот один одна два три нас вас ему ни даже може сам сама сами она они ли"
)
# Common in them and not Russian at all.
_OTHER_SLAVIC_WORDS = _words(
    "се са че със ще като във това ги беше след є та що з як й це які або від буде щодо і ў што гэта ад је "
    "су ће који од со ќе"
)
_KAZAKH_ENDING = re.compile(
    "(?:[яе]сы|ясын?|лары|лер[іи]?|лар|дары|тары|дер|тер|лы[қк]|ды[ңқ]|ты[ңқ]|ны[ң]|ндағы|дағы|тағы|нда|ында|інде|ынан|ына"
    "|лады|леді|йды|йді|атын|етін|ған|ген|қан|кен|ғы|гі|ып|іп|мыз|[зс]шы|нің|дің|тің|дегі|тегі)$"
)
_RUSSIAN_ENDING = re.compile(
    "(?:[ыи]й|[аяую]я|[оеы]е|ие|[ое]го|[ое]му|[ыи]х|[ыи]ми|[ую]ю|ть|ть?ся|л(?:ся|ась|ись|ось)|[еия]т|[ую]т|ешь"
    "|[ая]ми|[ая]х|ост[ьи]|[еа]ни[еяюй]|[еа]нием|ци[июей]|цией|[оеё]в|ей|ой)$"
)
# Weights are in the units of py3langid's log scores, where a telling word makes a difference of about ten.
_KAZAKH_LETTERED_WORD, _KAZAKH_LETTERED_NAME = 40.0, 12.0
_FURTHER_NAME = 2.0
_WORD_VOTE, _ENDING_VOTE = 16.0, 6.0
_STRANGE_LETTER = 4.0
_MISSING_LETTERS = 12.0
# Қ and і meet in no other alphabet, and with ғ and ұ they are a tenth of the letters of any Kazakh text.
_SURELY_KAZAKH_SHARE = 0.06
# By how much another language must be likelier than Kazakh and Russian, which are expected here.
_MARGIN = 10.0
_MARGIN_ON_SHORT_TEXT = {"kk": 20.0, "ru": 18.0}

_KAZAKH_LATIN_WORDS = _words(
    "jäne jáne üşin úshin bolğan bolǵan turaly boiynşa boıynsha boyınsha qazaq qazaqstan jyly jylğy jylǵy "
    "deiin deıin keiin keıin onyŋ onyń būl elimizdiŋ elimizdiń halyq respublikasy respublikasynyŋ "
    "respublikasynyń prezidenti eŋ jaŋa jańa degen barlyq tabylady etu etý"
)

_KAZAKH_LATIN_LETTERS = frozenset("qáǵńýäğŋñū")


def identify_language(text: str) -> str:
    """The BCP 47 code of the language that most of `text` is in; `und` where there is no telling.

    Kazakh, Russian or English on a few words, any language on a sentence. Kazakh is `kk` in Latin and Arabic letters,
    too.
    """
    if len(text) > 3 * _STRETCH:
        middle = len(text) // 2
        text = "\n".join((text[:_STRETCH], text[middle : middle + _STRETCH], text[-_STRETCH:]))
    text = _ADDRESS.sub(" ", text)
    if _LATIN_LETTER.search(text):
        text = _MIXED_WORD.sub(lambda match: match[0].translate(_LOOK_ALIKES), text)
    if sum(map(str.isalpha, text)) < _FEWEST_LETTERS:
        return "und"
    # What stands in quotation marks may be a name in another language; it counts where little else is there.
    cyrillic = _CYRILLIC_WORD.findall(_QUOTATION.sub(" ", text))
    if len(cyrillic) < _FEWEST_WORDS_OUTSIDE_QUOTATIONS:
        cyrillic = _CYRILLIC_WORD.findall(text)
    latin = _LATIN_WORD.findall(text)
    # Names, acronyms and trademarks keep their Latin letters in any text.
    telling_latin = latin if not cyrillic else [word for word in latin if word[0].islower()]
    cyrillic_size, latin_size = sum(map(len, cyrillic)), sum(map(len, telling_latin))
    arabic_size = len(_ARABIC_LETTER.findall(text))
    if arabic_size > max(cyrillic_size, latin_size):
        return _identify_arabic(text)
    if latin_size > 2 * cyrillic_size:
        return _identify_latin(text, latin)
    if cyrillic_size:
        return _identify_cyrillic(cyrillic)
    return _classify_any(text)


def _identify_cyrillic(words: list[str]) -> str:
    letters = Counter(filter(str.isalpha, "".join(words).lower()))
    size = letters.total()
    kazakh_only = sum(letters[letter] for letter in "қғіұ")
    if min(letters["қ"], letters["і"]) > 1 and kazakh_only > _SURELY_KAZAKH_SHARE * size:
        return "kk"
    votes = _votes(words)
    telling = _without_kazakh_names(words) if votes["ru"].against_each_other > 0 else words
    scores: dict[str, float] = dict(_identifiers()[1].rank(" ".join(telling)))
    expected = max(("kk", "ru"), key=lambda language: scores[language] + votes[language].against_each_other)
    strange = _count_strange_letters(letters)
    for language, count in strange.items():
        scores[language] -= _STRANGE_LETTER * count
    if size >= _FEWEST_LETTERS_FOR_ANY_LANGUAGE:
        for language, inevitable in _INEVITABLE_LETTERS.items():
            scores[language] -= _MISSING_LETTERS * (not any(letters[letter] for letter in inevitable))
    best = max(scores, key=scores.__getitem__)
    is_short = len(words) < _FEWEST_WORDS_FOR_ANY_LANGUAGE or size < _FEWEST_LETTERS_FOR_ANY_LANGUAGE
    margin = _MARGIN_ON_SHORT_TEXT[expected] if is_short and not strange["kk"] else _MARGIN
    if scores[best] - scores[expected] - votes[expected].against_others <= margin:
        best = expected
    if size < _FEWEST_LETTERS and not (best in votes and votes[best].against_each_other):
        return "und"
    if is_short and not strange["kk"]:
        return best
    # Russian is as free to name Kazakh names as Kazakh is to use any Russian letter.
    outside = strange["kk" if best == "ru" else best]
    return best if outside <= _MOST_STRANGE_LETTERS.get(best, _MOST_STRANGE_LETTERS_ELSEWHERE) * size else "und"


def _without_kazakh_names(words: list[str]) -> list[str]:
    """The words less the names with Kazakh letters, which Russian texts have too; all where little else is left."""
    others = [word for word in words if word.islower() or _KAZAKH_LETTERS.isdisjoint(word.lower())]
    return others if any(map(str.islower, others)) else words


def _count_strange_letters(letters: Counter[str]) -> dict[str, int]:
    """For each language, how many of the letters stand outside its alphabet."""
    rare = [(letter, count) for letter, count in letters.items() if letter not in _COMMON_LETTERS]
    return {
        language: sum(count for letter, count in rare if letter not in alphabet)
        for language, alphabet in _ALPHABETS.items()
    }


@dataclass(slots=True)
class _Votes:
    """What the words of a text say for a language, against Kazakh or Russian and against all others."""

    against_each_other: float = 0.0
    against_others: float = 0.0


def _votes(words: list[str]) -> dict[str, _Votes]:
    kazakh, russian = _Votes(), _Votes()
    name_vote = _KAZAKH_LETTERED_NAME
    for position, word in enumerate(words):
        lower = word.lower()
        has_kazakh_ending = len(lower) > 4 and _KAZAKH_ENDING.search(lower) is not None
        if not _KAZAKH_LETTERS.isdisjoint(lower):
            is_name = word != lower and not has_kazakh_ending
            kazakh.against_each_other += name_vote if is_name else _KAZAKH_LETTERED_WORD
            if is_name:
                name_vote = _FURTHER_NAME
        if word != lower and position > 0:
            continue
        if lower in _KAZAKH_WORDS:
            kazakh.against_each_other += _WORD_VOTE
            kazakh.against_others += _WORD_VOTE * (lower not in _TURKIC_WORDS)
        elif lower in _OTHER_SLAVIC_WORDS:
            russian.against_others -= _WORD_VOTE
        elif lower in _RUSSIAN_WORDS:
            russian.against_each_other += _WORD_VOTE
            russian.against_others += _WORD_VOTE * (lower not in _SLAVIC_WORDS)
        elif has_kazakh_ending:
            kazakh.against_each_other += _ENDING_VOTE
        elif len(lower) > 4 and _RUSSIAN_ENDING.search(lower):
            russian.against_each_other += _ENDING_VOTE
    return {"kk": kazakh, "ru": russian}


def _identify_latin(text: str, words: list[str]) -> str:
    lower = {word.lower() for word in words}
    kazakh_words = len(lower & _KAZAKH_LATIN_WORDS)
    # ŋ and ū are only in the alphabet of 2021, ǵ beside ı or ý only in that of 2018.
    letters = set("".join(lower))
    if kazakh_words >= 2 or (letters & set("ŋūǵ") and letters & set("qğıýń") and kazakh_words):
        return "kk"
    if letters & _KAZAKH_LATIN_LETTERS and "ə" not in letters:
        cyrillic = set(to_cyrillic(" ".join(sorted(lower)), "Latn", text).split())
        if len(cyrillic & (_KAZAKH_WORDS - _TURKIC_WORDS)) + kazakh_words >= 2:
            return "kk"
    if len(words) < _FEWEST_WORDS_FOR_ANY_LANGUAGE and "".join(lower).isascii():
        return "en"
    ranking = _identifiers()[0].rank(text)
    is_english = ranking[0][1] - dict(ranking)["en"] <= _MARGIN
    return "en" if is_english else _known(ranking[0][0])


def _identify_arabic(text: str) -> str:
    # The high hamza marks front vowels in Kazakh; ې, ئ and ۈ are Uyghur.
    letters = set(text)
    is_kazakh = "\u0674" in letters or (letters >= set("ەىۇ") and letters & set("ۋڭ"))
    if is_kazakh and not letters & set("ېئۈێڵڕھہے"):
        return "kk"
    return _classify_any(text)


def _classify_any(text: str) -> str:
    return _known(_identifiers()[0].classify(text)[0])


def _known(label: str) -> str:
    return "und" if label == "zxx" else label


_LOADING = threading.Lock()


def _identifiers() -> tuple[Any, Any]:
    with _LOADING:
        return _load_identifiers()


@cache
def _load_identifiers() -> tuple[Any, Any]:
    """py3langid for every language it knows, and for those whose alphabets stand above."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    any_language = LanguageIdentifier.from_model_file(MODEL_FILE)
    cyrillic = copy.copy(any_language)
    cyrillic.set_languages(sorted(_ALPHABETS))
    return any_language, cyrillic
