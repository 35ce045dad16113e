"""The aligner that anyone can write in sixty lines: exact dynamic programming over every cell.

Cosine of the windows, less a price for unlike lengths, plus a little for every sentence over two, beads up to
n + m = 4. It is the floor that a real aligner must rise from.
"""

from __future__ import annotations

import numpy as np

from benchmarks.alignment_case import AlignmentCase, Beads

__all__ = ["NEEDS", "READS", "TITLE", "align"]

TITLE = "exact DP of sixty lines"
NEEDS = ""
READS = "windows"


def align(
    case: AlignmentCase, largest: int = 4, length_price: float = 0.2, joined: float = 0.05, skipped: float = 0.0
) -> Beads:
    """The best monotone path; `skipped` is what leaving one segment alone adds to its score."""
    kk_count, ru_count = len(case.kk.segments), len(case.ru.segments)
    kk_ends = np.cumsum([0, *(max(1, len(segment)) for segment in case.kk.segments)])
    ru_ends = np.cumsum([0, *(max(1, len(segment)) for segment in case.ru.segments)])
    shapes = [(a, b) for a in range(1, largest) for b in range(1, largest) if a + b <= largest]
    values = {}
    for height, width in shapes:
        cosines = case.kk.windows[height - 1, height - 1 :] @ case.ru.windows[width - 1, width - 1 :].T
        kk_lengths, ru_lengths = kk_ends[height:] - kk_ends[:-height], ru_ends[width:] - ru_ends[:-width]
        unlike = np.abs(np.log(kk_lengths)[:, None] - np.log(ru_lengths)[None])
        values[height, width] = cosines - length_price * unlike + joined * (height + width - 2)
    best = np.full((kk_count + 1, ru_count + 1), -np.inf)
    moves = np.zeros((kk_count + 1, ru_count + 1), np.int8)
    for i in range(kk_count + 1):
        row = np.full((len(shapes) + 1, ru_count + 1), -np.inf)
        for number, (height, width) in enumerate(shapes):
            if i >= height and ru_count >= width:
                row[number, width:] = best[i - height, : ru_count + 1 - width] + values[height, width][i - height]
        row[-1] = best[i - 1] + skipped if i else np.where(np.arange(ru_count + 1) == 0, 0.0, -np.inf)
        moves[i] = row.argmax(axis=0)
        reached = row.max(axis=0) - skipped * np.arange(ru_count + 1)
        best[i] = np.maximum.accumulate(reached)
        moves[i, 1:][best[i, 1:] > reached[1:]] = -1
        best[i] += skipped * np.arange(ru_count + 1)
    beads: Beads = []
    i, j = kk_count, ru_count
    while i or j:
        if moves[i, j] == -1:
            j -= 1
        elif moves[i, j] == len(shapes):
            i -= 1
        else:
            height, width = shapes[moves[i, j]]
            i, j = i - height, j - width
            beads.append((tuple(range(i, i + height)), tuple(range(j, j + width))))
    return beads[::-1]
