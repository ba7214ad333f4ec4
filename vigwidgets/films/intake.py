"""Intake: a camera's film becomes a film that can be stepped through frame by frame, or one sentence says why not."""

from __future__ import annotations

import errno
import hashlib
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from vigwidgets.contract import Film, FrameIndex, Member, Original
from vigwidgets.errors import Refusal
from vigwidgets.films import _ffmpeg, _recipe
from vigwidgets.films._done import what_was_done
from vigwidgets.films._json import write_json, write_model
from vigwidgets.films._look import check_file
from vigwidgets.films._probe import Probe, probe
from vigwidgets.films.frames import frame_rate, read_frame_index, verify
from vigwidgets.films.library import FilmLibrary
from vigwidgets.films.peaks import PEAK_RATE, PeakMeter
from vigwidgets.films.stills import SheetPlan, plan_sheet, poster
from vigwidgets.observations import new_id

__all__ = ["USUAL_CAST", "Intake", "Progress", "intake", "take_in"]

Progress = Callable[[str, float], None]
"""Called with what is being done and how far it has come, 0 to 1."""

USUAL_CAST = (Member(id="child", role="child", name="Baby"), Member(id="parent", role="parent", name="Parent"))
"""Who is on film when nobody says."""

_SHORTEST_RESCUED = Fraction(1)
_LOST = Fraction(1, 50)  # of the frames may fail to decode, as at the start of a broadcast
_SYNC = Fraction(1, 1000)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Intake:
    """What came of taking a file in: the film, and whether it was here already."""

    film: Film
    known: bool


@dataclass(frozen=True, slots=True)
class _Made:
    """What encoding brought to light."""

    index: FrameIndex
    lost: int
    """How many frames could not be decoded."""
    broken: bool
    """Whether the demuxer found the file cut short or overwritten."""


def take_in(
    source: Path,
    library: FilmLibrary,
    *,
    title: str | None = None,
    cast: Sequence[Member] | None = None,
    film_id: str | None = None,
    damaged: bool = False,
    progress: Progress | None = None,
) -> Film:
    """Take a camera's film in, or return the film that was made from the same file before.

    Args:
        source: MP4, MOV, WebM, MKV, AVI or MPEG-TS; its name is not kept.
        library: Where the film goes.
        title: What it is called; by default "Film of" and the day.
        cast: Who is on film; by default a baby and a parent.
        film_id: The film's id; by default a fresh one that nobody can guess.
        damaged: Whether to keep what can be read of a damaged film, if that is a second or more.
        progress: Called now and then with what is being done and how far it has come, 0 to 1.

    Raises:
        Refusal: The file is not a film, is damaged, or there is no room; nothing is left behind.
    """
    return intake(source, library, title=title, cast=cast, film_id=film_id, damaged=damaged, progress=progress).film


def intake(
    source: Path,
    library: FilmLibrary,
    *,
    title: str | None = None,
    cast: Sequence[Member] | None = None,
    film_id: str | None = None,
    damaged: bool = False,
    progress: Progress | None = None,
) -> Intake:
    """Do as ``take_in`` does, and tell whether the film was here already."""
    tell = progress or (lambda _what, _share: None)
    try:
        size = check_file(source)
        before = _stamp(source)
        sha256 = _sha256(source, size, tell)
        if known := library.with_original(sha256):
            return Intake(known, known=True)
        found = probe(source)
        _check_whole(source, found, damaged=damaged)
        film_id = film_id or new_id("film")
        with library.stage(film_id) as staging:
            made = _encode(source, staging, found, film_id, tell)
            _check_made(source, found, made, damaged=damaged)
            if _stamp(source) != before:
                raise Refusal(f"{source.name} was changed while it was read; wait until it is whole and add it again.")
            if known := library.with_original(sha256):  # somebody else was quicker with the same file
                shutil.rmtree(staging)
                return Intake(known, known=True)
            film = _film(film_id, title or _neutral_title(library), cast, found, made)
            film = film.model_copy(update={"original": _original(sha256, size, found)})
            write_model(staging / "film.json", film)
            tell("Checking every frame", 1.0)
        return Intake(film, known=False)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Refusal(_ffmpeg.DISK_FULL) from error
        if isinstance(error, PermissionError):
            raise Refusal(
                f"{error.filename} may not be written by this user; choose another --data directory."
            ) from error
        raise


def _stamp(source: Path) -> tuple[int, int]:
    found = source.stat()
    return found.st_size, found.st_mtime_ns


def _sha256(source: Path, size: int, tell: Progress) -> str:
    digest = hashlib.sha256()
    done = 0
    with source.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
            done += len(block)
            tell("Reading the file", done / max(size, done))
    return digest.hexdigest()


