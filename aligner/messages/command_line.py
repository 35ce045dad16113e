"""The texts of the command line: summaries, progress, what to do next.

The English ones are what earlier versions said, to the letter: scripts may read them.
"""

from __future__ import annotations

from aligner.messages.catalogue import Catalogue

__all__ = ["COMMAND_LINE"]

COMMAND_LINE: Catalogue = {
    # ---- what was read and paired ----
    "read.documents": {
        "kk": "оқылды: {n} құжат ({languages})",
        "ru": {
            "one": "прочитан {n} документ ({languages})",
            "few": "прочитано: {n} документа ({languages})",
            "many": "прочитано: {n} документов ({languages})",
            "other": "прочитано: {n} документа ({languages})",
        },
        "en": {"one": "read: {n} document ({languages})", "other": "read: {n} documents ({languages})"},
    },
    "read.only_aligned": {
        "kk": "оқылды: тек бұрыннан сәйкестендірілгені",
        "ru": "прочитано: только то, что уже сопоставлено",
        "en": "read: only what is aligned already",
    },
    "read.nothing": {
        "kk": "оқылды: қазақша да, орысша да құжат жоқ",
        "ru": "прочитано: ни одного документа на казахском или русском",
        "en": "read: no Kazakh or Russian document",
    },
    "read.new": {"kk": "{n} жаңа", "ru": "новых: {n}", "en": "{n} new"},
    "read.changed": {"kk": "{n} өзгерген", "ru": "изменённых: {n}", "en": "{n} changed"},
    "read.unchanged": {"kk": "{n} өзгермеген", "ru": "прежних: {n}", "en": "{n} unchanged"},
    "batch.continued": {
        "kk": "алдыңғы жұмыс үзілген жерінен жалғасты",
        "ru": "работа продолжена с места, где прервалась прежняя",
        "en": "went on where an earlier run was cut off",
    },
    "batch.redone": {
        "kk": "кодтағыш не Qostil өзгергендіктен қайта өңделді: {n}",
        "ru": "обработано заново, так как сменился кодировщик или Qostil: {n}",
        "en": "worked on again, for the encoder or Qostil is another one: {n}",
    },
    "paired": {
        "kk": "жұпталды: {n} құжат жұбы",
        "ru": {
            "one": "найдена {n} пара документов",
            "few": "найдено: {n} пары документов",
            "many": "найдено: {n} пар документов",
            "other": "найдено: {n} пары документов",
        },
        "en": {"one": "paired: {n} document pair", "other": "paired: {n} document pairs"},
    },
    "paired.known": {
        "kk": "оның {n} жұбы жадта бар",
        "ru": "из них уже известны памяти: {n}",
        "en": "{n} of them known to the memory",
    },
    "aligned_already": {
        "kk": "бұрыннан сәйкестендірілген: {pairs}, {files}",
        "ru": "уже сопоставлено: {pairs} в {files}",
        "en": "aligned already: {pairs} in {files}",
    },
    "alone": {
        "kk": "сыңары жоқ: {n} құжат ({languages})",
        "ru": {
            "one": "без пары: {n} документ ({languages})",
            "few": "без пары: {n} документа ({languages})",
            "many": "без пары: {n} документов ({languages})",
            "other": "без пары: {n} документа ({languages})",
        },
        "en": {
            "one": "no counterpart: {n} document ({languages})",
            "other": "no counterpart: {n} documents ({languages})",
        },
    },
    "alone.nearest": {
        "kk": "ең жақыны: {name}, {score}",
        "ru": "ближайший: {name}, {score}",
        "en": "nearest: {name}, {score}",
    },
    "waiting": {
        "kk": "алдыңғы топтамалардан сыңарын күтіп тұр: {n} құжат",
        "ru": {
            "one": "ждёт пары из прежних партий: {n} документ",
            "few": "ждут пары из прежних партий: {n} документа",
            "many": "ждут пары из прежних партий: {n} документов",
            "other": "ждут пары из прежних партий: {n} документа",
        },
        "en": {
            "one": "waiting for a counterpart from earlier batches: {n} document",
            "other": "waiting for a counterpart from earlier batches: {n} documents",
        },
    },
    "skipped": {"kk": "өткізіп жіберілгені: {n}", "ru": "пропущено: {n}", "en": "skipped: {n}"},
    "and_more": {
        "kk": "… және тағы {n}, толық тізімі --json арқылы",
        "ru": "… и ещё {n}, весь список даёт --json",
        "en": "… and {n} more, listed by --json",
    },
    # ---- what was aligned ----
    "sentences": {
        "kk": "сөйлемдер: қазақша {kk}, орысша {ru}",
        "ru": "предложения: казахских {kk}, русских {ru}",
        "en": "sentences: {kk} Kazakh, {ru} Russian",
    },
    "segments": {
        "kk": "{kk} қазақша және {ru} орысша сегмент → {units}",
        "ru": "сегментов казахских {kk} и русских {ru} → {units}",
        "en": "{kk} Kazakh and {ru} Russian segments → {units}",
    },
    "beads": {"kk": "сәйкестіктер: {shapes}", "ru": "соответствия: {shapes}", "en": "beads: {shapes}"},
    "doubtful": {
        "kk": "күмәнді (бағасы {below} шегінен төмен): {count}",
        "ru": "под вопросом (ниже {below}): {count}",
        "en": "doubtful (below {below}): {count}",
    },
    "doubtful.share": {
        "kk": "күмәнді (бағасы {below} шегінен төмен): {units} ішінен {count} ({share})",
        "ru": "под вопросом (ниже {below}): {count} из {units} ({share})",
        "en": "doubtful (below {below}): {count} of {units} ({share})",
    },
    "left_out": {
        "kk": "алынбады, {reason}: {text}",
        "ru": "отброшено, {reason}: {text}",
        "en": "left out, {reason}: {text}",
    },
    "left_out.language": {
        "kk": "тіліне қарай алынбаған сөйлемдер: {n} (тізімі --json арқылы)",
        "ru": "предложения, отброшенные из-за языка: {n} (список даёт --json)",
        "en": "sentences left out because of their language: {n} (listed by --json)",
    },
    "memory": {
        "kk": "жад: {name} ({pairs}, {units}; қосылғаны {added}, алынғаны {removed})",
        "ru": "память: {name} ({units}, {pairs}; добавлено {added}, убрано {removed})",
        "en": "memory: {name} ({units} from {pairs}; {added} new, {removed} removed)",
    },
    "output": {"kk": "нәтиже: {name} ({units})", "ru": "результат: {name} ({units})", "en": "output: {name} ({units})"},
    "output.withheld": {
        "kk": "нәтиже: {name} ({units}; --min-score бойынша сенімділігі төмен {n} бірлік жазылмады)",
        "ru": {
            "one": "результат: {name} ({units}; {n} менее надёжная не записана из-за --min-score)",
            "few": "результат: {name} ({units}; {n} менее надёжные не записаны из-за --min-score)",
            "many": "результат: {name} ({units}; {n} менее надёжных не записано из-за --min-score)",
            "other": "результат: {name} ({units}; {n} менее надёжной не записано из-за --min-score)",
        },
        "en": {
            "one": "output: {name} ({units}; {n} less certain one withheld by --min-score)",
            "other": "output: {name} ({units}; {n} less certain ones withheld by --min-score)",
        },
    },
    "written_to": {"kk": "{name} файлына жазылды", "ru": "записано в {name}", "en": "written to {name}"},
    "swapped": {
        "kk": "{kk} — орысша, {ru} — қазақша: орындары ауыстырылып алынды",
        "ru": "{kk} на русском, а {ru} на казахском: взяты наоборот",
        "en": "{kk} is Russian and {ru} is Kazakh: taken the other way round",
    },
    # ---- counted things ----
    "units": {
        "kk": "{n} бірлік",
        "ru": {"one": "{n} единица", "few": "{n} единицы", "many": "{n} единиц", "other": "{n} единицы"},
        "en": {"one": "{n} unit", "other": "{n} units"},
    },
    "pairs": {
        "kk": "{n} жұп",
        "ru": {"one": "{n} пара", "few": "{n} пары", "many": "{n} пар", "other": "{n} пары"},
        "en": {"one": "{n} pair", "other": "{n} pairs"},
    },
    "in_files": {
        "kk": "{n} файлда",
        "ru": {"one": "{n} файле", "few": "{n} файлах", "many": "{n} файлах", "other": "{n} файлах"},
        "en": {"one": "{n} file", "other": "{n} files"},
    },
    "of_units": {
        "kk": "{n} бірлік",
        "ru": {"one": "{n} единицы", "few": "{n} единиц", "many": "{n} единиц", "other": "{n} единицы"},
        "en": {"one": "{n} unit", "other": "{n} units"},
    },
    # ---- inspect ----
    "inspect.source": {"kk": "дереккөз", "ru": "источник", "en": "source"},
    "inspect.language": {"kk": "тіл", "ru": "язык", "en": "lang"},
    "inspect.date": {"kk": "күні", "ru": "дата", "en": "date"},
    "inspect.paragraphs": {"kk": "азат жол", "ru": "абзацы", "en": "paragraphs"},
    "inspect.segments": {"kk": "сегмент", "ru": "сегменты", "en": "segments"},
    "inspect.title": {"kk": "тақырып не себеп", "ru": "заголовок или причина", "en": "title or reason"},
    "inspect.skipped": {"kk": "өткізіп жіберілді: {reason}", "ru": "пропущен: {reason}", "en": "skipped: {reason}"},
    "inspect.unread": {"kk": "оқылмады", "ru": "не прочитано", "en": "unread"},
    "inspect.total": {
        "kk": "{n} құжат{languages}, өткізіп жіберілгені {skipped}",
        "ru": {
            "one": "{n} документ{languages}, пропущено {skipped}",
            "few": "{n} документа{languages}, пропущено {skipped}",
            "many": "{n} документов{languages}, пропущено {skipped}",
            "other": "{n} документа{languages}, пропущено {skipped}",
        },
        "en": {
            "one": "{n} document{languages}, {skipped} skipped",
            "other": "{n} documents{languages}, {skipped} skipped",
        },
    },
    # ---- mine ----
    "mine.sentences.kk": {
        "kk": "қазақша сөйлемдер: {count}",
        "ru": "казахских предложений: {count}",
        "en": "Kazakh sentences: {count}",
    },
    "mine.sentences.ru": {
        "kk": "орысша сөйлемдер: {count}",
        "ru": "русских предложений: {count}",
        "en": "Russian sentences: {count}",
    },
    "mine.set_aside": {
        "kk": "оның ішінде алынбағаны: {count} ({reasons})",
        "ru": "из них отложено {count} ({reasons})",
        "en": "{count} of them set aside ({reasons})",
    },
    "mine.approximate": {
        "kk": "{language} жағында жуықтап ізделді: іріктемеде ең жақын сөйлемдердің {at_1}-ы, ең жақын 16-ның {at_k}-ы "
        "табылды (қаралған ұяшықтар: {probes}, барлығы {cells})",
        "ru": "приближённый поиск, {language}: в выборке найдено {at_1} ближайших предложений и {at_k} из 16 ближайших "
        "(просмотрено ячеек: {probes} из {cells})",
        "en": "approximate search for {language}: in a sample it found {at_1} of the nearest sentences, "
        "{at_k} of the 16 nearest ({probes} of {cells} cells)",
    },
    "mine.exact": {"kk": "іздеу: дәл", "ru": "поиск: точный", "en": "search: exact"},
    "mine.identical": {
        "kk": "алынбады, екі жағы бірдей мәтін: {count}",
        "ru": "отброшено, один и тот же текст с обеих сторон: {count}",
        "en": "left out, the same text on both sides: {count}",
    },
    "mine.pairs": {
        "kk": "бағасы {least} не одан жоғары жұптар: {count}, ішінде күмәндісі ({below} шегінен төмен): {doubtful}",
        "ru": "пар с оценкой {least} и выше: {count}, из них под вопросом (ниже {below}): {doubtful}",
        "en": "pairs: {count} with a score of {least} or more, {doubtful} of them doubtful (below {below})",
    },
    # ---- memory ----
    "memory.new_units": {
        "kk": "{n} жаңа бірлік",
        "ru": {
            "one": "{n} новая единица",
            "few": "{n} новые единицы",
            "many": "{n} новых единиц",
            "other": "{n} новой единицы",
        },
        "en": {"one": "{n} new unit", "other": "{n} new units"},
    },
    "memory.known": {"kk": "бұрыннан бары {count}", "ru": "уже были: {count}", "en": "{count} known before"},
    "memory.left_out": {
        "kk": "алынбады: {reason} — {count}",
        "ru": "отброшено: {reason} — {count}",
        "en": "left out: {count} {reason}",
    },
    "memory.written": {
        "kk": "{units} {name} файлына жазылды",
        "ru": "{units} → {name}",
        "en": "{units} written to {name}",
    },
    "memory.merged": {
        "kk": "{units} басқаларымен біріктірілді; қалғаны {left}",
        "ru": "{units}: слито с другими; осталось {left}",
        "en": "{units} merged into others; {left} left",
    },
    "memory.no_changes": {"kk": "өзгеріс жоқ", "ru": "изменений нет", "en": "no changes"},
    "memory.in_order": {
        "kk": "бәрі орнында: {documents} құжат, {pairs} жұп, {units} бірлік",
        "ru": "всё в порядке: документов {documents}, пар {pairs}, единиц {units}",
        "en": "in order: {documents} documents, {pairs} pairs, {units} units",
    },
    "lookup.none": {"kk": "сәйкестік жоқ", "ru": "совпадений нет", "en": "no match"},
    "concordance.none": {"kk": "табылмады", "ru": "не найдено", "en": "not found"},
    # ---- other commands ----
    "encode.done": {
        "kk": "{name}: {dimensions} өлшемді {count} вектор",
        "ru": "{name}: векторов {count}, измерений {dimensions}",
        "en": "{name}: {count} vectors of {dimensions} dimensions",
    },
    "encoders.size": {"kk": "{megabytes} МБ", "ru": "{megabytes} МБ", "en": "{megabytes} MB"},
    "review.reachable": {
        "kk": "осы мекенжайды біліп, {host} торабына жеткен адам жадты өзгерте алады; дерек шифрланбай жүреді",
        "ru": "кто знает этот адрес и достаёт до {host}, может менять память; данные идут без шифрования",
        "en": "whoever knows this address and reaches {host} can change the memory; it travels unencrypted",
    },
    "review.open": {
        "kk": "осы мекенжайды браузерде ашыңыз; Ctrl-C тоқтатады, бәрі онсыз да сақталған",
        "ru": "откройте этот адрес в браузере; Ctrl-C завершает, всё уже сохранено",
        "en": "open this address in a browser; Ctrl-C ends it, and everything is saved already",
    },
    "serve.reachable": {
        "kk": "{host} торабына жеткен кез келген адам бұл жадты оқи алады; --private қосылса, оқуға да кілт сұралады",
        "ru": "кто достаёт до {host}, может читать эту память; с --private для чтения тоже нужен ключ",
        "en": "whoever reaches {host} can read this memory; --private asks for a token to read as well",
    },
    "serve.serving": {
        "kk": "{place} мына мекенжайда беріліп тұр: {address}; Ctrl-C тоқтатады",
        "ru": "{place} доступна по адресу {address}; Ctrl-C завершает",
        "en": "serving {place} at {address}; Ctrl-C ends it",
    },
    "report.told": {
        "kk": "құжат жұптары: {pairs}; сыңары жоғы: {alone}; өткізіп жіберілгені: {skipped}",
        "ru": "пар документов: {pairs}; без пары: {alone}; пропущено: {skipped}",
        "en": "document pairs: {pairs}; without a counterpart: {alone}; skipped: {skipped}",
    },
    "report.told_pairs": {
        "kk": "сөйлем жұптары: {count}, оның ішінде тексеретіні: {check}",
        "ru": "пар предложений: {count}, из них проверить: {check}",
        "en": "sentence pairs: {count}, {check} of them to check",
    },
    "terms.done": {
        "kk": "{name} файлына {count} термин жазылды; бағасы {least} шегінен төмен {withheld} термин алынбады",
        "ru": "терминов в {name}: {count}; не записано с оценкой ниже {least}: {withheld}",
        "en": "{count} terms written to {name}; {withheld} below {least} withheld",
    },
    # ---- progress ----
    "progress.starting": {"kk": "басталып жатыр", "ru": "начинаю", "en": "starting"},
    "progress.reading": {"kk": "оқылуда", "ru": "чтение", "en": "reading"},
    "progress.encoding": {"kk": "кодталуда", "ru": "кодирование", "en": "encoding"},
    "progress.pairing": {"kk": "жұпталуда", "ru": "поиск пар", "en": "pairing"},
    "progress.aligning": {"kk": "сәйкестендірілуде", "ru": "сопоставление", "en": "aligning"},
    "progress.judging": {"kk": "бағалануда", "ru": "оценка", "en": "judging"},
    "progress.writing": {"kk": "жазылуда", "ru": "запись", "en": "writing"},
    "progress.indexing": {"kk": "көрсеткіш құрылуда", "ru": "построение указателя", "en": "indexing"},
    "progress.searching": {"kk": "ізделуде", "ru": "поиск", "en": "searching"},
    "progress.segmenting": {"kk": "сегменттелуде", "ru": "деление на предложения", "en": "segmenting"},
    "progress.sifting": {"kk": "іріктелуде", "ru": "отсев", "en": "sifting"},
    "progress.comparing": {"kk": "салыстырылуда", "ru": "сравнение", "en": "comparing"},
    "progress.importing": {"kk": "енгізілуде", "ru": "импорт", "en": "importing"},
    "progress.undoing": {"kk": "қайтарылуда", "ru": "отмена", "en": "undoing"},
    "progress.doing again": {"kk": "қалпына келтірілуде", "ru": "возврат", "en": "doing again"},
    "progress.looking up": {"kk": "жадтан ізделуде", "ru": "поиск в памяти", "en": "looking up"},
    "progress.pages": {"kk": "беттер", "ru": "страницы", "en": "pages"},
    "stopped": {
        "kk": "тоқтатылды; біткені сақталды, сол пәрмен қайта берілсе, жалғасады",
        "ru": "остановлено; готовое сохранено, та же команда продолжит с этого места",
        "en": "stopped; what was finished is kept, and the same command goes on from there",
    },
    # ---- errors and wrong usage ----
    "error": {"kk": "қате: {text}", "ru": "ошибка: {text}", "en": "error: {text}"},
    "usage.more": {"kk": "Толығырақ: {command}", "ru": "Подробнее: {command}", "en": "More: {command}"},
    "usage.missing_argument": {
        "kk": "{name} көрсетілмеген",
        "ru": "не указано: {name}",
        "en": "Missing argument {name}.",
    },
    "usage.missing_option": {
        "kk": "{name} опциясы көрсетілмеген",
        "ru": "не указан параметр {name}",
        "en": "Missing option {name}.",
    },
    "usage.no_option": {
        "kk": "{name} деген опция жоқ",
        "ru": "нет параметра {name}",
        "en": "No such option: {name}",
    },
    "usage.maybe": {"kk": "мынау емес пе: {names}", "ru": "может быть, {names}", "en": "did you mean {names}?"},
    "usage.bad_value": {
        "kk": "{name} мәні жарамайды: {problem}",
        "ru": "{name}: значение не подходит: {problem}",
        "en": "Invalid value for {name}: {problem}",
    },
    "usage.needs_value": {
        "kk": "{name} мән талап етеді",
        "ru": "для {name} нужно значение",
        "en": "Option {name} requires an argument.",
    },
    "usage.missing_command": {"kk": "пәрмен көрсетілмеген", "ru": "не указана команда", "en": "Missing command."},
    "usage.extra": {
        "kk": "артық аргумент: {names}",
        "ru": "лишний аргумент: {names}",
        "en": "Got unexpected extra argument ({names})",
    },
    "usage.no_command": {
        "kk": "{name} деген пәрмен жоқ",
        "ru": "нет команды {name}",
        "en": "No such command {name}.",
    },
    "usage.did_you_mean": {
        "kk": "Мынау емес пе: {command}",
        "ru": "Может быть: {command}",
        "en": "Did you mean: {command}",
    },
    "usage.folder": {
        "kk": "{name} — пәрмен емес, қалта. Ішіндегісінен аударма жадын жасау үшін: {command}",
        "ru": "{name} — это папка, а не команда. Чтобы сделать из неё память переводов: {command}",
        "en": "{name} is a folder, not a command. To make a memory of what is in it: {command}",
    },
    "usage.file": {
        "kk": "{name} — пәрмен емес, файл. Былай көріңіз: {command}",
        "ru": "{name} — это файл, а не команда. Попробуйте: {command}",
        "en": "{name} is a file, not a command. Try: {command}",
    },
    "usage.eaten_quote": {
        "kk": "Windows-та жабылатын тырнақшаның алдына кері қиғаш сызық қоймаңыз: {path}",
        "ru": "В Windows не ставьте обратную косую черту перед закрывающей кавычкой: {path}",
        "en": "On Windows, put no backslash before the closing quotation mark: {path}",
    },
    "usage.flag_value": {
        "kk": "{name} мән алмайды",
        "ru": "{name} не принимает значения",
        "en": "{name} takes no value",
    },
    "value.number": {"kk": "сан керек", "ru": "нужно число", "en": "it must be a number"},
    "value.integer": {"kk": "бүтін сан керек", "ru": "нужно целое число", "en": "it must be a whole number"},
    "value.most": {"kk": "ең көбі {most} болуы керек", "ru": "не больше {most}", "en": "it must be {most} or less"},
    "value.least": {"kk": "кемінде {least} болуы керек", "ru": "не меньше {least}", "en": "it must be {least} or more"},
    "value.range": {"kk": "{range} болуы керек", "ru": "нужно {range}", "en": "it must be {range}"},
    "value.choice": {
        "kk": "{value} деген жоқ; барлары: {known}",
        "ru": "{value} нет среди {known}",
        "en": "{value} is not one of {known}",
    },
    "value.date": {
        "kk": "{value} күн емес; былай жазыңыз: 2025-03-14",
        "ru": "{value} — не дата; пишите так: 2025-03-14",
        "en": "{value} is no date; write it like 2025-03-14",
    },
    "value.unreadable": {
        "kk": "{path} оқуға рұқсат жоқ; рұқсаттарын тексеріңіз",
        "ru": "нет прав на чтение {path}; проверьте права",
        "en": "{path} may not be read; check its permissions",
    },
    "usage.options": {"kk": "[ОПЦИЯЛАР]", "ru": "[ПАРАМЕТРЫ]", "en": "[OPTIONS]"},
    "usage.command": {"kk": "ПӘРМЕН", "ru": "КОМАНДА", "en": "COMMAND"},
    "usage.arguments": {"kk": "[АРГУМЕНТТЕР]...", "ru": "[АРГУМЕНТЫ]...", "en": "[ARGS]..."},
    "interrupted": {"kk": "тоқтатылды", "ru": "остановлено", "en": "stopped"},
    "system_error.name": {
        "kk": "{problem}; қысқарақ ат беріңіз",
        "ru": "{problem}; дайте имя покороче",
        "en": "{problem}; give a shorter name",
    },
    "system_error": {
        "kk": "{problem}; диск пен рұқсаттарды тексеріп, қайталаңыз",
        "ru": "{problem}; проверьте диск и права и повторите",
        "en": "{problem}; check the disk and the permissions, and try again",
    },
    # ---- nothing given ----
    "welcome.what": {
        "kk": "Qostil қазақша және орысша мәтіндерден аударма жадын жасайды. Мәтіндеріңіз осы компьютерден шықпайды.",
        "ru": "Qostil делает из казахских и русских текстов память переводов. Всё остаётся на этой машине.",
        "en": "Qostil makes a translation memory of Kazakh and Russian texts. Everything stays on this machine.",
    },
    "welcome.batch": {
        "kk": "Екі тілдегі файлдар аралас жатқан қалтадан бастаңыз:",
        "ru": "Начните с папки, где файлы на обоих языках лежат как угодно:",
        "en": "Start with a folder that holds files in both languages, in any mix:",
    },
    "welcome.review": {
        "kk": "Сосын күмәнді жерлерін браузерде түзетіңіз:",
        "ru": "Потом поправьте сомнительное в браузере:",
        "en": "Then mend what is doubtful, in your browser:",
    },
    "welcome.align": {"kk": "Екі файл ғана болса:", "ru": "Если файлов всего два:", "en": "For two files only:"},
    "welcome.doctor": {"kk": "Бәрі орнында ма:", "ru": "Всё ли на месте:", "en": "Is everything in place:"},
    "welcome.help": {"kk": "Барлық пәрмендер:", "ru": "Все команды:", "en": "All commands:"},
    "welcome.folder": {"kk": "ҚАЛТА", "ru": "ПАПКА", "en": "FOLDER"},
    # ---- headings of --help ----
    "help.usage": {"kk": "Қолданылуы:", "ru": "Использование:", "en": "Usage:"},
    "help.arguments": {"kk": "Аргументтер", "ru": "Аргументы", "en": "Arguments"},
    "help.options": {"kk": "Опциялар", "ru": "Параметры", "en": "Options"},
    "help.commands": {"kk": "Пәрмендер", "ru": "Команды", "en": "Commands"},
    "help.example": {"kk": "Мысал", "ru": "Пример", "en": "Example"},
    "help.required": {"kk": "[міндетті]", "ru": "[обязательно]", "en": "[required]"},
    "help.default": {"kk": "[әдепкі: {}]", "ru": "[по умолчанию: {}]", "en": "[default: {}]"},
    "help.variable": {"kk": "[айнымалы: {}]", "ru": "[переменная: {}]", "en": "[env var: {}]"},
}
