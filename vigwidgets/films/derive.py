"""Everything that is made from a finished proxy: frame table, audio peaks, scrub sheet, poster.

A film drawn by the synthetic dyad comes through here; so does whatever else brings its own ``proxy.mp4``.
Intake of a camera's film makes the peaks and the scrub sheet while it encodes, and uses the same parts.
"""

from __future__ import annotations

from pathlib import Path

from vigwidgets.contract import FrameIndex
from vigwidgets.films._json import write_model
from vigwidgets.films.frames import frame_rate, read_frame_index
from vigwidgets.films.peaks import peaks
from vigwidgets.films.stills import KEY_EVERY, poster, scrub

__all__ = [
    "PROXY_AUDIO",
    "PROXY_VIDEO",
    "derive",
    "frame_rate",
    "peaks",
    "poster",
    "read_frame_index",
    "scrub",
]

PROXY_VIDEO: tuple[str, ...] = (
    *("-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p"),
    *("-g", str(KEY_EVERY), "-bf", "0", "-sc_threshold", "0"),
    *("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"),
    *("-video_track_timescale", "90000", "-movflags", "+faststart"),
)
"""ffmpeg's arguments for a proxy's pictures: a step back or forward needs at most six frames decoded."""

PROXY_AUDIO: tuple[str, ...] = ("-c:a", "aac", "-b:a", "128k", "-ar", "48000")
"""ffmpeg's arguments for a proxy's sound."""


def derive(proxy: Path, folder: Path, film: str) -> FrameIndex:
    """Make every file that a film needs beside its proxy, except ``film.json``.

    Args:
        proxy: The finished ``proxy.mp4``: H.264, first frame at 0.
        folder: The film's (staging) folder; frames.json, peaks.json, scrub.jpg, scrub.json and poster.jpg
            are written there.
        film: The film's id.

    Returns:
        The frame index, times in microseconds.

    Raises:
        Refusal: The proxy has no frame table that begins at 0 and rises.
    """
    index = read_frame_index(proxy, film)
    write_model(folder / "frames.json", index)
    peaks(proxy, folder, index.duration)
    scrub(proxy, folder, index)
    poster(proxy, folder, index)
    return index
