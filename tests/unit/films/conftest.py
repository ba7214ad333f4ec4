from __future__ import annotations

import os
import struct
import subprocess
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

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


def check_upright(source: Path, poster: Path) -> None:
    """Hold a poster against the display matrix by its definition: x' = ax + cy, y' = bx + dy."""
    with av.open(str(source)) as container:
        frame = next(container.decode(video=0))
        data = frame.side_data.get("DISPLAYMATRIX")
        a, b, _, c, d, *_ = struct.unpack("9i", bytes(data)) if data else (65536, 0, 0, 0, 65536)
        stored = frame.to_ndarray(format="rgb24")
    ys, xs = np.mgrid[0 : stored.shape[0], 0 : stored.shape[1]]
    across, down = (xs * a + ys * c) // 65536, (xs * b + ys * d) // 65536
    upright = np.zeros((np.ptp(down) + 1, np.ptp(across) + 1, 3), np.uint8)
    upright[down - down.min(), across - across.min()] = stored
    with Image.open(poster) as made:
        asked = np.asarray(Image.fromarray(upright).resize(made.size), int)
        for turn in (None, *Image.Transpose):
            shown = made if turn is None else made.transpose(turn)
            if shown.size == made.size:
                distance = np.abs(np.asarray(shown, int) - asked).mean()
                assert (distance < 12) == (turn is None), (turn, distance)
