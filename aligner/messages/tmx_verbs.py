"""What `qostil tmx` prints, by its English wording, which stands at the commands themselves."""

from __future__ import annotations

from aligner.messages.catalogue import Catalogue

__all__ = ["TMX_VERBS"]

# English, Russian, Kazakh.
_TEXTS: tuple[tuple[str, str, str], ...] = (
    ("error: {text}", "ошибка: {text}", "қате: {text}"),
    ("skipped: {text}", "пропущено: {text}", "өткізіп жіберілді: {text}"),
    ("line {number}", "строка {number}", "{number}-жол"),
    ("unit {number}", "единица {number}", "{number}-бірлік"),
    ("  {file}: {rule}: {count} more", "  {file}: {rule}: и ещё {count}", "  {file}: {rule}: тағы {count}"),
    ("{file}: findings: {count}", "{file}: находок: {count}", "{file}: табылғаны: {count}"),
    ("{file}: nothing found", "{file}: замечаний нет", "{file}: ескерту жоқ"),
    (
        "{read} units read, {written} written; {duplicates} duplicates, {conflicts} conflicts decided",
        "единиц прочитано: {read}, записано: {written}; повторов: {duplicates}, решено расхождений: {conflicts}",
        "оқылған бірлік: {read}, жазылғаны: {written}; қайталанғаны: {duplicates}, шешілген қайшылық: {conflicts}",
    ),
    (
        "{added} added, {removed} removed, {changed} changed",
        "добавлено: {added}, убрано: {removed}, изменено: {changed}",
        "қосылғаны: {added}, алынғаны: {removed}, өзгергені: {changed}",
    ),
    (
        "{read} units read, {written} written",
        "единиц прочитано: {read}, записано: {written}",
        "оқылған бірлік: {read}, жазылғаны: {written}",
    ),
    ("  {reason}: {count} units", "  {reason}: единиц {count}", "  {reason}: {count} бірлік"),
    (
        "  {reason}: {count} single variants",
        "  {reason}: отдельных вариантов {count}",
        "  {reason}: {count} жеке нұсқа",
    ),
    (
        "{file}: TMX {version}, {encoding}, by {tool}",
        "{file}: TMX {version}, {encoding}, создан в {tool}",
        "{file}: TMX {version}, {encoding}, жасаған {tool}",
    ),
    (
        "units: {units}, {with_tuid} with tuid, {with_inline} with inline tags",
        "единиц: {units}, с tuid: {with_tuid}, с разметкой внутри: {with_inline}",
        "бірліктер: {units}, tuid бары: {with_tuid}, ішінде белгісі бары: {with_inline}",
    ),
    (
        "duplicates: {duplicates}; other translations of the same text: {ambiguous}",
        "повторов: {duplicates}; других переводов того же текста: {ambiguous}",
        "қайталанғаны: {duplicates}; сол мәтіннің басқа аудармалары: {ambiguous}",
    ),
    ("dates: {first} to {last}", "даты: с {first} по {last}", "күндері: {first} – {last}"),
    ("{code} (source)", "{code} (оригинал)", "{code} (түпнұсқа)"),
    (
        "{language}: {segments} segments, {empty} empty, {words} words, {characters} characters;"
        " length {lengths} (shortest/median/95 %/longest)",
        "{language}: сегментов {segments}, пустых {empty}, слов {words}, знаков {characters};"
        " длина {lengths} (наименьшая/медиана/95 %/наибольшая)",
        "{language}: {segments} сегмент, бос {empty}, {words} сөз, {characters} таңба;"
        " ұзындығы {lengths} (ең қысқасы/медиана/95 %/ең ұзыны)",
    ),
    ("prop {kind}: {count}", "свойство {kind}: {count}", "қасиет {kind}: {count}"),
    ("inline {name}: {count}", "разметка {name}: {count}", "ішкі белгі {name}: {count}"),
    ("notes: {count}", "примечаний: {count}", "ескертпелер: {count}"),
    (
        "{read} units read, {written} written, {untranslated} untranslated",
        "единиц прочитано: {read}, записано: {written}, без перевода: {untranslated}",
        "оқылған бірлік: {read}, жазылғаны: {written}, аудармасызы: {untranslated}",
    ),
    (
        "{written} of {read} units written",
        "записано единиц: {written} из {read}",
        "{read} бірліктің {written} жазылды",
    ),
    (
        "{written} units written with the source {language}, {left} without it left out",
        "записано единиц: {written}, язык оригинала {language}; без него отброшено: {left}",
        "{written} бірлік жазылды, түпнұсқа тілі — {language}; онсыз алынбағаны: {left}",
    ),
    (
        "{written} units written with the source {language}",
        "записано единиц: {written}, язык оригинала {language}",
        "{written} бірлік жазылды, түпнұсқа тілі — {language}",
    ),
)

TMX_VERBS: Catalogue = {en: {"kk": kk, "ru": ru, "en": en} for en, ru, kk in _TEXTS}
