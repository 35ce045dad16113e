"""Which Kazakh document is which Russian document: candidates by vectors, judged by sentences and evidence.

Nothing is asked of file names and addresses. FAISS proposes for every document its nearest neighbours in the
other language; each proposal is then judged by how much of both texts finds a counterpart in the other, and
by the dates, figures and names they share; the best one-to-one assignment is kept, and what stays below the
threshold has no counterpart.

The steps take `Profile`s, which are small, and ask for a document's vectors only while its candidates are weighed.
"""

from aligner.pair.candidates import (
    Halves,
    Nearest,
    Vectors,
    find_candidates,
    merged_nearest,
    nearest_documents,
    nearest_in,
    search_shards,
)
from aligner.pair.choice import ACCEPTED_FROM, Alone, Matching, choose
from aligner.pair.documents import pair_documents
from aligner.pair.evidence import PairEvidence, Weighed, language_means, probability, rarity_of, weigh
from aligner.pair.profile import DocumentView, Profile, Profiles, VectorsOf, profile_of, view, weights_of

__all__ = [
    "ACCEPTED_FROM",
    "Alone",
    "DocumentView",
    "Halves",
    "Matching",
    "Nearest",
    "PairEvidence",
    "Profile",
    "Profiles",
    "Vectors",
    "VectorsOf",
    "Weighed",
    "choose",
    "find_candidates",
    "language_means",
    "merged_nearest",
    "nearest_documents",
    "nearest_in",
    "pair_documents",
    "probability",
    "profile_of",
    "rarity_of",
    "search_shards",
    "view",
    "weigh",
    "weights_of",
]
