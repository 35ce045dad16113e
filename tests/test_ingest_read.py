from pathlib import Path

import pytest
from format_samples import samples

from aligner.errors import BinaryInputError, EmptyInputError, FormatError, InputError, MissingInputError
from aligner.ingest import lines as lines_module
from aligner.ingest import read as read_module
from aligner.ingest import read_documents
from aligner.ingest.files import READABLE_SUFFIXES

KK = "Таразда шыны шығаратын жаңа зауыт ашылды, деп хабарлады облыс әкімдігі. Онда екі жүз адам жұмыс істейді."
RU = "В Таразе открылся новый завод по выпуску стекла, сообщает акимат. На нём будут работать двести человек."
EN = "A new glass factory was opened in Taraz, the press office of the region says. It gives work to many people."
KY = (
    "Бишкекте жаңы мектеп ачылды, деп билдирди шаардын мэриясы. Анда эки жүз окуучу билим алат жана аларга заманбап"
    " шарттар түзүлгөн. Курулуш бир жылда бүтүп, ага мамлекеттик бюджеттен каражат бөлүндү."
)


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "kz1048"])
def test_one_kazakh_text_in_many_encodings(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path / "a.txt", f"Жаңа зауыт ашылды\r\n\r\n{KK}\r\n{KK}\r\n", encoding)
    (document,) = read_documents(path)
    assert document.title == "Жаңа зауыт ашылды"
    assert [paragraph.text for paragraph in document.paragraphs] == [KK, KK]
    assert (document.language, document.part, document.skipped) == ("kk", None, None)
    assert document.name == str(path)


def test_a_russian_text_in_windows_1251(tmp_path: Path) -> None:
    (document,) = read_documents(write(tmp_path / "a.txt", RU, "cp1251"))
    assert document.language == "ru"
    assert document.paragraphs[0].text == RU


def test_the_documents_of_a_dump_have_languages_of_their_own(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "\n///\n".join((KK, RU, EN, KY, "Фото: Акорда")))
    documents = list(read_documents(path))
    assert [document.name for document in documents] == [f"{path}#{number}" for number in range(1, 6)]
    assert [document.language for document in documents[:4]] == ["kk", "ru", "en", "ky"]
    assert [document.skipped for document in documents] == [
        None,
        None,
        "language: en (only kk and ru are aligned)",
        "language: ky (only kk and ru are aligned)",
        "no text",
    ]


def test_a_paragraph_in_another_language_than_its_document(tmp_path: Path) -> None:
    (document,) = read_documents(write(tmp_path / "a.txt", "\n".join((KK, KK, RU, EN, "Да.", KK))))
    assert document.language == "kk"
    assert [paragraph.language for paragraph in document.paragraphs] == ["kk", "kk", "ru", "en", "kk", "kk"]


def test_a_text_of_numbers_has_no_language(tmp_path: Path) -> None:
    (document,) = read_documents(write(tmp_path / "a.txt", "12 345\n67 890\n"))
    assert document.skipped == "language: und (it could not be told)"


@pytest.mark.parametrize("name", ["a.txt", "a.text", "a"])
def test_a_page_in_a_text_file_is_read_as_a_page(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, f"<!-- saved --><!DOCTYPE html><html><body><h1>Завод</h1><p>{RU}</p></body></html>")
    (document,) = read_documents(path)
    assert [paragraph.text for paragraph in document.paragraphs] == [RU]


def test_errors_are_raised_at_the_call() -> None:
    with pytest.raises(MissingInputError, match=r"nowhere\.txt: no such file"):
        read_documents(Path("nowhere.txt"))


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.docx"])
def test_a_folder_and_an_empty_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(EmptyInputError):
        read_documents(write(tmp_path / name, ""))
    (tmp_path / "folder" / name).mkdir(parents=True)
    with pytest.raises(InputError, match="is a folder"):
        read_documents(tmp_path / "folder" / name)


@pytest.mark.parametrize("content", [" \n\t\n", "\ufeff", "///\n///\n", "\u200b\u00ad\n"])
def test_a_file_without_text(tmp_path: Path, content: str) -> None:
    with pytest.raises(EmptyInputError):
        read_documents(write(tmp_path / "a.txt", content))


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_a_binary_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    with pytest.raises(BinaryInputError):
        read_documents(path)


def test_an_old_word_document(tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(FormatError, match=r"save it as \.docx"):
        read_documents(path)


@pytest.mark.parametrize("suffix", [".doc", ".docx", ".rtf"])
@pytest.mark.parametrize("kind", [".rtf", ".docx", ".html"])
def test_what_word_opens_under_any_name(tmp_path: Path, suffix: str, kind: str) -> None:
    word = Path(__file__).parent / "data" / "formats" / "word-side.docx"
    right, wrong = tmp_path / f"right{kind}", tmp_path / f"wrong{suffix}"
    for path in (right, wrong):
        path.write_bytes(word.read_bytes() if kind == ".docx" else samples()[kind])
    assert [each.text for each in read_documents(wrong)] == [each.text for each in read_documents(right)]


@pytest.mark.parametrize("name", ["a.json", "a.pptx", "a.sdltm", "a.XLS"])
def test_other_types_are_refused_by_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(FormatError, match="not read; save its text as"):
        read_documents(write(tmp_path / name, KK))


def test_every_suffix_of_texts_is_read(tmp_path: Path) -> None:
    for suffix in (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml"):
        assert suffix in READABLE_SUFFIXES
        (document,) = read_documents(write(tmp_path / f"a{suffix}", KK))
        assert document.language == "kk"


def test_one_endless_line_is_refused_with_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines_module, "MAX_LINE_CHARACTERS", 1000)
    path = write(tmp_path / "a.txt", KK + "\n" + "сөз " * 300)
    with pytest.raises(FormatError, match=r"a\.txt, line 2: has 1,200 characters in one line"):
        read_documents(path)


def test_a_page_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_module, "MAX_MARKUP_BYTES", 100)
    for name in ("a.html", "a.txt"):
        with pytest.raises(FormatError, match="split it"):
            read_documents(write(tmp_path / name, f"<html><p>{RU}</p></html>"))
