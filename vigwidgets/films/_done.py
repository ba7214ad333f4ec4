"""What intake did to a film, a sentence each, for the person who brought it."""

from __future__ import annotations

from vigwidgets.films._limits import AUDIO, VIDEO
from vigwidgets.films._probe import Probe
from vigwidgets.films._recipe import is_hdr, proxy_size, upright_size

__all__ = ["what_was_done"]


def what_was_done(found: Probe, *, frames: int, rate: str | None, lost: int, broken: bool) -> list[str]:
    """Return what was done, in the order in which a person would ask.

    Args:
        found: What the film was.
        frames: How many frames the copy has.
        rate: Its frame rate, or None when it varies.
        lost: How many frames could not be decoded.
        broken: Whether the file was found cut short or overwritten while it was read.
    """
    every = f"Every one of its {frames} frames was kept with its own time"
    video = VIDEO.get(found.video, found.video)
    copied = (
        f"Copied from {video} in {found.container} to H.264, with a key frame at every sixth frame for quick steps."
    )
    return [
        f"{every}; the frame rate varies." if rate is None else f"{every}.",
        copied,
        *_pictures(found),
        *_sound(found),
        *_losses(found, lost, broken),
        "Places, names and other notes of the camera were left out.",
    ]


def _pictures(found: Probe) -> list[str]:
    picture, said = found.picture, []
    upright, proxy = upright_size(picture), proxy_size(picture)
    if picture.sideways or picture.upside_down:
        said.append("Turned upright.")
    if picture.mirrored:
        said.append("Mirrored, as the camera asked.")
    if picture.sar != 1:
        said.append("Stretched to square pixels.")
    if max(abs(proxy[0] - upright[0]), abs(proxy[1] - upright[1])) > 1:
        said.append(f"Brought from {upright[0]} × {upright[1]} to {proxy[0]} × {proxy[1]} pixels.")
    if picture.interlaced:
        said.append("Interlaced lines were joined, frame by frame.")
    if is_hdr(picture):
        said.append("HDR brightness was brought to the range of an ordinary screen.")
    return said


def _sound(found: Probe) -> list[str]:
    if found.left_out:
        return [f"The sound was left out: its coding ({found.left_out}) is not read here."]
    if found.audio is None:
        return ["It has no sound."]
    return [f"Sound copied to AAC (from {AUDIO.get(found.audio, found.audio)}), exactly as long as the pictures."]


def _losses(found: Probe, lost: int, broken: bool) -> list[str]:
    said = []
    if found.hidden:
        said.append(f"{_frames(found.hidden)} left out, which the file marks as not to be shown.")
    if lost:
        said.append(f"{_frames(lost)} missing, because the file is damaged there.")
    if found.damaged and found.promised > found.readable:
        kept = f"{float(found.duration):.1f} of {float(found.promised):.1f} s"
        said.append(f"The file is damaged; what could be read of it was kept, {kept}.")
    elif found.damaged or broken:
        said.append("The file is damaged; what could be read of it was kept.")
    return said


def _frames(count: int) -> str:
    return "1 frame" if count == 1 else f"{count} frames"
