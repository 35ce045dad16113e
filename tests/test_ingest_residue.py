import datetime as dt

import pytest

from aligner.ingest.datelines import place_and_date, split_dateline
from aligner.ingest.headlines import blocks_from_lines, is_headline, is_place_line
from aligner.ingest.residue import drop_residue, residue_reason
from aligner.ingest.stamps import crawl_stamp, leading_stamp, trailing_date
from aligner.records import Dropped

CREDITS = """
Фото: Акорда
Фото: МИД РК
Фото: пресс-служба
Фото: Нацбанк РК.
ФОТО: ТАСС
Фото – Акорда
Фото автора
Фото Акорды
Фото Турара Сейдалина
Фото пресс-службы акима
Фото предоставлено пресс-службой министерства
Фото взято из социальных сетей
Фото носит иллюстративный характер
Фото с сайта akorda.kz
Фото: © Акорда
Фото © Sputnik / Болат Омаров
Фото/видео: Акорда
Фото и видео: Акорда
Фотограф: Ержан Ким
Автор фото: Асель Нурланова
Иллюстративное фото
(Фото: Акорда)
© Акорда
Коллаж: Kazinform / Freepik / Instagram
Коллаж редакции
Скриншот с видео
Инфографика: primeminister.kz
Сурет: Ақорда
Сурет: pixabay.com
Суреттер: ҚР Президентінің баспасөз қызметі
Сурет авторы: Асхат Нұрлан
Сурет ашық дереккөзден алынды
Суретті түсірген Мұхтар Омаров
Суретті түсірген: М. Омаров
Автордың суреті
Ақорда баспасөз қызметінің суреті
Фото: ҚР Сыртқы істер министрлігі
Photo: Akorda
""".strip().splitlines()

NOT_CREDITS = """
Фото с места ДТП появились в Сети
Фото участников форума украсили стены зала
Фото Президента Казахстана на марках
Фото дня: столица в снегу
Фотографии сделаны на выставке, которая открылась в Астане.
Видео: как прошёл парад в Астане
Видео снял очевидец
Кадры решают всё
Сурет галереясы ашылды
Сурет өнерінің шебері Әбілхан Қастеевтің мұражайы ашылды
Әлемнің ең қымбат суреті
Бейне жазба тергеуге берілді
""".strip().splitlines()

NAVIGATION = {
    "Читайте также: Президент принял министра": "navigation",
    "Поделиться:": "navigation",
    "Подписывайтесь на наш Telegram-канал!": "navigation",
    "Теги: Президент, Акорда": "navigation",
    "Главная / Новости / Президент": "navigation",
    "Если вы нашли ошибку в тексте, выделите её и нажмите Ctrl+Enter": "navigation",
    "© 2025 Акорда": "navigation",
    "Сондай-ақ оқыңыз: Үкімет отырысы": "navigation",
    "Бөлісу": "navigation",
    "Telegram-арнамызға жазылыңыз": "navigation",
    "Басты бет » Жаңалықтар » Саясат": "navigation",
    "Просмотров: 331": "view count",
    "33 221 просмотр": "view count",
    "Қаралды: 123": "view count",
    "123 рет қаралды": "view count",
    "Комментарии: 5": "view count",
    "Источник: https://www.gov.kz/x": "source link",
    "Дереккөз: primeminister.kz": "source link",
    "https://akorda.kz/ru/x": "source link",
    "Автор: Асель Нурланова": "byline",
    "* * *": "section mark",
    "***************": "section mark",
}

TEXT = """
Поделиться опытом приехали учителя из пяти областей.
Последние новости о погоде
Источник – данные Бюро нацстатистики.
Назад пути нет
Главная задача – рост экономики
Подробнее об этом рассказал министр.
Просмотр фильма состоялся вчера
Комментарии экспертов
Автор: книга о жизни вышла в свет
Казахстан – Франция: новый этап
Матчи пройдут 10.02.2026, 09:00, 11.02.2026, 10:00 и 12.02.2026, 11:00.
– Бұл тамаша ғимарат, – деді министр.
№ 591
""".strip().splitlines()


