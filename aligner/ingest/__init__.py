"""Anything a user has → Documents: texts, pages, office files, PDF, subtitles, archives, and dumps that hold many
publications; bilingual tables and catalogues → AlignedTexts; and files that hold pairs already → Units."""

from aligner.ingest.files import SkippedFile, iter_input_files, path_text, real_path
from aligner.ingest.own_results import is_replaceable
from aligner.ingest.paragraphs import read_paragraphs
from aligner.ingest.plain import read_text, read_text_lines
from aligner.ingest.read import Content, read_contents, read_documents
from aligner.ingest.units import UNIT_SUFFIXES, read_units

__all__ = [
    "UNIT_SUFFIXES",
    "Content",
    "SkippedFile",
    "is_replaceable",
    "iter_input_files",
    "path_text",
    "read_contents",
    "read_documents",
    "read_paragraphs",
    "read_text",
    "read_text_lines",
    "read_units",
    "real_path",
]
