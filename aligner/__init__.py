"""Qostil: Kazakh–Russian document pairing, sentence alignment and translation memory.

What is named here is loaded when it is first asked for; importing `aligner` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aligner.api import (
        AlignedPair,
        Pairing,
        align_documents,
        align_files,
        align_texts,
        batch,
        pair_documents,
        score_pairs,
        split_sentences,
        write_units,
    )
    from aligner.encode import Encoder, load_encoder
    from aligner.errors import QostilError
    from aligner.ingest import read_documents
    from aligner.memory import Memory
    from aligner.records import Bead, Document, DocumentPair, Unit, Unpaired, Verdict

__all__ = [
    "AlignedPair",
    "Bead",
    "Document",
    "DocumentPair",
    "Encoder",
    "Memory",
    "Pairing",
    "QostilError",
    "Unit",
    "Unpaired",
    "Verdict",
    "align_documents",
    "align_files",
    "align_texts",
    "batch",
    "load_encoder",
    "pair_documents",
    "read_documents",
    "score_pairs",
    "split_sentences",
    "write_units",
]

_HOMES = {
    "aligner.encode": ("Encoder", "load_encoder"),
    "aligner.errors": ("QostilError",),
    "aligner.ingest": ("read_documents",),
    "aligner.memory": ("Memory",),
    "aligner.records": ("Bead", "Document", "DocumentPair", "Unit", "Unpaired", "Verdict"),
}

# Hidden from the type checker, to which any name would otherwise seem to be there.
if not TYPE_CHECKING:

    def __getattr__(name):
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        home = next((home for home, names in _HOMES.items() if name in names), "aligner.api")
        found = getattr(import_module(home), name)
        globals()[name] = found
        return found

    def __dir__():
        return sorted({*globals(), *__all__})
