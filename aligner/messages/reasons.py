"""What the library says in English of files, documents and texts it set aside, for people in their own language.

The English wording is the machine-readable one: it stays as it is in JSON, and is looked up here word for word, but for
what stands in braces.
"""

from __future__ import annotations

import re
from functools import cache

from aligner.messages.catalogue import Language
from aligner.messages.errors import ERRORS
from aligner.messages.fetch_reasons import FETCH_REASONS
from aligner.messages.file_errors import FILE_ERRORS
from aligner.messages.service_errors import SERVICE_ERRORS
from aligner.messages.tmx_findings import TMX_FINDINGS

__all__ = ["WORDINGS", "translated"]

_Plain = dict[str, dict[Language, str]]
_NAME = re.compile(r"\{(\w+)\}")
_TOLD = {"error", "problem", "reason", "why"}

WORDINGS: dict[str, dict[Language, str]] = {
    # ---- documents without a counterpart ----
    "no document is near enough": {"kk": "жақын құжат табылмады", "ru": "достаточно близкого документа нет"},
    "there is no text in it to compare": {"kk": "салыстыратын мәтіні жоқ", "ru": "в нём нет текста для сравнения"},
    "there is no document in the other language": {
        "kk": "екінші тілде құжат жоқ",
        "ru": "документов на другом языке нет",
    },
    "its counterpart is closer to {name}": {
        "kk": "оның сыңары мына құжатқа жақынырақ: {name}",
        "ru": "его соответствие ближе к {name}",
    },
    "it seems to be a part of {name}, which is paired with {other}": {
        "kk": "{name} құжатының бөлігі сияқты, ал оның жұбы — {other}",
        "ru": "похоже, это часть {name}, а тот уже в паре с {other}",
    },
    "it seems to be a part of {name}": {"kk": "{name} құжатының бөлігі сияқты", "ru": "похоже, это часть {name}"},
    # ---- documents and files that were not read ----
    "no text": {"kk": "мәтіні жоқ", "ru": "нет текста"},
    "holds no text": {"kk": "мәтіні жоқ", "ru": "нет текста"},
    "is empty": {"kk": "бос файл", "ru": "файл пуст"},
    "is a page without text": {"kk": "мәтінсіз бет", "ru": "страница без текста"},
    "language: und (it could not be told)": {"kk": "тілі анықталмады", "ru": "язык определить не удалось"},
    "language: {code} (only kk and ru are aligned)": {
        "kk": "тілі: {code} (тек kk мен ru жұпталады)",
        "ru": "язык: {code} (сопоставляются только kk и ru)",
    },
    "files of the type {suffix} are not read": {
        "kk": "{suffix} түріндегі файлдар оқылмайды",
        "ru": "файлы типа {suffix} не читаются",
    },
    "a file without a suffix is read only where it is named itself": {
        "kk": "жұрнақсыз файл тек өзі аталғанда оқылады",
        "ru": "файл без расширения читается, только если назван сам",
    },
    "the same file was read already": {"kk": "бұл файл оқылып қойған", "ru": "этот файл уже прочитан"},
    "the same folder was read already": {"kk": "бұл қалта оқылып қойған", "ru": "эта папка уже прочитана"},
    "a link back to a folder that contains it": {
        "kk": "өзі тұрған қалтаға қайтаратын сілтеме",
        "ru": "ссылка назад на содержащую её папку",
    },
    "a link that leads nowhere": {"kk": "ешқайда апармайтын сілтеме", "ru": "ссылка в никуда"},
    "may not be opened": {"kk": "ашуға рұқсат жоқ", "ru": "нет прав на чтение"},
    "is in an encoding that could not be told": {
        "kk": "кодтамасы анықталмады",
        "ru": "кодировку определить не удалось",
    },
    "is not a text: it holds zero bytes": {
        "kk": "мәтін емес: ішінде нөл байттар бар",
        "ru": "это не текст: внутри нулевые байты",
    },
    "is not a text: it is full of control characters": {
        "kk": "мәтін емес: басқару таңбаларына толы",
        "ru": "это не текст: полно управляющих символов",
    },
    "is {kind}, not a text": {"kk": "мәтін емес ({kind})", "ru": "это не текст ({kind})"},
    "is encrypted with a password": {"kk": "құпиясөзбен шифрланған", "ru": "зашифрован паролем"},
    "is a Word document of the old .doc kind": {
        "kk": "ескі .doc пішіміндегі Word құжаты",
        "ru": "документ Word старого формата .doc",
    },
    "is an RTF document, not a .docx": {"kk": ".docx емес, RTF құжаты", "ru": "это RTF, а не .docx"},
    "is a broken zip archive": {"kk": "бүлінген zip мұрағаты", "ru": "повреждённый архив zip"},
    "is no Word document: it is no zip archive": {
        "kk": "Word құжаты емес: zip мұрағаты емес",
        "ru": "это не документ Word: не архив zip",
    },
    "is a zip archive but no Word document": {
        "kk": "zip мұрағаты, бірақ Word құжаты емес",
        "ru": "архив zip, но не документ Word",
    },
    "is a Word document with a part missing": {
        "kk": "бір бөлігі жоқ Word құжаты",
        "ru": "документ Word, в котором нет одной из частей",
    },
    "is damaged inside": {"kk": "іші бүлінген", "ru": "повреждён внутри"},
    # ---- sentences that are not mined ----
    "repeated": {"kk": "қайталанған", "ru": "повтор"},
    "a word or a figure alone": {"kk": "бір сөз не сан ғана", "ru": "одно слово или число"},
    "language: {code} on the Kazakh side": {
        "kk": "қазақша жағында {code} тілі",
        "ru": "язык {code} на казахской стороне",
    },
    "language: {code} on the Russian side": {
        "kk": "орысша жағында {code} тілі",
        "ru": "язык {code} на русской стороне",
    },
    # ---- texts that were read and set aside ----
    "language: {code} in a {own} document": {
        "kk": "{own} тіліндегі құжаттағы {code} мәтіні",
        "ru": "текст на {code} в документе на {own}",
    },
    "photo credit": {"kk": "сурет авторы", "ru": "автор снимка"},
    "byline": {"kk": "мақала авторы", "ru": "подпись автора"},
    "date stamp": {"kk": "жарияланған күні", "ru": "дата публикации"},
    "dateline": {"kk": "орны мен күні", "ru": "место и дата"},
    "navigation": {"kk": "сайт мәзірі", "ru": "навигация сайта"},
    "source link": {"kk": "дереккөзге сілтеме", "ru": "ссылка на источник"},
    "view count": {"kk": "қаралым саны", "ru": "счётчик просмотров"},
    "section mark": {"kk": "бөлім белгісі", "ru": "знак раздела"},
}