@pytest.mark.parametrize("line", CREDITS)
def test_a_photo_credit_is_no_text(line: str) -> None:
    assert residue_reason(line) == "photo credit"


@pytest.mark.parametrize("line", [*NOT_CREDITS, *TEXT])
def test_text_is_no_residue(line: str) -> None:
    assert residue_reason(line) is None
    assert [kept.text for kept in drop_residue([line, line]).lines] == [line, line]


@pytest.mark.parametrize(("line", "reason"), NAVIGATION.items())
def test_lines_of_the_site(line: str, reason: str) -> None:
    assert residue_reason(line) == reason


@pytest.mark.parametrize(
    ("dateline", "rest"),
    [
        ("Астана. 28 ноября. KAZAKHSTAN TODAY -", "После форума"),
        ("Усть-Каменогорск. 14 марта. VOSTOK NEWS –", "После форума"),
        ("Өскемен. 14 наурыз. ШЫҒЫС АҚПАРАТ –", "Форумнан кейін"),
        ("Нью-Йорк. 15 сентября. Казинформ -", "Ежегодно"),
        ("Алматы. 3 марта. КазТАГ – Мадина Омарова.", "Форум прошёл"),
        ("МОСКВА, 28 ноя — РИА Новости.", "Форум прошёл"),
        ("АСТАНА, 28 ноября. /ТАСС/.", "Форум прошёл"),
        ("Астана, 28 ноября /КазТАГ/ -", "Форум прошёл"),
        ("АСТАНА. КАЗИНФОРМ –", "Форум прошёл"),
        ("АСТАНА. ҚазАқпарат –", "Форум өтті"),
        ("АСТАНА (КазТАГ) –", "Форум прошёл"),
        ("Астана, 2025 жылғы 3 ақпан –", "Мәжіліс депутаттары"),
        ("г. Астана, 3 февраля 2025 года –", "Министр принял"),
        ("Астана. 28 ноября. Агентство «Новый день» -", "Форум прошёл"),
        ("Tehran, February 3, 2025 –", "The meeting"),
    ],
)
def test_a_dateline_is_cut_off(dateline: str, rest: str) -> None:
    found = split_dateline(f"{dateline} {rest}")
    assert found is not None
    assert (found.text, found.rest) == (dateline, rest)


@pytest.mark.parametrize(
    "text",
    [
        "Астана, Алматы, Шымкент – города республиканского значения.",
        "Астана, 6 июля – День столицы.",
        "Алматы, 5 мая 2024 года – день, когда всё началось.",
        "Сирия. Мир – Это главное.",
        "Лондон (Reuters) сообщает о росте.",
        "Абай – ұлы ақын.",
        "Қасым-Жомарт Тоқаев – Қазақстан Президенті.",
        "В Астане 28 ноября прошёл форум – Крупнейший в регионе.",
        "28 ноября – Президент принял министра.",
    ],
)
def test_a_sentence_is_no_dateline(text: str) -> None:
    assert split_dateline(text) is None


def test_a_dateline_with_a_year_dates_the_text() -> None:
    assert drop_residue(["Астана, 3 февраля 2025 года – Министр принял посла."]).text_date == dt.date(2025, 2, 3)


