from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.evidence import compare_figures, figures, names, read_text, spelled_figures
from aligner.evidence.name_comparison import compare_names
from aligner.evidence.words import Findings
from tests.shared_data import shared_path


def words(text: str) -> list[str]:
    return text.split()


KK_MONTHS = words("қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан")
RU_MONTHS = words("января февраля марта апреля мая июня июля августа сентября октября ноября декабря")
KK_UNITS = words("бір екі үш төрт бес алты жеті сегіз тоғыз")
KK_TENS = words("он жиырма отыз қырық елу алпыс жетпіс сексен тоқсан")
RU_TO_TWENTY = words(
    "один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать "
    "пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
)
RU_TENS = words("двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто")
RU_HUNDREDS = words("сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот")


@pytest.mark.parametrize(
    ("kk", "ru", "keys"),
    [
        ("2,5 млн. теңге бөлінді", "выделено 2,5 миллиона тенге", ["2500000"]),
        ("2 500 000 теңге", "2.500.000 тенге", ["2500000"]),
        ("2\u00a0500\u00a0000 теңге", "2,500,000 тенге", ["2500000"]),
        ("2 миллион 500 мың теңгеге", "2 млн 500 тыс. тенге", ["2500000"]),
        ("1,2 трлн теңгеден", "1,2 триллиона тенге", ["1200000000000"]),
        ("15 мың адам, 3 миллиард доллар", "15 тысяч человек, 3 млрд долларов", ["15000", "3000000000"]),
        ("3-4 млрд теңге", "от 3 до 4 млрд тенге", ["3000000000", "4000000000"]),
        ("340 миллионнан 500 миллионға дейін", "от 340 до 500 миллионов", ["340000000", "500000000"]),
        ("15-20 пайызға", "на 15–20 %", ["15%", "20%"]),
        ("12,50 пайыздық өсім", "рост на 12,5 процента", ["12.5%"]),
        ("0,5 пайыз", "0,5 п.п.", ["0.5%"]),
        ("2.500 теңге", "2 500 тенге", ["2500"]),
        ("1,25 есе", "в 1.25 раза", ["1.25"]),
        ("5-бап, 3-ші орын", "статья 5, 3-е место", ["5", "3"]),
        ("№ 405/13 қаулы", "постановление № 405/13", ["405", "13"]),
        ("сағат 10:00-де, 18:30-да", "в 10 часов и в 18:30", ["10", "18:30"]),
        ("XXI ғасырда", "в XXI веке", ["21"]),
        ("ХХІ ғасырда, ІV шақырылым", "в 21 веке, IV созыв", ["21", "4"]),
        ("І тоқсанда", "в I квартале", ["1"]),
        ("2021 жылғы 5 мамырда", "5 мая 2021 года", ["2021-05-05"]),
        ("5 мамырда", "5 мая", ["--05-05"]),
        ("05.05.2021 ж.", "5 мая 2021 г.", ["2021-05-05"]),
        ("2021 жылғы 5–7 мамырда", "5-7 мая 2021 года", ["2021-05-05", "2021-05-07"]),
        ("2015 жылғы қаңтар-мамырда", "в январе–мае 2015 года", ["--01", "--05", "2015"]),
        ("сәуір айындағы жаңбыр", "апрельские дожди", ["--04"]),
        ("жылыту маусымы", "отопительный сезон", []),
        ("Х. Досмұхамедов", "Х. Досмухамедов", []),
        ("5 қазандық", "5 котлов", ["5"]),
        ("192.168.10.20", "192.168.10.20", ["192", "168", "10", "20"]),
    ],
)
def test_figures_are_the_same_in_both_languages(kk: str, ru: str, keys: list[str]) -> None:
    assert figures(kk, "kk") == figures(ru, "ru") == Counter(keys)


@given(st.integers(1, 999_999_999), st.sampled_from([" ", "\u00a0", "\u202f"]))
def test_grouped_digits_are_one_number(number: int, space: str) -> None:
    grouped = f"{number:,}".replace(",", space)
    assert figures(f"барлығы {grouped} теңге", "kk") == figures(f"{number} тенге", "ru") == Counter([str(number)])


