"""What memories, exports, servers, clusters and the fetcher say in English of what can't be done.

As in `reasons.py`, the English wording is looked up word for word, but for what stands in braces.
"""

from __future__ import annotations

from aligner.messages.catalogue import Language

__all__ = ["SERVICE_ERRORS"]

# English, Russian, Kazakh.
_TEXTS: tuple[tuple[str, str, str], ...] = (
    # ---- commands ----
    ("--workers goes with --cluster", "--workers бывает только с --cluster", "--workers тек --cluster бірге беріледі"),
    (
        "--format pairs is found on this machine alone; leave --cluster out",
        "--format pairs считается только на этой машине; уберите --cluster",
        "--format pairs тек осы компьютерде есептеледі; --cluster көрсетпеңіз",
    ),
    (
        "{problem}; nothing was left half-written",
        "{problem}; половинчатых файлов не осталось",
        "{problem}; шала жазылған ештеңе қалмады",
    ),
    # ---- the interface for programs ----
    ("give a text with a sentence in it", "дайте текст, в котором есть предложение", "сөйлемі бар мәтін беріңіз"),
    (
        "the {language} text is one string, the other is sentences; give two strings or two lists",
        "текст {language} — одна строка, а другой — предложения; дайте две строки или два списка",
        "{language} мәтіні — бір жол, екіншісі — сөйлемдер; екі жол не екі тізім беріңіз",
    ),
    # ---- exports ----
    ("{path}: has no name before its suffix", "{path}: перед расширением нет имени", "{path}: кеңейтім алдында ат жоқ"),
    (
        "there is no status {name}; there are {known}",
        "нет статуса {name}; есть {known}",
        "{name} деген мәртебе жоқ; барлары: {known}",
    ),
    (
        "the sizes of dev and test are shares below 1 or numbers of pairs, not below 0",
        "размеры dev и test — это доли меньше 1 или число пар, но не меньше 0",
        "dev пен test көлемі — 1-ден кіші үлес не жұп саны, 0-ден кем емес",
    ),
    ("take at least one pair", "возьмите хотя бы одну пару", "кемінде бір жұп алыңыз"),
    (
        "no document is small enough for {count} pairs of {part}; ask for a larger part, or for none",
        "нет документа, который поместился бы в {count} пар части {part}; попросите часть побольше или не делите",
        "{part} бөлігінің {count} жұбына сыятын шағын құжат жоқ; үлкенірек бөлік сұраңыз не бөлмеңіз",
    ),
    (
        "{path}: Excel holds {count} rows only; take fewer with --max-pairs",
        "{path}: в Excel помещается только {count} строк; возьмите меньше с --max-pairs",
        "{path}: Excel-ге {count} жол ғана сыяды; --max-pairs арқылы азайтыңыз",
    ),
    (
        "{name}: a threshold is a number, such as {example}",
        "{name}: порог — это число, например {example}",
        "{name}: шек — сан, мысалы {example}",
    ),
    # ---- encoders ----
    (
        "{path}: the tokenizer has no <s> or </s>; reinstall qostil",
        "{path}: у токенизатора нет <s> или </s>; переустановите qostil",
        "{path}: токендеуіште <s> не </s> жоқ; qostil-ді қайта орнатыңыз",
    ),
    (
        "{name}: no sentence-transformers model can be loaded from it ({error})",
        "{name}: модель sentence-transformers оттуда не загружается ({error})",
        "{name}: одан sentence-transformers моделі жүктелмейді ({error})",
    ),
    (
        "{name}: sentence-transformers can't be imported ({error}); pip install sentence-transformers",
        "{name}: sentence-transformers не импортируется ({error}); pip install sentence-transformers",
        "{name}: sentence-transformers импортталмайды ({error}); pip install sentence-transformers",
    ),
    # ---- clusters ----
    (
        "--cluster needs Ray; pip install 'qostil[cluster]'",
        "для --cluster нужен Ray; pip install 'qostil[cluster]'",
        "--cluster үшін Ray керек; pip install 'qostil[cluster]'",
    ),
    (
        "the cluster {address} can't be joined: {reason}; start it with `ray start --head`, or give --cluster local",
        "к кластеру {address} не подключиться: {reason}; запустите его: `ray start --head`, или дайте --cluster local",
        "{address} кластеріне қосылу мүмкін болмады: {reason}; `ray start --head` деп іске қосыңыз не --cluster local "
        "беріңіз",
    ),
    (
        "no worker has come for {seconds} s; see that the cluster has free cores. What was finished is kept, and the "
        "same command goes on from there",
        "за {seconds} с не пришёл ни один исполнитель; проверьте, есть ли в кластере свободные ядра. Готовое "
        "сохранено, та же команда продолжит с этого места",
        "{seconds} с ішінде орындаушы келмеді; кластерде бос ядро бар-жоғын тексеріңіз. Біткені сақталды, сол пәрмен "
        "қайта берілсе, жалғасады",
    ),
    (
        "the worker on {machine} is {theirs}, here it is {ours}; install the same version of Qostil, and the same "
        "encoder, on every machine",
        "на {machine} — {theirs}, а здесь — {ours}; поставьте на все машины одну версию Qostil и один кодировщик",
        "{machine} компьютерінде {theirs}, мұнда {ours}; барлық компьютерге бірдей Qostil мен кодтағыш орнатыңыз",
    ),
    ("no worker can be started: {error}", "исполнитель не запускается: {error}", "орындаушы іске қосылмайды: {error}"),
    # ---- fetching ----
    (
        "say who fetches: an e-mail address or a web page, {reason}",
        "скажите, кто скачивает: почта или веб-страница, {reason}",
        "кім жүктейтінін айтыңыз: пошта не веб-бет, {reason}",
    ),
    (
        "{text} is neither an e-mail address nor a web page; give one, {reason}",
        "{text} — не почта и не веб-страница; укажите что-то из них, {reason}",
        "{text} — пошта да, веб-бет те емес; біреуін көрсетіңіз, {reason}",
    ),
    (
        "such as --contact name@example.kz; sites that you visit can then tell you if something is wrong",
        "например --contact name@example.kz; тогда сайты смогут сообщить вам, если что-то не так",
        "мысалы --contact name@example.kz; сонда сайттар бірдеңе дұрыс болмаса, сізге хабарлай алады",
    ),
    (
        "{source}: {text} is no proxy that can be used; give http://HOST:PORT",
        "{source}: {text} не годится как прокси; дайте http://HOST:PORT",
        "{source}: {text} прокси ретінде жарамайды; http://HOST:PORT беріңіз",
    ),
    (
        "nothing could be fetched: {place}: {reason} (and {count} more)",
        "ничего не удалось скачать: {place}: {reason} (и ещё {count})",
        "ештеңе жүктелмеді: {place}: {reason} (және тағы {count})",
    ),
    (
        "nothing could be fetched: {place}: {reason}",
        "ничего не удалось скачать: {place}: {reason}",
        "ештеңе жүктелмеді: {place}: {reason}",
    ),
    (
        "{folder}: nothing was fetched into it; name the folder that you gave with -o",
        "{folder}: в неё ничего не скачано; назовите папку, которую давали через -o",
        "{folder}: оған ештеңе жүктелмеген; -o арқылы берген қалтаны атаңыз",
    ),
    (
        "the parts of an address that tell the versions apart must differ, such as /kz/=/ru/",
        "части адреса, по которым отличаются версии, должны быть разными, например /kz/=/ru/",
        "нұсқаларды ажырататын мекенжай бөліктері бөлек болуы керек, мысалы /kz/=/ru/",
    ),
    (
        "{folder}: can't be made: {reason}; name another folder",
        "{folder}: создать не удалось: {reason}; назовите другую папку",
        "{folder}: жасау мүмкін болмады: {reason}; басқа қалта атаңыз",
    ),
    (
        "the {name} must be a number of 0 or more",
        "--{name} — это число не меньше 0",
        "--{name} — 0-ден кем емес сан",
    ),
    (
        "{text} is no regular expression: {error}",
        "{text} — не регулярное выражение: {error}",
        "{text} — тұрақты өрнек емес: {error}",
    ),
    (
        "{path}: can't be kept: {error}; look at its disk",
        "{path}: сохранить не удалось: {error}; посмотрите на диск",
        "{path}: сақтау мүмкін болмады: {error}; дискіні қараңыз",
    ),
    (
        "{path}: made by a newer qostil; update qostil to go on with it",
        "{path}: сделано более новым qostil; чтобы продолжить, обновите qostil",
        "{path}: жаңарақ qostil жасаған; жалғастыру үшін qostil-ді жаңартыңыз",
    ),
    (
        "{path}: can't be opened: {error}; check the folder",
        "{path}: не открывается: {error}; проверьте папку",
        "{path}: ашылмайды: {error}; қалтаны тексеріңіз",
    ),
    (
        "{path}: is no manifest that can be read: {error}; name another folder",
        "{path}: манифест не читается: {error}; назовите другую папку",
        "{path}: манифест оқылмайды: {error}; басқа қалта атаңыз",
    ),
    (
        "no site is known as {name}; there are: {known}; give --rules for others",
        "сайт {name} неизвестен; есть: {known}; для других дайте --rules",
        "{name} деген сайт белгісіз; барлары: {known}; басқасына --rules беріңіз",
    ),
    # ---- memories ----
    (
        "change {number} was an import that can't be redone; import the file again",
        "изменение {number} — импорт, который уже не вернуть; внесите файл снова",
        "{number} өзгерісі — қалпына келмейтін импорт; файлды қайта енгізіңіз",
    ),
    (
        "change {number} is itself an {what}; undo or redo change {other} instead",
        "изменение {number} само — {what}; отмените или верните изменение {other}",
        "{number} өзгерісінің өзі — {what}; оның орнына {other} өзгерісін қайтарыңыз не қалпына келтіріңіз",
    ),
    ("unit {number} occurs nowhere", "единица {number} нигде не встречается", "{number}-бірлік еш жерде кездеспейді"),
    (
        "unit {number} is {status}, but not where it occurs",
        "у единицы {number} статус {status}, но не там, где она встречается",
        "{number}-бірліктің мәртебесі {status}, бірақ кездесетін жерінде олай емес",
    ),
    (
        "the texts of unit {number} are not those it was stored with",
        "тексты единицы {number} не те, с какими она сохранена",
        "{number}-бірліктің мәтіндері сақталған күйіндегідей емес",
    ),
    (
        "the {what} of the import of {source} was cut off",
        "{what} импорта {source}: прервано",
        "{source} импорты: {what} үзілген",
    ),
    (
        "take it back whole with `qostil memory undo --change {number}`",
        "отмените его целиком: `qostil memory undo --change {number}`",
        "түгел қайтарыңыз: `qostil memory undo --change {number}`",
    ),
    ("the numbers of {table} begin again", "номера в {table} начинаются заново", "{table} нөмірлері қайта басталған"),
    (
        "the beads of pair {number} do not hold each {side} segment once",
        "в соответствиях пары {number} не каждый сегмент {side} стоит ровно один раз",
        "{number}-жұптың сәйкестіктерінде әр {side} сегменті бір рет тұрған жоқ",
    ),
    (
        "undo its last changes (`qostil memory undo`), or align it again",
        "отмените последние изменения (`qostil memory undo`) или сопоставьте заново",
        "соңғы өзгерістерін қайтарыңыз (`qostil memory undo`) не қайта сәйкестендіріңіз",
    ),
    ("pair {number} has no beads", "у пары {number} нет соответствий", "{number}-жұпта сәйкестік жоқ"),
    (
        "pair {number} has no bead {bead}",
        "у пары {number} нет соответствия {bead}",
        "{number}-жұпта {bead} сәйкестігі жоқ",
    ),
    (
        "the import of {source} was cut off after {count} units",
        "импорт {source} прервался, успев внести единиц: {count}",
        "{source} импорты {count} бірліктен кейін үзілді",
    ),
    (
        "import it again to go on, or take it back with `qostil memory undo --change {number}`",
        "внесите снова, чтобы продолжить, или отмените: `qostil memory undo --change {number}`",
        "жалғастыру үшін қайта енгізіңіз не қайтарыңыз: `qostil memory undo --change {number}`",
    ),
    (
        "a text holds a NUL character: {text}; clean the file it comes from",
        "в тексте символ NUL: {text}; почистите файл, из которого он взят",
        "мәтінде NUL таңбасы бар: {text}; ол алынған файлды тазалаңыз",
    ),
    (
        "a text holds half a surrogate pair: {text}; clean the file it comes from",
        "в тексте половина суррогатной пары: {text}; почистите файл, из которого он взят",
        "мәтінде суррогат жұбының жартысы бар: {text}; ол алынған файлды тазалаңыз",
    ),
    (
        "{table} {number} was changed since; undo the later changes first (`qostil memory history`)",
        "{table} {number} с тех пор изменилось; сначала отмените более поздние изменения (`qostil memory history`)",
        "{table} {number} содан бері өзгерген; алдымен кейінгі өзгерістерді қайтарыңыз (`qostil memory history`)",
    ),
    (
        "{path}: the lock can't be made ({error}); check the folder",
        "{path}: замок не создаётся ({error}); проверьте папку",
        "{path}: құлып жасалмайды ({error}); қалтаны тексеріңіз",
    ),
    (
        "{path}: its path has more than the {count} bytes that SQLite opens; name a place nearer to the root with "
        "--memory",
        "{path}: путь длиннее {count} байт, а такого SQLite не открывает; назовите место ближе к корню через --memory",
        "{path}: жолы {count} байттан ұзын, ондайды SQLite ашпайды; --memory арқылы түбірге жақынырақ жер атаңыз",
    ),
    ("{path}: cut off", "{path}: обрывается", "{path}: үзіліп қалған"),
    ("{path}: not a file of arrays", "{path}: не файл массивов", "{path}: жиымдар файлы емес"),
    ("{path}: {name} is damaged", "{path}: {name} повреждён", "{path}: {name} бүлінген"),
    (
        "{path}: its text is not in the memory; run `qostil batch` over it again",
        "{path}: его текста нет в памяти; обработайте его снова: `qostil batch`",
        "{path}: мәтіні жадта жоқ; оны `qostil batch` арқылы қайта өңдеңіз",
    ),
    (
        "{path}: has a table `units` that is no qostil memory; name another database",
        "{path}: в ней таблица `units`, но это не память qostil; назовите другую базу",
        "{path}: ішінде `units` кестесі бар, бірақ qostil жады емес; басқа дерекқор атаңыз",
    ),
    (
        "{path}: the memory can't be read ({error}); nothing was changed; check that the server runs and that you have "
        "the rights, and try again",
        "{path}: память не читается ({error}); ничего не изменено; проверьте, работает ли сервер и есть ли у вас "
        "права, и повторите",
        "{path}: жад оқылмайды ({error}); ештеңе өзгермеді; сервердің жұмысын, құқықтарыңызды тексеріп, қайталаңыз",
    ),
    (
        "{path}: the memory can't be written ({error}); nothing was changed; check that the server runs and that you "
        "have the rights, and try again",
        "{path}: в память не пишется ({error}); ничего не изменено; проверьте, работает ли сервер и есть ли у вас "
        "права, и повторите",
        "{path}: жадқа жазылмайды ({error}); ештеңе өзгермеді; сервердің жұмысын, құқықтарыңызды тексеріп, қайталаңыз",
    ),
    (
        "not the address of a database ({error}); it has the form postgresql://USER:PASSWORD@HOST:PORT/DATABASE",
        "это не адрес базы данных ({error}); он пишется так: postgresql://USER:PASSWORD@HOST:PORT/DATABASE",
        "дерекқор мекенжайы емес ({error}); ол былай жазылады: postgresql://USER:PASSWORD@HOST:PORT/DATABASE",
    ),
    ("{path}: the memory is closed already", "{path}: память уже закрыта", "{path}: жад жабылып қойған"),
    (
        "{path}: the server has no room to write ({why}); nothing of this change was stored",
        "{path}: на сервере нет места для записи ({why}); из этого изменения ничего не сохранено",
        "{path}: серверде жазуға орын жоқ ({why}); бұл өзгерістен ештеңе сақталмады",
    ),
    (
        "table {name} can't be read whole: {error}",
        "таблица {name} читается не вся: {error}",
        "{name} кестесі толық оқылмайды: {error}",
    ),
    ("restore a backup", "верните резервную копию", "сақтық көшірмесін қайтарыңыз"),
    ("the file is damaged: {error}", "файл повреждён: {error}", "файл бүлінген: {error}"),
    (
        "restore a backup; until then, don't write to it",
        "верните резервную копию; до тех пор ничего не записывайте",
        "сақтық көшірмесін қайтарыңыз; оған дейін ештеңе жазбаңыз",
    ),
    (
        "{path}: the backup can't be written ({error}); check the folder",
        "{path}: резервная копия не записывается ({error}); проверьте папку",
        "{path}: сақтық көшірме жазылмайды ({error}); қалтаны тексеріңіз",
    ),
    (
        "{path}: the backup can't be written ({error}); check the space on its disk, and `qostil memory check --memory "
        "{memory}`",
        "{path}: резервная копия не записывается ({error}); проверьте место на диске и `qostil memory check --memory "
        "{memory}`",
        "{path}: сақтық көшірме жазылмайды ({error}); дискідегі орынды және `qostil memory check --memory {memory}` "
        "тексеріңіз",
    ),
    (
        "{path}: the memory can't be written ({error}); nothing of this change was stored; check free space, "
        "permissions, and that no other program holds it",
        "{path}: в память не пишется ({error}); из этого изменения ничего не сохранено; проверьте место, права и не "
        "занята ли она другой программой",
        "{path}: жадқа жазылмайды ({error}); бұл өзгерістен ештеңе сақталмады; бос орынды, рұқсаттарды, басқа "
        "бағдарлама ұстап тұрмағанын тексеріңіз",
    ),
    (
        "{path}: the memory can't be opened ({error}); check the folder, its permissions and free space",
        "{path}: память не открывается ({error}); проверьте папку, права и свободное место",
        "{path}: жад ашылмайды ({error}); қалтаны, рұқсаттарды, бос орынды тексеріңіз",
    ),
    (
        "{path}: the memory can't be read ({error}); restore a backup",
        "{path}: память не читается ({error}); верните резервную копию",
        "{path}: жад оқылмайды ({error}); сақтық көшірмесін қайтарыңыз",
    ),
    (
        "unit {number} was changed by someone else since you opened it (revision {theirs}, yours is {yours}); look at "
        "it again",
        "единицу {number} изменил кто-то ещё, пока она была открыта (правка {theirs}, у вас {yours}); посмотрите снова",
        "{number}-бірлікті ашқаныңыздан бері басқа біреу өзгертті ({theirs}-түзету, сізде {yours}); қайта қараңыз",
    ),
    (
        "pair {number} was changed elsewhere since you opened it (revision {theirs}, yours is {yours}); load it again",
        "пару {number} изменили в другом месте, пока она была открыта (правка {theirs}, у вас {yours}); загрузите "
        "снова",
        "{number}-жұп ашқаныңыздан бері басқа жерде өзгерген ({theirs}-түзету, сізде {yours}); қайта жүктеңіз",
    ),
    # ---- the review page ----
    (
        "the row is no longer as you saw it; load the pair again",
        "строка уже не та, что вы видели; загрузите пару снова",
        "жол сіз көргендей емес; жұпты қайта жүктеңіз",
    ),
    (
        "the text of one of them is not in the memory; run `qostil batch` over it again",
        "текста одного из них нет в памяти; обработайте его снова: `qostil batch`",
        "бірінің мәтіні жадта жоқ; оны `qostil batch` арқылы қайта өңдеңіз",
    ),
    (
        "pair {number} was changed elsewhere since it was loaded",
        "пару {number} изменили в другом месте после загрузки",
        "{number}-жұп жүктелгеннен бері басқа жерде өзгерген",
    ),
    (
        "change {number} has undone no pairing",
        "изменение {number} не разъединяло пары",
        "{number} өзгерісі жұп ажыратпаған",
    ),
    (
        "choose one Kazakh and one Russian document",
        "выберите один казахский и один русский документ",
        "бір қазақша, бір орысша құжат таңдаңыз",
    ),
    (
        "the page writes TMX or XLSX: what was accepted, or that and what scores high enough",
        "страница выгружает TMX или XLSX: принятое, или ещё и то, у чего высокая оценка",
        "бет TMX не XLSX шығарады: қабылданғанын, не оған қоса бағасы жеткілікті жоғарысын",
    ),
    # ---- tokens ----
    (
        "{name} is no name for a token; use up to 64 letters, digits and . _ - @",
        "{name} не годится в имя ключа; до 64 букв, цифр и . _ - @",
        "{name} кілт атына жарамайды; 64-ке дейін әріп, цифр және . _ - @ қолданыңыз",
    ),
    (
        "there is a token for {name} already; revoke it first, or choose another name",
        "ключ {name} уже есть; сначала отзовите его или выберите другое имя",
        "{name} кілті бұрыннан бар; алдымен қайтарып алыңыз не басқа ат таңдаңыз",
    ),
    (
        "{path}: there is no token for {name}; there are: {known}",
        "{path}: нет ключа {name}; есть: {known}",
        "{path}: {name} деген кілт жоқ; барлары: {known}",
    ),
    (
        "{path}: tokens of a newer qostil; update qostil, or give --tokens another file",
        "{path}: ключи более нового qostil; обновите qostil или дайте --tokens другой файл",
        "{path}: жаңарақ qostil кілттері; qostil-ді жаңартыңыз не --tokens үшін басқа файл беріңіз",
    ),
    (
        "{path}: not a file of tokens; restore it, or remove it and make new tokens",
        "{path}: не файл ключей; верните прежний или удалите его и создайте новые ключи",
        "{path}: кілттер файлы емес; бұрынғысын қайтарыңыз не өшіріп, жаңа кілт жасаңыз",
    ),
    (
        "{path}: the tokens can't be read ({error}); check its permissions",
        "{path}: ключи не читаются ({error}); проверьте права",
        "{path}: кілттер оқылмайды ({error}); рұқсаттарын тексеріңіз",
    ),
    (
        "{path}: the tokens can't be written ({error})",
        "{path}: ключи не записываются ({error})",
        "{path}: кілттер жазылмайды ({error})",
    ),
    # ---- why an export leaves a pair out ----
    (
        "{name} {score}: the same words on both sides",
        "{name} {score}: одни и те же слова с обеих сторон",
        "{name} {score}: екі жағында бірдей сөздер",
    ),
    (
        "{name} {score}: the same words again and again",
        "{name} {score}: одни и те же слова снова и снова",
        "{name} {score}: бір сөздер қайталана береді",
    ),
    (
        "{name} {score}: too few Cyrillic letters",
        "{name} {score}: слишком мало кириллицы",
        "{name} {score}: кирилл әріптері тым аз",
    ),
    (
        "{name} {score}: characters of a wrong encoding",
        "{name} {score}: символы из неверной кодировки",
        "{name} {score}: қате кодтаманың таңбалары",
    ),
    (
        "{name} {score}: the {side} side is longer",
        "{name} {score}: сторона {side} длиннее",
        "{name} {score}: {side} жағы ұзынырақ",
    ),
    (
        "{name} {score}: too long for a sentence",
        "{name} {score}: слишком длинно для предложения",
        "{name} {score}: сөйлем үшін тым ұзын",
    ),
    (
        "{name}: no letter on the {side} side",
        "{name}: на стороне {side} нет ни одной буквы",
        "{name}: {side} жағында бірде-бір әріп жоқ",
    ),
    (
        "{name}: no letter on the kk and the ru side",
        "{name}: ни на одной стороне нет букв",
        "{name}: екі жағында да әріп жоқ",
    ),
    (
        "{name}: {language} on the {side} side",
        "{name}: на стороне {side} — {language}",
        "{name}: {side} жағында — {language}",
    ),
    (
        "{name}: the same pair stands elsewhere with a score as good",
        "{name}: та же пара есть в другом месте с не худшей оценкой",
        "{name}: дәл осы жұп басқа жерде бар, бағасы кем емес",
    ),
    (
        "{name}: a pair nearly the same has a score as good",
        "{name}: есть почти такая же пара с не худшей оценкой",
        "{name}: осыған ұқсас, бағасы кем емес жұп бар",
    ),
    (
        "{name}: a side stands, or nearly, in one of the files to keep out",
        "{name}: одна сторона есть (или почти есть) в файле, которого надо избегать",
        "{name}: бір жағы алынбайтын файлда бар не бар дерлік",
    ),
    (
        "{name}: a side stands in very many documents",
        "{name}: одна сторона стоит в очень многих документах",
        "{name}: бір жағы өте көп құжатта кездеседі",
    ),
    ("{name}: not among those taken", "{name}: не попала в выборку", "{name}: іріктемеге кірмеді"),
    (
        "{name}: a side stands, or nearly, in another part",
        "{name}: одна сторона есть (или почти есть) в другой части",
        "{name}: бір жағы басқа бөлікте бар не бар дерлік",
    ),
    # ---- encoders at hand ----
    (
        "comes with Qostil, for Kazakh and Russian; the default",
        "идёт с Qostil, для казахского и русского; по умолчанию",
        "Qostil-мен бірге келеді, қазақша мен орысшаға арналған; әдепкі",
    ),
    (
        "109 languages, trained on translation pairs",
        "109 языков, обучен на парах переводов",
        "109 тіл, аударма жұптарымен үйретілген",
    ),
    (
        "more than 100 languages, texts of up to 8,192 tokens",
        "больше 100 языков, тексты до 8192 токенов",
        "100-ден астам тіл, 8192 токенге дейінгі мәтіндер",
    ),
    (
        "what the embedded encoder is made from",
        "из него сделан встроенный кодировщик",
        "ішіне салынған кодтағыш осыдан жасалған",
    ),
    ("100 languages, the middle size", "100 языков, средний размер", "100 тіл, орташа көлемді"),
    ("100 languages, the large size", "100 языков, большой размер", "100 тіл, үлкен көлемді"),
)

SERVICE_ERRORS: dict[str, dict[Language, str]] = {en: {"kk": kk, "ru": ru} for en, ru, kk in _TEXTS}
