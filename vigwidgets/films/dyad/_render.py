"""From a checked script to a published film: pictures and sound through moviepy, then everything beside it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
from moviepy import AudioArrayClip, VideoClip
from numpy.typing import NDArray

from vigwidgets.contract import Film, FrameIndex
from vigwidgets.errors import Refusal, VigError
from vigwidgets.films import FilmLibrary
from vigwidgets.films._json import write_model
from vigwidgets.films._making import FIRST, clear_notes, note
from vigwidgets.films.derive import PROXY_VIDEO, derive
from vigwidgets.films.dyad._beside import write_beside
from vigwidgets.films.dyad._check import check_script
from vigwidgets.films.dyad._initiatives import check_initiatives
from vigwidgets.films.dyad._model import FRAME, Script
from vigwidgets.films.dyad._sheet import still
from vigwidgets.films.dyad._sound import soundtrack
from vigwidgets.films.dyad._voices import RATE
from vigwidgets.films.dyad._worker import Studio

__all__ = ["SECOND", "SIZES", "render", "write_film"]

SIZES = ((640, 360), (1280, 720), (1920, 1080))

"""The sizes that films are drawn in."""

SECOND = "second.mp4"
"""The second, synchronous picture of a film that has one: same frames, same times, same sound."""

Progress = Callable[[str, float], None]


def render(
    script: Script,
    library: FilmLibrary,
    *,
    size: tuple[int, int] = (640, 360),
    progress: Progress | None = None,
    replace: bool = False,
    workers: int | None = None,
    first: float | None = None,
) -> Film:
    """Draw a film and put it into the library, with its truth and captions.

    Args:
        script: A script from :func:`load_script`.
        library: Where the film goes; it appears there whole, or not at all.
        size: Width and height in pixels, one of :data:`SIZES`.
        progress: Told what is being done and how far it is, 0 to 1.
        replace: Whether an older film of this id gives way.
        workers: How many processes draw; as many as there are processors by default, at most four.
        first: Draw this many seconds before the rest, so that they can be watched meanwhile, and keep a note of how
            far it is; :meth:`FilmLibrary.making` says both.

    Raises:
        Refusal: The script, the size, or an existing film of that id does not allow it.
    """
    if size not in SIZES:
        known = " or ".join(f"{w} × {h}" for w, h in SIZES)
        raise Refusal(f"Films are not drawn at {size[0]} × {size[1]}; choose {known}.")
    check_script(script)
    check_initiatives(script)
    tell = progress or (lambda _what, _share: None)
    many = workers or min(os.cpu_count() or 1, 4)
    with library.stage(script.id, replace=replace) as folder:
        if first is not None:
            tell = _noted(script, folder, tell)
            _write_first(script, folder, size, first, many)
        film = _write_whole(script, folder, size, tell, many)
        clear_notes(folder)
    tell("done", 1.0)
    return film


def _write_whole(script: Script, folder: Path, size: tuple[int, int], tell: Progress, workers: int) -> Film:
    try:
        _write_views(script, folder, size, tell, workers)
    except OSError as error:
        # moviepy wraps what ffmpeg said in several lines of advice of its own.
        said = next((line.strip() for line in reversed(str(error).splitlines()) if line.strip()), "no reason given")
        raise Refusal(
            f"The film {script.id!r} could not be written ({said}); see that the disk has room and try again."
        ) from None
    tell("making stills and peaks", 0.95)
    index = derive(folder / "proxy.mp4", folder, script.id)
    _verify(script, index)
    if script.poster is not None and script.poster < script.duration:
        still(script, script.poster / 1e6, size).save(folder / "poster.jpg", quality=88)
    write_beside(script, folder)
    film = _film(script, size, index)
    write_model(folder / "film.json", film)
    return film


def _write_first(script: Script, folder: Path, size: tuple[int, int], seconds: float, workers: int) -> None:
    """Make a film of the first seconds, whole, beside the one that is being made."""
    duration = min(max(round(seconds * 1e6) // FRAME, 1) * FRAME, script.duration)
    beginning = script.model_copy(
        update={
            "duration": duration,
            "second_view": None,
            "shots": [shot.model_copy(update={"second": None}) for shot in script.shots],
        }
    )
    new = folder / f"{FIRST}.new"
    new.mkdir()
    _write_whole(beginning, new, size, lambda _what, _share: None, workers)
    new.rename(folder / FIRST)


def _noted(script: Script, folder: Path, tell: Progress) -> Progress:
    """Return a progress that also leaves a note in the staging folder, a hundred times at most."""
    last = -1.0
    note(folder, script.id, script.title, "drawing its first seconds", 0.0)

    def told(what: str, share: float) -> None:
        nonlocal last
        if share - last >= 0.01 and folder.is_dir():
            last = share
            note(folder, script.id, script.title, what, share)
        tell(what, share)

    return told


def _write_views(script: Script, folder: Path, size: tuple[int, int], tell: Progress, workers: int) -> None:
    write_film(script, folder / "proxy.mp4", size, tell, workers)
    if script.two_views:
        quiet: Progress = lambda _what, share: tell("drawing the second view", 0.93 + 0.02 * share)  # noqa: E731
        write_film(script, folder / SECOND, size, quiet, workers, second=True)


def write_film(
    script: Script, proxy: Path, size: tuple[int, int], tell: Progress, workers: int, *, second: bool = False
) -> None:
    """Write pictures and sound of a film to ``proxy`` (H.264 and AAC in MP4), through moviepy."""
    seconds = script.duration / 1e6
    with Studio(script, size, workers, second=second) as studio:  # they get ready while the sound is made
        tell("making the sound", 0.0)
        sound = AudioArrayClip(soundtrack(script), fps=RATE)
        drawn = -1
        picture: NDArray[np.uint8] = np.zeros((size[1], size[0], 3), np.uint8)

        def frame(t: float) -> NDArray[np.uint8]:
            # moviepy asks for the first frame once more, to learn its size.
            nonlocal drawn, picture
            k = min(round(t * 1e6 / FRAME), script.frames - 1)
            while drawn < k:
                drawn += 1
                picture = studio.frame(drawn)
                if drawn % 25 == 0:
                    tell("drawing", 0.05 + 0.88 * drawn / script.frames)
            return picture

        clip = VideoClip(frame, duration=seconds).with_fps(1_000_000 // FRAME).with_audio(sound)
        # Named h264, not libx264, because for that name moviepy appends a pixel format after ours.
        clip.write_videofile(
            str(proxy),
            codec="h264",
            audio_codec="aac",
            audio_bitrate="128k",
            audio_fps=RATE,
            preset="veryfast",
            temp_audiofile=str(proxy.with_name("sound.m4a")),
            remove_temp=True,
            threads=2,
            logger=None,
            ffmpeg_params=["-vf", "scale=out_color_matrix=bt709:out_range=tv", *PROXY_VIDEO, "-map_metadata", "-1"],
        )
        clip.close()


def _verify(script: Script, index: FrameIndex) -> None:
    wanted = [k * FRAME for k in range(script.frames)]
    if index.times != wanted or index.duration != script.duration:
        raise VigError(
            f"The film {script.id!r} came out with {len(index.times)} frames over {index.duration} µs instead of "
            f"{len(wanted)} over {script.duration} µs; nothing was published."
        )


def _film(script: Script, size: tuple[int, int], index: FrameIndex) -> Film:
    return Film(
        id=script.id,
        title=script.title,
        frames=len(index.times),
        duration=index.duration,
        width=size[0],
        height=size[1],
        rate="25/1",
        sound=True,
        cast=[person.member for person in script.cast],
        captions=[script.language, *script.translations],
        done=["Drawn from a script: nobody in it is a real person."],
        script=script.id,
        original=None,
    )
