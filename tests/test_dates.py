from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.dates import find_date, iter_dates, iter_days, iter_months, opens_month, parse_date
from tests.shared_data import shared_path


def months(names: str) -> list[str]:
    return names.split()


KK = months("қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан")
KK_POSSESSIVE = months(
    "қаңтары ақпаны наурызы сәуірі мамыры маусымы шілдесі тамызы қыркүйегі қазаны қарашасы желтоқсаны"
)
KK_LOCATIVE = months(
    "қаңтарда ақпанда наурызда сәуірде мамырда маусымда шілдеде тамызда қыркүйекте қазанда қарашада желтоқсанда"
)
KK_GENITIVE = months(
    "қаңтардың ақпанның наурыздың сәуірдің мамырдың маусымның шілденің тамыздың қыркүйектің қазанның қарашаның "
    "желтоқсанның"
)
KK_ABLATIVE = months(
    "қаңтардан ақпаннан наурыздан сәуірден мамырдан маусымнан шілдеден тамыздан қыркүйектен қазаннан қарашадан "
    "желтоқсаннан"
)
KK_DATIVE = months(
    "қаңтарға ақпанға наурызға сәуірге мамырға маусымға шілдеге тамызға қыркүйекке қазанға қарашаға желтоқсанға"
)
KK_ATTRIBUTIVE = months(
    "қаңтардағы ақпандағы наурыздағы сәуірдегі мамырдағы маусымдағы шілдедегі тамыздағы қыркүйектегі қазандағы "
    "қарашадағы желтоқсандағы"
)
KK_CARELESS = months("кантар акпан наурыз сауір мамыр маусым шілде тамыз кыркүйек казан караша желтоксан")
KK_SHORT = months("қаң. ақп. нау. сәу. мам. мау. шіл. там. қыр. қаз. қар. жел.")
RU = months("января февраля марта апреля мая июня июля августа сентября октября ноября декабря")
RU_NOMINATIVE = months("Январь Февраль Март Апрель Май Июнь Июль Август Сентябрь Октябрь Ноябрь Декабрь")
RU_SHORT = months("янв. фев. мар. апр. мая июн. июл. авг. сен. окт. ноя. дек.")
EN = months("January February March April May June July August September October November December")
EN_SHORT = months("Jan. Feb. Mar. Apr. May Jun. Jul. Aug. Sept. Oct. Nov. Dec.")

# {d} the day, {dd} with a leading zero, {m} the month's number, {y} the year, a name the month's name in that form.
FORMS = [
    "{y} жылғы {d} {kk}",
    "{y} жылдың {d} {kk_poss}",
    "{y} жылдың {d} {kk_poss}нда",
    "{y} жылғы {dd} {kk_loc}",
    "{y} жылғы {d} {kk_abl}",
    "{y} жылғы {d} {kk_dat}",
    "{y} жылғы {d} {kk_attr}",
    "{y} ж. {d} {kk}",
    "{y}ж. {d} {kk_loc}",
    "{y} жыл, {d} {kk}",
    "{d} {kk} {y}",
    "{d} {kk}, {y} жыл",
    "{d} {kk} {y} жыл",
    "{d} {kk} {y} ж.",
    "{dd} {kk_careless} {y}",
    "{d} {kk_short} {y}",
    "{y} жылы {d} {kk} күні",
    "{y} жылғы {kk_gen} {d}-і",
    "{y} жылғы {kk_gen} {d}-сы",
    "{y} жылғы {kk} айының {d}-ші",
    "{y} жылғы «{dd}» {kk_attr}",
    "{y} жылғы {d}-{kk}",
    "{d}-ші {kk} {y} жыл",
    "{d} {ru} {y} года",
    "{d} {ru} {y} г.",
    "{d} {ru} {y}г.",
    "{d} {ru} {y}",
    "{dd} {ru}, {y} год",
    "{d} {ru_nom} {y}",
    "{d} {ru_short} {y}",
    "{d}-го {ru} {y}-го года",
    "«{dd}» {ru} {y} года",
    "{y} году, {d} {ru}",
    "{en} {d}, {y}",
    "{d} {en} {y}",
    "{en_short} {d}, {y}",
    "{d}th of {en} {y}",
    "{d}.{m}.{y}",
    "{dd}.{mm}.{y}",
    "{dd}.{mm}.{y} г.",
    "{dd}.{mm}.{y} ж.",
    "{dd}/{mm}/{y}",
    "{dd}-{mm}-{y}",
    "{y}-{mm}-{dd}",
    "{y}.{mm}.{dd}",
]
NAMES = {
    "kk": KK,
    "kk_poss": KK_POSSESSIVE,
    "kk_loc": KK_LOCATIVE,
    "kk_gen": KK_GENITIVE,
    "kk_abl": KK_ABLATIVE,
    "kk_dat": KK_DATIVE,
    "kk_attr": KK_ATTRIBUTIVE,
    "kk_careless": KK_CARELESS,
    "kk_short": KK_SHORT,
    "ru": RU,
    "ru_nom": RU_NOMINATIVE,
    "ru_short": RU_SHORT,
    "en": EN,
    "en_short": EN_SHORT,
}
ANY_DATE = st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31))


