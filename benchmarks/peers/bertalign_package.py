"""Bertalign itself (`bertalign` ≥ 2 on PyPI, GPL-3), where Python is new enough for it: 3.12.

It is run as its users run it on text that is split already, with our windows handed over by the encoder that it
is given. It is called, never imported by anything that ships.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from benchmarks.alignment_case import AlignmentCase, Beads, Text

__all__ = ["NEEDS", "READS", "TITLE", "align"]

TITLE = "Bertalign (the package)"
NEEDS = "bertalign"
READS = "windows"


def align(case: AlignmentCase) -> Beads:
    """Both passes of the package, at its defaults."""
    from bertalign import Bertalign, Encoder  # type: ignore[import-not-found, unused-ignore]

    class GivenWindows(Encoder):  # type: ignore[misc]
        """Answers for the first text, then for the second; no model is loaded."""

        def __init__(self) -> None:
            self.model_name = "given windows"
            self._texts = iter([case.kk, case.ru])

        def transform(self, sents: Sequence[str], num_overlaps: int) -> tuple[Any, Any]:
            text = next(self._texts)
            if len(sents) != len(text.segments):
                raise RuntimeError("bertalign split the text anew")
            return text.windows[:num_overlaps], _byte_lengths(text, num_overlaps)

    run = Bertalign("\n".join(case.kk.segments), "\n".join(case.ru.segments), is_split=True, model=GivenWindows())
    return [
        (tuple(int(place) for place in kk), tuple(int(place) for place in ru))
        for kk, ru in run.align_sents()
        if len(kk) and len(ru)
    ]


def _byte_lengths(text: Text, heights: int) -> Any:
    sizes = np.array([len(segment.encode()) for segment in text.segments], np.int64)
    ends = np.cumsum([0, *sizes])
    places = np.arange(1, len(sizes) + 1)
    return np.stack([ends[places] - ends[np.maximum(0, places - h)] + h - 1 for h in range(1, heights + 1)])
