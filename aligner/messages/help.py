"""What `--help` says, by its English wording, which stands at the commands themselves."""

from __future__ import annotations

from aligner.messages.catalogue import Catalogue

__all__ = ["HELP"]

# English, Russian, Kazakh.
_TEXTS: tuple[tuple[str, str, str], ...] = (
    # ---- qostil ----
    (
        "Kazakh and Russian versions of the same publications → an aligned, checked translation memory.",
        "Казахские и русские версии одних и тех же публикаций → выверенная память переводов.",
        "Бір жарияланымның қазақша және орысша нұсқалары → тексерілген аударма жады.",
    ),
    ("Print the version and exit.", "Показать версию и выйти.", "Нұсқасын көрсетіп, шығу."),
    ("The language of messages.", "Язык сообщений.", "Хабарламалар тілі."),
    (
        "Install completion for the current shell.",
        "Включить дополнение команд в этой оболочке.",
        "Осы қабықшада пәрмендерді толықтыруды қосу.",
    ),
    (
        "Show completion for the current shell, to copy it or customize the installation.",
        "Показать сценарий дополнения для этой оболочки, чтобы установить его вручную.",
        "Толықтыру сценарийін көрсету: оны қолмен орнатуға болады.",
    ),
    ("Show this message and exit.", "Показать эту справку и выйти.", "Осы анықтаманы көрсетіп, шығу."),
    # ---- shared ----
    (
        "Files and folders, both languages in any mix.",
        "Файлы и папки, оба языка вперемешку.",
        "Файлдар мен қалталар, екі тіл аралас жата береді.",
    ),
    ("Files and folders.", "Файлы и папки.", "Файлдар мен қалталар."),
    (
        "Any sentence-transformers model, by name or folder. See `qostil encoders`.",
        "Любая модель sentence-transformers, по имени или папке. См. `qostil encoders`.",
        "Кез келген sentence-transformers моделі, аты не қалтасы бойынша. `qostil encoders` пәрменін қараңыз.",
    ),
    (
        "`bare`: kk, ru. `regional`: kk-KZ, ru-RU.",
        "`bare`: kk, ru. `regional`: kk-KZ, ru-RU.",
        "`bare`: kk, ru. `regional`: kk-KZ, ru-RU.",
    ),
    ("No progress and no summary.", "Без хода работы и без итогов.", "Барысын да, қорытындысын да көрсетпеу."),
    (
        "The summary as one JSON object on stdout.",
        "Итоги одним объектом JSON в stdout.",
        "Қорытынды бір JSON нысаны болып stdout-қа шығады.",
    ),
    (
        "The format, where the suffix of the output does not say it.",
        "Формат, если его не видно по расширению.",
        "Пішімі, егер кеңейтімінен белгісіз болса.",
    ),
    (
        "The format, where the suffix does not say it.",
        "Формат, если его не видно по расширению.",
        "Пішімі, егер кеңейтімінен белгісіз болса.",
    ),
    (
        "The memory: a file, or `postgresql://USER@HOST/DATABASE`.",
        "Память: файл или `postgresql://USER@HOST/DATABASE`.",
        "Жад: файл не `postgresql://USER@HOST/DATABASE`.",
    ),
    (
        "Who does it, for the history; by default, your login name.",
        "Кто это делает, для истории; по умолчанию имя учётной записи.",
        "Кім істеп жатыр, тарих үшін; әдепкіде — тіркелгі атыңыз.",
    ),
    (
        "For people, or one JSON object a line.",
        "Для чтения или по объекту JSON в строке.",
        "Адамға арналған мәтін не әр жолда бір JSON нысаны.",
    ),
    (
        "The language of the text; told from it where not given.",
        "Язык текста; если не указан, определяется сам.",
        "Мәтін тілі; көрсетілмесе, өзі анықталады.",
    ),
    ("Leave less similar units out.", "Не показывать менее похожие.", "Ұқсастығы бұдан аздарын көрсетпеу."),
    (
        "Leave units out that are less probably translations.",
        "Не показывать менее вероятные переводы.",
        "Аударма болу ықтималдығы бұдан аздарын көрсетпеу.",
    ),
    (
        "Also find what says the same in other words; encodes the memory once.",
        "Искать и то, что сказано другими словами; память один раз кодируется.",
        "Басқа сөзбен айтылғанын да іздеу; жад бір рет кодталады.",
    ),
    # ---- align, batch ----
    (
        "Align one Kazakh text with its Russian version.",
        "Сопоставить казахский текст с его русской версией.",
        "Қазақша мәтінді орысша нұсқасымен сәйкестендіру.",
    ),
    ("The Kazakh version.", "Казахская версия.", "Қазақша нұсқасы."),
    ("The Russian version.", "Русская версия.", "Орысша нұсқасы."),
    (
        "Where to write; without it, beads, tsv and jsonl go to stdout.",
        "Куда записать; без этого beads, tsv и jsonl идут в stdout.",
        "Қайда жазу керек; көрсетілмесе, beads, tsv, jsonl stdout-қа шығады.",
    ),
    (
        "Each line of the inputs is one segment, never split or joined.",
        "Каждая строка — один сегмент: не делится и не склеивается.",
        "Әр жол — бір сегмент: бөлінбейді, біріктірілмейді.",
    ),
    (
        "Pair, align and judge whole folders, add them to the memory, and export it.",
        "Найти в папках пары документов, сопоставить их, оценить, внести в память и выгрузить её.",
        "Қалталардағы құжаттарды жұптап, сәйкестендіріп, бағалап, жадқа қосып, файлға шығару.",
    ),
    (
        "The TMX (or .tsv, .csv, .jsonl) to write.",
        "Файл TMX (или .tsv, .csv, .jsonl), который записать.",
        "Жазылатын TMX файлы (не .tsv, .csv, .jsonl).",
    ),
    (
        "The memory to add to, a file or `postgresql://…`; by default it stands beside the output, as OUT.db.",
        "Память, в которую добавлять: файл или `postgresql://…`; по умолчанию лежит рядом с результатом, OUT.db.",
        "Қосылатын жад: файл не `postgresql://…`; әдепкіде нәтиженің қасында тұрады, OUT.db.",
    ),
    (
        "`pairs` only prints which document is which one's counterpart, as JSON lines.",
        "`pairs` лишь показывает строками JSON, какой документ какому соответствует.",
        "`pairs` қай құжат қайсысының сыңары екенін ғана JSON жолдарымен көрсетеді.",
    ),
    (
        "Leave less certain units out of the output.",
        "Не записывать менее надёжные единицы.",
        "Сенімділігі бұдан төмен бірліктерді жазбау.",
    ),
    (
        "Write the output as files of so many units each: NAME-00000.parquet and so on.",
        "Записать результат файлами по стольку единиц: NAME-00000.parquet и так далее.",
        "Нәтижені әрқайсысында осынша бірлік бар файлдарға бөліп жазу: NAME-00000.parquet, т. с. с.",
    ),
    (
        "Let a Ray cluster do the work: that at HOST:PORT, or `local`, one process for each core.",
        "Поручить работу кластеру Ray: тому, что на HOST:PORT, или `local` — по процессу на ядро.",
        "Жұмысты Ray кластеріне тапсыру: HOST:PORT мекенжайындағысына не `local` — әр ядроға бір процесс.",
    ),
    (
        "With --cluster: so many workers, not one for each core.",
        "Вместе с --cluster: столько исполнителей, а не по одному на ядро.",
        "--cluster болса: әр ядроға бір емес, осынша орындаушы.",
    ),
    # ---- inspect, segment, encode ----
    (
        "Show which documents are in the files: language, date, title, sizes, and what is skipped.",
        "Показать, какие документы в файлах: язык, дата, заголовок, объём и что пропущено.",
        "Файлдарда қандай құжаттар барын көрсету: тілі, күні, тақырыбы, көлемі, не өткізіп жіберілгені.",
    ),
    (
        "A table, or one JSON object a line.",
        "Таблица или по объекту JSON в строке.",
        "Кесте не әр жолда бір JSON нысаны.",
    ),
    (
        "Also list the text that was kept out of each document, and why.",
        "Показать и то, что из документов отброшено, с причиной.",
        "Құжаттардан алынып тасталған мәтінді де себебімен көрсету.",
    ),
    (
        "Print the sentences of a text, one a line, with an empty line between paragraphs.",
        "Показать предложения текста, по одному в строке, с пустой строкой между абзацами.",
        "Мәтіннің сөйлемдерін жол-жолымен, азат жолдар арасын ашып көрсету.",
    ),
    (
        "A text in any format that is read.",
        "Текст в любом из читаемых форматов.",
        "Оқылатын пішімдердің бірінде жазылған мәтін.",
    ),
    ("The language, if you know it.", "Язык, если он известен.", "Тілі, егер білсеңіз."),
    (
        "Turn each line into a vector: float32 [lines, dimensions], rows of unit length.",
        "Превратить каждую строку в вектор: float32 [строки, измерения], строки единичной длины.",
        "Әр жолды векторға айналдыру: float32 [жолдар, өлшемдер], жолдарының ұзындығы — бір.",
    ),
    (
        "A text with one segment a line.",
        "Текст, по одному сегменту в строке.",
        "Әр жолында бір сегмент тұрған мәтін.",
    ),
    ("The .npy file to write.", "Файл .npy, который записать.", "Жазылатын .npy файлы."),
    (
        "List the sentence encoders that are at hand, and some that can be had online.",
        "Перечислить кодировщики предложений: те, что под рукой, и те, что есть в сети.",
        "Сөйлем кодтағыштарының тізімі: қолда барлары мен желіден алуға болатындары.",
    ),
    # ---- doctor ----
    (
        "Look at what is installed and how this machine is set up, with a remedy for each problem.",
        "Проверить, что установлено и как настроена эта машина; для каждой неполадки — что делать.",
        "Не орнатылғанын, компьютердің қалай бапталғанын тексеру; әр ақаудың шешімі айтылады.",
    ),
    (
        "Also look at this memory: a file, or `postgresql://USER@HOST/DATABASE`.",
        "Проверить и эту память: файл или `postgresql://USER@HOST/DATABASE`.",
        "Мына жадты да тексеру: файл не `postgresql://USER@HOST/DATABASE`.",
    ),
    (
        "The findings as one JSON object on stdout.",
        "Результат одним объектом JSON в stdout.",
        "Нәтижесі бір JSON нысаны болып stdout-қа шығады.",
    ),
    # ---- mine ----
    (
        "Find sentences that translate each other in texts that are not versions of each other.",
        "Найти предложения, переводящие друг друга, в текстах, которые не являются версиями друг друга.",
        "Бір-бірінің нұсқасы емес мәтіндерден бірін-бірі аударатын сөйлемдерді табу.",
    ),
    (
        "Where to write; without it, tsv, csv and jsonl go to stdout.",
        "Куда записать; без этого tsv, csv и jsonl идут в stdout.",
        "Қайда жазу керек; көрсетілмесе, tsv, csv, jsonl stdout-қа шығады.",
    ),
    (
        "Two files, Kazakh and Russian, with one sentence a line.",
        "Два файла, казахский и русский, по предложению в строке.",
        "Екі файл, қазақшасы мен орысшасы, әр жолында бір сөйлем.",
    ),
    ("Leave less probable pairs out.", "Не брать менее вероятные пары.", "Ықтималдығы бұдан аз жұптарды алмау."),
    # ---- export, explain ----
    (
        "Filter, deduplicate, split and write the pairs of a memory or of a file.",
        "Отобрать пары из памяти или файла, убрать повторы, разделить на части и записать.",
        "Жадтың не файлдың жұптарын сүзіп, қайталанғанын алып, бөліктерге бөліп жазу.",
    ),
    (
        "A memory (file or postgresql://…), or a TMX, TSV, CSV, JSONL, XLIFF or Parquet.",
        "Память (файл или postgresql://…) либо TMX, TSV, CSV, JSONL, XLIFF или Parquet.",
        "Жад (файл не postgresql://…) немесе TMX, TSV, CSV, JSONL, XLIFF, Parquet.",
    ),
    (
        "The file to write; a name without a suffix is a dataset folder.",
        "Файл, который записать; имя без расширения — папка набора данных.",
        "Жазылатын файл; кеңейтімсіз ат — деректер жинағының қалтасы.",
    ),
    (
        "The format, where the suffix of the output does not say it; in a folder Parquet.",
        "Формат, если его не видно по расширению; в папке — Parquet.",
        "Пішімі, егер кеңейтімінен белгісіз болса; қалтада — Parquet.",
    ),
    ("Leave less certain pairs out.", "Не брать менее надёжные пары.", "Сенімділігі бұдан төмен жұптарды алмау."),
    (
        "Take the pairs of this status; may be repeated. Default: all but the rejected.",
        "Брать пары с этим статусом; можно повторять. По умолчанию все, кроме отклонённых.",
        "Мәртебесі осындай жұптарды алу; қайталауға болады. Әдепкіде қабылданбағаннан басқасының бәрі.",
    ),
    (
        "Ask this filter too, or with another threshold.",
        "Применить и этот фильтр или другой порог.",
        "Мына сүзгіні де қолдану немесе шегін өзгерту.",
    ),
    (
        "Do not ask this one of the default filters.",
        "Не применять этот из обычных фильтров.",
        "Әдепкі сүзгілердің мынасын қолданбау.",
    ),
    (
        "Ask no filter but those of --filter.",
        "Применять только фильтры из --filter.",
        "Тек --filter арқылы көрсетілген сүзгілерді қолдану.",
    ),
    (
        "`drop`: of pairs that are nearly the same the best one stays.",
        "`drop`: из почти одинаковых пар остаётся лучшая.",
        "`drop`: бірдей дерлік жұптардың ең жақсысы ғана қалады.",
    ),
    (
        "Leave out a text that stands in more documents than this.",
        "Не брать текст, который стоит более чем в стольких документах.",
        "Бұдан көп құжатта кездесетін мәтінді алмау.",
    ),
    (
        "Leave out what stands, or nearly, in this file (a test set); may be repeated.",
        "Не брать того, что есть (или почти есть) в этом файле, например в тестовом наборе; можно повторять.",
        "Мына файлда (мысалы, сынақ жинағында) бар не бар дерлік мәтінді алмау; қайталауға болады.",
    ),
    (
        "Repair Latin letters typed for Cyrillic ones, and the reverse.",
        "Исправить латинские буквы, набранные вместо кириллических, и наоборот.",
        "Кирилл әрпінің орнына терілген латын әріптерін түзету, керісінше де.",
    ),
    (
        "Replace IINs, telephones, e-mails and accounts.",
        "Заменить ИИН, телефоны, адреса почты и счета.",
        "ЖСН, телефон, пошта мекенжайы мен шот нөмірлерін жасыру.",
    ),
    ("Take at most so many pairs.", "Взять не больше стольких пар.", "Бұдан көп жұп алмау."),
    ("Which ones --max-pairs takes.", "Какие из них берёт --max-pairs.", "--max-pairs қайсысын алады."),
    (
        "The size of dev: a share below 1, or a number of pairs.",
        "Размер dev: доля меньше 1 или число пар.",
        "dev көлемі: 1-ден кіші үлес не жұп саны.",
    ),
    ("The size of test, likewise.", "Размер test, так же.", "test көлемі, дәл солай."),
    (
        "Whether a document may not, or may, be parted.",
        "Нельзя или можно делить документ между частями.",
        "Құжатты бөліктер арасында бөлуге бола ма, жоқ па.",
    ),
    (
        "Another number gives another sample and other parts.",
        "Другое число даст другую выборку и другие части.",
        "Басқа сан басқа іріктеме мен басқа бөліктер береді.",
    ),
    (
        "For the dataset card, such as cc-by-4.0; may be repeated.",
        "Для карточки набора, например cc-by-4.0; можно повторять.",
        "Жинақ карточкасы үшін, мысалы cc-by-4.0; қайталауға болады.",
    ),
    (
        "The name of the dataset on its card.",
        "Название набора на его карточке.",
        "Жинақтың карточкасындағы атауы.",
    ),
    (
        "List what is left out in this file, with reasons, as JSON lines.",
        "Записать отброшенное с причинами в этот файл, строками JSON.",
        "Алынбағандарын себебімен осы файлға JSON жолдары етіп жазу.",
    ),
    (
        "Write the manifest here; a dataset folder has one anyway.",
        "Куда записать манифест; в папке набора он есть всегда.",
        "Манифест жазылатын жер; жинақ қалтасында ол бәрібір болады.",
    ),
    (
        "Say what each filter finds in a pair, and why an export would keep it or leave it out.",
        "Показать, что находит в паре каждый фильтр и почему её оставят или отбросят.",
        "Әр сүзгі жұптан не табатынын, жұп неге қалатынын не алынатынын көрсету.",
    ),
    (
        "A memory, or a TMX, TSV, CSV, JSONL, XLIFF or Parquet. Lists what an export leaves out.",
        "Память либо TMX, TSV, CSV, JSONL, XLIFF или Parquet. Перечисляет то, что не попадёт в выгрузку.",
        "Жад немесе TMX, TSV, CSV, JSONL, XLIFF, Parquet. Шығаруға алынбайтындарын тізеді.",
    ),
    (
        "A Kazakh text, with --ru, instead of a source.",
        "Казахский текст, вместе с --ru, вместо источника.",
        "Дереккөздің орнына --ru-мен бірге қазақша мәтін.",
    ),
    ("A Russian text, with --kk.", "Русский текст, вместе с --kk.", "Орысша мәтін, --kk-мен бірге."),
    (
        "The unit with this number, kept or not; may be repeated.",
        "Единица с этим номером, взятая или нет; можно повторять.",
        "Нөмірі осындай бірлік, алынса да, алынбаса да; қайталауға болады.",
    ),
    (
        "The units with this text, kept or not.",
        "Единицы с этим текстом, взятые или нет.",
        "Осы мәтін бар бірліктер, алынса да, алынбаса да.",
    ),
    # ---- fetch ----
    (
        "Fetch what is new from sites with the same news in Kazakh and Russian, politely; a second run goes on.",
        "Бережно скачать новое с сайтов, где одни и те же новости на казахском и русском; повторный запуск продолжает.",
        "Бір жаңалығын қазақша да, орысша да беретін сайттардан жаңасын сыпайы жүктеу; қайта қосса, жалғастырады.",
    ),
    (
        "Feeds, sitemaps, lists and pages by their address (https://…), and files of addresses.",
        "Ленты, карты сайта, списки и страницы по адресу (https://…) и файлы с адресами.",
        "Мекенжайы бойынша таспалар, сайт карталары, тізімдер мен беттер (https://…), мекенжай файлдары.",
    ),
    (
        "The folder to fetch into; the same one next time.",
        "Папка для скачанного; в следующий раз та же.",
        "Жүктелетін қалта; келесіде де сол.",
    ),
    (
        "Your e-mail address or web page; the sites see it.",
        "Ваша почта или страница; сайты её видят.",
        "Поштаңыз не бетіңіз; оны сайттар көреді.",
    ),
    (
        "All lists of this site; may be repeated. See --sites.",
        "Все списки этого сайта; можно повторять. См. --sites.",
        "Осы сайттың барлық тізімі; қайталауға болады. --sites қараңыз.",
    ),
    (
        "The rules of another site: its lists, or those of them that you name. May be repeated.",
        "Правила другого сайта: все его списки или те, что вы назвали. Можно повторять.",
        "Басқа сайттың ережелері: барлық тізімі не өзіңіз атағаны. Қайталауға болады.",
    ),
    (
        "Leave out what is dated before this day.",
        "Пропускать то, что старше этого дня.",
        "Осы күннен бұрынғыны алмау.",
    ),
    (
        "Ask for this many pages at most; the next run goes on.",
        "Запросить не больше стольких страниц; следующий запуск продолжит.",
        "Бұдан көп бет сұрамау; келесі іске қосу жалғастырады.",
    ),
    (
        "Seconds between two requests to a host, at least.",
        "Секунд между двумя запросами к одному серверу, не меньше.",
        "Бір серверге екі сұраудың арасы кемінде неше секунд.",
    ),
    (
        "Ask again for a page that is still listed after this many days.",
        "Через сколько дней снова запросить страницу, которая всё ещё в списке.",
        "Тізімде әлі тұрған бетті неше күннен кейін қайта сұрау.",
    ),
    (
        "Only addresses in which this regular expression is found.",
        "Только адреса, в которых есть это регулярное выражение.",
        "Тек осы тұрақты өрнек табылатын мекенжайлар.",
    ),
    (
        "How the two versions differ in their address, such as `/kz/=/ru/`.",
        "Чем отличаются адреса двух версий, например `/kz/=/ru/`.",
        "Екі нұсқаның мекенжайы несімен өзгеше, мысалы `/kz/=/ru/`.",
    ),
    (
        "Write web archives instead of a file for each page.",
        "Писать веб-архивы, а не файл на каждую страницу.",
        "Әр бетке файл емес, веб-мұрағат жазу.",
    ),
    (
        "Print the sites that are known by name, and end.",
        "Показать сайты, известные по имени, и выйти.",
        "Аты белгілі сайттарды көрсетіп, шығу.",
    ),
    (
        "Print what is known of each page, as JSON lines, and end.",
        "Показать строками JSON, что известно о каждой странице, и выйти.",
        "Әр бет туралы белгілісін JSON жолдарымен көрсетіп, шығу.",
    ),
    # ---- pretranslate ----
    (
        "Look up every sentence of a file and write XLIFF with the matches, ready for any CAT tool.",
        "Найти в памяти каждое предложение файла и записать XLIFF с совпадениями для любой CAT-системы.",
        "Файлдың әр сөйлемін жадтан іздеп, сәйкестіктерін кез келген CAT жүйесіне дайын XLIFF етіп жазу.",
    ),
    (
        "A .txt, .docx or XLIFF file in Kazakh or Russian.",
        "Файл .txt, .docx или XLIFF на казахском или русском.",
        "Қазақша не орысша .txt, .docx не XLIFF файлы.",
    ),
    ("The XLIFF file to write.", "Файл XLIFF, который записать.", "Жазылатын XLIFF файлы."),
    (
        "The version of XLIFF for a text; an XLIFF file keeps its own.",
        "Версия XLIFF для текста; у файла XLIFF остаётся своя.",
        "Мәтінге арналған XLIFF нұсқасы; XLIFF файлы өз нұсқасын сақтайды.",
    ),
    # ---- report ----
    (
        "Show what was read, paired and lost, and what to check first, on one page that needs no network.",
        "Показать на одной странице, без сети, что прочитано, сопоставлено и потеряно и что проверить сначала.",
        "Не оқылып, не жұпталып, не жоғалғанын, алдымен нені тексеру керегін желісіз бір бетте көрсету.",
    ),
    ("The HTML file to write.", "Файл HTML, который записать.", "Жазылатын HTML файлы."),
    (
        "Report on this memory instead of files.",
        "Отчёт об этой памяти, а не о файлах.",
        "Файлдар емес, осы жад туралы есеп.",
    ),
    (
        "The language of the page; by default that of the system.",
        "Язык страницы; по умолчанию системный.",
        "Бет тілі; әдепкіде жүйенікі.",
    ),
    (
        "So many document pairs are shown with all their text, the worst ones.",
        "Столько пар документов показать целиком, начиная с худших.",
        "Осынша құжат жұбы толық мәтінімен көрсетіледі, ең нашарларынан бастап.",
    ),
    (
        "So many sentence pairs are listed, the worst ones.",
        "Столько пар предложений перечислить, начиная с худших.",
        "Осынша сөйлем жұбы тізіледі, ең нашарларынан бастап.",
    ),
    # ---- review ----
    (
        "Open a local page on which a person accepts, mends and rejects what was aligned.",
        "Открыть страницу на этой машине, где человек принимает, правит и отклоняет сопоставленное.",
        "Сәйкестендірілгенді адам қабылдап, түзетіп не қабылдамай тастайтын бетті осы компьютерде ашу.",
    ),
    ("The memory, instead of `--memory`.", "Память, вместо `--memory`.", "Жад, `--memory` орнына."),
    ("The address to listen on.", "Адрес, на котором слушать.", "Тыңдалатын мекенжай."),
    ("0 takes a free one.", "0 — взять свободный.", "0 — бос порт алынады."),
    (
        "The language of the page; by default the browser's.",
        "Язык страницы; по умолчанию язык браузера.",
        "Бет тілі; әдепкіде браузердікі.",
    ),
    (
        "Print the address, and open no browser.",
        "Показать адрес и не открывать браузер.",
        "Мекенжайды көрсетіп, браузерді ашпау.",
    ),
    # ---- serve ----
    (
        "Serve a memory to CAT tools (Virtaal, Weblate, Okapi) and programs.",
        "Дать доступ к памяти CAT-системам (Virtaal, Weblate, Okapi) и программам.",
        "Жадты CAT жүйелеріне (Virtaal, Weblate, Okapi) және бағдарламаларға беріп тұру.",
    ),
    (
        "The address to listen on; 0.0.0.0 is all of them.",
        "Адрес, на котором слушать; 0.0.0.0 — все.",
        "Тыңдалатын мекенжай; 0.0.0.0 — бәрі.",
    ),
    ("Reading needs a token too.", "Для чтения тоже нужен ключ.", "Оқуға да кілт керек."),
    (
        "Another name under which clients may address the server. Repeatable.",
        "Ещё одно имя, по которому клиенты обращаются к серверу. Можно повторять.",
        "Клиенттер серверге жүгінетін тағы бір ат. Қайталауға болады.",
    ),
    (
        "Texts a second that one client may look up in the long run. 0: no limit.",
        "Сколько текстов в секунду в среднем может искать один клиент. 0 — без предела.",
        "Бір клиент орта есеппен секундына неше мәтін іздей алады. 0 — шексіз.",
    ),
    (
        "How many lookups run at the same time.",
        "Сколько поисков идёт одновременно.",
        "Қатар жүретін іздеулер саны.",
    ),
    (
        "Offer matches by meaning; loads the encoder.",
        "Предлагать совпадения по смыслу; загружает кодировщик.",
        "Мағынасы сәйкестерді ұсыну; кодтағыш жүктеледі.",
    ),
    (
        "The file of tokens; by default it stands beside the memory, as FILE.tokens.json.",
        "Файл ключей; по умолчанию лежит рядом с памятью, FILE.tokens.json.",
        "Кілттер файлы; әдепкіде жадтың қасында тұрады, FILE.tokens.json.",
    ),
    (
        "Make a token that may add to the memory, print it, and end.",
        "Создать ключ с правом добавлять в память, показать его и выйти.",
        "Жадқа қосуға рұқсат беретін кілт жасап, көрсетіп, шығу.",
    ),
    (
        "Make a token that may only read, print it, and end.",
        "Создать ключ только для чтения, показать его и выйти.",
        "Тек оқуға арналған кілт жасап, көрсетіп, шығу.",
    ),
    (
        "Take a token back, also from a running server, and end.",
        "Отозвать ключ, в том числе у работающего сервера, и выйти.",
        "Кілтті қайтарып алу, жұмыс істеп тұрған серверден де, сосын шығу.",
    ),
    ("Name the tokens, and end.", "Перечислить ключи и выйти.", "Кілттерді тізіп, шығу."),
    # ---- terms ----
    (
        "Find which words and phrases translate each other, with counts and examples.",
        "Найти слова и обороты, переводящие друг друга, с числом и примерами.",
        "Бірін-бірі аударатын сөздер мен тіркестерді санымен, мысалымен табу.",
    ),
    (
        "The glossary to write: .tsv or .tbx.",
        "Глоссарий, который записать: .tsv или .tbx.",
        "Жазылатын глоссарий: .tsv не .tbx.",
    ),
    (
        "Where the suffix does not say it; `tbx` is TBX-Basic of 2008, `tbx3` of 2019.",
        "Если не видно по расширению; `tbx` — TBX-Basic 2008 года, `tbx3` — 2019 года.",
        "Кеңейтімінен белгісіз болса; `tbx` — 2008 жылғы TBX-Basic, `tbx3` — 2019 жылғысы.",
    ),
    (
        "In how many units a pair of terms must stand.",
        "Во скольких единицах должна встретиться пара терминов.",
        "Термин жұбы кемінде неше бірлікте кездесуі керек.",
    ),
    ("Leave less certain terms out.", "Не брать менее надёжные термины.", "Сенімділігі бұдан төмен терминдерді алмау."),
    ("Look at so many units at the most.", "Просмотреть не больше стольких единиц.", "Бұдан көп бірлікті қарамау."),
    (
        "Ask no encoder: quicker, and less precise.",
        "Без кодировщика: быстрее, но менее точно.",
        "Кодтағышсыз: жылдамырақ, бірақ дәлдігі төмендеу.",
    ),
    # ---- memory ----
    (
        "Import into a memory, export from it, and keep it in order.",
        "Внести в память, выгрузить из неё, содержать её в порядке.",
        "Жадқа енгізу, жадтан шығару, жадты ретке келтіріп ұстау.",
    ),
    (
        "Add the units of files that come from elsewhere; the memory is made where there is none.",
        "Внести единицы из сторонних файлов; если памяти нет, она создаётся.",
        "Сырттан келген файлдардың бірліктерін қосу; жад болмаса, жасалады.",
    ),
    (
        "TMX, XLIFF, TSV, CSV, JSONL or a memory.",
        "TMX, XLIFF, TSV, CSV, JSONL или память.",
        "TMX, XLIFF, TSV, CSV, JSONL не жад.",
    ),
    (
        "The score of units that bring none along.",
        "Оценка для единиц, у которых её нет.",
        "Бағасы жоқ бірліктерге берілетін баға.",
    ),
    (
        "The status of units that bring none along.",
        "Статус для единиц, у которых его нет.",
        "Мәртебесі жоқ бірліктерге берілетін мәртебе.",
    ),
    (
        "The name to keep the units under; by default, that of the file.",
        "Имя, под которым хранить единицы; по умолчанию имя файла.",
        "Бірліктер сақталатын ат; әдепкіде файл аты.",
    ),
    (
        "Leave broken units out, and say how many.",
        "Пропускать испорченные единицы и сказать, сколько их.",
        "Бүлінген бірліктерді өткізіп, санын айту.",
    ),
    (
        "Write the units of a memory to a file, as `qostil batch` does.",
        "Записать единицы памяти в файл, как это делает `qostil batch`.",
        "Жад бірліктерін `qostil batch` сияқты файлға жазу.",
    ),
    ("The file to write.", "Файл, который записать.", "Жазылатын файл."),
    ("Leave less certain units out.", "Не брать менее надёжные единицы.", "Сенімділігі бұдан төмен бірліктерді алмау."),
    (
        "Only units of this status. Without it, all but the rejected.",
        "Только единицы с этим статусом. Без этого — все, кроме отклонённых.",
        "Тек мәртебесі осындай бірліктер. Көрсетілмесе, қабылданбағаннан басқасының бәрі.",
    ),
    ("Say what a memory is made of.", "Показать, из чего состоит память.", "Жадтың неден тұратынын көрсету."),
    (
        "Merge units that differ only in quotation marks, dashes and white space.",
        "Слить единицы, которые различаются лишь кавычками, тире и пробелами.",
        "Тек тырнақша, сызықша, бос орнымен ғана ерекшеленетін бірліктерді біріктіру.",
    ),
    (
        "List the changes, the newest first.",
        "Перечислить изменения, начиная с последних.",
        "Өзгерістерді соңғысынан бастап тізу.",
    ),
    ("How many changes to show.", "Сколько изменений показать.", "Неше өзгеріс көрсету керек."),
    (
        "Only changes of this document pair, by number.",
        "Только изменения этой пары документов, по номеру.",
        "Тек нөмірі осындай құжат жұбының өзгерістері.",
    ),
    (
        "Only changes of this unit, by number.",
        "Только изменения этой единицы, по номеру.",
        "Тек нөмірі осындай бірліктің өзгерістері.",
    ),
    (
        "Only changes older than this one, by number.",
        "Только изменения старше этого, по номеру.",
        "Тек нөмірі осындай өзгерістен бұрынғылары.",
    ),
    (
        "One JSON object a line, with the rows before and after.",
        "По объекту JSON в строке, со строками до и после.",
        "Әр жолда бір JSON нысаны, өзгеріске дейінгі және кейінгі жазбаларымен.",
    ),
    (
        "Take the newest change back, or the one you name. That, too, is kept in the history.",
        "Отменить последнее изменение или названное вами. Это тоже остаётся в истории.",
        "Соңғы не өзіңіз атаған өзгерісті қайтару. Ол да тарихта қалады.",
    ),
    (
        "The change to take back, by its number in the history.",
        "Изменение, которое отменить, по номеру в истории.",
        "Қайтарылатын өзгерістің тарихтағы нөмірі.",
    ),
    ("Take the newest undo back.", "Вернуть последнее отменённое.", "Соңғы қайтарылғанды қалпына келтіру."),
    (
        "Look for damage: in the database, between its tables, in what the units say of themselves.",
        "Искать повреждения: в базе, между её таблицами и в том, что единицы говорят о себе.",
        "Ақау іздеу: дерекқордан, кестелер арасынан, бірліктердің өзі туралы дерегінен.",
    ),
    (
        "Give the room that was freed back to the disk, and forget undone imports that can't be redone any more.",
        "Вернуть диску освободившееся место и забыть отменённые импорты, которые уже не вернуть.",
        "Босаған орынды дискіге қайтарып, қалпына келмейтін импорттарды ұмыту.",
    ),
    (
        "Copy a memory of either kind to a SQLite file, while others go on using it.",
        "Скопировать память любого вида в файл SQLite, не мешая тем, кто с ней работает.",
        "Кез келген түрдегі жадты басқалардың жұмысына кедергі келтірмей SQLite файлына көшіру.",
    ),
    ("The new SQLite file.", "Новый файл SQLite.", "Жаңа SQLite файлы."),
    (
        "Find the units whose text is the same, nearly the same, or (with `--semantic`) means the same.",
        "Найти единицы с таким же, почти таким же или (с `--semantic`) равным по смыслу текстом.",
        "Мәтіні дәл сондай, сондай дерлік немесе (`--semantic` болса) мағынасы бірдей бірліктерді табу.",
    ),
    (
        "The text to look up, in Kazakh or Russian.",
        "Текст для поиска, казахский или русский.",
        "Ізделетін мәтін, қазақша не орысша.",
    ),
    (
        "A file instead of a text: each of its lines is looked up.",
        "Файл вместо текста: ищется каждая его строка.",
        "Мәтіннің орнына файл: әр жолы ізделеді.",
    ),
    (
        "How many matches at most, for each text.",
        "Сколько совпадений на текст, не больше.",
        "Әр мәтінге ең көбі неше сәйкестік.",
    ),
    (
        "Find the units in which words or parts of words stand. Kazakh letters may be typed as Russian ones.",
        "Найти единицы со словами или частями слов. Казахские буквы можно набирать русскими.",
        "Сөз не сөз бөлігі кездесетін бірліктерді табу. Қазақ әріптерін орысшасымен теруге болады.",
    ),
    (
        "Words or a part of a word, in Kazakh or Russian.",
        "Слова или часть слова, на казахском или русском.",
        "Қазақша не орысша сөздер немесе сөз бөлігі.",
    ),
    (
        "The words in any form, with whatever endings.",
        "Слова в любой форме, с любыми окончаниями.",
        "Сөздің кез келген жалғаулы түрі.",
    ),
    ("How many units at most.", "Сколько единиц, не больше.", "Ең көбі неше бірлік."),
    (
        "List every document that batches have seen: paired, waiting for a counterpart, or skipped and why.",
        "Перечислить все документы, которые видели партии: с парой, в ожидании пары или пропущенные, с причиной.",
        "Топтамалар көрген барлық құжатты тізу: жұпталғанын, сыңарын күткенін, өткізіп жіберілгенін себебімен.",
    ),
    ("Only documents of this state.", "Только документы в этом состоянии.", "Тек күйі осындай құжаттар."),
    # ---- tmx ----
    (
        "Work on anybody's TMX, in any languages.",
        "Работа с любыми файлами TMX, на любых языках.",
        "Кез келген тілдегі кез келген TMX файлымен жұмыс.",
    ),
    (
        "Check that files are well-formed, valid, and fit for CAT tools. Exit code 1 if any has an error.",
        "Проверить, что файлы построены правильно, верны по схеме и годятся CAT-системам. При ошибке код выхода 1.",
        "Файлдардың дұрыс құрылғанын, сызбаға сай екенін, CAT жүйелеріне жарайтынын тексеру. Бірінде қате болса, шығу "
        "коды — 1.",
    ),
    ("TMX files.", "Файлы TMX.", "TMX файлдары."),
    ("How much to check.", "Насколько подробно проверять.", "Қаншалықты мұқият тексеру керек."),
    ("One JSON object a line.", "По объекту JSON в строке.", "Әр жолда бір JSON нысаны."),
    (
        "Print every finding, not ten per rule.",
        "Показать все находки, а не по десять на правило.",
        "Әр ережеден оннан емес, табылғанның бәрін көрсету.",
    ),
    ("Make one memory of several.", "Сделать из нескольких памятей одну.", "Бірнеше жадтан бір жад жасау."),
    (
        "TMX files, the most important first.",
        "Файлы TMX, сначала самый важный.",
        "TMX файлдары, ең маңыздысы бірінші.",
    ),
    (
        "What wins, or all.",
        "Что побеждает: новое, надёжное, первое; или оставить всё.",
        "Қайсысы жеңеді: жаңасы, сенімдісі, біріншісі; не бәрі қалады.",
    ),
    (
        "The property that tells reliability.",
        "Свойство, в котором записана надёжность.",
        "Сенімділік жазылған қасиет.",
    ),
    (
        "Keep translations of one text in different contexts.",
        "Оставлять переводы одного текста в разных контекстах.",
        "Бір мәтіннің әр мәнмәтіндегі аудармаларын қалдыру.",
    ),
    (
        "as-is, bare (kk) or regional (kk-KZ).",
        "as-is — как есть, bare (kk) или regional (kk-KZ).",
        "as-is — сол күйі, bare (kk) не regional (kk-KZ).",
    ),
    (
        "Skip units that can't be read, and list them.",
        "Пропускать единицы, которые не читаются, и перечислить их.",
        "Оқылмаған бірліктерді өткізіп, тізіп беру.",
    ),
    (
        "Show what NEW says that OLD does not, and the other way round.",
        "Показать, что есть в NEW и чего нет в OLD, и наоборот.",
        "NEW файлында бар, OLD файлында жоқты және керісінше көрсету.",
    ),
    ("A TMX file; .gz, too.", "Файл TMX; можно .gz.", "TMX файлы; .gz де болады."),
    ("For people or for programs.", "Для людей или для программ.", "Адамға не бағдарламаға арналған."),
    (
        "Take out what helps nobody, each with its reason.",
        "Убрать то, что никому не поможет, каждое с причиной.",
        "Ешкімге пайдасы жоғын себебімен алып тастау.",
    ),
    ("A TMX for what is taken out.", "Файл TMX для убранного.", "Алынғандар жазылатын TMX."),
    ("Take out empty segments.", "Убрать пустые сегменты.", "Бос сегменттерді алу."),
    (
        "Take out segments without a letter or digit.",
        "Убрать сегменты без единой буквы или цифры.",
        "Бірде-бір әрпі не цифры жоқ сегменттерді алу.",
    ),
    (
        "Take out translations that repeat the source.",
        "Убрать переводы, которые повторяют исходный текст.",
        "Түпнұсқаны қайталайтын аудармаларды алу.",
    ),
    (
        "Take out translations much too long or short.",
        "Убрать переводы, слишком длинные или слишком короткие.",
        "Тым ұзын не тым қысқа аудармаларды алу.",
    ),
    ("Take out text in another language.", "Убрать текст на другом языке.", "Басқа тілдегі мәтінді алу."),
    ("Take out repeated units.", "Убрать повторяющиеся единицы.", "Қайталанған бірліктерді алу."),
    (
        "Those that differ in case, spaces, quotes, too.",
        "И те, что отличаются лишь регистром, пробелами, кавычками.",
        "Тек бас әрпі, бос орны, тырнақшасы бөлектерін де.",
    ),
    (
        "How many times longer than expected.",
        "Во сколько раз длиннее ожидаемого.",
        "Күтілгеннен неше есе ұзын.",
    ),
    (
        "Count units, languages, lengths, dates, duplicates and properties.",
        "Подсчитать единицы, языки, длины, даты, повторы и свойства.",
        "Бірліктерді, тілдерді, ұзындықты, күндерді, қайталануды, қасиеттерді санау.",
    ),
    ("One JSON object.", "Один объект JSON.", "Бір JSON нысаны."),
    (
        "Write a memory in another format; .xlf is XLIFF 1.2, and --to xliff2 is 2.1.",
        "Записать память в другом формате; .xlf — это XLIFF 1.2, а --to xliff2 — 2.1.",
        "Жадты басқа пішімде жазу; .xlf — XLIFF 1.2, ал --to xliff2 — 2.1.",
    ),
    (
        "TMX, TSV, CSV, JSONL, XLSX or XLIFF.",
        "TMX, TSV, CSV, JSONL, XLSX или XLIFF.",
        "TMX, TSV, CSV, JSONL, XLSX, XLIFF.",
    ),
    (
        "As kk,ru: the source first.",
        "В виде kk,ru: сначала язык оригинала.",
        "kk,ru түрінде: алдымен түпнұсқа тілі.",
    ),
    (
        "If the suffix does not tell.",
        "Если не видно по расширению.",
        "Кеңейтімінен белгісіз болса.",
    ),
    (
        "Codes in a TMX: as-is, bare (kk) or regional (kk-KZ).",
        "Коды языков в TMX: as-is — как есть, bare (kk) или regional (kk-KZ).",
        "TMX ішіндегі тіл кодтары: as-is — сол күйі, bare (kk) не regional (kk-KZ).",
    ),
    (
        "Write a memory as several files: OUTPUT-001.tmx, OUTPUT-002.tmx …",
        "Записать память несколькими файлами: OUTPUT-001.tmx, OUTPUT-002.tmx …",
        "Жадты бірнеше файлға бөліп жазу: OUTPUT-001.tmx, OUTPUT-002.tmx …",
    ),
    ("Units a file.", "Единиц в файле.", "Бір файлдағы бірліктер саны."),
    ("Bytes a file, unpacked.", "Байт в файле, без сжатия.", "Бір файлдағы байт саны, қысусыз."),
    (
        "Choose units by chance, the same for the same seed.",
        "Выбрать единицы случайно; при том же seed — те же.",
        "Бірліктерді кездейсоқ таңдау; seed бірдей болса, таңдау да бірдей.",
    ),
    ("How many units.", "Сколько единиц.", "Неше бірлік."),
    ("Another seed, another sample.", "Другой seed — другая выборка.", "Басқа seed — басқа іріктеме."),
    ("Turn the direction of translation.", "Повернуть направление перевода.", "Аударма бағытын ауыстыру."),
    ("The new source.", "Новый язык оригинала.", "Жаңа түпнұсқа тілі."),
)

HELP: Catalogue = {en: {"kk": kk, "ru": ru, "en": en} for en, ru, kk in _TEXTS}
