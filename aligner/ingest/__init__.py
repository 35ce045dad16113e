"""Anything a user has → Documents: text, Markdown, HTML, Word, and dumps that hold many publications; and files that
hold pairs already → Units."""

from aligner.ingest.files import SkippedFile, iter_input_files
from aligner.ingest.paragraphs import read_paragraphs
from aligner.ingest.plain import read_text, read_text_lines
from aligner.ingest.read import read_documents
from aligner.ingest.units import UNIT_SUFFIXES, read_units

__all__ = [
    "UNIT_SUFFIXES",
    "SkippedFile",
    "iter_input_files",
    "read_documents",
    "read_paragraphs",
    "read_text",
    "read_text_lines",
    "read_units",
]
