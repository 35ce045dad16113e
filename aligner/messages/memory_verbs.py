"""What `qostil memory` and `qostil pretranslate` say of a memory: what it is made of, its history, its ledger, matches.

As in `command_line.py`, the English texts are what earlier versions said, to the letter.
"""

from __future__ import annotations

from aligner.messages.catalogue import Catalogue

__all__ = ["MEMORY_VERBS"]

MEMORY_VERBS: Catalogue = {
    # ---- stats ----
    "stats.units": {
        "kk": "бірліктер: {units} (қазақша {kk}, орысша {ru} таңба)",
        "ru": "единиц: {units} (знаков: казахских {kk}, русских {ru})",
        "en": "units: {units} ({kk} Kazakh and {ru} Russian characters)",
    },
    "stats.status": {"kk": "мәртебесі: {statuses}", "ru": "статус: {statuses}", "en": "status: {statuses}"},
    "stats.score": {"kk": "бағасы: {scores}", "ru": "оценка: {scores}", "en": "score: {scores}"},
    "stats.at": {"kk": "{score}: {count}", "ru": "{score}: {count}", "en": "{count} at {score}"},
    "stats.repeated": {
        "kk": "бірнеше аудармасы бар мәтіндер: қазақша {kk}, орысша {ru}",
        "ru": "текстов с несколькими переводами: казахских {kk}, русских {ru}",
        "en": "with more than one translation: {kk} Kazakh and {ru} Russian texts",
    },
    "stats.pairs": {
        "kk": "құжат жұптары: {pairs}, құжаттар: {documents}",
        "ru": "пар документов: {pairs}, документов: {documents}",
        "en": "document pairs: {pairs}, from {documents} documents",
    },
    "stats.imported": {
        "kk": "енгізілген: {name} ішінен {count}",
        "ru": "внесено: {count} из {name}",
        "en": "imported: {count} from {name}",
    },
    "stats.changes": {"kk": "өзгерістер: {count}", "ru": "изменений: {count}", "en": "changes: {count}"},
    "stats.size": {"kk": "көлемі: {megabytes} МБ", "ru": "размер: {megabytes} МБ", "en": "size: {megabytes} MB"},
    "vacuumed": {
        "kk": "{before} МБ → {after} МБ",
        "ru": "{before} МБ → {after} МБ",
        "en": "{before} MB → {after} MB",
    },
    "status.automatic": {"kk": "автоматты", "ru": "автоматически", "en": "automatic"},
    "status.reviewed": {"kk": "тексерілген", "ru": "проверено", "en": "reviewed"},
    "status.rejected": {"kk": "қабылданбаған", "ru": "отклонено", "en": "rejected"},
    "status.count": {"kk": "{status} {count}", "ru": "{status} {count}", "en": "{count} {status}"},
    # ---- history ----
    "change.add": {"kk": "қосу", "ru": "добавление", "en": "add"},
    "change.import": {"kk": "енгізу", "ru": "импорт", "en": "import"},
    "change.dedupe": {"kk": "қайталанғанын біріктіру", "ru": "слияние повторов", "en": "dedupe"},
    "change.pair": {"kk": "жұптау", "ru": "соединение пары", "en": "pair"},
    "change.unpair": {"kk": "жұпты ажырату", "ru": "разъединение пары", "en": "unpair"},
    "change.read": {"kk": "оқу", "ru": "чтение", "en": "read"},
    "change.align": {"kk": "сәйкестендіру", "ru": "сопоставление", "en": "align"},
    "change.mark": {"kk": "белгілеу", "ru": "отметка", "en": "mark"},
    "change.accept": {"kk": "қабылдау", "ru": "принятие", "en": "accept"},
    "change.reject": {"kk": "қабылдамау", "ru": "отклонение", "en": "reject"},
    "change.clear": {"kk": "белгіні алу", "ru": "снятие отметки", "en": "clear"},
    "change.edit": {"kk": "түзету", "ru": "правка", "en": "edit"},
    "change.note": {"kk": "ескертпе", "ru": "заметка", "en": "note"},
    "change.merge": {"kk": "жолдарды біріктіру", "ru": "объединение строк", "en": "merge"},
    "change.split": {"kk": "жолды бөлу", "ru": "разделение строки", "en": "split"},
    "change.split segment": {"kk": "сегментті бөлу", "ru": "разделение сегмента", "en": "split segment"},
    "change.shift": {"kk": "сөйлемді жылжыту", "ru": "сдвиг предложения", "en": "shift"},
    "change.unlink": {"kk": "екі жағын ажырату", "ru": "разъединение сторон", "en": "unlink"},
    "change.link": {"kk": "байланыстыру", "ru": "связывание", "en": "link"},
    "change.undo": {"kk": "қайтару", "ru": "отмена", "en": "undo"},
    "change.redo": {"kk": "қалпына келтіру", "ru": "возврат", "en": "redo"},
    "change.of": {"kk": "{what} ({number})", "ru": "{what} {number}", "en": "{what} of {number}"},
    "change.in_pair": {"kk": "{number}-жұп", "ru": "пара {number}", "en": "pair {number}"},
    "change.in_unit": {"kk": "{number}-бірлік", "ru": "единица {number}", "en": "unit {number}"},
    "change.undone_by": {
        "kk": "({number}-өзгеріспен қайтарылған)",
        "ru": "(отменено изменением {number})",
        "en": "(undone by {number})",
    },
    "change.imported": {"kk": "{source}: {units}", "ru": "{units} из {source}", "en": "{units} of {source}"},
    "counted.units": {
        "kk": "{n} бірлік",
        "ru": {"one": "{n} единица", "few": "{n} единицы", "many": "{n} единиц", "other": "{n} единицы"},
        "en": {"one": "{n} unit", "other": "{n} units"},
    },
    "counted.pairs": {
        "kk": "{n} жұп",
        "ru": {"one": "{n} пара", "few": "{n} пары", "many": "{n} пар", "other": "{n} пары"},
        "en": {"one": "{n} pair", "other": "{n} pairs"},
    },
    "counted.documents": {
        "kk": "{n} құжат",
        "ru": {"one": "{n} документ", "few": "{n} документа", "many": "{n} документов", "other": "{n} документа"},
        "en": {"one": "{n} document", "other": "{n} documents"},
    },
    "counted.beads": {
        "kk": "{n} сәйкестік",
        "ru": {
            "one": "{n} соответствие",
            "few": "{n} соответствия",
            "many": "{n} соответствий",
            "other": "{n} соответствия",
        },
        "en": {"one": "{n} bead", "other": "{n} beads"},
    },
    "undo.done": {"kk": "қайтарылды: {change}", "ru": "отменено: {change}", "en": "undone: {change}"},
    "undo.nothing": {"kk": "қайтаратын ештеңе жоқ", "ru": "отменять нечего", "en": "nothing to be undone"},
    "redo.done": {"kk": "қалпына келтірілді: {change}", "ru": "возвращено: {change}", "en": "done again: {change}"},
    "redo.nothing": {
        "kk": "қалпына келтіретін ештеңе жоқ",
        "ru": "возвращать нечего",
        "en": "nothing to be done again",
    },
    # ---- ledger ----
    "ledger.paired": {"kk": "жұпталған", "ru": "в паре", "en": "paired"},
    "ledger.waiting": {"kk": "күтуде", "ru": "ждёт", "en": "waiting"},
    "ledger.skipped": {"kk": "өткізіп жіберілген", "ru": "пропущен", "en": "skipped"},
    "ledger.copy": {"kk": "көшірме", "ru": "копия", "en": "copy"},
    "ledger.gone": {"kk": "жоғалған", "ru": "исчез", "en": "gone"},
    "ledger.matched": {"kk": "сыңары бар", "ru": "пара есть", "en": "matched"},
    "ledger.new": {"kk": "жаңа", "ru": "новый", "en": "new"},
    "ledger.count": {"kk": "{state} {count}", "ru": "{state}: {count}", "en": "{count} {state}"},
    "ledger.nothing": {"kk": "ештеңе жоқ", "ru": "ничего нет", "en": "nothing"},
    # ---- lookup ----
    "match.context": {"kk": "мәнмәтіні де бірдей", "ru": "и контекст тот же", "en": "context"},
    "match.exact": {"kk": "дәл", "ru": "точное", "en": "exact"},
    "match.fuzzy": {"kk": "ұқсас", "ru": "похожее", "en": "fuzzy"},
    "match.semantic": {"kk": "мағынасы бойынша", "ru": "по смыслу", "en": "semantic"},
    "match.score": {"kk": "баға {score}", "ru": "оценка {score}", "en": "score {score}"},
    "match.numbers": {"kk": "сандар: {numbers}", "ru": "числа: {numbers}", "en": "numbers: {numbers}"},
    # ---- pretranslate ----
    "pretranslated": {
        "kk": "{n} сегмент: {kinds}",
        "ru": {
            "one": "{n} сегмент: {kinds}",
            "few": "{n} сегмента: {kinds}",
            "many": "{n} сегментов: {kinds}",
            "other": "{n} сегмента: {kinds}",
        },
        "en": "{n} segments: {kinds}",
    },
    "pretranslated.context": {
        "kk": "мәнмәтінімен {count}",
        "ru": "с тем же контекстом {count}",
        "en": "{count} context",
    },
    "pretranslated.exact": {"kk": "дәл {count}", "ru": "точных {count}", "en": "{count} exact"},
    "pretranslated.fuzzy": {"kk": "ұқсас {count}", "ru": "похожих {count}", "en": "{count} fuzzy"},
    "pretranslated.semantic": {"kk": "мағынасы бойынша {count}", "ru": "по смыслу {count}", "en": "{count} semantic"},
    "pretranslated.none": {"kk": "табылмағаны {count}", "ru": "без совпадений {count}", "en": "{count} none"},
    # ---- the tokens of serve ----
    "token.made.write": {
        "kk": "{name} кілті, жадқа қоса алады; қайта көрсетілмейді",
        "ru": "ключ {name}, с правом добавлять в память; больше он не будет показан",
        "en": "the token of {name}, which may add to the memory; it is not shown again",
    },
    "token.made.read": {
        "kk": "{name} кілті, жадты тек оқи алады; қайта көрсетілмейді",
        "ru": "ключ {name}, только для чтения памяти; больше он не будет показан",
        "en": "the token of {name}, which may read the memory; it is not shown again",
    },
    "token.kept": {
        "kk": "{path} файлында дайджест болып сақталды",
        "ru": "хранится в виде дайджеста в {path}",
        "en": "kept as a digest in {path}",
    },
    "token.revoked": {
        "kk": "{name} кілті қайтарып алынды",
        "ru": "ключ {name} отозван",
        "en": "the token of {name} is taken back",
    },
    "token.adds": {"kk": "қосады", "ru": "добавляет", "en": "adds"},
    "token.reads": {"kk": "оқиды", "ru": "читает", "en": "reads"},
}
