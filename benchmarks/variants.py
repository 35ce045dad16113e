"""Every way in which an aligner is run here, and whether this machine can run it."""

from __future__ import annotations

import importlib
import importlib.util
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from benchmarks.alignment_case import AlignmentCase, Beads

__all__ = ["OURS", "TUNED_GRIDS", "Variant", "all_variants"]


@dataclass(frozen=True)
class Variant:
    """An aligner of `benchmarks.peers` with its settings.

    `is_centred`: it is given vectors with each language's mean removed. `has_true_windows`: it is given the true
    vectors of joined segments in place of composed ones.
    """

    module_name: str
    is_centred: bool = False
    settings: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    has_true_windows: bool = False

    @property
    def module(self) -> ModuleType:
        return importlib.import_module(f"benchmarks.peers.{self.module_name}")

    @property
    def title(self) -> str:
        parts = [self.note, "centred" if self.is_centred and not self.note else "", "true" * self.has_true_windows]
        said = ", ".join(part for part in parts if part)
        return f"{self.module.TITLE}, {said}" if said else str(self.module.TITLE)

    @property
    def is_retuned(self) -> bool:
        return "retuned" in self.note

    @property
    def is_installed(self) -> bool:
        needs = self.module.NEEDS
        return not needs or importlib.util.find_spec(needs) is not None or shutil.which(needs) is not None

    def align(self, case: AlignmentCase) -> Beads:
        beads: Beads = self.module.align(case, **self.settings)
        return beads


OURS = Variant("ours")

TUNED_GRIDS: dict[str, tuple[str, tuple[float, ...]]] = {
    "exact_dp": ("skipped", (-0.05, 0.0, 0.025, 0.05, 0.1, 0.15)),
    "vecalign_dp": ("del_percentile_frac", (0.02, 0.025, 0.03, 0.04, 0.06, 0.1, 0.2)),
    "bertalign_two_pass": ("skip", (-0.1, -0.05, 0.0, 0.025, 0.05, 0.1, 0.15)),
}
"""For `--tune`: the one setting of each peer that prices a segment left alone, and what to try for it."""

_TUNED = {"exact_dp": 0.025, "vecalign_dp": 0.025, "bertalign_two_pass": 0.0}


def all_variants(has_true_windows: bool = False) -> list[Variant]:
    """Ours, then every peer: as its users run it, on centred vectors, and with its price of a skip retuned.

    The exact DP is only ever run on centred vectors; that is its idea.
    """
    variants = [
        OURS,
        Variant("ours", settings={"second_look": False}, note="sums of vectors alone"),
        Variant("exact_dp", is_centred=True),
        Variant("exact_dp", True, {"skipped": _TUNED["exact_dp"]}, "centred and retuned"),
        Variant("vecalign_dp"),
        Variant("vecalign_dp", settings={"alignment_max_size": 4}, note="n + m to 4"),
        Variant("vecalign_dp", is_centred=True),
        Variant("vecalign_dp", True, {"del_percentile_frac": _TUNED["vecalign_dp"]}, "centred and retuned"),
        Variant("bertalign_two_pass"),
        Variant("bertalign_two_pass", is_centred=True),
        Variant("bertalign_two_pass", True, {"skip": _TUNED["bertalign_two_pass"]}, "centred and retuned"),
        Variant("bertalign_package"),
        Variant("gale_church_rust"),
        Variant("gale_church_nltk"),
        Variant("hunalign"),
    ]
    if not has_true_windows:
        return variants
    return [
        *variants,
        *(
            Variant(v.module_name, v.is_centred, v.settings, v.note, has_true_windows=True)
            for v in variants
            if v.module.READS == "windows" and v.module_name != "bertalign_package"
        ),
    ]
