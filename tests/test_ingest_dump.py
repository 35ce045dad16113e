import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.ingest.draft import Draft
from aligner.ingest.dump import iter_publications
from aligner.ingest.lines import clean_line, split_lines


def read(text: str) -> list[Draft]:
    return list(iter_publications([clean_line(line) for line in split_lines(text, "a.txt")]))


def texts(draft: Draft) -> list[str]:
    return [block.text for block in draft.blocks]


def reasons(drafts: Sequence[Draft]) -> list[list[str]]:
    return [[drop.reason for drop in draft.dropped] for draft in drafts]


def test_one_release_with_a_headline_and_a_heading() -> None:
    (draft,) = read(
        "Таразда жаңа зауыт ашылды\n\nТаразда шыны зауыты ашылды. Онда екі жүз адам жұмыс істейді.\n\n"
        "Құрылыс барысы\nЖобаға қырық миллиард теңге жұмсалды, құрылыс екі жылға созылды.\n"
    )
    assert draft.part is None
    assert draft.title == "Таразда жаңа зауыт ашылды"
    assert [(block.text[:14], block.is_heading) for block in draft.blocks] == [
        ("Таразда шыны з", False),
        ("Құрылыс барысы", True),
        ("Жобаға қырық м", False),
    ]


def test_a_first_line_that_is_a_sentence_is_no_title() -> None:
    (draft,) = read("Таразда зауыт ашылды.\nОнда екі жүз адам жұмыс істейді.\n")
    assert draft.title is None
    assert len(draft.blocks) == 2


def test_a_line_alone_is_no_title() -> None:
    (draft,) = read("Завод открыт\n")
    assert draft.title is None
    assert texts(draft) == ["Завод открыт"]


def test_parts_between_slashes() -> None:
    drafts = read(
        "///\nБірінші хабардың мәтіні.\n\n\n\n///Екінші хабардың мәтіні.\n\n***\n\nЖалғасы осында.\n//////"
        "– Үшінші хабар, – деді ол.\nТөртінші жол.///\n\u00a0\n///\n"
    )
    assert [draft.part for draft in drafts] == [1, 2, 3]
    assert [texts(draft) for draft in drafts] == [
        ["Бірінші хабардың мәтіні."],
        ["Екінші хабардың мәтіні.", "Жалғасы осында."],
        ["– Үшінші хабар, – деді ол.", "Төртінші жол."],
    ]
    assert reasons(drafts) == [[], ["section mark"], []]


def test_a_dump_has_titles_only_where_most_parts_open_with_a_headline() -> None:
    with_titles = read(
        "Зауыт ашылды\nТаразда зауыт ашылды.\n///\nКөпір салынды\nСемейде көпір салынды.\n///\nҮшінші хабар осы.\n"
    )
    assert [draft.title for draft in with_titles] == ["Зауыт ашылды", "Көпір салынды", None]
    without = read(
        "Таразда зауыт ашылды.\n///\nСемейде көпір салынды.\n///\nКүн тәртібі\nЖиын өтті.\n///\nТағы бірі.\n"
    )
    assert [draft.title for draft in without] == [None] * 4


def test_slashes_of_an_address_separate_nothing() -> None:
    (draft,) = read("Файл лежит в file:///srv/news.\nВторой абзац стоит здесь.\n")
    assert len(draft.blocks) == 2


STRIP = """Новости области
14.03.2026, 09:15 1 204
В Таразе открылся новый завод
Фото: пресс-служба
Тараз. 14 марта. JAMBYL NEWS - В Таразе открыли завод, сообщает акимат.
На заводе будут работать двести человек.
Фото автора
14.03.2026, 08:40 998
Как отметят Наурыз в столице?
Программа праздника
Астана. 14 марта. JAMBYL NEWS — Программу рассказали в акимате.
13.03.2026, 22:10 12 004
Шымкент. 13 марта. JAMBYL NEWS - Пожар потушили за час.
13.03.2026, 21:00 5410Пожар потушили 13.03.2026, 20:0012004Наурыз в столице 12.03.2026, 10:00 77 Завод
"""


