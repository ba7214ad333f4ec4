from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from vigwidgets.films import FilmLibrary
from vigwidgets.films._ffmpeg import ffmpeg_program

Make = Callable[..., Path]

PLAIN = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac")


def ffmpeg(*arguments: str | Path) -> None:
    subprocess.run([ffmpeg_program(), "-v", "error", "-y", "-nostdin", *map(str, arguments)], check=True)


@pytest.fixture(scope="session")
def make_film(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """A function that draws a small film of its own with ffmpeg, once for each recipe."""
    folder = tmp_path_factory.mktemp("made")
    made: dict[tuple[object, ...], Path] = {}

    def make(
        name: str = "plain.mp4",
        *options: str,
        picture: str = "testsrc2=s=160x120:r=25",
        sound: str | None = "sine",
        seconds: float = 2,
        codec: tuple[str, ...] = PLAIN,
    ) -> Path:
        key = (name, options, picture, sound, seconds, codec)
        if key not in made:
            path = folder / f"{len(made)}-{name}"
            heard = ("-f", "lavfi", "-i", sound) if sound else ()
            ffmpeg("-f", "lavfi", "-i", picture, *heard, "-t", str(seconds), *codec, *options, path)
            made[key] = path
        return made[key]

    return make


@pytest.fixture
def library(tmp_path: Path) -> FilmLibrary:
    return FilmLibrary(tmp_path / "data")


@pytest.fixture
def nothing_left(library: FilmLibrary) -> Callable[[], bool]:
    """Whether the data directory is as if nobody had tried."""

    def check() -> bool:
        films = library.data / "films"
        return not films.exists() or not list(films.iterdir())

    return check


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of real films, or a skipped test: they are not part of the project."""
    root = Path(__file__).resolve().parents[3]
    folder = Path(os.environ.get("VIG_SAMPLES") or root.parent / "shared" / "samples" / "video")
    if not folder.is_dir():
        pytest.skip("the sample films are not here; set VIG_SAMPLES to their folder")
    return folder
