"""Photo credits as Kazakh and Russian pages write them: «Фото: Акорда», «Сурет: Ақорда», «Коллаж редакции»."""

from __future__ import annotations

import re

__all__ = ["find_inline_credit", "is_credit", "leading_credit_end"]

_UPPER = "A-ZА-ЯЁӘҒҚҢӨҰҮҺІ"
_PICTURE = (
    "фото|фотография|фотографии|фотограф|фотографы|фотосурет|фотосуреттер|фоторепортаж|фотоколлаж|коллаж|скриншот"
    "|скрин|кадр|иллюстрация|инфографика|изображение|видео|сурет|суреттер|суреті|бейне|бейнежазба|графика"
    "|суретті түсірген|суретке түсірген|суреттерді түсірген|суретші"
    "|photo|photos|image|picture|screenshot|collage|illustration|video"
)
_QUALIFIER = (
    "автор|авторы|главное|иллюстративное|иллюстрациялық|көрнекі|обложка|архивное|архивтік|скриншот|кадр|стоп-кадр"
)
_LABEL = (
    rf"(?:©\s*)?(?:(?:{_QUALIFIER})\s+)?(?:{_PICTURE})(?:\s*(?:/|,|\+|&|\bи\b|\bжәне\b|\bмен\b)\s*(?:{_PICTURE}))*"
    r"(?:\s+(?:автора?|авторы|из|с))?"
)
_LABELLED = re.compile(rf"{_LABEL}\s*(?:[:：©|]|\s[–—-]\s|/\s)\s*(?P<name>\S.*)", re.IGNORECASE)
_COPYRIGHT = re.compile(r"(?:©|\([cс]\))\s*(?!\d{4})(?P<name>\S.*)", re.IGNORECASE)

# What follows the word itself where no colon does.
_ORIGIN = (
    r"автор\w*|редакци\w*|пресс-\w+|из|с|со|сайт\w*|взят\w+|использован\w*|предоставлен\w*|архив\w*|носит|сделан\w* с"
    r"|иллюстратив\w*|видео|прокуратур\w*|министерств\w*|правительств\w*|акимат\w*|агентств\w*|департамент\w*"
    r"|ашық|автордан|автордікі|автордың|әлеуметтік|мұрағат\w*|баспасөз\w*|иллюстрация\w*|жи|сайттан|ғаламтордан"
    r"|интернеттен|желіден|бейнежазбадан|видеодан"
)
_BARE = re.compile(rf"(?:{_PICTURE})\s+(?:{_ORIGIN})(?:\s+\S+){{0,7}}", re.IGNORECASE)
_BARE_NAME = re.compile(rf"(?i:{_PICTURE})(?:\s+(?:©\s*)?[«\"]?[{_UPPER}][\w.'’-]*[»\"]?(?:\s*/\s*)?){{1,5}}")
_QUALIFIED = re.compile(rf"(?:{_QUALIFIER})\s+(?:{_PICTURE})(?:\s+\S+){{0,3}}", re.IGNORECASE)
_NAMED_BEFORE = re.compile(
    r"(?:\S+\s+){0,3}(?:\S*(?:пресс|баспасөз|ақорда|акорда|казинформ|қазақпарат|kazinform|автордың|\.kz)\S*)"
    r"(?:\s+\S+){0,2}\s+(?:фото|фотосы|суреті|суреттері|фотосуреті|фотосуреттері|видеосы)",
    re.IGNORECASE,
)
_BRACKETS = str.maketrans("", "", "()[]*_")
_NARRATIVE = re.compile(
    r"\b[а-яё]{3,}(?:лись|лся|лась|лось|ют|ал[аи]?|ил[аи]?|ел[аи]?|ёл)\b|\bчто\b|\bкак\b", re.IGNORECASE
)
_MAX_CHARACTERS = 160
_MIN_TEXT_BEHIND = 30
_MAX_WORDS = 16
_MAX_WORDS_BEFORE_STOP = 5

_INLINE = re.compile(
    r"(?:(?<=[.!?…»”\"])\s*|\s+)(?P<open>[\[(])?(?:Фото|Фотографии|Сурет(?:тер)?|Коллаж|Скриншот|Photo)\s*[:：©]\s*"
    r"[^.!?\[\]()]{2,60}(?(open)[\])])\.?$"
)
_KNOWN_SOURCE = (
    r"(?:Акорд[аы]|Ақорда|(?:Сенат|Мажилис|Парламент|Правительство|Нацбанк|Генпрокуратура|Мин[а-яё]+)(?: РК)?|Мәжіліс"
    r"|[А-ЯЁ]{2,6} РК|[\w-]+(?:\.\w+)*\.kz"
    r"|Kazinform|Казинформ|Қазақпарат|ҚазАқпарат|Freepik|freepik|Pexels|Pixabay|Unsplash)"
)
_LEADING = re.compile(
    rf"(?:Фото|Сурет|Коллаж|Photo)\s*[:：]\s*(?:{_KNOWN_SOURCE}\.?|[^.!?:;,]{{2,40}}\.)\s+(?=[«\"„“]?[{_UPPER}–—-])"
)


def is_credit(line: str) -> bool:
    """True where the whole of `line` says whose a picture is."""
    text = line.translate(_BRACKETS).strip() if line[:1] in "([*_" else line
    if len(text) > _MAX_CHARACTERS or len(text.split()) > _MAX_WORDS or leading_credit_end(text):
        return False
    labelled = _LABELLED.fullmatch(text) or _COPYRIGHT.fullmatch(text)
    if labelled is not None:
        return not _is_narrative(labelled["name"])
    if _BARE_NAME.fullmatch(text):
        return True
    return any(shape.fullmatch(text) for shape in (_BARE, _QUALIFIED, _NAMED_BEFORE)) and not _is_narrative(text)


def _is_narrative(text: str) -> bool:
    """A name has no verb and no second sentence; «Фото: как прошёл парад» is a headline."""
    is_sentence = text[-1] in ".!?…" and len(text.split()) > _MAX_WORDS_BEFORE_STOP
    return is_sentence or _NARRATIVE.search(text) is not None


def find_inline_credit(text: str) -> re.Match[str] | None:
    """The credit that is glued to the end of a paragraph, or None."""
    match = _INLINE.search(text)
    return match if match is not None and match.start() > 0 else None


def leading_credit_end(text: str) -> int:
    """Where the paragraph begins behind a credit glued to its front; 0 without one."""
    match = _LEADING.match(text)
    return match.end() if match is not None and len(text) - match.end() >= _MIN_TEXT_BEHIND else 0
