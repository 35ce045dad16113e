"""aligner.align.keys: what is added up over segments equals what the joined segments share."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.align.keys import KeyAgreement, with_days
from aligner.align.path import SHAPES
from aligner.align.similarity import Block

segments = st.lists(st.lists(st.sampled_from("абвгд"), max_size=3).map(Counter), min_size=1, max_size=6)


@given(segments, segments)
def test_a_block_and_single_beads_agree(left: list[Counter[str]], right: list[Counter[str]]) -> None:
    agreement = KeyAgreement.of(left, right)
    block = agreement.among(Block(0, len(left), 0, len(right)), 0.5)
    assert block.min(initial=0) >= -0.5 - 1e-6
    assert block.max(initial=0) <= 0.5 + 1e-6
    for shape, (height, width) in enumerate(SHAPES):
        for i in range(height - 1, len(left)):
            for j in range(width - 1, len(right)):
                one = agreement.of_beads(shape, np.array([i]), np.array([j]), 0.5)
                assert one[0] == pytest.approx(block[shape, i, j], abs=1e-5)


def test_agreement_of_all_of_none_and_of_nothing() -> None:
    sides = [Counter(["25", "2021-05-05", "7"]), Counter()]
    agreement = KeyAgreement.of(sides, [sides[0], Counter(["26", "2022-05-06", "8"]), Counter()])
    block = agreement.among(Block(0, 2, 0, 3), 0.7)[0]
    assert block[0, 0] == pytest.approx(0.3)
    assert block[0, 1] == pytest.approx(-0.7)
    assert block[1, 2] == 0


def test_a_full_date_is_also_a_day() -> None:
    assert with_days(Counter(["2021-05-05", "25"])) == Counter(["2021-05-05", "--05-05", "25"])
