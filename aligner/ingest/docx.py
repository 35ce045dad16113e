"""Word documents → publications, through python-docx, once the package has been found to be harmless."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from aligner.errors import EmptyInputError, FormatError
from aligner.ingest.assemble import draft_from_blocks
from aligner.ingest.draft import Block, Draft
from aligner.ingest.limits import MAX_DOCX_PART_BYTES, MAX_DOCX_RATIO, MAX_DOCX_UNPACKED_BYTES
from aligner.ingest.lines import clean_line

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

__all__ = ["docx_blocks", "iter_docx"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PARAGRAPH = f"{_W}p"
_DELETED = frozenset({f"{_W}del", f"{_W}moveFrom", _FALLBACK})
_NOTES = {"footnotes": f"{_W}footnote", "endnotes": f"{_W}endnote"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_HEADING_STYLES = ("heading", "title", "subtitle", "заголовок", "название", "тақырып")
_CONTENTS_STYLES = ("toc ", "table of ", "оглавление", "мазмұн")
_MIN_SUSPECT_BYTES = 2**20
_MAX_ENTRIES = 10_000


def iter_docx(data: bytes, source: str) -> Iterator[Draft]:
    """The publication in a Word document: paragraphs, table cells and text boxes in document order, then notes.

    Deleted and hidden text, headers, footers, comments and tables of contents are left out. The title in the
    document's properties counts only where the text begins with it, their dates never: Word fills them from
    templates and earlier documents.
    Raises FormatError for a file that is no Word document, is broken, encrypted or a zip bomb, and
    EmptyInputError for one without text.
    """
    blocks, stated_title = _read_blocks(data, source)
    title = blocks[0].text if blocks[0].text.casefold() == stated_title else None
    yield draft_from_blocks(blocks, title=title)


def docx_blocks(data: bytes, source: str) -> list[Block]:
    """Every paragraph of a Word document, as `iter_docx` reads it, with nothing of it set aside."""
    return _read_blocks(data, source)[0]


def _read_blocks(data: bytes, source: str) -> tuple[list[Block], str | None]:
    _refuse_harm(data, source)
    blocks, stated_title = _extract(data, source)
    if not blocks:
        raise EmptyInputError(source, "holds no text", "give a document with text in it")
    return blocks, stated_title


def _refuse_harm(data: bytes, source: str) -> None:
    """Raises FormatError unless `data` is a zip package of tolerable size; nothing is unpacked for that."""
    if data.startswith(_OLE):
        if _ENCRYPTED_STREAM in data:
            raise FormatError(source, "is encrypted with a password", "remove the password in Word and save it again")
        raise FormatError(source, "is a Word document of the old .doc kind", "save it as .docx in Word or LibreOffice")
    if data.startswith(b"{\\rtf"):
        raise FormatError(source, "is an RTF document, not a .docx", "save it as .docx in Word or LibreOffice")
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, struct.error, ValueError, NotImplementedError, OSError, UnicodeDecodeError):
        problem = "is a broken zip archive" if data.startswith(b"PK") else "is no Word document: it is no zip archive"
        raise FormatError(source, problem, "open it in Word and save it as .docx again") from None
    unpacked = sum(entry.file_size for entry in entries)
    bomb = "is refused as a zip bomb"
    remedy = "open it in Word and save it as .docx again"
    if unpacked > MAX_DOCX_UNPACKED_BYTES:
        raise FormatError(source, f"{bomb}: it unpacks to {unpacked:,} bytes", remedy)
    if len(entries) > _MAX_ENTRIES:
        raise FormatError(source, f"{bomb}: it holds {len(entries):,} parts", remedy)
    for entry in entries:
        if entry.flag_bits & 1:
            raise FormatError(
                source, "is an encrypted zip archive", "unpack it with its password first", entry.filename
            )
        is_markup = entry.filename.lower().endswith((".xml", ".rels"))
        if is_markup and entry.file_size > MAX_DOCX_PART_BYTES:
            raise FormatError(source, f"{bomb}: the part unpacks to {entry.file_size:,} bytes", remedy, entry.filename)
        ratio = entry.file_size / max(1, entry.compress_size)
        if entry.file_size > _MIN_SUSPECT_BYTES and ratio > MAX_DOCX_RATIO:
            raise FormatError(source, f"{bomb}: the part is packed {ratio:,.0f} to 1", remedy, entry.filename)
    names = {entry.filename for entry in entries}
    if "[Content_Types].xml" not in names:
        raise FormatError(source, "is a zip archive but no Word document", "unpack it and give the files inside")


def _extract(data: bytes, source: str) -> tuple[list[Block], str | None]:
    """The blocks of the body and the notes, and the folded title of the properties."""
    from docx import Document
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    damaged = (
        LxmlError,
        OpcError,
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        EOFError,
        OSError,
        NotImplementedError,
    )
    # python-docx trusts the package: what is missing in it or of the wrong kind surfaces as one of these.
    careless = (KeyError, ValueError, AttributeError, IndexError, TypeError, AssertionError)
    try:
        document = Document(BytesIO(data))
        headings = _heading_styles(document)
        blocks = list(_iter_blocks(document.element.body, headings))
        for note in _notes(document):
            blocks.extend(_iter_blocks(note, headings))
        return blocks, _stated_title(document)
    except (*damaged, *careless) as error:
        problem = "is a Word document with a part missing" if isinstance(error, KeyError) else "is damaged inside"
        raise FormatError(source, problem, "open it in Word and save it as .docx again") from error


def _stated_title(document: WordDocument) -> str | None:
    """The title in the properties, folded; None where there is none or the properties can't be read."""
    try:
        return clean_line(document.core_properties.title or "").casefold() or None
    except (AttributeError, KeyError, ValueError):
        return None


