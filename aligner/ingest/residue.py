"""What stands in a publication's file and is not its text: credits, datelines, counters, navigation."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aligner.dates import parse_date
from aligner.ingest.datelines import place_and_date, split_dateline
from aligner.ingest.stamps import count_stamps, leading_stamp
from aligner.records import Dropped

__all__ = ["Cleaned", "Line", "drop_residue", "residue_reason"]

_LABELS = (
    "фото(?:графии?|граф|репортаж|коллаж|сурет(?:тер|і|тері)?)?|коллаж|скриншот|скрин|иллюстрация|инфографика"
    "|видео(?:дан)?|кадр|изображение|картинка|сурет(?:тер|і|тері)?|суретті түсірген|суретке түсірген|көрнекі сурет"
    "|бейнекөрініс|бейне|photos?|image|picture|screenshot|collage|video|pictures?"
)
_CREDIT_LABELLED = re.compile(
    rf"(?:\d+\s*)?(?:(?:автор(?:ы|лары)?|главное|обложка|превью|источник)\s+)?(?:{_LABELS})"
    rf"(?:\s*(?:и|/|,|және|мен|\+|&)\s*(?:{_LABELS}))*"
    r"(?:\s+(?:автор(?:а|ы)?|иллюстративное|иллюстрациялық|носит иллюстративный характер))?\s*(?:[:：©|/]|\s[–—-]\s)\s*\S.*",
    re.IGNORECASE,
)
_CREDIT_BARE = re.compile(
    r"(?:фото|фотографии?|коллаж|скриншот|инфографика|иллюстрация|суретті түсірген|сурет)\s+\S+(?:\s+\S+){0,6}",
    re.IGNORECASE,
)
_CREDIT_BARE_SECOND = re.compile(
    r"(?:фото|фотографии?|коллаж|скриншот|инфографика|иллюстрация|суретті түсірген|сурет)\s+"
    r"(?:автор|редакци|пресс-служб|из\b|с\b|со\b|предоставл|архив|прокуратур|носит|видео|иллюстратив|сайт|акорд|сенат"
    r"|мажилис|министерств|правительств|акимат|гов|мид\b|мвд\b|мчс\b|рк\b|ашық|автордікі|автордан|ашықтан|әлеуметтік|жи\b|мұрағат|баспасөз"
    r"|kazinform|казинформ|freepik|pexels|pixabay|unsplash|shutterstock|depositphotos|istock|getty|reuters|©"
    r"|[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][\w.-]*(?:\s+[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][\w.-]*){0,3}(?:\s*/.*)?$)",
)
_CREDIT_TRAILING = re.compile(
    r"(?:\S.{0,60}\s(?:фотос[уы]реті|фотосы|суреті|суреттері|видеосы)|(?:©|\(c\)|\(с\))\s*\S.{0,80}"
    r"|(?:фото|сурет)\s*\(?(?:©|c\))\s*\S.{0,80})",
    re.IGNORECASE,
)
_INLINE_CREDIT = re.compile(
    r"(?:(?<=[.!?…»”\"])\s*|\s+[\[(])(?:Фото|Фотографии|Сурет(?:тер)?|Коллаж|Скриншот|Видео|Photo)\s*[:©]\s*[^.!?]{2,60}[\])]?\.?$"
)
_FINITE_VERB = re.compile(r"\b[а-яё]{3,}(?:лись|лся|лась|лось|ют|ают|яют|ился|ено|ены)\b")

_VIEWS = re.compile(
    r"(?:👁\s*[\d\s]+|(?:кол(?:ичест|-)во\s+)?(?:просмотр\w*|прочтени\w*|қарал\w*(?:\s+саны)?|қаралым\w*|көрілім\w*"
    r"|оқылым\w*|оқылды|views?|комментари\w*|пікір\w*|лайк\w*)\s*[:(–-]?\s*\d[\d\s]*\)?(?:\s*рет)?"
    r"|\d[\d\s]*(?:просмотр\w*|прочтени\w*|рет\s+(?:қаралды|оқылды)|қаралым\w*|қаралды|views?|комментари\w*))",
    re.IGNORECASE,
)
_SOURCE = (
    r"(?:source|источник(?:\s+информации)?|дереккөз[іи]?|ақпарат көзі|сілтеме|ссылка|толығырақ|подробнее|read more)"
)
_SOURCE_LINE = re.compile(rf"{_SOURCE}\s*[:：–-]\s*\S.{{0,250}}|https?://\S+|www\.\S+", re.IGNORECASE)
_INLINE_SOURCE = re.compile(rf"\s*{_SOURCE}\s*[:：]\s*(?:https?://|www\.)\S+\s*$", re.IGNORECASE)
_NAVIGATION = re.compile(
    r"(?:читайте\s+(?:также|ещё|еще|нас|подробнее|по теме)|смотрите\s+также|по теме|(?:материалы|новости)\s+по\s+теме"
    r"|(?:последние|другие|главные|популярные|похожие|самые читаемые|топ)\s+(?:новости|материалы|статьи|записи)"
    r"|лента новостей|все новости|поделиться|поделитесь|подпис(?:ывайтесь|аться|ывайся)|присоединяйтесь к"
    r"|следите за (?:новостями|нами|нашими)|оставить комментарий|комментировать|версия для печати|распечатать|скачать pdf"
    r"|назад(?: к списку)?$|наверх$|на главную|главная(?:\s*[/>|»→]|$)|войти$|регистрация$|поиск по сайту|меню$"
    r"|тег(?:и|тер)?\s*:|метки\s*:|ключевые слова\s*:|рубрик[аи]\s*:|теги$|если вы (?:нашли|обнаружили) (?:ошибку|опечатку)"
    r"|нашли (?:ошибку|опечатку)|выделите (?:ошибку|фрагмент|текст)|все права защищены|copyright|©\s*\d{4}"
    r"|сондай-ақ,?\s+оқыңыз|тағы\s+оқыңыз|оқи отырыңыз|оқи отырыңыздар|тақырып бойынша|осы тақырыпта"
    r"|соңғы жаңалықтар|басқа (?:да )?жаңалықтар|өзге (?:де )?жаңалықтар|барлық жаңалық(?:тар)?|жаңалықтар лентасы|бөлісу|бөлісіңіз"
    r"|достарыңызбен бөлісіңіз|жазылыңыз|арнамызға жазыл|біздің (?:telegram|телеграм|instagram|арнамыз)"
    r"|пікір (?:қалдыру|жазу)|басып шығару|басты бет(?:\s*[/>|»→]|$)|барлық құқықтар(?:ы)? қорғалған|артқа$|жоғары$"
    r"|read also|see also|related (?:news|articles)|share$|share this|subscribe|follow us|print$|back to top|home\s*[/>|»])",
    re.IGNORECASE,
)
_BREADCRUMB = re.compile(r"[^.!?]{2,40}(?:\s[/>»→›]\s[^.!?]{2,60}){2,}")
_BYLINE = re.compile(r"(?:автор(?:ы|лары)?|текст|мәтін|журналист|тілші|author|by)\s*[:：]\s*\S.{1,80}", re.IGNORECASE)
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d")
_BARE_NUMBER = re.compile(r"\d{1,3}(?:\s\d{3})+|\d+")

_MAX_CREDIT = 140
_MAX_NAVIGATION = 220


@dataclass(frozen=True, slots=True)
class Line:
    """A line that stays; `had_dateline` where a dateline was cut off its beginning."""

    text: str
    had_dateline: bool = False


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The lines that stay, what was dropped, and the date that the dropped stamps or a signature state."""

    lines: tuple[Line, ...]
    dropped: tuple[Dropped, ...]
    date: dt.date | None


