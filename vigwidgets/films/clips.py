"""Clips, stills and the review reel of a tray, made from the proxy: exact to the frame."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from moviepy import AudioArrayClip, VideoClip
from PIL import Image

from vigwidgets.contract import Film, FrameIndex, Tag, Truth
from vigwidgets.errors import Refusal
from vigwidgets.films._picked import SOUND_RATE, Frames, sound_of
from vigwidgets.observations import advice_on, frame_at, not_for_parent, refuse_clips, timecode

__all__ = ["STILL_SECONDS", "export_clips"]

SECOND = 1_000_000
STILL_SECONDS = 5
"""How long a still stands in the reel."""
_MOST, _LONGEST = 24, 20 * 60 * SECOND
_FASTEST = 60

Progress = Callable[[str, float], None]


def export_clips(
    proxy: Path,
    film: Film,
    index: FrameIndex,
    clips: Sequence[Tag],
    folder: Path,
    *,
    truth: Truth | None = None,
    progress: Progress | None = None,
) -> list[Path]:
    """Write a file for each clip and still, the whole review as one film, and a page of words.

    The files are named by their place and not by their title: names of files name families. A clip's first frame is
    the one that begins at its start and its last the one that ends at its end; a film of varying rate is shown at a
    steady one, each moment with the frame that was on the screen then.

    Args:
        proxy: The film's proxy.
        film: What it is.
        index: When each of its frames begins.
        clips: Clips and stills in the order of the review; microseconds of film.
        folder: Where the files go; made if it is missing.
        truth: What there is to be seen in it, if that is known: no parent is shown what failed.
        progress: Called with what is being made, and how much of it all is done, 0 to 1.

    Returns:
        The files, in the order of the review, then ``review.mp4`` and ``review.txt``.

    Raises:
        Refusal: There is nothing to export, too much, or something that no parent is shown; nothing was written.
    """
    _check(clips, film, truth)
    tell = progress or (lambda _what, _share: None)
    folder.mkdir(parents=True, exist_ok=True)
    frames = Frames(proxy, index)
    try:
        cutter = _Cutter(frames, film, index, proxy)
        files = []
        for place, clip in enumerate(clips):
            tell(f"making {place + 1} of {len(clips)}", place / (2 * len(clips)))
            files.append(cutter.still(clip, folder, place) if clip.end is None else cutter.clip(clip, folder, place))
        tell("making the review", 0.5)
        files.append(cutter.reel(clips, folder))
    finally:
        frames.close()
    words = folder / "review.txt"
    words.write_text(_words(clips, files), encoding="utf-8")
    tell("done", 1.0)
    return [*files, words]


def _check(clips: Sequence[Tag], film: Film, truth: Truth | None) -> None:
    if not clips:
        raise Refusal("There is no clip in the tray yet; set in and out, and keep one.")
    if len(clips) > _MOST:
        raise Refusal(f"There are {len(clips)} clips in the tray; at most {_MOST} are exported at once. Take some out.")
    length = sum(clip.end - clip.start for clip in clips if clip.end is not None)
    if length > _LONGEST:
        raise Refusal(f"The clips last {length // (60 * SECOND)} minutes; at most 20 are exported at once. Cut some.")
    for clip in clips:
        if max(clip.start + 1, clip.end or 0) > film.duration:
            raise Refusal(f"A clip at {timecode(clip.start)} lies past the film's end at {timecode(film.duration)}.")
    refuse_clips(clips, not_for_parent(truth))


class _Cutter:
    """Makes moviepy's clips of stretches of one film."""

    def __init__(self, frames: Frames, film: Film, index: FrameIndex, proxy: Path) -> None:
        self._frames = frames
        self._film = film
        self._index = index
        self._proxy = proxy
        self._fps = _steady_rate(film, index)

    def still(self, clip: Tag, folder: Path, place: int) -> Path:
        path = folder / f"{place + 1:02d}-still.png"
        Image.fromarray(self._frames.read(frame_at(self._index.times, clip.start))).save(path)
        return path

    def clip(self, clip: Tag, folder: Path, place: int) -> Path:
        return self._write([clip], folder / f"{place + 1:02d}-clip.mp4")

    def reel(self, clips: Sequence[Tag], folder: Path) -> Path:
        return self._write(clips, folder / "review.mp4")

    def _plan(self, clip: Tag) -> list[int]:
        """Return the number of each frame that is shown, at the steady rate."""
        times = self._index.times
        first = frame_at(times, clip.start)
        if clip.end is None:
            return [first] * round(STILL_SECONDS * self._fps)
        last = frame_at(times, clip.end - 1)
        if self._film.rate:
            return list(range(first, last + 1))
        # What was on the screen in the middle of each new frame.
        count = max(round((clip.end - clip.start) * self._fps / SECOND), 1)
        moments = (clip.start + int((k + Fraction(1, 2)) / self._fps * SECOND) for k in range(count))
        return [min(frame_at(times, moment), last) for moment in moments]

    def _write(self, clips: Sequence[Tag], path: Path) -> Path:
        plan = [number for clip in clips for number in self._plan(clip)]

        def picture(t: float) -> Any:
            return self._frames.read(plan[min(round(t * self._fps), len(plan) - 1)])

        # moviepy rounds down: the last frame must not be lost to a float.
        length = float((len(plan) + Fraction(1, 100)) / self._fps)
        video = VideoClip(picture, duration=length).with_fps(float(self._fps))
        if self._film.sound and any(clip.end for clip in clips):
            video = video.with_audio(_sound(self._proxy, clips, length))
        try:
            # Named h264, not libx264, because for that name moviepy appends a pixel format after ours.
            video.write_videofile(
                str(path), codec="h264", preset="veryfast", threads=2, logger=None,
                audio_codec="aac", audio_bitrate="128k", audio_fps=SOUND_RATE,
                temp_audiofile=str(path.with_suffix(".m4a")), remove_temp=True,
                ffmpeg_params=[
                    "-crf", "18", "-pix_fmt", "yuv420p", "-vf", "scale=out_color_matrix=bt709:out_range=tv",
                    "-colorspace", "bt709", "-movflags", "+faststart", "-map_metadata", "-1",
                ],
            )  # fmt: skip
        finally:
            video.close()
        return path


