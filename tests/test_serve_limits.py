"""The rate of a client: a burst, then a steady stream, and each client by itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from aligner.serve.limits import RateLimit


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_then_a_wait_then_one_more() -> None:
    clock = Clock()
    rate = RateLimit(2.0, burst=3, clock=clock)
    assert [rate.seconds_to_wait("a") for _ in range(3)] == [0, 0, 0]
    assert rate.seconds_to_wait("a") == 1
    assert rate.seconds_to_wait("b") == 0, "another client has its own"
    clock.now += 0.5
    assert rate.seconds_to_wait("a") == 0
    assert rate.seconds_to_wait("a") == 1


def test_larger_work_is_paid_for_afterwards() -> None:
    clock = Clock()
    rate = RateLimit(10.0, burst=20, clock=clock)
    assert rate.seconds_to_wait("a") == 0
    rate.charge("a", 199)
    assert rate.seconds_to_wait("a") == 19
    clock.now += 18.2
    assert rate.seconds_to_wait("a") == 0


def test_no_rate_is_no_limit() -> None:
    rate = RateLimit(0.0)
    rate.charge("a", 1e9)
    assert rate.seconds_to_wait("a") == 0


@given(st.lists(st.floats(0, 5), min_size=1, max_size=200), st.floats(0.5, 50), st.integers(1, 40))
def test_never_more_than_the_burst_and_the_stream(pauses: list[float], per_second: float, burst: int) -> None:
    clock = Clock()
    rate = RateLimit(per_second, burst=burst, clock=clock)
    allowed = 0
    for pause in pauses:
        clock.now += pause
        allowed += rate.seconds_to_wait("a") == 0
    assert allowed <= burst + (clock.now - 100.0) * per_second + 1e-6
