"""How well PDFs are read: our layout over PDFium's characters beside PDFium's own text, pdfplumber and pypdf.

    pip install pdfplumber pypdf && python -m benchmarks.pdf_readers [--repeat 5]

The PDFs are made here (one column, two columns, words broken at line ends, page headers) or by LibreOffice
(tests/data/formats). A sentence counts as whole where it stands in the text letter by letter; `similarity` is that of
the whole text, in the order of reading, page headers counted against it. The lines of the others are joined in the way
that is most favourable to them: a hyphen at a line end before a small letter is taken away. Those not installed are
named.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from aligner.ingest import read_documents
from aligner.ingest.pdf import iter_pdf
from benchmarks.results_file import corpus_hashes, installed_versions, write_results

ROOT = Path(__file__).resolve().parents[1]
FILES = ROOT / "tests" / "data" / "formats"
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[А-ЯӘҒҚҢӨҰҮҺІЁ«])")
BROKEN_WORD = re.compile(r"(?<=[^\W\d_])-\n(?=[a-zа-яәғқңөұүһіё])")
VOWELS = "аәеёиоөуұүыіэюя"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeat", type=int, default=5, help="how often each PDF is read; the fastest counts")
    options = parser.parse_args()
    readers: dict[str, Callable[[bytes], str]] = {"qostil": qostil, "pypdfium2": pdfium}
    for name, reader in (("pdfplumber", plumber), ("pypdf", pypdf)):
        try:
            __import__(name)
        except ImportError:
            print(f"{name} is not installed: skipped", file=sys.stderr)
        else:
            readers[name] = reader
    results: dict[str, dict[str, dict[str, float]]] = {}
    for case, data, paragraphs, pages in cases():
        results[case] = {}
        for name, reader in readers.items():
            measured = scores(reader(data), paragraphs)
            measured["pages_per_s"] = round(pages / fastest(reader, data, options.repeat), 1)
            results[case][name] = measured
            print(f"{case:24} {name:12} {measured}", flush=True)
    sources = sorted(FILES.glob("*"))
    versions = installed_versions("pypdfium2", "pdfplumber", "pypdf", "fpdf2")
    write_results("pdf-readers", results, versions, corpus_hashes(sources, ROOT))


def qostil(data: bytes) -> str:
    return "\n".join(block.text for draft in iter_pdf(data, "a.pdf") for block in titled(draft))


def titled(draft: object) -> list[object]:
    """The paragraphs with the title before them, where it is none of them."""
    from aligner.ingest.draft import Block, Draft

    assert isinstance(draft, Draft)
    return [*([Block(draft.title)] if draft.title else []), *draft.blocks]


def pdfium(data: bytes) -> str:
    import pypdfium2

    return joined(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))


def plumber(data: bytes) -> str:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        return joined(page.extract_text() for page in document.pages)


def pypdf(data: bytes) -> str:
    from pypdf import PdfReader

    return joined(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def joined(pages: Iterator[str]) -> str:
    text = "\n".join(pages).replace("\r\n", "\n").replace("\ufffe", "-").replace("\x02", "-")
    return BROKEN_WORD.sub("", text)


def scores(text: str, paragraphs: Sequence[str]) -> dict[str, float]:
    from rapidfuzz.distance import Indel

    flat = " ".join(text.split())
    sentences = [sentence for each in paragraphs for sentence in SENTENCE_END.split(each)]
    counted = {sentence: min(sentences.count(sentence), flat.count(sentence)) for sentence in set(sentences)}
    return {
        "sentences": len(sentences),
        "whole": sum(counted.values()),
        "similarity": round(Indel.normalized_similarity(flat, " ".join(paragraphs)), 4),
    }


def fastest(reader: Callable[[bytes], str], data: bytes, repeat: int) -> float:
    times = []
    for _ in range(repeat):
        began = time.process_time()
        reader(data)
        times.append(time.process_time() - began)
    return min(times)


def cases() -> Iterator[tuple[str, bytes, list[str], int]]:
    """Name, PDF, paragraphs in the order of reading, pages."""
    kk, ru = ([block.text for block in each.blocks] for each in read_documents(FILES / "word-side.docx"))
    for language, texts in (("kk", kk), ("ru", ru)):
        body = [text for number in range(1, 8) for text in [*texts[number:], *texts[1:number]]]
        kinds = (("one column", 1, False), ("two columns", 2, False), ("broken words", 2, True))
        for name, columns, is_broken in kinds:
            data, pages = paper(texts[0], body, columns, is_broken)
            yield f"{name}, {language}", data, [texts[0], *body], pages
    columns = (FILES / "libreoffice-columns.pdf").read_bytes()
    yield "LibreOffice, columns, kk", columns, [kk[0], *6 * kk[1:]], 3
    yield "LibreOffice, table", (FILES / "libreoffice-side.pdf").read_bytes(), [*kk, *ru], 1


def paper(title: str, paragraphs: Sequence[str], columns: int, is_broken: bool) -> tuple[bytes, int]:
    """Set with page headers and numbers; the right column begins lower than the left, as beside a picture."""
    from fpdf import FPDF

    sys.path.insert(0, str(ROOT / "tests"))
    from format_samples import FONT

    document = FPDF()
    document.set_auto_page_break(False)
    document.add_font("D", "", FONT)
    width = 180 / columns - 6
    lines = [line for text in paragraphs for line in [*set_lines(document, text, width, is_broken), ""]]
    place = 0
    while place < len(lines):
        document.add_page()
        document.set_font("D", size=9)
        document.text(80, 12, "«Дала» газеті, 2026")
        document.text(100, 288, f"– {document.page_no()} –")
        top = 24.0
        if document.page_no() == 1:
            document.set_font("D", size=18)
            document.text(15, 26, title)
            top = 36
        document.set_font("D", size=10)
        for column in range(columns):
            y = top + 2.3 * column
            while y < 276 and place < len(lines):
                document.text(15 + column * 180 / columns, y, lines[place])
                y += 5 if lines[place] else 3
                place += 1
    return bytes(document.output()), document.page_no()


def set_lines(document: object, text: str, width: float, is_broken: bool) -> list[str]:
    from fpdf import FPDF

    assert isinstance(document, FPDF)
    document.set_font("D", size=10)
    lines = [""]
    for word in text.split():
        started = f"{lines[-1]} {word}".strip()
        if document.get_string_width(started) <= width:
            lines[-1] = started
            continue
        cut = broken_at(document, lines[-1], word, width) if is_broken else 0
        if cut:
            lines[-1] = f"{lines[-1]} {word[:cut]}-"
        lines.append(word[cut:])
    return lines


def broken_at(document: object, line: str, word: str, width: float) -> int:
    """Where the word is broken: after a vowel before a consonant, with two letters on both sides; 0 for nowhere."""
    from fpdf import FPDF

    assert isinstance(document, FPDF)
    for cut in range(len(word) - 2, 1, -1):
        is_syllable = word[: cut + 1].isalpha() and word[cut - 1] in VOWELS and word[cut] not in f"{VOWELS}ьъй"
        if is_syllable and word[cut + 1] in VOWELS and document.get_string_width(f"{line} {word[:cut]}-") <= width:
            return cut
    return 0


if __name__ == "__main__":
    main()
