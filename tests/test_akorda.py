import ast
import datetime as dt
from pathlib import Path

import pytest
from lxml.html import fromstring

from aligner.errors import EmptyInputError
from aligner.ingest import akorda, read_documents
from aligner.ingest.html import iter_html
from tests.shared_data import shared_path

PAGE = """<!DOCTYPE html>
<html lang="{lang}"><head><title>{title} &mdash; Ресми сайт</title>
<meta property="og:site_name" content="Akorda.kz">
<meta property="og:url" content="https://{host}/{folder}/zavod-ashyldy-555"></head>
<body><header><nav><ul><li><a href="/kz/events">Жаңалықтар</a></li></ul></nav></header>
<section id="main_block"><div class="row"><section id="main_block"><div class="row">
<div class="col-lg-8">
  <p><img src="/assets/photo.jpg"></p>
  <h2> {title}</h2><hr/>{beside}
  <div class="mt-5"><article>{body}</article></div>
</div>
<div class="col-4 showblock"><h3>Заңдар</h3>
  <p class="date_main_block_small">2026 жылғы 12 маусым</p>
  <p class="date_main_block"><a href="/kz/zan-1">Мемлекет басшысы заңға қол қойды</a></p></div>
</div></section></div></section>
<footer><p class="footer_text">Астана қ., «Ақорда» резиденциясы | 2026 ж.</p></footer></body></html>"""
TITLE = "Мемлекет басшысы Тараздағы зауытты аралап көрді"
BODY = """<p style="text-align: center;"><strong>Құрметті жұмысшылар!</strong></p>
<p>&nbsp;</p>
<p>Зауытта екі жүз адам жұмыс істейді. Оның өнімі шетелге де жөнелтіледі.<br/>Құрылыс екі жылға созылды.</p>
<p><img src="/public/1.jpg" width="100%" /></p>
<ul><li>бірінші кезең &ndash; шыны;</li><li>екінші кезең &ndash; айна.</li></ul>"""
PARAGRAPHS = [
    "Құрметті жұмысшылар!",
    "Зауытта екі жүз адам жұмыс істейді. Оның өнімі шетелге де жөнелтіледі.",
    "Құрылыс екі жылға созылды.",
    "бірінші кезең – шыны;",
    "екінші кезең – айна.",
]


def page(host: str = "akorda.kz", folder: str = "kz", body: str = BODY, beside: str = "") -> bytes:
    return PAGE.format(lang="kz", title=TITLE, host=host, folder=folder, body=body, beside=beside).encode()


@pytest.mark.parametrize("host", ["akorda.kz", "www.akorda.kz"])
def test_title_and_body_and_nothing_else(tmp_path: Path, host: str) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(page(host))
    (document,) = read_documents(path)
    assert document.title == TITLE
    assert [paragraph.text for paragraph in document.paragraphs] == PARAGRAPHS
    assert document.language == "kk"
    assert document.dropped == ()


def test_the_date_of_another_item_is_not_taken() -> None:
    (draft,) = iter_html(page(), "page.html")
    assert draft.date is None


def test_a_date_between_the_title_and_the_body_is_taken() -> None:
    (draft,) = iter_html(page(beside='<h5 class="mt-3">2021 жылғы 5 мамыр</h5>'), "page.html")
    assert draft.date == dt.date(2021, 5, 5)


def test_a_page_of_pictures_has_no_text() -> None:
    with pytest.raises(EmptyInputError):
        list(iter_html(page(body='<p><img src="/1.jpg"></p>'), "page.html"))


@pytest.mark.parametrize(("folder", "language"), [("kz", "kk"), ("ru", "ru"), ("en", "en")])
def test_the_address_tells_the_language(folder: str, language: str) -> None:
    (draft,) = iter_html(page(folder=folder), "page.html")
    assert draft.language == language


@pytest.mark.parametrize("host", ["example.kz", "notakorda.kz", "akorda.kz.example.org"])
def test_another_site_is_not_taken_for_akorda(host: str) -> None:
    tree = fromstring(page(host))
    addresses = [str(address) for address in tree.xpath(akorda.AKORDA.addresses[0])]
    assert addresses
    assert not any(akorda.AKORDA.owns(address) for address in addresses)


def test_the_rules_are_data_that_need_no_network() -> None:
    tree = ast.parse(Path(akorda.__file__).read_text(encoding="utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert imported <= {"__future__", "re", "collections.abc", "dataclasses", "types"}


def test_the_real_page() -> None:
    path = shared_path("akorda/akorda_sample_kz_speech_555737.html")
    (document,) = read_documents(path)
    assert document.title is not None
    assert document.title.startswith("Мемлекет басшысы Қасым-Жомарт Тоқаевтың «Әкімшілік әділет")
    assert document.title.endswith("форумда сөйлеген сөзі")
    assert document.language == "kk"
    assert document.date is None
    assert document.skipped is None
    assert len(document.paragraphs) == 30
    assert document.paragraphs[0].text == "Құрметті форумға қатысушылар!"
    assert document.paragraphs[-1].text.endswith("Баршаңызға құтты болсын деймін.")
    assert {paragraph.language for paragraph in document.paragraphs} == {"kk"}
    assert document.dropped == ()
