"""One small file of every format that is read, made from our own sentences."""

import gzip
import io
import json
import re
import zipfile
from collections.abc import Sequence

KK = (
    "Ауылда жаңа мектеп ашылды",
    "Кеше Арқалық ауданында екі жүз орындық жаңа мектеп есігін ашты.",
    "Салтанатты шараға аудан әкімі Серік Жұмабаев пен ата-аналар қатысты.",
    "Құрылысқа облыстық бюджеттен 1,2 миллиард теңге бөлінді.",
    "Келесі жылы осы жерде спорт кешенінің құрылысы басталады.",
)
RU = (
    "В селе открылась новая школа",
    "Вчера в Аркалыкском районе распахнула двери новая школа на двести мест.",
    "В торжественной церемонии приняли участие аким района Серик Жумабаев и родители.",
    "На строительство из областного бюджета выделено 1,2 миллиарда тенге.",
    "В следующем году здесь начнётся строительство спортивного комплекса.",
)
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def packed(files: dict[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def txt(texts: Sequence[str]) -> bytes:
    return "\n".join(texts).encode()


def odt(texts: Sequence[str], extra: str = "") -> bytes:
    body = f"<text:h>{texts[0]}</text:h>" + "".join(f"<text:p>{text}</text:p>" for text in texts[1:])
    content = (
        f'<office:document-content xmlns:office="{_OFFICE}" xmlns:text="{_TEXT}">'
        f"<office:body><office:text>{body}{extra}</office:text></office:body></office:document-content>"
    )
    return packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def rtf(texts: Sequence[str]) -> bytes:
    """As Word writes it: Russian letters in the code page, the others by number with a question mark to skip."""

    def coded(character: str) -> str:
        if character.isascii():
            return character
        try:
            return f"\\'{character.encode('cp1251')[0]:02x}"
        except UnicodeEncodeError:
            return f"\\u{ord(character)}?"

    paragraphs = "".join("".join(map(coded, text)) + "\\par\n" for text in texts)
    head = "{\\rtf1\\ansi\\ansicpg1251\\uc1{\\fonttbl{\\f0\\fcharset204 Arial;}}{\\*\\generator Word;}"
    return f"{head}\\f0 {paragraphs}}}".encode("ascii")


def epub(texts: Sequence[str], language: str) -> bytes:
    container = '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
    book = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{texts[0]}</dc:title><dc:language>{language}</dc:language></metadata>"
        '<manifest><item id="b" href="2.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="a" href="1.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="a"/><itemref idref="b"/></spine></package>'
    )

    def page(lines: Sequence[str]) -> str:
        return f"<html><head><title>x</title></head><body>{''.join(f'<p>{line}</p>' for line in lines)}</body></html>"

    files: dict[str, bytes | str] = {"mimetype": "application/epub+zip", "META-INF/container.xml": container}
    return packed(files | {"OEBPS/book.opf": book, "OEBPS/1.xhtml": page(texts[1:3]), "OEBPS/2.xhtml": page(texts[3:])})


def rotated(texts: Sequence[str], by: int) -> list[str]:
    return [*texts[by:], *texts[:by]]


def pdf(texts: Sequence[str], columns: int = 1, pages: int = 1) -> bytes:
    from fpdf import FPDF

    class Paper(FPDF):
        def header(self) -> None:
            self.set_font("D", size=8)
            self.cell(0, 8, "«Дала» газеті, № 14", align="C", new_x="LMARGIN", new_y="NEXT")

        def footer(self) -> None:
            self.set_y(-12)
            self.set_font("D", size=8)
            self.cell(0, 8, f"– {self.page_no()} –", align="C")

    paper = Paper()
    paper.add_font("D", "", FONT)
    for number in range(pages):
        paper.add_page()
        paper.set_font("D", size=18)
        if number == 0:
            paper.multi_cell(0, 9, texts[0], new_x="LMARGIN", new_y="NEXT")
        paper.set_font("D", size=11)
        with paper.text_columns(ncols=columns, gutter=8, text_align="JUSTIFY") as area:
            for text in rotated(texts[1:], number):
                with area.paragraph(bottom_margin=3) as paragraph:
                    paragraph.write(text)
    return bytes(paper.output())


def srt(texts: Sequence[str], mark: str = ",", head: str = "") -> bytes:
    cues = []
    for number, text in enumerate(texts[1:], start=1):
        words = text.split()
        first, second = " ".join(words[:4]), " ".join(words[4:])
        for part, (start, line) in enumerate(((2 * number, first), (2 * number + 1, second))):
            cues.append(
                f"{2 * number + part}\n00:00:{start:02}{mark}000 --> 00:00:{start + 1:02}{mark}000\n<i>{line}</i>\n"
            )
    return (head + "\n".join(cues)).encode()


def vtt(texts: Sequence[str]) -> bytes:
    return srt(texts, ".", "WEBVTT\n\n")


def table(kk: Sequence[str], ru: Sequence[str], mark: str, headings: tuple[str, str] | None = None) -> bytes:
    rows = [(str(number), left, right) for number, (left, right) in enumerate(zip(kk, ru, strict=True))]
    if headings:
        rows.insert(0, ("№", *headings))
    quote = '"' if mark != "\t" else ""
    return "\r\n".join(mark.join(f"{quote}{cell}{quote}" for cell in row) for row in rows).encode()


def xlsx(kk: Sequence[str], ru: Sequence[str], headings: tuple[str, str] = ("Қазақша", "Русский")) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(("Сөздік", None, None))
    sheet.append(("№", headings[1], headings[0]))
    for number, (left, right) in enumerate(zip(kk, ru, strict=True)):
        sheet.append((number, right, left))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def xlsx_with(number: bytes) -> bytes:
    """A sheet whose last row has this number."""
    files: dict[str, bytes | str] = {}
    with zipfile.ZipFile(io.BytesIO(xlsx(KK, RU))) as book:
        for name in book.namelist():
            content = book.read(name)
            files[name] = re.sub(rb'<row r="7"', b"<row " + number, content)
    return packed(files)


def tmx(kk: Sequence[str], ru: Sequence[str], tool: str = "OmegaT") -> bytes:
    units = "".join(
        f'<tu><tuv xml:lang="ru-RU"><seg>{right}</seg></tuv><tuv xml:lang="kk-KZ"><seg>{left}</seg></tuv></tu>'
        for left, right in zip(kk, ru, strict=True)
    )
    return (
        f'<tmx version="1.4"><header creationtool="{tool}" creationtoolversion="6" segtype="sentence" o-tmf="x" '
        f'adminlang="en" srclang="ru-RU" datatype="plaintext"/><body>{units}</body></tmx>'
    ).encode()


def xliff(kk: Sequence[str], ru: Sequence[str]) -> bytes:
    units = "".join(
        f'<trans-unit id="{number}"><source>{right}</source><target>{left}</target></trans-unit>'
        for number, (left, right) in enumerate(zip(kk, ru, strict=True))
    )
    return (
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">'
        f'<file original="a" datatype="plaintext" source-language="ru" target-language="kk"><body>{units}</body></file>'
        "</xliff>"
    ).encode()


def sdlxliff(kk: Sequence[str], ru: Sequence[str]) -> bytes:
    """As Trados writes it: the segments marked in source and target, the original packed into the header."""
    units = "".join(
        f'<trans-unit id="{number}"><source>{right}</source>'
        f'<seg-source><mrk mtype="seg" mid="{number}">{right}</mrk></seg-source>'
        f'<target><mrk mtype="seg" mid="{number}"><g id="1">{left}</g></mrk></target>'
        f'<sdl:seg-defs><sdl:seg id="{number}" conf="Translated"/></sdl:seg-defs></trans-unit>'
        for number, (left, right) in enumerate(zip(kk, ru, strict=True))
    )
    return (
        '<xliff xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0" xmlns="urn:oasis:names:tc:xliff:document:1.2" '
        'version="1.2" sdl:version="1.0"><doc-info xmlns="http://sdl.com/FileTypes/SdlXliff/1.0"/>'
        '<file original="a.docx" datatype="x-sdlfilterframework2" source-language="ru-RU" target-language="kk-KZ">'
        '<header><reference><internal-file form="base64">UEsDBBQ=</internal-file></reference></header>'
        f"<body><group>{units}</group></body></file></xliff>"
    ).encode()


def po(kk: Sequence[str], ru: Sequence[str]) -> bytes:
    head = 'msgid ""\nmsgstr ""\n"Language: kk\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    return (head + "\n".join(f'msgid "{b}"\nmsgstr "{a}"\n' for a, b in zip(kk, ru, strict=True))).encode()


def json_lines(*records: object) -> bytes:
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records).encode()


