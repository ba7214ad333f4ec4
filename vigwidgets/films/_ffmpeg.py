"""Run ffmpeg as a program of its own, follow its progress, and turn its complaints into one sentence."""

from __future__ import annotations

import re
import subprocess
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from threading import Thread
from typing import IO

import imageio_ffmpeg

from vigwidgets.errors import Refusal

__all__ = ["DISK_FULL", "container_broken", "ffmpeg_program", "has_filter", "run"]

DISK_FULL = (
    "The disk is full: the film was not taken in and nothing was changed; free some space, or choose another data "
    "directory with --data."
)

# The demuxer's words; a decoder's complaints show as frames that are missing.
_CONTAINER_BROKEN = re.compile(
    r"\[(?:in#\d+/)?[\w,]+ @ \w+\] .*(?:prematurely|partial file|invalid as first byte|resync|[Tt]runcat)"
)

_PROGRESS = frozenset(
    (
        *("frame", "fps", "bitrate", "total_size", "out_time_us", "out_time_ms", "out_time"),
        *("dup_frames", "drop_frames", "speed", "progress"),
    )
)


def ffmpeg_program() -> str:
    """Return the path of the ffmpeg program.

    Raises:
        Refusal: There is none.
    """
    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as error:
        raise Refusal("There is no ffmpeg program here; run `pip install imageio-ffmpeg`.") from error


@cache
def has_filter(name: str) -> bool:
    """Whether this ffmpeg has a filter; builds differ."""
    listed = subprocess.run([ffmpeg_program(), "-hide_banner", "-filters"], capture_output=True, text=True, check=False)
    return any(line.split()[1:2] == [name] for line in listed.stdout.splitlines())


def run(
    arguments: Sequence[str], *, frame: Callable[[int], None], samples: Callable[[bytes], None] | None
) -> list[str]:
    """Run ffmpeg to its end; it is killed if this is interrupted.

    Args:
        arguments: Everything after the program's name, with ``-progress pipe:2``.
        frame: Called with the number of frames encoded so far.
        samples: Called with what ffmpeg writes to standard output, from another thread.

    Returns:
        What ffmpeg complained about, line by line, though it came to its end.

    Raises:
        Refusal: ffmpeg failed; the sentence says why as far as ffmpeg does.
    """
    with subprocess.Popen(
        [ffmpeg_program(), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if samples else subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as process:
        reader = Thread(target=_drain, args=(process.stdout, samples)) if samples else None
        try:
            if reader:
                reader.start()
            complaints = _follow(process.stderr or (), frame)
        except BaseException:
            process.kill()
            raise
        finally:
            if reader:
                reader.join()
        code = process.wait()
    if code:
        raise _refusal(code, complaints)
    return complaints


def container_broken(complaints: Sequence[str]) -> bool:
    """Whether ffmpeg found the file itself cut short or overwritten."""
    return any(_CONTAINER_BROKEN.match(line) for line in complaints)


def _drain(stream: IO[bytes] | None, samples: Callable[[bytes], None]) -> None:
    if stream is not None:
        with stream:  # should taking them fail, a closed pipe ends ffmpeg; a full one would hold it for ever
            while data := stream.read(1 << 16):
                samples(data)


def _follow(lines: Iterable[bytes], frame: Callable[[int], None]) -> list[str]:
    complaints: deque[str] = deque(maxlen=200)
    for raw in lines:
        line = raw.decode("utf-8", "replace").strip()
        name, _, value = line.partition("=")
        if name == "frame" and value.strip().isdigit():
            frame(int(value))
        elif name not in _PROGRESS and not name.startswith("stream_") and line:
            complaints.append(line)
    return list(complaints)


def _refusal(code: int, complaints: Sequence[str]) -> Refusal:
    said = "\n".join(complaints)
    if "No space left on device" in said or "Disk quota exceeded" in said:
        return Refusal(DISK_FULL)
    if code < 0:
        return Refusal(
            f"The encoder was stopped by the system (signal {-code}), perhaps for want of memory; try again."
        )
    last = re.sub(r"^(\[[^\]]*\] )+", "", complaints[-1]) if complaints else f"exit code {code}"
    return Refusal(f"The film cannot be decoded as far as needed (ffmpeg says: {last}); copy it from the camera again.")