def drop_residue(lines: Sequence[str]) -> Cleaned:
    """`lines` of one publication, clean and not empty, without what is not its text."""
    kept: list[Line] = []
    dropped: list[Dropped] = []
    stamp_date: dt.date | None = None
    dateline_date: dt.date | None = None
    after_stamp = False
    for index, line in enumerate(lines):
        reason = residue_reason(line)
        was_after_stamp, after_stamp = after_stamp, False
        stamp = leading_stamp(line) if reason is None else None
        if stamp is not None:
            is_alone = not stamp.rest
            if is_alone and (stamp.is_timed or stamp.has_views or len(kept) <= 2):
                reason, after_stamp = "date stamp", True
                stamp_date = stamp_date or stamp.date
            elif stamp.is_timed and _is_listed(lines, index):
                reason = "navigation"
        if reason is None and was_after_stamp and _BARE_NUMBER.fullmatch(line):
            reason = "view count"
        if reason is not None:
            dropped.append(Dropped(line, reason))
            continue
        text, had_dateline = line, False
        for pattern, inline_reason in ((_INLINE_SOURCE, "source link"), (_INLINE_CREDIT, "photo credit")):
            match = pattern.search(text)
            if match is not None:
                dropped.append(Dropped(match[0].strip(), inline_reason))
                text = text[: match.start()].rstrip()
        dateline = split_dateline(text)
        if dateline is not None:
            dropped.append(Dropped(dateline.text, "dateline"))
            text, had_dateline = dateline.rest, True
            dateline_date = dateline_date or dateline.date
        if text:
            kept.append(Line(text, had_dateline))
    return Cleaned(tuple(kept), tuple(dropped), stamp_date or dateline_date or _signature_date(kept))