@pytest.mark.parametrize(
    ("line", "date", "rest"),
    [
        ("28.11.2025, 13:52 33221", dt.date(2025, 11, 28), ""),
        ("28.11.2025, 13:52 33 221", dt.date(2025, 11, 28), ""),
        ("14.03.2026 09:15", dt.date(2026, 3, 14), ""),
        ("14 марта 2026, 09:15 1 204", dt.date(2026, 3, 14), ""),
        ("2025 жылғы 28 қараша, 13:52 331", dt.date(2025, 11, 28), ""),
        ("13:52, 28.11.2025", dt.date(2025, 11, 28), ""),
        ("13:52 | 28 ноября 2025 | 331", dt.date(2025, 11, 28), ""),
        ("Опубликовано: 28.11.2025 13:52", dt.date(2025, 11, 28), ""),
        ("Жарияланды: 28.11.2025", dt.date(2025, 11, 28), ""),
        ("пятница, 28 ноября 2025, 13:52", dt.date(2025, 11, 28), ""),
        ("28.11.2025, 13:52 Просмотров: 331", dt.date(2025, 11, 28), ""),
        ("28.11.2025, 19:59 44571 Президент поздравил", dt.date(2025, 11, 28), "Президент поздравил"),
        ("28.11.2025, 12:1666281Пожар потушен", dt.date(2025, 11, 28), "Пожар потушен"),
        ("28.11.2025, 14:46 600 млрд тенге выделят", dt.date(2025, 11, 28), "600 млрд тенге выделят"),
        ("28 ноября 2025 года прошёл форум", dt.date(2025, 11, 28), "прошёл форум"),
        ("28.11.2025 | 13:52 | 👁 331 💬 5", dt.date(2025, 11, 28), ""),
        ("Вчера, 13:52 331", dt.date(2025, 11, 30), ""),
        ("28 ноября, 13:52", dt.date(2025, 11, 28), ""),
        ("28 желтоқсан, 13:52", dt.date(2024, 12, 28), ""),
    ],
)
def test_a_stamp_that_opens_a_line(line: str, date: dt.date, rest: str) -> None:
    stamp = leading_stamp(line, as_of=dt.date(2025, 12, 1))
    assert stamp is not None
    assert (stamp.date, stamp.rest) == (date, rest)


@pytest.mark.parametrize("line", ["28 ноября прошёл форум", "Сегодня прошёл форум", "5:3 – счёт матча", ""])
def test_no_stamp(line: str) -> None:
    assert leading_stamp(line) is None


def test_crawl_stamp() -> None:
    stamp = crawl_stamp("date 2026-01-08 Фото: Сенат")
    assert stamp is not None
    assert (stamp.text, stamp.date, stamp.rest) == ("date 2026-01-08", dt.date(2026, 1, 8), "Фото: Сенат")
    assert crawl_stamp("date 2026-13-08 Фото") is None
    assert crawl_stamp("Дата 2026-01-08") is None


def test_trailing_date() -> None:
    assert trailing_date("Өртті сөндірді 13.03.2026") == ("Өртті сөндірді", dt.date(2026, 3, 13))
    assert trailing_date("Пожар потушен | 13 марта 2026, 10:00") == ("Пожар потушен", dt.date(2026, 3, 13))
    assert trailing_date("13.03.2026") is None
    assert trailing_date("Пожар 13.03.2026 потушен") is None


def test_a_stamp_and_the_views_below_it() -> None:
    cleaned = drop_residue(["14.03.2026, 09:15", "1 204", "Зауыт ашылды.", "Жоба екі жылға созылды."])
    assert [line.text for line in cleaned.lines] == ["Зауыт ашылды.", "Жоба екі жылға созылды."]
    assert [drop.reason for drop in cleaned.dropped] == ["date stamp", "view count"]
    assert cleaned.stamp_date == dt.date(2026, 3, 14)


def test_the_hours_of_a_programme_are_text() -> None:
    lines = ["Форум бағдарламасы", "Жиын екі күнге созылады.", "Қатысушылар тіркеледі.", "10.02.2026, 09:00", "09:30"]
    assert [line.text for line in drop_residue(lines).lines] == lines
    assert [line.text for line in drop_residue(lines, in_strip=True).lines] == [*lines[:3], "09:30"]


def test_labelled_stamps_are_cut_off_wherever_they_stand() -> None:
    cleaned = drop_residue(
        [
            "Первый абзац текста.",
            "Второй абзац текста.",
            "Третий абзац текста.",
            "Размещено: 12.03.2015 17:09 Изменено: 12.03.2015 17:39",
            "Размещено: 12.03.2015 09:53 Изменено: 12.03.2015 17:10 В соответствии с Указом создан совет.",
        ]
    )
    assert cleaned.lines[-1].text == "В соответствии с Указом создан совет."
    assert len(cleaned.lines) == 4
    assert [drop.reason for drop in cleaned.dropped] == ["date stamp", "date stamp"]
    assert cleaned.stamp_date == dt.date(2015, 3, 12)


