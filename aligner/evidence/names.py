"""Names of people, places and bodies, as keys that their Kazakh and Russian forms share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from aligner.evidence.gazetteer import find_phrase, find_word, opens_phrase
from aligner.evidence.stems import fold, stem

__all__ = ["NameMention", "iter_names", "names", "text_words"]

# Of a folded stem so much is kept. Measured on X-WMT and FLORES dev, on names inside sentences and without the table:
# with 5 letters .60 and .64 of the Kazakh keys are in the true translation and .0012 and .0007 in another one;
# with 4 letters .62 and .66 against .0015 and .0011, with 6 letters .57 and .61 against .0011 and .0007.
_KEY_LETTERS = 5


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name as it stands in a text: its key, and the words `words[start:end]` of `text_words`."""

    key: str
    start: int
    end: int


def names(text: str) -> Counter[str]:
    """The names in `text`, each as a key that is the same for its Kazakh and its Russian forms.

    A key is `@` and an entry of names.tsv, or the first letters of the folded stem of a capitalised word that is
    not one of those that often open a sentence.
    """
    return Counter(mention.key for mention in iter_names(text_words(text)))


def text_words(text: str) -> list[str]:
    """The words of `text`, of letters alone, in order."""
    return _WORD.findall(text)


def iter_names(words: Sequence[str]) -> Iterator[NameMention]:
    """The names among the words of a text, in order."""
    telling = [(place, clue) for place, clue in enumerate(map(_clue_of, words)) if clue]
    if not telling:
        return
    # Any Latin word stands out of a Cyrillic text; in a Latin one only the capitalised are names.
    is_cyrillic = any("\u0400" <= word[0] <= "\u04ff" for word in words)
    end = 0
    for place, clue in telling:
        if place < end:
            continue
        phrase = find_phrase(words, place) if clue.opens_phrase else None
        key = phrase.key if phrase else clue.key or (clue.key_in_cyrillic if is_cyrillic else None)
        end = place + (phrase.width if phrase else 1)
        if key:
            yield NameMention(key, place, end)


@dataclass(frozen=True, slots=True)
class _Clue:
    """What a word may be, whatever stands around it: the first one of a phrase; a name, by its key; and a name in a
    Cyrillic text."""

    opens_phrase: bool
    key: str | None
    key_in_cyrillic: str | None


@lru_cache(maxsize=65_536)
def _clue_of(word: str) -> _Clue | None:
    """None for what can be neither, as most words are."""
    key = find_word(word)
    key_in_cyrillic = key
    if key is None and word.lower() not in _NO_NAMES:
        if word[0].isupper():
            key = key_in_cyrillic = _name_key(word)
        elif word.isascii() and len(word) > 2:
            key_in_cyrillic = _name_key(word)
    clue = _Clue(opens_phrase(word), key, key_in_cyrillic)
    return clue if clue != _NO_CLUE else None


_NO_CLUE = _Clue(False, None, None)


_WORD = re.compile(r"[^\W\d_]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that are often capitalised for no more than opening a sentence, and those of dates.
_NO_NAMES = _words(
    """
    а әдетте әйелдер әкесі әлемдік әлеуметтік әңгіме әңгімелесу әр әрбір әрине әсіресе ағымдағы адамдар
    азаматтар айдың ал алайда алғашқы алдағы аталған аталмыш атап б бар барлық бас басқа бастапқы бастапқыда
    бастысы без белгілі бес біз бізге бізде біздің бір біраз бірақ бірінші бірқатар бірнеше биыл биылғы
    благодаря более больше большинство бүгін бүгінгі бүгінде бүкіл бұған бұдан бұл бұлар бұның бұрын бұрынғы
    будучи бывший был была были было былтыр в важно важным вам вас вместе во возможно вопрос вопросы вот
    впрочем все всё всего всех вскоре второе второй вчера вы выступая ғалымдар где главные год да дәл даже
    далее данная данные данный дата две дегенмен демек для до документ документы другие егер его ее ежелгі ей
    екі екіжақты екінші екіншіден ел елдер елдің еліміз елімізде еліміздің ему ең енді ерекше есеп ескерту
    ескі если есть еще ещё жалоба жалпы жаңа жаңалықтар жеке жергілікті жиын жиынға жиында жоба жобаның жоғары
    жұмыс жуырда жыл жылы за затем здесь и іс из им имеет имеется именно иногда использование исследователи их
    к қазір қазіргі қатысушылар қоғам қоғамдық қорытынды қосымша құжаттар қызмет қызметті каждая каждое каждый
    как какие кездесу кездесуге кездесуде кейбір кейбіреулер кейде кейін кейінірек келесі келіссөздер кеңес
    кеше көбінесе көп көптеген когда количество конечно кроме кто люди мәселен медаль мемлекет мемлекеттік мен
    менің мероприятие местные многие много может можно мұнда мұндай мұны мұның мы мысалы на нәтижесінде над
    надо наиболее нақты нам напомним например наряду нас настоящее настоящий начало наш наша не негізгі
    негізінен некоторые несмотря нет но новая новый о өз өзара өйткені өкінішке өткен об образование общая
    общий обычно оған одан один однако одной около ол олар оларды олардың он она онда они оно оны оның осы
    осыған осылайша осындай осының от отдел отдельные отмечено отчет отырыс отырыста отырыстың очень первая
    первое первоначально первый перед по подобные позднее поздравляю пока помимо порталда порядок поскольку
    после постановление почти поэтому правила представители представитель прежде при приказ примерно принято
    программа проект проекты против прочие работа раз развитие ранее результат решение ряд с салтанатты сами
    самые самый сапар свои себебі сегодня сейчас сен сессия сіз сіздер сіздің система следует слово сөз соған
    согласно соглашение содан создание сол соңғы соңғысы соңында сондай сондықтан сонымен соның сообщается
    состоялось справка спустя среди срок сроки стоит стороны строительство существует тағы так также такие
    таким тараптар тек тем теперь тіпті то тогда только третий түрлі туралы тут у үш үшінші ұлттық уақыт
    уважаемые уверен уже участники учёные ученые форма фото халық халықаралық ход хотя цель цены часто через
    что чтобы шамамен шын ықылас электронды эта эти это этот я яғни
    қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан январь января февраль
    февраля март марта апрель апреля май мая июнь июня июль июля август августа сентябрь сентября октябрь
    октября ноябрь ноября декабрь декабря дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі жексенбі понедельник
    вторник среда четверг пятница суббота воскресенье
    """
)


def _name_key(word: str) -> str | None:
    if len(word) < 2:
        return None
    if word.isupper():
        # An unknown acronym; a longer word in capitals belongs to a headline.
        return fold(word) if len(word) <= _KEY_LETTERS else None
    return stem(fold(word))[:_KEY_LETTERS]
