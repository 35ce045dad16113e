"""What the readers say in English of files that can't be read, and of how to mend them.

As in `reasons.py`, the English wording is looked up word for word, but for what stands in braces.
"""

from __future__ import annotations

from aligner.messages.catalogue import Language

__all__ = ["FILE_ERRORS"]

# English, Russian, Kazakh.
_TEXTS: tuple[tuple[str, str, str], ...] = (
    # ---- packed files ----
    (
        "holds {count} files, more than {most}",
        "файлов в нём {count}, больше {most}",
        "ішінде {count} файл бар, ең көбі {most} оқылады",
    ),
    ("unpacks to more than {most} bytes", "распаковывается больше чем в {most} байт", "ашылғанда {most} байттан асады"),
    ("holds more than {most} records", "записей больше {most}", "ішінде {most} жазбадан көп"),
    ("check how it was saved", "проверьте, как он был сохранён", "қалай сақталғанын тексеріңіз"),
    ("is an archive in {depth} others", "архив внутри {depth} других", "{depth} мұрағаттың ішіндегі мұрағат"),
    (
        "is refused as a zip bomb: it unpacks to {count} bytes",
        "отклонён как zip-бомба: распаковывается в {count} байт",
        "zip-бомба деп қабылданбады: ашылғанда {count} байт",
    ),
    (
        "is refused as a zip bomb: it holds {count} parts",
        "отклонён как zip-бомба: частей в нём {count}",
        "zip-бомба деп қабылданбады: {count} бөлігі бар",
    ),
    (
        "is refused as a zip bomb: the part unpacks to {count} bytes",
        "отклонён как zip-бомба: часть распаковывается в {count} байт",
        "zip-бомба деп қабылданбады: бір бөлігі ашылғанда {count} байт",
    ),
    (
        "is refused as a zip bomb: the part is packed {times} to 1",
        "отклонён как zip-бомба: часть сжата в {times} раз",
        "zip-бомба деп қабылданбады: бір бөлігі {times} есе қысылған",
    ),
    (
        "is refused: a part of it unpacks to {count} bytes",
        "отклонён: одна из частей распаковывается в {count} байт",
        "қабылданбады: бір бөлігі ашылғанда {count} байт",
    ),
    # ---- catalogues and files of units ----
    ("holds no translated message", "нет ни одного переведённого сообщения", "аударылған хабарлама жоқ"),
    ("give a catalogue with translations", "дайте каталог с переводами", "аудармасы бар каталог беріңіз"),
    (
        "is no catalogue between Kazakh and Russian",
        "это не каталог между казахским и русским",
        "қазақша мен орысша арасындағы каталог емес",
    ),
    (
        "give one whose msgid is one of them",
        "дайте такой, где msgid на одном из них",
        "msgid сол екеуінің бірінде болатынын беріңіз",
    ),
    (
        "has no unit in Kazakh and Russian",
        "нет ни одной единицы на казахском и русском",
        "қазақша да, орысша да бірлік жоқ",
    ),
    ("give one in both languages", "дайте такой, где есть оба языка", "екі тілі де барын беріңіз"),
    (
        "`qostil tmx validate` says more",
        "подробнее скажет `qostil tmx validate`",
        "толығын `qostil tmx validate` айтады",
    ),
    (
        "`qostil tmx validate` says more of a TMX",
        "о TMX подробнее скажет `qostil tmx validate`",
        "TMX туралы толығын `qostil tmx validate` айтады",
    ),
    ("`msgfmt --check` says more", "подробнее скажет `msgfmt --check`", "толығын `msgfmt --check` айтады"),
    ("save it as XLIFF 1.2 or TMX", "сохраните как XLIFF 1.2 или TMX", "XLIFF 1.2 не TMX етіп сақтаңыз"),
    ("has no suffix of a file of pairs", "по расширению это не файл пар", "кеңейтімі жұптар файлынікі емес"),
    ("there are {names}", "есть {names}", "барлары: {names}"),
    ("the row has no two columns", "в строке нет двух столбцов", "жолда екі баған жоқ"),
    ("each row is kk, then ru", "в каждой строке сначала kk, потом ru", "әр жолда алдымен kk, сосын ru"),
    (
        "the files .kk and .ru have different numbers of lines",
        "в файлах .kk и .ru разное число строк",
        ".kk мен .ru файлдарының жол саны бөлек",
    ),
    (
        "is no JSON object with the keys kk and ru",
        "это не объект JSON с ключами kk и ru",
        "kk және ru кілттері бар JSON нысаны емес",
    ),
    (
        "is no Parquet file that can be read: {error}",
        "файл Parquet не читается: {error}",
        "Parquet файлы оқылмайды: {error}",
    ),
    ("is no CSV that can be read: {error}", "CSV не читается: {error}", "CSV оқылмайды: {error}"),
    (
        "has a quotation mark that opens a cell and does not close it",
        "есть кавычка, которая открывает ячейку и не закрывает её",
        "ұяшықты ашып, жаппаған тырнақша бар",
    ),
    (
        "double the marks inside a cell, or save it as .xlsx",
        "удвойте кавычки внутри ячейки или сохраните как .xlsx",
        "ұяшық ішіндегі тырнақшаларды қосарлаңыз немесе .xlsx етіп сақтаңыз",
    ),
    (
        "a cell in quotation marks doubles those inside it and is closed; save the table again",
        "ячейка в кавычках удваивает кавычки внутри себя и закрывается; сохраните таблицу снова",
        "тырнақшаға алынған ұяшықтың ішіндегі тырнақшалар қосарланып, өзі жабылады; кестені қайта сақтаңыз",
    ),
    ("no CSV ({error})", "это не CSV ({error})", "CSV емес ({error})"),
    # ---- books, pages, tables, subtitles ----
    ("holds a page of {count} bytes", "внутри страница в {count} байт", "ішінде {count} байттық бет бар"),
    ("is an EPUB without contents", "EPUB без содержания", "мазмұнсыз EPUB"),
    ("holds a page that can't be read", "внутри страница, которая не читается", "ішінде оқылмайтын бет бар"),
    ("can't be read as HTML: {error}", "не читается как HTML: {error}", "HTML ретінде оқылмайды: {error}"),
    ("has a tag with {count} attributes", "есть метка с числом атрибутов {count}", "{count} атрибуты бар белгісі бар"),
    (
        "has {count} elements, more than {most}",
        "элементов {count}, больше {most}",
        "{count} элемент бар, ең көбі {most} оқылады",
    ),
    (
        "is a page of {count} bytes, too large to be read",
        "страница в {count} байт: слишком велика для чтения",
        "{count} байттық бет: оқуға тым үлкен",
    ),
    ("is too large to be read", "слишком велик для чтения", "оқуға тым үлкен"),
    ("has no suffix", "нет расширения", "кеңейтімі жоқ"),
    (
        "has {count} bytes, too many for RTF",
        "байт {count}: слишком много для RTF",
        "{count} байт, RTF үшін тым көп",
    ),
    (
        "grows beyond {most} while it is read",
        "растёт во время чтения, уже больше {most}",
        "оқылып жатқанда {most} асып өсті",
    ),
    (
        "holds no subtitles: there is no time in it",
        "нет субтитров: в нём нет времени",
        "субтитр жоқ: ішінде уақыт көрсетілмеген",
    ),
    ("holds no subtitles of the type {suffix}", "нет субтитров вида {suffix}", "{suffix} түріндегі субтитр жоқ"),
    ("give a table with texts in it", "дайте таблицу с текстами", "мәтіні бар кесте беріңіз"),
    ("save it as .xlsx", "сохраните как .xlsx", ".xlsx етіп сақтаңыз"),
    ("consists of empty rows", "состоит из пустых строк", "бос жолдардан тұрады"),
    (
        "copy what is filled into a new sheet",
        "скопируйте заполненное на новый лист",
        "толтырылғанын жаңа параққа көшіріңіз",
    ),
    ("has more than {most} cells", "ячеек больше {most}", "{most} ұяшықтан көп"),
    ("has a cell of {count} characters", "есть ячейка в {count} знаков", "{count} таңбалы ұяшығы бар"),
    (
        "is a scan: its {count} pages are pictures without text",
        "это скан: страниц {count}, все — картинки без текста",
        "бұл скан: {count} беті мәтінсіз сурет",
    ),
    # ---- JSON Lines ----
    ("has {count} lines, more than {most}", "строк {count}, больше {most}", "{count} жол бар, ең көбі {most} оқылады"),
    ("give a file with documents in it", "дайте файл с документами", "құжаттары бар файл беріңіз"),
    ("each line is one object", "в каждой строке один объект", "әр жолда бір нысан"),
    ("is no document and no pair", "это не документ и не пара", "құжат та, жұп та емес"),
    ("give each object a key text", "дайте каждому объекту ключ text", "әр нысанға text кілтін беріңіз"),
    (
        "holds pairs that are not Kazakh and Russian",
        "внутри пары, которые не на казахском и русском",
        "ішінде қазақша-орысша емес жұптар бар",
    ),
    ("look at its keys kk and ru", "посмотрите на ключи kk и ru", "kk және ru кілттерін қараңыз"),
    # ---- files to be translated ----
    (
        "files of the type {suffix} are not read here",
        "файлы типа {suffix} здесь не читаются",
        "{suffix} түріндегі файлдар мұнда оқылмайды",
    ),
    ("give a .txt, .docx or .xlf file", "дайте файл .txt, .docx или .xlf", ".txt, .docx не .xlf файлын беріңіз"),
    ("is no XLIFF 1.2 or 2.x file", "это не XLIFF 1.2 или 2.x", "XLIFF 1.2 не 2.x емес"),
    (
        "save it as XLIFF in the tool it comes from",
        "сохраните как XLIFF в той программе, откуда он",
        "шыққан бағдарламасында XLIFF етіп сақтаңыз",
    ),
    ("is no well-formed XML ({error})", "XML построен неправильно ({error})", "XML дұрыс құрылмаған ({error})"),
    ("split it by direction", "разделите по направлению перевода", "аударма бағыты бойынша бөліңіз"),
    ("holds texts of both directions", "внутри тексты обоих направлений", "ішінде екі бағыттағы мәтін де бар"),
    (
        "translates from {source} to {target}",
        "переводит с {source} на {target}",
        "{source} тілінен {target} тіліне аударады",
    ),
    (
        "give a file from Kazakh to Russian or from Russian to Kazakh",
        "дайте файл с казахского на русский или с русского на казахский",
        "қазақшадан орысшаға не орысшадан қазақшаға файл беріңіз",
    ),
    ("says that it is in {code}", "сообщает, что он на {code}", "{code} тілінде екенін айтады"),
    # ---- what stands in folders ----
    ("it has just gone", "только что исчез", "жаңа ғана жоғалды"),
    ("the folder can't be opened: {reason}", "папка не открывается: {reason}", "қалта ашылмайды: {reason}"),
    # ---- lines to import ----
    ("broken", "испорчено", "бүлінген"),
    (
        "without a Kazakh and a Russian text",
        "без казахского и русского текста",
        "қазақша не орысша мәтіні жоқ",
    ),
    ("with an empty side", "с пустой стороной", "бір жағы бос"),
    (
        "with characters that are none (NUL, half a surrogate pair)",
        "с недопустимыми символами (NUL, половина суррогатной пары)",
        "жарамсыз таңбалары бар (NUL, суррогат жұбының жартысы)",
    ),
    # ---- the rules of a site ----
    ("is a feed that can't be read", "лента не читается", "таспа оқылмайды"),
    ("look at it in a browser", "посмотрите на неё в браузере", "браузерден қараңыз"),
    ("holds no web address", "нет ни одного веб-адреса", "веб-мекенжай жоқ"),
    ("give one a line", "дайте по одному в строке", "әр жолға біреуін жазыңыз"),
    ("{text} is no web address", "{text} — не веб-адрес", "{text} — веб-мекенжай емес"),
    ("begin it with https://", "начните его с https://", "https:// деп бастаңыз"),
    ("give a TOML file in UTF-8", "дайте файл TOML в UTF-8", "UTF-8 кодтамасындағы TOML файлын беріңіз"),
    ("is no TOML: {error}", "это не TOML: {error}", "TOML емес: {error}"),
    ("see docs/fetching.md", "см. docs/fetching.md", "docs/fetching.md қараңыз"),
)

FILE_ERRORS: dict[str, dict[Language, str]] = {en: {"kk": kk, "ru": ru} for en, ru, kk in _TEXTS}