@pytest.mark.parametrize(
    "line",
    [
        "2014 жылғы 27 қарашада сағат 16.00-де Достық үйінде жиын өтеді.",
        "2012 жылдың 20 желтоқсаны Бүгін ҚР Премьер- Министрі жиын өткізді.",
        "C 06 августа 2014 года - Председатель комитета.",
        "11 мамыр 2014 жылы сағат 11:00-де «Бәйтерек» ашылады",
    ],
)
def test_sentences_that_open_with_a_date_stay_whole(line: str) -> None:
    assert [kept.text for kept in drop_residue([line] * 5, in_strip=True).lines] == [line] * 5


def test_credits_and_sources_glued_to_a_paragraph() -> None:
    cleaned = drop_residue(
        [
            "Фото: Акорда Президент принял министра энергетики.",
            "Он дал ряд поручений. Фото: Акорда",
            "Ол тапсырма берді. (Сурет: Ақорда)",
            "Работа продолжается.Источник : https://www.gov.kz/news/1",
        ]
    )
    assert [line.text for line in cleaned.lines] == [
        "Президент принял министра энергетики.",
        "Он дал ряд поручений.",
        "Ол тапсырма берді.",
        "Работа продолжается.",
    ]
    assert cleaned.dropped == (
        Dropped("Фото: Акорда", "photo credit"),
        Dropped("Фото: Акорда", "photo credit"),
        Dropped("(Сурет: Ақорда)", "photo credit"),
        Dropped("Источник : https://www.gov.kz/news/1", "source link"),
    )


def test_the_date_of_a_signature_stays_in_the_text() -> None:
    cleaned = drop_residue(["Қаулы етемін:", "Астана, Ақорда, 2015 жылғы 29 сәуір", "№ 2"])
    assert cleaned.text_date == dt.date(2015, 4, 29)
    assert not cleaned.dropped
    assert place_and_date("Ташкент, 2019 жылғы 15 сәуір") == dt.date(2019, 4, 15)
    assert place_and_date("Закон принят 5 мая 2020 года") is None


def test_several_days_are_no_date_of_publication() -> None:
    lines = ["1 февраля 2007 года", "О школах", "2 февраля 2007 года", "О больницах"]
    cleaned = drop_residue(lines)
    assert cleaned.stamp_date is None
    assert cleaned.text_date is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Президент принял министра энергетики", True),
        ("«Ауыл – ел бесігі» жобасы аяқталды", True),
        ("Президент принял министра.", False),
        ("Құрметті отандастар!", False),
        ("Қаулы етемін:", False),
        ("– Бұл маңызды", False),
        ("1. Первый пункт", False),
        ("Алматы қаласы", False),
        ("Маңғыстау облысы, Ақтау қаласы", False),
        ("Астана, 2019 жылғы 22 сәуір", False),
        ("x" * 300, False),
    ],
)
def test_headlines_by_their_shape(line: str, expected: bool) -> None:
    assert is_headline(line) is expected


def test_place_lines() -> None:
    assert is_place_line("Маңғыстау облысы, «Оймашы» полигоны")
    assert not is_place_line("Алматы қаласы дамып келеді")


def test_a_heading_stands_between_a_sentence_and_a_longer_paragraph() -> None:
    blocks = blocks_from_lines(
        [
            "Первое предложение.",
            "Что дальше",
            "Завод заработает в мае, сообщил министр.",
            "Подписаны документы:",
            "Меморандум о сотрудничестве",
            "Соглашение о взаимной защите инвестиций между странами.",
        ],
        None,
    )
    assert [block.text for block in blocks if block.is_heading] == ["Что дальше"]
