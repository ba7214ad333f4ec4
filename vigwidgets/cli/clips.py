"""``vig clips``: make files of the clips in a tray."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vigwidgets.errors import Refusal

if TYPE_CHECKING:
    from vigwidgets.contract import Film, FrameIndex, Observation, Truth

__all__ = ["clips"]


@click.group()
def clips() -> None:
    """Make films and stills of the clips in a tray."""


@clips.command()
@click.argument("tray", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--film", metavar="ID|DIR", help="The film: its id, or its folder. Default: the one that TRAY names.")
@click.option("--to", "place", required=True, type=click.Path(path_type=Path), help="A folder, or a file.zip.")
@click.option("--json", "as_json", is_flag=True, help="Print what was made as JSON.")
@click.pass_obj
def export(data: Path, tray: Path, film: str | None, place: Path, as_json: bool) -> None:
    """Write MP4 films and PNG stills of TRAY, the file that a ClipTray keeps, and the whole review as one film.

    Clips are exact to the frame. A clip over a moment that did not go well is refused: no parent is shown one.
    """
    from vigwidgets.observations import advice_on, clips_of

    held = _read(tray)
    if place.exists() and not (place.is_dir() and not any(place.iterdir())):
        raise Refusal(f"{place} is there already; choose an empty folder or another name.")
    chosen = clips_of(held)
    made = _export(held, data, film, place)
    advice = advice_on(chosen)
    if as_json:
        click.echo(json.dumps({"files": made, "advice": advice}))
        return
    for name in made:
        click.echo(name)
    for sentence in advice:
        click.echo(f"  {sentence}", err=True)


def _read(tray: Path) -> Observation:
    from vigwidgets.observations import parse_observation
    from vigwidgets.schemes import CLIPS

    try:
        held = parse_observation(json.loads(tray.read_text(encoding="utf-8")), tray.name)
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise Refusal(f"{tray} could not be read ({error}); give the file that a ClipTray keeps.") from None
    if held.scheme.id != CLIPS:
        raise Refusal(f"{tray.name} holds tags of scheme {held.scheme.id!r} and no clips; give a ClipTray's file.")
    return held


def _export(held: Observation, data: Path, film: str | None, place: Path) -> list[str]:
    """Make all or nothing: what is half done is never seen at ``place``."""
    from vigwidgets.films.clips import export_clips
    from vigwidgets.observations import clips_of

    shown, index, truth, proxy = _film(data, film or held.film)
    if shown.id != held.film:
        raise Refusal(f"The tray holds clips of film {held.film!r}, not of {shown.id!r}; give that film.")
    zipped = place.suffix.lower() == ".zip"
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".clips-", dir=place.parent) as scratch:
        folder = Path(scratch) / "review"
        files = export_clips(proxy, shown, index, clips_of(held), folder, truth=truth)
        if zipped:
            packed = shutil.make_archive(str(Path(scratch) / "packed"), "zip", folder)
            Path(packed).replace(place)
        else:
            if place.is_dir():
                place.rmdir()  # it is empty
            folder.replace(place)
    return [path.name for path in files]


def _film(data: Path, film: str) -> tuple[Film, FrameIndex, Truth | None, Path]:
    from vigwidgets.contract import Film, FrameIndex, Truth
    from vigwidgets.films import FilmLibrary
    from vigwidgets.films._json import read_model

    folder = Path(film)
    if (folder / "film.json").is_file():
        truth = read_model(folder / "truth.json", Truth) if (folder / "truth.json").is_file() else None
        index = read_model(folder / "frames.json", FrameIndex)
        return read_model(folder / "film.json", Film), index, truth, folder / "proxy.mp4"
    library = FilmLibrary(data)
    return library.get(film), library.frame_index(film), library.truth(film), library.file(film, "proxy.mp4")