def test_an_agency_strip() -> None:
    drafts = read(STRIP)
    assert [draft.part for draft in drafts] == [1, 2, 3, 4]
    assert [draft.date for draft in drafts] == [dt.date(2026, 3, day) for day in (14, 14, 13, 13)]
    titles = ["В Таразе открылся новый завод", "Как отметят Наурыз в столице?", None, "Пожар потушили"]
    assert [draft.title for draft in drafts] == titles
    assert [texts(draft) for draft in drafts] == [
        ["В Таразе открыли завод, сообщает акимат.", "На заводе будут работать двести человек."],
        ["Программа праздника", "Программу рассказали в акимате."],
        ["Пожар потушили за час."],
        [],
    ]
    assert reasons(drafts) == [
        ["navigation", "date stamp", "photo credit", "dateline", "photo credit"],
        ["date stamp", "dateline"],
        ["date stamp", "dateline", "navigation"],
        ["date stamp"],
    ]


def test_a_kazakh_strip_with_written_dates() -> None:
    drafts = read(
        "2026 жылғы 14 наурыз, 09:15 1 204\nТаразда жаңа зауыт ашылды\nСурет: Ақорда\n"
        "Тараз. 14 наурыз. ЖАМБЫЛ АҚПАРАТ – Зауыт ашылды, деп хабарлады әкімдік.\nҚаралды: 1204\n"
        "2026 жылғы 13 наурыз, 08:40 998\nНаурыз қалай өтеді\nБағдарламаны әкімдік жариялады.\n"
        "Суретті түсірген Асхат Нұрлан\nСондай-ақ оқыңыз: Шымкентте өрт сөндірілді\n"
    )
    assert [draft.title for draft in drafts] == ["Таразда жаңа зауыт ашылды", "Наурыз қалай өтеді"]
    assert [draft.date for draft in drafts] == [dt.date(2026, 3, 14), dt.date(2026, 3, 13)]
    assert [texts(draft) for draft in drafts] == [
        ["Зауыт ашылды, деп хабарлады әкімдік."],
        ["Бағдарламаны әкімдік жариялады."],
    ]


def test_headlines_before_their_stamps_and_a_list_at_the_end() -> None:
    drafts = read(
        "В Таразе открылся завод\n14.03.2026, 09:15\nВ Таразе открыли завод.\nФото: акимат\n"
        "Наурыз в столице\n13.03.2026, 10:00\nПрограмму рассказали в акимате.\n"
        "Нацбанк сохранил ставку\n12.03.2026, 09:15\nПожар потушен\n12.03.2026, 09:10\n"
    )
    assert [draft.title for draft in drafts] == ["В Таразе открылся завод", "Наурыз в столице"]
    assert [draft.date for draft in drafts] == [dt.date(2026, 3, 14), dt.date(2026, 3, 13)]
    assert [drop.text for drop in drafts[1].dropped if drop.reason == "navigation"] == [
        "12.03.2026, 09:15",
        "Нацбанк сохранил ставку",
        "12.03.2026, 09:10",
        "Пожар потушен",
    ]


def test_stamps_with_the_headline_and_the_text_in_their_line() -> None:
    drafts = read(
        "08 Октября 2025, 14:19 В области завершается уборка ПЕТРОПАВЛОВСК. КАЗИНФОРМ - Работы идут к концу.\n"
        "Хлеб свезён в закрома.\n08 Октября 2025, 13:33 Открылась выставка\nЕё посетили сто человек.\n"
    )
    assert [(draft.title, texts(draft)) for draft in drafts] == [
        ("В области завершается уборка", ["Работы идут к концу.", "Хлеб свезён в закрома."]),
        ("Открылась выставка", ["Её посетили сто человек."]),
    ]


def test_stamps_far_below_the_beginning_make_no_strip() -> None:
    text = "".join(f"Это абзац номер {number}.\n" for number in range(10))
    drafts = read(f"{text}14.03.2026, 09:15\nТекст идёт дальше.\n13.03.2026, 09:15\nИ завершается здесь.\n")
    assert len(drafts) == 1


