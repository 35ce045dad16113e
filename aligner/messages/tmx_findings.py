"""What the library `tmx` says in English of files: its rules and findings, why units go, what it can't read or write.

As in `reasons.py`, the English wording is looked up word for word, but for what stands in braces.
"""

from __future__ import annotations

from aligner.messages.catalogue import Language

__all__ = ["TMX_FINDINGS"]

# English, Russian, Kazakh.
_TEXTS: tuple[tuple[str, str, str], ...] = (
    # ---- the kinds of findings ----
    ("error", "ошибка", "қате"),
    ("warning", "предупреждение", "ескерту"),
    ("all", "все", "бәрі"),
    # ---- the rules, and why they are ----
    ("not well-formed XML", "XML построен неправильно", "XML дұрыс құрылмаған"),
    (
        "no parser may go on after it",
        "дальше не имеет права читать ни одна программа",
        "одан әрі ешбір бағдарлама оқымайды",
    ),
    ("beyond the limits", "сверх допустимого", "шектен тыс"),
    (
        "a file that is so large, deep or tangled in one place is damaged or built to do harm",
        "файл, в одном месте настолько большой, глубокий или запутанный, повреждён или сделан со злым умыслом",
        "бір жері осынша үлкен, терең не шатасқан файл бүлінген не зиян келтіруге жасалған",
    ),
    ("encoding", "кодировка", "кодтама"),
    (
        "the bytes are not what the file says they are",
        "байты не те, какими их объявляет файл",
        "байттары файл айтқандай емес",
    ),
    ("root element", "корневой элемент", "түбір элемент"),
    ("a TMX document begins with tmx", "документ TMX начинается с tmx", "TMX құжаты tmx элементінен басталады"),
    ("unknown element", "неизвестный элемент", "белгісіз элемент"),
    (
        "OmegaT validates against its XSD and refuses",
        "OmegaT сверяет со своей XSD и отказывается",
        "OmegaT өз XSD сызбасымен салыстырып, қабылдамайды",
    ),
    ("element not allowed here", "элементу здесь не место", "элементтің орны мұнда емес"),
    (
        "the DTD gives every element its place",
        "DTD указывает место каждому элементу",
        "DTD әр элементтің орнын белгілейді",
    ),
    ("missing element", "не хватает элемента", "элемент жетіспейді"),
    ("missing attribute", "не хватает атрибута", "атрибут жетіспейді"),
    ("the DTD demands it", "этого требует DTD", "DTD талап етеді"),
    ("unknown attribute", "неизвестный атрибут", "белгісіз атрибут"),
    ("value not allowed", "недопустимое значение", "рұқсат етілмеген мән"),
    ("the DTD lists the values", "значения перечислены в DTD", "мәндері DTD тізімінде бар"),
    ("text between elements", "текст между элементами", "элементтер арасындағы мәтін"),
    (
        "the DTD allows elements only here",
        "DTD допускает здесь только элементы",
        "DTD бұл жерде тек элементтерге рұқсат береді",
    ),
    ("language code that is none", "такого кода языка не бывает", "мұндай тіл коды болмайды"),
    (
        "xml:lang is an xs:language in the XSD: letters and digits in groups of at most eight, joined by hyphens",
        "xml:lang по XSD — это xs:language: буквы и цифры группами не длиннее восьми, через дефис",
        "xml:lang XSD бойынша xs:language: дефиспен қосылған, сегізден аспайтын әріп пен цифр топтары",
    ),
    ("white space around a segment", "пробелы вокруг сегмента", "сегменттің айналасындағы бос орын"),
    (
        "the text no longer equals the one in the document: 0 of 6 automatic matches in OmegaT",
        "текст уже не равен тому, что в документе: в OmegaT 0 автоматических совпадений из 6",
        "мәтін құжаттағысына тең болмай қалады: OmegaT-та 6 автоматты сәйкестіктің 0-і",
    ),
    ("one language, several codes", "один язык, несколько кодов", "бір тіл, бірнеше код"),
    (
        "tools take them for different languages, or drop one",
        "программы принимают их за разные языки или теряют один",
        "бағдарламалар оларды бөлек тіл деп қабылдайды не біреуін жоғалтады",
    ),
    ("segment over 2,000 characters", "сегмент длиннее 2000 знаков", "2000 таңбадан ұзын сегмент"),
    ("the cloud refuses the unit", "облако не принимает единицу", "бұлт мұндай бірлікті қабылдамайды"),
    ("srclang is not the code of a variant", "srclang не совпадает с кодом варианта", "srclang нұсқа кодына сай емес"),
    (
        "it must repeat the code letter by letter; *all* and another direction load with a warning",
        "он должен повторять код буква в букву; *all* и другое направление загружаются с предупреждением",
        "ол кодты әріппе-әріп қайталауы керек; *all* пен басқа бағыт ескертумен жүктеледі",
    ),
    ("more than two languages", "больше двух языков", "екіден көп тіл"),
    (
        "“Multilingual TMX files are not supported”",
        "«Многоязычные файлы TMX не поддерживаются»",
        "«Көптілді TMX файлдарына қолдау жоқ»",
    ),
    ("empty segment", "пустой сегмент", "бос сегмент"),
    (
        "it is imported as a translation, or refused",
        "он вносится как перевод или отвергается",
        "ол аударма ретінде енгізіледі не қабылданбайды",
    ),
    ("several translations of one text", "несколько переводов одного текста", "бір мәтіннің бірнеше аудармасы"),
    (
        "one target is kept per source, and which one is chance",
        "на один исходный текст остаётся один перевод, какой — дело случая",
        "бір түпнұсқаға бір аударма қалады, қайсысы екені кездейсоқ",
    ),
    (
        "language code that tools do not match",
        "код языка, который программы не узнают",
        "бағдарламалар танымайтын тіл коды",
    ),
    (
        "underscores and three letters are not matched by OmegaT, a script is not by translate-toolkit",
        "подчёркивания и три буквы не узнаёт OmegaT, письменность — translate-toolkit",
        "асты сызылған белгі мен үш әріпті OmegaT, жазу түрін translate-toolkit танымайды",
    ),
    (
        "not UTF-8, or with a byte-order mark",
        "не UTF-8 или с меткой порядка байтов",
        "UTF-8 емес не байт ретінің белгісімен",
    ),
    (
        "UTF-8 without a mark is the one form that every tool reads",
        "UTF-8 без метки — единственный вид, который читают все программы",
        "белгісіз UTF-8 — барлық бағдарлама оқитын жалғыз түр",
    ),
    ("document type", "тип документа", "құжат типі"),
    (
        'anything but <!DOCTYPE tmx SYSTEM "tmx14.dtd"> may be fetched or refused',
        'всё, кроме <!DOCTYPE tmx SYSTEM "tmx14.dtd">, могут запросить из сети или отвергнуть',
        '<!DOCTYPE tmx SYSTEM "tmx14.dtd"> болмаса, желіден сұралуы не қабылданбауы мүмкін',
    ),
    ("tuid on some units only", "tuid только у части единиц", "tuid кейбір бірлікте ғана бар"),
    (
        "importers that update by tuid handle the others as new ones each time",
        "программы, которые обновляют по tuid, остальные каждый раз считают новыми",
        "tuid бойынша жаңартатын бағдарламалар қалғанын әр жолы жаңа деп санайды",
    ),
    ("tuid used twice", "tuid повторяется", "tuid екі рет қолданылған"),
    (
        "the second unit overwrites the first",
        "вторая единица затирает первую",
        "екінші бірлік біріншісін өшіреді",
    ),
    ("date", "дата", "күні"),
    (
        "dates have the form YYYYMMDDThhmmssZ; others are dropped, or end the import",
        "даты пишутся как YYYYMMDDThhmmssZ; другие теряются или обрывают импорт",
        "күндер YYYYMMDDThhmmssZ түрінде жазылады; басқасы жоғалады не импортты тоқтатады",
    ),
    ("inline tags that do not pair", "непарные метки внутри", "жұпталмаған ішкі белгілер"),
    (
        "i must be unique in a segment and pair each bpt with an ept, and x must be unique: “TagAnchorAlreadyUsed”",
        "i не повторяется в сегменте и связывает каждый bpt с ept, x тоже не повторяется: «TagAnchorAlreadyUsed»",
        "i сегментте қайталанбай, әр bpt пен ept жұптайды, x те қайталанбайды: «TagAnchorAlreadyUsed»",
    ),
    ("text inside hi", "текст внутри hi", "hi ішіндегі мәтін"),
    ("OmegaT at level 1 drops it", "OmegaT на уровне 1 теряет его", "OmegaT 1-деңгейде оны жоғалтады"),
    ("version", "версия", "нұсқа"),
    (
        'the value is "1.4"; "1.4b" is refused, and older versions are read in other ways',
        'значение — "1.4"; "1.4b" отвергается, а старые версии читаются иначе',
        'мәні — "1.4"; "1.4b" қабылданбайды, ескі нұсқалар басқаша оқылады',
    ),
    (
        "OmegaT then reads the file as its own project memory, by other rules",
        "тогда OmegaT читает файл как память своего проекта, по другим правилам",
        "онда OmegaT файлды өз жобасының жады деп, басқа ережемен оқиды",
    ),
    ("segtype is not sentence", "segtype — не sentence", "segtype — sentence емес"),
    (
        "OmegaT splits paragraphs again, and sides that split differently are lost",
        "OmegaT снова делит абзацы, и стороны, поделённые по-разному, теряются",
        "OmegaT азат жолдарды қайта бөледі, екі жағы бөлек бөлінсе, жоғалады",
    ),
    ("file over 1 GB", "файл больше 1 ГБ", "1 ГБ асатын файл"),
    (
        "the upload is refused; `split` makes it smaller",
        "его не дают загрузить; `split` разделит на части",
        "жүктеуге қабылданбайды; `split` бөліктерге бөледі",
    ),
    ("ut element", "элемент ut", "ut элементі"),
    ("it is deprecated, and its code is lost", "он устарел, и его код теряется", "ол ескірген, коды жоғалады"),
    ("unit with one language only", "единица на одном языке", "бір тілдегі ғана бірлік"),
    (
        "a unit without a translation is skipped, or refused",
        "единицу без перевода пропускают или отвергают",
        "аудармасыз бірлік өткізіп жіберіледі не қабылданбайды",
    ),
    (
        "line break or tab in a segment",
        "перенос строки или табуляция в сегменте",
        "сегменттегі жол ауысу не табуляция",
    ),
    (
        "it is collapsed to a space, or kept, so that the segment matches in one tool only",
        "одни программы сводят его к пробелу, другие оставляют: сегмент совпадёт лишь в одной",
        "бір бағдарлама оны бос орынға айналдырады, бірі қалдырады: сегмент біреуінде ғана сай келеді",
    ),
    # ---- findings: well-formed and schema ----
    ("not well-formed: {problem}", "построено неправильно: {problem}", "дұрыс құрылмаған: {problem}"),
    ("the document type is {name}, not 'tmx'", "тип документа — {name}, а не 'tmx'", "құжат типі — {name}, 'tmx' емес"),
    (
        "the root element is {name}, not {wanted}",
        "корневой элемент — {name}, а не {wanted}",
        "түбір элемент — {name}, {wanted} емес",
    ),
    ("TMX has no element {name}", "в TMX нет элемента {name}", "TMX-те {name} элементі жоқ"),
    ("{name} may not stand in {parent}", "{name} не может стоять внутри {parent}", "{name} {parent} ішінде тұрмайды"),
    (
        "{name} must stand before the {other} of a {parent}",
        "{name} в {parent} должен стоять раньше {other}",
        "{parent} ішінде {name} {other} алдында тұруы керек",
    ),
    ("a {parent} has one {name} only", "у {parent} только один {name}", "{parent} ішінде бір ғана {name} болады"),
    ("tmx has one {name} only", "у tmx только один {name}", "tmx ішінде бір ғана {name} болады"),
    (
        "the header must stand before the body",
        "header должен стоять раньше body",
        "header элементі body алдында тұруы керек",
    ),
    (
        "{name} needs the attribute {attribute}",
        "{name} требует атрибут {attribute}",
        "{name} {attribute} атрибутын талап етеді",
    ),
    (
        "{name} has no attribute {attribute}",
        "у {name} нет атрибута {attribute}",
        "{name} элементінде {attribute} атрибуты жоқ",
    ),
    (
        "{attribute}={value} is none of {allowed}",
        "{attribute}={value}, а допустимо только {allowed}",
        "{attribute}={value}, ал рұқсат етілгені: {allowed}",
    ),
    ("version={value} is not '1.4'", "version={value}, а нужно '1.4'", "version={value}, '1.4' болуы керек"),
    (
        "xml:lang={value} is no language code",
        "xml:lang={value} — не код языка",
        "xml:lang={value} — тіл коды емес",
    ),
    ("{name} may not hold text", "в {name} не может быть текста", "{name} ішінде мәтін болмайды"),
    ("tmx needs a {name}", "в tmx должен быть {name}", "tmx ішінде {name} болуы керек"),
    ("a {parent} needs a {name}", "в {parent} должен быть {name}", "{parent} ішінде {name} болуы керек"),
    # ---- findings: fit for tools ----
    ("the {language} segment is empty", "сегмент {language} пуст", "{language} сегменті бос"),
    (
        "the {language} segment begins or ends with white space",
        "сегмент {language} начинается или кончается пробелом",
        "{language} сегменті бос орыннан басталады не бос орынмен бітеді",
    ),
    (
        "the {language} segment has {count} characters",
        "знаков в сегменте {language}: {count}",
        "{language} сегментінде {count} таңба бар",
    ),
    (
        "the {language} segment holds a line break or tab",
        "в сегменте {language} перенос строки или табуляция",
        "{language} сегментінде жол ауысу не табуляция бар",
    ),
    ("the unit has {language} only", "в единице только {language}", "бірлікте {language} ғана бар"),
    (
        "srclang is {code}, the variants are {codes}; said once",
        "srclang — {code}, а варианты — {codes}; больше не повторяется",
        "srclang — {code}, ал нұсқалары — {codes}; бір рет айтылады",
    ),
    (
        "{name}={value} is not of the form YYYYMMDDThhmmssZ",
        "{name}={value} — не в виде YYYYMMDDThhmmssZ",
        "{name}={value} — YYYYMMDDThhmmssZ түрінде емес",
    ),
    (
        "{name}={value} in the header is not of the form YYYYMMDDThhmmssZ",
        "{name}={value} в header — не в виде YYYYMMDDThhmmssZ",
        "header ішіндегі {name}={value} — YYYYMMDDThhmmssZ түрінде емес",
    ),
    (
        "the {language} text has another translation in an earlier unit",
        "у текста {language} есть другой перевод в одной из прежних единиц",
        "{language} мәтінінің алдыңғы бірлікте басқа аудармасы бар",
    ),
    (
        "{code} is not matched by every tool",
        "{code} узнают не все программы",
        "{code} кодын кейбір бағдарлама танымайды",
    ),
    ("{code} and {other} are both used", "используются и {code}, и {other}", "{code} да, {other} де қолданылған"),
    ("there are {codes} and {code}", "есть {codes} и {code}", "{codes} және {code} бар"),
    (
        "some units have a tuid and some have none",
        "у одних единиц tuid есть, у других нет",
        "кей бірлікте tuid бар, кейінде жоқ",
    ),
    ("the tuid {tuid} was used before", "tuid {tuid} уже встречался", "{tuid} деген tuid бұрын кездесті"),
    (
        "the file is in {encoding} with a byte-order mark",
        "файл в {encoding} с меткой порядка байтов",
        "файл байт ретінің белгісі бар {encoding} кодтамасында",
    ),
    ("the file is in {encoding}", "файл в {encoding}", "файл {encoding} кодтамасында"),
    ("there is no document type", "тип документа не указан", "құжат типі көрсетілмеген"),
    (
        "the document type points to {target}",
        "тип документа указывает на {target}",
        "құжат типі {target} дегенге сілтейді",
    ),
    ("the version is {version}", "версия — {version}", "нұсқасы — {version}"),
    (
        "the header says that OmegaT made the file",
        "в header сказано, что файл создан в OmegaT",
        "header файлды OmegaT жасаған дейді",
    ),
    ("segtype is {value}", "segtype — {value}", "segtype — {value}"),
    ("the file has {count} bytes", "байт в файле: {count}", "файлда {count} байт бар"),
    ("i={mark} opens twice", "i={mark} открывается дважды", "i={mark} екі рет ашылады"),
    ("i={mark} closes twice", "i={mark} закрывается дважды", "i={mark} екі рет жабылады"),
    ("i={mark} has no partner", "у i={mark} нет пары", "i={mark} жұпсыз"),
    ("x={mark} is used twice", "x={mark} повторяется", "x={mark} екі рет қолданылған"),
    (
        "in the {language} segment {problems}",
        "в сегменте {language}: {problems}",
        "{language} сегментінде: {problems}",
    ),
    (
        "the {language} segment has text inside hi",
        "в сегменте {language} текст внутри hi",
        "{language} сегментінде hi ішінде мәтін бар",
    ),
    (
        "the {language} segment has a ut element",
        "в сегменте {language} есть элемент ut",
        "{language} сегментінде ut элементі бар",
    ),
    # ---- why units are taken out ----
    ("empty", "пусто", "бос"),
    ("markup-only", "одна разметка", "тек белгілер"),
    ("identical", "повторяет оригинал", "түпнұсқаны қайталайды"),
    ("length", "длина", "ұзындығы"),
    ("language", "язык", "тілі"),
    ("duplicate", "повтор", "қайталанған"),
    ("near-duplicate", "почти повтор", "қайталанған дерлік"),
    # ---- what can't be read ----
    ("is no XML file, so no TMX file", "это не XML, значит, и не TMX", "XML емес, демек, TMX те емес"),
    (
        "is no TMX file: its root element is {name}, not 'tmx'",
        "это не TMX: корневой элемент — {name}, а не 'tmx'",
        "TMX емес: түбір элементі — {name}, 'tmx' емес",
    ),
    ("the file is empty", "файл пуст", "файл бос"),
    ("can't be opened: {reason}", "не открывается: {reason}", "ашылмайды: {reason}"),
    ("the file is larger than {count} bytes", "файл больше {count} байт", "файл {count} байттан үлкен"),
    ("the .gz is damaged ({error})", "архив .gz повреждён ({error})", ".gz бүлінген ({error})"),
    ("the .gz is cut off", "архив .gz обрывается", ".gz үзіліп қалған"),
    (
        "declares the encoding {name}, which is unknown",
        "объявляет неизвестную кодировку {name}",
        "белгісіз {name} кодтамасын көрсетеді",
    ),
    (
        "is not in {name}, which it claims to be",
        "не в {name}, хотя так объявлено",
        "{name} деп көрсетілген, бірақ олай емес",
    ),
    (
        "a tag or comment is longer than {count} bytes",
        "метка или комментарий длиннее {count} байт",
        "белгі не түсініктеме {count} байттан ұзын",
    ),
    ("the line is longer than {count} bytes", "строка длиннее {count} байт", "жол {count} байттан ұзын"),
    (
        "has more than {count} different names",
        "разных имён больше {count}",
        "{count} санынан көп түрлі ат бар",
    ),
    (
        "more than {count} units can't be read",
        "не читается больше {count} единиц",
        "{count} бірліктен көбі оқылмайды",
    ),
    (
        "the text of a {name} is longer than {count} characters",
        "текст {name} длиннее {count} знаков",
        "{name} мәтіні {count} таңбадан ұзын",
    ),
    ("a tuv has two seg elements", "в tuv два элемента seg", "tuv ішінде екі seg бар"),
    ("a tuv names no language", "в tuv не назван язык", "tuv ішінде тіл көрсетілмеген"),
    ("the {language} tuv has no seg", "в tuv {language} нет seg", "{language} tuv ішінде seg жоқ"),
    ("the tu has no tuv", "в tu нет tuv", "tu ішінде tuv жоқ"),
    (
        "no translation unit in JSON: {error}",
        "не единица перевода в JSON: {error}",
        "JSON аударма бірлігі емес: {error}",
    ),
    ("the row has one column only", "в строке только один столбец", "жолда бір ғана баған бар"),
    ("no CSV: {error}", "это не CSV: {error}", "CSV емес: {error}"),
    ("is no Excel file that can be read: {error}", "файл Excel не читается: {error}", "Excel файлы оқылмайды: {error}"),
    ("is no Excel file (.xlsx)", "это не файл Excel (.xlsx)", "Excel файлы (.xlsx) емес"),
    (
        "unpacks to more than {times} times its size, as a zip bomb does",
        "распаковывается более чем в {times} раз, как zip-бомба",
        "zip-бомба сияқты {times} еседен артық ашылады",
    ),
    (
        "the .gz unpacks to more than {times} times its size, as a gzip bomb does",
        "архив .gz распаковывается более чем в {times} раз, как gzip-бомба",
        ".gz gzip-бомба сияқты {times} еседен артық ашылады",
    ),
    (
        "more than {count} bytes without the end of a unit",
        "больше {count} байт без конца единицы",
        "{count} байттан асса да, бірлік бітпейді",
    ),
    (
        "elements lie more than {count} deep inside a {name}",
        "элементы внутри {name} вложены глубже {count}",
        "{name} ішіндегі элементтер {count} деңгейден терең",
    ),
    ("the line holds no object", "в строке нет объекта", "жолда нысан жоқ"),
    ("the unit has no variants", "в единице нет вариантов", "бірлікте нұсқа жоқ"),
    ("an annotation is no object", "пометка — не объект", "ескерту нысан емес"),
    ("elements lie too deep", "элементы вложены слишком глубоко", "элементтер тым терең"),
    ("{key} is missing, or no text", "{key} нет, или это не текст", "{key} жоқ не мәтін емес"),
    ("attributes are no object of texts", "атрибуты — не объект с текстами", "атрибуттар мәтін нысаны емес"),
    ("{key} is no list", "{key} — не список", "{key} тізім емес"),
    (
        "there are neither variants nor a text per language",
        "нет ни вариантов, ни текстов по языкам",
        "нұсқа да, тіл бойынша мәтін де жоқ",
    ),
    (
        "the content holds something that is neither text nor element",
        "в содержимом есть что-то, кроме текста и элементов",
        "мазмұнында мәтін де, элемент те емес бірдеңе бар",
    ),
    # ---- languages ----
    (
        "the unit has no text in {language} to give a context to",
        "в единице нет текста на {language}, чтобы дать ему контекст",
        "бірлікте мәнмәтін берілетін {language} мәтіні жоқ",
    ),
    (
        "{file} has {languages} and the source {source}; name the language that shall be the source",
        "в {file} есть {languages}, а язык оригинала — {source}; назовите, какой язык станет исходным",
        "{file} ішінде {languages} бар, түпнұсқа тілі — {source}; қай тіл түпнұсқа болатынын атаңыз",
    ),
    (
        "no unit has a text in {language}",
        "ни в одной единице нет текста на {language}",
        "ешбір бірлікте {language} мәтіні жоқ",
    ),
    (
        "no unit of {file} has a text in {language}",
        "в {file} ни в одной единице нет текста на {language}",
        "{file} ішінде ешбір бірліктің {language} мәтіні жоқ",
    ),
    (
        "the two languages are the same: {language}",
        "оба языка одинаковы: {language}",
        "екі тіл бірдей: {language}",
    ),
    (
        "{file}: the first row names no languages, and none were given",
        "{file}: в первой строке языки не названы, и они не заданы",
        "{file}: бірінші жолда тілдер аталмаған, өздері де берілмеген",
    ),
    (
        "{file} has more than {count} languages; name those to convert",
        "в {file} больше {count} языков; назовите нужные",
        "{file} ішінде {count} тілден көп; керегін атаңыз",
    ),
    (
        "XLIFF holds a source and one target language; name the two of {languages}",
        "в XLIFF один язык оригинала и один язык перевода; назовите два из {languages}",
        "XLIFF бір түпнұсқа, бір аударма тілін сақтайды; мынаның екеуін атаңыз: {languages}",
    ),
    (
        "the file element does not name both languages",
        "элемент file не называет оба языка",
        "file элементі екі тілді атамайды",
    ),
    (
        "the xliff element does not name both languages",
        "элемент xliff не называет оба языка",
        "xliff элементі екі тілді атамайды",
    ),
    (
        "no language profile is called {name}; there are as-is, bare and regional",
        "нет профиля языков {name}; есть as-is, bare и regional",
        "{name} деген тіл профилі жоқ; барлары: as-is, bare, regional",
    ),
    # ---- what can't be written ----
    (
        "{path}: can't be written: {error}",
        "{path}: записать не удалось: {error}",
        "{path}: жазу мүмкін болмады: {error}",
    ),
    (
        "the output can't be written: {error}",
        "записать результат не удалось: {error}",
        "нәтижені жазу мүмкін болмады: {error}",
    ),
    (
        "{path}: Excel holds {count} rows only; split the memory first",
        "{path}: в Excel помещается только {count} строк; сначала разделите память",
        "{path}: Excel-ге {count} жол ғана сыяды; алдымен жадты бөліңіз",
    ),
    (
        "{path}, row {row}: Excel holds {count} characters a cell",
        "{path}, строка {row}: в ячейку Excel помещается {count} знаков",
        "{path}, {row}-жол: Excel ұяшығына {count} таңба сыяды",
    ),
    (
        "unit {number} alone is larger than a part of {count} bytes",
        "единица {number} одна больше части в {count} байт",
        "{number}-бірліктің өзі {count} байттық бөліктен үлкен",
    ),
    (
        "unit {number} has no variant, and TMX has no form for that",
        "у единицы {number} нет вариантов, а в TMX так нельзя",
        "{number}-бірлікте нұсқа жоқ, TMX-те олай болмайды",
    ),
    (
        "unit {number}: {code} is no language code",
        "единица {number}: {code} — не код языка",
        "{number}-бірлік: {code} — тіл коды емес",
    ),
    (
        'Excel files need openpyxl: pip install "qostil[xlsx]"',
        'для файлов Excel нужен openpyxl: pip install "qostil[xlsx]"',
        'Excel файлдары үшін openpyxl керек: pip install "qostil[xlsx]"',
    ),
    (
        "telling languages apart needs py3langid: pip install py3langid",
        "чтобы различать языки, нужен py3langid: pip install py3langid",
        "тілдерді ажырату үшін py3langid керек: pip install py3langid",
    ),
    ("the TMX file is closed already", "файл TMX уже закрыт", "TMX файлы жабылып қойған"),
    (
        "unit {number}: {name} can't be a name in XML",
        "единица {number}: {name} не может быть именем в XML",
        "{number}-бірлік: {name} XML-де ат бола алмайды",
    ),
    (
        "a user-defined encoding stands in the header only",
        "своя кодировка объявляется только в header",
        "өз кодтамасы тек header ішінде көрсетіледі",
    ),
    ("it is a folder", "это папка", "бұл қалта"),
    # ---- wrong usage ----
    ("say --max-units or --max-bytes", "укажите --max-units или --max-bytes", "--max-units не --max-bytes көрсетіңіз"),
    (
        "{path}: no format has this suffix; known are {known}, or name the format",
        "{path}: нет формата с таким расширением; есть {known}, или назовите формат",
        "{path}: мұндай кеңейтімді пішім жоқ; барлары {known}, немесе пішімін атаңыз",
    ),
)

TMX_FINDINGS: dict[str, dict[Language, str]] = {en: {"kk": kk, "ru": ru} for en, ru, kk in _TEXTS}
