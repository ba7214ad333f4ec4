"""Audio peaks: how loud a film is from moment to moment, for the strip under the timeline."""

from __future__ import annotations

import math
from pathlib import Path

import av
import numpy as np

from vigwidgets.films._json import write_json

__all__ = ["PEAK_RATE", "SAMPLE_RATE", "PeakMeter", "peaks"]

PEAK_RATE = 50
"""Peaks in a second of film."""

SAMPLE_RATE = 8000
"""Mono samples a second that peaks are taken from."""

_PER_PEAK = SAMPLE_RATE // PEAK_RATE
_SILENCE = 328  # one hundredth of full scale, −40 dB


class PeakMeter:
    """Takes mono 16-bit samples at 8 kHz as they come and keeps the peak of every 20 ms."""

    def __init__(self) -> None:
        self._rest = b""
        self._loudest: list[np.ndarray[tuple[int], np.dtype[np.int32]]] = []

    def feed(self, samples: bytes) -> None:
        """Take some more samples: signed, 16 bits, little-endian; any number of bytes."""
        data = self._rest + samples
        whole = len(data) // (2 * _PER_PEAK) * (2 * _PER_PEAK)
        self._rest = data[whole:]
        if whole:
            self._loudest.append(_loudest(data[:whole]))

    def peaks(self, duration: int) -> list[int]:
        """Return the peaks of a film that lasts ``duration`` microseconds, 0 to 100 each.

        100 is the loudest moment of the film, so that a quiet room fills the strip too; a film that stays below
        −40 dB is shown as the silence that it is.
        """
        count = math.ceil(duration * PEAK_RATE / 1_000_000)
        if even := len(self._rest) // 2 * 2:
            padded = self._rest[:even].ljust(2 * _PER_PEAK, b"\0")
            self._loudest.append(_loudest(padded))
            self._rest = b""
        heard = np.concatenate(self._loudest)[:count] if self._loudest else np.zeros(0, np.int32)
        heard = np.pad(heard, (0, count - len(heard)))
        top = int(heard.max(initial=0))
        scale = top if top > _SILENCE else 32767
        return [int(value) for value in np.rint(heard * (100 / scale)).astype(int).clip(0, 100)]

    def write(self, folder: Path, duration: int) -> None:
        """Write ``peaks.json`` for a film that lasts ``duration`` microseconds."""
        write_json(folder / "peaks.json", {"rate": PEAK_RATE, "peaks": self.peaks(duration)})


def _loudest(data: bytes) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    samples = np.frombuffer(data, "<i2").reshape(-1, _PER_PEAK).astype(np.int32)
    loudest: np.ndarray[tuple[int], np.dtype[np.int32]] = np.abs(samples).max(axis=1)
    return loudest


def peaks(proxy: Path, folder: Path, duration: int) -> bool:
    """Write ``peaks.json`` from a finished proxy.

    Args:
        proxy: The film.
        folder: Where to write.
        duration: Where the film ends, in microseconds.

    Returns:
        Whether the film has sound; without it the list of peaks is empty.
    """
    with av.open(f"file:{proxy}") as container:
        if not container.streams.audio:
            write_json(folder / "peaks.json", {"rate": PEAK_RATE, "peaks": []})
            return False
        meter = PeakMeter()
        resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
        for frame in container.decode(container.streams.audio[0]):
            for part in resampler.resample(frame):
                meter.feed(part.to_ndarray().tobytes())
        for part in resampler.resample(None):
            meter.feed(part.to_ndarray().tobytes())
    meter.write(folder, duration)
    return True