def test_stamps_without_a_year_count_from_the_day_of_the_crawl() -> None:
    drafts = read(
        " date 2026-01-02 Вчера, 09:15 331\nЗавод открыт\nВ Таразе открыли завод.\n"
        "30 декабря, 10:00 12\nНовый год в столице\nПрограмму рассказали.\n"
    )
    assert [draft.date for draft in drafts] == [dt.date(2026, 1, 1), dt.date(2025, 12, 30)]


def test_dated_headlines_with_sources() -> None:
    drafts = read(
        "Экономика\nВ Таразе открылся завод 14.03.2026\nВ Таразе открыли завод.Источник : https://www.gov.kz/1\n"
        "Наурыз мерекесі басталды 13.03.2026\nБағдарламаны әкімдік жариялады.\n"
        "Концерттер бес саябақта өтеді. Дереккөз: https://www.gov.kz/2\n"
        "Өрт сөндірілді 12.03.2026\nӨртті бір сағатта сөндірді.\n"
    )
    assert [(draft.part, draft.title, draft.date) for draft in drafts] == [
        (1, "В Таразе открылся завод", dt.date(2026, 3, 14)),
        (2, "Наурыз мерекесі басталды", dt.date(2026, 3, 13)),
        (3, "Өрт сөндірілді", dt.date(2026, 3, 12)),
    ]
    assert texts(drafts[1]) == ["Бағдарламаны әкімдік жариялады.", "Концерттер бес саябақта өтеді."]
    assert reasons(drafts)[0] == ["navigation", "date stamp", "source link"]


def test_lines_that_end_with_a_date_are_no_dump() -> None:
    drafts = read(
        "О внесении изменений в Указ от 12.05.2020\nДополнить Указ от 12.05.2020\nследующими словами.\n"
        "Указ вводится в действие с 01.06.2021\nи подлежит опубликованию.\n"
    )
    assert len(drafts) == 1


def test_items_that_end_with_their_source() -> None:
    drafts = read(
        "Завод открыт\nВ Таразе открыли завод.\nИсточник: https://a.kz/1\n"
        "Пожар потушен\nПожар потушили за час.\nИсточник: https://a.kz/2\n"
    )
    assert [draft.title for draft in drafts] == ["Завод открыт", "Пожар потушен"]


def test_what_a_crawler_saved() -> None:
    drafts = read(
        " date 2026-03-15 Фото: Сенат\n\nСенаторы рассмотрели законопроект о ветеранах.\n"
        " date 2026-03-16 Депутаты встретились с избирателями Алматинской области.\nИм задали вопросы.\n"
    )
    assert [draft.date for draft in drafts] == [dt.date(2026, 3, 15), dt.date(2026, 3, 16)]
    assert reasons(drafts) == [["date stamp", "photo credit"], ["date stamp"]]
    assert [len(draft.blocks) for draft in drafts] == [1, 2]


def test_one_release_that_a_crawler_saved() -> None:
    (draft,) = read(" date 2026-03-15 Фото: Сенат\n\nСенаторы рассмотрели законопроект о ветеранах.\n")
    assert draft.part is None
    assert draft.date == dt.date(2026, 3, 15)
    assert texts(draft) == ["Сенаторы рассмотрели законопроект о ветеранах."]


def test_a_stamp_is_nearer_to_the_publication_than_the_crawl() -> None:
    (draft,) = read(" date 2026-03-15 14.03.2026, 09:15\nЗавод открыт\nВ Таразе открыли завод.\n")
    assert draft.date == dt.date(2026, 3, 14)


