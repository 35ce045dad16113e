"""Anything a user has → Documents: text, Markdown, HTML, Word, and dumps that hold many publications."""

from aligner.ingest.files import SkippedFile, iter_input_files
from aligner.ingest.plain import read_text, read_text_lines
from aligner.ingest.read import read_documents

__all__ = ["SkippedFile", "iter_input_files", "read_documents", "read_text", "read_text_lines"]
