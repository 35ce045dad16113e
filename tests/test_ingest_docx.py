import datetime as dt
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from aligner.errors import EmptyInputError, FormatError
from aligner.ingest import docx as docx_module
from aligner.ingest import read_documents
from aligner.ingest.docx import iter_docx
from aligner.ingest.draft import Draft

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
KK = ("Зауыттың ашылу рәсіміне облыс әкімі қатысты.", "Ол жұмысшыларды құттықтап, табыс тіледі.")


def saved(document: "docx.document.Document") -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def simple(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def changed(data: bytes, parts: Mapping[str, bytes | None]) -> bytes:
    """`data` with parts replaced, added, or (None) left out."""
    source = zipfile.ZipFile(io.BytesIO(data))
    contents: dict[str, bytes | None] = {name: source.read(name) for name in source.namelist()}
    contents.update(parts)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in contents.items():
            if content is not None:
                package.writestr(name, content)
    return buffer.getvalue()


def read(data: bytes) -> Draft:
    (draft,) = iter_docx(data, "a.docx")
    return draft


def texts(draft: Draft) -> list[str]:
    return [block.text for block in draft.blocks]


def test_paragraphs_headings_and_tables_in_document_order() -> None:
    document = docx.Document()
    document.add_heading("Открыт новый завод", 0)
    document.add_paragraph("14 марта 2026 года")
    paragraph = document.add_paragraph("Завод\u00a0открыли ")
    paragraph.add_run("в Таразе.").bold = True
    document.add_heading("Подробности", 1)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Рост", "5,1 %"
    broken = document.add_paragraph("Первая строка")
    broken.add_run().add_break()
    broken.add_run("вторая строка.")
    document.add_paragraph("Фото: акимат")
    draft = read(saved(document))
    assert draft.title == "Открыт новый завод"
    assert draft.date == dt.date(2026, 3, 14)
    assert texts(draft) == [
        "Завод открыли в Таразе.",
        "Подробности",
        "Рост",
        "5,1 %",
        "Первая строка",
        "вторая строка.",
    ]
    assert [block.text for block in draft.blocks if block.is_heading] == ["Подробности"]
    assert [drop.reason for drop in draft.dropped] == ["date stamp", "photo credit"]


def test_revisions_links_content_controls_and_hidden_text() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Осталось")
    for markup in (
        "<w:ins {} w:id='1' w:author='x'><w:r><w:t xml:space='preserve'> вставленное</w:t></w:r></w:ins>",
        "<w:del {} w:id='2' w:author='x'><w:r><w:delText> удалённое</w:delText></w:r></w:del>",
        "<w:smartTag {} w:element='x'><w:r><w:t xml:space='preserve'> умное</w:t></w:r></w:smartTag>",
        "<w:hyperlink {}><w:r><w:t xml:space='preserve'> и ссылка</w:t><w:tab/><w:t>здесь.</w:t></w:r></w:hyperlink>",
    ):
        paragraph._p.append(parse_xml(markup.format(nsdecls("w"))))
    document.add_paragraph("Видно всем.").add_run(" Скрыто.").font.hidden = True
    control = "<w:sdt {}><w:sdtContent><w:p><w:r><w:t>Из поля формы.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    document.element.body.insert(2, parse_xml(control.format(nsdecls("w"))))
    assert texts(read(saved(document))) == [
        "Осталось вставленное умное и ссылка здесь.",
        "Видно всем.",
        "Из поля формы.",
    ]


def test_notes_follow_the_text() -> None:
    data = simple("Текст со сноской. Второе предложение абзаца.")
    notes = (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>черта</w:t></w:r></w:p></w:footnote>'
        '<w:footnote w:id="1"><w:p><w:r><w:t>Сама сноска.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    ).encode()
    relations = zipfile.ZipFile(io.BytesIO(data)).read("word/_rels/document.xml.rels").decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    entry = f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    types = zipfile.ZipFile(io.BytesIO(data)).read("[Content_Types].xml").decode()
    override = (
        '<Override PartName="/word/footnotes.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/></Types>'
    )
    data = changed(
        data,
        {
            "word/footnotes.xml": notes,
            "word/_rels/document.xml.rels": relations.replace("</Relationships>", entry).encode(),
            "[Content_Types].xml": types.replace("</Types>", override).encode(),
        },
    )
    assert texts(read(data)) == ["Текст со сноской. Второе предложение абзаца.", "Сама сноска."]


def test_the_title_in_the_properties_counts_only_where_the_text_has_it() -> None:
    document = docx.Document()
    document.core_properties.title = "Зауыт ашылды!"
    document.core_properties.created = dt.datetime(2020, 1, 1)
    for text in ("Зауыт ашылды!", *KK):
        document.add_paragraph(text)
    draft = read(saved(document))
    assert draft.title == "Зауыт ашылды!"
    assert draft.date is None
    document.core_properties.title = "Документ Microsoft Word"
    draft = read(saved(document))
    assert draft.title is None
    assert texts(draft) == ["Зауыт ашылды!", *KK]


def test_a_kazakh_document(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(simple("Таразда зауыт ашылды", *KK))
    (document,) = read_documents(path)
    assert (document.title, document.language, document.skipped) == ("Таразда зауыт ашылды", "kk", None)
    assert document.source == str(path)


def test_a_docx_by_any_other_name(tmp_path: Path) -> None:
    path = tmp_path / "release"
    path.write_bytes(simple(*KK))
    (document,) = read_documents(path)
    assert len(document.paragraphs) == 2


def test_damaged_properties_and_styles_do_not_matter() -> None:
    data = changed(simple(*KK), {"docProps/core.xml": b"<x/>", "word/styles.xml": b"<x/>"})
    assert texts(read(data)) == list(KK)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"plain text", "no zip archive"),
        (b"PK\x03\x04" + bytes(30), "broken zip"),
        (b"{\\rtf1 x}", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), r"old \.doc"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted with a password"),
        (simple(*KK)[:4000], "broken zip"),
        (changed(simple(*KK), {"[Content_Types].xml": None}), "no Word document"),
        (changed(simple(*KK), {"word/document.xml": None}), "part missing"),
        (changed(simple(*KK), {"word/document.xml": b"<w:document><broken"}), "damaged"),
        (changed(simple(*KK), {"word/document.xml": f"<w:document {W}/>".encode()}), "damaged"),
    ],
)
def test_what_is_no_word_document_says_why_and_what_to_do(data: bytes, problem: str) -> None:
    with pytest.raises(FormatError, match=rf"a\.docx.*{problem}.*; "):
        read(data)


