"""The lines that lead a reader around a site, count readers and name sources: no text of a publication."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["find_inline_source", "is_byline", "is_navigation", "is_source", "is_view_count"]

# A line that is nothing but one of these.
_WHOLE_LINES = (
    "поделиться",
    "поделиться новостью",
    "поделиться в соцсетях",
    "поделиться с друзьями",
    "поделитесь новостью",
    "распечатать",
    "печать",
    "версия для печати",
    "скачать pdf",
    "назад",
    "назад к списку",
    "вернуться к списку",
    "наверх",
    "вверх",
    "на главную",
    "главная",
    "главная страница",
    "меню",
    "войти",
    "вход",
    "регистрация",
    "поиск",
    "поиск по сайту",
    "теги",
    "комментарии",
    "оставить комментарий",
    "добавить комментарий",
    "читать далее",
    "читать полностью",
    "читать дальше",
    "подробнее",
    "все новости",
    "лента новостей",
    "последние новости",
    "главные новости",
    "другие новости",
    "популярные новости",
    "похожие новости",
    "новости по теме",
    "материалы по теме",
    "по теме",
    "читайте также",
    "смотрите также",
    "популярное",
    "самое читаемое",
    "выбор редакции",
    "реклама",
    "на правах рекламы",
    "бөлісу",
    "бөлісіңіз",
    "достарыңызбен бөлісіңіз",
    "басып шығару",
    "баспаға шығару",
    "артқа",
    "жоғары",
    "басты бет",
    "мәзір",
    "кіру",
    "тіркелу",
    "іздеу",
    "сайттан іздеу",
    "тегтер",
    "пікірлер",
    "пікір қалдыру",
    "пікір жазу",
    "толығырақ",
    "толығырақ оқу",
    "ары қарай оқу",
    "әрі қарай оқу",
    "барлық жаңалықтар",
    "барлық жаңалық",
    "жаңалықтар лентасы",
    "соңғы жаңалықтар",
    "басты жаңалықтар",
    "басқа жаңалықтар",
    "өзге жаңалықтар",
    "ұқсас жаңалықтар",
    "тақырып бойынша жаңалықтар",
    "тақырып бойынша",
    "осы тақырыпта",
    "оқи отырыңыз",
    "оқи отырыңыздар",
    "сондай-ақ оқыңыз",
    "тағы оқыңыз",
    "жарнама",
    "share",
    "print",
    "back",
    "back to top",
    "home",
    "menu",
    "search",
    "read more",
    "read also",
    "see also",
    "related news",
    "latest news",
    "all news",
)
# A label, a colon, and whatever follows.
_LABELS = (
    "читайте также",
    "читайте ещё",
    "читайте еще",
    "читать также",
    "смотрите также",
    "по теме",
    "материалы по теме",
    "новости по теме",
    "ранее по теме",
    "теги",
    "метки",
    "ключевые слова",
    "рубрика",
    "рубрики",
    "категория",
    "тег",
    "тегтер",
    "айдар",
    "санат",
    "кілт сөздер",
    "сондай-ақ оқыңыз",
    "сондай-ақ, оқыңыз",
    "тағы оқыңыз",
    "оқи отырыңыз",
    "оқи отырыңыздар",
    "тақырып бойынша",
    "осы тақырыпта",
    "read also",
    "see also",
    "tags",
)
# The first words of an appeal to the reader.
_APPEALS = (
    "читайте также",
    "читайте нас в",
    "читайте нас на",
    "подписывайтесь на",
    "подпишитесь на",
    "подписывайся на",
    "присоединяйтесь к нам",
    "присоединяйтесь к нашему",
    "следите за новостями",
    "следите за нами",
    "следите за нашими",
    "больше новостей в",
    "наш telegram",
    "наш телеграм",
    "если вы нашли ошибку",
    "если вы обнаружили ошибку",
    "если вы заметили ошибку",
    "нашли ошибку",
    "заметили ошибку",
    "нашли опечатку",
    "выделите ошибку",
    "выделите фрагмент",
    "все права защищены",
    "использование материалов",
    "при использовании материалов",
    "при цитировании",
    "барлық құқықтар қорғалған",
    "барлық құқығы қорғалған",
    "материалдарды пайдалану кезінде",
    "материалды көшіріп басқан",
    "қате тапсаңыз",
    "қатені тапсаңыз",
    "мәтіннен қате",
    "біздің telegram",
    "біздің телеграм",
    "telegram арнамызға",
    "telegram-арнамызға",
    "telegram каналымызға",
    "арнамызға жазылыңыз",
    "бізге жазылыңыз",
    "парақшамызға жазылыңыз",
    "subscribe to",
    "follow us",
    "all rights reserved",
    "copyright",
)
_MAX_NAVIGATION = 240
_MAX_BYLINE = 120


def _any(phrases: Iterable[str]) -> str:
    longest_first = sorted(phrases, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in longest_first) + ")"


_NAVIGATION = re.compile(
    rf"[\W_]*(?:{_any(_WHOLE_LINES)}[\W_]*|{_any(_LABELS)}\s*[:：].*|{_any(_APPEALS)}(?!\w).*|©\s*(?:19|20)\d\d.*"
    r"|(?:главная|басты бет|home|новости|жаңалықтар)(?:\s*[/>|»→›]\s*[^/>|»→›]{2,80})+)",
    re.IGNORECASE,
)

_COUNTED = (
    r"(?:просмотр\w*|прочтени\w*|прочитал\w*|комментари\w*|лайк\w*|қаралым\w*|қаралды|көрілім\w*|оқылым\w*|оқылды"
    r"|пікір\w*|views?)"
)
_VIEWS = re.compile(
    rf"(?:👁️?\s*\d[\d\s]*"
    rf"|(?:(?:количество|кол-во|число)\s+)?{_COUNTED}(?:\s+саны)?\s*[:：(–-]?\s*\d[\d\s]*\)?(?:\s*рет)?"
    rf"|\d[\d\s]*(?:рет\s+)?{_COUNTED}(?:\s*[,|·•]?\s*\d[\d\s]*{_COUNTED})?)\.?",
    re.IGNORECASE,
)

_SOURCE_LABEL = (
    r"(?:источник(?:и|\s+информации|\s+новости)?|ссылка(?:\s+на\s+источник)?|дереккөз[іи]?|ақпарат\s+көзі|сілтеме"
    r"|source|link)"
)
_URL = r"(?:https?://|www\.)\S+"
_SOURCE_LINE = re.compile(
    rf"[(\[]?(?:{_SOURCE_LABEL}\s*[:：]\s*\S.{{0,200}}"
    rf"|(?:подробнее|толығырақ|read more)\s*[:：]?\s*{_URL}|{_URL})[)\]]?",
    re.IGNORECASE,
)
_INLINE_SOURCE = re.compile(rf"\s*[(\[]?{_SOURCE_LABEL}\s*[:：]\s*{_URL}\s*$", re.IGNORECASE)

_NAME = r"[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][\w’'-]*\.?"
_BYLINE = re.compile(
    rf"(?i:автор|авторы|авторлары|авторы текста|мәтін авторы|журналист|тілші|корреспондент|редактор|author|by)"
    rf"\s*[:：]\s*{_NAME}(?:,?\s*{_NAME}){{0,5}}"
)


def is_navigation(line: str) -> bool:
    """True where the whole of `line` leads around the site, or asks the reader for something."""
    return len(line) <= _MAX_NAVIGATION and _NAVIGATION.fullmatch(line) is not None


def is_view_count(line: str) -> bool:
    """True where the whole of `line` says how often the item was opened, read or commented on."""
    return _VIEWS.fullmatch(line) is not None


def is_source(line: str) -> bool:
    """True where the whole of `line` says where the item was taken from."""
    return _SOURCE_LINE.fullmatch(line) is not None


def find_inline_source(text: str) -> re.Match[str] | None:
    """The `Source: URL` that is glued to the end of a paragraph, or None."""
    return _INLINE_SOURCE.search(text)


def is_byline(line: str) -> bool:
    """True where the whole of `line` names the writer."""
    return len(line) <= _MAX_BYLINE and _BYLINE.fullmatch(line) is not None
