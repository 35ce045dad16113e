"""The texts of the report."""

from __future__ import annotations

from aligner.messages.catalogue import Catalogue

__all__ = ["REPORT"]

REPORT: Catalogue = {
    "report.title": {
        "kk": "Мәтіндерді сәйкестендіру есебі",
        "ru": "Отчёт о сопоставлении текстов",
        "en": "Alignment report",
    },
    "report.of_batch": {"kk": "Файлдар: {names}", "ru": "Файлы: {names}", "en": "Files: {names}"},
    "report.of_memory": {"kk": "Аударма жады: {names}", "ru": "Память переводов: {names}", "en": "Memory: {names}"},
    "report.and_more": {"kk": "тағы {n}", "ru": "и ещё {n}", "en": "and {n} more"},
    "report.made": {"kk": "{when} · {recipe}", "ru": "{when} · {recipe}", "en": "{when} · {recipe}"},
    "report.contents": {"kk": "Мазмұны", "ru": "Содержание", "en": "Contents"},
    "report.skip_to_content": {"kk": "Мазмұнға өту", "ru": "К содержанию", "en": "Skip to the content"},
    # ---- at a glance ----
    "report.glance": {"kk": "Қысқаша", "ru": "Коротко", "en": "At a glance"},
    "report.tile.pairs": {
        "kk": "құжат жұбы",
        "ru": {
            "one": "пара документов",
            "few": "пары документов",
            "many": "пар документов",
            "other": "пары документов",
        },
        "en": {"one": "document pair", "other": "document pairs"},
    },
    "report.tile.units": {
        "kk": "сөйлем жұбы",
        "ru": {
            "one": "пара предложений",
            "few": "пары предложений",
            "many": "пар предложений",
            "other": "пары предложений",
        },
        "en": {"one": "sentence pair", "other": "sentence pairs"},
    },
    "report.tile.check": {
        "kk": "тексеруді қажет етеді",
        "ru": {
            "one": "стоит проверить",
            "few": "стоит проверить",
            "many": "стоит проверить",
            "other": "стоит проверить",
        },
        "en": {"one": "to check", "other": "to check"},
    },
    "report.tile.unmatched": {
        "kk": "құжаттың сыңары жоқ",
        "ru": {
            "one": "документ без пары",
            "few": "документа без пары",
            "many": "документов без пары",
            "other": "документа без пары",
        },
        "en": {"one": "document without a counterpart", "other": "documents without a counterpart"},
    },
    "report.tile.skipped": {
        "kk": "файл не құжат оқылмады",
        "ru": {
            "one": "файл или документ пропущен",
            "few": "файла или документа пропущено",
            "many": "файлов или документов пропущено",
            "other": "файла или документа пропущено",
        },
        "en": {"one": "file or document skipped", "other": "files or documents skipped"},
    },
    "report.tile.set_aside": {
        "kk": "мәтін үзіндісі алынып тасталды",
        "ru": {
            "one": "отрывок текста отложен",
            "few": "отрывка текста отложено",
            "many": "отрывков текста отложено",
            "other": "отрывка текста отложено",
        },
        "en": {"one": "stretch of text set aside", "other": "stretches of text set aside"},
    },
    # ---- the way of the texts ----
    "report.way": {
        "kk": "Не оқылды, не жұпталды, не қалды",
        "ru": "Что прочитано, что нашло пару, что потеряно",
        "en": "What was read, paired and lost",
    },
    "report.way.kind": {"kk": "Тілі", "ru": "Язык", "en": "Language"},
    "report.way.documents": {"kk": "Құжаттар", "ru": "Документы", "en": "Documents"},
    "report.way.sentences": {
        "kk": "Жұпталған құжаттардың сөйлемдері",
        "ru": "Предложения в парах документов",
        "en": "Sentences of the paired documents",
    },
    "report.way.read": {"kk": "оқылды", "ru": "прочитано", "en": "read"},
    "report.way.paired": {"kk": "жұбы бар", "ru": "в паре", "en": "paired"},
    "report.way.unmatched": {"kk": "сыңары жоқ", "ru": "без пары", "en": "no counterpart"},
    "report.way.skipped": {"kk": "оқылмады", "ru": "пропущено", "en": "skipped"},
    "report.way.all": {"kk": "барлығы", "ru": "всего", "en": "all"},
    # ---- figures ----
    "report.figures": {"kk": "Сандар мен суреттер", "ru": "В цифрах и картинках", "en": "In figures"},
    "report.scores": {"kk": "Сенімділік бағасы", "ru": "Оценки", "en": "Scores"},
    "report.scores.about": {
        "kk": "Әр сөйлем жұбының бір-бірінің аудармасы болу ықтималдығы.",
        "ru": "Вероятность того, что предложения пары — переводы друг друга.",
        "en": "The probability that the sides of a sentence pair translate each other.",
    },
    "report.scores.none": {
        "kk": "Сөйлем жұбы жоқ.",
        "ru": "Пар предложений нет.",
        "en": "There is no sentence pair.",
    },
    "report.scores.column": {"kk": "баға", "ru": "оценка", "en": "score"},
    "report.count.column": {"kk": "саны", "ru": "число", "en": "count"},
    "report.share.column": {"kk": "үлесі", "ru": "доля", "en": "share"},
    "report.shapes": {
        "kk": "Сөйлемдер қалай қосылды",
        "ru": "Как соединились предложения",
        "en": "How sentences go together",
    },
    "report.shapes.about": {
        "kk": "2–1: екі қазақша сөйлемге бір орысша сөйлем сәйкес. 0 — аудармасы табылмаған сөйлем.",
        "ru": "2–1: двум казахским предложениям отвечает одно русское. 0 — перевода не нашлось.",
        "en": "2–1: two Kazakh sentences for one Russian. 0: nothing translates it.",
    },
    "report.shapes.column": {"kk": "қаз–ор", "ru": "каз–рус", "en": "kk–ru"},
    "report.reasons": {"kk": "Күмән себептері", "ru": "Причины сомнений", "en": "What speaks against pairs"},
    "report.reasons.about": {
        "kk": "Бір жұпта бірнеше себеп болуы мүмкін.",
        "ru": "У одной пары может быть несколько причин.",
        "en": "A pair may have several reasons.",
    },
    "report.reasons.column": {"kk": "себебі", "ru": "причина", "en": "reason"},
    "report.reasons.none": {
        "kk": "Ешқандай күмән табылмады.",
        "ru": "Сомнений не нашлось.",
        "en": "Nothing speaks against any pair.",
    },
    "report.lengths": {"kk": "Ұзындықтар", "ru": "Длины", "en": "Lengths"},
    "report.lengths.about": {
        "kk": "Түсі қою жерде жұп көп; қоршалған ұяшықтарда күмәнді жұптар бар. Сызық — ұзындығы тең.",
        "ru": "Чем темнее, тем больше пар; обведены клетки с сомнительными. Линия — равные длины.",
        "en": "The darker, the more pairs; outlined cells hold doubtful ones. The line: equal lengths.",
    },
    "report.lengths.kk": {"kk": "қазақша, таңба", "ru": "казахский, знаков", "en": "Kazakh, characters"},
    "report.lengths.ru": {"kk": "орысша, таңба", "ru": "русский, знаков", "en": "Russian, characters"},
    "report.dates": {"kk": "Құжаттардың күні", "ru": "Даты документов", "en": "Dates"},
    "report.dates.about": {
        "kk": "Штрихталған бөлік — сыңары табылмаған құжаттар.",
        "ru": "Заштрихованы документы без пары.",
        "en": "Hatched: documents without a counterpart.",
    },
    "report.dates.none": {
        "kk": "Ешбір құжаттан күні табылмады.",
        "ru": "Ни в одном документе не нашлось даты.",
        "en": "No document has a date.",
    },
    "report.apart": {
        "kk": "Жұптағы құжаттардың арасы",
        "ru": "Сколько дней между документами пары",
        "en": "Days between the documents of a pair",
    },
    "report.apart.about": {
        "kk": "Бір мәтіннің нұсқалары әдетте бір күнде жарияланады.",
        "ru": "Версии одного текста обычно выходят в один день.",
        "en": "Versions of one text usually appear on the same day.",
    },
    "report.apart.same": {"kk": "сол күні", "ru": "в тот же день", "en": "the same day"},
    "report.apart.one": {"kk": "бір күн", "ru": "один день", "en": "one day"},
    "report.apart.week": {"kk": "2–7 күн", "ru": "2–7 дней", "en": "2–7 days"},
    "report.apart.more": {"kk": "көбірек", "ru": "больше", "en": "more"},
    "report.apart.unknown": {"kk": "белгісіз", "ru": "неизвестно", "en": "unknown"},
    # ---- sentence pairs ----
    "report.worst": {"kk": "Алдымен осыларды қараңыз", "ru": "Сначала проверьте это", "en": "Look at these first"},
    "report.worst.about": {
        "kk": "Ең күмәнді сөйлем жұптары. Бір тілде ғана бар сандар мен атаулар белгіленген.",
        "ru": "Самые сомнительные пары предложений. Числа и имена, которые есть только на одном языке, выделены.",
        "en": "The least certain sentence pairs. Numbers and names that only one side has are marked.",
    },
    "report.worst.none": {
        "kk": "Күмәнді жұп жоқ.",
        "ru": "Сомнительных пар нет.",
        "en": "There is no doubtful pair.",
    },
    "report.pair_number": {"kk": "{n}-жұп", "ru": "пара {n}", "en": "pair {n}"},
    "report.moved": {"kk": "орны ауысқан", "ru": "на другом месте", "en": "moved"},
    "report.status.reviewed": {"kk": "адам мақұлдаған", "ru": "одобрено человеком", "en": "approved by a person"},
    "report.status.rejected": {"kk": "адам қабылдамаған", "ru": "отклонено человеком", "en": "rejected by a person"},
    "report.nothing_here": {"kk": "сәйкесі жоқ", "ru": "соответствия нет", "en": "nothing answers it"},
    # ---- document pairs ----
    "report.pairs": {"kk": "Құжат жұптары", "ru": "Пары документов", "en": "Document pairs"},
    "report.pairs.about": {
        "kk": "Сенімді жұптардағы сөйлемдерінің үлесі азы — бірінші.",
        "ru": "Сначала те, где меньше всего предложений в надёжных парах.",
        "en": "Those with the smallest share of sentences in sure pairs come first.",
    },
    "report.pairs.none": {"kk": "Құжат жұбы жоқ.", "ru": "Пар документов нет.", "en": "There is no document pair."},
    "report.pairs.all": {"kk": "Барлық құжат жұптары", "ru": "Все пары документов", "en": "All document pairs"},
    "report.pairs.details": {"kk": "Толығырақ", "ru": "Подробно", "en": "In detail"},
    "report.pairs.details_about": {
        "kk": "Ең нашар {n} жұп, бүкіл мәтінімен.",
        "ru": {
            "one": "Худшая пара со всем текстом.",
            "few": "{n} худшие пары со всем текстом.",
            "many": "{n} худших пар со всем текстом.",
            "other": "{n} худшие пары со всем текстом.",
        },
        "en": {"one": "The worst pair with all its text.", "other": "The worst {n} pairs with all their text."},
    },
    "report.pairs.filter": {
        "kk": "Тақырыбы не файлы бойынша іздеу",
        "ru": "Искать по заголовку или файлу",
        "en": "Filter by title or file",
    },
    "report.pairs.number": {"kk": "№", "ru": "№", "en": "No."},
    "report.pairs.picture": {"kk": "Сурет", "ru": "Картина", "en": "Picture"},
    "report.pairs.documents": {"kk": "Құжаттар", "ru": "Документы", "en": "Documents"},
    "report.pairs.trusted": {"kk": "Сенімді үлесі", "ru": "Надёжно", "en": "Sure share"},
    "report.pairs.beads": {"kk": "Сөйлем жұптары", "ru": "Пары предложений", "en": "Sentence pairs"},
    "report.pairs.score": {"kk": "Жұп ықтималдығы", "ru": "Вероятность пары", "en": "Probability of the pair"},
    "report.picture": {
        "kk": "Сәйкестік суреті: төмен қарай {kk} қазақша сөйлем, оңға қарай {ru} орысша сөйлем. Сенімді: {trusted}.",
        "ru": "Картина соответствий: вниз казахские предложения ({kk}), вправо русские ({ru}). Надёжно {trusted}.",
        "en": "Alignment picture: {kk} Kazakh sentences go down, {ru} Russian ones across. Sure: {trusted}.",
    },
    "report.picture.caption": {
        "kk": "Төмен қарай — қазақша, оңға қарай — орысша. Қоюы — мағынасы жақын.",
        "ru": "Вниз — казахский, вправо — русский. Темнее — ближе по смыслу.",
        "en": "Kazakh goes down, Russian across. Darker: nearer in meaning.",
    },
    "report.doubtful_rows": {
        "kk": "Тексеретін {n} жер",
        "ru": {
            "one": "{n} место для проверки",
            "few": "{n} места для проверки",
            "many": "{n} мест для проверки",
            "other": "{n} места для проверки",
        },
        "en": {"one": "{n} place to check", "other": "{n} places to check"},
    },
    "report.all_rows": {
        "kk": "Барлық {n} жұп, рет-ретімен",
        "ru": {
            "one": "{n} соответствие по порядку",
            "few": "Все {n} соответствия по порядку",
            "many": "Все {n} соответствий по порядку",
            "other": "Все {n} соответствия по порядку",
        },
        "en": {"one": "{n} bead, in order", "other": "All {n} beads, in order"},
    },
    "report.no_doubt": {"kk": "Бәрі сенімді.", "ru": "Здесь всё надёжно.", "en": "Everything here is sure."},
    # ---- documents alone ----
    "report.unmatched": {
        "kk": "Сыңары табылмаған құжаттар",
        "ru": "Документы без пары",
        "en": "Documents without a counterpart",
    },
    "report.unmatched.none": {
        "kk": "Әр құжаттың сыңары бар.",
        "ru": "У каждого документа есть пара.",
        "en": "Every document has its counterpart.",
    },
    "report.unmatched.nearest": {"kk": "Ең жақыны", "ru": "Ближайший", "en": "Nearest"},
    "report.unmatched.could_be": {
        "kk": "бұл екеуі бір-бірінің нұсқасы болуы мүмкін",
        "ru": "похоже, это версии одного текста",
        "en": "these two may be versions of each other",
    },
    "report.sentences": {
        "kk": "{n} сөйлем",
        "ru": {
            "one": "{n} предложение",
            "few": "{n} предложения",
            "many": "{n} предложений",
            "other": "{n} предложения",
        },
        "en": {"one": "{n} sentence", "other": "{n} sentences"},
    },
    "report.no_title": {"kk": "тақырыбы жоқ", "ru": "без заголовка", "en": "untitled"},
    "report.no_date": {"kk": "күні белгісіз", "ru": "без даты", "en": "no date"},
    "report.probability": {"kk": "ықтималдығы {value}", "ru": "вероятность {value}", "en": "probability {value}"},
    # ---- what was not used ----
    "report.lost": {
        "kk": "Оқылмағаны мен алынып тасталғаны",
        "ru": "Пропущено и отложено",
        "en": "Skipped and set aside",
    },
    "report.skipped": {
        "kk": "Оқылмаған файлдар мен құжаттар",
        "ru": "Пропущенные файлы и документы",
        "en": "Skipped files and documents",
    },
    "report.skipped.counted": {
        "kk": "{n} файл не құжат",
        "ru": {
            "one": "{n} файл или документ",
            "few": "{n} файла или документа",
            "many": "{n} файлов или документов",
            "other": "{n} файла или документа",
        },
        "en": {"one": "{n} file or document", "other": "{n} files or documents"},
    },
    "report.skipped.none": {"kk": "Бәрі оқылды.", "ru": "Прочитано всё.", "en": "Everything was read."},
    "report.set_aside": {
        "kk": "Құжаттардан алынып тасталған мәтін",
        "ru": "Текст, отложенный из документов",
        "en": "Text set aside from documents",
    },
    "report.set_aside.none": {
        "kk": "Ештеңе алынып тасталған жоқ.",
        "ru": "Ничего не отложено.",
        "en": "Nothing was set aside.",
    },
    "report.set_aside.counted": {
        "kk": "{n} үзінді, {characters} таңба",
        "ru": {
            "one": "{n} отрывок, знаков: {characters}",
            "few": "{n} отрывка, знаков: {characters}",
            "many": "{n} отрывков, знаков: {characters}",
            "other": "{n} отрывка, знаков: {characters}",
        },
        "en": {"one": "{n} stretch, characters: {characters}", "other": "{n} stretches, characters: {characters}"},
    },
    "report.legend": {"kk": "Белгілер", "ru": "Обозначения", "en": "Legend"},
    "report.legend.sure": {
        "kk": "сенімді: {value} немесе жоғары",
        "ru": "надёжно: от {value}",
        "en": "sure: {value} or more",
    },
    "report.legend.doubtful": {
        "kk": "күмәнді: {low} – {high}",
        "ru": "под вопросом: {low} – {high}",
        "en": "doubtful: {low} to {high}",
    },
    "report.legend.poor": {
        "kk": "нашар: {value} шегінен төмен",
        "ru": "плохо: ниже {value}",
        "en": "poor: below {value}",
    },
    "report.legend.alone": {
        "kk": "жұпсыз: аудармасы табылмаған сөйлем",
        "ru": "без пары: перевод не найден",
        "en": "unmatched: nothing translates it",
    },
    "report.footer": {
        "kk": "Бұл бет желісіз жұмыс істейді және ештеңе жібермейді.",
        "ru": "Эта страница работает без сети и ничего не отправляет.",
        "en": "This page works offline and sends nothing anywhere.",
    },
}
