"""The words of a text, and what each of them gives away whatever stands around it, found out once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from aligner.dates import opens_month
from aligner.evidence.gazetteer import find_word, opens_phrase
from aligner.evidence.stems import fold, stem

__all__ = ["Findings", "Reading", "Word", "read_text", "text_words"]

Key = TypeVar("Key")
Found = TypeVar("Found")

_MOST_REMEMBERED = 65_536


class Findings(dict[Key, Found], Generic[Key, Found]):
    """What `find_out` says of each key, remembered until there is too much of it.

    Words are met by the million: one of these is asked in half the time that an `lru_cache` takes.
    """

    def __init__(self, find_out: Callable[[Key], Found]) -> None:
        self._find_out = find_out

    def __missing__(self, key: Key) -> Found:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        found = self[key] = self._find_out(key)
        return found


class Word:
    """A word and what it may be by itself.

    `key`: its key if it is a name in any text, `key_in_cyrillic`: if it is one in a Cyrillic text, None otherwise;
    `opens_phrase`, `opens_month`: whether a phrase of names.tsv or a month may begin with it. `is_telling`: whether it
    may be or open a name at all.
    """

    __slots__ = ("_bare", "is_lower", "is_telling", "key", "key_in_cyrillic", "opens_month", "opens_phrase", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.is_lower = text.islower()
        self._bare: str | None = None
        self.opens_month = opens_month(text)
        self.opens_phrase = opens_phrase(text)
        self.key = self.key_in_cyrillic = find_word(text)
        if self.key is None and text.lower() not in _NO_NAMES:
            if text[0].isupper():
                self.key = self.key_in_cyrillic = self._name_key()
            elif text.isascii() and len(text) > 2:
                self.key_in_cyrillic = self._name_key()
        self.is_telling = self.opens_phrase or self.key_in_cyrillic is not None

    @property
    def bare(self) -> str:
        """The folded stem; nothing of a lone letter."""
        if self._bare is None:
            self._bare = stem(fold(self.text)) if len(self.text) > 1 else ""
        return self._bare

    def _name_key(self) -> str | None:
        if self.text.isupper():
            # An unknown acronym; a longer word in capitals belongs to a headline.
            return fold(self.text) if 1 < len(self.text) <= _KEY_LETTERS else None
        return self.bare[:_KEY_LETTERS] or None


@dataclass(frozen=True, slots=True)
class Reading:
    """A text, its `text_words`, and what is known of each of these."""

    text: str
    words: list[str]
    known: list[Word]


def read_text(text: str) -> Reading:
    words = text_words(text)
    return Reading(text, words, list(map(_WORDS.__getitem__, words)))


def text_words(text: str) -> list[str]:
    """The words of `text`, of letters alone, in order."""
    return _WORD.findall(text)


_WORDS = Findings(Word)
_WORD = re.compile(r"[^\W\d_]+")
# Of a folded stem so much is kept. Measured on X-WMT and FLORES dev, on names inside sentences and without the table:
# with 5 letters .60 and .64 of the Kazakh keys are in the true translation and .0012 and .0007 in another one;
# with 4 letters .62 and .66 against .0015 and .0011, with 6 letters .57 and .61 against .0011 and .0007.
_KEY_LETTERS = 5


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