def page(texts: Sequence[str]) -> bytes:
    paragraphs = "".join(f"<p>{text}</p>" for text in texts[1:])
    return f"<html><body><article><h1>{texts[0]}</h1>{paragraphs}</article></body></html>".encode()


def warc(*bodies: bytes, is_packed: bool = True) -> bytes:
    return b"".join(
        warc_record(f"https://example.kz/{number}", "2026-03-14T10:00:00Z", body, number, is_packed)
        for number, body in enumerate(bodies)
    )


def warc_record(
    address: str,
    date: str,
    body: bytes | None,
    number: int = 0,
    is_packed: bool = True,
    status: str = "200 OK",
    more: str = "",
) -> bytes:
    """The answer of a server; a revisit where there is no body. `more` are headers of the record."""
    answer = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n".encode() + (body or b"")
    head = (
        f"WARC/1.0\r\nWARC-Type: {'revisit' if body is None else 'response'}\r\n"
        f"WARC-Record-ID: <urn:uuid:{number:032x}>\r\nWARC-Target-URI: {address}\r\nWARC-Date: {date}\r\n{more}"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    record = head.encode() + answer + b"\r\n\r\n"
    return gzip.compress(record, mtime=0) if is_packed else record


def samples() -> dict[str, bytes]:
    """A sound file for each suffix."""
    return {
        ".txt": txt(KK),
        ".md": txt([f"# {RU[0]}", "", *RU[1:]]),
        ".html": page(RU),
        ".odt": odt(KK),
        ".rtf": rtf(KK),
        ".epub": epub(RU, "ru"),
        ".pdf": pdf(KK, 2),
        ".srt": srt(RU),
        ".vtt": vtt(KK),
        ".csv": table(KK, RU, ";", ("kk", "ru")),
        ".tsv": table(KK, RU, "\t"),
        ".xlsx": xlsx(KK, RU),
        ".tmx": tmx(KK, RU),
        ".xliff": xliff(KK, RU),
        ".po": po(KK, RU),
        ".jsonl": json_lines({"title": KK[0], "text": "\n".join(KK[1:]), "date": "2026-03-14"}),
        ".warc": warc(page(KK), is_packed=False),
        ".warc.gz": warc(page(RU)),
        ".zip": packed({"in/a.txt": txt(RU), "b.odt": odt(KK), "c.tmx": tmx(KK, RU)}),
    }
