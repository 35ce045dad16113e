"""Every format: what is read of a sound file, and that a broken or hostile one is refused in words."""

import gzip
import io
import json
import shutil
import stat
import zipfile
from pathlib import Path

import format_samples as made
import pytest
from format_samples import KK, RU
from typer.testing import CliRunner

from aligner.cli import app
from aligner.errors import EmptyInputError, FormatError, MissingExtraError
from aligner.ingest import SkippedFile, read_contents, read_documents
from aligner.ingest import archive as archive_module
from aligner.ingest.files import READABLE_SUFFIXES, suffix_of
from aligner.memory import Memory
from aligner.records import AlignedText, Document

PAIRS = tuple(zip(KK, RU, strict=True))
# Suffixes that are read as another one is.
ALIKE = {
    **{".text": ".txt", ".markdown": ".md", ".htm": ".html", ".xhtml": ".html"},
    **{".xlf": ".xliff", ".sdlxliff": ".xliff", ".mqxliff": ".xliff", ".mxliff": ".xliff"},
    **{".tmx.gz": ".tmx", ".doc": ".rtf"},
}


def contents(folder: Path, name: str, data: bytes) -> list[Document | AlignedText | SkippedFile]:
    path = folder / name
    path.write_bytes(data)
    return list(read_contents(path))


def document(folder: Path, name: str, data: bytes) -> Document:
    (found,) = contents(folder, name, data)
    assert isinstance(found, Document)
    return found


def lines(found: Document) -> list[str]:
    return [block.text for block in found.blocks]


def pairs(found: object) -> list[tuple[str, str]]:
    assert isinstance(found, AlignedText)
    sides = [[paragraph.text for paragraph in side.paragraphs] for side in (found.kk, found.ru)]
    return list(zip(*sides, strict=True))


@pytest.mark.parametrize("texts", [KK, RU], ids=["kk", "ru"])
@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.odt", made.odt),
        ("a.rtf", made.rtf),
        ("a.pdf", made.pdf),
        ("two.pdf", lambda texts: made.pdf(texts, 2)),
        ("a.epub", lambda texts: made.epub(texts, "kk")),
    ],
)
def test_office_files_pdfs_and_books(tmp_path: Path, name: str, make, texts) -> None:
    found = document(tmp_path, name, make(texts))
    assert lines(found) == list(texts)
    assert found.title == texts[0]
    assert found.language == ("kk" if texts is KK else "ru")
    assert found.skipped is None


@pytest.mark.parametrize(("name", "make"), [("a.srt", made.srt), ("a.vtt", made.vtt)])
def test_cues_become_sentences(tmp_path: Path, name: str, make) -> None:
    assert lines(document(tmp_path, name, make(KK))) == list(KK[1:])


def test_what_repeats_on_every_page_is_left_out(tmp_path: Path) -> None:
    found = document(tmp_path, "a.pdf", made.pdf(KK, 2, pages=3))
    assert lines(found) == [KK[0], *(text for by in range(3) for text in made.rotated(KK[1:], by))]
    assert {each.reason for each in found.dropped} == {"page header"}


