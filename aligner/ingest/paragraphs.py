"""A text to be translated: every paragraph as it stands, credits and datelines and all."""

from __future__ import annotations

from pathlib import Path

from aligner.errors import EmptyInputError, FormatError
from aligner.ingest.docx import docx_blocks
from aligner.ingest.limits import MAX_FILE_BYTES
from aligner.ingest.plain import read_text_lines
from aligner.ingest.source import read_bytes

__all__ = ["read_paragraphs"]


def read_paragraphs(path: Path) -> list[str]:
    """The paragraphs of a .txt or .docx file, none of them empty; of a plain text its lines.

    Unlike `read_documents` it leaves nothing out: a translator has to translate all of it. Raises InputErrors.
    """
    suffix = path.suffix.lower()
    if suffix == ".docx":
        paragraphs = [block.text for block in docx_blocks(read_bytes(path, MAX_FILE_BYTES), str(path))]
    elif suffix in (".txt", ".text", ""):
        paragraphs = [line.strip() for line in read_text_lines(path)]
    else:
        raise FormatError(str(path), f"files of the type {suffix} are not read here", "give a .txt, .docx or .xlf file")
    paragraphs = [paragraph for paragraph in paragraphs if paragraph]
    if not paragraphs:
        raise EmptyInputError(str(path), "holds no text", "give a file with text in it")
    return paragraphs