def _check_whole(source: Path, found: Probe, *, damaged: bool) -> None:
    if not found.damaged:
        return
    readable = f"{float(found.duration):.1f} s ({len(found.times)} frames)"
    if found.promised > found.readable:
        says = f"it says that it lasts {float(found.promised):.1f} s, and {readable} of that can be read"
    else:
        says = f"its end is cut off, and {readable} of it can be read"
    if found.duration < _SHORTEST_RESCUED:
        raise Refusal(f"{source.name} is damaged: {says}, too little to watch; copy it from the camera again.")
    if not damaged:
        raise _damaged(source, says)


def _check_made(source: Path, found: Probe, made: _Made, *, damaged: bool) -> None:
    """Refuse what came to light only while the film was decoded."""
    total = len(found.times)
    if damaged:
        return
    if found.counted and made.lost > max(2.0, float(total * _LOST)):
        raise _damaged(source, f"{made.lost} of its {total} frames cannot be decoded")
    if made.broken:
        readable = f"{len(made.index.times)} frames of {made.index.duration / 1_000_000:.1f} s can be read"
        raise _damaged(source, f"a part of it is missing or overwritten, and {readable}")


def _damaged(source: Path, says: str) -> Refusal:
    return Refusal(
        f"{source.name} is damaged: {says}; copy it from the camera again, or add --damaged to keep what can be read."
    )


def _encode(source: Path, staging: Path, found: Probe, film_id: str, tell: Progress) -> _Made:
    """Make every file but ``film.json``."""
    total = len(found.times)
    plan = plan_sheet(total, *_recipe.proxy_size(found.picture))
    meter, clock, complaints = _run(source, staging, found, plan, found.first, tell)
    if found.audio_stream is not None and abs(clock[0] - found.first) > _SYNC:
        # Sound would be out of step: ffmpeg's clock begins elsewhere than PyAV said. Now it is known where.
        meter, clock, complaints = _run(source, staging, found, plan, clock[0], tell)
    tell("Checking every frame", 0.0)
    index = read_frame_index(staging / "proxy.mp4", film_id)
    verify(index, [time - clock[0] for time in clock])
    (staging / _recipe.STATS).unlink()
    write_model(staging / "frames.json", index)
    plan.write(staging, index.times)
    poster(staging / "proxy.mp4", staging, index)
    if meter is None:
        write_json(staging / "peaks.json", {"rate": PEAK_RATE, "peaks": []})
    else:
        meter.write(staging, index.duration)
    lost = max(0, total - len(index.times)) if found.counted else 0
    return _Made(index, lost, _ffmpeg.container_broken(complaints))


def _run(
    source: Path, staging: Path, found: Probe, plan: SheetPlan, first: Fraction, tell: Progress
) -> tuple[PeakMeter | None, list[Fraction], list[str]]:
    meter = PeakMeter() if found.audio_stream is not None else None
    wide = _recipe.is_wide(found.picture) and _ffmpeg.has_filter("zscale")
    total = len(found.times)
    tell("Making the copy to watch", 0.0)
    complaints = _ffmpeg.run(
        _recipe.arguments(source, staging, found, plan, first=first, with_zscale=wide),
        frame=lambda done: tell("Making the copy to watch", min(1.0, done / total)),
        samples=meter.feed if meter else None,
    )
    clock = _read_clock(staging / _recipe.STATS)
    if not clock:
        raise Refusal(f"{source.name} is damaged: none of its pictures can be decoded; copy it from the camera again.")
    return meter, clock, complaints


def _read_clock(stats: Path) -> list[Fraction]:
    """Read the decoder's own time of every frame that went into the proxy, in seconds."""
    clock = []
    bases: dict[str, Fraction] = {}
    for line in stats.read_text(encoding="ascii").splitlines():
        pts, base = line.split()
        clock.append(int(pts) * bases.setdefault(base, Fraction(base)))
    return clock


def _original(sha256: str, size: int, found: Probe) -> Original:
    return Original(sha256=sha256, bytes=size, container=found.container, video=found.video, audio=found.audio)


def _neutral_title(library: FilmLibrary) -> str:
    """Return a title that says nothing about the family: the day of intake, numbered if need be."""
    today = date.today()
    title = f"Film of {today.day} {_MONTHS[today.month - 1]} {today.year}"
    taken = {film.title for film in library.list()}
    number = 2
    while (numbered := title if number == 2 else f"{title} ({number - 1})") in taken:
        number += 1
    return numbered


def _film(film_id: str, title: str, cast: Sequence[Member] | None, found: Probe, made: _Made) -> Film:
    width, height = _recipe.proxy_size(found.picture)
    rate = frame_rate(made.index.times)
    return Film(
        id=film_id,
        title=title,
        frames=len(made.index.times),
        duration=made.index.duration,
        width=width,
        height=height,
        rate=rate,
        sound=found.audio_stream is not None,
        cast=list(cast or USUAL_CAST),
        captions=[],
        done=what_was_done(found, frames=len(made.index.times), rate=rate, lost=made.lost, broken=made.broken),
        script=None,
        original=None,
    )