def test_words_broken_at_line_ends(tmp_path: Path) -> None:
    from aligner.ingest.page_layout import Glyph, paragraphs_of

    rows = (
        "Жаңа бағдар-",
        "лама қабылданды. Об этом по-",
        "русски сказал вице-",
        "министр, а вице-министр мол-",
        "чал. Во-первых, по-",
        "строен во-",
        "допровод, кто-",
        "то видел мес-",
        "то, жұ-",
        "мыс күрде-",
        "лі.",
    )
    page = [
        Glyph(character, 50 + 6 * column, 56 + 6 * column, 700 - 14 * row, 710 - 14 * row)
        for row, text in enumerate(rows)
        for column, character in enumerate(text)
    ]
    blocks, dropped = paragraphs_of([page])
    text = "Жаңа бағдарлама қабылданды. Об этом по-русски сказал вице-министр, а вице-министр молчал. "
    text += "Во-первых, построен водопровод, кто-то видел место, жұмыс күрделі."
    assert [block.text for block in blocks] == [text]
    assert not dropped


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", made.table(KK, RU, ";", ("Қазақ тілінде", "На русском языке"))),
        ("b.csv", made.table(KK, RU, ",")),
        ("a.tsv", made.table(KK, RU, "\t", ("kk", "ru"))),
        ("b.tsv", made.table(KK, RU, "\t")),
        ("sep.csv", b"sep=|\r\n" + made.table(KK, RU, "|")),
        ("roles.csv", made.table(("Аударма", *KK), ("Оригинал", *RU), ";")),
        ("a.xlsx", made.xlsx(KK, RU)),
        ("a.tmx", made.tmx(KK, RU)),
        ("a.tmx.gz", gzip.compress(made.tmx(KK, RU))),
        ("a.xlf", made.xliff(KK, RU)),
        ("a.sdlxliff", made.sdlxliff(KK, RU)),
        ("a.po", made.po(KK, RU)),
        ("a.jsonl", made.json_lines(*({"translation": {"kk": kk, "ru": ru}} for kk, ru in PAIRS))),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_aligned_already(tmp_path: Path, name: str, data: bytes) -> None:
    (found,) = contents(tmp_path, name, data)
    assert pairs(found) == list(PAIRS)
    assert [side.name for side in (found.kk, found.ru)] == [f"{tmp_path / name}#1", f"{tmp_path / name}#2"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", made.table(RU, RU, ";", ("kk", "ru"))),
        ("a.tsv", b"1\t2\n3\t4\n"),
        ("a.po", made.po(KK, ["New school opened", "Second message", "Third one", "Fourth one", "The fifth"])),
        ("a.jsonl", made.json_lines({"kk": "kk/a.txt", "ru": "ru/a.txt"})),
    ],
)
def test_columns_that_are_no_pair_are_refused(tmp_path: Path, name: str, data: bytes) -> None:
    with pytest.raises(FormatError, match="Kazakh"):
        contents(tmp_path, name, data)


def test_a_text_that_is_a_table_by_its_tabs(tmp_path: Path) -> None:
    (text,) = contents(tmp_path, "a.txt", made.table(KK, RU, "\t"))
    assert isinstance(text, AlignedText)
    assert [paragraph.text for paragraph in text.kk.paragraphs] == [*KK]
    # Tabs that indent, in one language or in some lines only, are white space.
    indented = "\n".join(f"\t{line}" for line in KK)
    for lines in (indented, indented + "\n" + "\t".join(RU), "\n".join(f"{line}\t{n}" for n, line in enumerate(KK))):
        assert all(isinstance(each, Document) for each in contents(tmp_path, "a.txt", lines.encode()))
    with pytest.raises(FormatError, match="Qostil itself"):
        contents(tmp_path, "a.txt", b"kk\tru\tscore\treasons\tkk_source\tru_source\tdate\n" + b"a\tb\t\t\t\t\t\n" * 3)


def test_quotation_marks_of_the_text_swallow_no_rows(tmp_path: Path) -> None:
    rows = [f"{kk};{ru}" for kk, ru in PAIRS]
    marked = [*rows[:2], '"Жаңа мектеп;"Новая школа"', 'Ол: "Иә;Он: "Да', *rows[2:]]
    (found,) = contents(tmp_path, "a.csv", "\r\n".join(marked).encode())
    assert pairs(found) == [*PAIRS[:2], ('"Жаңа мектеп', '"Новая школа"'), ('Ол: "Иә', 'Он: "Да'), *PAIRS[2:]]
    # Cells that have the delimiter in them can't be told without the marks, so nothing may be taken on trust.
    quoted = [*rows, '"Мектеп; жаңа";Новая школа', '"Ауыл;Село', *rows]
    with pytest.raises(FormatError, match=rf"line {len(rows) + 2}\b.*does not close"):
        contents(tmp_path, "b.csv", "\n".join(quoted).encode())
    # A mark inside an open cell that other programs write as it is.
    loose = [*rows, '"Мектеп; жаңа";Новая школа', '"Заря" кинотеатры; кинотеатр "Заря"']
    (found,) = contents(tmp_path, "c.csv", "\n".join(loose).encode())
    assert len(pairs(found)) == len(loose)


def test_a_row_without_its_other_side_is_dropped(tmp_path: Path) -> None:
    (found,) = contents(tmp_path, "a.csv", made.table((*KK, "Жалғыз сөйлем."), (*RU, ""), ";", ("kk", "ru")))
    assert pairs(found) == list(PAIRS)
    assert [each.text for each in found.kk.dropped] == ["Жалғыз сөйлем."]