def test_a_document_without_text() -> None:
    with pytest.raises(EmptyInputError):
        read(simple())


def test_an_encrypted_zip_is_refused() -> None:
    data = bytearray(simple(*KK))
    # The flag bits of the first entry of the central directory.
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(FormatError, match="encrypted zip"):
        read(bytes(data))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = changed(simple(*KK), {"word/media/x.bin": bytes(3_000_000)})
    with pytest.raises(FormatError, match=r"word/media/x\.bin: .*zip bomb.* to 1"):
        read(packed)
    monkeypatch.setattr(docx_module, "MAX_DOCX_PART_BYTES", 1000)
    with pytest.raises(FormatError, match=r"zip bomb: the part unpacks"):
        read(simple(*KK))
    monkeypatch.setattr(docx_module, "MAX_DOCX_UNPACKED_BYTES", 1000)
    with pytest.raises(FormatError, match=r"zip bomb: it unpacks"):
        read(simple(*KK))


def test_an_entity_bomb_is_refused_or_left_unexpanded() -> None:
    entities = '<!ENTITY a0 "ха">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    body = "<w:body><w:p><w:r><w:t>Текст &a11; конец.</w:t></w:r></w:p></w:body>"
    data = changed(
        simple(*KK), {"word/document.xml": f"<!DOCTYPE x [{entities}]><w:document {W}>{body}</w:document>".encode()}
    )
    try:
        draft = read(data)
    except FormatError:
        return
    assert sum(map(len, texts(draft))) < 1000