@given(st.integers(1, 9_999), st.sampled_from([("мың", "тыс.", 3), ("млн", "миллионов", 6), ("миллиард", "млрд", 9)]))
def test_powers_of_ten_are_written_out(tenths: int, power: tuple[str, str, int]) -> None:
    kk, ru, exponent = power
    written = f"{tenths // 10},{tenths % 10}"
    expected = Counter([str(tenths * 10 ** (exponent - 1))])
    assert figures(f"{written} {kk} теңге", "kk") == figures(f"{written} {ru} тенге", "ru") == expected


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)))
def test_dates_become_iso_dates(date: dt.date) -> None:
    kk = f"Отырыс {date.year} жылғы {date.day} {KK_MONTHS[date.month - 1]}да өтті."
    ru = f"Заседание прошло {date.day} {RU_MONTHS[date.month - 1]} {date.year} года."
    assert figures(kk, "kk") == figures(ru, "ru") == Counter([date.isoformat()])


@given(st.text(max_size=200), st.sampled_from(["kk", "ru", "en", "und"]))
def test_any_text_has_countable_evidence(text: str, language: str) -> None:
    for found in (figures(text, language), spelled_figures(text, language), names(text)):
        assert all(key and count > 0 for key, count in found.items())


@given(st.text("01258 .,:-\u00a0%млнтыс", max_size=40))
def test_numbers_are_found_wherever_a_digit_stands(text: str) -> None:
    assert bool(figures(text, "ru")) == any(map(str.isdigit, text))


def test_a_word_is_looked_up_once_and_only_so_many_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aligner.evidence.words._MOST_REMEMBERED", 2)
    asked: list[str] = []
    findings = Findings[str, int](lambda word: asked.append(word) or len(word))
    assert [findings[word] for word in ("а", "ба", "а", "ба")] == [1, 2, 1, 2]
    assert asked == ["а", "ба"]
    assert findings["бала"] == 4
    assert list(findings) == ["бала"]


def test_what_a_word_gives_away_by_itself() -> None:
    known = {word.text: word for word in read_text("Сәуірде Алматыдағы Google ойыны: жаңа рейстер, БҰҰ").known}
    assert {text for text, word in known.items() if word.opens_month} == {"Сәуірде"}
    assert known["Алматыдағы"].key == "@almaty"
    assert known["БҰҰ"].key
    assert known["рейстер"].key is known["жаңа"].key_in_cyrillic is None
    assert known["рейстер"].bare == "реистер"


def test_kazakh_numbers_in_words() -> None:
    for value in range(1, 100):
        tens, units = divmod(value, 10)
        spelled = " ".join([*KK_TENS[tens - 1 : tens] * (tens > 0), *KK_UNITS[units - 1 : units] * (units > 0)])
        assert spelled_figures(f"онда {spelled} адам болды", "kk") == Counter([str(value)]), spelled


