"""Words that every page says: languages, confidence, kinds of reasons."""

from __future__ import annotations

from aligner.messages.catalogue import Catalogue

__all__ = ["COMMON"]

COMMON: Catalogue = {
    "language.kk": {"kk": "қазақша", "ru": "казахский", "en": "Kazakh"},
    "language.ru": {"kk": "орысша", "ru": "русский", "en": "Russian"},
    "language.en": {"kk": "ағылшынша", "ru": "английский", "en": "English"},
    "language.und": {"kk": "тілі белгісіз", "ru": "язык не определён", "en": "unknown"},
    "own_name.kk": {"kk": "Қазақша", "ru": "Қазақша", "en": "Қазақша"},
    "own_name.ru": {"kk": "Русский", "ru": "Русский", "en": "Русский"},
    "own_name.en": {"kk": "English", "ru": "English", "en": "English"},
    "confidence.sure": {"kk": "сенімді", "ru": "надёжно", "en": "sure"},
    "confidence.doubtful": {"kk": "күмәнді", "ru": "под вопросом", "en": "doubtful"},
    "confidence.poor": {"kk": "нашар", "ru": "плохо", "en": "poor"},
    "confidence.alone": {"kk": "жұпсыз", "ru": "без пары", "en": "unmatched"},
    "reason.number_mismatch": {"kk": "Сандары бөлек", "ru": "Числа расходятся", "en": "Numbers differ"},
    "reason.name_missing": {"kk": "Атау жетіспейді", "ru": "Нет имени или названия", "en": "A name is missing"},
    "reason.markup_missing": {
        "kk": "Сілтеме не белгі жетіспейді",
        "ru": "Нет ссылки или разметки",
        "en": "A link or tag is missing",
    },
    "reason.length_ratio": {"kk": "Ұзындығы тым бөлек", "ru": "Длина не та", "en": "Lengths differ too much"},
    "reason.language": {"kk": "Тілі басқа", "ru": "Не тот язык", "en": "Wrong language"},
    "reason.untranslated": {"kk": "Аударылмаған", "ru": "Не переведено", "en": "Not translated"},
    "reason.partial": {
        "kk": "Бір бөлігі жетіспейді немесе артық",
        "ru": "Часть потеряна или лишняя",
        "en": "A part is missing or too much",
    },
    "reason.punctuation": {"kk": "Тыныс белгісі бөлек", "ru": "Разные знаки в конце", "en": "Punctuation differs"},
    "reason.unlike": {"kk": "Мағынасы ұқсамайды", "ru": "Смысл не похож", "en": "Meanings are unlike"},
    "reason.rival": {
        "kk": "Басқа сөйлем жақынырақ",
        "ru": "Ближе другое предложение",
        "en": "Another sentence is nearer",
    },
    "reason.language.detail": {
        "kk": "«{side}» жағында: {language}",
        "ru": "на стороне «{side}»: {language}",
        "en": "{language} on the {side} side",
    },
}
