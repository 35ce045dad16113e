"""aligner.review.rows: whatever keys are pressed, every segment stands in exactly one row."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.review.rows import Cut, Row, link, merge_with_next, replacement, row_at, shift, split_row, unlink


def aligned(count: int) -> list[Row]:
    return [Row((place,), (place,), id=place + 1, score=0.9) for place in range(count)]


def held(rows: list[Row]) -> tuple[list[int], list[int]]:
    return sorted(place for row in rows for place in row.kk), sorted(place for row in rows for place in row.ru)


@st.composite
def presses(draw) -> tuple[list[Row], list[Row]]:
    rows = aligned(draw(st.integers(2, 6)))
    before = rows
    for _ in range(draw(st.integers(1, 8))):
        at = draw(st.integers(0, len(rows) - 1))
        key = draw(st.sampled_from("mudkls"))
        try:
            if key == "m":
                rows = merge_with_next(rows, at)
            elif key in "ud":
                rows = shift(rows, at, draw(st.sampled_from(("kk", "ru"))), 1 if key == "d" else -1)
            elif key == "k":
                rows = unlink(rows, at)
            elif key == "l":
                rows = link(rows, at, draw(st.integers(0, len(rows) - 1)))
            else:
                rows = split_row(rows, at, Cut(draw(st.integers(0, 7))), Cut(draw(st.integers(0, 7))))
        except ValueError:
            continue
    return before, rows


@given(presses())
def test_no_segment_is_lost_or_doubled(made: tuple[list[Row], list[Row]]) -> None:
    before, after = made
    assert held(before) == held(after)
    assert all(row.kk or row.ru for row in after)
    gone, new = replacement(before, after)
    kept = [row for row in before if row.id not in gone]
    assert held([*kept, *(Row(bead.kk, bead.ru) for bead in new)]) == held(before)


def test_what_a_person_makes_is_fixed() -> None:
    merged = merge_with_next(aligned(3), 0)[0]
    assert (merged.kk, merged.ru, merged.status) == ((0, 1), (0, 1), "reviewed")
    left, received, _ = shift([Row((0, 1), (0,)), Row((), (1,)), Row((2,), (2,))], 0, "kk", 1)
    assert (left.kk, left.status) == ((0,), "reviewed")
    assert (received.kk, received.status) == ((1,), "automatic")
    assert [row.status for row in unlink(aligned(1), 0)] == ["reviewed", "reviewed"]


def test_a_side_that_is_all_given_away_leaves_no_empty_row() -> None:
    assert shift([Row((0,), ()), Row((1,), (0,))], 0, "kk", 1) == [Row((0, 1), (0,))]


def test_a_split_leaves_what_has_one_side_to_the_machine() -> None:
    rows = split_row([Row((0, 1), (0,), note="қара")], 0, Cut(1), Cut(1))
    assert [(row.kk, row.ru, row.status, row.note) for row in rows] == [
        ((0,), (0,), "reviewed", "қара"),
        ((1,), (), "automatic", None),
    ]
    several = [Row((0, 1, 2), (0, 1, 2))]
    assert [row.status for row in split_row(several, 0, Cut(1), Cut(1))] == ["reviewed", "automatic"]
    several = [Row((0, 1, 2, 3), (0, 1, 2, 3))]
    assert [row.status for row in split_row(several, 0, Cut(2), Cut(2))] == ["reviewed", "automatic"]
    with pytest.raises(ValueError, match="empty"):
        split_row(aligned(1), 0, Cut(0), Cut(0))


def test_a_link_across_the_order_is_a_moved_block() -> None:
    rows = [Row((0,), ()), Row((1,), (0,)), Row((), (1,)), Row((2,), (2,))]
    linked = link(rows, 0, 2)
    assert linked[0] == Row((0,), (1,), status="reviewed", moved=True)
    assert not link([Row((0,), ()), Row((), (0,)), Row((1,), (1,))], 1, 0)[0].moved


def test_an_edited_text_goes_with_its_segments() -> None:
    row = replace(aligned(1)[0], kk=(0, 1), kk_text="түзетілген", ru_text="исправлено")
    left = shift([row, Row((2,), (1,))], 0, "kk", 1)[0]
    assert (left.kk_text, left.ru_text) == (None, "исправлено")


def test_rows_are_found_by_what_they_hold() -> None:
    rows = aligned(3)
    assert row_at(rows, [1], [1]) == 1
    assert row_at(rows, [1], [2]) is None
