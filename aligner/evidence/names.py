"""Names of people, places and bodies, as keys that their Kazakh and Russian forms share."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from aligner.evidence.gazetteer import find_phrase, find_word
from aligner.evidence.stems import fold, stem

__all__ = ["names"]

# Of a folded stem of a name so much is kept. On X-WMT and FLORES with names inside sentences, 5 letters share
# .60/.64 of the Kazakh keys with the true translation, and .001 with others; 4 share .62/.66, but twice as many
# with others, and 6 share .57/.61.
_KEY_LETTERS = 5


def names(text: str) -> Counter[str]:
    """The names in `text`, each as a key that is the same for its Kazakh and its Russian forms.

    A key is `@` and an entry of names.tsv, or the first letters of the folded stem. A word that opens a sentence
    counts where it is no usual opening.
    """
    # Any Latin word stands out of a Cyrillic text; in a Latin one only the capitalised are names.
    is_cyrillic = _CYRILLIC.search(text) is not None
    matches = list(_WORD.finditer(text))
    words = [match[0] for match in matches]
    found: Counter[str] = Counter()
    position = 0
    while position < len(words):
        word = words[position]
        phrase = find_phrase(words, position)
        key = phrase.key if phrase else find_word(word)
        stands_out = word[0].isupper() or (is_cyrillic and word.isascii() and len(word) > 2)
        if key is None and stands_out and not _is_usual_opening(text, matches, position):
            key = _name_key(word)
        if key:
            found[key] += 1
        position += phrase.width if phrase else 1
    return found


_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"[.!?…:]|\n")
_CYRILLIC = re.compile(r"[\u0400-\u04FF]")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that open sentences often, for reasons of grammar.
_USUAL_OPENINGS = _words(
    """
    а ал алайда алдағы аталған аталмыш атап ағымдағы бар барлық бас басқа бастысы бес биыл биылғы бір бірақ
    бірінші бірқатар біз біздің бізде бізге бүгін бүгінгі бүгінде бүкіл былтыр бұдан бұл бұлар бұған бұның
    бұрын дегенмен демек дәл егер екі екінші екіншіден екіжақты ел елдің елдер еліміз еліміздің елімізде ең
    енді ерекше ескерту есеп жалпы жаңа жаңалықтар жеке жиын жиында жиынға жоба жобаның жоғары жуырда жұмыс
    жыл жылы көп көптеген кейін келесі келіссөздер кеңес кездесу кездесуде кездесуге қазір қазіргі қатысушылар
    қорытынды қосымша құжаттар мемлекет мемлекеттік мен менің мұнда мұндай мұның мұны мысалы мәселен медаль
    нақты негізгі нәтижесінде о ол олар олардың оларды онда одан оның оны оған осы осылайша осындай осыған
    осының отырыс отырыста отырыстың өзара өз өйткені өкінішке өткен салтанатты сапар себебі сессия сен сіз
    сіздер сіздің сол сондай сондықтан соның соған соңғы соңында сонымен содан сөз тараптар тек туралы түрлі
    үш үшінші ұлттық халық халықаралық шын ықылас іс әлемдік әлеуметтік әр әрбір әрине әсіресе әңгіме
    әңгімелесу қоғам қоғамдық б без более больше был была были было в важно важным вместе во вопрос вопросы
    вот все всего всех второе второй вы где год да далее данная данные данный дата для до документ документы
    другие его ее если есть еще ещё жалоба за затем здесь и из именно имеет имеется их к каждый как какие
    когда кроме кто мероприятие много мы на над надо наиболее например напомним наряду настоящее настоящий наш
    наша начало не несмотря нет но новая новый об образование общая общий один однако он она они оно от отдел
    отдельные отмечено отчет очень первая первое первый перед по поздравляю пока помимо порядок после
    постановление поэтому представители прежде при принято приказ программа проект проекты против работа раз
    развитие ранее результат ряд с сами свои сегодня сейчас система следует согласно создание соглашение
    состоялось справка среди срок сроки стоит стороны строительство так также такие таким тем теперь то только
    третий тут у уверен уважаемые уже участники фото форма ход хотя цель цены через что чтобы эта эти это этот
    я
    """
)


def _is_usual_opening(text: str, matches: list[re.Match[str]], position: int) -> bool:
    match = matches[position]
    if match[0].lower() not in _USUAL_OPENINGS:
        return False
    if position + 1 < len(matches):
        following = matches[position + 1]
        if following[0][0].isupper() and following.start() - match.end() <= 2:
            return False
    if position == 0:
        return True
    before = matches[position - 1]
    gap = text[before.end() : match.start()]
    # «Қ. Тоқаев», «г. Астана»: no sentence ends after so short a word.
    is_abbreviation = len(before[0]) <= 2 and "\n" not in gap
    return not is_abbreviation and _SENTENCE_END.search(gap) is not None


@lru_cache(maxsize=65_536)
def _name_key(word: str) -> str | None:
    if len(word) < 2:
        return None
    if word.isupper():
        # An unknown acronym; a longer word in capitals belongs to a headline.
        return fold(word) if len(word) <= _KEY_LETTERS else None
    return stem(fold(word))[:_KEY_LETTERS]
