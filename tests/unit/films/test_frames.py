from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigwidgets.contract import FrameIndex
from vigwidgets.errors import Refusal
from vigwidgets.films.frames import PROXY_CLOCK, frame_rate, to_microseconds, verify

RATES = st.sampled_from([Fraction(24000, 1001), Fraction(25), Fraction(30000, 1001), Fraction(30), Fraction(60)])


def ticked(rate: Fraction, count: int, clock: int = PROXY_CLOCK) -> list[int]:
    return [to_microseconds(Fraction(round(n / rate * clock), clock)) for n in range(count)]


@given(RATES, st.integers(2, 400), st.sampled_from([1000, 600 * 25, 90_000, 1_000_000]))
def test_a_constant_rate_is_found_through_any_clock(rate: Fraction, count: int, clock: int) -> None:
    found = frame_rate(ticked(rate, count, clock))
    assert found is not None
    # A short film cannot tell 30 from 30000/1001, but what is found fits every frame.
    assert all(
        abs(Fraction(time, 1_000_000) - n / Fraction(found)) <= Fraction(13, 10_000)
        for n, time in enumerate(ticked(rate, count, clock))
    )
    if count > 300:
        assert Fraction(found) == rate


def test_an_unusual_rate_is_named_plainly() -> None:
    assert frame_rate(ticked(Fraction(29917, 1000), 30)) == "29917/1000"


@given(st.integers(4, 400), st.integers(0, 400))
def test_a_missing_frame_makes_the_rate_vary(count: int, missing: int) -> None:
    times = [n * 40_000 for n in range(count)]
    del times[1 + missing % (count - 2)]  # neither the first nor the last
    assert frame_rate(times) is None or len(times) == 2


def test_a_single_frame_has_no_rate() -> None:
    assert frame_rate([0]) is None


@given(st.lists(st.fractions(Fraction(1, 1000), 1), min_size=1, max_size=50))
def test_times_within_half_a_tick_are_accepted(gaps: list[Fraction]) -> None:
    displayed = [sum(gaps[:n], Fraction(0)) for n in range(len(gaps) + 1)]
    times = [to_microseconds(Fraction(round(time * PROXY_CLOCK), PROXY_CLOCK)) for time in displayed]
    verify(FrameIndex(film="f", times=times, duration=times[-1] + 1000), displayed)


@given(st.integers(0, 9), st.sampled_from([-7, 7, 33_367, -20_000]))
def test_a_frame_that_moves_is_refused(number: int, by: int) -> None:
    displayed = [Fraction(n, 25) for n in range(10)]
    times = [n * 40_000 for n in range(10)]
    times[number] = max(0, times[number] + by)
    if number == 0 and by < 0:
        return
    with pytest.raises(Refusal, match=f"Frame {number} would move"):
        verify(FrameIndex(film="f", times=times, duration=500_000), displayed)


def test_a_missing_frame_is_refused() -> None:
    with pytest.raises(Refusal, match="has 2 frames where the film displays 3"):
        verify(FrameIndex(film="f", times=[0, 40_000], duration=80_000), [Fraction(n, 25) for n in range(3)])


def test_microseconds_are_rounded_as_chromium_does() -> None:
    assert [to_microseconds(Fraction(n * 3003, 90_000)) for n in range(4)] == [0, 33_367, 66_733, 100_100]
