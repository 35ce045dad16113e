"""Pairs → reasons to leave them out: what is no translation, or of no use to learn from. Profanity is left alone."""

from aligner.filter.catalogue import DEFAULT_FILTERS, FILTERS, examine, filters_named, first_objection, objections
from aligner.filter.personal import PersonalDatum, mask_personal_data, personal_data
from aligner.filter.protocol import Filter, Finding

__all__ = [
    "DEFAULT_FILTERS",
    "FILTERS",
    "Filter",
    "Finding",
    "PersonalDatum",
    "examine",
    "filters_named",
    "first_objection",
    "mask_personal_data",
    "objections",
    "personal_data",
]
