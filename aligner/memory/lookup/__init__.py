"""Lookup in a memory, for Kazakh and for Russian text: exact, in context, fuzzy and by meaning."""

from aligner.memory.lookup.lookup import DEFAULT_KINDS, Lookup
from aligner.memory.lookup.matches import Hit, Kind, Language, Match, Mode, Query
from aligner.memory.lookup.semantic import SemanticIndex

__all__ = ["DEFAULT_KINDS", "Hit", "Kind", "Language", "Lookup", "Match", "Mode", "Query", "SemanticIndex"]