def write(form: str, date: dt.date) -> str:
    names = {name: months[date.month - 1] for name, months in NAMES.items()}
    return form.format(y=date.year, m=date.month, mm=f"{date.month:02}", d=date.day, dd=f"{date.day:02}", **names)


@pytest.mark.parametrize("form", FORMS)
def test_every_month_and_day_of_a_leap_year_in_every_form(form: str) -> None:
    for day in range(366):
        date = dt.date(2020, 1, 1) + dt.timedelta(days=day)
        assert parse_date(write(form, date)) == date, write(form, date)


@given(
    ANY_DATE,
    st.sampled_from(FORMS),
    st.sampled_from([str, str.upper, str.lower, str.title]),
    st.sampled_from(["", " ", "\u00a0", "Астана, ", "Фото: Ақорда ", "№ 12, ", "1) ", "«"]),
    st.sampled_from(["", ".", ", 13:52", "\n", " – ", " Астана", "»"]),
    st.sampled_from([" ", "\u00a0", "\u202f", "  "]),
)
def test_every_date_in_every_form_is_found_in_text(
    date: dt.date, form: str, case: object, before: str, after: str, space: str
) -> None:
    assert callable(case)
    written = case(write(form, date)).replace(" ", space)
    if "{en" in form and written == written.lower():
        written = write(form, date)
    (mention,) = iter_dates(before + written + after)
    assert mention.date == date
    found = (before + written + after)[mention.start : mention.end]
    # A closing full stop or «жыл» may be left out of the mention; nothing of the date may.
    assert written.replace("«", "").startswith(found.replace("«", ""))
    assert re.sub(r"\D", "", found) == re.sub(r"\D", "", written)


@given(st.text(max_size=80), ANY_DATE)
def test_spans_are_ordered_and_inside_the_text(noise: str, date: dt.date) -> None:
    text = f"{noise} {date.day} {RU[date.month - 1]} {date.year} года {noise}"
    starts = [mention.start for mention in iter_dates(text, default_year=2024)]
    assert starts == sorted(starts)
    assert all(0 <= mention.start < mention.end <= len(text) for mention in iter_dates(text))
    assert date in {mention.date for mention in iter_dates(text)}


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("дүйсенбі, 5 мамыр 2021", "2021-05-05"),
        ("Понедельник, 5 мая 2021 года, 18:30", "2021-05-05"),
        ("31.07.2026, 13:52", "2026-07-31"),
        ("31.07.2026 | 13:52", "2026-07-31"),
        ("2026-07-31T10:00:00+05:00", "2026-07-31"),
        ("2026-07-31T10:00Z", "2026-07-31"),
        ("2026-07-31 10:00", "2026-07-31"),
        ("Friday, February 7, 2025 10:15 AM", "2025-02-07"),
        ("28 ФЕВРАЛЯ 2007 ГОДА", "2007-02-28"),
        ("01.02.20", "2020-02-01"),
        ("01.02.75", "1975-02-01"),
        ("(2021 жылғы 5 мамыр)", "2021-05-05"),
        ("5–7 мая 2021 года", "2021-05-05"),
        ("28 желтоқсан – 3 қаңтар 2015 жыл", "2014-12-28"),
    ],
)
def test_a_whole_string_is_a_date(text: str, date: str) -> None:
    assert parse_date(text) == dt.date.fromisoformat(date)


