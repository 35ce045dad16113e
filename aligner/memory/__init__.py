"""The translation memory: documents, their pairs and beads, and the units that they say, in SQLite or PostgreSQL."""

from aligner.memory.interface import Memory
from aligner.memory.records import (
    Addition,
    Alignment,
    BeadEdit,
    Change,
    Context,
    NewBead,
    PairSummary,
    Problem,
    Statistics,
    Status,
    StoredBead,
    StoredDocument,
    StoredPair,
    StoredSegment,
    StoredUnit,
    Totals,
    UnitSource,
)

__all__ = [
    "Addition",
    "Alignment",
    "BeadEdit",
    "Change",
    "Context",
    "Memory",
    "NewBead",
    "PairSummary",
    "Problem",
    "Statistics",
    "Status",
    "StoredBead",
    "StoredDocument",
    "StoredPair",
    "StoredSegment",
    "StoredUnit",
    "Totals",
    "UnitSource",
]
