import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.errors import EmptyInputError, InputError
from aligner.ingest import read_documents
from aligner.ingest.draft import Draft
from aligner.ingest.html import iter_html

TITLE = "В Таразе открылся новый завод"
FIRST = "В Таразе открыли завод по выпуску стекла, сообщает акимат. На нём будут работать двести человек."
SECOND = "Строительство продолжалось два года. В проект вложили сорок миллиардов тенге частных инвестиций."
THIRD = "«Мы выйдем на полную мощность уже к концу года», – сказал директор предприятия Серик Омаров."
BODY = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
SIDEBAR = (
    '<div class="sidebar"><h3>Последние новости</h3><p class="date">2026 жылғы 12 маусым</p>'
    '<a href="/x">Президент подписал закон о бюджете</a><p class="date">11.06.2026</p>'
    '<a href="/y">Мажилис рассмотрел поправки</a></div>'
)
KK_TITLE = "Таразда жаңа зауыт ашылды"
KK_BODY = (
    "<p>Таразда шыны шығаратын зауыт ашылды, деп хабарлады облыс әкімдігінің баспасөз қызметі.</p>"
    "<p>Құрылыс екі жылға созылды. Жобаға қырық миллиард теңге жұмсалды.</p>"
)


def page(body: str, head: str = "", title: str = TITLE, lang: str = "ru") -> str:
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><title>{title} — Новости области</title>{head}</head><body>'
        f'<header><a href="/">Главная</a></header><div class="main"><h1>{title}</h1>{body}</div>{SIDEBAR}'
        "<footer>© 2026 Акимат. Все права защищены.</footer></body></html>"
    )


def read(content: str | bytes) -> Draft:
    (draft,) = iter_html(content.encode() if isinstance(content, str) else content, "page.html")
    return draft


def texts(draft: Draft) -> list[str]:
    return [block.text for block in draft.blocks]


def test_title_without_the_name_of_the_site_and_paragraphs_without_the_frame() -> None:
    draft = read(page(BODY))
    assert draft.title == TITLE
    assert texts(draft) == [FIRST, SECOND, THIRD]
    assert draft.language == "ru"


def test_no_date_is_guessed_from_another_items_block() -> None:
    assert read(page(BODY)).date is None


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2026-03-14T09:15:00+05:00">',
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-03-14T09:15"}</script>',
    ],
)
def test_the_date_in_the_metadata(head: str) -> None:
    assert read(page(BODY, head)).date == dt.date(2026, 3, 14)


def test_several_published_items_are_no_date() -> None:
    items = '{"datePublished":"2026-03-14"},{"datePublished":"2026-03-15"}'
    assert read(page(BODY, f'<script type="application/ld+json">[{items}]</script>')).date is None


@pytest.mark.parametrize(
    "stamp",
    [
        '<div class="meta"><span>14 марта 2026, 09:15</span> <span>331</span></div>',
        '<time datetime="2026-03-14T09:15">вчера</time>',
        "<p><i>2026 жылғы 14 наурыз</i></p>",
    ],
)
def test_the_date_beside_the_title(stamp: str) -> None:
    assert read(page(stamp + BODY)).date == dt.date(2026, 3, 14)


def test_the_date_of_an_item_below_the_text_is_not_taken() -> None:
    related = '<div><span class="date">13 марта 2026</span> <b>Ещё одна новость</b></div>'
    assert read(page(BODY + related)).date is None


def test_a_date_on_a_page_without_containers() -> None:
    assert read(f"<body><h1>{TITLE}</h1><i>14.03.2026</i>{BODY}</body>").date == dt.date(2026, 3, 14)
    assert read(f"<body><div>13.03.2026</div><h1>{TITLE}</h1>{BODY}</body>").date is None