def test_documents_in_json_lines(tmp_path: Path) -> None:
    record = {
        "title_kk": KK[0],
        "text_kk": KK[1:],
        "title_ru": RU[0],
        "text_ru": "\n".join(RU[1:]),
        "date": "2026-03-14",
    }
    found = contents(tmp_path, "a.jsonl", made.json_lines(record, {"text": KK[1], "lang": "kk"}))
    assert [(each.language, each.part, lines(each)) for each in found if isinstance(each, Document)] == [
        ("kk", 1, list(KK)),
        ("ru", 2, list(RU)),
        ("kk", 3, [KK[1]]),
    ]
    assert str(found[0].date) == "2026-03-14"


@pytest.mark.parametrize("order", ["after", "before", "row by row"])
def test_one_document_in_both_languages_becomes_two(tmp_path: Path, order: str) -> None:
    texts = [text for pair in PAIRS for text in pair] if order == "row by row" else [*KK, *RU]
    if order == "before":
        texts = [*RU, *KK]
    found = contents(tmp_path, "both.odt", made.odt(texts))
    assert {each.language: lines(each) for each in found} == {"kk": list(KK), "ru": list(RU)}
    assert [each.part for each in found] == [1, 2]


def test_a_text_that_quotes_the_other_language_stays_whole(tmp_path: Path) -> None:
    found = document(tmp_path, "a.odt", made.odt([*RU, KK[1], *RU[1:]]))
    assert found.part is None
    assert found.language == "ru"


def test_pages_of_a_web_archive(tmp_path: Path) -> None:
    found = contents(tmp_path, "a.warc.gz", made.warc(made.page(KK), b"", made.page(RU)))
    assert [each.source for each in found if isinstance(each, Document)] == [
        f"{tmp_path / 'a.warc.gz'}/1.html",
        f"{tmp_path / 'a.warc.gz'}/3.html",
    ]


def test_archives_in_archives_and_hostile_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = made.packed({"deep.txt": made.txt(KK)})
    buffer = io.BytesIO(made.packed({"../../up.txt": b"x", "/etc/passwd.txt": b"x", "C:/a.txt": b"x", "in.zip": inner}))
    with zipfile.ZipFile(buffer, "a") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("a\x1b[31m\u202egnp.txt", "Мәтін бар, бірақ аты қауіпті.")
        archive.writestr("bomb.txt", b"0" * 20_000_000, zipfile.ZIP_DEFLATED)
        archive.writestr("virus.exe", b"MZ")
        archive.writestr("__MACOSX/._a.txt", b"x")
    found = contents(tmp_path, "a.zip", buffer.getvalue())
    root = str(tmp_path / "a.zip")
    reasons = {str(each.path).removeprefix(root): each.reason for each in found if isinstance(each, SkippedFile)}
    assert reasons == {
        "/../../up.txt": "a name that leads out of the archive",
        "//etc/passwd.txt".replace("//", "/"): "a name that leads out of the archive",
        "/C:/a.txt": "a name that leads out of the archive",
        "/link.txt": "a link",
        "/bomb.txt": "is refused as a zip bomb",
        "/virus.exe": "files of the type .exe are not read",
    }
    sources = {each.source.removeprefix(root) for each in found if isinstance(each, Document)}
    assert sources == {"/in.zip/deep.txt", "/a\ufffd[31m\ufffdgnp.txt"}
    for depth in range(4):
        inner = made.packed({f"{depth}.zip": inner})
    (deep,) = contents(tmp_path, "deep.zip", inner)
    assert isinstance(deep, SkippedFile)
    assert deep.reason == "is an archive in 3 others"
    monkeypatch.setattr(archive_module, "MAX_ARCHIVE_BYTES", 10)
    monkeypatch.setattr("aligner.ingest.read.Budget", lambda: archive_module.Budget(10))
    with pytest.raises(FormatError, match="unpacks to more"):
        contents(tmp_path, "large.zip", made.packed({"a.txt": made.txt(KK)}))


def test_an_entry_without_a_name(tmp_path: Path) -> None:
    # A name ends at a zero byte.
    data = made.packed({"QQ.txt": made.txt(KK), "b.txt": made.txt(KK)}).replace(b"QQ.txt", b"\0Q.txt")
    found = contents(tmp_path, "a.zip", data)
    assert [each.reason for each in found if isinstance(each, SkippedFile)] == ["has no name"]
    assert len(found) == 2


