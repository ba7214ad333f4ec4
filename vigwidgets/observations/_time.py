"""Film time: whole microseconds from the first displayed frame. Frame numbers are derived from it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from vigwidgets.errors import Refusal

__all__ = ["frame_at", "snap", "timecode"]


def frame_at(times: Sequence[int], moment: int) -> int:
    """Return the number of the frame that is on the screen at ``moment``.

    Args:
        times: When each frame begins, in microseconds, strictly rising from 0.
        moment: Film time in microseconds.

    Raises:
        Refusal: ``moment`` lies before the film.
    """
    if moment < 0:
        raise Refusal(f"Film time {moment} µs lies before the film; film time begins at 0.")
    return bisect_right(times, moment) - 1


def snap(times: Sequence[int], duration: int, moment: int) -> int:
    """Return the frame boundary nearest to ``moment``, in microseconds; boundaries end with ``duration``."""
    after = bisect_right(times, moment)
    below = times[max(after - 1, 0)]
    above = times[after] if after < len(times) else duration
    return below if moment - below <= above - moment else above


def timecode(moment: int) -> str:
    """Write film time in microseconds as ``mm:ss.mmm``, or ``h:mm:ss.mmm`` from an hour on."""
    milliseconds = (moment + 500) // 1000
    minutes, milliseconds = divmod(milliseconds, 60_000)
    hours, minutes = divmod(minutes, 60)
    text = f"{minutes:02d}:{milliseconds // 1000:02d}.{milliseconds % 1000:03d}"
    return f"{hours}:{text}" if hours else text