def residue_reason(line: str) -> str | None:
    """Why the whole of `line` is no text of its publication, or None where it is."""
    if not any(map(str.isalnum, line)):
        return "section mark"
    if len(line) <= _MAX_CREDIT and _is_credit(line):
        return "photo credit"
    if _VIEWS.fullmatch(line):
        return "view count"
    if _CLOCK.fullmatch(line):
        return "date stamp"
    if _SOURCE_LINE.fullmatch(line):
        return "source link"
    if _is_headline_strip(line):
        return "navigation"
    if len(line) <= _MAX_NAVIGATION and (_NAVIGATION.match(line) or _BREADCRUMB.fullmatch(line)):
        return "navigation"
    if len(line) <= 100 and _BYLINE.fullmatch(line) and line[-1] not in ".!?":
        return "byline"
    return None


def _is_credit(line: str) -> bool:
    if _CREDIT_LABELLED.fullmatch(line):
        return True
    is_sentence = line[-1] in ".!?…" and len(line) > 60
    if is_sentence or _FINITE_VERB.search(line):
        return False
    if _CREDIT_TRAILING.fullmatch(line):
        return True
    return (
        _CREDIT_BARE.fullmatch(line) is not None and _CREDIT_BARE_SECOND.match(line[0].lower() + line[1:]) is not None
    )


def _is_headline_strip(line: str) -> bool:
    stamps = count_stamps(line)
    return stamps >= 3 or (stamps == 2 and leading_stamp(line) is not None)


def _is_listed(lines: Sequence[str], index: int) -> bool:
    """True where the line stands beside another that opens with a time stamp: a list of other items."""
    for neighbour in (index - 1, index + 1):
        if 0 <= neighbour < len(lines):
            stamp = leading_stamp(lines[neighbour])
            if stamp is not None and stamp.is_timed and stamp.rest:
                return True
    return False


def _signature_date(lines: Iterable[Line]) -> dt.date | None:
    """The date of a «Астана, Ақорда, 2015 жылғы 29 сәуір» near the beginning or the end."""
    texts = [line.text for line in lines]
    edges = texts if len(texts) <= 7 else texts[:3] + texts[-4:]
    for text in edges:
        date = place_and_date(text) or (parse_date(text) if len(text) <= 60 else None)
        if date is not None:
            return date
    return None