def translated(reason: str, language: Language) -> str | None:
    """The reason, or the text of an error, in this language, or None where nobody has worded it.

    What a reason says of another one, as its `{error}`, is worded as well, where somebody has.
    """
    if language == "en":
        return reason
    plain, longer = _wordings()
    if reason in plain:
        return plain[reason][language]
    for beginning, pattern, texts in longer:
        if reason.startswith(beginning) and (found := pattern.fullmatch(reason)):
            values = {
                name: translated(value, language) or value if name in _TOLD else value
                for name, value in found.groupdict().items()
            }
            if "problems" in values:
                each = values["problems"].split(", ")
                values["problems"] = ", ".join(translated(problem, language) or problem for problem in each)
            return _filled(texts[language], values)
    return None


def _filled(text: str, values: dict[str, str]) -> str:
    return _NAME.sub(lambda match: values[match[1]], text)


@cache
def _wordings() -> tuple[_Plain, list[tuple[str, re.Pattern[str], dict[Language, str]]]]:
    """The wordings without values, and the others as their beginning, a pattern and the texts.

    The longer ones come first: a shorter one with values in it would take their texts as well.
    """
    known = {**TMX_FINDINGS, **FETCH_REASONS, **FILE_ERRORS, **SERVICE_ERRORS, **ERRORS, **WORDINGS}
    longer = sorted(
        (wording for wording in known if "{" in wording), key=lambda wording: (-len(_NAME.sub("", wording)), wording)
    )
    return {wording: texts for wording, texts in known.items() if "{" not in wording}, [
        (
            wording.partition("{")[0],
            re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(wording)), re.DOTALL),
            known[wording],
        )
        for wording in longer
    ]
