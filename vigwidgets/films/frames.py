"""The frame table: when every displayed frame begins.

The table is read from the finished proxy, because that is what a browser will name: its ``mediaTime`` is the
proxy's own timestamp in microseconds. Intake then holds it against the original (``verify``), so that the two
never differ by more than half a tick of the proxy's 90 kHz clock (5.6 µs).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from statistics import median_low

import av

from vigwidgets.contract import FrameIndex
from vigwidgets.errors import Refusal
from vigwidgets.observations import timecode

__all__ = ["PROXY_CLOCK", "frame_rate", "read_frame_index", "to_microseconds", "verify"]

PROXY_CLOCK = 90_000
"""Ticks of the proxy's clock in a second."""

_USUAL_RATES = (
    *(Fraction(rate * 1000, 1001) for rate in (24, 30, 48, 60, 120)),
    *(Fraction(rate) for rate in (10, 12, 15, 20, 24, 25, 30, 48, 50, 60, 90, 100, 120, 240)),
)
_JITTER = Fraction(12, 10_000)  # seconds: a millisecond clock (WebM) and a tick of rounding
_EXACT = Fraction(2, 100_000)


def to_microseconds(moment: Fraction) -> int:
    """Round seconds to whole microseconds as libavutil and Chromium do: halves away from zero."""
    return int(moment * 1_000_000 + Fraction(1, 2))


def read_frame_index(proxy: Path, film: str) -> FrameIndex:
    """Read when every frame of a finished proxy begins.

    Args:
        proxy: An MP4 file whose first frame is at 0.
        film: The film's id.

    Returns:
        Frame times and the end of the last frame, in microseconds of film time.

    Raises:
        Refusal: The proxy has no frames, or they do not begin at 0 and rise.
    """
    with av.open(f"file:{proxy}") as container:
        stream = container.streams.video[0]
        base = stream.time_base or Fraction(1, PROXY_CLOCK)
        packets = [(p.pts, p.duration or 0) for p in container.demux(stream) if p.size and p.pts is not None]
    packets.sort()
    ticks = [pts for pts, _ in packets]
    if not ticks or ticks[0] != 0 or any(after <= before for before, after in pairwise(ticks)):
        raise Refusal(f"The proxy {proxy.name} has no frame table that begins at 0 and rises; render it again.")
    length = packets[-1][1] or _usual_gap(ticks)
    times = [to_microseconds(tick * base) for tick in ticks]
    return FrameIndex(film=film, times=times, duration=to_microseconds((ticks[-1] + length) * base))


def _usual_gap(ticks: Sequence[int]) -> int:
    gaps = [after - before for before, after in pairwise(ticks)]
    return median_low(gaps) if gaps else PROXY_CLOCK // 25


def verify(index: FrameIndex, displayed: Sequence[Fraction]) -> None:
    """Hold a proxy's frame table against the times at which the original displays its frames.

    Args:
        index: What the proxy says, in microseconds.
        displayed: What the original's decoder said, in seconds from its first displayed frame.

    Raises:
        Refusal: A frame is missing, too many, or has moved.
    """
    if len(index.times) != len(displayed):
        raise Refusal(
            f"The copy made for watching has {len(index.times)} frames where the film displays {len(displayed)}; "
            "the film was not taken in, please report it with the kind of camera."
        )
    # Half a tick of the proxy's clock, and half a microsecond of rounding.
    allowed = Fraction(1, 2 * PROXY_CLOCK) + Fraction(1, 2_000_000)
    for number, (ours, theirs) in enumerate(zip(index.times, displayed, strict=True)):
        if abs(Fraction(ours, 1_000_000) - theirs) > allowed:
            raise Refusal(
                f"Frame {number} would move from {timecode(to_microseconds(theirs))} to {timecode(ours)} in the copy "
                "made for watching; the film was not taken in, please report it with the kind of camera."
            )


def frame_rate(times: Sequence[int]) -> str | None:
    """Return a film's frame rate as a fraction such as ``"30000/1001"``, or None when it varies.

    Args:
        times: When each frame begins, in microseconds.
    """
    count = len(times)
    if count == 1:
        return None
    span = Fraction(times[-1], 1_000_000)
    measured = Fraction(count - 1) / span
    usual = min(_USUAL_RATES, key=lambda rate: abs(rate - measured))
    others = (Fraction(round(measured * part), part) for part in (1, 1000, 1001))
    for rate, jitter in [(usual, _JITTER), *((other, _EXACT) for other in others)]:
        if all(abs(Fraction(time, 1_000_000) - n / rate) <= jitter for n, time in enumerate(times)):
            return f"{rate.numerator}/{rate.denominator}"
    return None
