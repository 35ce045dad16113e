"""Which Kazakh document is which Russian document: candidates by vectors, judged by sentences and evidence.

Nothing is asked of file names and addresses. FAISS proposes for every document its nearest neighbours in the
other language; each proposal is then judged by how much of both texts finds a counterpart in the other, and
by the dates, figures and names they share; the best one-to-one assignment is kept, and what stays below the
threshold has no counterpart.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.evidence import figures, names
from aligner.records import Document, DocumentPair, Unpaired

__all__ = ["DocumentView", "PairEvidence", "pair_documents", "pair_evidence", "probability", "view"]

Floats = NDArray[np.float32]

NEIGHBOURS = 16
ACCEPTED_FROM = 0.5


@dataclass(frozen=True, slots=True)
class DocumentView:
    """What pairing looks at: a document's segment vectors `[n, d]`, their weights `[n]`, its figures and names."""

    document: Document
    vectors: Floats
    weights: Floats
    figures: Counter[str]
    names: Counter[str]


@dataclass(frozen=True, slots=True)
class PairEvidence:
    """What speaks for two documents being versions of each other; each figure in 0..1, or None where mute.

    `meaning`: cosine of the document vectors. `coverage`: share of both texts that finds a counterpart in the
    other. `figures`, `names`: weighted share of the rarer figures and names they have in common.
    `days_apart`: distance of their dates.
    """

    meaning: float
    coverage: float
    figures: float | None
    names: float | None
    length_ratio: float
    days_apart: int | None


def view(document: Document, texts: Sequence[str], vectors: Floats) -> DocumentView:
    """Collect what pairing needs of a document with these segments and their unit vectors."""
    whole = "\n".join(texts)
    # A very long segment, a list say, must not outweigh the rest of the text.
    weights = np.sqrt(np.array([max(1, len(text)) for text in texts], np.float32))
    return DocumentView(document, vectors, weights, figures(whole, document.language), names(whole))
