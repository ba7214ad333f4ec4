from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from vigwidgets.films.derive import derive
from vigwidgets.films.stills import plan_sheet

from .conftest import Make


@given(st.integers(1, 1_000_000), st.integers(16, 1280), st.integers(16, 1280))
def test_a_sheet_holds_at_most_120_thumbs_and_misses_nothing(frames: int, width: int, height: int) -> None:
    plan = plan_sheet(frames, width, height)
    thumbs = len(range(0, frames, plan.step))
    assert thumbs <= 120
    assert plan.columns * (plan.rows - 1) < thumbs <= plan.columns * plan.rows
    assert max(plan.width, plan.height) <= 160
    assert plan.width % 2 == plan.height % 2 == 0
    assert plan.step <= 6 or plan.step % 6 == 0


def flat(picture: Image.Image) -> float:
    return float(np.asarray(picture.convert("L"), float).std())


def test_a_poster_is_not_black(make_film: Make, tmp_path: Path) -> None:
    proxy = make_film("fade.mp4", "-vf", "fade=in:st=0.5:d=0.4", "-g", "6", "-bf", "0", sound=None)
    derive(proxy, tmp_path, "film")
    with Image.open(tmp_path / "poster.jpg") as poster:
        assert poster.size == (160, 120)
        assert flat(poster) > 8


def test_a_film_that_is_black_throughout_still_has_a_poster(make_film: Make, tmp_path: Path) -> None:
    proxy = make_film("black.mp4", "-g", "6", "-bf", "0", picture="color=black:s=160x120:r=25", sound=None)
    derive(proxy, tmp_path, "film")
    with Image.open(tmp_path / "poster.jpg") as poster:
        assert flat(poster) < 1


def test_every_thumb_shows_the_frame_of_its_time(make_film: Make, tmp_path: Path) -> None:
    # Each frame is a shade of grey that tells its number.
    shade = "geq=lum='16+N':cb=128:cr=128"
    proxy = make_film(
        "grey.mp4", "-vf", shade, "-g", "6", "-bf", "0", "-crf", "4", picture="color=black:s=64x48:r=25", sound=None,
        seconds=8,
    )  # fmt: skip
    index = derive(proxy, tmp_path, "film")
    sheet = json.loads((tmp_path / "scrub.json").read_text())
    assert sheet["times"] == index.times[::2]
    with Image.open(tmp_path / "scrub.jpg") as picture:
        grey = np.asarray(picture.convert("L"), float)
    shades = []
    for place in range(len(sheet["times"])):
        row, column = divmod(place, sheet["columns"])
        top, left = row * sheet["height"], column * sheet["width"]
        shades.append(grey[top : top + sheet["height"], left : left + sheet["width"]].mean())
    slope = np.diff(shades)
    assert slope.min() > 0.5  # two frames on, 2.3 shades brighter
    assert abs(slope.mean() - 2 * 255 / 219) < 0.3


def test_a_derived_film_has_its_tables(make_film: Make, tmp_path: Path) -> None:
    index = derive(make_film("proxy.mp4", "-g", "6", "-bf", "0"), tmp_path, "film")
    assert index.times == [n * 40_000 for n in range(50)]
    assert index.duration == 2_000_000
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["frames.json", "peaks.json", "poster.jpg", "scrub.jpg", "scrub.json"]
    peaks = json.loads((tmp_path / "peaks.json").read_text())
    assert len(peaks["peaks"]) == 100
    assert min(peaks["peaks"][5:-5]) > 80
