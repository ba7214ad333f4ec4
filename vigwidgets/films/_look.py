"""Look at a file before anything is asked of it, and say in one sentence why it is not a film."""

from __future__ import annotations

import stat
from pathlib import Path

import av
from av.error import FFmpegError

from vigwidgets.errors import Refusal
from vigwidgets.films._limits import AUDIO_FILES

__all__ = ["check_file", "not_a_film"]

_TAKEN = "MP4, MOV, WebM, MKV, AVI or MPEG-TS"
_PLAYLISTS = (b"#extm3u", b"ffconcat", b"v=0", b"[playlist]", b"<?xml", b"<mpd", b"<smil", b"<asx")
_FILM_MARKS = (
    (4, b"ftyp"),
    (4, b"moov"),
    (4, b"mdat"),
    (4, b"wide"),
    (0, b"\x1aE\xdf\xa3"),
    (0, b"RIFF"),
    (0, b"OggS"),
)
_PICTURES = ((0, b"\xff\xd8\xff"), (0, b"\x89PNG"), (0, b"GIF8"), (0, b"BM"), (8, b"WEBP"))


def check_file(source: Path) -> int:
    """Return a file's size in bytes, once it is known that it can be read.

    Raises:
        Refusal: It is missing, empty, not a file, or not to be read by us.
    """
    try:
        found = source.stat()
        if stat.S_ISDIR(found.st_mode):
            raise Refusal(f"{source} is a folder; name the film inside it.")
        if not stat.S_ISREG(found.st_mode):
            raise Refusal(f"{source} is a device and not a file; name a film ({_TAKEN}).")
        if found.st_size == 0:
            raise Refusal(f"{source} is empty (0 bytes); copy it from the camera again.")
        with source.open("rb"):
            return found.st_size
    except FileNotFoundError:
        raise Refusal(f"There is no file {source}; check its name and folder.") from None
    except PermissionError:
        raise Refusal(f"{source} may not be read by this user; change its permissions or copy it.") from None
    except OSError as error:
        raise Refusal(f"{source} cannot be read ({error.strerror}); copy it to this machine and try again.") from error


def not_a_film(source: Path) -> Refusal:
    """Say why a file that no film demuxer would open is refused."""
    with source.open("rb") as file:
        head = file.read(512)
    low = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if any(low.startswith(mark) for mark in _PLAYLISTS):
        return Refusal(f"{source.name} is a list that names other files or places, not a film; add the film itself.")
    if any(head[at:].startswith(mark) for at, mark in _PICTURES):
        return Refusal(f"{source.name} is a picture, not a film; add a film ({_TAKEN}).")
    if _is_sound(source):
        return sound_only(source)
    if any(head[at:].startswith(mark) for at, mark in _FILM_MARKS):
        return Refusal(
            f"{source.name} is damaged: it begins like a film, but the part that says where its pictures are is "
            "missing or broken, so 0 s of it can be read; copy it from the camera again."
        )
    return Refusal(f"{source.name} is not a film that can be read; add one of {_TAKEN}.")


def sound_only(source: Path) -> Refusal:
    """Say that a file holds no pictures."""
    return Refusal(f"{source.name} has sound but no pictures; add a film ({_TAKEN}).")


def _is_sound(source: Path) -> bool:
    options = {"protocol_whitelist": "file", "format_whitelist": ",".join(AUDIO_FILES)}
    try:
        with av.open(f"file:{source}", options=options) as container:
            return _has_frames(container)
    except (FFmpegError, ValueError, UnicodeError):
        return False


def _has_frames(container: av.container.InputContainer) -> bool:
    # Text passes for MP3 now and then; real sound can be decoded.
    return any(frame.samples > 0 for _, frame in zip(range(3), container.decode(audio=0), strict=False))
