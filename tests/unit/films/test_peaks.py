from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vigwidgets.films.peaks import PEAK_RATE, SAMPLE_RATE, PeakMeter

SECOND = 1_000_000


def tone(seconds: float, amplitude: float) -> bytes:
    n = np.arange(int(seconds * SAMPLE_RATE))
    return (np.sin(n * 0.5) * amplitude * 32767).astype("<i2").tobytes()


@given(st.lists(st.integers(1, 4001), min_size=1, max_size=30))
def test_it_does_not_matter_in_which_pieces_sound_comes(pieces: list[int]) -> None:
    data = tone(1, 0.3) + tone(0.5, 0.9)
    whole, split = PeakMeter(), PeakMeter()
    whole.feed(data)
    at = 0
    while at < len(data):
        for size in pieces:
            split.feed(data[at : at + size])
            at += size
    assert split.peaks(1_500_000) == whole.peaks(1_500_000)


def test_the_loudest_moment_is_100_and_quiet_is_in_proportion() -> None:
    meter = PeakMeter()
    meter.feed(tone(1, 0.2) + tone(1, 0.1))
    peaks = meter.peaks(2 * SECOND)
    assert len(peaks) == 2 * PEAK_RATE
    assert max(peaks[:PEAK_RATE]) == 100
    assert 48 <= max(peaks[PEAK_RATE:]) <= 52


def test_silence_stays_silent_and_missing_sound_is_nothing() -> None:
    meter = PeakMeter()
    meter.feed(tone(1, 0.004))
    peaks = meter.peaks(3 * SECOND)
    assert max(peaks) <= 1
    assert peaks[PEAK_RATE:] == [0] * (2 * PEAK_RATE)


@given(st.integers(1, 20 * SECOND))
def test_there_is_a_peak_for_every_moment_of_the_film(duration: int) -> None:
    meter = PeakMeter()
    meter.feed(tone(2, 0.5))
    peaks = meter.peaks(duration)
    assert (len(peaks) - 1) * SECOND / PEAK_RATE < duration <= len(peaks) * SECOND / PEAK_RATE


def test_the_deepest_sample_does_not_overflow() -> None:
    meter = PeakMeter()
    meter.feed(np.full(SAMPLE_RATE, -32768, "<i2").tobytes())
    assert set(meter.peaks(SECOND)) == {100}
