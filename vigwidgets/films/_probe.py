"""Probe a film with PyAV: which streams, which way up, which colours, and when each frame is displayed.

Nothing is decoded but the first frame; the times come from the packets. libavformat applies the edit list: what it
marks as discarded is decoded but never displayed, and is not in the table.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any, cast

import av
from av.error import FFmpegError

from vigwidgets.errors import Refusal
from vigwidgets.films._limits import (
    AUDIO,
    CONTAINERS,
    DEMUX_OPTIONS,
    LONGEST,
    MOST_FRAMES,
    MOST_PIXELS,
    MOST_STREAMS,
    VIDEO,
)
from vigwidgets.films._look import not_a_film, sound_only

__all__ = ["Picture", "Probe", "probe"]

_FRAMES_TRIED = 200  # packets that may fail before the first picture; a broadcast may start between key frames


@dataclass(frozen=True, slots=True)
class Picture:
    """How a film's frames are to be shown, from the first of them.

    ``width`` and ``height`` are stored pixels, before ``sar`` and turning. ``primaries``, ``transfer`` and ``matrix``
    are ITU-T H.273 code points, 2 for unspecified.
    """

    width: int
    height: int
    sar: Fraction
    sideways: bool
    upside_down: bool
    mirrored: bool
    interlaced: bool
    full_range: bool
    primaries: int
    transfer: int
    matrix: int


@dataclass(slots=True)
class Probe:
    """What is known of a film before it is encoded. Times are seconds on ffmpeg's clock (file start = 0)."""

    container: str
    video: str
    audio: str | None
    video_stream: int
    audio_stream: int | None
    picture: Picture
    times: list[Fraction]
    duration: Fraction
    hidden: int
    counted: bool
    """Whether one packet is one frame, so that a missing frame is a lost one."""
    promised: Fraction
    """How long the file says that it lasts."""
    readable: Fraction
    """How much of that can be read."""
    missing_frames: int
    left_out: str | None
    """The kind of sound that was left out because nobody here can decode it."""

    @property
    def first(self) -> Fraction:
        """When the first frame is displayed."""
        return self.times[0]

    @property
    def damaged(self) -> bool:
        """Whether a part of what the file promises is not in it."""
        allowed = max(Fraction(1, 2), self.promised / 50)
        return self.missing_frames > 0 or self.promised - self.readable > allowed


@dataclass(slots=True)
class _Read:
    """What reading every packet of a file brings to light."""

    lengths: dict[int, int] = field(default_factory=dict)
    """When each displayed frame begins and how long it lasts, in the video stream's ticks."""
    hidden: int = 0
    taken: int = 0
    broken: int = 0
    ends: dict[int, int] = field(default_factory=dict)
    """Where each stream ends, by its index, in its own ticks."""
    frame: av.VideoFrame | None = None


def probe(source: Path) -> Probe:
    """Read what a film is.

    Raises:
        Refusal: It is not a film, or one that may not be taken in; the sentence says which.
    """
    try:
        container = av.open(f"file:{source.absolute()}", options=dict(DEMUX_OPTIONS), metadata_errors="replace")
    except (FFmpegError, ValueError, UnicodeError):
        raise not_a_film(source) from None
    with container:
        return _probe(source, container)


def _probe(source: Path, container: av.container.InputContainer) -> Probe:
    video = _choose_video(source, container)
    audio, left_out = _choose_audio(container)
    start = Fraction(container.start_time or 0, 1_000_000)
    read = _read_packets(container, video)
    if not read.lengths or read.frame is None:
        raise Refusal(f"{source.name} is damaged: not one of its pictures can be read; copy it from the camera again.")
    tick = video.time_base or Fraction(1, 1000)
    times = [moment * tick - start for moment in sorted(read.lengths)]
    duration = times[-1] - times[0] + (read.lengths[max(read.lengths)] * tick or _usual_gap(times))
    _check_amount(source, len(times), duration)
    picture = _picture(read.frame, video)
    if audio is not None and audio.index not in read.ends:  # a track without a single sample
        audio = None
    indexed = len(video.index_entries) if container.format.name.startswith("mov") else 0
    name = container.format.name.split(",")[0]
    return Probe(
        container=CONTAINERS.get(name, name),
        video=video.codec_context.codec.canonical_name,
        audio=audio.codec_context.codec.canonical_name if audio else None,
        video_stream=video.index,
        audio_stream=audio.index if audio else None,
        picture=picture,
        times=times,
        duration=duration,
        hidden=read.hidden,
        counted=not picture.interlaced,
        promised=Fraction(container.duration or 0, 1_000_000),
        readable=_readable(container, read) - (0 if name == "matroska" else start),  # Matroska counts from 0
        missing_frames=max(0, indexed - read.taken) + read.broken,
        left_out=left_out,
    )