@pytest.mark.parametrize("page", ["cp866", "cp1251", "utf-8"])
def test_names_in_an_archive_that_does_not_say_their_encoding(tmp_path: Path, page: str) -> None:
    name = "Приказ №1.txt" if page != "cp866" else "Приказ 1.txt"
    raw = name.encode(page)
    held = "q" * (len(raw) - 4) + ".txt"
    (found,) = contents(tmp_path, "a.zip", made.packed({held: made.txt(KK)}).replace(held.encode(), raw))
    assert isinstance(found, Document)
    assert found.source == f"{tmp_path}/a.zip/{name}"


def test_subtitles_with_tags_that_never_end(tmp_path: Path) -> None:
    cue = "00:01.000 --> 00:02.000\n" + "<c " * 30_000 + KK[1]
    assert KK[1] in document(tmp_path, "a.vtt", f"WEBVTT\n\n{cue}\n".encode()).text


def test_fonts_of_several_character_sets_and_a_damaged_table_of_them(tmp_path: Path) -> None:
    fonts = "{\\f0\\fnil Calibri;}{\\f1\\froman\\fcharset204\\fprq2{\\*\\panose 0202}Times;}{\\f2\\fcharset0 Arial;}"
    text = "".join(f"\\'{byte:02x}" for byte in "Новая школа открыта в городе.".encode("cp1251"))
    rtf = f"{{\\rtf1\\ansi\\ansicpg1252{{\\fonttbl{fonts}}}\\f1 {text}\\par\\f2 caf\\'e9\\par}}"
    assert document(tmp_path, "a.rtf", rtf.encode("ascii")).text == "Новая школа открыта в городе.\ncafé"
    endless = "{\\rtf1\\ansi{\\fonttbl" + "{\\f0\\fcharset204 Arial" * 300
    with pytest.raises(EmptyInputError):
        contents(tmp_path, "b.rtf", endless.encode("ascii"))


LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", b"%PDF-1.7\nnothing"),
        ("a.odt", made.packed({"a": "b"})),
        ("a.odt", made.packed({"content.xml": f"{LAUGHS}<a>&c;</a>"})),
        ("a.odt", made.packed({"content.xml": "<a>" * 100_000})),
        ("a.odt", made.packed({"content.xml": " " * 30_000_000})),
        ("a.xlsx", made.packed({"xl/workbook.xml": f"{LAUGHS}<a>&c;</a>"})),
        ("a.epub", made.packed({"META-INF/container.xml": "<a/>"})),
        ("a.rtf", b"no rtf"),
        ("a.srt", made.txt(KK)),
        ("a.zip", b"PK\x03\x04 cut off"),
        ("a.warc", b"WARC? no"),
        ("a.tmx", f"{LAUGHS}<tmx>&c;</tmx>".encode()),
        ("a.xliff", b"<xliff"),
        ("a.jsonl", b"[" * 100_000),
        ("a.jsonl", b'{"a": 1}'),
        ("a.csv", b'"' + b"x" * 200_000),
        ("a.txt", b"a\n" * 2_000_001),
        ("a.html", b"<p " + b"".join(b"a%d='>' " % n for n in range(20_000)) + b">text"),
        ("a.html", b"<p>text" * 210_000),
        ("a.epub", made.epub(["a", f"<i {' '.join(f'a{n}=1' for n in range(20_000))}>"], "kk")),
        ("rows.xlsx", made.xlsx_with(b'r="9999999999"')),
        ("a.warc", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999999999999\r\n\r\nHTTP/1.1 200 OK"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_broken_and_the_hostile_are_refused_in_words(tmp_path: Path, name: str, data: bytes) -> None:
    with pytest.raises(FormatError) as caught:
        contents(tmp_path, name, data)
    assert caught.value.problem


def test_a_scan_is_told_from_a_text(tmp_path: Path) -> None:
    from fpdf import FPDF
    from PIL import Image

    paper = FPDF()
    paper.add_page()
    paper.image(Image.new("L", (20, 20), 128), w=100)
    with pytest.raises(FormatError, match="is a scan: its 1 pages are pictures"):
        contents(tmp_path, "a.pdf", bytes(paper.output()))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.tmx", made.tmx(KK, RU, "qostil")),
        ("a.csv", b"kk,ru,score,reasons,kk_source,ru_source,date\n"),
        ("a.tsv", f"{KK[0]}\t{RU[0]}\t0.9312\t\ta.txt\tb.txt\t\n".encode()),
        (
            "a.jsonl",
            made.json_lines(dict.fromkeys(("kk", "ru", "score", "reasons", "kk_source", "ru_source", "date"), "x")),
        ),
    ],
)
def test_what_qostil_wrote_is_no_source(tmp_path: Path, name: str, data: bytes) -> None:
    with pytest.raises(FormatError, match="Qostil itself"):
        contents(tmp_path, name, data)