def _sound(proxy: Path, clips: Sequence[Tag], seconds: float) -> AudioArrayClip:
    """Return the sound under clips, one after another, with silence under stills."""
    still = np.zeros((STILL_SECONDS * SOUND_RATE, 2), np.float32)
    parts = [still if clip.end is None else sound_of(proxy, clip.start, clip.end) for clip in clips]
    whole = np.concatenate(parts)
    short = max(int(seconds * SOUND_RATE) + 1 - len(whole), 0)
    return AudioArrayClip(np.pad(whole, ((0, short), (0, 0))), fps=SOUND_RATE)


def _steady_rate(film: Film, index: FrameIndex) -> Fraction:
    """Return the frames a second that clips are written with."""
    if film.rate:
        return Fraction(film.rate)
    gaps = np.diff([*index.times, index.duration])
    return Fraction(min(max(round(SECOND / float(np.percentile(gaps, 5))), 1), _FASTEST))


def _words(clips: Sequence[Tag], files: Sequence[Path]) -> str:
    lines = ["Clips for a shared review, in their order", ""]
    for clip, path in zip(clips, files, strict=False):
        when = timecode(clip.start) if clip.end is None else f"{timecode(clip.start)} to {timecode(clip.end)}"
        lines.append(f"{path.name}  {when}  {' '.join(clip.note.split())}".rstrip())
    advice = advice_on(clips)
    return "\n".join([*lines, *([""] if advice else []), *advice, ""])