def test_headings_lists_tables_and_quotations_are_kept_in_order() -> None:
    draft = read(
        page(
            f"<p>{FIRST}</p><h2>Что дальше</h2><ul><li>Первая очередь заработает в мае</li>"
            f"<li>Вторая очередь заработает осенью</li></ul><p>{SECOND}</p>"
            f"<table><tr><td>Рост экономики</td><td>5,1 процента</td></tr></table><blockquote>{THIRD}</blockquote>"
        )
    )
    assert texts(draft) == [
        FIRST,
        "Что дальше",
        "Первая очередь заработает в мае",
        "Вторая очередь заработает осенью",
        SECOND,
        "Рост экономики",
        "5,1 процента",
        THIRD,
    ]
    assert [block.text for block in draft.blocks if block.is_heading] == ["Что дальше"]


def test_line_breaks_part_paragraphs_and_residue_is_dropped() -> None:
    draft = read(page(f"<div>{FIRST}<br><br>{SECOND}<br>{THIRD}<br>Фото: акимат<br>Поделиться</div>"))
    assert texts(draft) == [FIRST, SECOND, THIRD]
    assert [drop.reason for drop in draft.dropped] == ["photo credit", "navigation"]


def test_a_short_page() -> None:
    draft = read(f"<html><body><h1>{TITLE}</h1><p>Завод открыт.</p></body></html>")
    assert texts(draft) == ["Завод открыт."]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_pages(encoding: str) -> None:
    assert texts(read(page(BODY).encode(encoding))) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize("encoding", ["kz1048", "ptcp154"])
def test_a_kazakh_page_that_calls_its_code_page_windows_1251(encoding: str) -> None:
    content = f'<html lang="kz"><head><meta charset="windows-1251"></head><h1>{KK_TITLE}</h1>{KK_BODY}</html>'
    draft = read(content.encode(encoding))
    assert draft.title == KK_TITLE
    assert len(draft.blocks) == 2
    assert draft.language == "kk"


def test_a_page_in_windows_1251() -> None:
    content = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"></head>'
    assert texts(read(f"{content}<h1>{TITLE}</h1>{BODY}</html>".encode("cp1251"))) == [FIRST, SECOND, THIRD]


def test_an_xhtml_page_with_a_declaration() -> None:
    assert texts(read('<?xml version="1.0" encoding="utf-8"?>' + page(BODY))) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "content",
    [
        "<html><head><title>Акорда</title></head><body><nav><a href='/'>Главная</a></nav></body></html>",
        "<html><body><script>var text = 'Глава государства';</script><img src='1.jpg'></body></html>",
        "<!-- ничего -->",
        " \n ",
        "<html></html>",
    ],
)
def test_a_page_without_text(content: str, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(EmptyInputError, match=r"page\.html"):
        read(content)
    assert caplog.records == []


def test_entities_of_an_own_document_type_do_no_harm() -> None:
    entities = '<!ENTITY a0 "ха">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    draft = read(f"<!DOCTYPE html [{entities}]>{page(BODY + '<p>&a11; и текст после сущности.</p>')}")
    assert texts(draft)[:3] == [FIRST, SECOND, THIRD]
    assert len(texts(draft)[3]) < 100


def test_deep_nesting_ends() -> None:
    with pytest.raises(EmptyInputError):
        read("<html><body>" + "<div>" * 20_000 + f"<p>{FIRST}</p>")


def test_a_mixed_page_has_a_language_for_each_paragraph(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(page(KK_BODY + f"<p>{FIRST}</p>", title=KK_TITLE, lang="kk"), encoding="utf-8")
    (document,) = read_documents(path)
    assert document.language == "kk"
    assert [paragraph.language for paragraph in document.paragraphs] == ["kk", "kk", "ru"]


@settings(max_examples=30, deadline=None)
@given(st.text(st.sampled_from("<>/!-&;=\"' abpdivх\n"), max_size=120))
def test_any_markup_gives_text_or_our_error(content: str) -> None:
    try:
        draft = read(content)
    except InputError:
        return
    assert draft.blocks