def test_a_missing_library_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pypdfium2", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'qostil\[formats\]'"):
        contents(tmp_path, "a.pdf", b"%PDF-1.7")
    (skipped,) = contents(tmp_path, "a.zip", made.packed({"a.pdf": b"%PDF-1.7"}))
    assert isinstance(skipped, SkippedFile)
    assert "qostil[formats]" in skipped.reason


def test_every_suffix_is_read(tmp_path: Path) -> None:
    for suffix, data in made.samples().items():
        assert any(not isinstance(each, SkippedFile) for each in contents(tmp_path, f"sample{suffix}", data)), suffix
    others = {".docx", *ALIKE}
    assert made.samples().keys() | others == READABLE_SUFFIXES
    (tmp_path / "a.odp").write_bytes(b"x")
    with pytest.raises(FormatError, match=r"type \.odp"):
        read_documents(tmp_path / "a.odp")


def test_a_folder_with_every_format_gives_one_memory(tmp_path: Path, encoder, use_in_commands) -> None:
    use_in_commands(encoder)
    folder = tmp_path / "all"
    folder.mkdir()
    samples = made.samples()
    for suffix, data in samples.items():
        (folder / f"sample{suffix}").write_bytes(data)
    for number, (suffix, like) in enumerate(sorted(ALIKE.items())):
        name = f"alike{number}{suffix}"
        (folder / name).write_bytes(gzip.compress(samples[like]) if suffix.endswith(".gz") else samples[like])
    shutil.copy(Path(__file__).parent / "data" / "formats" / "word-side.docx", folder / "word.docx")
    assert {suffix_of(path.name) for path in folder.iterdir()} == READABLE_SUFFIXES
    (folder / "slides.odp").write_bytes(b"x")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7")
    command = ["batch", str(folder), "-o", str(folder / "memory.tmx"), "--json"]
    first = CliRunner().invoke(app, command)
    assert first.exit_code == 3, first.output
    report = json.loads(first.stdout)
    given = {Path(each["kk"]).name.split("#")[0] for each in report["given"]}
    alike = {path.name for path in folder.glob("alike*") if path.name.endswith((".tmx.gz", ".xlf", "xliff"))}
    tables = {f"sample.{suffix}" for suffix in ("csv", "tsv", "xlsx", "tmx", "xliff", "po")}
    assert given == {*tables, *alike, "c.tmx"}
    # Whatever became of it, each file is named.
    assert all(str(path) in first.stdout for path in sorted(folder.iterdir()) if path.stem != "memory")
    assert {Path(each["source"]).name: each["reason"] for each in report["skipped"]} == {
        "slides.odp": "files of the type .odp are not read",
        "broken.pdf": "is no PDF that can be read",
    }
    assert report["written"] >= len(KK)
    texts = (folder / "memory.tmx").read_text(encoding="utf-8")
    assert all(text in texts for text in (*KK, *RU))
    word = folder / "word.docx"
    assert (f"{word}#1", f"{word}#2") in {(each["kk"], each["ru"]) for each in report["pairs"]}
    with Memory.open(folder / "memory.db") as memory:
        kept = {Path(document.location).name.split("#")[0] for document in memory.documents()}
    assert given - {"c.tmx"} <= kept
    again = json.loads(CliRunner().invoke(app, command).stdout)
    assert again["known_pairs"] == len(again["pairs"]) == len(report["pairs"])
    assert again["skipped"] == report["skipped"]
    assert (folder / "memory.tmx").read_text(encoding="utf-8") == texts
