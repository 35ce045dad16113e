"""From a memory or a file of pairs to a dataset: read, judged by the filters, split, and written."""

from aligner.corpus.compile import Compiled, compile_corpus
from aligner.corpus.explain import Explained, explain_pair, explain_source
from aligner.corpus.glossary import terms_of
from aligner.corpus.layout import Layout, layout_of
from aligner.corpus.report import compiled_record, compiled_text, explained_record, explained_text
from aligner.corpus.request import Request
from aligner.corpus.sift import usable_workers
from aligner.corpus.source import UnitSource, open_source

__all__ = [
    "Compiled",
    "Explained",
    "Layout",
    "Request",
    "UnitSource",
    "compile_corpus",
    "compiled_record",
    "compiled_text",
    "explain_pair",
    "explain_source",
    "explained_record",
    "explained_text",
    "layout_of",
    "open_source",
    "terms_of",
    "usable_workers",
]
