"""A first judgement: the aligner's probability, lowered by what can be seen in the texts themselves."""

from __future__ import annotations

import math

from aligner.evidence import compare_figures
from aligner.records import Verdict

__all__ = ["judge"]

_LENGTH_RATIO_FROM, _LENGTH_RATIO_TO = 0.5, 2.0
# A short text varies in length for reasons of grammar alone.
_LENGTH_SLACK = 20
_PENALTY = {"number_mismatch": 1.5, "length_ratio": 1.0, "untranslated": 4.0}
"""How much each kind of reason lowers the log-odds."""


def judge(kk: str, ru: str, score: float) -> Verdict:
    """The verdict on a bead's texts, where `score` is the aligner's probability for the bead."""
    reasons: dict[str, str] = {}
    compared = compare_figures(kk, ru)
    if compared.only_kk or compared.only_ru:
        only_kk, only_ru = (", ".join(sorted(only)) or "∅" for only in (compared.only_kk, compared.only_ru))
        reasons["number_mismatch"] = f"number_mismatch: {only_kk} ≠ {only_ru}"
    ratio = (len(kk) + _LENGTH_SLACK) / (len(ru) + _LENGTH_SLACK)
    if not _LENGTH_RATIO_FROM <= ratio <= _LENGTH_RATIO_TO:
        reasons["length_ratio"] = f"length_ratio {ratio:.1f}"
    if kk == ru and any(character.isalpha() for character in kk):
        reasons["untranslated"] = "untranslated"
    certain = min(max(score, 1e-6), 1 - 1e-6)
    odds = math.log(certain / (1 - certain)) - sum(_PENALTY[kind] for kind in reasons)
    return Verdict(1 / (1 + math.exp(-odds)), tuple(reasons.values()))