def test_russian_numbers_in_words() -> None:
    for value in range(1, 1_000):
        hundreds, rest = divmod(value, 100)
        parts = [RU_HUNDREDS[hundreds - 1]] if hundreds else []
        if rest >= 20:
            parts.append(RU_TENS[rest // 10 - 2])
            rest %= 10
        if rest:
            parts.append(RU_TO_TWENTY[rest - 1])
        assert spelled_figures(f"там было {' '.join(parts)} жителей", "ru") == Counter([str(value)]), parts


@pytest.mark.parametrize(
    ("kk", "ru", "keys"),
    [
        ("екі жүз мың адам", "двести тысяч человек", ["200000"]),
        ("бесінші орын", "пятое место", ["5"]),
        ("үшеуі келді", "третий этап", ["3"]),
        ("бес пайызы", "пять процентов", ["5%"]),
        ("жиырма бірінші ғасыр", "двадцать первый век", ["21"]),
        ("үшін, онда, бірге, жүзеге асыру, бірақ", "семинар, сторона, пятно, вторник, треть", []),
        ("он сегіз, екі", "восемнадцатилетие, двухдневный", ["18", "2"]),
    ],
)
def test_spelled_figures(kk: str, ru: str, keys: list[str]) -> None:
    assert spelled_figures(kk, "kk") == spelled_figures(ru, "ru") == Counter(keys)


@pytest.mark.parametrize(
    ("kk", "ru"),
    [
        ("тамыздың 10-нан бастап 25-не дейін", "с 10 августа по 25 августа"),
        ("9,941 тұрғын", "9941 житель"),
        ("сағат 8:30-да", "в 8.30"),
    ],
)
def test_one_number_written_two_ways_is_one(kk: str, ru: str) -> None:
    compared = compare_figures(kk, ru)
    assert not compared.only_kk
    assert not compared.only_ru


def test_when_a_version_appeared_is_no_part_of_its_text() -> None:
    same = compare_figures("08 Қазан 2015, 12:35 25 үй салынды", "08 Октября 2015, 13:43 Построено 25 домов")
    assert (same.only_kk, same.only_ru) == (Counter(), Counter())
    other = compare_figures("08.10.2015 12:35 25 үй салынды", "08.10.2015 13:43 Построено 52 дома")
    assert (other.only_kk, other.only_ru) == (Counter(["25"]), Counter(["52"]))
    later = compare_figures("08 Қазан 2015, 12:35 Жиын өтті", "08 Октября 2015, 16:43 Прошло собрание")
    assert (later.only_kk, later.only_ru) == (Counter(["12:35"]), Counter(["16:43"]))
    inside = compare_figures(
        "Жиын 2015 жылғы 8 қазан күні 12:35-те өтті", "Собрание прошло 8 октября 2015 года в 13:43"
    )
    assert (inside.only_kk, inside.only_ru) == (Counter(["12:35"]), Counter(["13:43"]))


def test_a_wrong_year_is_not_taken_for_none() -> None:
    compared = compare_figures("6013 жылғы 8 қарашада", "8 ноября 2013 года")
    assert compared.only_kk
    assert compared.only_ru == Counter(["2013-11-08"])


def test_a_bare_number_is_no_day_of_a_month_that_only_one_text_names() -> None:
    compared = compare_figures("25 адам келді", "25 августа")
    assert compared.only_kk == Counter(["25"])
    assert compared.only_ru == Counter(["--08-25"])


@pytest.mark.parametrize(
    ("kk", "ru", "only_kk", "only_ru"),
    [
        ("Қ. Тоқаев Алматыға келді", "К. Токаев прибыл в Алматы", [], []),
        ("Джон Уэйнс Лондонда болды", "Джон Вэйнс был в Лондоне", [], []),
        ("қазақстандық компания", "компания из Казахстана", [], []),
        ("Бүгін Мәсімов келді", "Сегодня прибыл Ахметов", [("Мәсімов", "person")], [("Ахметов", "person")]),
        ("Қобда ауданында Елек өзені", "река Илек в Кобдинском районе", [], []),
        ("Өрел ауылының тұрғыны", "житель села Урыль", [], []),
        ("бұл Министрдің орынбасары", "это заместитель Министерства", [], []),
        # «Байтасов» is spelled nearly like «бастап», but that is no name.
        ("топ жұмысты бастап кетті", "член совета Байтасов", [], [("Байтасов", "person")]),
        ("Бүгін Айгүл Дүйсенқызы келді", "Сегодня прибыла Айгуль Дюсеновна", [], []),
        (
            "Бүгін Айгүл Дүйсенқызы келді",
            "Сегодня прибыла Айгуль Ермековна",
            [("Дүйсенқызы", "word")],
            [("Ермековна", "person")],
        ),
        ("Кеше Үкімет басшысы келді", "Вчера прибыл Премьер-министр", [], []),
        ("Кеше Премьер-Министрдің орынбасары келді", "Вчера прибыл вице-премьер", [], []),
        ("Бүгін Жүсіп ауылында", "Сегодня в селе Джусуп", [], []),
        # Spelled nearly alike but for their beginnings.
        ("Бүгін Астанада өтті", "Сегодня прошли в Костанае", [("Астанада", "known")], [("Костанае", "known")]),
        ("Ол Netflix туралы айтты", "Он рассказал об этом", [("Netflix", "latin")], []),
    ],
)
def test_names_of_two_texts_answer_each_other_across_spellings(
    kk: str, ru: str, only_kk: list[tuple[str, str]], only_ru: list[tuple[str, str]]
) -> None:
    compared = compare_names(kk, ru)
    assert [(name.text, name.kind) for name in compared.only_kk] == only_kk
    assert [(name.text, name.kind) for name in compared.only_ru] == only_ru


def test_compared_figures_answer_each_other() -> None:
    same = compare_figures(
        "2021 жылғы 5 мамырда 3 ел 25 келісімге қол қойды, екі күндік жиын 2 рет өтті.",
        "5 мая три страны подписали двадцать пять соглашений, двухдневная встреча прошла 2 раза.",
    )
    assert not same.only_kk
    assert not same.only_ru
    assert same.shared == Counter(["2021-05-05", "3", "25", "2"])
    other = compare_figures("2021 жылғы 5 мамырда 340 адам", "6 мая 2021 года 430 человек")
    assert other.only_kk == Counter(["2021-05-05", "340"])
    assert other.only_ru == Counter(["2021-05-06", "430"])
    assert not other.shared


@pytest.mark.parametrize(
    ("kk", "ru", "keys"),
    [
        ("Қасым-Жомарт Тоқаевтың", "Касым-Жомарту Токаеву", 3),
        ("кеңесте Сағынтаевпен", "на совещании с Сагинтаевым", 1),
        ("бүгін Астанада", "сегодня в Астане", 1),
        ("кеше Қазақстанның", "вчера Казахстана", 1),
        ("Қазақстандағы өзбекстандық азаматтар", "узбекистанские граждане в Казахстане", 2),
        ("Өзбекстаннан", "из Узбекистана", 1),
        ("АҚШ-тың және БҰҰ-ның", "США и ООН", 2),
        ("Америка Құрама Штаттарының", "Соединенных Штатов Америки", 1),
        ("Біріккен Ұлттар Ұйымына", "Организацией Объединённых Наций", 1),
        ("Еуразиялық экономикалық одақтың", "ЕАЭС", 1),
        ("ЕАЭО мен ТМД", "Содружества Независимых Государств и ЕАЭС", 2),
        ("ЖІӨ 4 пайыз", "ВВП 4 процента", 1),
        ("«Самұрық-Қазына» АҚ", "АО «Самрук-Казына»", 2),
        ("«Бәйтерек» ЖШС-не", "ТОО «Байтерек»", 2),
        ("Шығыс Қазақстан облысында", "в Восточно-Казахстанской области", 1),
        ("ресейлік және қытайлық компаниялар", "российские и китайские компании", 2),
        ("Қазақстан Республикасының", "Республики Казахстан", 1),
        ("ҚР СІМ", "МИД РК", 2),
        ("Өскеменде, Оралда және Қостанайда", "в Усть-Каменогорске, Уральске и Костанае", 3),
        ("Маңғыстау мен Балқаш", "Мангистау и Балхаш", 2),
        ("Мәскеуге", "московский", 1),
        ("Brexit пен KEGOC", "Брексит и KEGOC", 2),
        ("Nur Otan", "Нур Отан", 1),
        ("елорда тұрғындары", "жители столицы", 1),
        ("Түркияның Анкарасы", "турецкая Анкара", 2),
    ],
)
def test_names_are_the_same_in_both_languages(kk: str, ru: str, keys: int) -> None:
    kk_names, ru_names = names(kk), names(ru)
    # A Russian adjective may stand where the Kazakh has the noun, so the parts may be counted in another order only.
    assert set(kk_names) == set(ru_names)
    assert len(kk_names) == keys


SURNAMES = words("Назарбаев Сүлейменов Бектенов Әшімбаев Қошанов Мұсабеков Төлегенов Жұмағалиев Нұрмағамбетов Ысқақов")
RUSSIAN_SURNAMES = words(
    "Назарбаев Сулейменов Бектенов Ашимбаев Кошанов Мусабеков Тулегенов Жумагалиев Нурмагамбетов Искаков"
)


@pytest.mark.parametrize(("kk", "ru"), list(zip(SURNAMES, RUSSIAN_SURNAMES, strict=True)))
def test_endings_do_not_change_a_surname(kk: str, ru: str) -> None:
    kk_forms = [f"министр {kk}{ending}" for ending in ("", "тың", "қа", "ты", "та", "тан", "пен", "тағы")]
    ru_forms = [f"министр {ru}{ending}" for ending in ("", "а", "у", "ым", "е")]
    keys = {key for form in (*kk_forms, *ru_forms) for key in names(form)}
    assert len(keys) == 1, keys


@pytest.mark.parametrize(
    "text",
    [
        "Бұл туралы айтылды.",
        "Сондай-ақ онда сауда да болды.",
        "Ал қазір ше?",
        "Сегодня в понедельник, по его словам, всё решено.",
        "5 Мамыр",
        "жер, күн және ай",
        "БҮГІНГІ ЖИЫНДА АЙТЫЛҒАН МӘСЕЛЕЛЕР",
    ],
)
def test_common_words_are_no_names(text: str) -> None:
    assert names(text) == Counter()


def test_different_names_have_different_keys() -> None:
    people = words("Назарбаев Назаров Тоқаев Токмаков Сагинтаев Сагадиев Мамин Масимов Маминов Бектенов Бекетаев")
    keys = {person: next(iter(names(f"сөйлеген {person}"))) for person in people}
    assert len(set(keys.values())) >= len(people) - 2


def _table() -> list[list[str]]:
    text = resources.files("aligner.evidence").joinpath("names.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]


def test_the_table_of_names_is_well_formed() -> None:
    rows = _table()
    assert all(len(row) == 3 and all(row) for row in rows)
    assert len({row[0] for row in rows}) == len(rows) >= 200
    owner: dict[str, str] = {}
    for key, *columns in rows:
        for form in "|".join(columns).split("|"):
            assert form == form.strip()
            assert owner.setdefault(form, key) == key, form


@pytest.mark.parametrize("row", _table(), ids=lambda row: row[0])
def test_every_form_of_the_table_is_found(row: list[str]) -> None:
    key, *columns = row
    for form in "|".join(columns).split("|"):
        assert f"@{key}" in names(f"осы {form} туралы"), form


def _gold_pairs() -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for name in ("xwmt", "flores-dev", "flores-devtest"):
        kk, ru = (shared_path(f"gold/{name}.{code}.txt").read_text(encoding="utf-8") for code in ("kk", "ru"))
        pairs += zip(kk.splitlines(), ru.splitlines(), strict=True)
    for path in sorted(shared_path("gold/natural").glob("*.json")):
        for document in json.loads(path.read_text(encoding="utf-8"))["docs"]:
            for kk_lines, ru_lines in document["gold"]:
                if kk_lines and ru_lines:
                    kk_text = " ".join(document["kk"][line] for line in kk_lines)
                    pairs.append((kk_text, " ".join(document["ru"][line] for line in ru_lines)))
    return pairs


def test_translations_share_their_figures() -> None:
    pairs = [(kk, ru) for kk, ru in _gold_pairs() if re.search(r"\d", kk + ru)]
    comparisons = [compare_figures(kk, ru) for kk, ru in pairs]
    shared = sum(comparison.shared.total() for comparison in comparisons)
    alone = sum(comparison.only_kk.total() + comparison.only_ru.total() for comparison in comparisons)
    assert shared / (shared + alone / 2) >= 0.93
    strangers = [compare_figures(kk, ru) for (kk, _), (_, ru) in zip(pairs, pairs[7:] + pairs[:7], strict=True)]
    assert sum(comparison.shared.total() for comparison in strangers) <= 0.06 * shared


def test_translations_share_their_names() -> None:
    found = [(names(kk), names(ru)) for kk, ru in _gold_pairs()]
    shared = sum((kk & ru).total() for kk, ru in found)
    everything = sum(kk.total() + ru.total() for kk, ru in found) / 2
    assert shared / everything >= 0.58
    strangers = sum((kk & ru).total() for (kk, _), (_, ru) in zip(found, found[7:] + found[:7], strict=True))
    assert strangers <= 0.05 * shared
