"""Exact frames of a proxy, one after another, and the sound under a stretch of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from vigwidgets.contract import FrameIndex
from vigwidgets.errors import Refusal
from vigwidgets.films.frames import to_microseconds

__all__ = ["SOUND_RATE", "Frames", "sound_of"]

Picture = NDArray[np.uint8]

SOUND_RATE = 48_000
"""Samples a second of what `sound_of` gives."""


_NEAR = 50
"""Up to so many frames ahead are decoded on the way; further, the reader jumps."""
_NOWHERE = -_NEAR - 1


class Frames:
    """A reader that gives the frame of a number; quick when the numbers rise.

    Args:
        proxy: The film's proxy.
        index: When each of its frames begins.
    """

    def __init__(self, proxy: Path, index: FrameIndex) -> None:
        self._index = index
        self._container = av.open(f"file:{proxy}")
        self._stream = self._container.streams.video[0]
        self._stream.thread_type = "AUTO"
        self._decoded: Iterator[Any] = iter(())
        self._at = _NOWHERE
        self._picture: Picture | None = None

    def close(self) -> None:
        """Let go of the file."""
        self._container.close()

    def read(self, number: int) -> Picture:
        """Return a frame's picture: (height, width, 3), red, green and blue from 0 to 255.

        Raises:
            Refusal: The proxy has no such frame.
        """
        if number == self._at and self._picture is not None:
            return self._picture
        wanted = self._index.times[number]
        if not self._at < number <= self._at + _NEAR:
            self._seek(wanted)
        for frame in self._decoded:
            time = to_microseconds(frame.pts * frame.time_base)
            if abs(time - wanted) <= 1:  # a time base may be coarser than a microsecond
                self._at, self._picture = number, frame.to_ndarray(format="rgb24")
                return self._picture
            if time > wanted:
                break
        self._at = _NOWHERE
        raise Refusal(f"The film's proxy has no frame at {wanted} µs; take the film in again.")

    def _seek(self, moment: int) -> None:
        self._container.seek(moment, backward=True)
        self._decoded = self._container.decode(self._stream)


def sound_of(proxy: Path, start: int, end: int) -> NDArray[np.float32]:
    """Return the sound from ``start`` to ``end``, microseconds of film.

    Returns:
        Samples from -1 to 1, (samples, 2), at `SOUND_RATE`; silence where the film has none.
    """
    whole = np.zeros((round((end - start) * SOUND_RATE / 1_000_000), 2), np.float32)
    with av.open(f"file:{proxy}") as container:
        if not container.streams.audio:
            return whole
        # A little before: a decoder that starts in the middle needs a packet or two to be right.
        container.seek(max(start - 300_000, 0), backward=True)
        resampler = av.AudioResampler(format="flt", layout="stereo", rate=SOUND_RATE)
        for frame in container.decode(container.streams.audio[0]):
            if frame.pts is None or frame.time_base is None:
                continue
            for part in resampler.resample(frame):
                heard = part.to_ndarray().reshape(-1, 2)
                moment = float(frame.pts * frame.time_base)
                first = round((moment - start / 1_000_000) * SOUND_RATE)
                if first >= len(whole):
                    return whole
                cut = heard[max(-first, 0) : len(whole) - first]
                whole[max(first, 0) : max(first, 0) + len(cut)] = cut
    return whole