@pytest.mark.parametrize(
    "text",
    ["", "Астана", "Указ от 5 мая 2021 года", "5 мая 2021 года Президент", "5 мая", "2021", "май 2021 года", "13:52"],
)
def test_a_string_that_is_more_or_less_than_a_date_is_not_parsed(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "31.02.2020",
        "31 апреля 2021 года",
        "2021 жылғы 30 ақпан",
        "29 февраля 2021 года",
        "2021-13-01",
        "00.05.2021",
        "версия 1.12.3",
        "10.0.19045",
        "192.168.10.20",
        "10.12.20.21",
        "в 13.52.20",
        "8 (7172) 74-58-30",
        "+7 701 555-12-20",
        "№ 12/05/1",
        "счёт 3:0",
        "5 қазандық",
        "2015 жылғы 12 қазаншұңқыр",
        "12 марта",
        "5 мамыр",
        "3 майора",
        "12 сен келдің",
        "5 дек",
        "21 маусымдық жұмысшы",
        "2021 жылғы мамыр",
        "в мае 2021 года",
        "5 мая 2000 человек вышли на субботник",
        "5 мамырда 2000 адам қатысты",
        "the company may 5 2020",
        "1.05.2021.3",
        "тел. 05.05.2021.77",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert list(iter_dates(text)) == []


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("5–7 мая 2021 года", ["2021-05-05", "2021-05-07"]),
        ("5, а затем 7 мая 2021 года", ["2021-05-07"]),
        ("с 28 декабря по 3 января 2015 года", ["2014-12-28", "2015-01-03"]),
        ("с 28 декабря 2014 года по 3 января 2015 года", ["2014-12-28", "2015-01-03"]),
        ("2014 жылғы 28 желтоқсан – 3 қаңтар аралығында", ["2014-12-28", "2015-01-03"]),
        ("2015 жылғы 11–12 маусымда", ["2015-06-11", "2015-06-12"]),
        ("2015 жылғы 5 мамырдан 7 маусымға дейін", ["2015-05-05", "2015-06-07"]),
        ("2015 жылғы 5 және 7 мамырда", ["2015-05-05", "2015-05-07"]),
        ("31.07.2026 – 05.08.2026", ["2026-07-31", "2026-08-05"]),
        ("2013 жылғы «29» қарашадағы № 405/13 қаулысы", ["2013-11-29"]),
        ("от 28.03.2007г. № 77/4 до 03.12.2027", ["2007-03-28", "2027-12-03"]),
        ("В 2020 году 5 мая 2021 года назвали датой", ["2021-05-05"]),
        ("до 5 мая 2021-2022 учебного года", []),
    ],
)
def test_several_dates(text: str, dates: list[str]) -> None:
    assert [mention.date.isoformat() for mention in iter_dates(text)] == dates


def test_a_day_without_a_year_needs_the_year_to_be_given() -> None:
    assert find_date("09 маусым") is None
    assert find_date("09 маусым", default_year=2026) == dt.date(2026, 6, 9)
    assert parse_date("28 февраля", default_year=2026) == dt.date(2026, 2, 28)
    assert find_date("29 февраля", default_year=2025) is None
    assert find_date("мамырдың 5-інде", default_year=2025) == dt.date(2025, 5, 5)
    assert find_date("5 мая 2021 года", default_year=2025) == dt.date(2021, 5, 5)


def test_the_first_date_is_found() -> None:
    assert find_date("Астана. 28.11.2025, кейін 29.11.2025") == dt.date(2025, 11, 28)
    assert find_date("31.02.2020, потом 1 марта 2020 года") == dt.date(2020, 3, 1)
    assert find_date("без даты") is None


def test_days_keep_what_is_written() -> None:
    (first, second) = iter_days("Жиын 5 мамырда, отчёт 2021 жылғы 7 маусымда")
    assert (first.day, first.month, first.year) == (5, 5, None)
    assert (second.day, second.month, second.year) == (7, 6, 2021)


def test_a_line_break_ends_a_date() -> None:
    assert list(iter_dates("Глава 5\nМая 2021 года")) == []


def test_real_releases_have_their_dates() -> None:
    text = shared_path("seeds/001_67ecf422cf5f7cdf.txt").read_text(encoding="utf-8")
    openings = [line for line in text.splitlines() if re.match(r"\d\d\.\d\d\.\d{4}, \d\d:\d\d \d+$", line)]
    assert len(openings) >= 8
    assert all(find_date(line) == dt.date(2025, 11, 28) for line in openings)


@pytest.mark.parametrize("text", ["5 шİлде 2021", "5 шıлде 2021", "5 \u1c81екабря 2021", "5 \u017fept. 2021"])
def test_months_in_letters_that_pass_for_others_where_case_does_not_count(text: str) -> None:
    (mention,) = iter_days(text)
    assert (mention.day, mention.year) == (5, 2021)


_PIECES = st.one_of(
    st.sampled_from([*KK, *KK_POSSESSIVE, *KK_GENITIVE, *KK_ATTRIBUTIVE, *KK_CARELESS]),
    st.sampled_from(months("января марте МАЯ июльская майские майдан мам. қаз. сент Sep. March may 2021 жылғы 5 15-і")),
    st.sampled_from(
        ["«", "»", "-", "–", ".", ",", "/", "_", "\n", "і", "s", "\u0307", "İ", "ſ", "7", "мен", "до", "года"]
    ),
)


@given(st.lists(st.tuples(_PIECES, st.sampled_from(["", " ", "\u00a0"]), st.sampled_from([str, str.upper, str.title]))))
def test_what_names_a_month_has_a_word_that_may_open_one(pieces: list[tuple[str, str, Callable[[str], str]]]) -> None:
    text = "".join(changed(piece) + gap for piece, gap, changed in pieces)
    if not any(map(opens_month, re.findall(r"[^\W\d_]+", text))):
        assert list(iter_days(text)) == list(iter_days(text, has_months=False))
        assert not [*iter_months(text, "kk"), *iter_months(text, "ru")]
