"""What the library says in English of errors and how to mend them, for people in their own language.

As in `reasons.py`, the English wording is looked up word for word, but for what stands in braces.
"""

from __future__ import annotations

from aligner.messages.catalogue import Language

__all__ = ["ERRORS"]

# English, Russian, Kazakh.
_TEXTS: tuple[tuple[str, str, str], ...] = (
    # ---- wrong usage ----
    (
        "say where to write with -o OUT.tmx, or give --format beads, tsv, csv or jsonl",
        "укажите, куда записать: -o OUT.tmx, или задайте --format beads, tsv, csv или jsonl",
        "қайда жазу керегін көрсетіңіз: -o OUT.tmx, немесе --format beads, tsv, csv, jsonl беріңіз",
    ),
    (
        "say where to write with -o OUT.tmx, or give --format tsv, csv or jsonl",
        "укажите, куда записать: -o OUT.tmx, или задайте --format tsv, csv или jsonl",
        "қайда жазу керегін көрсетіңіз: -o OUT.tmx, немесе --format tsv, csv, jsonl беріңіз",
    ),
    (
        "say where to write with -o memory.tmx, or give --format pairs",
        "укажите, куда записать: -o memory.tmx, или задайте --format pairs",
        "қайда жазу керегін көрсетіңіз: -o memory.tmx, немесе --format pairs беріңіз",
    ),
    (
        "--json prints the summary on stdout; write the result to a file with -o",
        "--json печатает итоги в stdout; результат запишите в файл через -o",
        "--json қорытындыны stdout-қа шығарады; нәтижені -o арқылы файлға жазыңыз",
    ),
    (
        "{name} is the name of the memory too; give -o another name",
        "{name} — это и имя памяти; дайте -o другое имя",
        "{name} — жадтың да аты; -o үшін басқа ат беріңіз",
    ),
    (
        "{name} is one of the inputs; give -o another name",
        "{name} — один из входных файлов; дайте -o другое имя",
        "{name} — кіріс файлдардың бірі; -o үшін басқа ат беріңіз",
    ),
    (
        "{name} is the source itself; give -o another name",
        "{name} — это сам источник; дайте -o другое имя",
        "{name} — дереккөздің өзі; -o үшін басқа ат беріңіз",
    ),
    (
        "name a source, or give two texts with --kk and --ru",
        "назовите источник или дайте два текста через --kk и --ru",
        "дереккөзді атаңыз не --kk, --ru арқылы екі мәтін беріңіз",
    ),
    (
        "say which folder to fetch into with -o FOLDER",
        "укажите папку для скачанного: -o FOLDER",
        "жүктелетін қалтаны көрсетіңіз: -o FOLDER",
    ),
    (
        "write --versions KK=RU, such as --versions /kz/=/ru/",
        "пишите --versions KK=RU, например --versions /kz/=/ru/",
        "--versions KK=RU деп жазыңыз, мысалы --versions /kz/=/ru/",
    ),
    (
        "{name} can't be imported into itself",
        "{name} нельзя внести саму в себя",
        "{name} жадын өзіне енгізуге болмайды",
    ),
    (
        "there is no format {name}; use one of {known}",
        "нет формата {name}; есть {known}",
        "{name} деген пішім жоқ; барлары: {known}",
    ),
    (
        "give a text, or a file of texts with --lines FILE",
        "дайте текст или файл с текстами через --lines FILE",
        "мәтін беріңіз не --lines FILE арқылы мәтіндер файлын көрсетіңіз",
    ),
    (
        "the language can't be told from the text; say --from kk or --from ru",
        "язык по тексту не определить; укажите --from kk или --from ru",
        "тілі мәтіннен анықталмады; --from kk не --from ru деп көрсетіңіз",
    ),
    (
        "give a word, or a part of one",
        "дайте слово или часть слова",
        "сөз не сөздің бөлігін беріңіз",
    ),
    (
        "--segmented takes two files: the Kazakh sentences and the Russian ones",
        "--segmented берёт два файла: казахские предложения и русские",
        "--segmented екі файл алады: қазақша сөйлемдер мен орысшалары",
    ),
    (
        "an XLIFF file keeps its version; leave --format out",
        "файл XLIFF сохраняет свою версию; --format не нужен",
        "XLIFF файлы өз нұсқасын сақтайды; --format керек емес",
    ),
    (
        "name files or folders, or give --memory FILE.db",
        "назовите файлы или папки либо дайте --memory FILE.db",
        "файлдарды не қалталарды атаңыз, немесе --memory FILE.db беріңіз",
    ),
    (
        "--private needs a token; make one with --new-token or --reading-token NAME",
        "для --private нужен ключ; создайте его: --new-token или --reading-token NAME",
        "--private үшін кілт керек; жасаңыз: --new-token не --reading-token NAME",
    ),
    (
        "do one thing with the tokens at a time",
        "делайте с ключами что-то одно за раз",
        "кілттермен бір мезгілде бір ғана іс істеңіз",
    ),
    (
        "name the output .tsv or .tbx, or say --format",
        "назовите результат .tsv или .tbx либо задайте --format",
        "нәтижені .tsv не .tbx деп атаңыз, немесе --format беріңіз",
    ),
    # ---- files that can't be read: problems ----
    ("no such file", "нет такого файла", "ондай файл жоқ"),
    ("there is no such file", "нет такого файла", "ондай файл жоқ"),
    ("holds no file", "в ней нет файлов", "ішінде файл жоқ"),
    ("holds {count} documents", "в нём документов: {count}", "ішінде {count} құжат бар"),
    ("is a folder, not a file", "это папка, а не файл", "файл емес, қалта"),
    (
        "is a device or a pipe, not a file",
        "это устройство или канал, а не файл",
        "файл емес, құрылғы не арна",
    ),
    ("can't be read: {reason}", "не читается: {reason}", "оқылмайды: {reason}"),
    ("is no possible path: {reason}", "такого пути не бывает: {reason}", "мұндай жол болмайды: {reason}"),
    (
        "has {size}, more than the {most} that are read at once",
        "размер {size}, а за раз читается не больше {most}",
        "көлемі {size}, ал бірден ең көбі {most} оқылады",
    ),
    ("is in no language that could be told", "язык определить не удалось", "тілі анықталмады"),
    ("is in {code}", "язык: {code}", "тілі: {code}"),
    (
        "is Kazakh, as {name} is",
        "на казахском, как и {name}",
        "қазақша, {name} сияқты",
    ),
    (
        "is Russian, as {name} is",
        "на русском, как и {name}",
        "орысша, {name} сияқты",
    ),
    (
        "is {encoding} text with a byte ({byte}) that does not belong there",
        "текст в {encoding} с байтом ({byte}), которому там не место",
        "{encoding} мәтіні, ішінде бөтен байт ({byte}) бар",
    ),
    (
        "was saved after UTF-8 had been read as {encoding}, so its letters are wrong",
        "сохранён после того, как UTF-8 прочли как {encoding}: буквы в нём неверны",
        "UTF-8 мәтіні {encoding} деп оқылып сақталған, әріптері бұзылған",
    ),
    (
        "has {count} characters in one line, more than the {most} that are read",
        "знаков в одной строке: {count}, читается не больше {most}",
        "бір жолында {count} таңба бар, ең көбі {most} оқылады",
    ),
    ("is an encrypted zip archive", "зашифрованный архив zip", "шифрланған zip мұрағаты"),
    ("is encrypted", "зашифрован", "шифрланған"),
    ("is encrypted or no {kind}", "зашифрован или это не {kind}", "шифрланған не {kind} емес"),
    ("is a broken {kind}", "повреждённый {kind}", "бүлінген {kind}"),
    ("lacks a part", "не хватает одной из частей", "бір бөлігі жетіспейді"),
    (
        "is damaged inside: its XML can't be read",
        "повреждён внутри: его XML не читается",
        "іші бүлінген: XML-і оқылмайды",
    ),
    ("is refused as a zip bomb", "отклонён как zip-бомба", "zip-бомба деп қабылданбады"),
    ("is protected against copying", "защищён от копирования", "көшіруден қорғалған"),
    ("is a book without text", "книга без текста", "мәтінсіз кітап"),
    ("is a PDF without text", "PDF без текста", "мәтінсіз PDF"),
    ("is no PDF that can be read", "PDF не читается", "PDF оқылмайды"),
    (
        "does not say which letters its fonts draw",
        "не сообщает, какие буквы рисуют его шрифты",
        "қаріптері қандай әріп салатынын айтпайды",
    ),
    (
        "has {count} pages, more than {most}",
        "страниц {count}, больше {most}",
        "{count} бет бар, ең көбі {most} оқылады",
    ),
    ("is no RTF document", "это не RTF", "RTF құжаты емес"),
    ("is a damaged RTF document", "повреждённый RTF", "бүлінген RTF құжаты"),
    ("is a damaged Excel file", "повреждённый файл Excel", "бүлінген Excel файлы"),
    ("is no OpenDocument text", "это не текст OpenDocument", "OpenDocument мәтіні емес"),
    ("is no web archive that can be read", "веб-архив не читается", "веб-мұрағат оқылмайды"),
    ("is no gettext catalogue that can be read", "каталог gettext не читается", "gettext каталогы оқылмайды"),
    ("is no JSON", "это не JSON", "JSON емес"),
    ("is no JSON object", "это не объект JSON", "JSON нысаны емес"),
    ("holds no records", "нет ни одной записи", "жазба жоқ"),
    ("holds no rows", "нет ни одной строки", "жол жоқ"),
    ("holds no speech", "нет речи", "сөз жоқ"),
    (
        "has no Kazakh column beside a Russian one",
        "нет казахского столбца рядом с русским",
        "орысша бағанның қасында қазақшасы жоқ",
    ),
    ("has no columns kk and ru", "нет столбцов kk и ru", "kk және ru бағандары жоқ"),
    (
        "no format of translation units has this suffix",
        "у этого расширения нет формата памяти переводов",
        "бұл кеңейтім аударма бірліктерінің пішіміне жатпайды",
    ),
    (
        "has Russian in its first column and Kazakh in the second",
        "в первом столбце русский, во втором казахский",
        "бірінші бағаны орысша, екіншісі қазақша",
    ),
    ("is not in UTF-8", "не в UTF-8", "UTF-8 емес"),
    ("changed while it was read", "изменился во время чтения", "оқылып жатқанда өзгерді"),
    # ---- how to mend them ----
    ("check the path", "проверьте путь", "жолын тексеріңіз"),
    ("check the name", "проверьте имя", "атын тексеріңіз"),
    ("check the name and the permissions", "проверьте имя и права", "аты мен рұқсаттарын тексеріңіз"),
    ("check its permissions", "проверьте права", "рұқсаттарын тексеріңіз"),
    (
        "put texts in it, or name another folder",
        "положите в неё тексты или назовите другую папку",
        "ішіне мәтін салыңыз не басқа қалтаны атаңыз",
    ),
    (
        "name the files in it, or use `qostil batch`",
        "назовите файлы в ней или возьмите `qostil batch`",
        "ішіндегі файлдарды атаңыз не `qostil batch` қолданыңыз",
    ),
    (
        "use `qostil batch` to pair and align them",
        "возьмите `qostil batch`: он найдёт пары и сопоставит их",
        "`qostil batch` қолданыңыз: ол жұптап, сәйкестендіреді",
    ),
    (
        "give one Kazakh and one Russian file; --segmented takes the languages as they are given",
        "дайте один казахский и один русский файл; --segmented берёт языки так, как они даны",
        "бір қазақша, бір орысша файл беріңіз; --segmented тілдерді берілген ретімен алады",
    ),
    ("give a file with text in it", "дайте файл с текстом", "мәтіні бар файл беріңіз"),
    ("give a document with text in it", "дайте документ с текстом", "мәтіні бар құжат беріңіз"),
    ("give a page with text in it", "дайте страницу с текстом", "мәтіні бар бет беріңіз"),
    ("give one with text in it", "дайте такой, в котором есть текст", "мәтіні барын беріңіз"),
    ("give a file with pairs in it", "дайте файл с парами", "жұптары бар файл беріңіз"),
    (
        "give a file with a sentence in each line",
        "дайте файл с предложением в каждой строке",
        "әр жолында сөйлемі бар файл беріңіз",
    ),
    ("give a text, HTML or Word file", "дайте текст, HTML или Word", "мәтін, HTML не Word файлын беріңіз"),
    (
        "save the page with its article, not its frame",
        "сохраните страницу со статьёй, а не её рамку",
        "беттің жиегін емес, мақаласын сақтаңыз",
    ),
    ("save it as UTF-8", "сохраните его в UTF-8", "UTF-8 етіп сақтаңыз"),
    (
        "save it again as UTF-8 from its original",
        "сохраните снова в UTF-8 из оригинала",
        "түпнұсқасынан UTF-8 етіп қайта сақтаңыз",
    ),
    (
        "save its text as .txt, .html or .docx",
        "сохраните текст как .txt, .html или .docx",
        "мәтінін .txt, .html не .docx етіп сақтаңыз",
    ),
    (
        "save it as .docx in Word or LibreOffice",
        "сохраните как .docx в Word или LibreOffice",
        "Word не LibreOffice арқылы .docx етіп сақтаңыз",
    ),
    ("save it as .rtf or .docx again", "сохраните снова как .rtf или .docx", ".rtf не .docx етіп қайта сақтаңыз"),
    ("save it as .docx", "сохраните как .docx", ".docx етіп сақтаңыз"),
    ("save it as .txt", "сохраните как .txt", ".txt етіп сақтаңыз"),
    ("save it as .odt or .docx", "сохраните как .odt или .docx", ".odt не .docx етіп сақтаңыз"),
    ("save it again", "сохраните снова", "қайта сақтаңыз"),
    ("save it without a password", "сохраните без пароля", "құпиясөзсіз сақтаңыз"),
    ("save its content to a file first", "сначала сохраните содержимое в файл", "алдымен мазмұнын файлға сақтаңыз"),
    (
        "open it in Word and save it as .docx",
        "откройте в Word и сохраните как .docx",
        "Word-та ашып, .docx етіп сақтаңыз",
    ),
    (
        "open it in Word and save it as .docx again",
        "откройте в Word и снова сохраните как .docx",
        "Word-та ашып, .docx етіп қайта сақтаңыз",
    ),
    ("open it in Excel and save it again", "откройте в Excel и сохраните снова", "Excel-де ашып, қайта сақтаңыз"),
    (
        "open it where it was made and save it again",
        "откройте там, где он сделан, и сохраните снова",
        "жасалған бағдарламасында ашып, қайта сақтаңыз",
    ),
    ("open it and save it again", "откройте и сохраните снова", "ашып, қайта сақтаңыз"),
    (
        "remove the password in Word and save it again",
        "снимите пароль в Word и сохраните снова",
        "Word-та құпиясөзін алып, қайта сақтаңыз",
    ),
    ("remove the password and save it again", "снимите пароль и сохраните снова", "құпиясөзін алып, қайта сақтаңыз"),
    ("unpack it with its password first", "сначала распакуйте с паролем", "алдымен құпиясөзімен ашыңыз"),
    ("unpack it and give the files inside", "распакуйте и дайте файлы из него", "ашып, ішіндегі файлдарды беріңіз"),
    ("unpack it", "распакуйте его", "мұрағаттан шығарыңыз"),
    ("pack it again", "упакуйте снова", "қайта қаптаңыз"),
    ("split it", "разделите его", "бөліңіз"),
    ("split it, or unpack it", "разделите или распакуйте его", "бөліңіз не мұрағаттан шығарыңыз"),
    ("split it into smaller files", "разделите на файлы поменьше", "кішірек файлдарға бөліңіз"),
    ("break the text into paragraphs", "разбейте текст на абзацы", "мәтінді азат жолдарға бөліңіз"),
    ("run it through OCR", "пропустите через распознавание текста", "мәтін танудан өткізіңіз"),
    (
        "run it through a text recognition (OCR) first",
        "сначала распознайте текст (OCR)",
        "алдымен мәтінін танытыңыз (OCR)",
    ),
    ("run the command again", "запустите команду снова", "пәрменді қайта беріңіз"),
    ("give an unprotected copy", "дайте копию без защиты", "қорғалмаған көшірмесін беріңіз"),
    (
        "name the columns kk and ru in the first row, or save the text as .txt or .docx",
        "назовите столбцы kk и ru в первой строке или сохраните текст как .txt или .docx",
        "бірінші жолда бағандарды kk және ru деп атаңыз не мәтінін .txt, .docx етіп сақтаңыз",
    ),
    (
        "put a first line with the words ru and kk above them",
        "поставьте над ними первую строку со словами ru и kk",
        "үстіне ru және kk деген бірінші жол қойыңыз",
    ),
    (
        "add it with `qostil memory import`",
        "внесите его командой `qostil memory import`",
        "`qostil memory import` арқылы қосыңыз",
    ),
    (
        "say --from kk or --from ru if it is one of them",
        "укажите --from kk или --from ru, если это один из них",
        "солардың бірі болса, --from kk не --from ru деп көрсетіңіз",
    ),
    ("leave --from out", "уберите --from", "--from көрсетпеңіз"),
    (
        "check it with `qostil tmx validate`",
        "проверьте командой `qostil tmx validate`",
        "`qostil tmx validate` арқылы тексеріңіз",
    ),
    (
        "use one of {known}, or --format",
        "возьмите {known} или --format",
        "мыналардың бірін алыңыз: {known}, не --format",
    ),
    ("line {number}", "строка {number}", "{number}-жол"),
    ("row {number}", "строка {number}", "{number}-жол"),
    ("byte {number} (line {line})", "байт {number} (строка {line})", "{number}-байт ({line}-жол)"),
    # ---- what systems say ----
    ("No such file or directory", "нет такого файла или папки", "ондай файл не қалта жоқ"),
    ("Permission denied", "нет прав", "рұқсат жоқ"),
    ("Operation not permitted", "действие запрещено", "әрекетке рұқсат жоқ"),
    ("No space left on device", "на диске нет места", "дискіде орын жоқ"),
    ("Disk quota exceeded", "превышена дисковая квота", "диск үлесі асып кетті"),
    ("File too large", "файл слишком велик", "файл тым үлкен"),
    ("Read-only file system", "диск только для чтения", "диск тек оқуға арналған"),
    ("File name too long", "слишком длинное имя файла", "файл аты тым ұзын"),
    ("Is a directory", "это папка", "бұл қалта"),
    ("Not a directory", "это не папка", "бұл қалта емес"),
    ("File exists", "файл уже есть", "файл бұрыннан бар"),
    ("Input/output error", "ошибка чтения или записи диска", "дискіні оқу не жазу қатесі"),
    ("Too many open files", "открыто слишком много файлов", "тым көп файл ашық"),
    ("disk I/O error", "диск не пишет или не читает", "диск жазбайды не оқымайды"),
    ("database or disk is full", "диск полон", "диск толы"),
    ("unable to open database file", "файл базы не открывается", "дерекқор файлы ашылмайды"),
    ("file is not a database", "файл — не база данных", "файл дерекқор емес"),
    ("database disk image is malformed", "файл базы испорчен", "дерекқор файлы бүлінген"),
    ("database is locked", "база занята", "дерекқор бос емес"),
    ("attempt to write a readonly database", "база только для чтения", "дерекқор тек оқуға арналған"),
    ("Broken pipe", "получатель закрыл канал", "алушы арнаны жапты"),
    ("Address already in use", "адрес уже занят", "мекенжай бос емес"),
    ("Cannot assign requested address", "у этой машины нет такого адреса", "бұл компьютерде ондай мекенжай жоқ"),
    # ---- results that can't be written ----
    (
        "{path}: is a folder; name a file in it, such as {example}",
        "{path}: это папка; назовите файл в ней, например {example}",
        "{path}: қалта; ішіндегі файлды атаңыз, мысалы {example}",
    ),
    (
        "{path}: there is no folder {folder}; make it first",
        "{path}: нет папки {folder}; сначала создайте её",
        "{path}: {folder} қалтасы жоқ; алдымен жасаңыз",
    ),
    (
        "{path}: the name is too long for this disk; give -o a shorter one",
        "{path}: имя слишком длинное для этого диска; дайте -o имя покороче",
        "{path}: ат бұл диск үшін тым ұзын; -o үшін қысқарақ ат беріңіз",
    ),
    (
        "the output: can't be written ({error}); nothing was left half-written",
        "результат не записывается ({error}); половинчатых файлов не осталось",
        "нәтиже жазылмайды ({error}); шала жазылған ештеңе қалмады",
    ),
    (
        "{path}: can't be written ({error}); nothing was left half-written",
        "{path}: записать не удалось ({error}); половинчатых файлов не осталось",
        "{path}: жазу мүмкін болмады ({error}); шала жазылған ештеңе қалмады",
    ),
    (
        "{path}: can't be written ({error})",
        "{path}: записать не удалось ({error})",
        "{path}: жазу мүмкін болмады ({error})",
    ),
    (
        "{error}; check the permissions of {folder}",
        "{error}; проверьте права на {folder}",
        "{error}; {folder} рұқсаттарын тексеріңіз",
    ),
    (
        "{path}: no format has this suffix; use one of {known}, or say --format",
        "{path}: нет формата с таким расширением; есть {known}, или задайте --format",
        "{path}: мұндай кеңейтімді пішім жоқ; барлары {known}, немесе --format беріңіз",
    ),
    (
        "{path}: stands there already and is no dataset of ours; name another folder",
        "{path}: уже есть, и это не наш набор данных; назовите другую папку",
        "{path}: бұрыннан бар және біздің жинақ емес; басқа қалтаны атаңыз",
    ),
    # ---- extras and encoders ----
    (
        "Parquet needs pyarrow: pip install 'qostil[parquet]'",
        "для Parquet нужен pyarrow: pip install 'qostil[parquet]'",
        "Parquet үшін pyarrow керек: pip install 'qostil[parquet]'",
    ),
    (
        "Excel files need openpyxl: pip install 'qostil[xlsx]'",
        "для файлов Excel нужен openpyxl: pip install 'qostil[xlsx]'",
        "Excel файлдары үшін openpyxl керек: pip install 'qostil[xlsx]'",
    ),
    (
        "fetching needs {module}: pip install 'qostil[fetch]'",
        "для скачивания нужен {module}: pip install 'qostil[fetch]'",
        "жүктеу үшін {module} керек: pip install 'qostil[fetch]'",
    ),
    (
        "{what} are read by {package}: pip install 'qostil[formats]'",
        "{what}: их читает {package}: pip install 'qostil[formats]'",
        "{what}: оларды {package} оқиды: pip install 'qostil[formats]'",
    ),
    (
        "PostgreSQL needs a driver that is not installed; pip install 'qostil[postgres]'",
        "для PostgreSQL нужен драйвер, он не установлен; pip install 'qostil[postgres]'",
        "PostgreSQL драйвері орнатылмаған; pip install 'qostil[postgres]'",
    ),
    (
        "the review page needs {module}, which is not installed; say: pip install 'qostil[serve]'",
        "странице проверки нужен {module}, он не установлен; выполните: pip install 'qostil[serve]'",
        "тексеру бетіне {module} керек, ол орнатылмаған; мынаны орындаңыз: pip install 'qostil[serve]'",
    ),
    (
        "serving a memory needs {module}, which is not installed; say: pip install 'qostil[serve]'",
        "серверу памяти нужен {module}, он не установлен; выполните: pip install 'qostil[serve]'",
        "жад серверіне {module} керек, ол орнатылмаған; мынаны орындаңыз: pip install 'qostil[serve]'",
    ),
    (
        "{name}: the encoder is neither a folder, nor downloaded already, nor to be had from {host}; check the name "
        "and the connection, or use the encoder that comes with Qostil, which needs no network",
        "{name}: такого кодировщика нет ни в папке, ни среди скачанных, ни на {host}; проверьте имя и связь или "
        "возьмите кодировщик, который идёт с Qostil: ему сеть не нужна",
        "{name}: мұндай кодтағыш қалтада да, жүктелгендер арасында да, {host} сайтында да жоқ; аты мен байланысты "
        "тексеріңіз не Qostil-мен бірге келген кодтағышты алыңыз: оған желі керек емес",
    ),
    ("{name}: there is no such folder", "{name}: нет такой папки", "{name}: ондай қалта жоқ"),
    (
        "{path}: the encoder lacks {names}; reinstall qostil",
        "{path}: в кодировщике не хватает {names}; переустановите qostil",
        "{path}: кодтағышта {names} жетіспейді; qostil-ді қайта орнатыңыз",
    ),
    (
        "{path}: the encoder is broken ({error}); reinstall qostil",
        "{path}: кодировщик повреждён ({error}); переустановите qostil",
        "{path}: кодтағыш бүлінген ({error}); qostil-ді қайта орнатыңыз",
    ),
    # ---- memories ----
    (
        "{path}: there is no memory; check the name, or make one with `qostil memory import`",
        "{path}: памяти нет; проверьте имя или создайте её командой `qostil memory import`",
        "{path}: жад жоқ; атын тексеріңіз не `qostil memory import` арқылы жасаңыз",
    ),
    (
        "{path}: the database holds no memory; check its name, or make one with `qostil memory import`",
        "{path}: в базе нет памяти; проверьте имя или создайте её командой `qostil memory import`",
        "{path}: дерекқорда жад жоқ; атын тексеріңіз не `qostil memory import` арқылы жасаңыз",
    ),
    (
        "{path}: is a folder; name a file for the memory, such as {example}",
        "{path}: это папка; назовите файл для памяти, например {example}",
        "{path}: қалта; жадқа файл атаңыз, мысалы {example}",
    ),
    (
        "{path}: not a usable memory ({error}); name another file or restore a backup",
        "{path}: памятью пользоваться нельзя ({error}); назовите другой файл или верните резервную копию",
        "{path}: жарамды жад емес ({error}); басқа файл атаңыз не сақтық көшірмесін қайтарыңыз",
    ),
    (
        "{path}: a SQLite file, but not a qostil memory; name another file",
        "{path}: файл SQLite, но не память qostil; назовите другой файл",
        "{path}: SQLite файлы, бірақ qostil жады емес; басқа файл атаңыз",
    ),
    (
        "{path}: made by a newer qostil ({names}); update qostil to open it",
        "{path}: сделано более новым qostil ({names}); чтобы открыть, обновите qostil",
        "{path}: жаңарақ qostil жасаған ({names}); ашу үшін qostil-ді жаңартыңыз",
    ),
    (
        "{path}: another program holds the memory ({why}); nothing was changed; try again when it is done, or close it",
        "{path}: память занята другой программой ({why}); ничего не изменено; повторите, когда она закончит, или "
        "закройте её",
        "{path}: жадты басқа бағдарлама ұстап тұр ({why}); ештеңе өзгермеді; ол біткен соң қайталаңыз не оны жабыңыз",
    ),
    (
        "{path}: another program holds the memory ({why}); nothing was changed; try again",
        "{path}: память занята другой программой ({why}); ничего не изменено; повторите",
        "{path}: жадты басқа бағдарлама ұстап тұр ({why}); ештеңе өзгермеді; қайталаңыз",
    ),
    (
        "{path}: another batch is at work on it ({holder}); nothing was changed; run this one when it is done",
        "{path}: с ней работает другой запуск ({holder}); ничего не изменено; повторите, когда он закончит",
        "{path}: онымен басқа жұмыс жүріп жатыр ({holder}); ештеңе өзгермеді; ол біткен соң қайталаңыз",
    ),
    (
        "{path}: no room to write ({why}); nothing of this change was stored; free some space and try again",
        "{path}: нет места для записи ({why}); из этого изменения ничего не сохранено; освободите место и повторите",
        "{path}: жазуға орын жоқ ({why}); бұл өзгерістен ештеңе сақталмады; орын босатып, қайталаңыз",
    ),
    (
        "{path}: the memory can't be opened ({error}); check the folder and its permissions",
        "{path}: память не открывается ({error}); проверьте папку и права",
        "{path}: жад ашылмайды ({error}); қалта мен рұқсаттарды тексеріңіз",
    ),
    (
        "{path}: the memory is damaged ({error}); restore a backup",
        "{path}: память повреждена ({error}); верните резервную копию",
        "{path}: жад бүлінген ({error}); сақтық көшірмесін қайтарыңыз",
    ),
    (
        "{path}: no connection ({error}); check host, port, user, password and the name of the database",
        "{path}: нет соединения ({error}); проверьте адрес, порт, пользователя, пароль и имя базы",
        "{path}: байланыс жоқ ({error}); мекенжай, порт, пайдаланушы, құпиясөз бен дерекқор атын тексеріңіз",
    ),
    (
        "{path}: no such kind of database; give a file, or postgresql://USER@HOST/DATABASE",
        "{path}: такой базы данных не бывает; дайте файл или postgresql://USER@HOST/DATABASE",
        "{path}: мұндай дерекқор түрі жоқ; файл не postgresql://USER@HOST/DATABASE беріңіз",
    ),
    (
        "{path}: is there already; a backup overwrites nothing, so name a new file",
        "{path}: уже есть; резервная копия ничего не затирает, назовите новый файл",
        "{path}: бұрыннан бар; сақтық көшірме ештеңені өшірмейді, жаңа файл атаңыз",
    ),
    ("the memory has no unit {number}", "в памяти нет единицы {number}", "жадта {number} бірлігі жоқ"),
    ("the memory has no pair {number}", "в памяти нет пары {number}", "жадта {number} жұбы жоқ"),
    ("the memory has no document {number}", "в памяти нет документа {number}", "жадта {number} құжаты жоқ"),
    ("the history has no change {number}", "в истории нет изменения {number}", "тарихта {number} өзгерісі жоқ"),
    (
        "change {number} is undone already, by change {other}",
        "изменение {number} уже отменено изменением {other}",
        "{number} өзгерісі {other} өзгерісімен қайтарылып қойған",
    ),
    # ---- servers and fetching ----
    (
        "can't listen on {host} port {port} ({reason}); try another --port or --host",
        "не удаётся слушать {host}, порт {port} ({reason}); возьмите другой --port или --host",
        "{host} мекенжайының {port} порты тыңдалмайды ({reason}); басқа --port не --host алыңыз",
    ),
    (
        "{host} can be reached from other machines, and there is no token yet; make one with qostil serve --new-token "
        "NAME, or leave --host out to serve this machine only",
        "{host} виден с других машин, а ключа ещё нет; создайте его: qostil serve --new-token NAME, или уберите "
        "--host, чтобы обслуживать только эту машину",
        "{host} басқа компьютерлерден көрінеді, ал кілт әлі жоқ; жасаңыз: qostil serve --new-token NAME, немесе тек "
        "осы компьютерге қызмет ету үшін --host көрсетпеңіз",
    ),
    (
        "say what to fetch: an address, a file of addresses, or the name of a site",
        "скажите, что скачать: адрес, файл с адресами или имя сайта",
        "нені жүктеу керегін айтыңыз: мекенжай, мекенжайлар файлы не сайт аты",
    ),
    (
        "{source} is no web address; begin it with https://",
        "{source} — не веб-адрес; начните его с https://",
        "{source} — веб-мекенжай емес; https:// деп бастаңыз",
    ),
    (
        "{folder}: another run is fetching into it; wait until it is done",
        "{folder}: туда уже скачивает другой запуск; подождите, пока он закончит",
        "{folder}: оған басқа жұмыс жүктеп жатыр; біткенше күтіңіз",
    ),
    (
        "there is no filter {name}; there are {known}",
        "нет фильтра {name}; есть {known}",
        "{name} деген сүзгі жоқ; барлары: {known}",
    ),
    (
        "dev and test would take {wanted} of {total} pairs; ask for fewer",
        "dev и test заняли бы {wanted} из {total} пар; попросите меньше",
        "dev мен test {total} жұптың {wanted} алар еді; азырақ сұраңыз",
    ),
)

ERRORS: dict[str, dict[Language, str]] = {en: {"kk": kk, "ru": ru} for en, ru, kk in _TEXTS}