def _choose_video(source: Path, container: av.container.InputContainer) -> av.VideoStream:
    if len(container.streams) > MOST_STREAMS:
        raise Refusal(f"{source.name} has {len(container.streams)} tracks; up to {MOST_STREAMS} are taken in.")
    films = [s for s in container.streams.video if not s.disposition & av.stream.Disposition.attached_pic]
    if not films:
        raise sound_only(source) if container.streams.audio else not_a_film(source)
    known = [s for s in films if _codec(s) in VIDEO]
    if not known:
        raise Refusal(
            f"{source.name} holds pictures in a coding that is not read here ({_codec(films[0]) or 'unknown'}); "
            "save it as H.264 MP4 with the camera's own program."
        )
    video = max(known, key=lambda s: (s.width * s.height, -s.index))
    if video.width * video.height > MOST_PIXELS:
        raise Refusal(
            f"{source.name} has {video.width} × {video.height} pixels; up to 8192 × 4320 are taken in, save it smaller."
        )
    return video


def _choose_audio(container: av.container.InputContainer) -> tuple[av.AudioStream | None, str | None]:
    known = [s for s in container.streams.audio if _codec(s) in AUDIO]
    if known:
        return known[0], None
    unknown = list(container.streams.audio)
    return None, (_codec(unknown[0]) or "unknown") if unknown else None


def _codec(stream: av.VideoStream | av.AudioStream) -> str:
    context = stream.codec_context
    return str(context.codec.canonical_name) if context is not None else ""


def _tick(stream: av.stream.Stream) -> Fraction:
    return stream.time_base or Fraction(0)


def _readable(container: av.container.InputContainer, read: _Read) -> Fraction:
    return max(end * _tick(container.streams[index]) for index, end in read.ends.items())


def _read_packets(container: av.container.InputContainer, video: av.VideoStream) -> _Read:
    read = _Read()
    vp8 = _codec(video) == "vp8"
    video.thread_type = "NONE"
    packets = container.demux()
    while True:
        try:
            packet = next(packets)
        except StopIteration:
            return read
        except FFmpegError:  # the file ends in the middle of something
            read.broken += 1
            return read
        moment = packet.pts if packet.pts is not None else packet.dts
        if not packet.size or moment is None:
            continue
        length = packet.duration or 0
        stream = packet.stream_index
        read.ends[stream] = max(read.ends.get(stream, 0), moment + length)
        if stream == video.index:
            _take(read, packet, moment, length, vp8=vp8)
            if len(read.lengths) > MOST_FRAMES:
                return read


def _take(read: _Read, packet: av.Packet[Any], moment: int, length: int, *, vp8: bool) -> None:
    read.taken += 1
    read.broken += packet.is_corrupt
    if read.frame is None and read.taken <= _FRAMES_TRIED:
        read.frame = _decoded(packet)
    # VP8 sends pictures that only serve to predict others; the fifth bit says whether one is shown.
    if packet.is_discard or (vp8 and not bytes(packet)[0] & 0x10):
        read.hidden += 1
    else:
        read.lengths[moment] = length


def _decoded(packet: av.Packet[Any]) -> av.VideoFrame | None:
    try:
        frames = packet.decode()
    except FFmpegError:
        return None
    return next((frame for frame in frames if isinstance(frame, av.VideoFrame)), None)


def _usual_gap(times: list[Fraction]) -> Fraction:
    if len(times) == 1:
        return Fraction(1, 25)
    return Fraction(median(after - before for before, after in pairwise(times)))


def _check_amount(source: Path, frames: int, duration: Fraction) -> None:
    if frames > MOST_FRAMES:
        raise Refusal(f"{source.name} has more than {MOST_FRAMES:,} frames; cut it into shorter films.")
    if duration > LONGEST:
        raise Refusal(
            f"{source.name} lasts {float(duration) / 3600:.1f} hours; up to {LONGEST // 3600} hours are taken in, "
            "cut it into shorter films."
        )
    if frames == 1:
        raise Refusal(f"{source.name} holds a single picture; add a film of at least two frames.")


def _picture(frame: av.VideoFrame, video: av.VideoStream) -> Picture:
    a, b, c, d = _matrix(frame)
    sar = video.sample_aspect_ratio or Fraction(1)
    return Picture(
        width=frame.width,
        height=frame.height,
        sar=Fraction(sar) if 0 < sar < 20 else Fraction(1),
        sideways=abs(b) > abs(a),
        upside_down=a < 0 and d < 0,
        mirrored=a * d - b * c < 0,
        interlaced=bool(frame.interlaced_frame),
        full_range=int(frame.color_range) == 2 or frame.format.name.startswith("yuvj"),
        primaries=int(frame.color_primaries),
        transfer=int(frame.color_trc),
        matrix=int(frame.colorspace),
    )


def _matrix(frame: av.VideoFrame) -> tuple[int, int, int, int]:
    """Return the four numbers of the camera's display matrix that turn and mirror."""
    data = frame.side_data.get("DISPLAYMATRIX")
    if data is None:
        return 1, 0, 0, 1
    a, b, _, c, d, *_ = struct.unpack("9i", bytes(cast("bytes", data)))
    return a, b, c, d