def _heading_styles(document: WordDocument) -> dict[str, bool]:
    """Style id → True for the title and headings, False for tables of contents; other styles are missing."""
    styles = {style.get(f"{_W}styleId", ""): style for style in document.styles.element.iter(f"{_W}style")}
    kinds: dict[str, bool] = {}
    for identifier, style in styles.items():
        seen: set[str] = set()
        ancestor, ancestor_id = style, identifier
        while ancestor is not None and ancestor_id not in seen:
            seen.add(ancestor_id)
            name = _value(ancestor, f"{_W}name").lower()
            if name.startswith(_HEADING_STYLES) or _value(ancestor, f"{_W}pPr/{_W}outlineLvl", "9") < "9":
                kinds[identifier] = True
                break
            if name.startswith(_CONTENTS_STYLES):
                kinds[identifier] = False
                break
            ancestor_id = _value(ancestor, f"{_W}basedOn")
            ancestor = styles.get(ancestor_id)
    return kinds


def _value(element: Any, path: str, default: str = "") -> str:
    """The `w:val` of the element at `path`; `default` where there is no such element."""
    found = element.find(path)
    return default if found is None else str(found.get(f"{_W}val", default))


def _notes(document: WordDocument) -> Iterator[Any]:
    """The footnotes, then the endnotes, without the lines that Word draws above them."""
    from docx.oxml.parser import parse_xml

    relations = {(relation.reltype or "").rsplit("/", 1)[-1]: relation for relation in document.part.rels.values()}
    for kind, tag in _NOTES.items():
        relation = relations.get(kind)
        if relation is not None and not relation.is_external:
            notes = parse_xml(relation.target_part.blob)
            yield from (note for note in notes.iter(tag) if note.get(f"{_W}type", "normal") == "normal")


def _iter_blocks(root: Any, headings: dict[str, bool]) -> Iterator[Block]:
    for paragraph in root.iter(_PARAGRAPH):
        if any(ancestor.tag in _DELETED for ancestor in paragraph.iterancestors()):
            continue
        kind = headings.get(_value(paragraph, f"{_W}pPr/{_W}pStyle"))
        if kind is False:
            continue
        is_heading = bool(kind) or _value(paragraph, f"{_W}pPr/{_W}outlineLvl", "9") < "9"
        for line in "".join(_pieces(paragraph)).split("\n"):
            text = clean_line(line)
            if text:
                yield Block(text, is_heading)


def _pieces(paragraph: Any) -> Iterator[str]:
    """The text of a paragraph without that of the text boxes in it; a line break is a line feed."""
    stack = list(reversed(paragraph))
    while stack:
        node = stack.pop()
        tag = node.tag
        if tag in _DELETED or tag == _PARAGRAPH:
            continue
        if tag == f"{_W}t":
            yield node.text or ""
        elif tag == f"{_W}tab":
            yield " "
        elif tag == f"{_W}noBreakHyphen":
            yield "-"
        elif tag in (f"{_W}br", f"{_W}cr"):
            yield "\n" if node.get(f"{_W}type", "textWrapping") == "textWrapping" else " "
        elif tag != f"{_W}pPr" and not (tag == f"{_W}r" and _is_hidden(node)):
            stack.extend(reversed(node))


def _is_hidden(run: Any) -> bool:
    vanish = run.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and vanish.get(f"{_W}val", "1") not in ("0", "false", "off")