@pytest.mark.parametrize(
    "text",
    [
        "14.03.2026, 09:15 331\nКак отметят Наурыз в столице?\nПрограмму рассказали в акимате.\n",
        "Как отметят Наурыз в столице?\n14.03.2026, 09:15\nПрограмму рассказали в акимате.\n",
        "Новости\n14.03.2026, 09:15 331\nКак отметят Наурыз в столице?\nПрограмму рассказали в акимате.\n",
        "Как отметят Наурыз в столице? 14.03.2026\nПрограмму рассказали в акимате.Источник : https://a.kz/1\n",
        "Как отметят Наурыз в столице?\n14.03.2026, 09:15\nПрограмму рассказали в акимате.\n"
        "Нацбанк сохранил ставку\n12.03.2026, 09:15\nПожар в области потушен\n12.03.2026, 09:10\n",
    ],
)
def test_one_item_of_a_strip_is_one_release(text: str) -> None:
    (draft,) = read(text)
    assert (draft.part, draft.title, draft.date) == (None, "Как отметят Наурыз в столице?", dt.date(2026, 3, 14))
    assert texts(draft) == ["Программу рассказали в акимате."]


def test_a_subtitle_under_the_stamp() -> None:
    (draft,) = read("В Таразе открылся завод\n14.03.2026, 09:15\nНа нём работают двести человек\nЗавод открыл аким.\n")
    assert draft.title == "В Таразе открылся завод"
    assert texts(draft) == ["На нём работают двести человек", "Завод открыл аким."]


def test_a_programme_with_hours_is_no_strip() -> None:
    drafts = read(
        "Программа форума\nФорум пройдёт в Астане два дня.\nУчастники зарегистрируются заранее.\nПриглашены все.\n"
        "10.02.2026, 09:00\nОткрытие форума\n10.02.2026, 10:30\nПленарное заседание\n11.02.2026, 09:00\nСекции\n"
    )
    assert len(drafts) == 1
    assert "Пленарное заседание" in texts(drafts[0])
    assert "10.02.2026, 10:30" in texts(drafts[0])


PIECES = (
    "",
    "///",
    "***",
    "date 2026-03-15",
    "14.03.2026, 09:15 1 204",
    "13.03.2026",
    "Наурыз мерекесі басталды",
    "Завод открыт 14.03.2026",
    "Фото: Акорда",
    "Сурет: Ақорда",
    "Астана. 14 марта. JAMBYL NEWS - В Таразе открыли завод.",
    "Концерттер бес саябақта өтеді. Дереккөз: https://www.gov.kz/2",
    "Бағдарламаны әкімдік жариялады.",
    "– Бұл маңызды, – деді ол. Фото: Акорда",
    "Читайте также: Пожар потушен",
    "12.03.2026, 10:00 Нацбанк сохранил ставку",
    "33 221 просмотр",
    "Сегодня, 10:00",
    "Размещено: 12.03.2015 09:53 Изменено: 12.03.2015 17:10 В соответствии с Указом создан совет.",
    "08 Октября 2025, 14:19 В области завершается уборка ПЕТРОПАВЛОВСК. КАЗИНФОРМ - Работы идут к концу.",
    "28.11.2025, 12:00Нацбанк сохранил ставку 28.11.2025, 12:1666281Пожар 28.11.2025, 13:00639Прогноз",
)


def letters(lines: Iterable[str]) -> Counter[str]:
    return Counter(character for line in lines for character in line if character.isalnum())


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=14))
def test_every_letter_is_kept_or_dropped_with_a_reason(lines: list[str]) -> None:
    drafts = read("\n".join(lines))
    kept = [text for draft in drafts for text in (draft.title or "", *texts(draft))]
    dropped = [drop.text for draft in drafts for drop in draft.dropped]
    assert letters([*kept, *dropped]) == letters(lines)
    assert all(drop.reason for draft in drafts for drop in draft.dropped)
    numbers = [draft.part for draft in drafts]
    assert numbers == [None] * len(numbers) or numbers == list(range(1, len(numbers) + 1))


def test_nothing_but_residue() -> None:
    (draft,) = read("Фото: Акорда\n***\n")
    assert not draft.blocks
    assert [drop.reason for drop in draft.dropped] == ["photo credit", "section mark"]
